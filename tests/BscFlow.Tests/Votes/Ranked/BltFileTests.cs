using System.Text;
using BscFlow.Votes.Ranked;

namespace BscFlow.Tests.Votes.Ranked;

public sealed class BltFileTests
{
    [Fact]
    public void A_BLT_file_has_seats_withdrawn_options_nicknames_ties_and_weights()
    {
        var text = """
            4 2  # options and seats
            [nick ann bob cy dee]
            [withdrawn bob]
            3 ann bob cy=dee 0
            (b-17) 2 4 - 1 0
            1 0
            0
            "Ann" "Bob"
            "Cy"
            "Dee"
            "An election"
            """;

        var result = BallotFileTests.Read(Encoding.UTF8.GetBytes(text), CountingMethod.Schulze);

        Assert.Equal(["Ann", "Cy", "Dee"], result.Options.Select(option => option.Name));
        Assert.Equal((2, 6), (result.Rules.Seats, result.Ballots));
        var pairs = result.Pairs!;
        Assert.Equal((5, 0, 0, 2), (pairs[0, 1], pairs[1, 2], pairs[1, 0], pairs[2, 0]));
    }

    /// <summary>Algorithm 123 ends a ballot with 0 and not with a line.</summary>
    [Theory]
    [InlineData("2 1\n2 1 2 0 1 2 0\n0\n")]
    [InlineData("2 1\n2 1\n2 0 1\n2 0 0\n")]
    public void A_BLT_ballot_ends_with_0_wherever_that_stands(string text)
    {
        var pairs = BallotFileTests.Pairs(text, out _);

        Assert.Equal((2, 1), (pairs[0, 1], pairs[1, 0]));
    }

    [Fact]
    public void What_stands_in_a_comment_of_a_BLT_file_is_no_name()
    {
        BallotFileTests.Pairs(
            "2 1\n1 1 0\n0\n\"Ada\" # the \"old\" chair\n\"The \"boss\", Cy\" \"An election\"\n", out var options);

        Assert.Equal(["Ada", "The \"boss\", Cy"], options);
    }

    [Theory]
    [InlineData("\"Ada Bell\"\n\"Cy Dorn\"\n\"A Ward\"\n")]
    [InlineData("\"Ada Bell\"\n\"Cy Dorn\"\n")]
    [InlineData("\"Ada Bell\" \"Cy Dorn\"\n\"A Ward\"\n")]
    [InlineData("\"Ada Bell\" \"Cy Dorn\" \"A Ward\" \"Where it is from\" \"A comment\"\n")]
    [InlineData("\"Ada Bell\"\n\"Cy Dorn\"\n\"A Ward\"\n\"Where it is from\"\n\"A comment\"\nQuota  12.00\n and other figures\n")]
    [InlineData("Ada Bell\nCy Dorn\nA Ward\n")]
    [InlineData("Ada Bell\r\nCy Dorn\r\n\r\n")]
    [InlineData("Ada Bell,\nCy Dorn,\nA Ward,\n")]
    [InlineData("# ALTERNATIVE NAME 1: Ada Bell\n# ALTERNATIVE NAME 2: Cy Dorn\nA Ward")]
    [InlineData("# they stood in this order\n\"Ada Bell\" # withdrew later\n\"Cy Dorn\"\n\u001A")]
    public void Names_stand_as_programs_and_councils_write_them(string names)
    {
        BallotFileTests.Pairs($"2 1\n3 1 2 0\n0\n{names}", out var options);

        Assert.Equal(["Ada Bell", "Cy Dorn"], options);
    }

    [Theory]
    [InlineData("\"Ada BELL\" \"The Old Party (TOP)\"\n\"Cy DORN\" \"Independent\"\n\"Ward 4, By the Sea\"\n")]
    [InlineData("\"\"\"Ada BELL\"\" \"\"The Old Party (TOP)\"\"\"\n\"\"\"Cy DORN\"\" \"\"Independent\"\"\"\n\"\"\"Ward 4\"\"\"\n")]
    public void A_party_beside_a_name_is_its_affiliation(string names)
    {
        BallotFileTests.Pairs($"2 1\n3 1 2 0\n0\n{names}", out var options);

        Assert.Equal(["Ada BELL (The Old Party (TOP))", "Cy DORN (Independent)"], options);
        Assert.Equal(["The Old Party (TOP)", "Independent"], options.Select(name => OptionName.Read(name).Affiliation));
    }

    /// <summary>As the ballots of Scotland's councils are passed on as a table.</summary>
    [Fact]
    public void Commas_may_stand_for_blanks_and_then_a_line_is_a_ballot()
    {
        var text = """
            3,2,
            12,1,
            8,1,3,2,
            5,2,3,

            "Candidate 1","Ada Bell","Labour (Lab)",
            "Candidate 2","Cy Dorn","Independent (Ind)",
            "Candidate 3","Eve #3 Finch","Green (Gr)",
            "By the Sea, Ward 4",
            """;

        var result = BallotFileTests.Read(Encoding.UTF8.GetBytes(text), CountingMethod.Schulze);

        Assert.Equal(
            ["Ada Bell (Labour (Lab))", "Cy Dorn (Independent (Ind))", "Eve #3 Finch (Green (Gr))"],
            result.Options.Select(option => option.Name));
        Assert.Equal((2, 25), (result.Rules.Seats, result.Ballots));
        Assert.Equal((8, 5, 20), (result.Pairs![2, 1], result.Pairs[1, 2], result.Pairs[0, 1]));
    }

    [Fact]
    public void A_file_with_commas_may_hold_no_ballot_yet()
    {
        var result = BallotFileTests.Read(
            "2,1,\n\"Candidate 1\",\"Ada\",\"P\",\n\"Candidate 2\",\"Cy\",\"Q\",\n"u8, CountingMethod.Scottish);

        Assert.Equal(["Ada (P)", "Cy (Q)"], result.Options.Select(option => option.Name));
        Assert.Equal(0, result.Ballots);
    }

    [Fact]
    public void Commas_at_the_ends_of_lines_are_left_out()
    {
        var pairs = BallotFileTests.Pairs("2 1,\n7 1 2 0,\n3 2 1 0,\n0,\nAda,\nCy,\n", out var options);

        Assert.Equal(["Ada", "Cy"], options);
        Assert.Equal((7, 3), (pairs[0, 1], pairs[1, 0]));
    }
}
