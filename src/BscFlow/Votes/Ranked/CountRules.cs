namespace BscFlow.Votes.Ranked;

/// <summary>How ballots are counted, and what is cut from the order that comes out.</summary>
public sealed record CountRules
{
    public required CountingMethod Method { get; init; }

    /// <summary>How many can win; null: as many as the budget pays for, or one when there is no budget.</summary>
    public int? Seats { get; init; }

    /// <summary>How many seats an affiliation may hold.</summary>
    public IReadOnlyList<SeatCap> Caps { get; init; } = [];

    /// <summary>Options are taken in order while their cost fits.</summary>
    public decimal? Budget { get; init; }

    /// <summary>Whether a smaller option further down may take what is left when one does not fit.</summary>
    public bool FillBudget { get; init; }

    /// <summary>Of approvals: only what more ballots approve than do not can win.</summary>
    public bool MoreYesThanNo { get; init; }

    /// <summary>How many ballots it takes for anything to win.</summary>
    public long Quorum { get; init; }

    /// <summary>
    /// The name of "none of the above": only what comes before it can win. Null: the option that is called so, if one is.
    /// </summary>
    public string? Floor { get; init; }

    public TieBreak TieBreak { get; init; } = new TieBreak.Listed();

    private static readonly string[] FloorNames =
        ["none of the above", "further discussion", "reopen nominations", "re-open nominations", "nota", "ron"];

    /// <summary>The option that is the floor; null: there is none.</summary>
    public int? FloorOf(IReadOnlyList<RankedOption> options)
    {
        for (var option = 0; option < options.Count; option++)
        {
            var name = options[option].Name;
            if (Floor is null ? FloorNames.Contains(name, StringComparer.OrdinalIgnoreCase) : name == Floor)
            {
                return option;
            }
        }

        return null;
    }

    /// <summary>How many may win of this many options.</summary>
    public int SeatsOf(int options) => Math.Min(Seats ?? (Budget is null ? 1 : options), options);

    /// <summary>How many seats this affiliation may hold; <see cref="int.MaxValue"/>: any number.</summary>
    internal int CapOf(string? affiliation) =>
        affiliation is null ? int.MaxValue
        : (Caps.FirstOrDefault(cap => string.Equals(cap.Affiliation, affiliation, StringComparison.OrdinalIgnoreCase))
            ?? Caps.FirstOrDefault(cap => cap.Affiliation is null))?.Seats
        ?? int.MaxValue;
}

/// <summary>A cap on the seats of one affiliation, or of each.</summary>
/// <param name="Affiliation">Null: each for which there is no cap of its own.</param>
public sealed record SeatCap(string? Affiliation, int Seats);
