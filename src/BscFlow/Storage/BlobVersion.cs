using Azure.Core;
using Azure.Core.Pipeline;

namespace BscFlow.Storage;

/// <summary>Marks each blob that is written with the version of its form, as each row has one in its column <c>v</c>.</summary>
internal sealed class BlobVersion : HttpPipelineSynchronousPolicy
{
    private const string Header = "x-ms-meta-v";
    private const string Current = "1";

    public override void OnSendingRequest(HttpMessage message)
    {
        var request = message.Request;
        var writesBlob = request.Method == RequestMethod.Put
            && (request.Headers.Contains("x-ms-blob-type")
                || request.Uri.Query.Contains("comp=blocklist", StringComparison.Ordinal));
        if (writesBlob && !request.Headers.Contains(Header))
        {
            request.Headers.Add(Header, Current);
        }
    }
}
