using BscFlow.Committee;

namespace BscFlow.Local.Files;

/// <summary>A charter as it stands in a file.</summary>
/// <param name="Json">The file, byte for byte.</param>
internal sealed record LocalCharter(string Path, byte[] Json, Charter Charter)
{
    /// <exception cref="RefusalException">There is no such file, or the charter is not valid: a line for each field.</exception>
    public static LocalCharter Read(string path) => Read(path, FileBytes.Read(path));

    /// <inheritdoc cref="Read(string)"/>
    public static LocalCharter Read(string path, byte[] json)
    {
        try
        {
            return new LocalCharter(path, json, CharterReader.Read(json));
        }
        catch (InvalidCharterException e)
        {
            throw new RefusalException([.. e.Errors.Select(error => $"{path}: {error}")], e);
        }
    }

    /// <summary>The charter that was named, or the <c>charter.json</c> that lies beside the minutes.</summary>
    /// <param name="named">Null: look beside them.</param>
    /// <param name="minutes">A file or a folder.</param>
    /// <exception cref="RefusalException">There is none, or it is not valid.</exception>
    public static LocalCharter Of(string? named, string minutes)
    {
        if (named is not null)
        {
            return Read(named);
        }

        var folder = Directory.Exists(minutes) ? minutes : System.IO.Path.GetDirectoryName(minutes);
        var beside = System.IO.Path.Combine(folder ?? "", "charter.json");
        return File.Exists(beside)
            ? Read(beside)
            : throw new RefusalException($"{minutes}: there is no charter.json beside it; give the committee's with --charter");
    }

    /// <summary>
    /// Reads all that was named. A folder stands for the charters in it: its own files <c>*.json</c>, and <c>charter.json</c> in
    /// each of its folders.
    /// </summary>
    /// <exception cref="RefusalException">A charter cannot be read, or two are of one committee.</exception>
    public static IReadOnlyList<LocalCharter> ReadAll(IEnumerable<string> paths)
    {
        List<LocalCharter> charters = [.. paths.SelectMany(Files).Select(Read)];
        var twice = charters.GroupBy(charter => charter.Charter.Id).FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? charters
            : throw new RefusalException($"{twice.Last().Path}: id {twice.Key} is taken by {twice.First().Path}");
    }

    private static IEnumerable<string> Files(string path)
    {
        if (!Directory.Exists(path))
        {
            return [path];
        }

        var own = Directory.EnumerateFiles(path, "*.json")
            .Where(file => !file.EndsWith(".schema.json", StringComparison.OrdinalIgnoreCase));
        var below = Directory.EnumerateDirectories(path)
            .Select(folder => System.IO.Path.Combine(folder, "charter.json"))
            .Where(File.Exists);
        string[] files = [.. own.Concat(below).Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw new RefusalException($"{path}: there is no charter in this folder");
    }
}
