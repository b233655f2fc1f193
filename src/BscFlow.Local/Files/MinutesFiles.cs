using System.Text;
using BscFlow.Meetings;
using BscFlow.Minutes;

namespace BscFlow.Local.Files;

/// <summary>Minutes as they stand in files.</summary>
internal static class MinutesFiles
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file, or the files <c>*.md</c> of a folder in the order of their names.</summary>
    /// <exception cref="RefusalException">There is nothing to read, or a file is not text.</exception>
    public static IReadOnlyList<ArchiveFile> Read(string path)
    {
        try
        {
            if (!Directory.Exists(path))
            {
                return [ReadFile(path)];
            }

            string[] files = [.. Directory.EnumerateFiles(path, "*.md").Order(StringComparer.Ordinal)];
            return files.Length > 0
                ? [.. files.AsParallel().AsOrdered().Select(ReadFile)]
                : throw new RefusalException($"{path}: there is no file *.md in this folder");
        }
        catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is RefusalException))
        {
            throw new RefusalException([.. e.InnerExceptions.Cast<RefusalException>().SelectMany(inner => inner.Lines)], e);
        }
    }

    private static ArchiveFile ReadFile(string path)
    {
        var bytes = FileBytes.Read(path);
        try
        {
            var text = Strict.GetString(bytes);
            return text.IndexOf('\0') is var zero and >= 0
                ? throw NotText(path, text.AsSpan(0, zero).Count('\n'))
                : new ArchiveFile(path, MinutesReader.Read(text));
        }
        catch (DecoderFallbackException e)
        {
            throw NotText(path, bytes.AsSpan(0, e.Index).Count((byte)'\n'));
        }
    }

    private static RefusalException NotText(string path, int linesBefore) =>
        new($"{path}:{linesBefore + 1}: is not text in UTF-8");
}
