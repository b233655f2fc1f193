using BscFlow.Mail;
using BscFlow.Votes.Options;
using FsCheck.Xunit;

namespace BscFlow.Tests.Mail;

public sealed class MailPaceTests
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Thirty_leave_at_once_and_the_next_a_minute_later()
    {
        var (granted, pace, next) = MailPace.None.Take(Begin, 100);
        Assert.Equal((30, Begin.AddMinutes(1)), (granted, next));

        (granted, pace, next) = pace.Take(Begin.AddSeconds(59), 70);
        Assert.Equal((0, Begin.AddMinutes(1)), (granted, next));

        (granted, _, next) = pace.Take(Begin.AddSeconds(60), 10);
        Assert.Equal((10, Begin.AddSeconds(60)), (granted, next));
    }

    [Fact]
    public void A_timer_that_is_a_little_less_late_than_the_last_time_loses_no_minute()
    {
        var (_, pace, _) = MailPace.None.Take(Begin.AddMilliseconds(180), 30);

        Assert.Equal(30, pace.Take(Begin.AddMinutes(1).AddMilliseconds(20), 30).Granted);
    }

    [Fact]
    public void Answers_that_leave_at_once_make_those_to_many_wait()
    {
        var pace = MailPace.None.With(Begin, 20);
        (var granted, pace, _) = pace.Take(Begin, 100);
        Assert.Equal(10, granted);

        pace = pace.With(Begin.AddSeconds(30), 20);
        Assert.Equal(
            (10, Begin.AddSeconds(90)),
            (pace.Take(Begin.AddSeconds(61), 100).Granted, pace.Take(Begin.AddSeconds(61), 100).Next));
    }

    [Fact]
    public void However_often_mails_leave_a_day_has_no_more_entries_than_minutes_and_forgets_none()
    {
        var pace = MailPace.None;
        for (var second = 0; second < 24 * 60 * 60; second += 7)
        {
            pace = pace.With(Begin.AddSeconds(second), 1);
        }

        Assert.InRange(pace.Taken.Count, 1, (24 * 60) + 10);
        Assert.InRange(pace.Taken.Sum(taken => taken.Mails), 24 * 60 * 60 / 7, (24 * 60 * 60 / 7) + 1);
    }

    [Property]
    public void No_minute_has_more_than_thirty_and_no_day_more_than_ten_thousand(ushort[] pauses)
    {
        var (now, pace, sent) = (Begin, MailPace.None, new List<MailsTaken>());
        foreach (var pause in pauses.Concat(Enumerable.Repeat((ushort)60, 400)))
        {
            now = now.AddSeconds(pause % 200);
            (var granted, pace, _) = pace.Take(now, 45);
            sent.Add(new MailsTaken(now, granted));
        }

        Assert.All(sent, from =>
        {
            Assert.InRange(Within(from.At, TimeSpan.FromMinutes(1)), 0, MailPace.AMinute);
            Assert.InRange(Within(from.At, TimeSpan.FromDays(1)), 0, MailPace.ADay);
        });

        int Within(DateTimeOffset from, TimeSpan time) =>
            sent.Where(taken => taken.At >= from && taken.At < from + time).Sum(taken => taken.Mails);
    }

    /// <summary>What the desk says is what happens.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(1_000)]
    [InlineData(10_001)]
    [InlineData(25_000)]
    public void The_last_of_many_leaves_when_the_plan_says(int calls)
    {
        var (now, pace, left) = (Begin, MailPace.None, calls);
        while (true)
        {
            (var granted, pace, var next) = pace.Take(now, Math.Min(left, MailPace.AMinute));
            left -= granted;
            if (left == 0)
            {
                break;
            }

            Assert.True(next > now);
            now = next;
        }

        Assert.Equal(CallPlan.Of(calls, Begin, Begin.AddDays(30)).Last, now);
    }
}
