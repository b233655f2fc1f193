using System.Numerics;
using BscFlow.Committee;
using FsCheck;
using FsCheck.Xunit;

namespace BscFlow.Tests.Committee;

public sealed class FractionTests
{
    /// <summary>Every share up to twelfths of every body up to fifteen, against a count of single votes.</summary>
    [Fact]
    public void Needed_is_the_first_count_that_is_enough_when_votes_are_counted_one_by_one()
    {
        for (var denominator = 1; denominator <= 12; denominator++)
            for (var numerator = 1; numerator <= denominator; numerator++)
                for (var total = 0; total <= 15; total++)
                {
                    foreach (var moreThan in new[] { false, true })
                    {
                        var threshold = new Threshold(new Fraction(numerator, denominator), moreThan, Body.Entire);
                        var counts = Enumerable.Range(0, total + 2);
                        var enough = counts.First(count => IsEnough(count, total, numerator, denominator, moreThan));

                        Assert.Equal(enough, threshold.Needed(total));
                        for (var count = 0; count <= total; count++)
                        {
                            Assert.Equal(count >= enough, threshold.IsMetBy(count, total));
                        }
                    }
                }
    }

    [Property]
    public void Large_shares_of_large_bodies_do_not_overflow(
        PositiveInt a, PositiveInt b, NonNegativeInt count, NonNegativeInt total)
    {
        var numerator = Math.Min(a.Get, b.Get);
        var fraction = new Fraction(numerator, Math.Max(a.Get, b.Get));

        var (votes, asked) = ((BigInteger)count.Get * fraction.Denominator, (BigInteger)numerator * total.Get);
        Assert.Equal(votes >= asked, fraction.IsReachedBy(count.Get, total.Get));
        Assert.Equal(votes > asked, fraction.IsExceededBy(count.Get, total.Get));
        Assert.InRange(new Threshold(fraction, false, Body.Entire).Needed(total.Get), 0, total.Get);
    }

    [Property]
    public void A_fraction_written_is_read_back(NonNegativeInt numerator, PositiveInt denominator)
    {
        var fraction = new Fraction(numerator.Get, denominator.Get);

        Assert.True(Fraction.TryParse(fraction.ToString(), out var read));
        Assert.Equal(fraction, read);
    }

    [Property]
    public void No_text_is_too_strange(string? text) => _ = Fraction.TryParse(text, out _);

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("2/")]
    [InlineData("/3")]
    [InlineData("2/0")]
    [InlineData("-2/3")]
    [InlineData("+2/3")]
    [InlineData("2/3/4")]
    [InlineData("0.66")]
    [InlineData("2,0/3")]
    [InlineData("99999999999/3")]
    public void What_is_no_fraction_is_not_read(string text) => Assert.False(Fraction.TryParse(text, out _));

    /// <summary>In parts of a member: a vote is worth as many as the denominator, and the numerator is asked a head.</summary>
    private static bool IsEnough(int count, int total, int numerator, int denominator, bool moreThan)
    {
        var (votes, asked) = (0, 0);
        for (var i = 0; i < count; i++)
        {
            votes += denominator;
        }

        for (var i = 0; i < total; i++)
        {
            asked += numerator;
        }

        return moreThan ? votes > asked : votes >= asked;
    }
}
