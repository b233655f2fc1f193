using BscFlow.Committee;
using BscFlow.Storage;
using BscFlow.Votes.Mails.Messages;

namespace BscFlow.Votes.Mails;

/// <summary>Mails a voter their ballot once more, to the address on record and nowhere else.</summary>
/// <remarks>
/// The link to a member's page stands in every mail, and mails are passed on. So that page says which votes are open and does not
/// lead to a ballot: who holds the link, and not the mailbox, votes for nobody.
/// </remarks>
public sealed class SendBallot(MotionStore motions, MotionMail mail, TimeProvider clock)
{
    /// <summary>At most once an hour; asked for again within it, it mails nothing more.</summary>
    /// <returns>False where the motion is not open, its deadline has passed, or it does not ask this member.</returns>
    public async Task<bool> RunAsync(Charter charter, string id, Member voter, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await motions.FindAsync(charter.Id, id, cancellationToken) is not { IsOpen: true, BoxShut: null } motion
            || now > motion.Deadline
            || !motion.Electorate.Asks(voter.Id))
        {
            return false;
        }

        var hour = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerHour));
        var facts = mail.FactsOf(charter, motion);
        await mail.ToVotersAsync(
            charter,
            motion,
            $"{MotionMail.Ballot}{Keys.Instant(hour)}",
            [voter],
            (reader, page) => new BallotAgainMail
            {
                Reader = reader.Reader,
                Committee = charter.Name,
                Motion = facts,
                Ballot = page,
            },
            cancellationToken);
        return true;
    }
}
