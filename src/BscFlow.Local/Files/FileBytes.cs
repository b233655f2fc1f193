namespace BscFlow.Local.Files;

/// <summary>The bytes of a file that a person named.</summary>
internal static class FileBytes
{
    /// <exception cref="RefusalException">It cannot be read.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
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
