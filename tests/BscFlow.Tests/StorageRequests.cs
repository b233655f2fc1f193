using System.Collections.Concurrent;
using System.Net;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace BscFlow.Tests;

/// <summary>Notes where requests to storage go, and refuses those of one place.</summary>
internal sealed class StorageRequests : HttpPipelinePolicy
{
    private readonly ConcurrentQueue<string> _paths = new();

    public string? Refused { get; set; }

    public int To(string place) => _paths.Count(path => path.Contains(place, StringComparison.Ordinal));

    public void Clear() => _paths.Clear();

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Note(message);
        ProcessNext(message, pipeline);
    }

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Note(message);
        return ProcessNextAsync(message, pipeline);
    }

    private void Note(HttpMessage message)
    {
        _paths.Enqueue(message.Request.Uri.Path);
        if (Refused is { } place && message.Request.Uri.Path.Contains(place, StringComparison.Ordinal))
        {
            throw new RequestFailedException((int)HttpStatusCode.Forbidden, "refused by the test");
        }
    }
}
