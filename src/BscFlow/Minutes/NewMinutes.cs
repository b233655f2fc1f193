namespace BscFlow.Minutes;

/// <summary>What <see cref="MinutesWriter"/> needs to write the minutes of one meeting, or a draft of them.</summary>
public sealed record NewMinutes
{
    /// <summary>Null where the committee numbers no meetings.</summary>
    public int? Number { get; init; }

    public required DateOnly Date { get; init; }

    /// <summary>Null while unknown; the label is written all the same, to be filled in.</summary>
    public int? DurationMinutes { get; init; }

    public IReadOnlyList<string> Chairs { get; init; } = [];

    public IReadOnlyList<string> Participants { get; init; } = [];

    /// <summary>
    /// Lines of Markdown, put below the label "Notes": list items, nested by spaces. A line that is no list item becomes one.
    /// </summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
