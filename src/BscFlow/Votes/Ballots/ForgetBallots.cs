using BscFlow.Committee;
using BscFlow.Mail;

namespace BscFlow.Votes.Ballots;

/// <summary>
/// Destroys what ties voters to ballots on a secret motion that is over: its secret first, then the ballots as they are stored,
/// then the copies of receipts in the mailbox that sent them. The sheet of its <c>tally.json</c> stays, and that a voter has
/// voted.
/// </summary>
public sealed class ForgetBallots(
    MotionStore motions, BallotStore ballots, MotionSecrets secrets, Outbox outbox, TimeProvider clock)
{
    /// <summary>A step has minutes, and a mailbox takes some requests a second; what is left is due at once again.</summary>
    private const int CopiesAtATime = 500;

    public async Task RunAsync(Charter charter, string id, CancellationToken cancellationToken)
    {
        if (await motions.FindAsync(charter.Id, id, cancellationToken) is not { IsOpen: false, Closed: { } closed } motion
            || !motion.News.HasFlag(MotionNews.ToForget)
            || clock.GetUtcNow() < Motion.ForgottenAfter(closed))
        {
            return;
        }

        // Of a motion that was withdrawn nobody has shut the box.
        await ballots.ShutBoxAsync(motion, cancellationToken);
        await secrets.ForgetAsync(motion, cancellationToken);
        await ballots.ForgetSaidAsync(motion, cancellationToken);
        var copies = await outbox.CopiesAsync(charter.Id, id, cancellationToken)
            .Take(CopiesAtATime)
            .ToListAsync(cancellationToken);
        foreach (var copy in copies)
        {
            await outbox.EraseCopyAsync(copy, id, cancellationToken);
        }

        if (copies.Count == CopiesAtATime)
        {
            return;
        }

        await motions.TryUpdateAsync(motion with { News = motion.News & ~MotionNews.ToForget }, cancellationToken);
    }
}
