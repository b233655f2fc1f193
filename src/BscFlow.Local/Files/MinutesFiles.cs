using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Publishing.Targets;

namespace BscFlow.Local.Files;

/// <summary>Minutes as they stand in files.</summary>
internal static class MinutesFiles
{
    private static readonly EnumerationOptions Below = new() { RecurseSubdirectories = true };

    /// <summary>Reads a file, or the files <c>*.md</c> of a folder and of those below it, in the order of their paths.</summary>
    /// <exception cref="RefusalException">There is nothing to read, or a file is not text.</exception>
    public static IReadOnlyList<ArchiveFile> Read(string path)
    {
        if (!Directory.Exists(path))
        {
            return [ReadFile(path, Path.GetFileName(path))];
        }

        string[] files =
        [
            .. Directory.EnumerateFiles(path, "*.md", Below)
                .Where(file => !IsInSite(path, file))
                .Order(StringComparer.Ordinal),
        ];
        return files.Length > 0 ? ReadAll(path, files) : throw new RefusalException($"{path}: there is no file *.md in this folder");
    }

    /// <summary>The file's path below what was read: "2025.md", "2024/03-07.md".</summary>
    public static string NameBelow(string path, ArchiveFile file) =>
        Directory.Exists(path) ? Path.GetRelativePath(path, file.Name).Replace('\\', '/') : Path.GetFileName(file.Name);

    /// <summary>Whether the file is part of a site that was published below the folder, not of its minutes.</summary>
    private static bool IsInSite(string root, string file)
    {
        for (var folder = Path.GetDirectoryName(file); folder?.Length > root.Length; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, FolderSite.List)))
            {
                return true;
            }
        }

        return false;
    }

    private static IReadOnlyList<ArchiveFile> ReadAll(string root, string[] files)
    {
        try
        {
            return [.. files.AsParallel().AsOrdered().Select(file => ReadFile(file, Path.GetRelativePath(root, file).Replace('\\', '/')))];
        }
        catch (AggregateException e) when (e.InnerExceptions.OfType<RefusalException>().FirstOrDefault() is { } refusal)
        {
            throw new RefusalException(refusal.Lines, refusal);
        }
    }

    private static ArchiveFile ReadFile(string file, string below)
    {
        var bytes = FileBytes.Read(file);
        try
        {
            return ArchiveFile.Read(file, below, bytes);
        }
        catch (NotTextException e)
        {
            var line = bytes.AsSpan(0, e.Offset).Count((byte)'\n') + 1;
            throw new RefusalException($"{file}:{line}: is not text in UTF-8", e);
        }
    }
}
