using BscFlow.Committee;

namespace BscFlow.Votes.Closing;

/// <summary>Gives the voters of a motion more time.</summary>
public sealed class ExtendMotion(MotionStore motions, MotionEvents events, TimeProvider clock)
{
    public async Task<MotionChange> RunAsync(
        Charter charter, string id, DateTimeOffset deadline, string who, CancellationToken cancellationToken)
    {
        var change = await motions.ChangeAsync(
            charter.Id, id, who, motion => motion.Extend(deadline, clock.GetUtcNow()), cancellationToken);
        if (change is MotionChange.Made { Motion: var motion })
        {
            await events.ExtendedAsync(motion, cancellationToken);
        }

        return change;
    }
}
