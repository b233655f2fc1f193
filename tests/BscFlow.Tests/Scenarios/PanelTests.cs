using System.Net;
using BscFlow.GraphEmulator;
using BscFlow.Tests.Local.Commands;
using BscFlow.Tests.Votes.Tallies;
using BscFlow.Tests.Web;

namespace BscFlow.Tests.Scenarios;

/// <summary>
/// A panel of six, the sample committee, scores eight proposals over a week, and the budget pays for two and a part of a third;
/// in a run as a person starts it.
/// </summary>
public sealed class PanelTests : SixMembersRun
{
    private const string Motion = "2025-10-research-grants-of-2025";

    private const string Proposals = """
        name,cost,recused
        Formal model of the verifier,45000,
        Fuzzing harness,40000,
        Tracing course,30000,Alexei Starovoitov
        Energy measurements,20000,
        Scheduler study,50000,
        Memory model,35000,
        Signed programs,60000,
        Windows port survey,15000,
        """;

    [Fact]
    public async Task A_panel_scores_proposals_by_mail_and_the_budget_is_cut()
    {
        using var browser = new PageClient(Run.Process.Addresses.Site);
        using var entered = await browser.GetAsync($"/desk/enter?key={Run.Process.Addresses.DeskKey}");
        await OpenAsync(browser);
        await Run.AdvanceAsync("PT5M", Cancel);
        Assert.Contains("A. Formal model of the verifier, 45,000", Text(Alan), StringComparison.Ordinal);
        Assert.Contains("while 100,000 pays for them.", Text(Alan), StringComparison.Ordinal);

        Answer(Brendan, "A: 9\nA strong team,\nand a plan.\nB: 8\nC: 7\nD: 5\nE: 4\nF: 6\nG: 2\nH: 3");
        Answer(Daniel, "A 8, B 9, C 6, D 5, E 4, F 6, G 3, H 2", ReplyStyle.BottomPost);
        Answer(Kp, "Formal model: 7\nFuzzing: 7");
        await Run.AdvanceAsync("P2D", Cancel);
        Answer(Joe, "A 9, B 8, C 8, D 4, E 5, F 7, G 2, H 1");

        // Alexei's own proposal: what he says of it counts for nothing.
        Assert.Contains("You take no part in Tracing course: what you say", Text(Alexei), StringComparison.Ordinal);
        Answer(Alexei, "A: 6\nB: 7\nC: 10\nD: 6");
        Answer(Kp, "I like all of them");
        await Run.AdvanceAsync("P1D", Cancel);
        Assert.Contains("gives no option a score", Text(Kp), StringComparison.Ordinal);
        Assert.Contains("Formal model of the verifier 7, Fuzzing harness 7", Text(Kp), StringComparison.Ordinal);
        await EnterAsync(browser);
        await Run.AdvanceAsync("P5D", Cancel);

        // Sums 47 of 6, 47 of 6, 28 of 4; A and B tie, and nothing hangs on it.
        var told = Text(Alexei).Replace('\n', ' ');
        Assert.Contains("win, in this order, of 6 ballots.", told, StringComparison.Ordinal);
        Assert.Contains("Tracing course costs 30,000, and 15,000 of the budget is left.", told, StringComparison.Ordinal);
        Assert.Contains("Alexei Starovoitov took no part in Tracing course.", told, StringComparison.Ordinal);
        Assert.Contains("Joe Stringer: Formal model of the verifier 9, Fuzzing harness 8", told, StringComparison.Ordinal);

        using var reader = new HttpClient { BaseAddress = Run.Process.Addresses.Site };
        var tally = await WholeTally.ReadAsync(await reader.GetByteArrayAsync($"/bsc/motions/{Motion}/tally.json", Cancel));
        Assert.Equal(6, tally.For);
        Assert.Equal("A strong team,\nand a plan.", tally.Ballots.Single(ballot => ballot.Voter == "brendan").Assessments![0]);
        Assert.Equal("6,7,?,6,?,?,?,?", tally.Ballots.Single(ballot => ballot.Voter == "alexei").Marks);
        Assert.Equal("8,8,7,?,?,5,?,?", tally.Ballots.Single(ballot => ballot.Voter == "alan").Marks);
        Assert.Equal(0, (await Typed.RunAsync("verify", "--storage", Run.Azurite.ConnectionString)).ExitCode);
    }

    private static async Task OpenAsync(PageClient browser)
    {
        const string motions = "/desk/bsc/motions";
        using var opened = await browser.PressAsync(
            motions,
            await browser.PageAsync(motions),
            "Open the motion",
            ("title", "Research grants of 2025"),
            ("text", "Score each proposal from 0 to 10."),
            ("options.table", Proposals),
            ("options.kind", "Score"),
            ("options.budget", "100000"));
        Assert.Equal($"{motions}/{Motion}?done=MotionOpened", opened.Headers.Location?.OriginalString);
    }

    /// <summary>Alan is on the phone with the secretary, who types what he says as he would in a mail.</summary>
    private async Task EnterAsync(PageClient browser)
    {
        const string motion = $"/desk/bsc/motions/{Motion}";
        using var unclear = await browser.PressAsync(
            motion,
            await browser.PageAsync(motion),
            "Enter the ballot",
            ("voter", "alan"),
            ("said", "A is fine"),
            ("source", "Phone"),
            ("note", "He rang."));
        Assert.Equal(HttpStatusCode.BadRequest, unclear.StatusCode);
        using var entered = await browser.PressAsync(
            motion, await PageClient.ReadAsync(unclear), "Enter the ballot", ("said", "A: 8\nB: 8\nC: 7\nF: 5"));
        Assert.Equal(HttpStatusCode.Found, entered.StatusCode);
        await Run.AdvanceAsync("PT1M", Cancel);
        Assert.Contains(
            Run.Graph.Messages(Alan),
            mail => mail.Text
                .Replace('\n', ' ')
                .Contains("The secretary entered it; you said it on the phone", StringComparison.Ordinal));
    }

    private string Text(string address) => Last(address).Text;
}
