using BscFlow.Committee;
using BscFlow.Meetings;
using BscFlow.Workflow;

namespace BscFlow.Tests.Workflow;

public sealed class ScheduleTests
{
    private static readonly Charter Charter = Charters.Small();

    /// <summary>Second Wednesday, 17:00 in Berlin.</summary>
    private static readonly DateTimeOffset Start = At("2026-03-11T16:00Z");

    private static readonly Meeting Claimed = new()
    {
        Committee = Charter.Id,
        Number = 5,
        Start = Start,
        Length = TimeSpan.FromHours(1),
    };

    private static readonly Meeting Drafted = Claimed with { DraftedAt = At("2026-03-04T16:00Z") };

    private static readonly Meeting Announced = Drafted with { AgendaSentAt = At("2026-03-04T16:01Z") };

    /// <summary>Its minutes were saved, and looked at for motions that they ask for.</summary>
    private static readonly Meeting Looked = Announced with
    {
        MinutesSavedAt = At("2026-03-11T17:00Z"),
        MotionsProposedAt = At("2026-03-11T17:01Z"),
    };

    [Fact]
    public void A_meeting_is_drafted_the_draft_lead_before_it_starts() =>
        Assert.Equal([(StepKind.DraftMeeting, At("2026-03-04T16:00Z"))], Plan([], now: "2026-03-02T00:00Z"));

    [Fact]
    public void A_late_clock_still_drafts_a_meeting_that_is_not_over() =>
        Assert.Equal([StepKind.DraftMeeting], Due([], now: "2026-03-11T16:30Z"));

    [Fact]
    public void Minutes_whose_publication_was_cut_off_are_published_at_once() =>
        Assert.Equal(
            [StepKind.PublishMinutes],
            Due(
                [Looked with { State = MeetingState.Circulated, ObjectionsUntil = At("2026-03-18T17:00Z"), PublishedAt = At("2026-03-12T09:00Z") }],
                now: "2026-03-12T09:05Z"));

    [Fact]
    public void Where_the_charter_moved_a_meeting_that_is_announced_no_second_one_is_drafted_beside_it()
    {
        var moved = Announced with { Start = At("2026-03-11T09:00Z") };

        Assert.DoesNotContain(StepKind.DraftMeeting, Due([moved], now: "2026-03-05T00:00Z"));
        Assert.Contains(
            StepKind.DraftMeeting,
            Due([moved with { State = MeetingState.Cancelled, CancellationToldAt = moved.Start }], now: "2026-03-05T00:00Z"));
        Assert.Contains(StepKind.DraftMeeting, Due([moved with { Special = true }], now: "2026-03-05T00:00Z"));
    }

    [Fact]
    public void A_meeting_that_is_over_is_not_drafted_any_more() =>
        Assert.Empty(Due([], now: "2026-03-11T17:00Z"));

    [Fact]
    public void A_claimed_meeting_whose_draft_was_cut_off_is_drafted_again() =>
        Assert.Equal([StepKind.DraftMeeting], Due([Claimed], now: "2026-03-05T00:00Z"));

    [Fact]
    public void The_agenda_leaves_as_soon_as_the_draft_is_there() =>
        Assert.Equal([StepKind.SendAgenda], Due([Drafted], now: "2026-03-04T16:00Z"));

    [Fact]
    public void No_agenda_leaves_for_a_meeting_that_has_begun() =>
        Assert.Empty(Due([Drafted], now: "2026-03-11T16:00Z"));

    [Fact]
    public void Members_are_reminded_a_day_ahead() =>
        Assert.Equal([(StepKind.RemindMeeting, At("2026-03-10T16:00Z"))], Plan([Announced], now: "2026-03-05T00:00Z"));

    [Fact]
    public void An_agenda_that_left_on_the_last_day_is_reminder_enough() =>
        Assert.Empty(Due([Drafted with { AgendaSentAt = At("2026-03-10T18:00Z") }], now: "2026-03-10T19:00Z"));

    [Fact]
    public void The_chair_is_asked_for_minutes_that_are_missing_two_days_after() =>
        Assert.Equal([(StepKind.AskForMinutes, At("2026-03-13T17:00Z"))], Plan([Announced], now: "2026-03-11T16:00Z"));

    [Fact]
    public void The_chair_is_asked_again_a_week_later_and_then_no_more()
    {
        var asked = Announced with { MinutesAskedAt = At("2026-03-13T17:00Z") };
        Assert.Empty(Due([asked], now: "2026-03-20T00:00Z"));
        Assert.Equal([(StepKind.AskForMinutes, At("2026-03-20T17:00Z"))], Plan([asked], now: "2026-03-20T00:00Z"));
        Assert.Empty(Due([asked with { MinutesAskedAgainAt = At("2026-03-20T17:00Z") }], now: "2026-12-20T00:00Z"));
    }

    [Fact]
    public void Minutes_saved_during_the_meeting_are_circulated_when_it_is_over() =>
        Assert.Equal(
            [(StepKind.CirculateMinutes, At("2026-03-11T17:00Z"))],
            Plan([Announced with { MinutesSavedAt = At("2026-03-11T16:20Z") }], now: "2026-03-11T16:30Z"));

    [Fact]
    public void Minutes_are_published_when_the_time_for_objections_is_over() =>
        Assert.Equal(
            [(StepKind.PublishMinutes, At("2026-03-18T17:02Z"))],
            Plan(
                [Looked with { State = MeetingState.Circulated, ObjectionsUntil = At("2026-03-18T17:00Z") }],
                now: "2026-03-12T00:00Z"));

