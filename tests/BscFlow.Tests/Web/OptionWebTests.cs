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
    public async Task The_desk_takes_the_chairs_order_as_its_form_begins_it_and_says_what_is_wrong_with_another_one()
    {
        var charter = await _host.AddCommitteeAsync(charter => charter with { Elections = new ElectionRules { TieBreak = TieRule.Chair } });
        var now = _host.Clock.GetUtcNow();
        var call = new NominationCall
        {
            Committee = charter.Id,
            Draft = new MotionDraft
            {
                Id = "2026-01-speaker",
                Title = "A speaker",
                Text = "Who speaks?",
                Rule = "ordinary",
                Options = new OptionVote { Kind = BallotKind.Ranked, Method = CountingMethod.Schulze, Options = [] },
            },
            NominateUntil = now.AddDays(-2),
            AnswerUntil = now.AddDays(-1),
            Electorate = Electorate.On(new Roster(charter), charter.DayOf(now)),
            Opened = now.AddDays(-9),
            Called = true,
            AwaitsChair = true,
        };
        var nominations = _host.Get<NominationStore>();
        await nominations.TryAddAsync(call, Cancel);
        foreach (var key in (string[])["one", "two"])
        {
            // Two people of one name.
            await nominations.ChangeAsync(
                charter.Id,
                call.Id,
                key,
                _ => new Nominee(key, "Sam Rye", $"{key}@rye.example", null, ["priya"], NomineeAnswer.Accepted, now.AddDays(-1)),
                Cancel);
        }

        var browser = await _host.EnterAsync();
        var path = $"/desk/{charter.Id}/nominations/{call.Id}";
        var page = await browser.PageAsync(path);
        Assert.Equal("Sam Rye (1)\nSam Rye (2)", page.GetElementById("order")!.TextContent.Trim());

        using var refused = await browser.PressAsync(path, page, "Open the vote", ("order", "Sam Rye (2)"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        page = await PageClient.ReadAsync(refused);
        var field = page.GetElementById("order")!;
        Assert.Equal(("Sam Rye (2)", "order-error"), (field.TextContent.Trim(), field.GetAttribute("aria-describedby")));
        Assert.Contains("leaves out \"Sam Rye (1)\"", page.GetElementById("order-error")!.TextContent, StringComparison.Ordinal);
        Assert.Null(await _host.Get<MotionStore>().FindAsync(charter.Id, call.Id, Cancel));

        using var opened = await browser.PressAsync(path, page, "Open the vote", ("order", "Sam Rye (2)\r\nSam Rye (1)\r\n"));
        Assert.Equal($"/desk/{charter.Id}/motions/{call.Id}?done=OrderKept", opened.Headers.Location?.OriginalString);
        var motion = await _host.Get<MotionStore>().FindAsync(charter.Id, call.Id, Cancel);
        Assert.Equal(["Sam Rye (2)", "Sam Rye (1)"], motion!.Options!.Chair);
        page = await browser.PageAsync(path);
        Assert.Null(page.GetElementById("order"));
        Assert.Contains("opened with 2 of 2 nominees", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
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

    [Theory]
    [InlineData(BallotKind.YesNo, CountingMethod.Approval)]
    [InlineData(BallotKind.Approval, CountingMethod.Approval)]
    [InlineData(BallotKind.Score, CountingMethod.Score)]
    [InlineData(BallotKind.Ranked, CountingMethod.Schulze)]
    public async Task Who_takes_no_part_in_an_option_is_told_so_on_the_page(BallotKind kind, CountingMethod method)
    {
        var motion = await OpenAsync(kind, method, recused: "amara");
        var token = _host.Get<VotingKeys>().PageToken(_charter.Id, motion.Id, "amara");
        var path = _host.Get<SiteLinks>().Ballot(_charter, token.Reveal()).AbsolutePath;
        var browser = _host.NewBrowser();

        var page = await browser.PageAsync(path);
        Assert.Single(page.QuerySelectorAll(".hint"), hint => hint.TextContent == "You take no part in this one.");

        using var voted = await browser.PressAsync(path, page, "Vote");
        Assert.Contains(voted.StatusCode, (HttpStatusCode[])[HttpStatusCode.Found, HttpStatusCode.BadRequest]);
        using var again = voted.StatusCode is HttpStatusCode.Found
            ? voted
            : await browser.PressAsync(path, await PageClient.ReadAsync(voted), "Vote");
        Assert.Equal(HttpStatusCode.Found, again.StatusCode);
    }

    private async Task<Motion> OpenAsync(BallotKind kind, CountingMethod method, string? recused = null)
    {
        var draft = new MotionDraft
        {
            Id = "2026-01-speaker",
            Title = "The speaker",
            Text = "Who speaks?",
            Rule = "ordinary",
            Options = new OptionVote
            {
                Kind = kind,
                Method = method,
                Options = [.. OptionList.Read($"name,recused\nAda,{recused}\nCy,", _charter)],
            },
        };
        var made = await _host.Get<OpenMotion>().RunAsync(_charter, draft, "test", Cancel);
        await _host.Get<CallForVotes>().RunAsync(_charter, Assert.IsType<MotionChange.Made>(made).Motion.Id, Cancel);
        return (await _host.Get<MotionStore>().FindAsync(_charter.Id, draft.Id, Cancel))!;
    }
}
