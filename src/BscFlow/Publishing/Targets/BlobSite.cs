using System.Security.Cryptography;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using BscFlow.Storage;

namespace BscFlow.Publishing.Targets;

/// <summary>A site as blobs: <c>{committee}/...</c> in the container of all sites.</summary>
/// <remarks>A blob is replaced in one step, so a page is never half there.</remarks>
public sealed class BlobSite(BlobServiceClient blobs) : IPublishingTarget
{
    private const int WritesAtOnce = 16;

    /// <summary>A page may change at any time; a browser asks whether its copy is still the one.</summary>
    private const string CacheControl = "no-cache";

    private const string HashName = "sha256";

    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(Keys.SiteContainer);

    public async Task<Publication> PublishAsync(
        string committee, IAsyncEnumerable<SiteFile> files, CancellationToken cancellationToken)
    {
        var there = await ListAsync(committee, cancellationToken);
        var (written, unchanged) = (0, 0);
        var stage = SiteStage.Asset;
        List<Task> writes = [];
        await foreach (var file in files.WithCancellation(cancellationToken))
        {
            if (file.Stage != stage || writes.Count == WritesAtOnce)
            {
                await Task.WhenAll(writes);
                writes.Clear();
                stage = file.Stage;
            }

            var name = Keys.SiteBlob(committee, file.Path);
            var hash = Convert.ToHexStringLower(SHA256.HashData(file.Content.Span));
            if (there.Remove(name, out var old) && IsSame(old, file, hash))
            {
                unchanged++;
            }
            else
            {
                written++;
                writes.Add(_container.GetBlobClient(name).UploadAsync(
                    new BinaryData(file.Content), Options(file, hash), cancellationToken));
            }
        }

        await Task.WhenAll(writes);
        foreach (var name in there.Keys)
        {
            await _container.DeleteBlobIfExistsAsync(name, cancellationToken: cancellationToken);
        }

        return new Publication(written, unchanged, there.Count);
    }

    private async Task<Dictionary<string, BlobItem>> ListAsync(string committee, CancellationToken cancellationToken)
    {
        Dictionary<string, BlobItem> there = new(StringComparer.Ordinal);
        var options = new GetBlobsOptions { Prefix = Keys.SiteBlob(committee, ""), Traits = BlobTraits.Metadata };
        await foreach (var blob in _container.GetBlobsAsync(options, cancellationToken))
        {
            there.Add(blob.Name, blob);
        }

        return there;
    }

    // The listing carries the hashes, so that nothing need be read to see what differs.
    private static BlobUploadOptions Options(SiteFile file, string hash) => new()
    {
        HttpHeaders = new BlobHttpHeaders { ContentType = file.ContentType, CacheControl = CacheControl },
        Metadata = new Dictionary<string, string> { [HashName] = hash },
    };

    private static bool IsSame(BlobItem old, SiteFile file, string hash) =>
        old.Metadata.TryGetValue(HashName, out var known)
        && known == hash
        && old.Properties.ContentType == file.ContentType
        && old.Properties.CacheControl == CacheControl;
}
