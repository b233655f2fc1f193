using System.Net;
using System.Text.RegularExpressions;
using BscFlow.GraphEmulator;
using BscFlow.Tests.Votes.Tallies;
using BscFlow.Tests.Web;
using BscFlow.Votes;

namespace BscFlow.Tests.Scenarios;

/// <summary>A charter motion of six members, from the form on the desk to the result, in a run as a person starts it.</summary>
public sealed partial class VoteWalkTests : SixMembersRun
{
    /// <summary>Not in office any more, and at a desk of their own.</summary>
    private const string Andrii = "andrii@meta.example";

    private const string Motion = "2025-10-work-by-the-charter-of-1-october";

    [Fact]
    public async Task Six_members_answer_each_in_their_own_way_and_the_result_says_the_right_thing()
    {
        await OpenAsync();

        As(Kp).OutOfOffice("I am away until November. On anything with +1 in it, ask Joe.");
        await Run.AdvanceAsync("PT5M", Cancel);
        Assert.All(
            (string[])[Brendan, Daniel, Kp, Joe, Alexei, Alan],
            member => Assert.StartsWith(
                "Vote: Work by the charter of 1 October", Last(member).Subject, StringComparison.Ordinal));

        Answer(Brendan, "+1");
        Answer(Daniel, "Yes\n\nAt last.", ReplyStyle.BottomPost);
        As(Joe).Forward(Last(Joe).Id, [Andrii], "You know more about this than I do.");
        As(Andrii).Write([Last(Joe).ReplyTo[0]], Last(Joe).Subject, "-1");
        Answer(Alexei, "-1");
        await VoteOnThePageAsync(Alan, "Abstain");
        await Run.AdvanceAsync("PT1H", Cancel);

        Assert.Contains("tried to vote in your name", Last(Joe).Text, StringComparison.Ordinal);
        Answer(Joe, "+1");
        Answer(Alexei, "+1\n\nSection 4 convinced me.");
        await Run.AdvanceAsync("PT1H", Cancel);
        Assert.Contains("against", Last(Alexei).Text, StringComparison.Ordinal);

        await Run.AdvanceAsync("P8D", Cancel);

        var result = Last(Brendan);
        Assert.StartsWith("Result: Work by the charter of 1 October", result.Subject, StringComparison.Ordinal);
        Assert.Contains("Work by the charter of 1 October: carried.", result.Text, StringComparison.Ordinal);
        Assert.Contains(
            "4 for, 0 against, 1 abstained, 1 did not answer. 4 of 6 were needed.", Flow(result.Text), StringComparison.Ordinal);
        Assert.All((string[])[Daniel, Kp, Joe, Alexei, Alan], member => Assert.Equal(result.Subject, Last(member).Subject));

        using var reader = new HttpClient { BaseAddress = Run.Process.Addresses.Site };
        var page = await reader.GetStringAsync($"/bsc/motions/{Motion}.html", Cancel);
        Assert.Contains("Section 4 convinced me.", page, StringComparison.Ordinal);
        Assert.Contains("arried", page, StringComparison.Ordinal);
        var file = await reader.GetByteArrayAsync($"/bsc/motions/{Motion}/tally.json", Cancel);
        var tally = await WholeTally.ReadAsync(file);
        Assert.Equal((Outcome.Carried, 4, 0, 1, 1), (tally.Outcome, tally.For, tally.Against, tally.Abstained, tally.Silent));
        Assert.Equal(
            ["alan Abstain", "alexei For", "brendan For", "daniel For", "joe For"],
            tally.Ballots.Select(ballot => $"{ballot.Voter} {ballot.Vote}"));
    }

    private async Task OpenAsync()
    {
        var site = Run.Process.Addresses.Site;
        using var browser = new PageClient(site);
        using var entered = await browser.GetAsync($"/desk/enter?key={Run.Process.Addresses.DeskKey}");
        const string motions = "/desk/bsc/motions";
        using var opened = await browser.PressAsync(
            motions,
            await browser.PageAsync(motions),
            "Open the motion",
            ("title", "Work by the charter of 1 October"),
            ("text", "The committee works by the charter of 1 October from now on."),
            ("rule", "charter"),
            ("mover", "brendan"),
            ("seconder", "joe"));
        Assert.Equal($"{motions}/{Motion}?done=MotionOpened", opened.Headers.Location?.OriginalString);
    }

    private async Task VoteOnThePageAsync(string member, string vote)
    {
        using var browser = new PageClient(Run.Process.Addresses.Site);
        var path = Link().Match(Last(member).Html!).Value;
        var page = await browser.PageAsync(path);
        using var voted = await browser.PressAsync(path, page, "Vote", ("vote", vote));
        Assert.Equal(HttpStatusCode.Found, voted.StatusCode);
    }

    [GeneratedRegex("/vote/bsc/[a-z2-7]{32}")]
    internal static partial Regex Link();

    /// <summary>The text without its line breaks.</summary>
    private static string Flow(string text) => text.Replace('\n', ' ');
}
