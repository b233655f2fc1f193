using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Publishing;
using BscFlow.Storage;
using BscFlow.Votes;
using BscFlow.Votes.Opening;

namespace BscFlow.Tests.Web;

/// <summary>Action items, members and the charter on the desk, without scripts.</summary>
public sealed class DeskFormsTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private DeskHost _host = null!;
    private Charter _charter = null!;
    private PageClient _browser = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Desk => $"/desk/{_charter.Id}";

    public async ValueTask InitializeAsync()
    {
        _host = await DeskHost.StartAsync(azurite);
        _charter = await _host.AddCommitteeAsync();
        _browser = await _host.EnterAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_item_is_given_to_somebody_else_with_another_date_and_the_register_keeps_it()
    {
        var item = await ImportAsync();
        var path = $"{Desk}/actions/{item.Id}";

        using var saved = await _browser.PressAsync(
            path, await _browser.PageAsync(path), "Save", ("owner", "ines"), ("others", "Hana, Zoltan"), ("due", "2027-03-04"));

        Assert.Equal($"{Desk}/actions?done=ItemChanged", saved.Headers.Location!.OriginalString);
        var changed = await _host.Get<ActionStore>().FindAsync(_charter.Id, item.Id, Cancel);
        Assert.Equal(["ines", "hana", "Zoltan"], changed!.Owners);
        Assert.Equal(new DateOnly(2027, 3, 4), changed.Due);
        Assert.Equal("key desk", (await _host.AuditAsync(_charter)).Single(entry => entry.Event == "action-changed").Who);

        // Saved as it stands once more: nothing is changed, and nothing is lost of a former member's id.
        using var again = await _browser.PressAsync(path, await _browser.PageAsync(path), "Save");
        Assert.Equal(changed.Owners, (await _host.Get<ActionStore>().FindAsync(_charter.Id, item.Id, Cancel))!.Owners);
    }

    [Fact]
    public async Task A_date_that_is_none_is_said_beside_its_field_and_what_was_typed_stays()
    {
        var item = await ImportAsync();
        var path = $"{Desk}/actions/{item.Id}";
        using var refused = await _browser.PressAsync(
            path, await _browser.PageAsync(path), "Save", ("owner", "ines"), ("others", "Zoltan"), ("due", "soon"));
        var page = await PageClient.ReadAsync(refused);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("Give the day as 2026-03-04.", page.QuerySelector("#due-error")!.TextContent);
        Assert.Contains("due-error", page.QuerySelector("#due")!.GetAttribute("aria-describedby"), StringComparison.Ordinal);
        Assert.Equal("Zoltan", ((IHtmlInputElement)page.QuerySelector("#others")!).Value);
    }

    [Fact]
    public async Task What_a_member_did_meanwhile_stays_when_the_desk_saves_something_else_of_the_item()
    {
        var item = await ImportAsync();
        var path = $"{Desk}/actions/{item.Id}";
        var page = await _browser.PageAsync(path);
        await _host.Get<ChangeAction>().RunAsync(
            _charter, item.Id, new ActionWish(ActionState.Done, Due: new(2027, 1, 1)), "a member", Cancel);

        using var saved = await _browser.PressAsync(path, page, "Save", ("owner", "ines"));

        var changed = await _host.Get<ActionStore>().FindAsync(_charter.Id, item.Id, Cancel);
        Assert.Equal((ActionState.Done, new DateOnly(2027, 1, 1)), (changed!.State, changed.Due));
        Assert.Equal(["ines"], changed.Owners);
    }

    [Fact]
    public async Task A_date_that_is_emptied_is_gone_and_the_page_says_so()
    {
        var item = await ImportAsync();
        var path = $"{Desk}/actions/{item.Id}";
        using var dated = await _browser.PressAsync(path, await _browser.PageAsync(path), "Save", ("due", "2027-03-04"));
        _host.Clock.Advance(TimeSpan.FromMinutes(1));

        using var emptied = await _browser.PressAsync(path, await _browser.PageAsync(path), "Save", ("due", ""));

        Assert.Null((await _host.Get<ActionStore>().FindAsync(_charter.Id, item.Id, Cancel))!.Due);
        Assert.Equal("no date", (await _host.AuditAsync(_charter)).Last(entry => entry.Event == "action-changed").Detail);
        Assert.Contains("Due on no day", (await _browser.PageAsync(path)).QuerySelector("ul.read")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_way_into_the_archive_leads_to_the_item_also_when_it_closed_long_ago()
    {
        await _host.ImportSampleAsync(_charter);
        await _host.Get<PublishSite>().RunAsync(_charter, Cancel);
        var oldest = (await _host.Get<ActionStore>().AllAsync(_charter.Id, Cancel))
            .Where(item => item.State is ActionState.Done).OrderBy(item => item.Closed).First();
        var link = (await _browser.PageAsync($"{Desk}/actions/{oldest.Id}"))
            .QuerySelectorAll("main .facts a").Single(anchor => anchor.TextContent == "in the archive").GetAttribute("href")!;

        var place = (await _browser.PageAsync(link.Split('#')[0])).GetElementById(link.Split('#')[1]);

        Assert.Contains(oldest.Text, place!.TextContent, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_item_is_done_by_one_button()
    {
        var item = await ImportAsync();
        var page = await _browser.PageAsync($"{Desk}/actions");

        using var done = await _browser.PressAsync($"{Desk}/actions", page, $"Done: {item.TextBesideDue}");

        Assert.Equal(ActionState.Done, (await _host.Get<ActionStore>().FindAsync(_charter.Id, item.Id, Cancel))!.State);
    }

    [Fact]
    public async Task A_member_joins_and_the_roster_counts_them_from_their_first_day()
    {
        var path = $"{Desk}/members/join";
        using var joined = await _browser.PressAsync(
            path, await _browser.PageAsync(path), "Add the member", ("name", "Amara Lindqvist"), ("addresses", "amara@lindqvist.example"), ("from", "2026-02-01"));

        Assert.Equal($"{Desk}/members?done=MemberJoins", joined.Headers.Location!.OriginalString);
        var charter = (await _host.Get<CharterStore>().FindAsync(_charter.Id, Cancel))!;
        Assert.Equal("amara-lindqvist", charter.Members[^1].Id);
        Assert.Equal((5, 6), (new Roster(charter).Size(new(2026, 1, 31)), new Roster(charter).Size(new(2026, 2, 1))));
    }

    [Fact]
    public async Task Who_is_to_join_is_listed_as_in_office_soon()
    {
        var path = $"{Desk}/members/join";
        using var joined = await _browser.PressAsync(
            path, await _browser.PageAsync(path), "Add the member", ("name", "Amara Lindqvist"), ("addresses", "amara@lindqvist.example"), ("from", "2026-02-01"));

        var page = await _browser.PageAsync(joined.Headers.Location!.OriginalString);

        Assert.Equal("The member is in the charter.", page.QuerySelector("p[role=status]")!.TextContent);
        var soon = page.QuerySelectorAll("h2").Single(heading => heading.TextContent == "In office soon").NextElementSibling!;
        Assert.Equal(["Amara Lindqvist"], soon.QuerySelectorAll(".person").Select(person => person.TextContent));
    }

    [Fact]
    public async Task What_was_done_and_by_whom_is_there_to_look_at_page_by_page()
    {
        var item = await ImportAsync();
        var page = await _browser.PageAsync($"{Desk}/actions");
        using var done = await _browser.PressAsync($"{Desk}/actions", page, $"Done: {item.TextBesideDue}");

        var first = (await _browser.PageAsync($"{Desk}/audit")).QuerySelector("tbody tr")!;
        Assert.Contains($"Action changed: {item.Id}", first.TextContent, StringComparison.Ordinal);
        Assert.Equal("key desk", first.QuerySelectorAll("td")[2].TextContent);

        for (var i = 0; i < 100; i++)
        {
            await _host.Get<AuditLog>().AppendOnceAsync(_charter.Id, "page-turned", $"{i}", "clock", "", Cancel);
        }

        var audit = await _browser.PageAsync($"{Desk}/audit");
        Assert.Contains("Page turned: 99", audit.QuerySelector("tbody tr")!.TextContent, StringComparison.Ordinal);
        var earlier = await _browser.PageAsync(audit.QuerySelectorAll("main a").Single(link => link.TextContent == "Earlier").GetAttribute("href")!);
        var entries = await _host.AuditAsync(_charter);
        Assert.Equal(100, audit.QuerySelectorAll("tbody tr").Length);
        Assert.Equal(Math.Min(100, entries.Count - 100), earlier.QuerySelectorAll("tbody tr").Length);
    }

    [Fact]
    public async Task What_was_done_is_told_by_the_title_of_a_motion_and_by_the_number_of_a_meeting()
    {
        await _host.DraftAsync(_charter, new DateTimeOffset(2026, 1, 8, 15, 0, 0, TimeSpan.Zero));
        var page = await _browser.PageAsync($"{Desk}/meetings/0001");
        using var set = await _browser.PressAsync($"{Desk}/meetings/0001", page, "Set the chair", ("member", "ines"));
        var draft = new MotionDraft { Id = "2026-01-roof", Title = "Mend the roof", Text = "B", Rule = "ordinary" };
        await _host.Get<OpenMotion>().RunAsync(_charter, draft, "test", Cancel);

        var told = (await _browser.PageAsync($"{Desk}/audit")).QuerySelectorAll("tbody tr td:nth-child(2)");

        Assert.Equal(
            [
                "Motion opened: Mend the roof (2026-01-roof)", "Chair set: meeting #1",
                "Meeting drafted: the meeting of Thu 8 Jan 2026, 15:00",
            ],
            told.Take(3).Select(cell => cell.FirstChild!.TextContent.Trim()));
    }

    [Fact]
    public async Task Who_is_in_the_chair_of_a_meeting_that_was_held_is_said_and_not_asked()
    {
        var meeting = await _host.DraftAsync(_charter, new DateTimeOffset(2026, 1, 8, 15, 0, 0, TimeSpan.Zero));
        var path = $"{Desk}/meetings/{meeting.Row}";
        Assert.NotNull((await _browser.PageAsync(path)).QuerySelector("form[action$=chair]"));

        _host.Clock.SetUtcNow(meeting.End);

        var held = await _browser.PageAsync(path);
        Assert.Null(held.QuerySelector("form[action$=chair]"));
        Assert.Contains(
            "In the chair, as planned: Amara Okafor", held.QuerySelector("p.facts")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(6, "with less notice than your charter gives")]
    [InlineData(8, "Its agenda and the invitation leave")]
    public async Task A_special_meeting_with_less_notice_than_the_charters_is_told_so(int days, string said)
    {
        var start = TimeZoneInfo.ConvertTime(_host.Clock.GetUtcNow().AddDays(days), _charter.Zone());
        using var called = await _browser.PressAsync(
            $"{Desk}/meetings",
            await _browser.PageAsync($"{Desk}/meetings"),
            "Call the meeting",
            ("start", start.ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture)),
            ("reason", "The roof"));

        var page = await _browser.PageAsync(called.Headers.Location!.OriginalString);

        Assert.Contains(said, page.QuerySelector("p[role=status]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_meeting_that_has_begun_is_not_offered_to_be_cancelled()
    {
        var meeting = await _host.DraftAsync(_charter, new DateTimeOffset(2026, 1, 8, 15, 0, 0, TimeSpan.Zero));
        var path = $"{Desk}/meetings/{meeting.Row}";
        Assert.NotNull((await _browser.PageAsync(path)).QuerySelector("form[action$=cancel]"));

        _host.Clock.SetUtcNow(meeting.Start);

        Assert.Null((await _browser.PageAsync(path)).QuerySelector("form[action$=cancel]"));
    }

    [Theory]
    [InlineData("2026-13-45", "This is \"2026-13-45\"; write a date such as 2025-01-31.")]
    [InlineData("2019-01-01", "This is 2019-01-01, before its first day, ")]
    public async Task A_last_day_that_is_none_is_said_without_the_number_of_a_line(string day, string said)
    {
        var path = $"{Desk}/members/priya";
        using var refused = await _browser.PressAsync(path, await _browser.PageAsync(path), "End the term", ("until", day));

        Assert.StartsWith(
            said, (await PageClient.ReadAsync(refused)).QuerySelector("#until-error")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_with_a_member_is_said_beside_the_field()
    {
        var path = $"{Desk}/members/priya";
        using var refused = await _browser.PressAsync(
            path, await _browser.PageAsync(path), "Save", ("name", ""), ("addresses", "priya@saltmarsh.example\nnot an address"));
        var page = await PageClient.ReadAsync(refused);

        Assert.Equal("This is missing.", page.QuerySelector("#name-error")!.TextContent);
        Assert.StartsWith("Line 2 is \"not an address\"", page.QuerySelector("#addresses-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Priya Raghunathan", (await _host.Get<CharterStore>().FindAsync(_charter.Id, Cancel))!.Members.Single(member => member.Id == "priya").Name);
    }

    [Fact]
    public async Task Of_two_who_change_a_member_at_once_neither_undoes_what_the_other_did()
    {
        var path = $"{Desk}/members/priya";
        var page = await _browser.PageAsync(path);
        using var first = await _browser.PressAsync(path, await _browser.PageAsync(path), "Save", ("addresses", "priya@new.example"), ("name", "Priya R."));

        using var second = await _browser.PressAsync(path, page, "Save", ("aliases", "Pri"));
        Assert.Equal(HttpStatusCode.Found, second.StatusCode);
        using var third = await _browser.PressAsync(path, page, "Save", ("name", "P. Raghunathan"), ("affiliation", "Saltmarsh"));
        var told = await PageClient.ReadAsync(third);

        Assert.StartsWith("Somebody else has set this to “Priya R.” meanwhile.", told.QuerySelector("#name-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("P. Raghunathan", ((IHtmlInputElement)told.QuerySelector("#name")!).Value);
        Assert.Equal("priya@new.example", ((IHtmlTextAreaElement)told.QuerySelector("#addresses")!).Value);
        using var again = await _browser.PressAsync(path, told, "Save");
        var priya = (await InForceAsync()).Members.Single(member => member.Id == "priya");
        Assert.Equal(("P. Raghunathan", "Saltmarsh"), (priya.Name, priya.Affiliation));
        Assert.Equal(["priya@new.example"], priya.Addresses);
        Assert.Equal(["Pri"], priya.Aliases);
    }

    [Fact]
    public async Task A_member_leaves_and_comes_back()
    {
        var path = $"{Desk}/members/priya";
        using var left = await _browser.PressAsync(path, await _browser.PageAsync(path), "End the term", ("until", "2026-01-01"));
        using var back = await _browser.PressAsync(path, await _browser.PageAsync(path), "Begin another term", ("from", "2026-06-01"));

        var priya = (await _host.Get<CharterStore>().FindAsync(_charter.Id, Cancel))!.Members.Single(member => member.Id == "priya");
        Assert.Equal([new Term(new(2024, 1, 1), new(2026, 1, 1)), new Term(new(2026, 6, 1))], priya.Terms);
        Assert.Equal(
            ["priya leaves", "priya returns"],
            (await _host.AuditAsync(_charter)).Where(entry => entry.Event == "charter-changed").Select(entry => entry.Detail));
    }

    [Fact]
    public async Task A_charter_is_changed_looked_at_and_put_in_force_and_the_one_before_is_kept()
    {
        // Versions are told apart by the moment from which on they are in force.
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        var path = $"{Desk}/charter";
        using var check = await _browser.PressAsync(
            path, await _browser.PageAsync(path), "See what changes", ("meetings.place", "The lighthouse"), ("secretaries", "leila@tidewater.example\nnoah@tidewater.example"));
        var difference = await PageClient.ReadAsync(check);
        var added = string.Join('\n', difference.QuerySelectorAll(".difference .added").Select(line => line.TextContent));
        Assert.Contains("\"noah@tidewater.example\"", added, StringComparison.Ordinal);
        Assert.Contains("\"place\": \"The lighthouse\"", added, StringComparison.Ordinal);
        Assert.DoesNotContain("mailbox", difference.QuerySelector(".difference .removed")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("https://meet.tidewater.example/steering", (await InForceAsync()).Meetings.Place);

        using var saved = await _browser.PressAsync($"{path}/check", difference, "Put it in force");

        Assert.Equal("The lighthouse", (await InForceAsync()).Meetings.Place);
        Assert.Equal(2, (await InForceAsync()).Secretaries.Count);
        var history = await _browser.PageAsync(saved.Headers.Location!.OriginalString);
        Assert.Contains("key desk", history.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, (await _host.Get<CharterStore>().HistoryAsync(_charter.Id, Cancel)).Count);
    }

    [Fact]
    public async Task Of_a_charter_that_was_laid_out_by_hand_no_more_is_shown_as_changed_than_what_it_says_otherwise()
    {
        var path = $"{Desk}/charter";
        var current = (await _host.Get<CharterStore>().FindVersionAsync(_charter.Id, Cancel))!;
        var onOneLine = JsonNode.Parse(current.Json.Span)!.ToJsonString();
        await _host.Get<ChangeCharter>().RunAsync(
            _charter.Id, Encoding.UTF8.GetBytes(onOneLine), current.ETag, "leila", "charter", Cancel);

        using var check = await _browser.PressAsync(
            path, await _browser.PageAsync(path), "See what changes", ("meetings.place", "The lighthouse"));
        var difference = await PageClient.ReadAsync(check);

        Assert.Contains("The lighthouse", Assert.Single(difference.QuerySelectorAll(".difference .added")).TextContent, StringComparison.Ordinal);
        Assert.Single(difference.QuerySelectorAll(".difference .removed"));
    }

    [Fact]
    public async Task A_charter_that_is_wrong_changes_nothing_and_keeps_what_was_typed()
    {
        var path = $"{Desk}/charter";
        using var refused = await _browser.PressAsync(
            path, await _browser.PageAsync(path), "See what changes", ("timeZone", "Europe/Lisbonne"), ("meetings.cancelled", "2026-08-13\n2026-13-40"));
        var page = await PageClient.ReadAsync(refused);

        Assert.Contains("Europe/Lisbonne", page.QuerySelector("#timeZone-error")!.TextContent, StringComparison.Ordinal);
        Assert.StartsWith("Line 2 ", page.QuerySelector("#meetings-cancelled-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("2026-08-13\n2026-13-40", ((IHtmlTextAreaElement)page.QuerySelector("#meetings-cancelled")!).Value);
        Assert.Equal("Europe/Lisbon", (await InForceAsync()).TimeZone);
    }

    [Fact]
    public async Task Of_two_who_change_the_charter_at_once_the_second_is_told_and_nothing_is_overwritten()
    {
        var path = $"{Desk}/charter";
        var page = await _browser.PageAsync(path);
        using var first = await _browser.PressAsync($"{Desk}/members/priya", await _browser.PageAsync($"{Desk}/members/priya"), "End the term", ("until", "2026-01-01"));

        using var second = await _browser.PressAsync(path, page, "See what changes", ("meetings.place", "The lighthouse"));
        var told = await PageClient.ReadAsync(second);

        Assert.Contains("Somebody else has changed the charter", told.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("The lighthouse", ((IHtmlInputElement)told.QuerySelector("#meetings-place")!).Value);
        Assert.NotNull((await InForceAsync()).Members.Single(member => member.Id == "priya").Terms[0].Until);
    }

    [Fact]
    public async Task Who_lost_the_race_for_the_charter_presses_again_and_undoes_nothing()
    {
        var path = $"{Desk}/charter";
        var page = await _browser.PageAsync(path);
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        using var check = await _browser.PressAsync(
            path, await _browser.PageAsync(path), "See what changes", ("guests[2].name", "Zoltan"), ("meetings.place", "The pier"), ("list", "all@tidewater.example"));
        using var first = await _browser.PressAsync($"{path}/check", await PageClient.ReadAsync(check), "Put it in force");
        var guests = (await InForceAsync()).Guests.Select(guest => guest.Name).ToList();
        Assert.Contains("Zoltan", guests);

        using var second = await _browser.PressAsync(
            path, page, "See what changes", ("name", "Tidewater"), ("meetings.place", "The lighthouse"), ("guests[2].name", "Hedda"));
        var told = await PageClient.ReadAsync(second);

        Assert.Equal("This was set to “The pier” by somebody else.", told.QuerySelector("#meetings-place-error")!.TextContent);
        using var again = await _browser.PressAsync($"{path}/check", told, "See what changes");
        using var saved = await _browser.PressAsync($"{path}/check", await PageClient.ReadAsync(again), "Put it in force");
        var charter = await InForceAsync();
        Assert.Equal(("Tidewater", "The lighthouse", "all@tidewater.example"), (charter.Name, charter.Meetings.Place, charter.List));
        Assert.Equal([.. guests, "Hedda"], charter.Guests.Select(guest => guest.Name));
    }

    [Fact]
    public async Task A_form_about_a_motion_that_is_refused_keeps_what_was_typed_and_says_why_beside_it()
    {
        var draft = new MotionDraft { Id = "2026-01-lamp", Title = "A new lamp", Text = "We buy it.", Rule = "ordinary" };
        await _host.Get<OpenMotion>().RunAsync(_charter, draft, "test", Cancel);
        var path = $"{Desk}/motions/{draft.Id}";

        using var early = await _browser.PressAsync(path, await _browser.PageAsync(path), "Extend", ("deadline", "2020-01-01T10:00"));
        var page = await PageClient.ReadAsync(early);
        Assert.Equal("2020-01-01T10:00", ((IHtmlInputElement)page.QuerySelector("#deadline")!).Value);
        Assert.NotNull(page.QuerySelector("#deadline-error"));

        using var empty = await _browser.PressAsync(path, page, "Correct it", ("title", ""), ("text", "We buy two."));
        page = await PageClient.ReadAsync(empty);
        Assert.Equal("We buy two.", ((IHtmlTextAreaElement)page.QuerySelector("#text")!).Value);
        Assert.StartsWith("Give the motion a title", page.QuerySelector("#title-error")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("#text-error"));

        using var nothing = await _browser.PressAsync(path, page, "Correct it", ("title", ""), ("text", ""));
        page = await PageClient.ReadAsync(nothing);
        Assert.NotNull(page.QuerySelector("#title-error"));
        Assert.NotNull(page.QuerySelector("#text-error"));

        using var unheard = await _browser.PressAsync(path, page, "Enter the ballot", ("note", ""), ("comment", "Louder."), ("heard", "noon"));
        page = await PageClient.ReadAsync(unheard);
        Assert.Equal("note-error", page.QuerySelector("#note")!.GetAttribute("aria-describedby"));
        Assert.Equal("heard-at-error", page.QuerySelector("#heard-at")!.GetAttribute("aria-describedby"));
        Assert.Equal("Louder.", ((IHtmlTextAreaElement)page.QuerySelector("#comment")!).Value);
        Assert.Equal("Motions", page.QuerySelector("nav [aria-current]")!.TextContent);
    }

    [Fact]
    public async Task A_charter_cannot_become_another_committees()
    {
        var path = $"{Desk}/charter";
        var page = await _browser.PageAsync(path);
        var text = ((IHtmlTextAreaElement)page.QuerySelector("#json")!).Value;
        var form = (IHtmlFormElement)page.QuerySelector("#json")!.Closest("form")!;
        using var content = new FormUrlEncodedContent(
        [
            new("__RequestVerificationToken", ((IHtmlInputElement)form.QuerySelector("[name=__RequestVerificationToken]")!).Value),
            new("version", ((IHtmlInputElement)form.QuerySelector("[name=version]")!).Value),
            new("json", text.Replace(_charter.Id, "another", StringComparison.Ordinal)),
        ]);
        using var answer = await _browser.Http.PostAsync(new Uri($"{path}", UriKind.Relative), content, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("stays", (await PageClient.ReadAsync(answer)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Null(await _host.Get<CharterStore>().FindAsync("another", Cancel));
    }

    [Fact]
    public async Task A_file_that_is_taken_over_again_leaves_what_the_desk_changed()
    {
        var charters = _host.Get<CharterStore>();
        var file = CharterWriter.Write(_charter with { Name = "From a file" });
        await charters.TakeOverAsync(file, Cancel);
        using var left = await _browser.PressAsync($"{Desk}/members/priya", await _browser.PageAsync($"{Desk}/members/priya"), "End the term", ("until", "2026-01-01"));

        await charters.TakeOverAsync(file, Cancel);
        Assert.NotNull((await InForceAsync()).Members.Single(member => member.Id == "priya").Terms[0].Until);

        await charters.TakeOverAsync(CharterWriter.Write(_charter with { Name = "From another file" }), Cancel);
        Assert.Equal("From another file", (await InForceAsync()).Name);
    }

    [Fact]
    public async Task A_special_meeting_without_a_reason_is_refused_beside_its_field()
    {
        var path = $"{Desk}/meetings";
        using var refused = await _browser.PressAsync(path, await _browser.PageAsync(path), "Call the meeting", ("start", "2026-02-02T15:00"));
        var page = await PageClient.ReadAsync(refused);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("Say in one line why the committee meets.", page.QuerySelector("#special-reason-error")!.TextContent);
        Assert.Equal("2026-02-02T15:00", ((IHtmlInputElement)page.QuerySelector("#special-start")!).Value);
    }

    private async Task<Charter> InForceAsync() => (await _host.Get<CharterStore>().FindAsync(_charter.Id, Cancel))!;

    /// <returns>An open item of the sample archive that one member owns.</returns>
    private async Task<ActionItem> ImportAsync()
    {
        await _host.ImportSampleAsync(_charter);
        return (await _host.Get<ActionStore>().OpenAsync(_charter.Id, Cancel)).First(item => item.Owners is [var owner] && owner != ActionItem.Everyone);
    }
}
