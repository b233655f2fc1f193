using Azure;
using Azure.Data.Tables;
using Azure.Identity;
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

    /// <summary>Or, for some commands, the name of an account.</summary>
    public string ConnectionString { get; }

    /// <summary>Completes when Azurite has ended; never for an account.</summary>
    public Task Ended => _azurite?.Ended ?? Task.Delay(Timeout.InfiniteTimeSpan);

    /// <exception cref="RefusalException">The connection string is none, or Azurite cannot be started.</exception>
    public static async Task<RunStorage> StartAsync(
        string? connectionString, DataFolder data, TextWriter progress, CancellationToken cancellationToken)
    {
        Require(connectionString);
        if (connectionString is not null)
        {
            return new RunStorage(connectionString, azurite: null);
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
        catch (Exception e) when (Refusal(e) is { } refusal)
        {
            throw refusal;
        }
    }

    /// <summary>What the person is to be told of an error of storage; null for any other error.</summary>
    public static RefusalException? Refusal(Exception error) => error switch
    {
        RequestFailedException { Status: 0 } silent => new(
            $"storage does not answer ({FirstLine(silent.Message)}); start it, or give another one with --storage", error),
        RequestFailedException { Status: 404, ErrorCode: "ContainerNotFound" or "TableNotFound" } missing => new(
            $"storage holds nothing of BscFlow ({missing.ErrorCode}); give the account of an app that has run", error),
        RequestFailedException { ErrorCode: "AuthorizationPermissionMismatch" or "AuthorizationFailure" } denied => new(
            $"storage refuses ({denied.Status} {denied.ErrorCode}): whoever is signed in needs the roles Storage Table Data Reader and "
            + "Storage Blob Data Reader on the account, and to import Storage Table Data Contributor and Storage Blob Data Contributor; "
            + "a role takes some minutes to be in force",
            error),
        RequestFailedException refused => new(
            $"storage refuses ({refused.Status} {refused.ErrorCode}); check the connection string of --storage", error),
        AuthenticationFailedException nobody => new(
            $"nobody is signed in who may use storage ({FirstLine(nobody.Message)}); run az login first", error),
        AggregateException { InnerException: { } inner } => Refusal(inner),
        _ => null,
    };

    public async ValueTask DisposeAsync()
    {
        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }
    }

    /// <remarks>The clients of Azure's libraries read it when they are made.</remarks>
    /// <exception cref="RefusalException">It is given, and is no connection string.</exception>
    public static void Require(string? connectionString)
    {
        try
        {
            _ = connectionString is null ? null : new TableServiceClient(connectionString);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or ArgumentException)
        {
            throw new RefusalException("--storage: is not a connection string", e);
        }
    }

    /// <summary>An account, by a connection string or, where the signed-in person may use it, by its name alone.</summary>
    /// <exception cref="RefusalException">It is neither.</exception>
    public static RunStorage Of(string storage)
    {
        if (storage.Contains('=', StringComparison.Ordinal))
        {
            Require(storage);
        }
        else if (!StorageAddress.IsValid(storage))
        {
            throw new RefusalException($"--storage {storage}: is neither the name of a storage account nor a connection string");
        }

        return new RunStorage(storage, azurite: null);
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd();
}
