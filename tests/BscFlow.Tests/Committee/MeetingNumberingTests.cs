using BscFlow.Committee;

namespace BscFlow.Tests.Committee;

public sealed class MeetingNumberingTests
{
    private static readonly MeetingRules GivesBack = new() { Rule = "FREQ=DAILY", Start = new(2025, 1, 1) };
    private static readonly MeetingRules Keeps = GivesBack with { CancelledKeepsNumber = true };

    [Fact]
    public void The_first_meeting_is_number_one() => Assert.Equal(1, MeetingNumbering.Next(GivesBack, []));

    [Fact]
    public void The_highest_number_counts_and_gaps_stay_open() =>
        Assert.Equal(63, MeetingNumbering.Next(GivesBack, [new(62, false), new(1, false), new(60, false)]));

    [Fact]
    public void A_cancelled_meeting_gives_its_number_back() =>
        Assert.Equal(62, MeetingNumbering.Next(GivesBack, [new(61, false), new(62, Cancelled: true)]));

    [Fact]
    public void A_cancelled_meeting_keeps_its_number_where_the_charter_says_so() =>
        Assert.Equal(63, MeetingNumbering.Next(Keeps, [new(61, false), new(62, Cancelled: true)]));

    [Fact]
    public void A_number_given_back_and_taken_again_is_used() =>
        Assert.Equal(63, MeetingNumbering.Next(GivesBack, [new(62, Cancelled: true), new(62, false)]));
}
