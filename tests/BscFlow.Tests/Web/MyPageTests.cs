using System.Net;
using AngleSharp.Html.Dom;
using Azure.Core.Pipeline;
using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Mail;
using BscFlow.Minutes;
using BscFlow.Storage;
using BscFlow.Votes;
using BscFlow.Votes.Mails;
using BscFlow.Votes.Opening;
using Microsoft.Extensions.DependencyInjection;

namespace BscFlow.Tests.Web;

public sealed class MyPageTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly StorageRequests _requests = new();
    private DeskHost _host = null!;
    private Charter _charter = null!;
    private PageClient _browser = null!;
    private string _path = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await DeskHost.StartAsync(azurite, parts: services => services.AddSingleton<HttpPipelinePolicy>(_requests));
        _charter = await _host.AddCommitteeAsync();
        await _host.ImportSampleAsync(_charter);
        _browser = _host.NewBrowser();
        _path = PathOf("priya");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task It_shows_what_is_mine_and_how_often_I_was_there()
    {
        var page = await _browser.PageAsync(_path);
        var open = await _host.Get<ActionStore>().OpenAsync(_charter.Id, Cancel);

        Assert.Equal("Priya Raghunathan", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(
            open.Where(item => item.Owners.Contains("priya") || item.Owners.Contains(ActionItem.Everyone)).Select(item => $"action-{item.Id}").Order(),
            page.QuerySelectorAll("li[id]").Select(item => item.Id!).Order());
        Assert.Matches(@"At \d+ of \d+ meetings in the last year\.", page.QuerySelector("main")!.TextContent);
    }

    [Fact]
    public async Task It_reads_the_years_that_it_tells_of_and_no_others()
    {
        await _host.Get<MinutesStore>().ChangeYearAsync(_charter.Id, 2019, _ => "## Meeting #1 - 2019-01-08\n", Cancel);
        _requests.Clear();

        await _browser.PageAsync(_path);

        Assert.Equal(
            (0, 1, 1),
            (_requests.To(Keys.YearBlob(_charter.Id, 2019)), _requests.To(Keys.YearBlob(_charter.Id, 2025)), _requests.To(Keys.YearBlob(_charter.Id, 2026))));
    }

    [Fact]
    public async Task A_link_that_is_forged_lapsed_or_somebody_elses_opens_nothing()
    {
        foreach (var wrong in (string[])[_path[..^1] + (_path[^1] == '0' ? '1' : '0'), _path.Replace("/priya/", "/ines/", StringComparison.Ordinal), _path.Replace("2027-01-02", "2027-06-02", StringComparison.Ordinal)])
        {
            using var answer = await _browser.GetAsync(wrong);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        _host.Clock.Advance(TimeSpan.FromDays(62));
        using var lapsed = await _browser.GetAsync(_path);
        Assert.Equal(HttpStatusCode.NotFound, lapsed.StatusCode);
    }

    [Fact]
    public async Task A_link_to_an_address_that_was_given_up_opens_nothing()
    {
        await _host.Get<CharterStore>().TakeOverAsync(
            CharterWriter.Write(_charter with
            {
                Members = [.. _charter.Members.Select(member => member.Id == "priya" ? member with { Addresses = ["new@priya.example"] } : member)],
            }),
            Cancel);

        using var answer = await _browser.GetAsync(_path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task An_item_is_put_off_and_then_given_back()
    {
        var item = await MineAsync();
        var page = await _browser.PageAsync(_path);

        using var later = await PressForItemAsync(page, item, "Set the new date", ("later", "2027-02-01"));
        Assert.Equal(new DateOnly(2027, 2, 1), (await FindAsync(item)).Due);

        using var given = await PressForItemAsync(page, item, $"Not mine: {item.TextBesideDue}");
        Assert.Empty((await FindAsync(item)).Owners);
    }

    [Fact]
    public async Task An_item_is_done_and_the_audit_says_by_whom()
    {
        var item = await MineAsync();

        using var done = await PressForItemAsync(await _browser.PageAsync(_path), item, $"Done: {item.TextBesideDue}");

        Assert.Equal($"{_path}?done=ItemDone", done.Headers.Location!.OriginalString);
        Assert.Equal(
            "The action item is done.",
            (await _browser.PageAsync(done.Headers.Location!.OriginalString)).QuerySelector("[role=status]")!.TextContent);
        Assert.Equal(ActionState.Done, (await FindAsync(item)).State);
        Assert.Equal("priya@saltmarsh.example", (await _host.AuditAsync(_charter)).Single(entry => entry.Event == "action-changed").Who);
    }

    [Fact]
    public async Task A_date_that_is_past_is_refused_beside_its_field()
    {
        var item = await MineAsync();
        using var refused = await PressForItemAsync(await _browser.PageAsync(_path), item, "Set the new date", ("later", "2020-02-01"));
        var page = await PageClient.ReadAsync(refused);

        Assert.Equal("Give a day that is still to come.", page.QuerySelector($"[id='later-{item.Id}-error']")!.TextContent);
        Assert.Equal("2020-02-01", ((IHtmlInputElement)page.QuerySelector($"[id='later-{item.Id}']")!).Value);
    }

    [Theory]
    [InlineData("Set the new date")]
    [InlineData("Not mine")]
    public async Task A_page_that_stayed_open_does_nothing_to_an_item_that_is_closed_and_says_so(string button)
    {
        var item = await MineAsync();
        var page = await _browser.PageAsync(_path);
        await _host.Get<ChangeAction>().RunAsync(_charter, item.Id, new ActionWish(ActionState.Done), "somebody", Cancel);
        var closed = await FindAsync(item);

        using var refused = await PressForItemAsync(
            page, item, button == "Not mine" ? $"{button}: {item.TextBesideDue}" : button, ("later", "2027-02-01"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(
            "is done already; nothing was changed.",
            (await PageClient.ReadAsync(refused)).QuerySelector("#actions-error")!.TextContent,
            StringComparison.Ordinal);
        var after = await FindAsync(item);
        Assert.Equal((closed.State, closed.Due), (after.State, after.Due));
        Assert.Equal(closed.Owners, after.Owners);
    }

    [Fact]
    public async Task Nobody_touches_an_item_of_somebody_else()
    {
        var item = (await _host.Get<ActionStore>().OpenAsync(_charter.Id, Cancel)).First(item => item.Owners is ["ines"]);
        var page = await _browser.PageAsync(_path);
        var token = ((IHtmlInputElement)page.QuerySelector("[name=__RequestVerificationToken]")!).Value;
        using var content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("do", "done")]);
        using var answer = await _browser.Http.PostAsync(new Uri($"{_path}/actions/{item.Id}", UriKind.Relative), content, Cancel);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(ActionState.Open, (await FindAsync(item)).State);
    }

    [Fact]
    public async Task An_absence_is_announced_and_taken_back()
    {
        using var announced = await _browser.PressAsync(
            _path, await _browser.PageAsync(_path), "I am away then", ("from", "2026-12-20"), ("until", "2027-01-06"), ("note", "At sea"));
        Assert.Equal(
            [new Absence("priya", new(2026, 12, 20), new(2027, 1, 6), "At sea")],
            await _host.Get<AbsenceStore>().SinceAsync(_charter.Id, new(2026, 11, 1), Cancel));

        using var back = await _browser.PressAsync(_path, await _browser.PageAsync(_path), "I am there after all, from 2026-12-20");
        Assert.Empty(await _host.Get<AbsenceStore>().SinceAsync(_charter.Id, new(2026, 11, 1), Cancel));
    }

    [Fact]
    public async Task An_absence_that_ends_before_it_begins_is_refused_beside_its_field()
    {
        using var refused = await _browser.PressAsync(
            _path, await _browser.PageAsync(_path), "I am away then", ("from", "2026-12-20"), ("until", "2026-12-01"));
        var page = await PageClient.ReadAsync(refused);

        Assert.Contains("before the first", page.QuerySelector("#until-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("2026-12-20", ((IHtmlInputElement)page.QuerySelector("#from")!).Value);
    }

    [Fact]
    public async Task Who_has_the_link_of_a_forwarded_mail_and_not_the_mailbox_comes_to_no_ballot()
    {
        await OpenMotionAsync();

        var page = await _browser.PageAsync(_path);

        Assert.Contains("A new lamp", page.QuerySelector("#ballots ~ ul")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("/vote/", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_ballot_is_mailed_again_to_the_address_on_record_once_an_hour()
    {
        await OpenMotionAsync();
        for (var press = 0; press < 2; press++)
        {
            using var pressed = await _browser.PressAsync(_path, await _browser.PageAsync(_path), "Mail me my ballot: A new lamp");
            var after = await _browser.PageAsync(pressed.Headers.Location!.OriginalString);
            Assert.Contains("It is on its way", after.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        }

        var key = Assert.Single(await BallotMailsAsync());
        var mail = (await _host.Get<Outbox>().FindAsync(_charter.Id, key, Cancel))!;
        Assert.Equal(["priya@saltmarsh.example"], mail.Mail.To.Select(to => to.Address));
        Assert.Contains("/vote/", mail.Mail.Html, StringComparison.Ordinal);

        _host.Clock.Advance(TimeSpan.FromHours(1));
        using var later = await _browser.PressAsync(_path, await _browser.PageAsync(_path), "Mail me my ballot: A new lamp");
        Assert.Equal(2, (await BallotMailsAsync()).Count);
    }

    private async Task OpenMotionAsync()
    {
        var draft = new MotionDraft { Id = "2026-11-lamp", Title = "A new lamp", Text = "We buy it.", Rule = "ordinary" };
        await _host.Get<OpenMotion>().RunAsync(_charter, draft, "test", Cancel);
        await _host.Get<CallForVotes>().RunAsync(_charter, draft.Id, Cancel);
    }

    private async Task<List<string>> BallotMailsAsync() =>
        await _host.Get<Outbox>().WaitingAsync(_charter.Id, Cancel)
            .Where(key => key.StartsWith("ballot-", StringComparison.Ordinal)).ToListAsync(Cancel);

    private string PathOf(string member) =>
        _host.Get<SiteLinks>().MyPage(_charter, _charter.Members.Single(other => other.Id == member), _host.Clock.GetUtcNow()).AbsolutePath;

    private async Task<ActionItem> MineAsync() =>
        (await _host.Get<ActionStore>().OpenAsync(_charter.Id, Cancel)).First(item => item.Owners is ["priya"]);

    private async Task<ActionItem> FindAsync(ActionItem item) => (await _host.Get<ActionStore>().FindAsync(_charter.Id, item.Id, Cancel))!;

    private async Task<HttpResponseMessage> PressForItemAsync(
        IHtmlDocument page, ActionItem item, string button, params (string Name, string? Value)[] fill)
    {
        // Several items have a button of the same words.
        foreach (var other in page.QuerySelectorAll("li[id]").Where(other => other.Id != $"action-{item.Id}").ToList())
        {
            other.Remove();
        }

        return await _browser.PressAsync(_path, page, button, fill);
    }
}
