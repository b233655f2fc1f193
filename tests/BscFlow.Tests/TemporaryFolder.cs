namespace BscFlow.Tests;

/// <summary>A folder of one test's own, which is gone after it.</summary>
/// <remarks>
/// A process that a test has killed may have children that still write, and the system may be slow to let go of a file: it is
/// tried again for a while, and what is left then is the system's to clear. It says nothing about the product, so no test fails
/// of it.
/// </remarks>
internal sealed class TemporaryFolder : IDisposable
{
    private const int Tries = 50;

    public string Path { get; } = Directory.CreateTempSubdirectory("bscflow-").FullName;

    public void Dispose()
    {
        for (var tries = 0; tries < Tries && Directory.Exists(Path); tries++)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
                return;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Thread.Sleep(100);
            }
        }
    }
}
