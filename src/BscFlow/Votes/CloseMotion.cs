using System.Security.Cryptography;
using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Votes.Options;
using Microsoft.Extensions.Logging;

namespace BscFlow.Votes;

/// <summary>
/// Counts a motion whose deadline has passed, or whose outcome no ballot that is out can change any more, and puts the outcome
/// and its <c>tally.json</c> on record. The step <see cref="TellVoters"/> tells them.
/// </summary>
/// <remarks>
/// The moment of closing is on record before the box is shut, so that a second run writes the same bytes; a ballot is either in
/// the count or was not taken.
/// </remarks>
public sealed partial class CloseMotion(
    MotionStore motions,
    BallotStore ballots,
    MotionSecrets secrets,
    TallyStore tallies,
    MotionEvents events,
    CollectMail collectMail,
    TimeProvider clock,
    ILogger<CloseMotion> log)
{
    private const int BallotsAtATime = 10_000;

    /// <exception cref="MailboxUnavailableException">A ballot may be in the mailbox still; the step is tried again.</exception>
    public async Task RunAsync(Charter charter, string id, CancellationToken cancellationToken)
    {
        if (await motions.FindAsync(charter.Id, id, cancellationToken) is not { IsOpen: true } motion
            || await ShutAsync(charter, motion, cancellationToken) is not { } shut)
        {
            return;
        }

        await ballots.ShutBoxAsync(shut, cancellationToken);
        var counted = await ReadAsync(shut, cancellationToken);
        var count = Tally.CountOf(shut.Electorate, counted.Select(ballot => ballot.Vote));
        var outcome = shut.Options is { } options ? OutcomeOf(options, counted) : (Outcome?)null;
        if (shut.Close(count, shut.BoxShut!.Value, outcome) is not MotionChange.Made { Motion: var closed })
        {
            var next = shut.NextBox();
            await ballots.OpenBoxAsync(next, cancellationToken);
            await motions.TryUpdateAsync(next, cancellationToken);
            return;
        }

        var secret = closed.Secret ? await secrets.GetAsync(closed, cancellationToken) : null;
        var file = TallyFile.Write(Tally.Of(closed, counted, closed.Closed!.Value, ballot => secret!.WordOf(ballot)));
        await tallies.SaveAsync(closed, file, cancellationToken);
        closed = closed with { TallyHash = Convert.ToHexStringLower(SHA256.HashData(file)), By = "clock" };
        if (await motions.TryUpdateAsync(closed, cancellationToken) is { } stored)
        {
            await events.EndedAsync(stored, cancellationToken);
        }
    }

    private static Outcome OutcomeOf(OptionVote options, List<Ballot> counted)
    {
        var count = new OptionCount(options);
        foreach (var ballot in counted)
        {
            count.Add(options.Counted(ballot.Voter, MarkText.Read(ballot.Marks!)!));
        }

        return Tally.OutcomeOf(count.Result());
    }

    private async Task<List<Ballot>> ReadAsync(Motion motion, CancellationToken cancellationToken)
    {
        List<Ballot> counted = [];
        await foreach (var ballot in ballots.ReadAsync(motion, cancellationToken))
        {
            counted.Add(ballot);
            if (counted.Count % BallotsAtATime == 0)
            {
                LogCounted(motion.Committee, motion.Id, counted.Count, motion.Electorate.Size);
            }
        }

        return counted;
    }

    /// <returns>The motion with the moment from which its box is to be shut; null when there is no reason to shut it.</returns>
    private async Task<Motion?> ShutAsync(Charter charter, Motion motion, CancellationToken cancellationToken)
    {
        if (motion.BoxShut is not null)
        {
            return motion;
        }

        var now = clock.GetUtcNow();
        if (now <= motion.Deadline && !await MayCloseEarlyAsync(now))
        {
            return null;
        }

        if (now > motion.Deadline && !await collectMail.IsInUntilAsync(charter.Mailbox, motion.Deadline, cancellationToken))
        {
            throw new MailboxUnavailableException(
                $"The mail that came before the deadline of {motion.Id} is not all in yet.", null, null, null);
        }

        return await motions.TryUpdateAsync(motion with { BoxShut = now }, cancellationToken);

        async Task<bool> MayCloseEarlyAsync(DateTimeOffset now)
        {
            if (now < motion.EarliestClose || motion.EarliestClose is null)
            {
                return false;
            }

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

    [LoggerMessage(Level = LogLevel.Information, Message = "{Committee}, {Motion}: {Counted} ballots read of {Voters} voters")]
    private partial void LogCounted(string committee, string motion, int counted, int voters);
}
