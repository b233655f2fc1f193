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

    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(Keys.MailContainer);

    /// <summary>Keeps a mail; one that is kept already under this id stays as it is.</summary>
    /// <returns>The mail as kept; null when another message of the mailbox has this id.</returns>
    public async Task<byte[]?> KeepAsync(
        string committee, string id, string graphId, byte[] raw, CancellationToken cancellationToken)
    {
        var blob = _container.GetBlobClient(Keys.RawMail(committee, id));
        try
        {
            await blob.UploadAsync(
                BinaryData.FromBytes(raw),
                new BlobUploadOptions
                {
                    Conditions = new() { IfNoneMatch = ETag.All },
                    HttpHeaders = new() { ContentType = "message/rfc822" },
                    Metadata = new Dictionary<string, string> { [GraphId] = Uri.EscapeDataString(graphId) },
                },
                cancellationToken);
            return raw;
        }
        catch (RequestFailedException kept) when (kept.Status is 409 or 412)
        {
            // Exchange may write the same message in other bytes when it is asked again. What was judged first is the evidence.
            var first = await blob.DownloadContentAsync(cancellationToken);
            return first.Value.Details.Metadata.TryGetValue(GraphId, out var whose) && whose == Uri.EscapeDataString(graphId)
                ? first.Value.Content.ToArray()
                : null;
        }
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
}
