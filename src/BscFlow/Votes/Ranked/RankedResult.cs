namespace BscFlow.Votes.Ranked;

/// <summary>What a count comes to, and how. Options are indexes into <see cref="Options"/>.</summary>
public sealed record RankedResult
{
    public required CountRules Rules { get; init; }

    public required IReadOnlyList<RankedOption> Options { get; init; }

    /// <summary>How many ballots were counted, by weight; empty ones too.</summary>
    public required long Ballots { get; init; }

    public bool HasQuorum => Ballots >= Rules.Quorum;

    /// <summary>Best first, at most as many as there are seats; none without quorum.</summary>
    public required IReadOnlyList<int> Winners { get; init; }

    /// <summary>All options, best first, ties as they were decided.</summary>
    public required IReadOnlyList<int> Order { get; init; }

    public required IReadOnlyList<Tie> Ties { get; init; }

    /// <summary>Options that their place alone would have let win, and what kept them from it.</summary>
    public required IReadOnlyList<PassedOver> PassedOver { get; init; }

    /// <summary>For single transferable vote and instant run-off.</summary>
    public IReadOnlyList<CountRound>? Rounds { get; init; }

    /// <summary>For Schulze: how many ballots prefer the row's option to the column's.</summary>
    public PairMatrix? Pairs { get; init; }

    /// <summary>For approval and score, in the order of the options.</summary>
    public IReadOnlyList<OptionTotal>? Totals { get; init; }
}

/// <summary>Options that the ballots left equal.</summary>
/// <param name="Options">In the order that was decided.</param>
/// <param name="Round">The round in which it mattered, for counts that go by rounds.</param>
/// <param name="DecidedBy">In words that follow "decided by".</param>
/// <param name="Decisive">Whether some of them win or stay in the count, and others do not.</param>
public sealed record Tie(IReadOnlyList<int> Options, int? Round, string DecidedBy, bool Decisive);

/// <summary>An option that was not taken although a seat was open when its turn came.</summary>
/// <param name="Why">In words that follow its name: "comes after none of the above".</param>
public sealed record PassedOver(int Option, string Why);

/// <summary>What the ballots give one option.</summary>
/// <param name="Total">Approvals, or the sum of the scores.</param>
/// <param name="Ballots">How many ballots say anything about it.</param>
public sealed record OptionTotal(long Total, long Ballots);

/// <summary>One round of a count.</summary>
/// <param name="Votes">What each option holds, in the order of the options; null once it is out.</param>
/// <param name="Quota">What elects; null where nothing is fixed.</param>
/// <param name="Exhausted">Votes that no longer belong to any option, with what rounding lost.</param>
/// <param name="Elected">Elected in this round, best first.</param>
/// <param name="Excluded">Left out in this round.</param>
/// <param name="Did">What happened, in words.</param>
public sealed record CountRound(
    int Number,
    IReadOnlyList<VoteAmount?> Votes,
    VoteAmount? Quota,
    VoteAmount Exhausted,
    IReadOnlyList<int> Elected,
    IReadOnlyList<int> Excluded,
    string Did);
