using System.Text.Json.Serialization;
using BscFlow.Committee;

namespace BscFlow.Publishing.Data;

/// <summary>What every page of a site has around it.</summary>
/// <param name="LatestYear">The year to which "Meetings" leads; null before there are minutes.</param>
/// <param name="Zone">IANA name of the zone in which the committee's times are told.</param>
public sealed record SiteFrame(string Committee, string Name, int? LatestYear, string Zone)
{
    /// <summary>There are files beside the pages: their data and sources, a calendar, a search.</summary>
    [JsonIgnore]
    public bool HasData { get; init; } = true;
}

/// <summary>The front page.</summary>
/// <param name="Missing">Meetings that were held and whose minutes are not published, the latest first.</param>
/// <param name="Open">The action items to show, overdue first, then what was spoken of last.</param>
public sealed record FrontData(
    SiteFrame Frame,
    DateOnly Today,
    NextMeetingData? Next,
    IReadOnlyList<CancelledData> Cancelled,
    IReadOnlyList<MeetingLink> Missing,
    IReadOnlyList<MotionSummary> Motions,
    IReadOnlyList<MeetingData> Latest,
    IReadOnlyList<int> Years,
    IReadOnlyList<ActionData> Open,
    int OpenCount);

/// <summary>The next meeting that takes place.</summary>
/// <param name="Path">Of its page; null where it is not drafted yet.</param>
/// <param name="Zone">IANA name of the committee's zone.</param>
/// <param name="Chair">A name.</param>
public sealed record NextMeetingData(
    string Name,
    string? Path,
    DateTimeOffset Start,
    DateTimeOffset End,
    string Zone,
    string? Chair,
    string? Place,
    bool Special,
    string? Reason,
    int InOffice,
    int Needed);

/// <summary>A date on which the committee does not meet.</summary>
public sealed record CancelledData(DateOnly Date, string? Reason);

/// <summary>A meeting until its minutes are published.</summary>
/// <param name="IsBegun">Somebody is writing minutes.</param>
/// <param name="IsWritten">Somebody has written minutes, which are with the members.</param>
/// <param name="HasAgenda">There is a draft that may be shown.</param>
/// <param name="Cancelled">Null for a meeting that takes place, or took.</param>
public sealed record MeetingAheadData(
    NextMeetingData Meeting,
    string Path,
    DateOnly Date,
    bool HasAgenda,
    bool IsBegun,
    bool IsWritten,
    DateOnly? ObjectionsUntil,
    CancelledData? Cancelled);

/// <summary>The page of a year's meetings, the latest first.</summary>
public sealed record YearPageData(
    int Year, IReadOnlyList<int> Years, IReadOnlyList<MeetingSummary> Meetings, AttendanceData? Attendance);

/// <summary>The meetings of one file, the latest first, and all that their pages say beside the notes.</summary>
public sealed record YearData(int Year, IReadOnlyList<int> Years, IReadOnlyList<MeetingData> Meetings, AttendanceData? Attendance);

/// <summary>Who belongs to the committee.</summary>
/// <param name="Needed">How many of those in office make a quorum.</param>
public sealed record MembersData(
    DateOnly Today, int Needed, IReadOnlyList<MemberData> InOffice, IReadOnlyList<MemberData> Emeritus);

/// <param name="Attended">Meetings, of those held in their terms where it can be told, at which they were.</param>
/// <param name="Held">Those meetings.</param>
public sealed record MemberData(
    string Id, string Name, string? Affiliation, IReadOnlyList<Term> Terms, int Attended, int Held);

/// <summary>The page on which one searches.</summary>
public sealed record SearchData(IReadOnlyList<int> Years);
