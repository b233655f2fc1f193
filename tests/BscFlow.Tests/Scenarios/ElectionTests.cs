using System.Text;
using BscFlow.Tests.Local.Commands;
using BscFlow.Tests.Votes;
using BscFlow.Votes;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Ballots;

namespace BscFlow.Tests.Scenarios;

/// <summary>An election with a thousand imported voters and a secret sheet.</summary>
public sealed class ElectionTests(AzuriteFixture azurite)
{
    private const int Voters = 1_000;
    private const int Voting = 300;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_election_with_a_thousand_imported_voters_runs_to_a_sheet_on_which_each_finds_their_own_line()
    {
        string[] addresses = [.. Enumerable.Range(0, Voters).Select(voter => $"voter{voter}@contributors.example")];
        await using var run = await VoteRun.StartAsync(azurite, others: addresses);
        var list = $"name,email\n{string.Join('\n', addresses.Select((address, voter) => $"Voter {voter},{address}"))}\n";
        var motion = await run.OpenAsync(new MotionDraft
        {
            Id = "2025-07-election",
            Title = "Election of two members",
            Text = "Rank the nominees.",
            Rule = "ordinary",
            Secret = true,
            Electorate = ElectorTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(list))),
            Options = new OptionVote
            {
                Kind = BallotKind.Ranked,
                Method = CountingMethod.Schulze,
                Seats = 2,
                Caps = [new SeatCap(null, 1)],
                Options =
                [
                    Nominee("Ada Bell", "Northlight"), Nominee("Cy Dorn", "Northlight"), Nominee("Eve Foss", "Tidewater"),
                    Nominee("None of the above", null),
                ],
            },
        });
        Assert.All(addresses, address => Assert.Single(run.Host.Messages(address)));

        // Most vote on their page, one by mail, and one changes their mind.
        var electors = motion.Electorate.Members;
        string[] marks = ["1,2,3,4", "2,1,3,-", "3,2,1,?", "1,2,2,3"];
        for (var voter = 1; voter < Voting; voter++)
        {
            var token = run.Of<VotingKeys>().PageToken(run.Id, motion.Id, electors[voter].Id);
            var casting = await run.Of<CastBallot>().FromPageAsync(
                token, new PageBallot(Vote.For, null, marks[voter % marks.Length]), $"press-{voter}", Cancel);
            Assert.IsType<Casting.Accepted>(casting);
        }

        run.Answer(addresses[0], "Cy > Ada > Eve");
        Assert.IsType<Casting.Accepted>(Assert.Single(await run.CollectAsync())!.Casting);
        await run.SettleAsync();
        run.Clock.Advance(TimeSpan.FromHours(1));
        run.Answer(addresses[0], "Ada Bell > Eve Foss");
        Assert.IsType<Casting.Accepted>(Assert.Single(await run.CollectAsync())!.Casting);
        await run.SettleAsync();
        var receipt = run.Host.Messages(addresses[0])[^1].Text;
        Assert.Contains("1. Ada Bell, 2. Eve Foss", receipt, StringComparison.Ordinal);
        Assert.Contains("It replaces your vote", receipt, StringComparison.Ordinal);
        await run.AdvanceAsync(TimeSpan.FromDays(9));

        var tally = await run.TallyAsync(motion.Id);
        Assert.Equal(MotionState.Carried, (await run.MotionAsync(motion.Id)).State);
        Assert.Equal((Voting, 0, Voters - Voting), (tally.Receipts.Count, tally.Ballots.Count, tally.Silent));
        Assert.Contains(
            "Ada Bell and Eve Foss win, in this order, of 300 ballots. Cy Dorn Northlight holds the seats that it may hold.",
            run.Host.Messages(addresses[999])[^1].Text,
            StringComparison.Ordinal);

        // The sheet says neither who voted how nor where anybody is written to.
        var file = await run.Of<TallyStore>().ReadFileAsync(await run.MotionAsync(motion.Id), Cancel);
        Assert.DoesNotContain("@contributors.example", Encoding.UTF8.GetString(file.Span), StringComparison.Ordinal);
        Assert.Empty((await run.VerifyAsync()).Faults);

        var path = Path.GetTempFileName();
        await File.WriteAllBytesAsync(path, file, Cancel);
        var word = receipt.Split("Your secret word is ")[1][..19];
        var found = await Typed.RunAsync("tally", path, "--receipt", word);
        var strange = await Typed.RunAsync("tally", path, "--receipt", "abcd-efgh-ijkl-mnop");
        File.Delete(path);
        Assert.Equal(0, found.ExitCode);
        Assert.Contains("your ballot is on it: 1. Ada Bell, 2. Eve Foss", found.Output, StringComparison.Ordinal);
        Assert.Equal((1, true), (strange.ExitCode, strange.Output.Contains("no line of it", StringComparison.Ordinal)));
    }

    private static MotionOption Nominee(string name, string? affiliation) =>
        new(name, Link: null, Cost: 0, Proposer: null, affiliation, Recused: []);
}
