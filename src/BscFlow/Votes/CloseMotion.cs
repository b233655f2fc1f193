using BscFlow.Committee;
using BscFlow.Mail;

namespace BscFlow.Votes;

/// <summary>
/// Counts a motion whose deadline has passed, or whose outcome no ballot that is out can change any more, and puts the outcome
/// and its <c>tally.json</c> on record. The step <see cref="TellVoters"/> tells them.
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
        if (moment <= shut.Deadline && !shut.MayCloseEarly(await ballots.CountAsync(shut, cancellationToken), moment))
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

        // Before its deadline it ends with the last ballot that can have decided it, so that no mail is late that came before the end.
        var now = clock.GetUtcNow();
        var end = now > motion.Deadline ? motion.Deadline : motion.LastBallot ?? motion.EarliestClose;
        if (end is null || now < motion.EarliestClose && now <= motion.Deadline)
        {
            return null;
        }

        if (!await collectMail.IsInUntilAsync(charter.Mailbox, end.Value, cancellationToken))
        {
            throw new MailboxUnavailableException($"The mail that came before the end of {motion.Id} is not all in yet.", null, null, null);
        }

        if (now > motion.Deadline)
        {
            return await motions.TryUpdateAsync(motion with { BoxShut = now }, cancellationToken);
        }

        return await MayCloseEarlyAsync(now) ? await motions.TryUpdateAsync(motion with { BoxShut = end }, cancellationToken) : null;

        async Task<bool> MayCloseEarlyAsync(DateTimeOffset now)
        {

            // On record before the count, so that a ballot that comes during it is looked at after it.
            var looked = await motions.TryUpdateAsync(motion with { LookedAt = now, LastBallot = null }, cancellationToken);
            if (looked is null)
            {
                return false;
            }

            motion = looked;
            return motion.MayCloseEarly(await ballots.CountAsync(motion, cancellationToken), now);
        }
    }
}
