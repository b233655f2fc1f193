namespace BscFlow.Tests;

/// <summary>The folder of real material beside the repository, where there is one.</summary>
internal static class SharedData
{
    /// <summary>Full path of a file or folder in it; skips the test, and says why, where it is absent.</summary>
    public static string Require(string relativePath)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "BscFlow.sln")))
        {
            folder = folder.Parent;
        }

        var path = Path.GetFullPath(Path.Combine(folder?.FullName ?? ".", "..", "shared", "data", relativePath));
        if (!Path.Exists(path))
        {
            Assert.Skip($"There is no {path} on this machine.");
        }

        return path;
    }
}
