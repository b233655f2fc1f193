using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Votes;

namespace BscFlow.Publishing;

/// <summary>Everything that the public pages of a committee are made of.</summary>
public sealed record Archive
{
    public required Charter Charter { get; init; }

    /// <summary>The published minutes, a file a year, in any order.</summary>
    public required IReadOnlyList<YearMinutes> Years { get; init; }

    /// <summary>
    /// Every meeting that the secretary follows: those to come, those held of which minutes are still missing, and those that
    /// are published.
    /// </summary>
    public IReadOnlyList<Meeting> Meetings { get; init; } = [];

    /// <summary>Drafts of those meetings that may be shown, by the meeting's row: each a document with one meeting.</summary>
    public IReadOnlyDictionary<string, MinutesDocument> Drafts { get; init; } = new Dictionary<string, MinutesDocument>();

    /// <summary>The whole register, closed items too.</summary>
    public IReadOnlyList<ActionItem> Actions { get; init; } = [];

    /// <summary>All motions that may be seen, in any order.</summary>
    public IReadOnlyList<PublicMotion> Motions { get; init; } = [];

    /// <summary>Where the site can be read, ending in a slash; null where nobody said.</summary>
    public Uri? Address { get; init; }

    /// <summary>What is next, overdue and in office is told as of this moment.</summary>
    public required DateTimeOffset Now { get; init; }
}

/// <summary>A motion, and its result once there is one.</summary>
/// <param name="Counted">What it came to; null while the motion is open, and for one that was withdrawn.</param>
/// <param name="ReadTally">Reads its <c>tally.json</c>.</param>
public sealed record PublicMotion(
    Motion Motion, ShownTally? Counted = null, Func<ValueTask<ReadOnlyMemory<byte>>>? ReadTally = null);

/// <summary>The minutes of one year, as their file has them.</summary>
public sealed record YearMinutes(int Year, MinutesDocument Document);
