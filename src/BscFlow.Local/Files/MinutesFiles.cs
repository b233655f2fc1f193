using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Publishing;
using BscFlow.Publishing.Targets;

namespace BscFlow.Local.Files;

/// <summary>Minutes as they stand in files.</summary>
internal static class MinutesFiles
{
    private static readonly EnumerationOptions Below = new() { RecurseSubdirectories = true };

    /// <summary>Reads a file, or the files <c>*.md</c> of a folder and of those below it, in the order of their paths.</summary>
    /// <exception cref="RefusalException">There is nothing to read, or a file is not text.</exception>
    public static IReadOnlyList<ArchiveFile> Read(string path) => Read(ReadBytes(path));

    /// <summary>The same files, as they stand there.</summary>
    /// <exception cref="RefusalException">There is nothing to read.</exception>
    public static IReadOnlyList<SourceFile> ReadBytes(string path)
    {
        if (!Directory.Exists(path))
        {
            return [new SourceFile(path, Path.GetFileName(path), FileBytes.Read(path))];
        }

        string[] files =
        [
            .. Directory.EnumerateFiles(path, "*.md", Below)
                .Where(file => !IsInSite(path, file))
                .Order(StringComparer.Ordinal),
        ];
        return files.Length == 0
            ? throw new RefusalException($"{path}: there is no file *.md in this folder")
            : OrRefuse(() => files.AsParallel().AsOrdered()
                .Select(file => new SourceFile(file, NameBelow(path, file), FileBytes.Read(file))).ToList());
    }

    /// <summary>The file's path below what was read: "2025.md", "2024/03-07.md".</summary>
    public static string NameBelow(string path, ArchiveFile file) =>
        Directory.Exists(path) ? NameBelow(path, file.Name) : Path.GetFileName(file.Name);

    private static string NameBelow(string root, string file) => Path.GetRelativePath(root, file).Replace('\\', '/');

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

    /// <exception cref="RefusalException">A file is not text.</exception>
    public static IReadOnlyList<ArchiveFile> Read(IReadOnlyList<SourceFile> files) =>
        OrRefuse(() => files.AsParallel().AsOrdered().Select(ReadFile).ToList());

    /// <summary>The first of those that kept all cores from going on is what the user is told.</summary>
    private static List<T> OrRefuse<T>(Func<List<T>> work)
    {
        try
        {
            return work();
        }
        catch (AggregateException e) when (e.InnerExceptions.OfType<RefusalException>().FirstOrDefault() is { } refusal)
        {
            throw new RefusalException(refusal.Lines, refusal);
        }
    }

    private static ArchiveFile ReadFile(SourceFile file)
    {
        try
        {
            return ArchiveFile.Read(file.Name, file.Below, file.Bytes);
        }
        catch (NotTextException e)
        {
            var line = file.Bytes.AsSpan(0, e.Offset).Count((byte)'\n') + 1;
            throw new RefusalException($"{file.Name}:{line}: is not text in UTF-8", e);
        }
    }
}
