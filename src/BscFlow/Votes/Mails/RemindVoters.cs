using BscFlow.Committee;
using BscFlow.Storage;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Mails.Messages;

namespace BscFlow.Votes.Mails;

/// <summary>Reminds those who have not voted: at half time and a day before the end.</summary>
/// <remarks>
/// A voter of whom a mail came back gets none where it went: the desk shows them until their address is put right, or they are
/// called again.
/// </remarks>
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
        var dead = await unreached.WithoutAddressAsync(charter, motion, cancellationToken);
        var facts = mail.FactsOf(charter, motion);
        var told = await electorateMail.ToVotersAsync(
            charter,
            motion,
            $"{MotionMail.Reminder}{Keys.Instant(due)}",
            voter => !voted.Contains(voter.Id) && !dead.Contains(voter.Id),
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
