using AngleSharp.Html.Dom;
using BscFlow.Committee;

namespace BscFlow.Tests.Web;

/// <summary>What of a charter has several entries, changed field by field: guests, proxies, recurrences that were given up, rules.</summary>
public sealed class CharterFormTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private DeskHost _host = null!;
    private Charter _charter = null!;
    private PageClient _browser = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Path => $"/desk/{_charter.Id}/charter";

    public async ValueTask InitializeAsync()
    {
        _host = await DeskHost.StartAsync(azurite);
        _charter = await _host.AddCommitteeAsync();
        _browser = await _host.EnterAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_guest_and_a_proxy_and_an_earlier_recurrence_are_added()
    {
        await ChangeAsync(
            ("guests[2].name", "Rui Marques"), ("guests[2].address", "rui@tidewater.example"), ("guests[2].aliases", "Rui\nR. Marques"),
            ("proxies[0].member", "priya"), ("proxies[0].by", "ines"), ("proxies[0].from", "2026-01-01"),
            ("meetings.earlier[0].rule", "FREQ=MONTHLY;BYDAY=1MO"), ("meetings.earlier[0].start", "2023-01-02T15:00"));

        var charter = await InForceAsync();
        var rui = charter.Guests[2];
        Assert.Equal(("Rui Marques", "rui@tidewater.example", 2), (rui.Name, rui.Address, rui.Aliases.Count));
        Assert.Equal([new Proxy("priya", "ines", new(2026, 1, 1))], charter.Proxies);
        Assert.Equal("FREQ=MONTHLY;BYDAY=1MO", Assert.Single(charter.Meetings.Earlier).Rule);
    }

    [Fact]
    public async Task A_guest_whose_fields_are_emptied_is_taken_out_and_the_others_stay()
    {
        var others = _charter.Guests.Skip(1).ToList();

        await ChangeAsync(
            ("guests[0].name", ""), ("guests[0].affiliation", ""), ("guests[0].address", ""), ("guests[0].aliases", ""));

        Assert.Equal(others.Select(guest => guest.Name), (await InForceAsync()).Guests.Select(guest => guest.Name));
    }

    [Fact]
    public async Task A_rule_is_added_and_another_is_taken_out()
    {
        await ChangeAsync(
            ("rules.+.name", "budget"), ("rules.+.needs", "at least 3/4"), ("rules.+.of", "entire"),
            ("rules.removal.needs", ""), ("rules.removal.of", ""));

        var charter = await InForceAsync();
        Assert.False(charter.Rules.ContainsKey("removal"));
        Assert.Equal(new Threshold(new Fraction(3, 4), MoreThan: false, Body.Entire), charter.Rules["budget"].ByMail);
    }

    [Fact]
    public async Task What_holds_for_votes_over_options_is_set_and_taken_out_again()
    {
        await ChangeAsync(
            ("elections.floor", "None of these"), ("elections.caps[0].affiliation", "Northpier"), ("elections.caps[0].seats", "2"),
            ("elections.quorum.needs", "more than 1/2"));
        var set = (await InForceAsync()).Elections;
        Assert.Equal(("None of these", 2), (set.Floor, Assert.Single(set.Caps).Seats));

        await ChangeAsync(
            ("elections.floor", ""), ("elections.caps[0].affiliation", ""), ("elections.caps[0].seats", ""), ("elections.quorum.needs", ""));
        Assert.Equal(_charter.Elections, (await InForceAsync()).Elections);
    }

    [Fact]
    public async Task A_standing_chair_is_named_and_then_the_chair_goes_round_again()
    {
        await ChangeAsync(("chair.fixed", "ines"));
        Assert.Equal((false, "ines"), ((await InForceAsync()).Chair.Rotates, (await InForceAsync()).Chair.Fixed));

        await ChangeAsync(("chair.fixed", ""));
        Assert.Equal((true, null), ((await InForceAsync()).Chair.Rotates, (await InForceAsync()).Chair.Fixed));
    }

    [Fact]
    public async Task What_is_wrong_in_an_entry_stands_beside_its_field_and_what_was_typed_is_kept()
    {
        var page = await RefuseAsync(
            ("guests[0].name", ""), ("guests[0].affiliation", ""), ("guests[0].address", ""), ("guests[0].aliases", ""),
            ("guests[2].name", "Rui Marques"), ("guests[2].address", "rui"),
            ("proxies[0].member", "nobody"), ("proxies[0].by", "ines"), ("proxies[0].from", "2026-01-01"),
            ("rules.+.name", "budget"), ("rules.+.needs", "most"), ("rules.+.of", "entire"));

        Assert.Contains("rui", page.QuerySelector("#guests-2-address-error")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("nobody", page.QuerySelector("#proxies-0-member-error")!.TextContent, StringComparison.Ordinal);
        Assert.StartsWith("This must read like", page.QuerySelector("#rules---needs-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Rui Marques", ((IHtmlInputElement)page.QuerySelector("#guests-2-name")!).Value);
        Assert.NotNull(page.QuerySelector("#guests-2-name")!.Closest("details[open]"));
        Assert.Null(page.QuerySelector("#meetings-earlier-0-rule")!.Closest("details[open]"));
        Assert.Equal(_charter.Guests.Count, (await InForceAsync()).Guests.Count);
    }

    [Fact]
    public async Task A_rule_without_a_name_is_refused_beside_the_name()
    {
        var page = await RefuseAsync(("rules.+.needs", "at least 3/4"), ("rules.+.of", "entire"));

        Assert.NotNull(page.QuerySelector("#rules---name-error"));
    }

    private async Task ChangeAsync(params (string Name, string? Value)[] fill)
    {
        using var check = await _browser.PressAsync(Path, await _browser.PageAsync(Path), "See what changes", fill);
        var difference = await PageClient.ReadAsync(check);
        Assert.Empty(difference.QuerySelectorAll(".error").Select(error => error.TextContent));
        using var saved = await _browser.PressAsync($"{Path}/check", difference, "Put it in force");
        Assert.Equal($"{Path}/history?done=InForce", saved.Headers.Location?.OriginalString);
    }

    private async Task<IHtmlDocument> RefuseAsync(params (string Name, string? Value)[] fill)
    {
        using var refused = await _browser.PressAsync(Path, await _browser.PageAsync(Path), "See what changes", fill);
        return await PageClient.ReadAsync(refused);
    }

    private async Task<Charter> InForceAsync() => (await _host.Get<CharterStore>().FindAsync(_charter.Id, Cancel))!;
}
