namespace BscFlow.Votes;

/// <summary>How many have voted.</summary>
/// <param name="Asked">How many are asked.</param>
/// <param name="Missing">Those who have not, in the order of the electorate; of a large one nobody is named.</param>
public sealed record VoterTurnout(int Asked, int Voted, IReadOnlyList<Elector> Missing)
{
    /// <summary>How many have not.</summary>
    public int Out => Asked - Voted;
}
