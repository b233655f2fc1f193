namespace BscFlow.Tests.Minutes;

/// <summary>The folder of invented minutes beside these tests.</summary>
internal static class MinutesSamples
{
    public static string Folder { get; } = Find();

    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Folder, "*.md").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "BscFlow.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? ".", "tests", "BscFlow.Tests", "Minutes", "Samples");
    }
}