    [Fact]
    public void Circulated_minutes_are_looked_at_once_for_motions_that_they_ask_for() =>
        Assert.Equal(
            [StepKind.ProposeMotions],
            Due(
                [Looked with { State = MeetingState.Circulated, MotionsProposedAt = null, ObjectionsUntil = At("2026-03-18T17:00Z") }],
                now: "2026-03-12T00:00Z"));

    [Fact]
    public void Published_minutes_are_looked_at_again_for_what_was_changed_since_they_were_circulated()
    {
        var published = Looked with { State = MeetingState.Published, PublishedAt = At("2026-03-18T17:00Z") };

        Assert.Equal([StepKind.ProposeMotions], Due([published], now: "2026-03-18T18:00Z"));
        Assert.Empty(Due([published with { MotionsProposedAt = At("2026-03-18T17:01Z") }], now: "2026-03-18T18:00Z"));
    }

    [Fact]
    public void Nothing_is_left_to_do_for_published_minutes() =>
        Assert.Empty(Due([Announced with { State = MeetingState.Published }], now: "2026-04-01T00:00Z"));

    [Fact]
    public void The_members_are_told_once_of_a_cancelled_meeting()
    {
        var cancelled = Announced with { State = MeetingState.Cancelled };

        Assert.Equal([StepKind.TellCancellation], Due([cancelled], now: "2026-03-06T00:00Z"));
        Assert.Empty(Due([cancelled with { CancellationToldAt = At("2026-03-06T00:00Z") }], now: "2026-03-06T00:00Z"));
    }

    [Fact]
    public void A_cancelled_meeting_is_not_drafted_anew() =>
        Assert.Empty(
            Due([Announced with { State = MeetingState.Cancelled, CancellationToldAt = Start }], now: "2026-03-06T00:00Z"));

    [Fact]
    public void Two_meetings_on_one_day_are_both_drafted()
    {
        var charter = Charter with
        {
            Meetings = Charter.Meetings with { Special = [new DateTime(2026, 3, 11, 20, 0, 0)] },
        };

        Assert.Equal([StepKind.DraftMeeting, StepKind.DraftMeeting], Due([], now: "2026-03-05T00:00Z", charter));
    }

    [Fact]
    public void Owners_are_reminded_on_Monday_mornings_in_the_committees_zone()
    {
        var digests = All([], At("2026-03-02T00:00Z"), Charter, Since("2026-03-02T00:00Z"))
            .Where(planned => planned.Step.Kind == StepKind.RemindOwners);

        // The committee began on a Monday: the first digest is that of the Monday after. Berlin is at +1.
        Assert.Equal([("2026-03-09", At("2026-03-09T08:00Z"))], digests.Select(digest => (digest.Step.Subject, digest.At)));
    }

    [Fact]
    public void The_next_reminder_of_owners_is_a_week_after_the_last_across_a_change_of_clocks()
    {
        var state = Since("2026-01-01T00:00Z") with { OwnersRemindedFor = new DateOnly(2026, 3, 23) };

        var digest = All([], At("2026-03-24T00:00Z"), Charter, state).Single(p => p.Step.Kind == StepKind.RemindOwners);

        Assert.Equal(At("2026-03-30T07:00Z"), digest.At);
    }

    [Theory]
    [InlineData("2026-03-10T10:00Z", "2026-03-10T23:00Z")]
    [InlineData("2026-03-10T23:00Z", "2026-03-11T17:00Z")]
    [InlineData("2026-03-11T17:00Z", "2026-03-11T23:00Z")]
    public void The_pages_tell_of_another_day_at_midnight_and_of_another_meeting_when_one_is_over(string told, string next)
    {
        var refresh = Schedule.Refresh(Charter, Since("2026-01-01T00:00Z") with { SiteAsOf = At(told) }, [Announced]);

        Assert.Equal((StepKind.RefreshSite, At(next)), (refresh.Step.Kind, refresh.At));
    }

    [Fact]
    public void A_meeting_that_is_cancelled_ends_for_no_page() =>
        Assert.Equal(
            At("2026-03-11T23:00Z"),
            Schedule.Refresh(
                Charter, Since("2026-03-11T10:00Z"), [Announced with { State = MeetingState.Cancelled }]).At);

    private static List<StepKind> Due(IReadOnlyList<Meeting> meetings, string now, Charter? charter = null) =>
    [
        .. Plan(meetings, now, charter).Where(planned => planned.At <= At(now)).Select(planned => planned.Kind),
    ];

    private static List<(StepKind Kind, DateTimeOffset At)> Plan(
        IReadOnlyList<Meeting> meetings, string now, Charter? charter = null) =>
    [
        .. All(meetings, At(now), charter ?? Charter, Since(now))
            .Where(planned => planned.Step.Kind != StepKind.RemindOwners)
            .Select(planned => (planned.Step.Kind, planned.At)),
    ];

    private static IEnumerable<PlannedStep> All(
        IReadOnlyList<Meeting> meetings, DateTimeOffset now, Charter charter, CommitteeState state)
    {
        var occurrences = new MeetingCalendar(charter).Between(now - charter.Meetings.Length, now.AddDays(10));
        return Schedule.Plan(charter, state, meetings, occurrences, now);
    }

    private static CommitteeState Since(string moment) => new() { Committee = Charter.Id, Since = At(moment) };

    private static DateTimeOffset At(string moment) =>
        DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture);
}
