using BscFlow.Votes;
using BscFlow.Web;

namespace BscFlow.Tests.Web;

public sealed class TypedTextTests
{
    [Theory]
    [InlineData("for", Vote.For)]
    [InlineData("Against", Vote.Against)]
    [InlineData(" ABSTAIN ", Vote.Abstain)]
    [InlineData("+1", Vote.For)]
    [InlineData("-1", Vote.Against)]
    [InlineData("0", Vote.Abstain)]
    public void A_vote_says_what_it_says_in_a_mail(string sent, Vote expected)
    {
        Assert.True(TypedText.TryReadVote(sent, out var vote));
        Assert.Equal(expected, vote);
    }

    [Fact]
    public void Prose_keeps_its_lines_and_nothing_that_is_no_text() =>
        Assert.Equal("Shall we?\n\tYes,\n\nwe shall.", TypedText.Prose(" Shall\0 we?\r\n\tYes,\u001b\r\rwe shall.\u0085\n"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("+2")]
    [InlineData("7")]
    [InlineData("For, Against")]
    [InlineData("maybe")]
    public void What_is_no_vote_is_none(string? sent) => Assert.False(TypedText.TryReadVote(sent, out _));

    [Fact]
    public void Nothing_may_be_said_and_what_is_said_is_a_line()
    {
        Assert.True(TypedText.TryReadOptionalLine(" ", out var nothing));
        Assert.Null(nothing);
        Assert.True(TypedText.TryReadOptionalLine(" told Ben ", out var line));
        Assert.Equal("told Ben", line);
        Assert.False(TypedText.TryReadOptionalLine("told\nBen", out _));
        Assert.False(TypedText.TryReadOptionalLine(new string('x', TypedText.LongestLine + 1), out _));
    }

    [Theory]
    [InlineData("2026-03-04T15:00", "2026-03-04T15:00:00+00:00")]
    [InlineData("2026-07-04T15:00:30", "2026-07-04T15:00:30+01:00")]
    [InlineData(" 2026-03-04T15:00Z ", "2026-03-04T15:00:00+00:00")]
    [InlineData("2026-03-04T15:00:00.5-08:00", "2026-03-04T15:00:00.5-08:00")]
    public void A_moment_is_wall_clock_time_in_the_committees_zone_or_has_its_offset(string sent, string expected)
    {
        Assert.True(TypedText.TryReadMoment(Tidewater.Charter, sent, out var moment));
        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), moment);
    }

    [Theory]
    [InlineData("15:00")]
    [InlineData("04/03/2026")]
    [InlineData("2026-03-04")]
    [InlineData("2026-03")]
    [InlineData("4 March 2026")]
    [InlineData("0001-01-01T00:00")]
    [InlineData("9999-12-31T23:59")]
    [InlineData("9999-12-31T23:59-14:00")]
    [InlineData("")]
    [InlineData(null)]
    public void What_could_mean_another_day_than_was_meant_is_no_moment(string? sent) =>
        Assert.False(TypedText.TryReadMoment(Tidewater.Charter, sent, out _));
}
