using System.Collections.Frozen;
using BscFlow.Committee;
using BscFlow.Storage;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Mails.Messages;

namespace BscFlow.Votes.Mails;

/// <summary>
/// Reminds those who have not voted: at half time and a day before the end. Of voters from a table, those whose call came back are
/// written to again when somebody has corrected their address, and not before.
/// </summary>
public sealed class RemindVoters(
    MotionStore motions,
    BallotStore ballots,
    UnreachedVoters unreached,
    MotionMail mail,
    ElectorateMail electorateMail,
    TimeProvider clock)
{
    public async Task RunAsync(Charter charter, string id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await motions.FindAsync(charter.Id, id, cancellationToken) is not { IsOpen: true, BoxShut: null } motion
            || motion.NextReminder is not { } due
            || due > now
            || now > motion.Deadline)
        {
            return;
        }

        // A clock that was late has passed both moments; one reminder is enough.
        var last = (motion with { RemindedUntil = now }).NextReminder is null;
        var voted = await ballots.VotersAsync(motion, cancellationToken);
        var lost = motion.Electorate.IsImported ? await unreached.IdsAsync(motion, cancellationToken) : FrozenSet<string>.Empty;
        var facts = mail.FactsOf(charter, motion);
        var told = await electorateMail.ToVotersAsync(
            charter,
            motion,
            $"{MotionMail.Reminder}{Keys.Instant(due)}",
            voter => !voted.Contains(voter.Id) && !lost.Contains(voter.Id),
            (voter, page) => new VoteReminderMail
            {
                Reader = voter.Reader,
                Committee = charter.Name,
                Motion = facts,
                Ballot = page,
                Last = last,
            },
            cancellationToken);
        if (told is not null)
        {
            await motions.NoteAsync(told, current => current with { RemindedUntil = now }, cancellationToken);
        }
    }
}
