using BscFlow.Votes;

namespace BscFlow.Publishing.Data;

/// <summary>What the page of figures is drawn from; each figure's numbers stand in a table beside it.</summary>
public sealed record FiguresData(
    AttendanceData? Attendance,
    IReadOnlyList<QuorumYear> Quorum,
    IReadOnlyList<PublicationDelay> Delays,
    IReadOnlyList<ActionQuarter> Actions,
    IReadOnlyList<MotionYear> Motions);

/// <summary>Who was at which meeting.</summary>
/// <param name="Meetings">Held ones of which it can be told, the earliest first.</param>
public sealed record AttendanceData(IReadOnlyList<AttendedMeeting> Meetings, IReadOnlyList<MemberAttendance> Members);

/// <param name="Present">Members who were there.</param>
/// <param name="Needed">Members who make a quorum.</param>
public sealed record AttendedMeeting(string Path, string Label, DateOnly Date, int Present, int InOffice, int Needed)
{
    public bool IsQuorate => Present >= Needed;
}

/// <param name="There">For each meeting of the figure: there, not there, or null where not in office.</param>
public sealed record MemberAttendance(string Name, IReadOnlyList<bool?> There);

/// <summary>Meetings of a year: with quorum, under it, and those of which it cannot be told.</summary>
/// <param name="Under">The meetings under quorum.</param>
public sealed record QuorumYear(int Year, int Reached, IReadOnlyList<MeetingLink> Under, int Unknown, int Cancelled);

/// <summary>How long it took until the minutes of a meeting could be read.</summary>
/// <param name="Days">From the meeting to the publication, or to today where they are not published.</param>
public sealed record PublicationDelay(string Path, string Label, DateOnly Date, int Days, bool IsPublished);

/// <summary>Action items of three months.</summary>
/// <param name="Start">First day.</param>
/// <param name="Open">At its end.</param>
public sealed record ActionQuarter(DateOnly Start, int Opened, int Closed, int Open);

/// <summary>How many motions of a year ended how.</summary>
public sealed record MotionYear(int Year, IReadOnlyDictionary<MotionState, int> States);
