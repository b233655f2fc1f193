using System.Globalization;
using BscFlow.Publishing.Data;

namespace BscFlow.Publishing;

/// <summary>Who was at which meeting, for a figure.</summary>
internal static class Attendance
{
    /// <param name="meetings">In any order; those of which it cannot be told are left out.</param>
    /// <returns>Null where there is nothing to draw.</returns>
    public static AttendanceData? Of(SiteMap map, IEnumerable<ListedMeeting> meetings)
    {
        List<ListedMeeting> told = [.. meetings.Where(meeting => meeting.Quorum is not null).OrderBy(meeting => meeting.Date)];
        if (told.Count == 0)
        {
            return null;
        }

        var members = map.Charter.Members.Where(member => told.Any(meeting => member.InOffice(meeting.Date)));
        return new AttendanceData(
            [
                .. told.Select(meeting => new AttendedMeeting(
                    meeting.Path,
                    Label(meeting),
                    meeting.Date,
                    meeting.Quorum!.Present.Count,
                    meeting.Quorum.InOffice,
                    meeting.Quorum.Needed)),
            ],
            [
                .. members.Select(member => new MemberAttendance(
                    member.Name,
                    [
                        .. told.Select(meeting => member.InOffice(meeting.Date)
                            ? meeting.Quorum!.Present.Contains(member)
                            : (bool?)null),
                    ])),
            ]);
    }

    /// <summary>As short as a column is narrow.</summary>
    public static string Label(ListedMeeting meeting) => meeting.Number is { } number
        ? string.Create(CultureInfo.InvariantCulture, $"#{number}")
        : meeting.Date.ToString("d MMM", CultureInfo.InvariantCulture);
}
