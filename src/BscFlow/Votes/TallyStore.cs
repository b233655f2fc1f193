using System.Collections.Concurrent;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using BscFlow.Storage;

namespace BscFlow.Votes;

/// <summary>The <c>tally.json</c> of each motion that was counted, a blob each.</summary>
public sealed class TallyStore(BlobServiceClient blobs)
{
    /// <summary>Each site that is published asks for all tallies; those of this many voters and fewer are kept in memory.</summary>
    private const int SmallElectorate = 200;

    private const int TalliesKept = 500;

    private readonly ConcurrentDictionary<string, Tally> _kept = new(StringComparer.Ordinal);
    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(Keys.VotesContainer);

    /// <summary>Puts the file of a motion in its place; the same file again changes nothing.</summary>
    public Task SaveAsync(Motion motion, byte[] file, CancellationToken cancellationToken) => BlobOf(motion).UploadAsync(
        new BinaryData(file),
        new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" } },
        cancellationToken);

    /// <param name="motion">Was counted.</param>
    public async Task<ReadOnlyMemory<byte>> ReadFileAsync(Motion motion, CancellationToken cancellationToken)
    {
        var answer = await BlobOf(motion).DownloadContentAsync(cancellationToken);
        return answer.Value.Content.ToMemory();
    }

    /// <param name="motion">Was counted.</param>
    public async Task<Tally> ReadAsync(Motion motion, CancellationToken cancellationToken)
    {
        if (_kept.TryGetValue(motion.TallyHash!, out var known))
        {
            return known;
        }

        var tally = TallyFile.Read((await ReadFileAsync(motion, cancellationToken)).Span);
        if (tally.Electorate.Size <= SmallElectorate && _kept.Count < TalliesKept)
        {
            _kept[motion.TallyHash!] = tally;
        }

        return tally;
    }

    private BlobClient BlobOf(Motion motion) => _container.GetBlobClient(Keys.TallyBlob(motion.Committee, motion.Id));
}
