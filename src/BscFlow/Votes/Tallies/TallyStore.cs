using System.Collections.Concurrent;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using BscFlow.Storage;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked;

namespace BscFlow.Votes.Tallies;

/// <summary>A tally as mails and pages show it.</summary>
/// <param name="Tally">Of a large electorate without its lines, which stand in the file alone.</param>
/// <param name="Result">What the ballots over options come to.</param>
public sealed record ShownTally(Tally Tally, RankedResult? Result);

/// <summary>The <c>tally.json</c> of each motion that was counted, a blob each.</summary>
public sealed class TallyStore(BlobServiceClient blobs)
{
    /// <summary>Each site that is published asks for all tallies.</summary>
    private const int TalliesKept = 200;

    private readonly ConcurrentDictionary<string, ShownTally> _kept = new(StringComparer.Ordinal);
    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(Keys.VotesContainer);

    /// <summary>
    /// Writes the file of a motion. It is in its place when all of it is there, and not before; the same file again changes
    /// nothing.
    /// </summary>
    /// <param name="frame">As <see cref="Tally.FrameOf"/> makes it.</param>
    /// <param name="ballots">By voter; none of a secret motion.</param>
    /// <param name="receipts">By receipt; none of a public motion.</param>
    /// <param name="finish">The frame with what the ballots come to, once they have passed by.</param>
    public async Task<WrittenTally> SaveAsync(
        Motion motion,
        Tally frame,
        IAsyncEnumerable<TallyBallot> ballots,
        IAsyncEnumerable<TallyReceipt> receipts,
        Func<VoteNumbers, Tally> finish,
        CancellationToken cancellationToken)
    {
        var upload = new BlobUpload(BlobOf(motion), "application/json");
        var written = await TallyWriter.WriteAsync(upload.AppendAsync, frame, ballots, receipts, finish, cancellationToken);
        await upload.CommitAsync(cancellationToken);
        return written;
    }

    /// <param name="motion">Was counted.</param>
    /// <returns>The file, which is read as it is asked for.</returns>
    public Task<Stream> OpenAsync(Motion motion, CancellationToken cancellationToken) =>
        BlobOf(motion).OpenReadAsync(cancellationToken: cancellationToken);

    /// <param name="motion">Was counted.</param>
    public async Task<ShownTally> ReadAsync(Motion motion, CancellationToken cancellationToken)
    {
        if (_kept.TryGetValue(motion.TallyHash!, out var known))
        {
            return known;
        }

        await using var file = await OpenAsync(motion, cancellationToken);
        var scan = await TallyScan.ReadAsync(file, cancellationToken);
        var isListed = scan.Frame.Electorate.IsListed;
        var count = scan.Frame.Options is { } options ? new OptionCount(options) : null;
        List<TallyBallot> ballots = [];
        await foreach (var line in scan.BallotsAsync(file, cancellationToken))
        {
            count?.Add(MarkText.Read(line.Marks!)!);
            ballots.AddRange(isListed ? [line] : []);
        }

        List<TallyReceipt> receipts = [];
        await foreach (var line in scan.ReceiptsAsync(file, cancellationToken))
        {
            count?.Add(MarkText.Read(line.Marks!)!);
            receipts.AddRange(isListed ? [line] : []);
        }

        var shown = new ShownTally(scan.Frame with { Ballots = ballots, Receipts = receipts }, count?.Result());
        if (_kept.Count >= TalliesKept)
        {
            _kept.Clear();
        }

        return _kept[motion.TallyHash!] = shown;
    }

    private BlockBlobClient BlobOf(Motion motion) =>
        _container.GetBlockBlobClient(Keys.TallyBlob(motion.Committee, motion.Id));
}
