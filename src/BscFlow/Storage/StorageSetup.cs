using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace BscFlow.Storage;

/// <summary>Makes the tables, containers and queues that are not there yet.</summary>
public sealed class StorageSetup(TableServiceClient tables, BlobServiceClient blobs, QueueServiceClient queues)
{
    public Task EnsureAsync(CancellationToken cancellationToken) => Task.WhenAll(
    [
        EnsureStoresAsync(cancellationToken),
        .. Keys.Queues.Select(name =>
            queues.GetQueueClient(name).CreateIfNotExistsAsync(cancellationToken: cancellationToken)),
    ]);

    /// <summary>The tables and containers alone, for who has no right to queues.</summary>
    public Task EnsureStoresAsync(CancellationToken cancellationToken) => Task.WhenAll(
    [
        .. Keys.Tables.Select(table => tables.CreateTableIfNotExistsAsync(table, cancellationToken)),
        .. Keys.Containers.Select(name =>
            blobs.GetBlobContainerClient(name).CreateIfNotExistsAsync(cancellationToken: cancellationToken)),
    ]);
}
