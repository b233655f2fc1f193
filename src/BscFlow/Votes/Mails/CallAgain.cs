using BscFlow.Committee;
using BscFlow.Storage;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Mails.Messages;

namespace BscFlow.Votes.Mails;

/// <summary>Calls a voter again whom the first call did not reach, at another address where they were imported.</summary>
/// <remarks>
/// Whoever may do this could have a ballot sent to an address of their own: so both addresses stand in the audit log, and the
/// address of somebody who has voted is not changed.
/// </remarks>
public sealed class CallAgain(
    MotionStore motions, BallotStore ballots, UnreachedVoters unreached, MotionMail mail, MotionEvents events, TimeProvider clock)
{
    /// <param name="voter">Id of who is called.</param>
    /// <param name="address">Another address; null or the same: as before.</param>
    /// <param name="who">Who calls, for the audit.</param>
    public async Task<MotionChange> RunAsync(
        Charter charter, string id, string voter, string? address, string who, CancellationToken cancellationToken)
    {
        if (await motions.FindAsync(charter.Id, id, cancellationToken) is not { } found)
        {
            return new MotionChange.Unknown();
        }

        if (found.Electorate.Asks(voter) && found.Electorate.Voter(charter, voter) is null)
        {
            return new MotionChange.Refused($"{voter} stands in the charter no more");
        }

        var voted = await ballots.HasVotedAsync(found, voter, cancellationToken);
        var change = await motions.ChangeAsync(
            charter.Id, id, who, motion => motion.CallAgain(voter, address, voted, clock.GetUtcNow()), cancellationToken);
        if (change is not MotionChange.Made { Motion: var motion })
        {
            return change;
        }

        var before = found.Electorate.Voter(charter, voter)!.Addresses[0];
        var now = motion.Electorate.Voter(charter, voter)!;
        await events.CalledAgainAsync(motion, voter, before, now.Addresses[0], who, clock.GetUtcNow(), cancellationToken);
        var facts = mail.FactsOf(charter, motion);
        await mail.ToVotersAsync(
            charter,
            motion,
            $"{MotionMail.CallAgain}{Keys.Instant(clock.GetUtcNow()).ToLowerInvariant()}",
            [now],
            (addressee, page) => new CallForVotesMail
            {
                Reader = addressee.Reader,
                Committee = charter.Name,
                Motion = facts,
                Ballot = page,
            },
            cancellationToken);
        await unreached.RemoveAsync(motion, voter, cancellationToken);
        return change;
    }
}
