using Azure;
using Azure.Storage.Blobs;
using BscFlow.Storage;

namespace BscFlow.Publishing;

/// <summary>The digest of each committee's last publication, a blob beside its site.</summary>
public sealed class SiteDigests(BlobServiceClient blobs)
{
    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(Keys.SiteContainer);

    /// <summary>As <see cref="SiteDigest.Read"/> reads it; null where there is none.</summary>
    public async Task<byte[]?> FindAsync(string committee, CancellationToken cancellationToken)
    {
        try
        {
            var blob = await _container.GetBlobClient(Keys.SiteDigestBlob(committee)).DownloadContentAsync(cancellationToken);
            return blob.Value.Content.ToArray();
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    public Task SaveAsync(string committee, byte[] digest, CancellationToken cancellationToken) =>
        _container.GetBlobClient(Keys.SiteDigestBlob(committee))
            .UploadAsync(new BinaryData(digest), overwrite: true, cancellationToken);
}
