using BscFlow.Mail;
using BscFlow.Votes.Nominations;

namespace BscFlow.Votes;

/// <summary>Tells what people call a motion, or a call for nominations, of which somebody knows the id alone.</summary>
public sealed class FindTitle(MotionStore motions, NominationStore nominations)
{
    /// <inheritdoc cref="TitleOfVote"/>
    public async Task<string?> RunAsync(string committee, string id, CancellationToken cancellationToken) =>
        (await motions.FindAsync(committee, id, cancellationToken))?.Title
        ?? (await nominations.FindAsync(committee, id, cancellationToken))?.Draft.Title;
}
