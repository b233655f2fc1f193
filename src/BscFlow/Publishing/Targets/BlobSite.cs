using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using BscFlow.Links;
using BscFlow.Storage;

namespace BscFlow.Publishing.Targets;

/// <summary>A site as blobs: <c>{committee}/...</c> in the container of all sites.</summary>
/// <remarks>
/// A blob is replaced in one step, so a page is never half there. The listing carries what each blob is made of, so that nothing
/// need be read, and of what is as it was nothing rendered.
/// </remarks>
public sealed class BlobSite(BlobServiceClient blobs, SiteCache cache) : IPublishingTarget
{
    private const int WritesAtOnce = 16;

    /// <summary>A page may change at any time; a browser asks whether its copy is still the one.</summary>
    private const string CacheControl = "no-cache";

    private const string MadeName = "made";

    /// <summary>What is larger goes up in pieces, of which no more than two are held.</summary>
    private static readonly StorageTransferOptions Pieces = new()
    {
        InitialTransferSize = PieceBytes,
        MaximumTransferSize = PieceBytes,
        MaximumConcurrency = 2,
    };

    private const int PieceBytes = 4 * 1024 * 1024;

    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(Keys.SiteContainer);

    public async Task<Publication> PublishAsync(
        string committee, IEnumerable<SiteFile> files, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var there = await ListAsync(committee, cancellationToken);
        var (written, unchanged) = (0, 0);
        var stage = SiteStage.Asset;
        List<Task> writes = [];
        try
        {
            foreach (var file in files)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (file.Stage != stage || writes.Count == WritesAtOnce)
                {
                    await Task.WhenAll(writes);
                    writes.Clear();
                    stage = file.Stage;
                    progress?.Report(written + unchanged);
                }

                var name = Keys.SiteBlob(committee, file.Path);
                if (there.Remove(name, out var old) && IsSame(old, file))
                {
                    unchanged++;
                    continue;
                }

                if (written++ == 0)
                {
                    await cache.BeginAsync(committee, cancellationToken);
                }

                writes.Add(WriteAsync(name, file, cancellationToken));
            }

            await Task.WhenAll(writes);
        }
        finally
        {
            // After a failure too: whoever publishes next must not find one of these written over theirs.
            await Task.WhenAll(writes).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (written == 0 && there.Count > 0)
        {
            await cache.BeginAsync(committee, cancellationToken);
        }

        foreach (var name in there.Keys)
        {
            await _container.DeleteBlobIfExistsAsync(name, cancellationToken: cancellationToken);
        }

        // Also where all is in place because an earlier publication wrote it and ended before it could say so.
        if (written + there.Count > 0 || await cache.IsBegunAsync(committee, cancellationToken))
        {
            await cache.RenewAsync(committee, cancellationToken);
        }

        return new Publication(written, unchanged, there.Count);
    }

    public async Task<byte[]?> FindAsync(string committee, string path, CancellationToken cancellationToken)
    {
        try
        {
            var blob = _container.GetBlobClient(Keys.SiteBlob(committee, path));
            return (await blob.DownloadContentAsync(cancellationToken)).Value.Content.ToArray();
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <summary>
    /// Takes the front page away, so that whoever asks for it next has the site published: for a change that is made where nobody
    /// knows under which address the site is served.
    /// </summary>
    public async Task TakeFrontAwayAsync(string committee, CancellationToken cancellationToken)
    {
        await cache.BeginAsync(committee, cancellationToken);
        await _container.DeleteBlobIfExistsAsync(Keys.SiteBlob(committee, SitePath.Front), cancellationToken: cancellationToken);
        await cache.RenewAsync(committee, cancellationToken);
    }

    private async Task WriteAsync(string name, SiteFile file, CancellationToken cancellationToken)
    {
        var blob = _container.GetBlobClient(name);
        var options = new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = file.ContentType, CacheControl = CacheControl },
            Metadata = new Dictionary<string, string> { [MadeName] = file.Made },
            TransferOptions = Pieces,
        };
        if (file.OpenAsync is { } open)
        {
            await using var content = await open(cancellationToken);
            await blob.UploadAsync(content, options, cancellationToken);
        }
        else
        {
            await blob.UploadAsync(new BinaryData(await file.RenderAsync()), options, cancellationToken);
        }
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

    private static bool IsSame(BlobItem old, SiteFile file) =>
        old.Metadata.TryGetValue(MadeName, out var made)
        && made == file.Made
        && old.Properties.ContentType == file.ContentType
        && old.Properties.CacheControl == CacheControl;
}
