using BscFlow.Committee;

namespace BscFlow.Minutes.Linting;

/// <summary>Meetings off the recurrence, and days of it of which nothing is written.</summary>
/// <remarks>
/// The charter's recurrence is taken where it fits a year about as well as any other would. Committees change their recurrence
/// before they change their charter: where another fits clearly better, the year is judged by that, and one finding says so. A
/// year that follows nothing is not judged.
/// </remarks>
internal static class CadenceRules
{
    // With fewer meetings any recurrence can be read into a year.
    private const int EnoughToTell = 5;

    private const double LeastFit = 0.4;

    private const double ClearlyBetter = 1.5;

    // Days by which a meeting may be off and still be the one that was due.
    private const int Nearby = 14;

    public static IReadOnlyList<Finding> Find(Archive archive)
    {
        var calendar = MeetingCalendar.Of(archive.Charter);
        var findings = new List<Finding>();
        var days = new List<DateOnly>();
        foreach (var year in archive.ByDate.GroupBy(meeting => meeting.Date!.Value.Year))
        {
            var meetings = year.ToList();
            var (cadence, change) = Choose(year.Key, meetings, calendar);
            if (change is not null)
            {
                findings.Add(change);
            }

            findings.AddRange(OffCadence(meetings, cadence, calendar));
            days.AddRange(cadence?.Days ?? []);
        }

        findings.AddRange(Gaps(archive, days));
        return findings;
    }

    private static (Cadence? Cadence, Finding? Change) Choose(int year, List<MinutedMeeting> meetings, MeetingCalendar calendar)
    {
        var regular = calendar.Between(new DateOnly(year, 1, 1), new DateOnly(year, 12, 31)).Where(day => !day.Special);
        var ofCharter = new Cadence([.. regular.Select(day => day.Day)], From: calendar.FirstDay, Description: null);
        var held = Dates(meetings.Where(meeting => meeting.Held && !meeting.IsSpecial));
        if (held.Count < EnoughToTell)
        {
            return (ofCharter.Days.Count > 0 ? ofCharter : null, null);
        }

        var fit = ofCharter.Fit(held);
        var best = Cadence.Likely(year, held).MaxBy(cadence => cadence.Fit(held))!;
        var bestFit = best.Fit(held);
        if (fit > 0 && bestFit < fit * ClearlyBetter)
        {
            return (ofCharter, null);
        }

        var cadence = bestFit >= LeastFit ? best : null;
        if (ofCharter.Days.Count == 0)
        {
            return (cadence, null);
        }

        var instead = cadence is null ? "follow no recurrence" : $"follow {cadence.Description}";
        return (cadence, meetings[0].Finding(
            FindingKind.CadenceDiffers, null, $"The meetings of {year} do not follow the charter's recurrence; they {instead}."));
    }

    private static IEnumerable<Finding> OffCadence(List<MinutedMeeting> meetings, Cadence? cadence, MeetingCalendar calendar)
    {
        if (cadence is null)
        {
            yield break;
        }

        foreach (var meeting in meetings.Where(meeting => meeting.Held && !meeting.IsSpecial && !meeting.IsMoved))
        {
            var date = meeting.Date!.Value;
            if (date < cadence.From || cadence.Days.Contains(date) || calendar.Between(date, date).Any())
            {
                continue;
            }

            var due = cadence.Days.MinBy(day => Math.Abs(day.DayNumber - date.DayNumber));
            var whose = cadence.Description ?? "the charter's recurrence";
            var (was, right) = ($"{date.DayOfWeek}, {MinutedMeeting.Text(date)}", $"{due.DayOfWeek}, {MinutedMeeting.Text(due)}");
            yield return meeting.Finding(
                FindingKind.DateOffCadence,
                null,
                $"{meeting.Name} was on {was}; by {whose} it was due on {right}.",
                "Correct the date, or minute that the meeting was moved.");
        }
    }

    private static IEnumerable<Finding> Gaps(Archive archive, IEnumerable<DateOnly> days)
    {
        var uncovered = Uncovered(archive, days);
        var next = 0;
        MinutedMeeting? before = null;

        // A date ahead may be written off while the minutes of one before it are still to come.
        var last = archive.ByDate.LastOrDefault(meeting => meeting.Held)?.Date;
        foreach (var meeting in archive.ByDate.Where(meeting => meeting.Date <= last))
        {
            var missing = new List<DateOnly>();
            while (next < uncovered.Count && uncovered[next] < meeting.Date)
            {
                missing.Add(uncovered[next++]);
            }

            if (before is not null && !Archive.MayLackAFile(before, meeting))
            {
                missing.RemoveAll(day => day <= before.Date);
                if (missing.Count > 0)
                {
                    var dates = string.Join(", ", missing.Select(MinutedMeeting.Text));
                    yield return meeting.Finding(
                        FindingKind.CadenceGap,
                        null,
                        $"Nothing is written for {dates}, between {before.Name} and {meeting.Name}.",
                        $"If there was none, write: ## No meeting on {MinutedMeeting.Text(missing[0])}");
                }
            }

            before = meeting;
        }
    }

    /// <summary>Days of the recurrence without a meeting on the day itself or, off the recurrence, nearby; in order.</summary>
    private static List<DateOnly> Uncovered(Archive archive, IEnumerable<DateOnly> recurrence)
    {
        var days = new SortedSet<DateOnly>(recurrence);
        var dated = Dates(archive.ByDate.Where(meeting => !meeting.IsSpecial || days.Contains(meeting.Date!.Value)));
        var uncovered = new SortedSet<DateOnly>(days);
        uncovered.ExceptWith(dated);
        foreach (var date in dated.Where(date => !days.Contains(date)))
        {
            var nearby = days.GetViewBetween(Days(date, -Nearby), Days(date, Nearby));
            uncovered.Remove(nearby.OrderBy(day => Math.Abs(day.DayNumber - date.DayNumber)).FirstOrDefault());
        }

        uncovered.ExceptWith(archive.Charter.Meetings.Cancelled);
        return [.. uncovered];
    }

    private static DateOnly Days(DateOnly day, int later) =>
        DateOnly.FromDayNumber(Math.Clamp(day.DayNumber + later, DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber));

    private static HashSet<DateOnly> Dates(IEnumerable<MinutedMeeting> meetings) =>
        [.. meetings.Select(meeting => meeting.Date!.Value)];
}
