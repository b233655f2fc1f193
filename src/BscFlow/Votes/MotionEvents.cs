using System.Globalization;
using BscFlow.Storage;

namespace BscFlow.Votes;

/// <summary>What stands in the audit log of a motion; each event once, however often it is written.</summary>
public sealed class MotionEvents(AuditLog audit)
{
    public Task OpenedAsync(Motion motion, CancellationToken cancellationToken) => WriteAsync(
        motion,
        "motion-opened",
        motion.Id,
        string.Create(CultureInfo.InvariantCulture, $"rule {motion.Rule.Name}, {motion.Electorate.Size} asked"),
        cancellationToken);

    public Task ExtendedAsync(Motion motion, CancellationToken cancellationToken) => WriteAsync(
        motion, "motion-extended", $"{motion.Id}|{motion.Deadline.UtcTicks}", $"until {motion.Deadline:u}", cancellationToken);

    public Task CorrectedAsync(Motion motion, CancellationToken cancellationToken) => WriteAsync(
        motion, "motion-corrected", $"{motion.Id}|{motion.Wording}", $"{motion.Title}\n{motion.Text}", cancellationToken);

    /// <summary>A voter is called again; with both addresses, so that nobody can take a ballot unseen.</summary>
    public Task CalledAgainAsync(
        Motion motion,
        string voter,
        string before,
        string now,
        string who,
        DateTimeOffset at,
        CancellationToken cancellationToken) => audit.AppendOnceAsync(
            motion.Committee,
            "voter-called-again",
            string.Create(CultureInfo.InvariantCulture, $"{motion.Id}|{voter}|{at.UtcTicks}"),
            who,
            before == now ? $"{voter} at {now}" : $"{voter} at {now} in place of {before}",
            cancellationToken);

    private const string Withdrawn = "motion-withdrawn";
    private const string Ratified = "motion-ratified";
    private const string Closed = "motion-closed";

    /// <summary>It was closed, withdrawn or ratified.</summary>
    public Task EndedAsync(Motion motion, CancellationToken cancellationToken) => motion.State switch
    {
        MotionState.Withdrawn => WriteAsync(motion, Withdrawn, motion.Id, motion.Reason ?? "", cancellationToken),
        MotionState.Ratified => WriteAsync(motion, Ratified, motion.Id, $"on {motion.RatifiedOn:O}", cancellationToken),
        _ => WriteAsync(motion, Closed, motion.Id, $"{motion.State} {motion.TallyHash}", cancellationToken),
    };

    /// <summary>How a motion ended, by an event of <see cref="EndedAsync"/>; null for all others.</summary>
    /// <returns>With the SHA-256 of its <c>tally.json</c> where it was closed.</returns>
    public static (MotionState State, string? TallyHash)? EndIn(AuditEntry entry) => entry.Event switch
    {
        Withdrawn => (MotionState.Withdrawn, null),
        Ratified => (MotionState.Ratified, null),
        Closed when entry.Detail.Split(' ') is [var state, var hash] && Enum.TryParse<MotionState>(state, out var closed) =>
            (closed, hash),
        _ => null,
    };

    /// <summary>
    /// A ballot was recorded. Of a secret one nothing is said but that it came, and who entered it for somebody.
    /// </summary>
    public Task RecordedAsync(
        Motion motion, Recorded recorded, string who, CancellationToken cancellationToken) => audit.AppendOnceAsync(
        motion.Committee,
        "ballot-recorded",
        $"{motion.Id}|{Keys.ShortHash($"{recorded.Ballot.Voter}\n{recorded.Ballot.Evidence}")}",
        motion.Secret && recorded.Ballot.Source is (BallotSource.Mail or BallotSource.Page) ? "voter" : who,
        motion.Secret
            ? recorded.Ballot.Source.ToString()
            : $"{recorded.Ballot.Voter}: {recorded.Ballot.Vote} by {recorded.Ballot.Source}, {recorded.Ballot.Evidence}",
        cancellationToken);

    private Task WriteAsync(Motion motion, string @event, string subject, string detail, CancellationToken cancellationToken) =>
        audit.AppendOnceAsync(motion.Committee, @event, subject, motion.By, detail, cancellationToken);
}
