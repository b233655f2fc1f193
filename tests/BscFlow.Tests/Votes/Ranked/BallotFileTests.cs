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
    [InlineData("A,B\n1,2,3\n", 2, "there is \"3\" in column 3, which has no name")]
    [InlineData("A,B\n1,2x\n", 2, "\"2x\" for B (column 2) is neither a whole number from 1 to 1000000000 nor words")]
    [InlineData("A,B\n1,-2\n", 2, "\"-2\" for B (column 2) is neither a whole number from 1 to 1000000000 nor words")]
    [InlineData("A,B\n1.5,2\n", 2, "\"1.5\" for A (column 1) is neither a whole number from 1 to 1000000000 nor words")]
    [InlineData("A,B\n1,9999999999\n", 2, "\"9999999999\" for B (column 2) is neither a whole number from 1 to 1000000000 nor words")]
    [InlineData("A,B\n1,2\n1,0\n", 3, "\"0\" for B (column 2) is no rank; the best one is 1")]
    [InlineData("A,B\n1,2\n\"0\",1\n", 3, "\"0\" for A (column 1) is no rank; the best one is 1")]
    [InlineData("A,B\n1,0th\n", 2, "\"0th\" for B (column 2) is neither a whole number from 1 to 1000000000 nor words")]
    [InlineData("A,B\n", 0, "it holds no ballots")]
    [InlineData("A,B\n,\n , \n", 0, "it holds no ballots")]
    [InlineData("A,B\r1,2\r2,1\r", 1, "its lines end with CR alone; save it with line ends LF or CR LF")]
    [InlineData("A,B\n1,\"2\n3,4\n", 2, "a quote that opens here is not closed")]
    [InlineData("Option 1--->: A\nV: 1\nV: 12\n", 3, "it ranks 2 options, and there are 1")]
    [InlineData("  Option 1--->: A\n /\nV: !  hash\n", 3, "\"!\" is no rank")]
    [InlineData("2 1\n1 1 3 0\n0\n", 2, "\"3\" is no number from 1 to 2")]
    [InlineData("2 1\n1 1 1 0\n0\n", 2, "it ranks 1 twice")]
    [InlineData("2 1\n1 1 2 0\n", 2, "it ends without a 0 after the ballots")]
    [InlineData("2 1\n1 1 2\n", 2, "its last ballot does not end with 0")]
    [InlineData("2 1\n1 1 0 0 1 2 0\n", 2, "behind the 0 that ends the ballots stands \"1\"")]
    [InlineData("2 1\n1 1 0\n\"A\"\n\"B\"\n", 3, "the names begin without a 0 after the ballots")]
    [InlineData("2 1\n1 1 0\n0\n\"A\"\n", 4, "it names 1 options, and there are 2")]
    [InlineData("3 1\n1 1 0\n0\n\"A\"\nB\n", 5, "a name does not stand in quotes, and there is not a line for each option")]
    [InlineData("1 1\n1 1 0\n0\n\"A\"\n\"B\"\n\"C\"\n\"D\"\n\"E\"\n\"F\"\n", 8, "it names 5 options, and there are 1")]
    [InlineData("2,1,\n1,1,3,\n\"Candidate 1\",\"A\",\"P\",\n", 2, "\"3\" is no number from 1 to 2")]
    [InlineData("3,1,\n1,1,3,\n\"Candidate 1\",\"A\",\"P\",\n", 3, "it names 1 options, and there are 3")]
    [InlineData("1,2\n2,1\n", 1, "the first row holds numbers; it should name the options")]
    [InlineData("2 1\n[nick a b c]\n1 a 0\n0\n", 2, "it gives 3 nicknames to 2 options, or one twice")]
    [InlineData("2000000000 1\n0\n", 1, "\"2000000000\" is no number from 1 to 250")]
    [InlineData("# ALTERNATIVE NAME 1: A\n# ALTERNATIVE NAME 2: B\n1: {2,1\n", 3, "\"{2,1\" is no order like 3,{1,4},2")]
    [InlineData("# ALTERNATIVE NAME 1: A\n# ALTERNATIVE NAME 3: B\n1: 1\n", 3, "its alternatives are not numbered from 1")]
    [InlineData("# ALTERNATIVE NAME 1: A\n1,2\n", 2, "it is no line \"voters: order\"")]
    [InlineData("# ALTERNATIVE NAME 1: A\n2000000000: 1\n", 2, "\"2000000000\" is no number from 0 to 1000000000")]
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
    public void A_PrefLib_file_has_weights_and_ties()
    {
        var text = """
            # FILE NAME: 1.toi
            # ALTERNATIVE NAME 1: Ann
            # ALTERNATIVE NAME 2: Bob
            # ALTERNATIVE NAME 3: Cy
            4: 2,{1,3}
            2: {1}
            0: 3,2,1
            """;

        var pairs = Pairs(text, out var options);

        Assert.Equal(["Ann", "Bob", "Cy"], options);
        Assert.Equal((4, 2, 0, 2), (pairs[1, 0], pairs[0, 1], pairs[2, 0], pairs[0, 2]));
    }

    [Fact]
    public void Ranks_may_be_words_as_forms_write_them()
    {
        var pairs = Pairs("A,B,C\n1st,2nd,3rd\nSecond choice,FIRST,10th place\n1st preference,,undecided\n", out _);

        Assert.Equal((1, 1, 2, 0), (pairs[0, 1], pairs[1, 0], pairs[1, 2], pairs[2, 0]));
    }

    [Fact]
    public void Rows_that_a_spreadsheet_left_blank_are_no_ballots_and_rows_of_words_are()
    {
        var result = Read("A,B\n1,2\n,\n\"\",\" \"\nno opinion,no opinion\n\n"u8, CountingMethod.Schulze);

        Assert.Equal(2, result.Ballots);
    }

    [Fact]
    public void A_score_or_an_approval_may_be_0()
    {
        Assert.Equal([3, 7], Read("A,B\n0,3\n3,4\n"u8, CountingMethod.Score).Totals!.Select(total => total.Total));
        Assert.Equal([1, 0], Read("A,B\n1,0\n"u8, CountingMethod.Approval).Totals!.Select(total => total.Total));
    }

    [Fact]
    public void A_quote_that_is_not_closed_does_not_fill_the_memory()
    {
        var rows = string.Concat(Enumerable.Repeat("1,2\n", 400_000));
        var refusal = Assert.Throws<BallotFormatException>(() =>
            Read(Encoding.UTF8.GetBytes($"A,B\n1,\"5\n{rows}"), CountingMethod.Schulze));

        Assert.Equal((2, "a quote that opens here is not closed within 1048576 bytes"), (refusal.Line, refusal.Message));
    }

    [Theory]
    [InlineData("12000", 12000)]
    [InlineData("12,000", 12000)]
    [InlineData("1,250,000.50", 1250000.50)]
    [InlineData("12 000", 12000)]
    [InlineData("1’200", 1200)]
    public void A_cost_has_its_thousands_parted_or_not(string text, double cost)
    {
        Assert.True(OptionName.TryReadCost(text, out var read));
        Assert.Equal((decimal)cost, read);
    }

    [Theory]
    [InlineData("12,5")]
    [InlineData("1,50")]
    [InlineData("1.000.000")]
    [InlineData("1,000 000")]
    [InlineData("-5")]
    public void A_cost_that_can_be_read_in_two_ways_is_refused(string text)
    {
        Assert.False(OptionName.TryReadCost(text, out _));
        Assert.Contains(
            "is no cost",
            Assert.Throws<FormatException>(() => OptionName.Read($"Ada [{text.Replace("-", "€ ", StringComparison.Ordinal)}k]")).Message,
            StringComparison.Ordinal);
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

    internal static PairMatrix Pairs(string text, out IEnumerable<string> options)
    {
        var result = Read(Encoding.UTF8.GetBytes(text), CountingMethod.Schulze);
        options = result.Options.Select(option => option.Name);
        return result.Pairs!;
    }

    internal static RankedResult Read(ReadOnlySpan<byte> bytes, CountingMethod method)
    {
        using var stream = new MemoryStream(bytes.ToArray());
        var file = BallotFile.Open(stream, method);
        var count = BallotCount.Create(new CountRules { Method = method, Seats = file.Seats }, file.OptionCount);
        file.CountInto(count);
        return count.Result([.. file.Options.Select(name => new RankedOption(name))]);
    }
}
