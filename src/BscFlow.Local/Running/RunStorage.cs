using Azure;
using BscFlow.Local.Azurite;
using BscFlow.Storage;

namespace BscFlow.Local.Running;

/// <summary>Where a run stores: in the account that was named, or in Azurite.</summary>
internal sealed class RunStorage : IAsyncDisposable
{
    private readonly AzuriteProcess? _azurite;

    private RunStorage(string connectionString, AzuriteProcess? azurite)
    {
        ConnectionString = connectionString;
        _azurite = azurite;
    }

    public string ConnectionString { get; }

    /// <summary>Completes when Azurite has ended; never for an account.</summary>
    public Task Ended => _azurite?.Ended ?? Task.Delay(Timeout.InfiniteTimeSpan);

    /// <exception cref="RefusalException">The connection string is none, or Azurite cannot be started.</exception>
    public static async Task<RunStorage> StartAsync(
        string? connectionString, DataFolder data, TextWriter progress, CancellationToken cancellationToken)
    {
        if (connectionString is not null)
        {
            return connectionString.Contains('=', StringComparison.Ordinal)
                ? new RunStorage(connectionString, azurite: null)
                : throw new RefusalException("--storage: is not a connection string");
        }

        try
        {
            var azurite = await AzuriteProcess.StartAsync(data.Storage, progress, cancellationToken);
            return new RunStorage(azurite.ConnectionString, azurite);
        }
        catch (AzuriteUnavailableException e)
        {
            throw new RefusalException(e.Message, e);
        }
    }

    /// <summary>Makes the tables, containers and queues that are not there yet: the first time that storage is asked.</summary>
    /// <exception cref="RefusalException">It does not answer, or not to us.</exception>
    public static async Task EnsureAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        try
        {
            await services.GetRequiredService<StorageSetup>().EnsureAsync(cancellationToken);
        }
        catch (FormatException e)
        {
            throw new RefusalException($"--storage: is not a connection string ({e.Message})", e);
        }
        catch (RequestFailedException e)
        {
            throw Refused(e, e);
        }
        catch (AggregateException e) when (e.InnerException is RequestFailedException last)
        {
            throw Refused(last, e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }
    }

    private static RefusalException Refused(RequestFailedException reason, Exception whole) => new(
        reason.Status == 0
            ? $"storage does not answer ({FirstLine(reason.Message)}); start it, or give another one with --storage"
            : $"storage refuses ({reason.Status} {reason.ErrorCode}); check the connection string of --storage",
        whole);

    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd();
}
