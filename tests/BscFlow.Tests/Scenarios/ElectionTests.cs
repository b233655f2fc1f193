using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using BscFlow.Tests.Local.Commands;
using BscFlow.Tests.Votes.Tallies;
using BscFlow.Tests.Web;

namespace BscFlow.Tests.Scenarios;

/// <summary>An election with a thousand imported voters and a secret sheet, in a run as a person starts it.</summary>
public sealed class ElectionTests : IAsyncLifetime
{
    private const int Voters = 1_000;
    private const int Voting = 150;
    private const string Motion = "2025-10-election-of-two-members";

    /// <summary>In front of the others, and without a mailbox.</summary>
    private const string Gone = "voter0@contributors.example";

    private const string Found = "voter-zero@contributors.example";

    private static readonly DateTimeOffset Begin = new(2025, 10, 20, 16, 0, 0, TimeSpan.Zero);

    private static readonly string[] Addresses =
        [.. Enumerable.Range(0, Voters).Select(voter => $"voter{voter}@contributors.example")];

    private static readonly string[] Ballots =
        ["1. Ada Bell\n2. Cy Dorn\n3. Eve Foss\n4. None of the above", "B > A > C", "C > B > A\nno opinion: D", "A > B = C > D"];

    private CommitteeRun _run = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _run = await CommitteeRun.StartAsync(
            Begin, mailKept: null, Cancel, sample: "bsc", others: Addresses.Where(address => address != Gone).Append(Found));

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact]
    public async Task An_election_with_a_thousand_imported_voters_runs_to_a_sheet_on_which_each_finds_their_own_line()
    {
        await OpenAsync();
        Assert.InRange(Called(), 1, 29);
        for (var minutes = 0; minutes < 40; minutes += 10)
        {
            await _run.AdvanceAsync("PT10M", Cancel);
        }

        Assert.Equal(Voters - 1, Called());
        await CorrectAsync();

        // Most vote by mail, one on their page, and one changes their mind.
        for (var voter = 2; voter < Voting - 1; voter++)
        {
            Answer(Addresses[voter], Ballots[voter % Ballots.Length]);
        }

        Answer(Addresses[1], "Cy > Ada > Eve");
        await VoteOnThePageAsync(Addresses[Voting]);
        await _run.AdvanceAsync("PT10M", Cancel);
        Answer(Addresses[1], "Ada Bell > Eve Foss");
        await _run.AdvanceAsync("PT10M", Cancel);
        var receipt = _run.Graph.Messages(Addresses[1])[^1].Text.Replace('\n', ' ');
        Assert.Contains("1. Ada Bell, 2. Eve Foss", receipt, StringComparison.Ordinal);
        Assert.Contains("It replaces your vote of", receipt, StringComparison.Ordinal);
        var word = receipt.Split("Your secret word is ")[1][..19];

        // The deadline, and a day later what is stored of each ballot is destroyed.
        await _run.AdvanceAsync("P3D", Cancel);
        await _run.AdvanceAsync("P4D", Cancel);
        using var reader = new HttpClient { BaseAddress = _run.Process.Addresses.Site };
        var page = await reader.GetStringAsync($"/bsc/motions/{Motion}.html", Cancel);
        Assert.Contains("Ada Bell and Eve Foss win, in this order, of 150 ballots.", page, StringComparison.Ordinal);
        Assert.Contains("Cy Dorn Northlight holds the seats that it may hold.", page, StringComparison.Ordinal);
        await _run.AdvanceAsync("P2D", Cancel);

        // The sheet says neither who was asked nor who voted how.
        var file = await reader.GetByteArrayAsync($"/bsc/motions/{Motion}/tally.json", Cancel);
        var tally = await WholeTally.ReadAsync(file);
        Assert.Equal((Voting, 0, Voters - Voting), (tally.Receipts.Count, tally.Ballots.Count, tally.Silent));
        Assert.DoesNotContain("oter 7", Encoding.UTF8.GetString(file), StringComparison.Ordinal);
        Assert.DoesNotContain("@contributors.example", Encoding.UTF8.GetString(file), StringComparison.Ordinal);

        var verified = await Typed.RunAsync("verify", "--storage", _run.Azurite.ConnectionString);
        Assert.Equal((0, ""), (verified.ExitCode, verified.Error));
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "tally.json");
        await File.WriteAllBytesAsync(path, file, Cancel);
        var found = await Typed.RunAsync("tally", path, "--receipt", word);
        var strange = await Typed.RunAsync("tally", path, "--receipt", "abcd-efgh-ijkl-mnop");
        Assert.Equal(0, found.ExitCode);
        Assert.Contains("your ballot is on it: 1. Ada Bell, 2. Eve Foss", found.Output, StringComparison.Ordinal);
        Assert.Equal((1, true), (strange.ExitCode, strange.Output.Contains("no line of it", StringComparison.Ordinal)));
        Assert.DoesNotContain(
            _run.Graph.Messages(_run.Charter.Mailbox, "sentitems"), mail => mail.Text.Contains(word, StringComparison.Ordinal));
    }

    private async Task OpenAsync()
    {
        var voters = new StringBuilder("name,email\n");
        foreach (var (number, address) in Addresses.Index())
        {
            voters.Append(CultureInfo.InvariantCulture, $"Voter {number},{address}\n");
        }

        using var opened = await _run.SendAsync(
            HttpMethod.Post,
            "motions",
            JsonContent.Create(new
            {
                title = "Election of two members",
                text = "Rank the nominees.",
                secret = true,
                deadline = "2025-10-27T09:00",
                voters = voters.ToString(),
                options = new
                {
                    kind = "Ranked",
                    seats = 2,
                    cap = 1,
                    table = "name,affiliation\nAda Bell,Northlight\nCy Dorn,Northlight\nEve Foss,Tidewater\nNone of the above,\n",
                },
            }),
            over: null,
            Cancel);
        Assert.True(opened.IsSuccessStatusCode, await opened.Content.ReadAsStringAsync(Cancel));
        await _run.AdvanceAsync("PT1S", Cancel);
    }

    /// <summary>One call came back; its address is corrected on the desk.</summary>
    private async Task CorrectAsync()
    {
        using var browser = new PageClient(_run.Process.Addresses.Site);
        using var entered = await browser.GetAsync($"/desk/enter?key={_run.Process.Addresses.DeskKey}");
        const string calls = $"/desk/bsc/motions/{Motion}/calls";
        var page = await browser.PageAsync(calls);
        Assert.Equal(["1,000 of 1,000", "0", "1", "0", "0"], page.QuerySelectorAll("dd").Select(value => value.TextContent));
        Assert.Contains(
            $"Voter 0, {Gone},",
            string.Join(' ', page.QuerySelector("main li p")!.TextContent.Split()),
            StringComparison.Ordinal);

        using var called = await browser.PressAsync(calls, page, "Call again", ("address", Found));
        Assert.Equal(System.Net.HttpStatusCode.Found, called.StatusCode);
        await _run.AdvanceAsync("PT1S", Cancel);
        Assert.StartsWith(
            "Vote: Election of two members", Assert.Single(_run.Graph.Messages(Found)).Subject, StringComparison.Ordinal);
        Assert.Contains("No mail has come back.", (await browser.PageAsync(calls)).Body!.TextContent, StringComparison.Ordinal);
        Answer(Found, "A > B > C");
    }

    private async Task VoteOnThePageAsync(string address)
    {
        using var browser = new PageClient(_run.Process.Addresses.Site);
        var path = VoteWalkTests.Link().Match(_run.Graph.Messages(address)[0].Html!).Value;
        var page = await browser.PageAsync(path);
        using var voted = await browser.PressAsync(
            path, page, "Vote", [.. Enumerable.Range(0, 4).SelectMany(option => ((string, string)[])
            [
                ("option", option.ToString(CultureInfo.InvariantCulture)),
                ("mark", (option + 1).ToString(CultureInfo.InvariantCulture)),
            ])]);
        Assert.Equal(System.Net.HttpStatusCode.Found, voted.StatusCode);
    }

    private int Called() => Addresses.Where(address => address != Gone).Count(address => _run.Graph.Messages(address).Count > 0);

    private void Answer(string address, string text) =>
        _run.Graph.As(address).Reply(_run.Graph.Messages(address).Last(mail => mail.ReplyTo.Count > 0).Id, text);
}
