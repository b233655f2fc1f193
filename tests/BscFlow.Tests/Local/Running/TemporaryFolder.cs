namespace BscFlow.Tests.Local.Running;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("bscflow-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
