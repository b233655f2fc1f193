using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Votes;
using BscFlow.Votes.Tallies;

namespace BscFlow.Publishing;

/// <summary>Everything that the public pages of a committee are made of.</summary>
public sealed record Archive
{
    public required Charter Charter { get; init; }

    /// <summary>The published minutes, a file a year, in any order; without the years of <see cref="Settled"/>.</summary>
    public required IReadOnlyList<YearMinutes> Years { get; init; }

    /// <summary>
    /// Every meeting that the secretary follows: those to come, those held of which minutes are still missing, and those that
    /// are published.
    /// </summary>
    public IReadOnlyList<Meeting> Meetings { get; init; } = [];

    /// <summary>Drafts of those meetings that may be shown, by the meeting's row: each a document with one meeting.</summary>
    public IReadOnlyDictionary<string, MinutesDocument> Drafts { get; init; } = new Dictionary<string, MinutesDocument>();

    /// <summary>The whole register, closed items too; of those that only settled years speak of, the open ones.</summary>
    public IReadOnlyList<ActionItem> Actions { get; init; } = [];

    /// <summary>
    /// All motions that may be seen, in any order; of those that opened in settled years the ones that are not settled.
    /// </summary>
    public IReadOnlyList<PublicMotion> Motions { get; init; } = [];

    /// <summary>What is as it was when it was last published, and was not read again; empty where all of it was read.</summary>
    public SettledArchive Settled { get; init; } = SettledArchive.Nothing;

    /// <summary>Where the site can be read, ending in a slash; null where nobody said.</summary>
    public Uri? Address { get; init; }

    /// <summary>What is next, overdue and in office is told as of this moment.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The years in which meetings stated action items, the latest first.</summary>
    internal IReadOnlyList<int> ActionYears =>
    [
        .. Actions.Select(item => item.Opened.Year)
            .Concat(Settled.Years.Where(year => year.Actions.Count > 0).Select(year => year.Year))
            .Distinct().OrderDescending(),
    ];

    /// <summary>
    /// Whether the pages of the settled years are still what they were: they link to the years that have action items, and an
    /// earlier year's meeting may have come to claim the page of one of theirs.
    /// </summary>
    internal bool FitsSettled(SiteDigest last)
    {
        var settled = Settled.Years.SelectMany(year => year.Meetings, (year, meeting) => (meeting.Path, year.Year))
            .ToDictionary(meeting => meeting.Path, meeting => meeting.Year, StringComparer.Ordinal);
        return ActionYears.SequenceEqual(last.ActionYears) && !Years.Any(year => year.Document.Meetings.Any(meeting =>
            settled.TryGetValue(SitePath.Meeting(meeting.Number, year.DateOf(meeting)), out var other) && year.Year < other));
    }
}

/// <summary>A motion, and its result once there is one.</summary>
/// <param name="Counted">
/// What it came to; null while the motion is open, for one that was withdrawn, and for one that is settled.
/// </param>
/// <param name="OpenTally">Opens its <c>tally.json</c>, which may be as large as its electorate.</param>
/// <param name="Settled">Its files as they were published last, where nothing of it changed since.</param>
public sealed record PublicMotion(
    Motion Motion,
    ShownTally? Counted = null,
    Func<CancellationToken, Task<Stream>>? OpenTally = null,
    MotionDigest? Settled = null);

/// <summary>The minutes of one year, as their file has them.</summary>
public sealed record YearMinutes(int Year, MinutesDocument Document)
{
    /// <summary>Minutes without a date are kept with their year, at its beginning.</summary>
    internal DateOnly DateOf(MeetingMinutes meeting) => meeting.Date ?? new DateOnly(Year, 1, 1);
}

/// <summary>The part of an archive of which an earlier publication is remembered.</summary>
public sealed record SettledArchive
{
    public static SettledArchive Nothing { get; } = new();

    public IReadOnlyList<YearDigest> Years { get; init; } = [];

    /// <summary>Of the motions that are not in <see cref="Archive.Motions"/>.</summary>
    public IReadOnlyList<MotionDigest> Motions { get; init; } = [];

    /// <summary>At which version everything was, settled or not, for the next publication; empty where nobody asks.</summary>
    public ArchiveVersions Versions { get; init; } = ArchiveVersions.Unknown;

    /// <summary>The same archive with nothing settled: it is read when a file is missing where it was published.</summary>
    public Func<Task<Archive>>? Whole { get; init; }
}
