using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using BscFlow.Links;
using BscFlow.Storage;

namespace BscFlow.Votes.Tallies;

/// <summary>Something on record that is not as it was written.</summary>
/// <param name="Where">An event of the audit log, or a tally.</param>
/// <param name="What">In words.</param>
public sealed record RecordFault(string Where, string What);

/// <summary>What was looked at, and what is wrong with it.</summary>
public sealed record Verification(long Events, int Tallies, IReadOnlyList<RecordFault> Faults);

/// <summary>
/// Checks that nothing was changed behind the committee's back: the chain of the audit log, how each motion ended, each tally
/// against its own ballots, and each against the hash that the audit log holds of it, where it is kept and where it is published.
/// </summary>
public sealed class VerifyRecords(AuditLog audit, MotionStore motions, BlobServiceClient blobs)
{
    private readonly BlobContainerClient _votes = blobs.GetBlobContainerClient(Keys.VotesContainer);
    private readonly BlobContainerClient _site = blobs.GetBlobContainerClient(Keys.SiteContainer);

    /// <param name="read">Is told of each event and of each ballot; null: nobody is.</param>
    public async Task<Verification> RunAsync(string committee, RecordsRead? read, CancellationToken cancellationToken)
    {
        List<RecordFault> faults = [];
        var events = 0L;
        Dictionary<string, End> ends = new(StringComparer.Ordinal);
        if (await audit.FindBreakAsync(committee, Note, cancellationToken) is { } broken)
        {
            faults.Add(new RecordFault($"audit event {broken}", "it does not follow from the events before it"));
        }

        var all = await motions.EndsAsync(committee, cancellationToken);
        var stored = all.ToDictionary(motion => motion.Id, StringComparer.Ordinal);
        foreach (var (motion, end) in ends)
        {
            if (end.Hash is { } hash)
            {
                await CheckAsync(committee, motion, hash, stored.GetValueOrDefault(motion), read, faults, cancellationToken);
            }

            if (!stored.ContainsKey(motion))
            {
                faults.Add(new RecordFault(motion, "its row is gone"));
            }
        }

        foreach (var motion in all)
        {
            CheckRow(motion, ends.GetValueOrDefault(motion.Id), faults);
        }

        return new Verification(events, ends.Values.Count(end => end.Hash is not null), faults);

        void Note(AuditEntry entry)
        {
            events++;
            read?.Another();
            if (MotionEvents.EndIn(entry) is var (state, hash))
            {
                ends[entry.Subject] = new End(state, hash ?? ends.GetValueOrDefault(entry.Subject)?.Hash);
            }
        }
    }

    /// <summary>How the audit log says that a motion ended, and the hash of its tally; null of what it says nothing.</summary>
    private sealed record End(MotionState State, string? Hash);

    /// <summary>
    /// What mails and pages show of a motion stands in its row. An end that was not told yet may not be in the log yet.
    /// </summary>
    private static void CheckRow(MotionEnd motion, End? end, List<RecordFault> faults)
    {
        var logged = end?.State ?? MotionState.Open;
        var mayFollow = logged is MotionState.Open
            || (logged, motion.State) is (MotionState.AwaitingRatification, MotionState.Ratified);
        if (motion.State != logged && !(mayFollow && motion.News.HasFlag(MotionNews.Ended)))
        {
            faults.Add(new RecordFault(motion.Id, $"it says {motion.State}, and the audit log {logged}"));
        }

        if (motion.TallyHash is { } hash && end?.Hash != hash)
        {
            faults.Add(new RecordFault(motion.Id, "the audit log does not hold the hash of its tally"));
        }
    }

    /// <param name="stored">The motion's row; null where it is gone.</param>
    private async Task CheckAsync(
        string committee,
        string motion,
        string hash,
        MotionEnd? stored,
        RecordsRead? read,
        List<RecordFault> faults,
        CancellationToken cancellationToken)
    {
        if (!await CheckAsync(_votes, Keys.TallyBlob(committee, motion), motion, hash, stored, read, faults, cancellationToken))
        {
            faults.Add(new RecordFault(motion, "its tally is gone"));
        }

        var isPublished = await CheckAsync(
            _site,
            Keys.SiteBlob(committee, SitePath.Tally(motion)),
            $"{motion}, as published",
            hash,
            stored,
            read,
            faults,
            cancellationToken);
        if (!isPublished && stored?.News.HasFlag(MotionNews.Ended) is false)
        {
            faults.Add(new RecordFault($"{motion}, as published", "its tally is gone"));
        }
    }

    /// <returns>False when there is no such file.</returns>
    private static async Task<bool> CheckAsync(
        BlobContainerClient container,
        string name,
        string where,
        string hash,
        MotionEnd? stored,
        RecordsRead? read,
        List<RecordFault> faults,
        CancellationToken cancellationToken)
    {
        try
        {
            await using var file = await container.GetBlobClient(name).OpenReadAsync(cancellationToken: cancellationToken);
            var recount = await Recount.OfAsync(file, read, cancellationToken);
            if ((recount.FileHash ?? await HashAsync(file, cancellationToken)) != hash)
            {
                faults.Add(new RecordFault(where, "its tally is not the one that the audit log holds the hash of"));
            }

            switch (recount)
            {
                case Recount.Broken broken:
                    faults.AddRange(broken.Faults.Select(fault => new RecordFault(where, fault)));
                    break;
                case Recount.Holds { Frame: var frame }
                    when stored is not null && (frame.Title, frame.Text) != (stored.Title, stored.Text):
                    faults.Add(new RecordFault(where, "it was counted on another text than the motion shows"));
                    break;
            }

            return true;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return false;
        }
    }

    private static async Task<string> HashAsync(Stream file, CancellationToken cancellationToken)
    {
        file.Position = 0;
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }
}
