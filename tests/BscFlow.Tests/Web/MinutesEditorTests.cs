using System.Net;
using AngleSharp.Html.Dom;
using BscFlow.Committee;
using BscFlow.Meetings;
using BscFlow.Minutes;

namespace BscFlow.Tests.Web;

/// <summary>Minutes written on the desk without scripts: the script sends the same form and shows the same answer.</summary>
public sealed class MinutesEditorTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly DateTimeOffset January = new(2026, 1, 8, 15, 0, 0, TimeSpan.Zero);

    private DeskHost _host = null!;
    private Charter _charter = null!;
    private Meeting _meeting = null!;
    private PageClient _browser = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Path => $"/desk/{_charter.Id}/meetings/0001/minutes";

    public async ValueTask InitializeAsync()
    {
        _host = await DeskHost.StartAsync(azurite);
        _charter = await _host.AddCommitteeAsync();
        _meeting = await _host.DraftAsync(_charter, January);
        _browser = await _host.EnterAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_ticked_box_writes_the_name_into_the_text_and_moves_the_quorum()
    {
        var page = await _browser.PageAsync(Path);
        Assert.Contains("No quorum: 1 of 5 members; quorum is 3.", page.QuerySelector("#quorum")!.TextContent, StringComparison.Ordinal);

        var saved = await PressAsync(page, "Save and go on writing", ("present", "amara"), ("present", "ines"), ("present", "priya"));

        Assert.Contains("Quorum: 3 of 5 members; quorum is 3.", saved.QuerySelector("#quorum")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(
            "- **Participants:**\n  - Amara Okafor\n  - Inês Carvalho\n  - Priya Raghunathan\n", await StoredAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("not among its participants", saved.QuerySelector("#preview")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_chosen_for_the_chair_stands_in_the_text_and_what_the_text_says_is_chosen()
    {
        var page = await PressAsync(
            await _browser.PageAsync(Path), "Save and go on writing", ("chair", "ines"), ("present", "tomas"));

        Assert.Contains("- **Chair:** Inês Carvalho\n", await StoredAsync(), StringComparison.Ordinal);
        Assert.Contains("No quorum: 2 of 5 members", page.QuerySelector("#quorum")!.TextContent, StringComparison.Ordinal);

        var typed = Text(page).Replace("**Chair:** Inês Carvalho", "**Chair:** Mateusz", StringComparison.Ordinal);
        page = await PressAsync(page, "Save and go on writing", ("text", typed));
        Assert.Equal("mateusz", ((IHtmlSelectElement)page.QuerySelector("#chair")!).Value);

        typed = typed.Replace("Mateusz", "Zoe Nobody", StringComparison.Ordinal);
        page = await PressAsync(page, "Save and go on writing", ("text", typed));
        Assert.Equal("Zoe Nobody", ((IHtmlSelectElement)page.QuerySelector("#chair")!).SelectedOptions.Single().TextContent);
        Assert.Contains("- **Chair:** Zoe Nobody\n", await StoredAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chair_who_is_not_in_office_stays_in_the_text_as_long_as_nobody_else_is_chosen()
    {
        var page = await _browser.PageAsync(Path);
        var text = Text(page).Replace("**Chair:** Amara Okafor", "**Chair:** Hana Novotná", StringComparison.Ordinal);
        page = await PressAsync(page, "Save and go on writing", ("text", text));
        Assert.Equal("Hana Novotná", ((IHtmlSelectElement)page.QuerySelector("#chair")!).SelectedOptions.Single().TextContent);

        await PressAsync(page, "Save and go on writing", ("present", "ines"));

        Assert.Contains("- **Chair:** Hana Novotná\n", await StoredAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whose_box_is_unticked_was_not_there_and_so_not_in_the_chair()
    {
        var page = await PressAsync(await _browser.PageAsync(Path), "Save and go on writing", ("present", "tomas"));

        Assert.Contains("- **Chair:**\n", await StoredAsync(), StringComparison.Ordinal);
        Assert.Equal("", ((IHtmlSelectElement)page.QuerySelector("#chair")!).Value);
        Assert.Null(page.QuerySelector("input[name=present][value=amara][checked]"));
    }

    [Fact]
    public async Task A_chair_for_whom_the_text_has_no_place_is_said_and_ends_nothing()
    {
        var page = await PressAsync(
            await _browser.PageAsync(Path), "Finish the minutes", ("text", "Two of us met.\n"), ("chair", "ines"));

        Assert.Contains(
            "no place where the chair could be put right",
            page.QuerySelector("#message.error")!.TextContent,
            StringComparison.Ordinal);
        Assert.Null((await MeetingAsync()).MinutesSavedAt);
    }

    [Fact]
    public async Task A_ticked_box_for_which_the_text_has_no_place_is_said_and_ends_nothing()
    {
        var page = await _browser.PageAsync(Path);

        page = await PressAsync(page, "Finish the minutes", ("text", "Two of us met.\n"), ("present", "amara"), ("present", "ines"));

        Assert.Contains("no place where Inês Carvalho could be put right", page.QuerySelector("#message.error")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await MeetingAsync()).MinutesSavedAt);
    }

    [Fact]
    public async Task Finishing_is_said_with_what_follows_and_a_vote_by_mail_is_seen_while_one_writes()
    {
        var text = await StoredAsync() + "  - VOTE(charter): Adopt the new charter\n";
        var page = await PressAsync(await _browser.PageAsync(Path), "Save and go on writing", ("text", text));
        var vote = page.QuerySelectorAll("#preview h2").Single(heading => heading.TextContent.StartsWith("Votes by mail", StringComparison.Ordinal));
        Assert.Contains("Adopt the new charter", vote.NextElementSibling!.TextContent, StringComparison.Ordinal);
        Assert.Contains("“charter”", vote.NextElementSibling!.TextContent, StringComparison.Ordinal);

        using var finished = await _browser.PressAsync(Path, page, "Finish the minutes");
        Assert.Equal(HttpStatusCode.Redirect, finished.StatusCode);
        var after = await _browser.PageAsync(finished.Headers.Location!.ToString());
        Assert.Contains("Finished. The members get the minutes now", after.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Save the change", (await _browser.PageAsync(Path)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_members_leave_the_quorum_is_lost_and_only_what_was_decided_before_binds()
    {
        var page = await PressAsync(
            await _browser.PageAsync(Path), "Save and go on writing", ("present", "amara"), ("present", "ines"), ("present", "priya"));
        page = await PressAsync(page, "Save and go on writing", ("text", Text(page).TrimEnd() + "\n  - Decision: the buoys are painted yellow\n"));

        page = await PressAsync(page, "Save and go on writing", ("left", "priya"));
        page = await PressAsync(page, "Save and go on writing", ("text", Text(page).TrimEnd() + "\n  - Decision: the fog horn is sold\n"));

        Assert.Contains("Quorum lost: 2 of 5 members are still there", page.QuerySelector("#quorum")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("  - Priya Raghunathan (left early)\n", Text(page), StringComparison.Ordinal);
        Assert.Contains("  - Quorum lost: Priya Raghunathan left.\n", Text(page), StringComparison.Ordinal);
        Assert.Equal(
            ["The buoys are painted yellow", "The fog horn is sold"],
            page.QuerySelectorAll("#preview .read .decision").Select(item => item.FirstChild!.TextContent.Trim()));
        Assert.Contains("The fog horn is sold", page.QuerySelector("#preview .unsettled")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_published_what_was_decided_before_the_loss_stands_and_the_rest_is_put_to_a_vote()
    {
        var text = (await StoredAsync()).TrimEnd().Replace(
            "- **Participants:**\n", "- **Participants:**\n  - Inês Carvalho\n  - Priya Raghunathan (left early)\n", StringComparison.Ordinal)
            + "\n  - Decision: the buoys are painted yellow\n  - Quorum lost: Priya Raghunathan left.\n  - Decision: the fog horn is sold\n";
        _host.Clock.SetUtcNow(January.AddHours(2));
        using var finished = await _browser.PressAsync(Path, await _browser.PageAsync(Path), "Finish the minutes", ("text", text));
        await _host.Get<PublishMinutes>().PublishNowAsync(_charter, "0001", "test", Cancel);

        var page = await _browser.PageAsync($"/{_charter.Id}/meetings/0001.html");
        Assert.Equal("The fog horn is sold", page.QuerySelector("li.unsettled")!.TextContent.Trim());
        Assert.Equal(2, page.QuerySelectorAll(".decisions li").Length);
        var document = MinutesReader.Read(text);
        Assert.Equal(
            ["the fog horn is sold"],
            BscFlow.Votes.ProposedMotion.In(document, document.Meetings[0], _charter, new(2026, 1, 8)).Select(motion => motion.Text));
        Assert.DoesNotContain(
            MinutesLinter.Lint([("2026.md", document)], _charter), finding => finding.Kind is FindingKind.QuorumMisstated);
    }

    [Fact]
    public async Task What_is_typed_is_understood()
    {
        var page = await _browser.PageAsync(Path);
        page = await PressAsync(page, "Save and go on writing", ("text", Text(page).TrimEnd() + "\n  - AI(Ines): ask the harbour master <script>alert(1)</script>\n"));

        Assert.Contains("Inês Carvalho", page.QuerySelector("#preview .read .task .facts")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("#preview script"));
    }

    [Fact]
    public async Task A_draft_that_is_saved_is_not_sent_round_and_a_finished_one_is()
    {
        var page = await PressAsync(await _browser.PageAsync(Path), "Save and go on writing", ("present", "ines"));
        var begun = await MeetingAsync();
        Assert.NotNull(begun.MinutesBegunAt);
        Assert.Null(begun.MinutesSavedAt);

        using var finished = await _browser.PressAsync(Path, page, "Finish the minutes");

        Assert.Equal($"/desk/{_charter.Id}/meetings/0001?finished=true", finished.Headers.Location!.OriginalString);
        Assert.NotNull((await MeetingAsync()).MinutesSavedAt);
        var audit = await _host.AuditAsync(_charter);
        Assert.Equal("key desk", audit.Single(entry => entry.Event == "minutes-edited").Who);
        Assert.Equal("key desk", audit.Single(entry => entry.Event == "minutes-saved").Who);
    }

    [Fact]
    public async Task Two_who_write_at_once_lose_nothing()
    {
        var other = await _host.EnterAsync();
        var (mine, theirs) = (await _browser.PageAsync(Path), await other.PageAsync(Path));

        using var first = await other.PressAsync(Path, theirs, "Save and go on writing", ("text", Text(theirs).TrimEnd() + "\n  - The pier\n"), ("present", "ines"));
        var merged = await PressAsync(mine, "Save and go on writing", ("text", Text(mine).TrimEnd() + "\n  - The lamp\n"), ("present", "tomas"));

        Assert.Equal("Saved, together with what somebody else wrote.", merged.QuerySelector("#message")!.TextContent.Trim());
        var stored = await StoredAsync();
        foreach (var line in (string[])["  - The pier\n", "  - The lamp\n", "  - Inês Carvalho\n", "  - Tomás Herrera\n"])
        {
            Assert.Contains(line, stored, StringComparison.Ordinal);
        }

        Assert.Equal(stored, Text(merged));
    }

    [Fact]
    public async Task Two_who_change_the_same_words_are_shown_both_and_nothing_is_saved_until_one_chooses()
    {
        var other = await _host.EnterAsync();
        var (mine, theirs) = (await _browser.PageAsync(Path), await other.PageAsync(Path));
        using var first = await other.PressAsync(
            Path, theirs, "Save and go on writing", ("text", Text(theirs).Replace("**Duration:**", "**Duration:** 50m", StringComparison.Ordinal)));

        var conflict = await PressAsync(
            mine, "Save and go on writing", ("text", Text(mine).Replace("**Duration:**", "**Duration:** 45m", StringComparison.Ordinal)));

        Assert.Contains("**Duration:** 45m", Text(conflict), StringComparison.Ordinal);
        Assert.Contains("**Duration:** 50m", Text(conflict), StringComparison.Ordinal);
        Assert.Contains("50m", await StoredAsync(), StringComparison.Ordinal);
        var stubborn = await PressAsync(conflict, "Finish the minutes");
        Assert.Contains("Here two people wrote", stubborn.QuerySelector("#message.error")!.TextContent, StringComparison.Ordinal);

        var chosen = string.Join('\n', Text(conflict).Split('\n').Where(line => line[..Math.Min(7, line.Length)] is not ("<<<<<<<" or "=======" or ">>>>>>>") && !line.Contains("50m", StringComparison.Ordinal)));
        var settled = await PressAsync(stubborn, "Save and go on writing", ("text", chosen));

        Assert.Equal("Saved.", settled.QuerySelector("#message")!.TextContent.Trim());
        Assert.Contains("45m", await StoredAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_saved_stands_in_the_form_with_the_reason_and_its_line()
    {
        var page = await _browser.PageAsync(Path);
        var refused = await PressAsync(page, "Finish the minutes", ("text", "## Meeting #7 - 2026-01-08\n\n- my long work\n"));

        Assert.Contains("my long work", Text(refused), StringComparison.Ordinal);
        Assert.Contains("Line 1: Not saved. These are the minutes of meeting #7", refused.QuerySelector("#message.error")!.TextContent.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_correction_of_published_minutes_is_public_at_once()
    {
        _host.Clock.SetUtcNow(January.AddHours(2));
        using var finished = await _browser.PressAsync(Path, await _browser.PageAsync(Path), "Finish the minutes");
        await _host.Get<PublishMinutes>().PublishNowAsync(_charter, "0001", "test", Cancel);

        var page = await _browser.PageAsync(Path);
        using var corrected = await _browser.PressAsync(
            Path, page, "Publish the correction", ("text", Text(page).TrimEnd() + "\n  - The gulls were counted\n"));

        var year = await _host.Get<MinutesStore>().FindYearAsync(_charter.Id, 2026, Cancel);
        Assert.Contains("The gulls were counted", year!.Text, StringComparison.Ordinal);
        Assert.Equal("key desk", (await _host.AuditAsync(_charter)).Single(entry => entry.Event == "minutes-corrected").Who);
    }

    private static string Text(IHtmlDocument page) => ((IHtmlTextAreaElement)page.QuerySelector("#text")!).Value;

    private async Task<IHtmlDocument> PressAsync(IHtmlDocument page, string button, params (string Name, string? Value)[] fill)
    {
        using var answer = await _browser.PressAsync(Path, page, button, fill);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await PageClient.ReadAsync(answer);
    }

    private async Task<string> StoredAsync() =>
        (await _host.Get<MinutesStore>().FindAsync(_charter.Id, 2026, "0001", Cancel))!.Text;

    private async Task<Meeting> MeetingAsync() => (await _host.Get<MeetingStore>().FindAsync(_charter.Id, _meeting.Row, Cancel))!;
}
