using BscFlow.Local.Azurite;

[assembly: AssemblyFixture(typeof(BscFlow.Tests.AzuriteFixture))]

namespace BscFlow.Tests;

/// <summary>
/// One Azurite for all tests of the assembly; take it as a constructor parameter. Tests run side by side on it, so each one
/// works in a committee, container, table or queue with a name of its own.
/// </summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private AzuriteProcess? _azurite;
    private AzuriteUnavailableException? _unavailable;

    /// <exception cref="AzuriteUnavailableException">Only tests that need storage fail where it cannot be had.</exception>
    public string ConnectionString => _azurite?.ConnectionString ?? throw _unavailable!;

    /// <summary>Nobody else's, and allowed for committees, containers, tables and queues alike: letters and digits.</summary>
    public static string NewName() => $"t{Guid.NewGuid():n}";

    public async ValueTask InitializeAsync()
    {
        try
        {
            _azurite = await AzuriteProcess.StartAsync(_folder.Path, Console.Error, TestContext.Current.CancellationToken);
        }
        catch (AzuriteUnavailableException e)
        {
            _unavailable = e;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }

        _folder.Dispose();
    }
}
