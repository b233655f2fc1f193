using System.Globalization;
using BscFlow.Committee;

namespace BscFlow.Tests.Committee;

public sealed class MeetingCalendarTests
{
    public static TheoryData<string> Zones =>
    [
        "Europe/Berlin", "Europe/Lisbon", "Europe/Dublin", "America/New_York", "America/Los_Angeles", "America/Santiago",
        "America/Sao_Paulo", "Africa/Cairo", "Africa/Casablanca", "Asia/Tehran", "Australia/Sydney", "Australia/Lord_Howe",
        "Pacific/Auckland", "Pacific/Apia", "America/Caracas", "Asia/Kolkata",
    ];

    /// <summary>
    /// Around each change of the clock from 2005 to 2024, a daily meeting at noon, in the middle of the skipped or repeated time,
    /// and at the moment of the change itself, against all instants searched for those that the clock on the wall shows so.
    /// </summary>
    [Theory]
    [MemberData(nameof(Zones))]
    public void A_meeting_keeps_its_time_on_both_sides_of_every_clock_change(string name)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        foreach (var (change, before, after) in ClockChanges(zone, new(2005, 1, 1), new(2025, 1, 1)))
        {
            var (last, first) = (change + before, change + after);
            var middle = last + (first - last) / 2;
            foreach (var time in new[] { TimeSpan.FromHours(12), middle.TimeOfDay, last.TimeOfDay, first.TimeOfDay })
            {
                var start = last.Date.AddDays(-3) + time;
                var calendar = Calendar(name, "FREQ=DAILY;COUNT=7", start);
                var found = calendar.Between(DateOnly.FromDateTime(start), DateOnly.FromDateTime(start).AddDays(6)).ToList();

                var expected = Enumerable.Range(0, 7)
                    .Select(day => ExpectedInstant(zone, start.AddDays(day), before))
                    .Distinct()
                    .Where(instant => instant + zone.GetUtcOffset(instant) < start.Date.AddDays(7))
                    .ToList();
                Assert.Equal(expected, found.Select(occurrence => occurrence.Start.UtcDateTime));
                Assert.All(found, occurrence => Assert.Equal(zone.GetUtcOffset(occurrence.Start), occurrence.Start.Offset));
            }
        }
    }

    [Theory]
    [InlineData("Europe/Berlin", "2025-03-30T02:30", "2025-03-30T03:30+02:00")] // skipped: moved on
    [InlineData("Europe/Berlin", "2025-10-26T02:30", "2025-10-26T02:30+02:00")] // twice: the first
    [InlineData("Australia/Sydney", "2024-10-06T02:00", "2024-10-06T03:00+11:00")]
    [InlineData("Australia/Sydney", "2024-04-07T02:59", "2024-04-07T02:59+11:00")]
    [InlineData("Australia/Lord_Howe", "2024-10-06T02:15", "2024-10-06T02:45+11:00")] // by half an hour
    [InlineData("America/Santiago", "2024-09-08T00:00", "2024-09-08T01:00-03:00")] // at midnight
    [InlineData("Pacific/Apia", "2011-12-30T10:00", "2011-12-31T10:00+14:00")] // a whole day
    public void A_time_that_the_clock_skips_or_repeats_is_one_moment(string zone, string special, string expected)
    {
        var calendar = Calendar(zone, "FREQ=YEARLY", new(2001, 1, 1), special: [Time(special)]);

        var around = calendar.Between(Moment(expected).AddHours(-20), Moment(expected).AddHours(20));
        var occurrence = Assert.Single(around, found => found.Special);

        Assert.Equal(Moment(expected), occurrence.Start);
        Assert.Equal(Moment(expected).Offset, occurrence.Start.Offset);
    }

    [Fact]
    public void A_rule_that_names_the_hour_moves_on_too()
    {
        var calendar = Calendar("Europe/Berlin", "FREQ=DAILY;BYHOUR=2;BYMINUTE=30", new(2025, 3, 29, 2, 30, 0));

        Assert.Equal(
            ["2025-03-29T02:30+01:00", "2025-03-30T03:30+02:00", "2025-03-31T02:30+02:00"],
            Starts(calendar, new(2025, 3, 29), new(2025, 3, 31)));
    }

    [Fact]
    public void A_second_Wednesday_is_found_in_every_month()
    {
        var calendar = Calendar("America/Los_Angeles", "FREQ=MONTHLY;BYDAY=2WE", new(2025, 1, 8, 9, 0, 0));

        var days = calendar.Between(new DateOnly(2025, 1, 1), new DateOnly(2034, 12, 31))
            .Select(occurrence => occurrence.Day)
            .ToList();

        Assert.Equal(120, days.Count);
        Assert.All(days, day => Assert.True(day is { DayOfWeek: DayOfWeek.Wednesday, Day: >= 8 and <= 14 }));
    }

    [Fact]
    public void A_cancelled_date_is_flagged_and_a_special_meeting_is_merged_in() =>
        Assert.Equal(
            [
                new Occurrence(Moment("2025-07-09T17:00+02:00"), TimeSpan.FromHours(1)),
                new Occurrence(Moment("2025-08-13T10:00+02:00"), TimeSpan.FromHours(1), Special: true),
                new Occurrence(Moment("2025-08-13T17:00+02:00"), TimeSpan.FromHours(1), Cancelled: true),
                new Occurrence(Moment("2025-08-20T10:00+02:00"), TimeSpan.FromHours(1), Special: true),
            ],
            Monthly.Between(new DateOnly(2025, 7, 1), new DateOnly(2025, 8, 31)));

    [Fact]
    public void The_next_meeting_is_one_that_takes_place()
    {
        Assert.Equal(Moment("2025-08-13T10:00+02:00"), Monthly.Next(Moment("2025-07-09T17:00+02:00"))?.Start);
        Assert.Equal(Moment("2025-08-20T10:00+02:00"), Monthly.Next(Moment("2025-08-13T10:00+02:00"))?.Start);
        Assert.Equal(Moment("2025-09-10T17:00+02:00"), Monthly.Next(Moment("2025-08-20T12:00+02:00"))?.Start);
    }

    [Fact]
    public void A_span_has_both_of_its_ends()
    {
        var (first, second) = (Moment("2025-06-11T17:00+02:00"), Moment("2025-07-09T17:00+02:00"));

        Assert.Equal([first, second], Monthly.Between(first, second).Select(occurrence => occurrence.Start));
        Assert.Equal([first], Monthly.Between(first, first).Select(occurrence => occurrence.Start));
        Assert.Empty(Monthly.Between(first.AddSeconds(1), second.AddSeconds(-1)));
    }

    [Fact]
    public void A_charter_has_one_calendar() =>
        Assert.Same(MeetingCalendar.Of(MonthlyCharter), MeetingCalendar.Of(MonthlyCharter));

    [Fact]
    public void Two_meetings_of_a_rule_on_one_day_are_two()
    {
        var calendar = Calendar("Europe/Berlin", "FREQ=WEEKLY;BYHOUR=10,15", new(2025, 5, 7, 10, 0, 0));

        Assert.Equal(
            ["2025-05-07T10:00+02:00", "2025-05-07T15:00+02:00"], Starts(calendar, new(2025, 5, 7), new(2025, 5, 8)));
    }

    [Fact]
    public void An_earlier_rule_holds_until_the_next_one_starts()
    {
        var calendar = new MeetingCalendar(CharterReader.Read(CharterFiles.Sample("bsc")));

        Assert.Equal(
            ["2024-12-11T09:00-08:00", "2024-12-25T09:00-08:00", "2025-01-08T09:00-08:00", "2025-02-12T09:00-08:00"],
            Starts(calendar, new(2024, 12, 1), new(2025, 2, 28)));
    }

    [Theory]
    [InlineData("FREQ=MONTHLY;BYDAY=2WE;UNTIL=20250312T160000Z", "2025-03-12T09:00-07:00")]
    [InlineData("FREQ=MONTHLY;BYDAY=2WE;UNTIL=20250312T155959Z", "2025-02-12T09:00-08:00")]
    [InlineData("FREQ=MONTHLY;BYDAY=2WE;UNTIL=20250312", "2025-03-12T09:00-07:00")]
    [InlineData("FREQ=MONTHLY;BYDAY=2WE;COUNT=3", "2025-03-12T09:00-07:00")]
    public void A_rule_ends_where_it_says(string rule, string last)
    {
        var calendar = Calendar("America/Los_Angeles", rule, new(2025, 1, 8, 9, 0, 0));

        Assert.Equal(last, Starts(calendar, new(2025, 1, 1), new(2026, 12, 31))[^1]);
        Assert.Null(calendar.Next(Moment(last)));
    }

    [Fact]
    public void A_search_that_finds_nothing_ends()
    {
        var never = Calendar("UTC", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", new(2025, 1, 1));

        Assert.Null(never.Next(Moment("2025-01-01T00:00+00:00")));
        Assert.Null(Calendar("UTC", "FREQ=YEARLY;INTERVAL=100", new(2025, 1, 1)).Next(Moment("2025-01-02T00:00+00:00")));
    }

    [Fact]
    public void A_leap_day_is_waited_for()
    {
        var calendar = Calendar("UTC", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29", new(2024, 2, 29, 9, 0, 0));

        Assert.Equal(Moment("2028-02-29T09:00+00:00"), calendar.Next(Moment("2024-03-01T00:00+00:00"))?.Start);
    }

    [Fact]
    public void The_ends_of_time_are_no_trouble()
    {
        var calendar = Calendar("Pacific/Kiritimati", "FREQ=WEEKLY", new(2025, 1, 1, 9, 0, 0));

        Assert.Null(calendar.Next(DateTimeOffset.MaxValue.AddDays(-3)));
        Assert.Equal(2025, calendar.Next(DateTimeOffset.MinValue.AddYears(2000))?.Start.Year);
        Assert.Null(Calendar("America/Adak", "FREQ=WEEKLY", new(2025, 1, 1)).Next(DateTimeOffset.MinValue));
        Assert.Empty(calendar.Between(DateOnly.MaxValue.AddDays(-1), DateOnly.MinValue));
    }

    [Fact]
    public async Task One_calendar_serves_many_threads()
    {
        var expected = Monthly.Between(new DateOnly(2025, 1, 1), new DateOnly(2040, 12, 31)).ToList();
        var calendar = new MeetingCalendar(MonthlyCharter);

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => calendar.Between(new DateOnly(2025, 1, 1), new DateOnly(2040, 12, 31)).ToList(),
            TestContext.Current.CancellationToken)));

        Assert.All(results, result => Assert.Equal(expected, result));
    }

    private static Charter MonthlyCharter { get; } = Charter(
        "Europe/Berlin",
        new MeetingRules
        {
            Rule = "FREQ=MONTHLY;BYDAY=2WE",
            Start = new(2025, 1, 8, 17, 0, 0),
            Cancelled = [new(2025, 8, 13)],
            Special = [new(2025, 8, 20, 10, 0, 0), new(2025, 8, 13, 10, 0, 0)],
        });

    private static MeetingCalendar Monthly { get; } = new(MonthlyCharter);

    private static MeetingCalendar Calendar(string zone, string rule, DateTime start, IReadOnlyList<DateTime>? special = null) =>
        new(Charter(zone, new MeetingRules { Rule = rule, Start = start, Special = special ?? [] }));

    private static Charter Charter(string zone, MeetingRules meetings) => new()
    {
        Id = "reef",
        Name = "Reef",
        TimeZone = zone,
        Mailbox = "board@reef.example",
        Secretaries = [],
        Meetings = meetings,
        Quorum = new Threshold(new Fraction(1, 2), MoreThan: true, Body.Entire),
        Rules = new Dictionary<string, VoteRule>(),
        Members = [],
    };

    private static List<string> Starts(MeetingCalendar calendar, DateOnly first, DateOnly last) =>
    [
        .. calendar.Between(first, last)
            .Select(occurrence => occurrence.Start.ToString("yyyy-MM-dd'T'HH:mmzzz", CultureInfo.InvariantCulture)),
    ];

    private static DateTime Time(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Moments (UTC) at which the offset changes, found hour by hour and then minute by minute.</summary>
    private static IEnumerable<(DateTime Change, TimeSpan Before, TimeSpan After)> ClockChanges(
        TimeZoneInfo zone, DateTime from, DateTime to)
    {
        from = DateTime.SpecifyKind(from, DateTimeKind.Utc);
        for (var hour = from; hour < to; hour = hour.AddHours(1))
        {
            var before = zone.GetUtcOffset(hour);
            if (zone.GetUtcOffset(hour.AddHours(1)) == before)
            {
                continue;
            }

            var change = Enumerable.Range(1, 60)
                .Select(minute => hour.AddMinutes(minute))
                .First(minute => zone.GetUtcOffset(minute) != before);
            yield return (DateTime.SpecifyKind(change, DateTimeKind.Unspecified), before, zone.GetUtcOffset(change));
        }
    }

    private static DateTime ExpectedInstant(TimeZoneInfo zone, DateTime wallClock, TimeSpan before)
    {
        var utc = DateTime.SpecifyKind(wallClock, DateTimeKind.Utc);
        for (var offset = TimeSpan.FromHours(15); offset >= TimeSpan.FromHours(-13); offset -= TimeSpan.FromMinutes(15))
        {
            if (zone.GetUtcOffset(utc - offset) == offset)
            {
                return utc - offset;
            }
        }

        return utc - before;
    }
}
