using System.Collections.Concurrent;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using BscFlow.Storage;

namespace BscFlow.Committee;

/// <summary>The charters in force, each a blob <c>config/{committee}/charter.json</c>.</summary>
public sealed class CharterStore(BlobServiceClient blobs)
{
    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(Keys.ConfigContainer);
    private readonly ConcurrentDictionary<string, (ETag ETag, Charter Charter)> _read = new();

    /// <summary>The charter of a committee, or null when there is no such committee.</summary>
    /// <exception cref="InvalidCharterException">The stored charter is not valid.</exception>
    public async Task<Charter?> FindAsync(string committee, CancellationToken cancellationToken)
    {
        var blob = _container.GetBlobClient(Keys.CharterBlob(committee));
        var known = _read.GetValueOrDefault(committee);
        var conditions = known.Charter is null ? null : new BlobRequestConditions { IfNoneMatch = known.ETag };
        try
        {
            var answer = await blob.DownloadContentAsync(conditions, cancellationToken);
            if (answer.GetRawResponse().Status == 304)
            {
                return known.Charter;
            }

            var charter = CharterReader.Read(answer.Value.Content.ToMemory().Span);
            _read[committee] = (answer.Value.Details.ETag, charter);
            return charter;
        }
        catch (RequestFailedException notModified) when (notModified.Status == 304)
        {
            return known.Charter;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Ids of all committees of this deployment.</summary>
    public async IAsyncEnumerable<string> ListAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = new GetBlobsByHierarchyOptions { Delimiter = "/" };
        await foreach (var item in _container.GetBlobsByHierarchyAsync(options, cancellationToken))
        {
            if (item.IsPrefix)
            {
                yield return item.Prefix.TrimEnd('/');
            }
        }
    }

    /// <summary>Puts a charter in force.</summary>
    /// <param name="json">As a person wrote it; kept byte for byte.</param>
    /// <exception cref="InvalidCharterException">Names every field that is wrong; nothing is written.</exception>
    public async Task<Charter> SaveAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        var charter = CharterReader.Read(json.Span);
        await _container.GetBlobClient(Keys.CharterBlob(charter.Id)).UploadAsync(
            BinaryData.FromBytes(json),
            new BlobUploadOptions { HttpHeaders = new() { ContentType = "application/json" } },
            cancellationToken);
        return charter;
    }
}
