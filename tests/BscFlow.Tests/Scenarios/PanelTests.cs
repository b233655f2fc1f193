using BscFlow.GraphEmulator;
using BscFlow.Tests.Votes;
using BscFlow.Votes;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Ballots;

namespace BscFlow.Tests.Scenarios;

/// <summary>A panel of six scores eight proposals over a week, and the budget pays for two and a part of a third.</summary>
public sealed class PanelTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private VoteRun _run = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _run = await VoteRun.StartAsync(azurite);

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact]
    public async Task A_panel_scores_proposals_by_mail_and_the_budget_is_cut()
    {
        var motion = await _run.OpenAsync(new MotionDraft
        {
            Id = "2025-07-grants",
            Title = "Research grants of 2025",
            Text = "Score each proposal from 0 to 10.",
            Rule = "ordinary",
            Options = new OptionVote
            {
                Kind = BallotKind.Score,
                Method = CountingMethod.Score,
                Budget = 100_000,
                Options =
                [
                    Proposal("Formal model of the verifier", 45_000),
                    Proposal("Fuzzing harness", 40_000),
                    Proposal("Tracing course", 30_000, recused: "lev"),
                    Proposal("Energy measurements", 20_000),
                    Proposal("Scheduler study", 50_000),
                    Proposal("Memory model", 35_000),
                    Proposal("Signed programs", 60_000),
                    Proposal("Windows port survey", 15_000),
                ],
            },
        });
        Assert.Contains("A. Formal model of the verifier, 45,000", Text("ida@holm.example"), StringComparison.Ordinal);
        Assert.Contains("while 100,000 pays for them.", Text("ida@holm.example"), StringComparison.Ordinal);

        _run.Answer("tessa@quill.example", "A: 9\nA strong team,\nand a plan.\nB: 8\nC: 7\nD: 5\nE: 4\nF: 6\nG: 2\nH: 3");
        _run.Answer("oren@vale.example", "A 8, B 9, C 6, D 5, E 4, F 6, G 3, H 2", ReplyStyle.BottomPost);
        _run.Answer("abel@ngo.example", "Formal model: 7\nFuzzing: 7");
        await _run.CollectAsync();
        await _run.AdvanceAsync(TimeSpan.FromDays(2));
        _run.Answer("mia@berg.example", "A 9, B 8, C 8, D 4, E 5, F 7, G 2, H 1");

        // Lev's own proposal: what he says of it counts for nothing.
        _run.Answer("lev@sand.example", "A: 6\nB: 7\nC: 10\nD: 6");
        var unclear = await _run.CollectAsync();
        await _run.AdvanceAsync(TimeSpan.FromDays(1));
        _run.Answer("abel@ngo.example", "I like all of them");
        unclear.AddRange(await _run.CollectAsync());
        await _run.SettleAsync();
        Assert.IsType<Casting.Unclear>(unclear[^1]!.Casting);
        Assert.Contains("gives no option a score", Text("abel@ngo.example"), StringComparison.Ordinal);
        Assert.Contains("Formal model of the verifier 7, Fuzzing harness 7", Text("abel@ngo.example"), StringComparison.Ordinal);
        _run.Answer("ida@holm.example", "A: 8\nB: 8\nC: 7\nF: 5");
        await _run.CollectAsync();
        await _run.AdvanceAsync(TimeSpan.FromDays(5));

        Assert.Equal(MotionState.Carried, (await _run.MotionAsync(motion.Id)).State);
        var tally = await _run.TallyAsync(motion.Id);
        Assert.Equal(6, tally.For);
        Assert.Equal("A strong team,\nand a plan.", tally.Ballots.Single(ballot => ballot.Voter == "tessa").Assessments![0]);
        Assert.Equal("6,7,?,6,?,?,?,?", tally.Ballots.Single(ballot => ballot.Voter == "lev").Marks);

        // Sums 47 of 6, 47 of 6, 28 of 4; A and B tie, and nothing hangs on it.
        var told = Text("lev@sand.example");
        Assert.Contains("win, in this order, of 6 ballots.", told, StringComparison.Ordinal);
        Assert.Contains("Tracing course costs 30,000, and 15,000 of the budget is left.", told, StringComparison.Ordinal);
        Assert.Contains("Lev Sand took no part in Tracing course.", told, StringComparison.Ordinal);
        Assert.Contains("Mia Berg: Formal model of the verifier 9, Fuzzing harness 8", told, StringComparison.Ordinal);
        Assert.Empty((await _run.VerifyAsync()).Faults);
    }

    private string Text(string address) => _run.Host.Messages(address)[^1].Text;

    private static MotionOption Proposal(string name, decimal cost, params string[] recused) =>
        new(name, new Uri($"https://grants.example/{name.Replace(' ', '-')}"), cost, Proposer: null, Affiliation: null, recused);
}
