namespace BscFlow.Votes.Ranked.Ballots;

/// <summary>What a voter says of options.</summary>
public enum BallotKind
{
    /// <summary>Which is better than which.</summary>
    Ranked,

    /// <summary>Which are good enough.</summary>
    Approval,

    /// <summary>How good each is, from 0 up, each with a written assessment or without.</summary>
    Score,

    /// <summary>Yes, no or abstain to each.</summary>
    YesNo,
}
