using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Votes.Ballots;

namespace BscFlow.Votes.Closing;

/// <summary>
/// Counts a motion whose deadline has passed, or whose outcome no ballot that is out can change any more, and puts the outcome
/// and its <c>tally.json</c> on record. The step <see cref="Mails.TellVoters"/> tells them.
/// </summary>
/// <remarks>
/// The moment of closing is on record before the box is shut, so that a second run writes the same bytes; a ballot is either in
/// the count or was not taken.
/// </remarks>
public sealed class CloseMotion(
    MotionStore motions,
    BallotStore ballots,
    CountMotion countMotion,
    MotionEvents events,
    CollectMail collectMail,
    TimeProvider clock)
{
    /// <exception cref="MailboxUnavailableException">A ballot may be in the mailbox still; the step is tried again.</exception>
    public async Task RunAsync(Charter charter, string id, CancellationToken cancellationToken)
    {
        if (await motions.FindAsync(charter.Id, id, cancellationToken) is not { IsOpen: true } motion
            || await ShutAsync(charter, motion, cancellationToken) is not { } shut)
        {
            return;
        }

        await ballots.ShutBoxAsync(shut, cancellationToken);
        var moment = shut.BoxShut!.Value;
        if (moment <= shut.Deadline && !await ClosesEarlyAsync(charter, shut, moment, cancellationToken))
        {
            var next = shut.NextBox();
            await ballots.OpenBoxAsync(next, cancellationToken);
            await motions.TryUpdateAsync(next, cancellationToken);
            return;
        }

        var counted = await countMotion.RunAsync(shut, cancellationToken);
        var change = await motions.ChangeAsync(charter.Id, id, "clock", Close, cancellationToken);
        if (change is MotionChange.Made { Motion: var closed })
        {
            await events.EndedAsync(closed, cancellationToken);
        }

        // A late mark of a ballot may have changed the row; what was counted is this box.
        MotionChange Close(Motion motion) => motion.Box == shut.Box && motion.BoxShut == moment
            ? (motion with { TallyHash = counted.FileHash }).Close(counted.Frame.Count, moment, counted.Frame.Outcome)
            : new MotionChange.Refused("it was counted by somebody else");
    }

    /// <returns>The motion with the moment from which its box is to be shut; null when there is no reason to shut it.</returns>
    private async Task<Motion?> ShutAsync(Charter charter, Motion motion, CancellationToken cancellationToken)
    {
        if (motion.BoxShut is not null)
        {
            return motion;
        }

        var now = clock.GetUtcNow();
        if (now > motion.Deadline)
        {
            await RequireMailAsync(charter, motion, motion.Deadline, cancellationToken);
            return await motions.TryUpdateAsync(motion with { BoxShut = now }, cancellationToken);
        }

        if (!(motion.NextLook <= now))
        {
            return null;
        }

        // It ends at a moment up to which all mail can be in: what was received before it counts, as it does at a deadline.
        var end = now - CollectMail.Grace;
        var looked = motion with { LookedAt = now, LastBallot = null };
        var mayClose = (motion.Options is null || (await ballots.TurnoutAsync(motion, cancellationToken)).Out == 0)
            && motion.MayCloseEarly(await ballots.CountAsync(motion, cancellationToken), end);
        if (!mayClose)
        {
            await motions.TryUpdateAsync(looked, cancellationToken);
            return null;
        }

        // A ballot that came meanwhile has changed the row, and is looked at first.
        await RequireMailAsync(charter, motion, end, cancellationToken);
        return await motions.TryUpdateAsync(looked with { BoxShut = end }, cancellationToken);
    }

    /// <summary>
    /// Whether all is in the box that can decide it. It may have been shut to be corrected, and that was cut off.
    /// </summary>
    private async Task<bool> ClosesEarlyAsync(
        Charter charter, Motion shut, DateTimeOffset moment, CancellationToken cancellationToken) =>
        shut.MayCloseEarly(await ballots.CountAsync(shut, cancellationToken), moment)
        && await collectMail.IsInUntilAsync(charter.Mailbox, moment, cancellationToken);

    private async Task RequireMailAsync(
        Charter charter, Motion motion, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (!await collectMail.IsInUntilAsync(charter.Mailbox, until, cancellationToken))
        {
            throw new MailboxUnavailableException(
                $"The mail that came before the end of {motion.Id} is not all in yet.", null, null, null);
        }
    }
}
