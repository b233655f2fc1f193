using System.Net;
using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Votes;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Mails;
using BscFlow.Votes.Nominations;
using BscFlow.Votes.Opening;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Ballots;
using BscFlow.Votes.Tokens;

namespace BscFlow.Tests.Web;

/// <summary>Votes over options and nominations, on the desk and on a voter's page, without scripts.</summary>
public sealed class OptionWebTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private DeskHost _host = null!;
    private Charter _charter = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await DeskHost.StartAsync(azurite);
        _charter = await _host.AddCommitteeAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_desk_asks_for_nominations_when_only_a_title_a_text_and_a_time_are_given()
    {
        var browser = await _host.EnterAsync();
        var list = $"/desk/{_charter.Id}/nominations";

        using var asked = await browser.PressAsync(
            list,
            await browser.PageAsync(list),
            "Ask for nominations",
            ("title", "Two speakers"),
            ("text", "Who speaks?"),
            ("nominateUntil", "2026-01-12T12:00"),
            ("seats", "2"));

        Assert.Equal($"{list}/2026-01-two-speakers?done=NominationsOpened", asked.Headers.Location?.OriginalString);
        var call = await _host.Get<NominationStore>().FindAsync(_charter.Id, "2026-01-two-speakers", Cancel);
        Assert.Equal((0, 2), (call!.Draft.Options!.Options.Count, call.Draft.Options.Seats));
    }

    [Fact]
    public async Task A_table_of_options_without_a_column_of_names_opens_no_vote()
    {
        var browser = await _host.EnterAsync();
        var list = $"/desk/{_charter.Id}/motions";

        using var refused = await browser.PressAsync(
            list,
            await browser.PageAsync(list),
            "Open the motion",
            ("title", "Grants"),
            ("text", "Rank them."),
            ("options.table", "nom,prix\nAda,3"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.StartsWith(
            "Line 1 of the options: \"nom,prix\" has a comma",
            (await PageClient.ReadAsync(refused)).QuerySelector("#options-error")!.TextContent,
            StringComparison.Ordinal);
        Assert.Empty(await _host.Get<MotionStore>().AllAsync(_charter.Id, Cancel));
    }

    [Theory]
    [InlineData(BallotKind.Ranked, CountingMethod.Schulze, "your ballot: ranks none")]
    [InlineData(BallotKind.Score, CountingMethod.Score, "your ballot: no opinion on Ada and Cy")]
    public async Task A_ballot_on_which_nothing_is_filled_in_is_asked_again_and_counts_when_it_is_pressed_once_more(
        BallotKind kind, CountingMethod method, string said)
    {
        var motion = await OpenAsync(kind, method);
        var voter = motion.Electorate.Asked.First().Id;
        var path = _host.Get<SiteLinks>().Ballot(_charter, _host.Get<VotingKeys>().PageToken(_charter.Id, motion.Id, voter).Reveal()).AbsolutePath;
        var browser = _host.NewBrowser();

        using var asked = await browser.PressAsync(path, await browser.PageAsync(path), "Vote");

        Assert.Equal(HttpStatusCode.BadRequest, asked.StatusCode);
        Assert.Null(await _host.Get<BallotStore>().FindAsync(motion, voter, Cancel));
        var again = await PageClient.ReadAsync(asked);
        Assert.Contains("press the button again", again.QuerySelector("#vote-error")!.TextContent, StringComparison.Ordinal);

        using var handedIn = await browser.PressAsync(path, again, "Vote");

        Assert.Equal(HttpStatusCode.Found, handedIn.StatusCode);
        Assert.Contains(said, (await browser.PageAsync(path)).Body!.TextContent, StringComparison.Ordinal);
    }

    private async Task<Motion> OpenAsync(BallotKind kind, CountingMethod method)
    {
        var draft = new MotionDraft
        {
            Id = "2026-01-speaker",
            Title = "The speaker",
            Text = "Who speaks?",
            Rule = "ordinary",
            Options = new OptionVote { Kind = kind, Method = method, Options = [.. OptionList.Read("Ada\nCy", _charter)] },
        };
        var made = await _host.Get<OpenMotion>().RunAsync(_charter, draft, "test", Cancel);
        await _host.Get<CallForVotes>().RunAsync(_charter, Assert.IsType<MotionChange.Made>(made).Motion.Id, Cancel);
        return (await _host.Get<MotionStore>().FindAsync(_charter.Id, draft.Id, Cancel))!;
    }
}
