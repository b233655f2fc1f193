namespace BscFlow.Tests;

/// <summary>The files of this repository, for tests that read what the build does not hold.</summary>
internal static class Repository
{
    private static readonly Lazy<string> Root = new(Find);

    /// <param name="relativePath">Path from the repository's top folder, with forward slashes.</param>
    public static string PathOf(string relativePath) => Path.Combine(Root.Value, relativePath);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "BscFlow.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests holds BscFlow.sln.");
    }
}
