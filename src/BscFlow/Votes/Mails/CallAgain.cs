using BscFlow.Committee;
using BscFlow.Storage;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Mails.Messages;

namespace BscFlow.Votes.Mails;

/// <summary>Calls a voter again whom the first call did not reach, at another address where they were imported.</summary>
/// <remarks>
/// Whoever may do this could have a ballot sent to an address of their own: so both addresses stand in the audit log, and the
/// address of somebody who has voted is not changed. It stands there before it is done: cut off in between, the log says what was
/// wanted, and never less than what was done.
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

        var now = clock.GetUtcNow();
        var voted = await ballots.HasVotedAsync(found, voter, cancellationToken);
        var change = found.CallAgain(voter, address, voted, now);
        if (change is not MotionChange.Made { Motion: var wanted })
        {
            return change;
        }

        var called = wanted.Electorate.Voter(charter, voter)!;
        var (before, after) = (found.Electorate.Voter(charter, voter)!.Addresses[0], called.Addresses[0]);
        await events.CalledAgainAsync(found, voter, before, after, who, now, cancellationToken);
        change = await motions.ChangeAsync(
            charter.Id, id, who, motion => motion.CallAgain(voter, address, voted, now), cancellationToken);
        if (change is not MotionChange.Made { Motion: var motion })
        {
            return change;
        }

        var facts = mail.FactsOf(charter, motion);
        await mail.ToVotersAsync(
            charter,
            motion,
            $"{MotionMail.CallAgain}{Keys.Instant(now)}-{Keys.ShortHash(after)[..8]}",
            [called],
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
