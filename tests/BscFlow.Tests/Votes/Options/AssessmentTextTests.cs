using BscFlow.Votes.Options;

namespace BscFlow.Tests.Votes.Options;

public sealed class AssessmentTextTests
{
    /// <summary>Characters that a property of a table holds.</summary>
    private const int Property = 32 * 1024;

    [Theory]
    [InlineData("x")]
    [InlineData("\"")]
    [InlineData("\\")]
    [InlineData("\n")]
    [InlineData("\u0001")]
    [InlineData("\u2028")]
    [InlineData("é")]
    [InlineData("李")]
    [InlineData("👩")]
    [InlineData("\uD83D")]
    public void Whatever_is_written_fits_a_row(string text)
    {
        foreach (var options in (int[])[2, 250])
        {
            var written = AssessmentText.Write([.. Enumerable.Repeat(string.Concat(Enumerable.Repeat(text, 30_000)), options)]);

            Assert.InRange(written?.Length ?? 0, 0, Property);
        }
    }

    [Fact]
    public void What_is_cut_is_cut_between_two_characters_and_what_is_no_text_is_left_out()
    {
        var longest = AssessmentText.LongestOf(2);
        var written = AssessmentText.Write([new string('x', longest - 2) + "👩👩", "Good\u0000 \u0007or bad,\r\nwho knows?"]);

        var read = AssessmentText.Read(written);

        Assert.Equal([new string('x', longest - 2) + "…", "Good or bad,\nwho knows?"], read);
    }

    [Fact]
    public void Nothing_is_written_where_nothing_was_said()
    {
        Assert.Null(AssessmentText.Write([null, " ", "\u0001"]));
        Assert.Equal([null, "Fine.", null], AssessmentText.Read(AssessmentText.Write([" ", "Fine.", null])));
    }
}
