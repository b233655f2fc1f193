using BscFlow.Votes;
using BscFlow.Votes.Receiving;
using BscFlow.Votes.Tokens;

namespace BscFlow.Tests.Votes;

/// <summary>Votes of yes or no that are sent from a page of which nobody knows which wording it showed.</summary>
internal static class PageVotes
{
    public static Task<Casting?> FromPageAsync(
        this CastBallot cast, PageToken token, Vote vote, string? comment, string press, CancellationToken cancellationToken) =>
        cast.FromPageAsync(token, new PageBallot(vote, comment), press, cancellationToken);
}
