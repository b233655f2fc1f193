using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using BscFlow.Storage;

namespace BscFlow.Web;

/// <summary>Sessions of the desk that were left before their time, an empty blob each until they would have ended by themselves.</summary>
/// <remarks>Not in memory: the keys that protect a session's cookie outlive the process, and so does a copy of the cookie.</remarks>
public sealed class LeftSessions(BlobServiceClient blobs)
{
    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(Keys.KeyRingContainer);

    /// <param name="length">How long a session lasts; what was left longer ago is forgotten.</param>
    public async Task AddAsync(string session, TimeSpan length, CancellationToken cancellationToken)
    {
        BlobContentInfo left = await _container.GetBlobClient(Keys.LeftSessionBlob(session))
            .UploadAsync(BinaryData.Empty, overwrite: true, cancellationToken);
        var older = new GetBlobsOptions { Prefix = Keys.LeftSessionBlob("") };
        await foreach (var blob in _container.GetBlobsAsync(older, cancellationToken))
        {
            // By the clock of storage: sessions end by that of the machine, which is not the one that can be moved.
            if (blob.Properties.LastModified + length < left.LastModified)
            {
                await _container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
            }
        }
    }

    public async Task<bool> ContainsAsync(string session, CancellationToken cancellationToken) =>
        await _container.GetBlobClient(Keys.LeftSessionBlob(session)).ExistsAsync(cancellationToken);
}
