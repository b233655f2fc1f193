using BscFlow.Committee;
using BscFlow.Votes.Ballots;

namespace BscFlow.Votes.Opening;

/// <summary>Corrects the text of a motion on which nobody has voted yet; after that, a correction is a new motion.</summary>
/// <remarks>
/// The box is shut while it is looked into, so that nobody's ballot is one on another text. Cut off in the middle, the step
/// <see cref="Closing.CloseMotion"/> finds that the motion must stay open and puts up the next box.
/// </remarks>
public sealed class CorrectMotion(MotionStore motions, BallotStore ballots, MotionEvents events, TimeProvider clock)
{
    public async Task<MotionChange> RunAsync(
        Charter charter, string id, string title, string text, string who, CancellationToken cancellationToken)
    {
        // What would be refused anyway shuts no box.
        var change = await motions.ChangeAsync(charter.Id, id, who, Shut, cancellationToken);
        if (change is not MotionChange.Made { Motion: var shut })
        {
            return change;
        }

        await ballots.ShutBoxAsync(shut, cancellationToken);
        var hasBallots = await ballots.AnyAsync(shut, cancellationToken);
        var next = shut.NextBox();
        await ballots.OpenBoxAsync(next, cancellationToken);
        change = next.Correct(title, text, hasBallots, clock.GetUtcNow());
        var kept = change is MotionChange.Made made ? made.Motion : next;
        if (await motions.TryUpdateAsync(kept, cancellationToken) is not { } stored)
        {
            return new MotionChange.Refused("something else was done to it at the same moment; try again");
        }

        if (change is not MotionChange.Made)
        {
            return change;
        }

        await events.CorrectedAsync(stored, cancellationToken);
        return new MotionChange.Made(stored);

        MotionChange Shut(Motion motion)
        {
            var wanted = motion.Correct(title, text, hasBallots: false, clock.GetUtcNow());
            return wanted is MotionChange.Made ? new MotionChange.Made(motion with { BoxShut = clock.GetUtcNow() }) : wanted;
        }
    }
}
