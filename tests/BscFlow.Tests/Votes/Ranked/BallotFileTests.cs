using System.Text;
using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Files;

namespace BscFlow.Tests.Votes.Ranked;

public sealed class BallotFileTests
{
    [Fact]
    public void A_table_names_its_options_and_blank_cells_and_words_are_no_opinion()
    {
        var pairs = Pairs("A,B,C\n1,2,\n2,No opinion,1\n", out var options);

        Assert.Equal(["A", "B", "C"], options);
        Assert.Equal((1, 0, 0, 1), (pairs[0, 1], pairs[1, 0], pairs[0, 2], pairs[2, 0]));
    }

    [Theory]
    [InlineData("A,B\n1,2\n2,1\n1,2")]
    [InlineData("\uFEFFA,B\r\n1,2\r\n2,1\r\n1,2\r\n")]
    [InlineData("A;B\n1;2\n2;1\n1;2\n")]
    [InlineData("A\tB\n1\t2\n2\t1\n1\t2\n")]
    [InlineData("\"A\",\"B\"\n\"1\",\"2\"\n 2 , 1 \n1.0,2.0\n\n")]
    [InlineData("A,B,\n1,2,\n2,1,\n1,2,\n")]
    [InlineData("A,B\n001,00002\n2,1\n100000000,999999999\n")]
    public void A_table_may_be_written_as_programs_write_tables(string text)
    {
        var pairs = Pairs(text, out var options);

        Assert.Equal(["A", "B"], options);
        Assert.Equal((2, 1), (pairs[0, 1], pairs[1, 0]));
    }

    [Fact]
    public void A_quoted_name_may_hold_commas_quotes_and_line_ends()
    {
        Pairs("\"Bell, Ada\",\"the \"\"old\"\" way\",\"two\nlines\"\n1,2,3\n", out var options);

        Assert.Equal(["Bell, Ada", "the \"old\" way", "two\nlines"], options);
    }

    [Fact]
    public void A_quoted_cell_of_a_ballot_may_go_over_lines()
    {
        var pairs = Pairs("A,B\n\"no\nopinion\",1\n1,2\n", out _);

        Assert.Equal((1, 0), (pairs[0, 1], pairs[1, 0]));
    }

    [Fact]
    public void Names_in_Latin_1_are_read()
    {
        var result = Read(Encoding.Latin1.GetBytes("José,Zoë\n1,2\n"), CountingMethod.Schulze);

        Assert.Equal(["José", "Zoë"], result.Options.Select(option => option.Name));
    }

    [Fact]
    public void Approvals_may_be_words()
    {
        var result = Read("A,B,C\nyes,x,\nno,1,0\n,✓,2\n"u8, CountingMethod.Approval);

        Assert.Equal([1, 3, 1], result.Totals!.Select(total => total.Total));
    }

    [Theory]
    [InlineData("", 0, "it is empty")]
    [InlineData(" \n\n", 0, "it is empty")]
    [InlineData("A,,C\n1,2,3\n", 1, "column 2 has no name")]
    [InlineData("A,B,A\n1,2,3\n", 1, "two options are called \"A\"")]
    [InlineData("1,2,3\n3,2,1\n", 1, "the first row holds numbers; it should name the options")]
    [InlineData("A,B\n1,2\n1\n", 3, "it has 1 cells, and the first row has 2")]
    [InlineData("A,B\n1,2,3\n", 2, "there is \"3\" in a column without a name")]
    [InlineData("A,B\n1,2nd\n", 2, "\"2nd\" for B is neither a whole number from 0 to 1000000000 nor words")]
    [InlineData("A,B\n1,-2\n", 2, "\"-2\" for B is neither a whole number from 0 to 1000000000 nor words")]
    [InlineData("A,B\n1.5,2\n", 2, "\"1.5\" for A is neither a whole number from 0 to 1000000000 nor words")]
    [InlineData("A,B\n1,99999999999\n", 2, "\"99999999999\" for B is neither a whole number from 0 to 1000000000 nor words")]
    [InlineData("A,B\n1,\"2\n3,4\n", 2, "a quote that opens here is not closed")]
    [InlineData("Option 1--->: A\nV: 1\nV: 12\n", 3, "it ranks 2 options, and there are 1")]
    [InlineData("  Option 1--->: A\n /\nV: !  hash\n", 3, "\"!\" is no rank")]
    [InlineData("2 1\n1 1 3 0\n0\n", 2, "\"3\" is no number from 1 to 2")]
    [InlineData("2 1\n1 1 1 0\n0\n", 2, "it ranks 1 twice")]
    [InlineData("2 1\n1 1 2 0\n", 2, "it ends without a line 0 after the ballots")]
    [InlineData("# ALTERNATIVE NAME 1: A\n# ALTERNATIVE NAME 3: B\n1: 1\n", 3, "its alternatives are not numbered from 1")]
    [InlineData("# ALTERNATIVE NAME 1: A\n1,2\n", 2, "it is no line \"voters: order\"")]
    [InlineData("# ALTERNATIVE NAME 1: A\n2000000000: 1\n", 2, "\"2000000000\" is no number from 1 to 1000000000")]
    public void What_cannot_be_read_is_said_with_its_line(string text, int line, string what)
    {
        var refusal = Assert.Throws<BallotFormatException>(() => Read(Encoding.UTF8.GetBytes(text), CountingMethod.Schulze));

        Assert.Equal((line, what), (refusal.Line, refusal.Message));
    }

