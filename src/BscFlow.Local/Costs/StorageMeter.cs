using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace BscFlow.Local.Costs;

/// <summary>How Azure bills a request to storage.</summary>
public enum StorageOperation
{
    /// <summary>Writing a blob, and listing blobs, which is billed alike.</summary>
    BlobWrite,

    BlobRead,
    Table,
    Queue,

    /// <summary>Deleting a blob costs nothing.</summary>
    Free,
}

/// <summary>Counts the requests that leave for storage, tries that failed too.</summary>
public sealed class StorageMeter : HttpPipelinePolicy
{
    private readonly ConcurrentDictionary<StorageOperation, long> _counts = new();

    public long this[StorageOperation operation] => _counts.GetValueOrDefault(operation);

    public void Reset() => _counts.Clear();

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Count(message.Request);
        ProcessNext(message, pipeline);
    }

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Count(message.Request);
        return ProcessNextAsync(message, pipeline);
    }

    private void Count(Request request) => _counts.AddOrUpdate(OperationOf(request), 1, (_, count) => count + 1);

    /// <remarks>
    /// Only the table service is asked in its own dialect of JSON, and only queues have messages in their paths.
    /// </remarks>
    private static StorageOperation OperationOf(Request request)
    {
        if (request.Headers.TryGetValue("DataServiceVersion", out _))
        {
            return StorageOperation.Table;
        }

        if (request.Uri.Path.Contains("/messages", StringComparison.Ordinal))
        {
            return StorageOperation.Queue;
        }

        return request.Method == RequestMethod.Delete ? StorageOperation.Free
            : request.Method == RequestMethod.Get && !request.Uri.Query.Contains("comp=list", StringComparison.Ordinal)
                ? StorageOperation.BlobRead
            : request.Method == RequestMethod.Head ? StorageOperation.BlobRead
            : StorageOperation.BlobWrite;
    }
}
