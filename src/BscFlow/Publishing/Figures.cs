using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Meetings;
using BscFlow.Publishing.Data;

namespace BscFlow.Publishing;

/// <summary>What the page of figures is drawn from.</summary>
internal static class Figures
{
    /// <summary>Columns of the figures that have one a meeting.</summary>
    private const int MostMeetings = 24;

    /// <summary>Columns of the figure that has one for three months.</summary>
    private const int MostQuarters = 16;

    /// <summary>Rows of the figures that have one a year.</summary>
    private const int MostYears = 12;

    public static FiguresData Of(SiteMap map) => new(
        Attendance.Of(map, map.Meetings.Where(meeting => meeting.Quorum is not null).Take(MostMeetings)),
        [.. map.Meetings.GroupBy(meeting => meeting.Date.Year, QuorumOf).OrderByDescending(year => year.Year).Take(MostYears)],
        Delays(map),
        Quarters(map),
        [
            .. MotionSummary.Of(map)
                .GroupBy(motion => motion.Opened.Year, (year, motions) => new MotionYear(
                    year, motions.CountBy(motion => motion.State).ToDictionary()))
                .OrderByDescending(year => year.Year).Take(MostYears),
        ]);

    private static QuorumYear QuorumOf(int year, IEnumerable<ListedMeeting> meetings)
    {
        var all = meetings.OrderBy(meeting => meeting.Date).ToList();
        return new QuorumYear(
            year,
            all.Count(meeting => meeting.Quorum is { IsReached: true }),
            [
                .. all.Where(meeting => meeting.Quorum is { IsReached: false })
                    .Select(meeting => new MeetingLink(meeting.Path, meeting.Name, meeting.Date)),
            ],
            all.Count(meeting => meeting is { Quorum: null, IsCancelled: false }),
            all.Count(meeting => meeting.IsCancelled));
    }

    /// <summary>Of the meetings whose publication is on record; an archive that was taken over does not say.</summary>
    private static List<PublicationDelay> Delays(SiteMap map)
    {
        var published =
            from meeting in map.Meetings
            where meeting is { IsCancelled: false, PublishedAfter: not null }
            select new PublicationDelay(
                meeting.Path, Attendance.Label(meeting), meeting.Date, meeting.PublishedAfter!.Value, IsPublished: true);
        var missing =
            from row in map.Missing
            let day = map.Charter.DayOf(row)
            select new PublicationDelay(
                SitePath.Meeting(row.Number, day), $"#{row.Number}", day, map.DaysSince(row, map.Archive.Now), IsPublished: false);
        return [.. missing.Concat(published).OrderByDescending(delay => delay.Date).Take(MostMeetings).Reverse()];
    }

    private static List<ActionQuarter> Quarters(SiteMap map)
    {
        List<StatedAction> items = [.. map.StatedActions];
        if (items.Count == 0)
        {
            return [];
        }

        var opened = items.CountBy(item => QuarterOf(item.Opened)).ToDictionary();
        var closed = items.Where(item => item.Closed is not null).CountBy(item => QuarterOf(item.Closed!.Value)).ToDictionary();
        List<ActionQuarter> quarters = [];
        var open = 0;
        for (var quarter = opened.Keys.Min(); quarter <= map.Today; quarter = quarter.AddMonths(3))
        {
            var (more, fewer) = (opened.GetValueOrDefault(quarter), closed.GetValueOrDefault(quarter));
            open += more - fewer;
            quarters.Add(new ActionQuarter(quarter, more, fewer, open));
        }

        return [.. quarters.TakeLast(MostQuarters)];
    }

    private static DateOnly QuarterOf(DateOnly day) => new(day.Year, (day.Month - 1) / 3 * 3 + 1, 1);
}
