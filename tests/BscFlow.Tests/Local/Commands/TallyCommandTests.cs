using System.Text.Json;
using BscFlow.Votes.Ranked;

namespace BscFlow.Tests.Local.Commands;

public sealed class TallyCommandTests : IDisposable
{
    private const string Ballots = """
        "Ada (Northlight) [40,000]","Cy (Northlight) [35,000]","Eve (Tidewater) [45,000]"
        1,2,3
        1,3,2
        2,1,3

        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_result_is_printed_with_what_it_hangs_on()
    {
        var typed = await TallyAsync("--method", "schulze", "--budget", "100000", "--cap", "affiliation=1", "--fill");

        Assert.Equal(
            """
            Schulze, 3 ballots
            *   1. Ada (Northlight) [40,000]
                2. Cy (Northlight) [35,000]
            *   3. Eve (Tidewater) [45,000]
            Cy (Northlight) [35,000] Northlight holds the seats that it may hold.

            """,
            typed.Output.ReplaceLineEndings("\n"));
        Assert.Equal((0, ""), (typed.ExitCode, typed.Error));
    }

    [Theory]
    [InlineData("score", "Score, 2 ballots\n*   1. A: 7.5 on average of 2\n    2. B: 7 on average of 1\n")]
    [InlineData("approval", "Approval, 2 ballots\n*   1. A: 2 of 2\n    2. B: 1 of 2\n")]
    public async Task A_sum_says_of_how_many_it_is_and_scores_say_their_mean(string method, string expected)
    {
        var typed = await Typed.RunAsync("tally", await WriteAsync("A,B\n9,7\n6,no opinion\n"), "--method", method);

        Assert.Equal(expected, typed.Output.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("schulze", "pairs", """[[0,2,3],[1,0,2],[0,1,0]]""")]
    [InlineData(
        "score",
        "totals",
        """
        [{"option":"Ada (Northlight) [40,000]","total":4,"ballots":3},
         {"option":"Cy (Northlight) [35,000]","total":6,"ballots":3},
         {"option":"Eve (Tidewater) [45,000]","total":8,"ballots":3}]
        """)]
    public async Task As_JSON_it_holds_the_count(string method, string property, string expected)
    {
        var typed = await TallyAsync("--method", method, "--json");

        using var json = JsonDocument.Parse(typed.Output);
        Assert.Equal((method, 1, 3), (
            json.RootElement.GetProperty("method").GetString(),
            json.RootElement.GetProperty("seats").GetInt32(),
            json.RootElement.GetProperty("ballots").GetInt32()));
        using var said = JsonDocument.Parse(expected);
        Assert.True(JsonElement.DeepEquals(said.RootElement, json.RootElement.GetProperty(property)));
    }

    [Theory]
    [InlineData("stv", "1.500000001", "2.000000000")]
    [InlineData("scottish", "2.00000", "2.00000")]
    [InlineData("irv", null, "2")]
    public async Task Rounds_have_all_their_places(string method, string? quota, string votes)
    {
        var typed = await TallyAsync("--method", method, "--seats", "1", "--json");

        using var json = JsonDocument.Parse(typed.Output);
        var round = json.RootElement.GetProperty("rounds")[0];
        Assert.Equal(quota is not null, round.TryGetProperty("quota", out var said));
        Assert.Equal(quota, quota is null ? null : said.GetRawText());
        Assert.Equal(votes, round.GetProperty("votes").GetProperty("Ada (Northlight) [40,000]").GetRawText());
    }

    [Fact]
    public async Task The_help_names_every_method()
    {
        var help = (await Typed.RunAsync("tally", "--help")).Output;

        Assert.All(
            Enum.GetNames<CountingMethod>(),
            method => Assert.Contains(method.ToLowerInvariant(), help, StringComparison.Ordinal));
        Assert.Contains("needed for ballots", help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--method: say how to count: schulze, stv, scottish, approval, score, irv.")]
    [InlineData("--floor: no option is called \"None\"", "--method", "irv", "--floor", "None")]
    [InlineData("--chair: no option is called \"Zed\"", "--method", "irv", "--chair", "Zed > Ada")]
    [InlineData("--lot and --chair are two ways to decide ties; give one. See bscflow --help.", "--lot", "1", "--chair", "Ada")]
    [InlineData("--cap: give affiliation=K, with a number from 0. See bscflow --help.", "--method", "irv", "--cap", "Northlight")]
    [InlineData("--quorum: give a number from 0. See bscflow --help.", "--method", "irv", "--quorum=-5")]
    [InlineData("--budget: a count that transfers votes needs --seats too.", "--method", "stv", "--budget", "100000")]
    [InlineData("--receipt: only the tally.json of a secret vote has receipts.", "--method", "irv", "--receipt", "abcd")]
    [InlineData(
        "--chair: \"Eve (Tidewater) [45,000]\" is missing, and the chair decides only between options that the order names",
        "--method", "irv", "--chair", "Cy (Northlight) [35,000] > Ada (Northlight) [40,000]")]
    [InlineData("--seats: give a number above 0. See bscflow --help.", "--method", "irv", "--seats", "0")]
    [InlineData("--seats: give a number above 0. See bscflow --help.", "--method", "irv", "--seats", "two")]
    [InlineData("--seats: give a number above 0. See bscflow --help.", "--method", "irv", "--seats", "1.5")]
    [InlineData("--seats: give a number above 0. See bscflow --help.", "--method", "irv", "--seats", "99999999999")]
    [InlineData("--budget: give an amount. See bscflow --help.", "--method", "irv", "--budget", "x")]
    [InlineData("--quorum: give a number from 0. See bscflow --help.", "--method", "irv", "--quorum", "-1")]
    [InlineData("--method: say how to count: schulze, stv, scottish, approval, score, irv. See bscflow --help.", "--method", "condorcet")]
    public async Task Wrong_use_is_one_line(string line, params string[] arguments)
    {
        var typed = await TallyAsync(arguments);

        Assert.Equal((2, "", $"bscflow: {line}{Environment.NewLine}"), (typed.ExitCode, typed.Output, typed.Error));
    }

    [Theory]
    [InlineData("A,B\n1,2\n1,2x\n", ":3: \"2x\" for B (column 2) is neither a whole number from 1 to 1000000000 nor words")]
    [InlineData("A,B\n", ": it holds no ballots")]
    [InlineData("", ": it is empty")]
    public async Task A_file_that_cannot_be_counted_is_one_line_with_its_place(string text, string what)
    {
        var file = await WriteAsync(text);

        var typed = await Typed.RunAsync("tally", file, "--method", "schulze");

        Assert.Equal((2, "", $"bscflow: {file}{what}{Environment.NewLine}"), (typed.ExitCode, typed.Output, typed.Error));
    }

    [Theory]
    [InlineData("name,affiliation\nA,X\nC,Y\n", ": \"C\" is no option of the ballots")]
    [InlineData("name,affiliation\nA,X\n", ": the option \"B\" of the ballots is missing")]
    [InlineData("name,affiliation\nA,X\nB,Y\nA,Y\n", ":4: \"A\" stands twice")]
    [InlineData("name,affiliation\nA,X\n,Y\n", ":3: it has no name")]
    [InlineData("name,affiliation,cost\nA,X,\"12,5\"\nB,Y,3\n", ":2: \"12,5\" is no cost")]
    public async Task What_is_said_of_options_is_said_of_those_on_the_ballots(string table, string what)
    {
        var file = await WriteAsync("A,B,None of the above\n1,2,3\n");
        var options = Path.Combine(_folder.Path, "options.csv");
        await File.WriteAllTextAsync(options, table, TestContext.Current.CancellationToken);

        var typed = await Typed.RunAsync(
            "tally", file, "--method", "schulze", "--cap", "affiliation=1", "--budget", "9", "--options", options);

        Assert.Equal((2, $"bscflow: {options}{what}{Environment.NewLine}"), (typed.ExitCode, typed.Error));
    }

    [Fact]
    public async Task Ranks_are_not_counted_as_scores()
    {
        var file = await WriteAsync("2 1\n1 1 2 0\n0\n\"A\"\n\"B\"\n");

        var typed = await Typed.RunAsync("tally", file, "--method", "score");

        Assert.Equal($"bscflow: {file}: it holds ranks, and --method score counts scores{Environment.NewLine}", typed.Error);
    }

    [Fact]
    public async Task No_cap_is_kept_without_affiliations()
    {
        var file = await WriteAsync("A,B\n1,2\n");

        var typed = await Typed.RunAsync("tally", file, "--method", "schulze", "--cap", "affiliation=1");

        Assert.Equal(
            $"bscflow: --cap: no option has an affiliation; give them with --options FILE{Environment.NewLine}", typed.Error);
    }

    private async Task<Typed> TallyAsync(params string[] arguments) =>
        await Typed.RunAsync(["tally", await WriteAsync(Ballots), .. arguments]);

    private async Task<string> WriteAsync(string text)
    {
        var path = Path.Combine(_folder.Path, "ballots.csv");
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        return path;
    }
}
