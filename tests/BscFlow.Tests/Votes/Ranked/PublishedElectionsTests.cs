using System.Text.Json;
using BscFlow.Tests.Local.Commands;

namespace BscFlow.Tests.Votes.Ranked;

/// <summary>Real elections come out as they were published.</summary>
public sealed class PublishedElectionsTests
{
    [Fact]
    public async Task Kubernetes_2017_in_its_whole_order_and_with_its_cap()
    {
        string[] order =
        [
            "Derek Carr", "Michelle Noorali", "Phillip Whitrock", "Michael Rubin", "Timothy St. Clair", "Quinton Hoole",
            "Aaron Crickenberger", "Caleb Miles", "Jaice Singer DuMars", "Kris Nova", "Justin Santa Barbara", "Alex Pollitt",
            "Sebastien Goasguen", "Ihor Dvoretskyi", "Adnan Abdulhussein", "Ilya Dmitrichenko", "Matt Farina",
            "Aaron Schlesinger", "Rob Hirschfeld", "Doug Davis",
        ];
        var file = SharedData.Require("elections/kubernetes-steering-2017.csv");
        var table = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            table,
            "name,affiliation\nPhillip Whitrock,Google\nMichael Rubin,Google\nDerek Carr,Red Hat\n",
            TestContext.Current.CancellationToken);

        using var result = await TallyAsync(
            file, "--method", "schulze", "--seats", "6", "--cap", "affiliation=1", "--options", table);
        File.Delete(table);

        Assert.Equal(order, Names(result, "order"));
        Assert.Equal(order.Take(3).Concat(order.Skip(4).Take(3)), Names(result, "winners"));
        Assert.Empty(result.RootElement.GetProperty("ties").EnumerateArray());
    }

    [Theory]
    [InlineData(
        "2019",
        "Paris Pittman (@parispittman)",
        "Nikhita Raghunath (@nikhita)",
        "Christoph Blecker (@cblecker)",
        "Derek Carr (@derekwaynecarr)")]
    [InlineData("2021", "parispittman", "justaugustus", "cblecker", "tpepper")]
    public async Task Kubernetes_winners(string year, params string[] winners)
    {
        var file = SharedData.Require($"elections/kubernetes-steering-{year}.csv");

        using var result = await TallyAsync(file, "--method", "schulze", "--seats", "4");

        Assert.Equal(winners, Names(result, "winners"));
    }

    [Fact]
    public async Task Debian_2006_in_its_whole_order_with_its_tie()
    {
        var file = SharedData.Require("elections/debian-leader-2006.txt");

        using var result = await TallyAsync(file, "--method", "schulze", "--seats", "1");

        var options = Names(result, "options").ToList();
        Assert.Equal([4, 3, 1, 5, 7, 8, 2, 6], Names(result, "order").Select(name => options.IndexOf(name) + 1));
        Assert.Equal(["Anthony Towns"], Names(result, "winners"));
        var tie = Assert.Single(result.RootElement.GetProperty("ties").EnumerateArray());
        Assert.Equal("""["Jeroen van Wolffelaar","Andreas Schuldei"]""", JsonSerializer.Serialize(tie.GetProperty("options")));
        Assert.Equal(421, result.RootElement.GetProperty("ballots").GetInt32());
    }

    private static async Task<JsonDocument> TallyAsync(params string[] arguments)
    {
        var typed = await Typed.RunAsync(["tally", .. arguments, "--json"]);
        Assert.Equal((0, ""), (typed.ExitCode, typed.Error));
        return JsonDocument.Parse(typed.Output);
    }

    private static IEnumerable<string?> Names(JsonDocument result, string property) =>
        result.RootElement.GetProperty(property).EnumerateArray().Select(name => name.GetString());
}
