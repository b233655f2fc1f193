using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using BscFlow.GraphEmulator;
using static BscFlow.Tests.GraphEmulator.EmulatorRun;

namespace BscFlow.Tests.GraphEmulator;

/// <summary>The pages as a browser without scripts uses them.</summary>
public sealed class PageTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static async Task<IDocument> OpenAsync(EmulatorRun run, string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await run.Http.GetAsync(new Uri(run.Host.Address, path), Cancelled);
        Assert.Equal(expected, response.StatusCode);
        if (expected == HttpStatusCode.OK)
        {
            Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        }

        return new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync(Cancelled));
    }

    /// <summary>Sends a form with its fields as they stand, some of them filled in, by pressing a button.</summary>
    /// <returns>The page that it leads to.</returns>
    private static async Task<IDocument> SubmitAsync(
        EmulatorRun run, IDocument page, string button, params (string Field, string Value)[] filled)
    {
        var pressed = page.GetElementById(button)!;
        var form = pressed.Closest("form")!;
        var fields = form.QuerySelectorAll("input, textarea").ToDictionary(
            field => field.GetAttribute("name")!, field => field.TextContent);
        foreach (var select in form.QuerySelectorAll("select"))
        {
            fields[select.GetAttribute("name")!] = select.QuerySelector("option")!.GetAttribute("value")!;
        }

        if (pressed.GetAttribute("name") is { } name)
        {
            fields[name] = pressed.GetAttribute("value")!;
        }

        foreach (var (field, value) in filled)
        {
            Assert.True(fields.ContainsKey(field), $"The form has no field {field}.");
            fields[field] = value;
        }

        using var content = new FormUrlEncodedContent(fields);
        using var response = await run.Http.PostAsync(
            new Uri(run.Host.Address, form.GetAttribute("action")!), content, Cancelled);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal(HttpMethod.Get, response.RequestMessage!.Method);
        return new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync(Cancelled));
    }

    private static async Task<IDocument> OpenMailAsync(EmulatorRun run, string mailbox, string query = "") =>
        await OpenAsync(run, $"mailboxes/{mailbox}/messages/{run.Host.Messages(mailbox)[^1].Key}{query}");

    [Theory]
    [InlineData("/_emulator/deliver?to=ada@reef.example&from=bo@reef.example")]
    [InlineData("/mailboxes/ada@reef.example/send")]
    public async Task A_page_of_another_site_changes_nothing(string path)
    {
        await using var run = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(run.Host.Address, path)) { Content = new StringContent("x") };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var answer = await run.Http.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task The_first_page_lists_every_mailbox_with_what_is_unread()
    {
        await using var run = await StartAsync();
        await run.SendMailAsync(Draft("Grüße ✓", Joe));
        var page = await OpenAsync(run, "mailboxes");
        Assert.Equal(
            [Desk, Joe, Dana, Kim], page.QuerySelectorAll("#mailboxes tbody tr").Select(row => row.GetAttribute("data-mailbox")));
        var joe = page.QuerySelector($"#mailboxes tr[data-mailbox='{Joe}']")!;
        Assert.Equal("1", joe.QuerySelectorAll("td.number")[0].TextContent);
        var inbox = await OpenAsync(run, joe.QuerySelector("a")!.GetAttribute("href")!);
        Assert.Equal("Grüße ✓", inbox.QuerySelector("#messages tbody a")!.TextContent);
        Assert.NotNull(await OpenAsync(run, ""));
    }

    [Fact]
    public async Task Of_very_many_mailboxes_a_hundred_are_listed_and_any_is_found_by_name_or_address()
    {
        await using var run = await StartAsync(options => options with { OpensMailboxes = true });
        await run.SendMailAsync(Draft("Vote", Enumerable.Range(1, 150).Select(n => $"voter{n}@crowd.example")));

        var page = await OpenAsync(run, "mailboxes");
        Assert.Equal(
            (100, "And 54 more."),
            (page.QuerySelectorAll("#mailboxes tbody tr").Length, page.GetElementById("more")!.TextContent));
        Assert.Equal(
            ["voter149@crowd.example"],
            (await OpenAsync(run, "mailboxes?find=Voter149"))
                .QuerySelectorAll("#mailboxes tbody tr")
                .Select(row => row.GetAttribute("data-mailbox")));
    }

    [Fact]
    public async Task Times_are_told_in_the_zone_that_is_given()
    {
        await using var run = await StartAsync(
            options => options with { Zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York") });
        await run.SendMailAsync(Draft("Early", Joe));

        var inbox = await OpenAsync(run, $"mailboxes/{Joe}");
        Assert.Equal("Received (America/New_York)", inbox.QuerySelectorAll("#messages th")[^1].TextContent);
        Assert.Equal("Mon 5 Jan 2026, 04:00", inbox.QuerySelector("#messages time")!.TextContent);
        Assert.Contains(
            "Mon 5 Jan 2026, 04:00 (America/New_York)",
            (await OpenMailAsync(run, Joe)).QuerySelector("dl.head")!.TextContent,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_folder_is_shown_a_hundred_mails_a_page()
    {
        await using var run = await StartAsync();
        for (var number = 1; number <= 101; number++)
        {
            run.Host.As(Dana).Write([Joe], $"{number}", "x");
        }

        var page = await OpenAsync(run, $"mailboxes/{Joe}");
        Assert.Equal(100, page.QuerySelectorAll("#messages tbody tr").Length);
        var older = await OpenAsync(run, page.GetElementById("older")!.GetAttribute("href")!);
        Assert.Equal(["1"], older.QuerySelectorAll("#messages tbody a").Select(link => link.TextContent));
        Assert.Null(older.GetElementById("older"));
    }

    [Fact]
    public async Task A_mail_is_shown_in_a_sandbox_as_text_and_as_source_and_is_read_then()
    {
        await using var run = await StartAsync();
        await run.SendMailAsync($$"""
            {"subject":"<script>alert(1)</script>",
             "body":{"contentType":"html","content":"<p>Hi \"Joe\" & co</p><script>alert(2)</script>"},
             "toRecipients":[{"emailAddress":{"address":"{{Joe}}"} }]}
            """);
        var page = await OpenMailAsync(run, Joe);
        Assert.Equal("<script>alert(1)</script>", page.GetElementById("subject")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("script"));
        var frame = page.GetElementById("mail-html")!;
        Assert.DoesNotContain("allow-scripts", frame.GetAttribute("sandbox")!, StringComparison.Ordinal);
        Assert.DoesNotContain("allow-same-origin", frame.GetAttribute("sandbox")!, StringComparison.Ordinal);
        Assert.Contains("<p>Hi \"Joe\" & co</p>", frame.GetAttribute("srcdoc")!, StringComparison.Ordinal);
        Assert.True(run.Host.Messages(Joe).Single().IsRead);
        Assert.Equal("Hi \"Joe\" & co", (await OpenMailAsync(run, Joe, "?show=text")).GetElementById("mail-text")!.TextContent);
        Assert.Contains(
            "Authentication-Results: spf=pass",
            (await OpenMailAsync(run, Joe, "?show=source")).GetElementById("mail-source")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reply_is_written_above_or_below_the_quote()
    {
        await using var run = await StartAsync();
        await run.SendMailAsync(Draft("Vote", Joe));
        var after = await SubmitAsync(run, await OpenMailAsync(run, Joe), "reply-send", ("text", "+1\r\nwith pleasure"));
        Assert.Equal("Your reply is sent.", after.GetElementById("done")!.TextContent);
        Assert.StartsWith("+1\nwith pleasure\n\n", Normal(run.Host.Messages(Desk)[^1]), StringComparison.Ordinal);
        await SubmitAsync(run, after, "reply-send", ("text", "-1"), ("style", "BottomPost"));
        Assert.EndsWith("\n\n-1", Normal(run.Host.Messages(Desk)[^1]), StringComparison.Ordinal);

        static string Normal(MailboxMessage message) => message.Text.ReplaceLineEndings("\n").Trim();
    }

    [Fact]
    public async Task A_mail_is_forwarded_and_a_new_one_is_written_to_several()
    {
        await using var run = await StartAsync();
        await run.SendMailAsync(Draft("Vote", Joe));
        await SubmitAsync(run, await OpenMailAsync(run, Joe), "forward-send", ("to", Dana), ("text", "See below"));
        Assert.Equal("Fwd: Vote", run.Host.Messages(Dana).Single().Subject);
        var write = await OpenAsync(
            run, (await OpenAsync(run, $"mailboxes/{Joe}")).GetElementById("write")!.GetAttribute("href")!);
        var sent = await SubmitAsync(run, write, "write-send", ("to", $"{Desk}, {Kim}"), ("subject", "Item"), ("text", "Grüße"));
        Assert.Equal("Item", sent.QuerySelector("#messages tbody a")!.TextContent);
        Assert.Equal("Item", run.Host.Messages(Kim).Single().Subject);
        Assert.Equal("Grüße", run.Host.Messages(Desk).Single().Text.Trim());
    }

    [Fact]
    public async Task A_mail_and_a_reply_are_sent_as_html()
    {
        await using var run = await StartAsync();
        var write = await OpenAsync(run, $"mailboxes/{Joe}/write");
        await SubmitAsync(run, write, "write-send", ("to", Desk), ("subject", "Item"), ("text", "a < b"), ("form", "HtmlAlone"));
        Assert.Equal("<div dir=\"ltr\">a &lt; b</div>", run.Host.Messages(Desk)[^1].Html!.Trim());
        await run.SendMailAsync(Draft("Vote", Joe));
        await SubmitAsync(run, await OpenMailAsync(run, Joe), "reply-send", ("text", "+1"), ("style", "HtmlAlone"));
        Assert.StartsWith("<div dir=\"ltr\">+1</div>", run.Host.Messages(Desk)[^1].Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("accept", "accepted")]
    [InlineData("tentative", "tentativelyAccepted")]
    [InlineData("decline", "declined")]
    public async Task An_invitation_is_answered(string button, string response)
    {
        await using var run = await StartAsync();
        var made = await run.PostAsync($"users/{Desk}/events", $$"""
            {"subject":"M","start":{"dateTime":"2026-02-01T10:00:00","timeZone":"UTC"},
             "end":{"dateTime":"2026-02-01T11:00:00","timeZone":"UTC"},
             "attendees":[{"emailAddress":{"address":"{{Joe}}"} }]}
            """);
        await SubmitAsync(run, await OpenMailAsync(run, Joe), button, ("comment", "see you"));
        Assert.Equal(
            response,
            (string)(await run.GetAsync($"users/{Desk}/events/{made["id"]}"))["attendees"]![0]!["status"]!["response"]!);
        Assert.Contains("see you", run.Host.Messages(Desk).Single().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Out_of_office_is_switched_on_and_off()
    {
        await using var run = await StartAsync();
        var page = await SubmitAsync(run, await OpenAsync(run, $"mailboxes/{Joe}"), "away-on", ("text", "Back on Monday"));
        Assert.Contains("Back on Monday", page.GetElementById("away-now")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(
            "out of office", (await OpenAsync(run, "mailboxes")).QuerySelector($"tr[data-mailbox='{Joe}']")!.TextContent,
            StringComparison.Ordinal);
        run.Host.As(Dana).Write([Joe], "x", "y");
        Assert.Equal("Back on Monday", run.Host.Messages(Dana).Single().Text.Trim());
        page = await SubmitAsync(run, page, "away-off");
        Assert.NotNull(page.GetElementById("away-on"));
    }

    [Fact]
    public async Task An_attachment_is_downloaded_and_never_shown()
    {
        await using var run = await StartAsync();
        await run.SendMailAsync($$"""
            {"subject":"File","toRecipients":[{"emailAddress":{"address":"{{Joe}}"} }],
             "attachments":[{"@odata.type":"#microsoft.graph.fileAttachment","name":"a.html",
                             "contentType":"text/html","contentBytes":"PGI+"}]}
            """);
        var link = (await OpenMailAsync(run, Joe)).QuerySelector("#attachments a")!.GetAttribute("href")!;
        using var response = await run.Http.GetAsync(new Uri(run.Host.Address, link), Cancelled);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("<b>", await response.Content.ReadAsStringAsync(Cancelled));
    }

    [Fact]
    public async Task Every_field_has_a_label_every_page_a_language_a_title_and_one_heading()
    {
        await using var run = await StartAsync();
        await run.SendMailAsync(Draft("Vote", Joe));
        foreach (var page in new[]
        {
            await OpenAsync(run, "mailboxes"),
            await OpenAsync(run, $"mailboxes/{Joe}"),
            await OpenAsync(run, $"mailboxes/{Joe}/write"),
            await OpenMailAsync(run, Joe),
        })
        {
            Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
            Assert.NotEmpty(page.Title!);
            Assert.Single(page.QuerySelectorAll("h1"));
            Assert.All(page.QuerySelectorAll("input, select, textarea"), field =>
                Assert.NotNull(page.QuerySelector($"label[for='{field.Id}']")));
            Assert.All(page.QuerySelectorAll("iframe"), frame => Assert.NotEmpty(frame.GetAttribute("title")!));
            var ids = page.QuerySelectorAll("[id]").Select(element => element.Id).ToList();
            Assert.Equal(ids.Distinct(), ids);
        }
    }

    [Theory]
    [InlineData("mailboxes/nobody@example.org")]
    [InlineData("mailboxes/joe@example.org?folder=attic")]
    [InlineData("mailboxes/joe@example.org/messages/none")]
    [InlineData("mailboxes/nobody@example.org/write")]
    public async Task What_is_not_there_is_404(string path)
    {
        await using var run = await StartAsync();
        await OpenAsync(run, path, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_address_that_is_none_is_refused_and_sends_nothing()
    {
        await using var run = await StartAsync();
        using var form = new FormUrlEncodedContent([new("to", "nobody at all <"), new("subject", "x"), new("text", "y")]);
        using var response = await run.Http.PostAsync(new Uri(run.Host.Address, $"mailboxes/{Joe}/write"), form, Cancelled);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(run.Host.Messages(Joe, "sentitems"));
    }
}
