using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using BscFlow.Storage;

namespace BscFlow.Mail;

/// <summary>The mails as they came over the wire, each a blob <c>mail/{committee}/{id}.eml</c> that is never rewritten.</summary>
public sealed class RawMails(BlobServiceClient blobs)
{
    /// <summary>Metadata of a blob: which message of the mailbox it is.</summary>
    private const string GraphId = "graphid";

    /// <summary>What is held in memory of a large mail.</summary>
    private const int PieceBytes = 4 * 1024 * 1024;

    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(Keys.MailContainer);

    /// <summary>Keeps a mail; one that is kept already under this id stays as it is.</summary>
    /// <returns>The mail as kept; null when another message of the mailbox has this id.</returns>
    public async Task<byte[]?> KeepAsync(
        string committee, string id, string graphId, byte[] raw, CancellationToken cancellationToken)
    {
        var blob = _container.GetBlobClient(Keys.RawMail(committee, id));
        if (await TryUploadAsync(blob, graphId, BinaryData.FromBytes(raw).ToStream(), cancellationToken))
        {
            return raw;
        }

        // Exchange may write the same message in other bytes when it is asked again. What was judged first is the evidence.
        var first = await blob.DownloadContentAsync(cancellationToken);
        return IsOf(first.Value.Details.Metadata, graphId) ? first.Value.Content.ToArray() : null;
    }

    /// <summary>The same for one that is too large to be held in memory.</summary>
    /// <param name="raw">Is read to its end; nothing is kept when that fails.</param>
    /// <returns>False when another message of the mailbox has this id.</returns>
    public async Task<bool> KeepAsync(
        string committee, string id, string graphId, Stream raw, CancellationToken cancellationToken)
    {
        var blob = _container.GetBlobClient(Keys.RawMail(committee, id));
        if (await TryUploadAsync(blob, graphId, raw, cancellationToken))
        {
            return true;
        }

        var first = await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
        return IsOf(first.Value.Metadata, graphId);
    }

    /// <summary>Null when the mail is not kept.</summary>
    public async Task<byte[]?> FindAsync(string committee, string id, CancellationToken cancellationToken)
    {
        try
        {
            var found = await _container.GetBlobClient(Keys.RawMail(committee, id)).DownloadContentAsync(cancellationToken);
            return found.Value.Content.ToArray();
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    public Task EraseAsync(string committee, string id, CancellationToken cancellationToken) =>
        _container.GetBlobClient(Keys.RawMail(committee, id)).DeleteIfExistsAsync(
            DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken);

    /// <returns>False when there is a blob already.</returns>
    private static async Task<bool> TryUploadAsync(
        BlobClient blob, string graphId, Stream raw, CancellationToken cancellationToken)
    {
        try
        {
            await blob.UploadAsync(
                raw,
                new BlobUploadOptions
                {
                    Conditions = new() { IfNoneMatch = ETag.All },
                    HttpHeaders = new() { ContentType = "message/rfc822" },
                    Metadata = new Dictionary<string, string> { [GraphId] = Uri.EscapeDataString(graphId) },
                    TransferOptions = raw.CanSeek
                        ? default
                        : new() { MaximumConcurrency = 1, InitialTransferSize = PieceBytes, MaximumTransferSize = PieceBytes },
                },
                cancellationToken);
            return true;
        }
        catch (RequestFailedException kept) when (kept.Status is 409 or 412)
        {
            return false;
        }
    }

    private static bool IsOf(IDictionary<string, string> metadata, string graphId) =>
        metadata.TryGetValue(GraphId, out var whose) && whose == Uri.EscapeDataString(graphId);
}
