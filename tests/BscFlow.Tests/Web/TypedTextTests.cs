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
}
