using BscFlow.Committee;

namespace BscFlow.Votes.Closing;

/// <summary>Records the day on which the second body ratified what the committee carried.</summary>
public sealed class RatifyMotion(MotionStore motions, MotionEvents events, TimeProvider clock)
{
    public async Task<MotionChange> RunAsync(
        Charter charter, string id, DateOnly day, string who, CancellationToken cancellationToken)
    {
        var change = await motions.ChangeAsync(
            charter.Id, id, who, motion => motion.Ratify(day, clock.GetUtcNow()), cancellationToken);
        if (change is MotionChange.Made { Motion: var motion })
        {
            await events.EndedAsync(motion, cancellationToken);
        }

        return change;
    }
}
