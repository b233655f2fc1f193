using System.Xml.Linq;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using BscFlow.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace BscFlow.Web;

/// <summary>Data Protection's keys in one blob, so that every instance reads the others' cookies and form tokens.</summary>
/// <remarks>The interface is synchronous; it is called at the first use and then about once a day.</remarks>
internal sealed class BlobKeyRing(BlobServiceClient blobs) : IXmlRepository
{
    private readonly BlobClient _blob = blobs.GetBlobContainerClient(Keys.KeyRingContainer).GetBlobClient(Keys.KeyRingBlob);

    public IReadOnlyCollection<XElement> GetAllElements() => [.. Read().Keys.Elements()];

    public void StoreElement(XElement element, string friendlyName)
    {
        while (true)
        {
            var (keys, etag) = Read();
            keys.Add(element);
            try
            {
                _blob.Upload(
                    BinaryData.FromString(keys.ToString()),
                    new BlobUploadOptions
                    {
                        Conditions = etag is { } present
                            ? new BlobRequestConditions { IfMatch = present }
                            : new BlobRequestConditions { IfNoneMatch = ETag.All },
                    });
                return;
            }
            catch (RequestFailedException lost) when (lost.Status is 409 or 412)
            {
                // Another instance stored a key; add ours to the ring that has it.
            }
        }
    }

    private (XElement Keys, ETag? ETag) Read()
    {
        try
        {
            var answer = _blob.DownloadContent().Value;
            return (XElement.Parse(answer.Content.ToString()), answer.Details.ETag);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return (new XElement("keys"), null);
        }
    }
}
