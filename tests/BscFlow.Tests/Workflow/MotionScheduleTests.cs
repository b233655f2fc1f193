using BscFlow.Mail;
using BscFlow.Tests.Votes;
using BscFlow.Votes;
using BscFlow.Workflow;

namespace BscFlow.Tests.Workflow;

public sealed class MotionScheduleTests
{
    private static readonly DateTimeOffset Opened = new(2025, 7, 1, 9, 0, 0, TimeSpan.Zero);

    private static readonly PendingMotion Called = new()
    {
        Id = "2025-07-charter",
        State = MotionState.Open,
        News = MotionNews.None,
        Opened = Opened,
        Deadline = Opened.AddDays(7),
        Voters = 6,
    };

    private static PendingMotion Reminded => Called with { RemindedUntil = Opened.AddDays(6.5) };

    [Fact]
    public void Voters_are_called_at_once() =>
        Assert.Equal((StepKind.CallForVotes, 0), Next(Called with { News = MotionNews.Opened | MotionNews.Corrected }));

    [Fact]
    public void Whatever_became_of_a_motion_is_told_at_once()
    {
        Assert.Equal((StepKind.TellVoters, 0), Next(Called with { News = MotionNews.Extended }));
        Assert.Equal((StepKind.TellVoters, 0), Next(Called with { State = MotionState.Lost, News = MotionNews.Ended }));
        Assert.Null(Next(Called with { State = MotionState.Lost }));
    }

    [Fact]
    public void A_box_that_is_shut_is_seen_to_first() =>
        Assert.Equal((StepKind.CloseMotion, 0), Next(Called with { BoxShut = Opened, News = MotionNews.Opened }));

    [Fact]
    public void Reminders_come_at_half_time_and_a_day_before_the_end()
    {
        Assert.Equal((StepKind.RemindVoters, 3.5), Next(Called));
        Assert.Equal((StepKind.RemindVoters, 6), Next(Called with { RemindedUntil = Opened.AddDays(3.6) }));
        Assert.Equal(StepKind.CloseMotion, Next(Reminded)!.Value.Kind);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 0.5)]
    public void A_short_vote_has_one_reminder_at_half_time(double days, double reminder)
    {
        var brief = Called with { Deadline = Opened.AddDays(days) };

        Assert.Equal((StepKind.RemindVoters, reminder), Next(brief));
        Assert.Equal(StepKind.CloseMotion, Next(brief with { RemindedUntil = Opened.AddDays(reminder) })!.Value.Kind);
    }

    [Fact]
    public void More_time_brings_reminders_of_its_own() =>
        Assert.Equal((StepKind.RemindVoters, 7), Next(Reminded with { Deadline = Opened.AddDays(14) }));

    [Fact]
    public void Nobody_is_reminded_after_the_end() =>
        Assert.Equal(StepKind.CloseMotion, Next(Called, now: Opened.AddDays(8))!.Value.Kind);

    [Fact]
    public void It_is_counted_when_the_mail_that_came_before_its_deadline_can_be_in()
    {
        var (kind, days) = Next(Reminded)!.Value;

        Assert.Equal(StepKind.CloseMotion, kind);
        Assert.InRange(TimeSpan.FromDays(days - 7), TimeSpan.FromSeconds(90), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void An_early_close_is_looked_at_when_it_may_first_be_and_after_each_ballot_once_all_mail_until_then_can_be_in()
    {
        var early = Reminded with { EarliestClose = Opened.AddDays(2) };

        Assert.Equal((StepKind.CloseMotion, (TimeSpan.FromDays(2) + CollectMail.Grace).TotalDays), Next(early));
        Assert.Equal(
            (StepKind.CloseMotion, (TimeSpan.FromDays(3) + CollectMail.Grace).TotalDays),
            Next(early with { LastBallot = Opened.AddDays(3) }));
        Assert.Equal(7, Math.Floor(Next(early with { LookedAt = Opened.AddDays(2) })!.Value.Days));
        Assert.Equal(
            (StepKind.CloseMotion, (TimeSpan.FromDays(3) + CollectMail.Grace).TotalDays),
            Next(early with { LookedAt = Opened.AddDays(2), LastBallot = Opened.AddDays(3) }));
    }

    [Fact]
    public void Of_many_voters_it_is_looked_at_once_an_hour_however_many_ballots_come()
    {
        var large = Reminded with { EarliestClose = Opened.AddDays(2), Voters = 100_000, LookedAt = Opened.AddHours(72) };

        Assert.Equal(Opened.AddHours(73), (large with { LastBallot = Opened.AddHours(72.1) }).NextLook);
        Assert.Equal(Opened.AddHours(80) + CollectMail.Grace, (large with { LastBallot = Opened.AddHours(80) }).NextLook);
    }

    /// <summary>What is planned next, in days after it was opened.</summary>
    private static (StepKind Kind, double Days)? Next(PendingMotion motion, DateTimeOffset? now = null) =>
        Schedule.Plan(SmallCommittee.Agreed, [motion], now ?? Opened).SingleOrDefault() is { } planned
            ? (planned.Step.Kind, (planned.At - Opened).TotalDays)
            : null;
}
