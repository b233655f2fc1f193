using BscFlow.Committee;
using BscFlow.Votes.Ballots;

namespace BscFlow.Votes.Opening;

/// <summary>Puts a motion before the committee. The step <see cref="Mails.CallForVotes"/> tells its voters.</summary>
public sealed class OpenMotion(
    MotionStore motions, IdPromised isPromised, BallotStore ballots, MotionEvents events, TimeProvider clock)
{
    /// <param name="who">Who opens it, for the audit.</param>
    public async Task<MotionChange> RunAsync(
        Charter charter, MotionDraft draft, string who, CancellationToken cancellationToken) =>
        await isPromised(charter.Id, draft.Id, cancellationToken)
            ? new MotionChange.Refused($"nominations for \"{draft.Id}\" go on, which open a motion of this id")
            : await OpenAsync(charter, draft, who, cancellationToken);

    /// <summary>Opens the motion to which its id was promised.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public Task<MotionChange> AsPromisedAsync(
        Charter charter, MotionDraft draft, string who, CancellationToken cancellationToken) =>
        OpenAsync(charter, draft, who, cancellationToken);

    private async Task<MotionChange> OpenAsync(
        Charter charter, MotionDraft draft, string who, CancellationToken cancellationToken)
    {
        var change = Motion.Open(charter, new Roster(charter), draft, clock.GetUtcNow());
        if (change is not MotionChange.Made { Motion: var opened })
        {
            return change;
        }

        // Its box is up before anybody can find the motion; a box without one is found by nobody.
        if (await motions.FindAsync(charter.Id, opened.Id, cancellationToken) is not null)
        {
            return Taken(opened);
        }

        await ballots.OpenBoxAsync(opened, cancellationToken);
        if (await motions.TryAddAsync(opened with { By = who }, cancellationToken) is not { } motion)
        {
            return Taken(opened);
        }

        await events.OpenedAsync(motion, cancellationToken);
        return new MotionChange.Made(motion);
    }

    private static MotionChange.Refused Taken(Motion motion) => new($"there is a motion \"{motion.Id}\" already");
}
