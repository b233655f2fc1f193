using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Meetings;
using BscFlow.Minutes;

namespace BscFlow.Publishing;

/// <summary>Everything that the public pages of a committee are made of.</summary>
public sealed record Archive
{
    public required Charter Charter { get; init; }

    /// <summary>The published minutes, a file a year, in any order.</summary>
    public required IReadOnlyList<YearMinutes> Years { get; init; }

    /// <summary>Meetings without published minutes: those to come, and those held of which minutes are still missing.</summary>
    public IReadOnlyList<Meeting> Meetings { get; init; } = [];

    /// <summary>Drafts of those meetings that may be shown, by the meeting's row: each a document with one meeting.</summary>
    public IReadOnlyDictionary<string, MinutesDocument> Drafts { get; init; } = new Dictionary<string, MinutesDocument>();

    /// <summary>The whole register, closed items too.</summary>
    public IReadOnlyList<ActionItem> Actions { get; init; } = [];

    /// <summary>What is next, overdue and in office is told as of this moment.</summary>
    public required DateTimeOffset Now { get; init; }
}

/// <summary>The minutes of one year, as their file has them.</summary>
public sealed record YearMinutes(int Year, MinutesDocument Document);
