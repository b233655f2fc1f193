using BscFlow.Committee;

namespace BscFlow.Votes.Closing;

/// <summary>Takes a motion back before its deadline. The ballots that were cast are kept and count for nothing.</summary>
public sealed class WithdrawMotion(MotionStore motions, MotionEvents events, TimeProvider clock)
{
    public async Task<MotionChange> RunAsync(
        Charter charter, string id, string reason, string who, CancellationToken cancellationToken)
    {
        var change = await motions.ChangeAsync(
            charter.Id, id, who, motion => motion.Withdraw(reason, clock.GetUtcNow()), cancellationToken);
        if (change is MotionChange.Made { Motion: var motion })
        {
            await events.EndedAsync(motion, cancellationToken);
        }

        return change;
    }
}
