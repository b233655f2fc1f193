using BscFlow.Committee;

namespace BscFlow.Minutes.Linting;

/// <summary>Numbers and dates of the headings, each against the others.</summary>
internal static class HeadingRules
{
    public static IEnumerable<Finding> Find(Archive archive) =>
    [
        .. Missing(archive),
        .. DuplicateNumbers(archive),
        .. Order(archive),
        .. DuplicateDates(archive),
    ];

    private static IEnumerable<Finding> Missing(Archive archive)
    {
        var numbered = archive.Meetings.Any(meeting => meeting.Minutes.Number is not null);
        foreach (var meeting in archive.Meetings.Where(meeting => meeting.Held))
        {
            if (meeting.Date is null)
            {
                yield return meeting.Finding(FindingKind.MissingDate, null, $"{meeting.Name} has no date that can be read.");
            }

            if (numbered && meeting.Minutes.Number is null)
            {
                yield return meeting.Finding(FindingKind.MissingNumber, null, $"The meeting of {meeting.Name} has no number.");
            }
        }
    }

    private static IEnumerable<Finding> DuplicateNumbers(Archive archive) =>
        from meeting in archive.Meetings
        where meeting.Minutes.Number is not null
        group meeting by meeting.Minutes.Number into same
        where same.Count() > 1
        from meeting in same
        let other = same.First(other => other != meeting)
        select meeting.Finding(
            FindingKind.DuplicateNumber,
            null,
            $"{meeting.Name} is also the number of another meeting, in {other.File}, line {other.Minutes.Line}.");

    private static IEnumerable<Finding> Order(Archive archive)
    {
        var cancelled = 0;
        MinutedMeeting? before = null;
        foreach (var meeting in archive.ByDate)
        {
            if (meeting.Minutes.Number is not { } number)
            {
                cancelled += meeting.Held ? 0 : 1;
                continue;
            }

            if (before?.Minutes.Number is { } previous && !Archive.MayLackAFile(before, meeting))
            {
                var left = number - previous - 1 - (archive.Charter.Meetings.CancelledKeepsNumber ? cancelled : 0);
                if (left > 0)
                {
                    var missing = number - previous == 2 ? $"#{previous + 1} is" : $"#{previous + 1} to #{number - 1} are";
                    yield return meeting.Finding(
                        FindingKind.NumberGap, null, $"{missing} not written anywhere between {before.Name} and {meeting.Name}.");
                }
                else if (number < previous)
                {
                    var (date, earlier) = (MinutedMeeting.Text(meeting.Date!.Value), MinutedMeeting.Text(before.Date!.Value));
                    yield return meeting.Finding(
                        FindingKind.NumberOrder, null, $"{meeting.Name} of {date} comes after {before.Name} of {earlier}.");
                }
            }

            (before, cancelled) = (meeting, 0);
        }
    }

    /// <summary>Two meetings on one day are in order where the calendar has two.</summary>
    private static IEnumerable<Finding> DuplicateDates(Archive archive)
    {
        var calendar = MeetingCalendar.Of(archive.Charter);
        foreach (var same in archive.ByDate.GroupBy(meeting => meeting.Date!.Value))
        {
            var meetings = same.ToList();
            if (meetings.Count == 1 || calendar.Between(same.Key, same.Key).Count() >= meetings.Count)
            {
                continue;
            }

            foreach (var meeting in meetings)
            {
                var other = meetings.First(other => other != meeting);
                yield return meeting.Finding(
                    FindingKind.DuplicateDate,
                    null,
                    $"{meeting.Name} has the same date as {other.Name}, {MinutedMeeting.Text(same.Key)}.");
            }
        }
    }
}
