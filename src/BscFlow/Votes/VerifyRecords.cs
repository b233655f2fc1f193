using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using BscFlow.Publishing;
using BscFlow.Storage;

namespace BscFlow.Votes;

/// <summary>Something on record that is not as it was written.</summary>
/// <param name="Where">An event of the audit log, or a tally.</param>
/// <param name="What">In words.</param>
public sealed record RecordFault(string Where, string What);

/// <summary>What was looked at, and what is wrong with it.</summary>
public sealed record Verification(long Events, int Tallies, IReadOnlyList<RecordFault> Faults);

/// <summary>
/// Checks that nothing was changed behind the committee's back: the chain of the audit log, each tally against its own ballots,
/// and each against the hash that the audit log holds of it, where it is kept and where it is published.
/// </summary>
public sealed class VerifyRecords(AuditLog audit, MotionStore motions, BlobServiceClient blobs)
{
    private readonly BlobContainerClient _votes = blobs.GetBlobContainerClient(Keys.VotesContainer);
    private readonly BlobContainerClient _site = blobs.GetBlobContainerClient(Keys.SiteContainer);

    public async Task<Verification> RunAsync(string committee, CancellationToken cancellationToken)
    {
        List<RecordFault> faults = [];
        if (await audit.FindBreakAsync(committee, cancellationToken) is { } broken)
        {
            faults.Add(new RecordFault($"audit event {broken}", "it does not follow from the events before it"));
        }

        var counted = await CountedAsync(committee, cancellationToken);
        foreach (var (motion, hash) in counted.Hashes)
        {
            await CheckAsync(committee, motion, hash, faults, cancellationToken);
        }

        foreach (var motion in await motions.AllAsync(committee, cancellationToken))
        {
            if (motion.TallyHash is { } hash && counted.Hashes.GetValueOrDefault(motion.Id) != hash)
            {
                faults.Add(new RecordFault(motion.Id, "the audit log does not hold the hash of its tally"));
            }
        }

        return new Verification(counted.Events, counted.Hashes.Count, faults);
    }

    /// <summary>What the audit log says of each motion that was counted: the hash of its tally.</summary>
    private async Task<(long Events, Dictionary<string, string> Hashes)> CountedAsync(
        string committee, CancellationToken cancellationToken)
    {
        var events = 0L;
        Dictionary<string, string> hashes = new(StringComparer.Ordinal);
        await foreach (var entry in audit.ReadAsync(committee, cancellationToken))
        {
            events++;
            if (entry.Event == MotionEvents.ClosedEvent)
            {
                hashes[entry.Subject] = entry.Detail[(entry.Detail.LastIndexOf(' ') + 1)..];
            }
        }

        return (events, hashes);
    }

    private async Task CheckAsync(
        string committee, string motion, string hash, List<RecordFault> faults, CancellationToken cancellationToken)
    {
        if (!await CheckAsync(_votes, Keys.TallyBlob(committee, motion), motion, hash, faults, cancellationToken))
        {
            faults.Add(new RecordFault(motion, "its tally is gone"));
        }

        await CheckAsync(
            _site, Keys.SiteBlob(committee, SitePath.Tally(motion)), $"{motion}, as published", hash, faults, cancellationToken);
    }

    /// <returns>False when there is no such file.</returns>
    private static async Task<bool> CheckAsync(
        BlobContainerClient container,
        string name,
        string where,
        string hash,
        List<RecordFault> faults,
        CancellationToken cancellationToken)
    {
        try
        {
            await using var file = await container.GetBlobClient(name).OpenReadAsync(cancellationToken: cancellationToken);
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)) != hash)
            {
                faults.Add(new RecordFault(where, "its tally is not the one that the audit log holds the hash of"));
            }

            if (await Recount.OfAsync(file, cancellationToken) is Recount.Broken broken)
            {
                faults.AddRange(broken.Faults.Select(fault => new RecordFault(where, fault)));
            }

            return true;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return false;
        }
    }
}
