namespace BscFlow.Local.Files;

/// <summary>The bytes of a file that a person named.</summary>
internal static class FileBytes
{
    /// <exception cref="RefusalException">It cannot be read.</exception>
    public static byte[] Read(string path) => Told(path, File.ReadAllBytes);

    /// <summary>Opens it to be read from its beginning, more than once; whoever reads it buffers.</summary>
    /// <exception cref="RefusalException">It cannot be read.</exception>
    public static Stream Open(string path) => Told<Stream>(path, name =>
    {
        var file = new FileStream(
            name, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        return file.CanSeek ? file : Whole(file);
    });

    /// <summary>What comes through a pipe comes once.</summary>
    private static MemoryStream Whole(Stream pipe)
    {
        using (pipe)
        {
            var whole = new MemoryStream();
            pipe.CopyTo(whole);
            whole.Position = 0;
            return whole;
        }
    }

    private static T Told<T>(string path, Func<string, T> open)
    {
        try
        {
            return open(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException(
                $"{path}: {e switch
                {
                    FileNotFoundException or DirectoryNotFoundException => "there is no such file",
                    UnauthorizedAccessException => "it is a folder, or may not be read",
                    _ => e.Message,
                }}",
                e);
        }
    }
}
