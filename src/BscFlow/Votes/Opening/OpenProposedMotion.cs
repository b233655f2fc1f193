using BscFlow.Committee;
using BscFlow.Meetings;

namespace BscFlow.Votes.Opening;

/// <summary>Opens a motion that the minutes of a meeting ask for, as they word it.</summary>
public sealed class OpenProposedMotion(
    MeetingStore meetings, ProposeMotions propose, MotionStore motions, OpenMotion open)
{
    /// <summary>A motion and whether it is open already; null when the minutes do not ask for it (any more).</summary>
    public async Task<ProposedMotion?> FindAsync(
        Charter charter, string row, string id, CancellationToken cancellationToken) =>
        await meetings.FindAsync(charter.Id, row, cancellationToken) is { } meeting
            ? (await propose.FindAsync(charter, meeting, cancellationToken)).FirstOrDefault(proposed => proposed.Id == id)
            : null;

    /// <param name="row">Of the meeting.</param>
    /// <param name="rule">Another rule than the proposed one; null for that one.</param>
    /// <param name="consensus">Carried unless somebody objects.</param>
    /// <param name="subject">Id of the member whom it is about, under a rule that leaves them out.</param>
    /// <param name="who">Who opens it, for the audit.</param>
    /// <returns>The motion, also where it was opened before.</returns>
    public async Task<MotionChange> RunAsync(
        Charter charter,
        string row,
        string id,
        string? rule,
        bool consensus,
        string? subject,
        string who,
        CancellationToken cancellationToken)
    {
        if (await motions.FindAsync(charter.Id, id, cancellationToken) is { } opened)
        {
            return new MotionChange.Made(opened);
        }

        if (await FindAsync(charter, row, id, cancellationToken) is not { } proposed)
        {
            return new MotionChange.Unknown();
        }

        var draft = new MotionDraft
        {
            Id = proposed.Id,
            Title = proposed.Title,
            Text = proposed.Text,
            Rule = rule ?? proposed.Rule,
            Consensus = consensus,
            Subject = subject,
            Meeting = row,
            ForQuorum = proposed.Reason is ProposalReason.NoQuorum,
        };
        return await open.RunAsync(charter, draft, who, cancellationToken);
    }
}
