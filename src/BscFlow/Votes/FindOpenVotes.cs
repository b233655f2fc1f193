using BscFlow.Committee;
using BscFlow.Meetings;

namespace BscFlow.Votes;

/// <summary>Tells a meeting's agenda which votes stand before the committee.</summary>
public sealed class FindOpenVotes(MotionStore motions)
{
    /// <inheritdoc cref="OpenVotes"/>
    public async Task<IReadOnlyList<OpenVote>> RunAsync(Charter charter, CancellationToken cancellationToken) =>
    [
        .. (await motions.UnsettledAsync(charter.Id, cancellationToken))
            .OrderBy(motion => motion.Opened)
            .Select(motion => new OpenVote(motion.Id, motion.Title, RuleWords.Standing(charter, motion))),
    ];
}
