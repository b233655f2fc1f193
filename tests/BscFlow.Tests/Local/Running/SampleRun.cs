using BscFlow.Tests.Scenarios;

namespace BscFlow.Tests.Local.Running;

/// <summary>One <c>bscflow run</c> of the sample, shared by tests that leave its data folder in place.</summary>
public sealed class SampleRun : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Follows no redirect: what a page answers is what the tests see.</summary>
    internal HttpClient Browser { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    internal RunProcess Process { get; private set; } = null!;

    internal string Data => Path.Combine(_folder.Path, "data");

    public async ValueTask InitializeAsync()
    {
        Process = new RunProcess([], _folder.Path);
        await Process.StartAsync(TestContext.Current.CancellationToken);
        Browser.BaseAddress = Process.Addresses.Site;
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await Process.DisposeAsync();
        _folder.Dispose();
    }
}
