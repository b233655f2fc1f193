using BscFlow.Votes.Options;

namespace BscFlow.Tests.Votes.Options;

public sealed class CallPlanTests
{
    private static readonly DateTimeOffset Opened = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, "00:00:00", false)]
    [InlineData(30, "00:00:00", false)]
    [InlineData(31, "00:01:00", false)]
    [InlineData(1_000, "00:33:00", false)]
    [InlineData(10_000, "05:33:00", false)]
    [InlineData(10_001, "1.00:00:00", false)]
    [InlineData(40_000, "3.05:33:00", false)]
    [InlineData(50_000, "4.05:33:00", true)]
    [InlineData(1_000_000, "99.05:33:00", true)]
    public void The_last_call_leaves_within_what_a_mailbox_may_send(int calls, string after, bool late)
    {
        var plan = CallPlan.Of(calls, Opened, Opened.AddDays(7));

        Assert.Equal((Opened + TimeSpan.Parse(after, null), late), (plan.Last, plan.IsLate));
    }
}
