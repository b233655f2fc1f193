namespace BscFlow.Votes;

/// <summary>Another ballot of the same voter.</summary>
/// <param name="Vote">Null on a secret motion, where it is stored nowhere beside its voter.</param>
/// <param name="Marks">On a motion with options that is not secret.</param>
public sealed record OtherBallot(Vote? Vote, DateTimeOffset Received, string? Marks = null);

/// <summary>What became of a ballot that was put on record; the same each time it is put there.</summary>
/// <param name="Ballot">As it was recorded.</param>
/// <param name="Counts">False when a ballot that was received later stood already.</param>
/// <param name="Other">
/// The one that it replaced, or the one that stands in its place; null when it was the voter's only one.
/// </param>
public sealed record Recorded(Ballot Ballot, bool Counts, OtherBallot? Other);
