namespace BscFlow.Tests;

/// <summary>Texts that were looked at once and are to stay as they are.</summary>
/// <remarks>After a wanted change, run the tests with BSCFLOW_UPDATE_GOLDEN=1 and read what differs.</remarks>
public static class Golden
{
    private const string Update = "BSCFLOW_UPDATE_GOLDEN";

    /// <param name="relativePath">Below the folder Golden, such as <c>Mail/agenda.html</c>.</param>
    public static void Check(string relativePath, string actual) =>
        CheckFile(Path.Combine("tests", "BscFlow.Tests", "Golden", relativePath), actual);

    /// <summary>The same for a text that the product itself has.</summary>
    /// <param name="path">From the root of the repository.</param>
    public static void CheckFile(string path, string actual)
    {
        path = Path.Combine(Root(), path);
        actual = actual.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable(Update) == "1" && Environment.GetEnvironmentVariable("CI") is null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }

        Assert.True(File.Exists(path), $"There is no {path}. Write it with {Update}=1.");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "BscFlow.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"No BscFlow.sln above {AppContext.BaseDirectory}");
        }

        return folder.FullName;
    }
}
