using BscFlow.Votes.Ballots;

namespace BscFlow.Tests.Votes.Ballots;

public sealed class BallotReceiptTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(0, MotionSecret.Length).Select(i => (byte)i)];

    [Fact]
    public void A_secret_word_is_the_same_word_however_it_is_typed()
    {
        var word = BallotReceipt.For(Secret, "somebody");

        Assert.All(
            [word, word.ToUpperInvariant(), word.Replace("-", "", StringComparison.Ordinal), $" {word.Replace('-', ' ')}. "],
            typed => Assert.Equal(word, BallotReceipt.Read(typed)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abcd-efgh")]
    [InlineData("abcd-efgh-ijkl-mnop-qrst")]
    public void What_is_no_secret_word_stays_as_it_was_typed(string typed) => Assert.Equal(typed, BallotReceipt.Read(typed));
}
