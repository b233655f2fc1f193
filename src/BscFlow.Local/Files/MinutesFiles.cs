using BscFlow.Meetings;
using BscFlow.Minutes;

namespace BscFlow.Local.Files;

/// <summary>Minutes as they stand in files.</summary>
internal static class MinutesFiles
{
    /// <summary>Reads a file, or the files <c>*.md</c> of a folder in the order of their names.</summary>
    /// <exception cref="RefusalException">There is nothing to read, or a file is not text.</exception>
    public static IReadOnlyList<ArchiveFile> Read(string path)
    {
        if (!Directory.Exists(path))
        {
            return [ReadFile(path)];
        }

        string[] files = [.. Directory.EnumerateFiles(path, "*.md").Order(StringComparer.Ordinal)];
        return files.Length > 0 ? ReadAll(files) : throw new RefusalException($"{path}: there is no file *.md in this folder");
    }

    private static IReadOnlyList<ArchiveFile> ReadAll(string[] files)
    {
        try
        {
            return [.. files.AsParallel().AsOrdered().Select(ReadFile)];
        }
        catch (AggregateException e) when (e.InnerExceptions.OfType<RefusalException>().FirstOrDefault() is { } refusal)
        {
            throw new RefusalException(refusal.Lines, refusal);
        }
    }

    private static ArchiveFile ReadFile(string path)
    {
        var bytes = FileBytes.Read(path);
        try
        {
            return new ArchiveFile(path, MinutesReader.Read(bytes));
        }
        catch (NotTextException e)
        {
            var line = bytes.AsSpan(0, e.Offset).Count((byte)'\n') + 1;
            throw new RefusalException($"{path}:{line}: is not text in UTF-8", e);
        }
    }
}
