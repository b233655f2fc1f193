using BscFlow.Web;

namespace BscFlow.Tests.Web;

public sealed class TypedTextTests
{
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
