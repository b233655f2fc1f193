namespace BscFlow.Votes.Ranked;

/// <summary>How ballots over several options become an order.</summary>
public enum CountingMethod
{
    /// <summary>
    /// The strongest paths between pairs of options (Markus Schulze, arXiv:1804.02973); the strength of a link is the number of
    /// ballots that prefer the one option, and only the winner of a pair has one.
    /// </summary>
    Schulze,

    /// <summary>
    /// Single transferable vote by Meek's method, as in the reference rule of the Proportional Representation Foundation.
    /// </summary>
    Stv,

    /// <summary>
    /// Single transferable vote as in the Scottish Local Government Elections Order 2007 (SSI 2007/42), rules 45 to 52.
    /// </summary>
    Scottish,

    /// <summary>Each ballot approves of any number of options; the option with the most approvals comes first.</summary>
    Approval,

    /// <summary>Each ballot gives marks; the option with the highest mean of the marks given to it comes first.</summary>
    Score,

    /// <summary>
    /// Instant run-off: the option with the fewest ballots is left out until one is left; the order is that in which they
    /// fell, from its end.
    /// </summary>
    Irv,
}
