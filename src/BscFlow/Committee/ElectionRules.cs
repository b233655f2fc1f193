namespace BscFlow.Committee;

/// <summary>Who comes first of options that the ballots leave equal.</summary>
public enum TieRule
{
    /// <summary>A lot that anyone can draw again, from a seed that the ballots make.</summary>
    Lot,

    /// <summary>The chair, whose order is put on record when the vote opens.</summary>
    Chair,
}

/// <summary>How many seats an affiliation may hold.</summary>
/// <param name="Affiliation">Null: each for which there is no cap of its own.</param>
public sealed record AffiliationCap(string? Affiliation, int Seats);

/// <summary>What holds for every vote over options.</summary>
public sealed record ElectionRules
{
    /// <summary>Null: the chair's order where a vote has one, else a lot.</summary>
    public TieRule? TieBreak { get; init; }

    /// <summary>What part of those who are asked must answer; null: of the committee its quorum, of others nothing.</summary>
    public Threshold? Quorum { get; init; }

    /// <summary>
    /// The option, such as "none of the above", that stands on every ballot that ranks, and behind which nothing wins; null: an
    /// option that is called so, where a vote has one.
    /// </summary>
    public string? Floor { get; init; }

    /// <summary>Of seats that people are elected to.</summary>
    public IReadOnlyList<AffiliationCap> Caps { get; init; } = [];
}