    [Fact]
    public void Text_of_two_bytes_a_letter_is_refused_and_says_what_to_do()
    {
        var refusal = Assert.Throws<BallotFormatException>(() =>
            Read([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("A,B\n1,2\n")], CountingMethod.Schulze));

        Assert.Equal("it is UTF-16 text; save it as UTF-8", refusal.Message);
    }

    [Fact]
    public void More_options_than_are_counted_are_refused()
    {
        var text = string.Join(',', Enumerable.Range(0, 251).Select(option => $"O{option}"));

        Assert.Throws<BallotFormatException>(() => Read(Encoding.UTF8.GetBytes(text), CountingMethod.Schulze));
    }

    [Fact]
    public void A_Debian_sheet_leaves_unranked_options_below_all_ranked()
    {
        var pairs = Pairs(
            """
            	Tally Sheet for the votes cast.
                 Option 1---->: Ada Bell
               /  Option 2--->: Cy Dorn
               |/  Option 3-->: None Of The Above
               |||/
            V: 2-1 		1d7ba886e62a2cf64379a5c8f8032cc2
            V: --1 		5983810b34693310479f3b26eda85177
            """,
            out var options);

        Assert.Equal(["Ada Bell", "Cy Dorn", "None Of The Above"], options);
        Assert.Equal((1, 0, 2, 2), (pairs[0, 1], pairs[1, 0], pairs[2, 0], pairs[2, 1]));
    }

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

        var result = Read(Encoding.UTF8.GetBytes(text), CountingMethod.Schulze);

        Assert.Equal(["Ann", "Cy", "Dee"], result.Options.Select(option => option.Name));
        Assert.Equal((2, 6), (result.Rules.Seats, result.Ballots));
        var pairs = result.Pairs!;
        Assert.Equal((5, 0, 0, 2), (pairs[0, 1], pairs[1, 2], pairs[1, 0], pairs[2, 0]));
    }

    [Fact]
    public void A_PrefLib_file_has_weights_and_ties()
    {
        var text = """
            # FILE NAME: 1.toi
            # ALTERNATIVE NAME 1: Ann
            # ALTERNATIVE NAME 2: Bob
            # ALTERNATIVE NAME 3: Cy
            4: 2,{1,3}
            2: {1}
            """;

        var pairs = Pairs(text, out var options);

        Assert.Equal(["Ann", "Bob", "Cy"], options);
        Assert.Equal((4, 2, 0, 2), (pairs[1, 0], pairs[0, 1], pairs[2, 0], pairs[0, 2]));
    }

    /// <summary>So that a line, a quote or a number stands across each place at which the reader fetches more.</summary>
    [Fact]
    public void A_table_longer_than_the_reader_holds_is_read_whole()
    {
        var text = new StringBuilder("A,B,C\n");
        for (var line = 0; line < 50_000; line++)
        {
            text.Append(line % 7 == 0 ? "\"no, or\nnot\",1,2\n" : "12,3,700\n");
        }

        var result = Read(Encoding.UTF8.GetBytes(text.ToString()), CountingMethod.Schulze);

        var quoted = (50_000 + 6) / 7;
        Assert.Equal((50_000, 50_000, 50_000 - quoted), (result.Ballots, result.Pairs![1, 2], result.Pairs[0, 2]));
    }

    private static PairMatrix Pairs(string text, out IEnumerable<string> options)
    {
        var result = Read(Encoding.UTF8.GetBytes(text), CountingMethod.Schulze);
        options = result.Options.Select(option => option.Name);
        return result.Pairs!;
    }

    private static RankedResult Read(ReadOnlySpan<byte> bytes, CountingMethod method)
    {
        using var stream = new MemoryStream(bytes.ToArray());
        var file = BallotFile.Open(stream, method);
        var count = BallotCount.Create(new CountRules { Method = method, Seats = file.Seats }, file.OptionCount);
        file.CountInto(count);
        return count.Result([.. file.Options.Select(name => new RankedOption(name))]);
    }
}
