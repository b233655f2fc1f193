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
        var stored = (await motions.AllAsync(committee, cancellationToken)).ToDictionary(motion => motion.Id, StringComparer.Ordinal);
        foreach (var (id, closed) in counted.Closed)
        {
            await CheckAsync(committee, id, closed, stored.GetValueOrDefault(id), faults, cancellationToken);
        }

        foreach (var motion in stored.Values)
        {
            if (motion.TallyHash is { } hash && counted.Closed.GetValueOrDefault(motion.Id)?.TallyHash != hash)
            {
                faults.Add(new RecordFault(motion.Id, "the audit log does not hold the hash of its tally"));
            }
        }

        return new Verification(counted.Events, counted.Closed.Count, faults);
    }

    /// <summary>What the audit log says of each motion that was counted.</summary>
    private async Task<(long Events, Dictionary<string, ClosedMotion> Closed)> CountedAsync(
        string committee, CancellationToken cancellationToken)
    {
        var events = 0L;
        Dictionary<string, ClosedMotion> closed = new(StringComparer.Ordinal);
        await foreach (var entry in audit.ReadAsync(committee, cancellationToken))
        {
            events++;
            if (entry.Event == MotionEvents.ClosedEvent)
            {
                closed[entry.Subject] = ClosedMotion.Read(entry.Detail);
            }
        }

        return (events, closed);
    }

    /// <param name="motion">As it is shown; null where it is gone.</param>
    private async Task CheckAsync(
        string committee, string id, ClosedMotion closed, Motion? motion, List<RecordFault> faults, CancellationToken cancellationToken)
    {
        if (motion is null || !closed.Allows(motion.State))
        {
            faults.Add(new RecordFault(id, motion is null
                ? "the motion is gone"
                : $"it is shown as {motion.State}, and the audit log holds that it was {closed.State}"));
        }

        if (!await CheckAsync(_votes, Keys.TallyBlob(committee, id), id, closed.TallyHash, faults, cancellationToken))
        {
            faults.Add(new RecordFault(id, "its tally is gone"));
        }

        // Its voters are told of the end when it is published.
        var published = $"{id}, as published";
        if (!await CheckAsync(
                _site, Keys.SiteBlob(committee, SitePath.Tally(id)), published, closed.TallyHash, faults, cancellationToken)
            && motion is not null && !motion.News.HasFlag(MotionNews.Ended))
        {
            faults.Add(new RecordFault(published, "its tally is gone"));
        }
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

/// <summary>How a motion ended, as the audit log holds it.</summary>
internal sealed record ClosedMotion(string State, string TallyHash)
{
    /// <param name="detail">Of <see cref="MotionEvents.ClosedEvent"/>.</param>
    public static ClosedMotion Read(string detail)
    {
        var end = detail.LastIndexOf(' ');
        return new(end < 0 ? "" : detail[..end], detail[(end + 1)..]);
    }

    /// <summary>What was carried may have been ratified since.</summary>
    public bool Allows(MotionState state) =>
        state.ToString() == State || (state is MotionState.Ratified && State == nameof(MotionState.AwaitingRatification));
}
