using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using BscFlow.GraphEmulator;
using MimeKit;
using static BscFlow.Tests.GraphEmulator.EmulatorRun;

namespace BscFlow.Tests.GraphEmulator;

public sealed class ReadingTests
{
    private const string TextBody = "outlook.body-content-type=\"text\"";

    private static async Task<JsonNode> OnlyAsync(EmulatorRun run, string select, params IEnumerable<string> prefer) =>
        (await run.GetAsync($"users/{Desk}/mailFolders/inbox/messages?$select={select}", prefer))["value"]!.AsArray().Single()!;

    [Fact]
    public async Task A_body_is_html_unless_text_is_preferred_and_the_answer_says_so()
    {
        await using var run = await StartAsync();
        run.Host.As(Joe).Write([Desk], "x", "One & two\nthree");
        var html = await OnlyAsync(run, "body");
        Assert.Equal("html", (string)html["body"]!["contentType"]!);
        Assert.Contains("One &amp; two<br>", (string)html["body"]!["content"]!, StringComparison.Ordinal);
        var text = await OnlyAsync(run, "body", TextBody);
        Assert.Equal("text", (string)text["body"]!["contentType"]!);
        Assert.Equal("One & two\nthree", ((string)text["body"]!["content"]!).ReplaceLineEndings("\n").Trim());
        using var request = new HttpRequestMessage(HttpMethod.Get, $"users/{Desk}/messages");
        request.Headers.Add("Prefer", [TextBody, "IdType=\"ImmutableId\""]);
        using var response = await run.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(
            "outlook.body-content-type=\"text\", IdType=\"ImmutableId\"",
            response.Headers.GetValues("Preference-Applied").Single());
    }

    [Fact]
    public async Task Headers_and_the_unique_body_come_only_when_selected()
    {
        await using var run = await StartAsync();
        run.Host.As(Joe).Write([Desk], "x", "y");
        var plain = (await run.GetAsync($"users/{Desk}/messages"))["value"]![0]!.AsObject();
        Assert.False(plain.ContainsKey("internetMessageHeaders"));
        Assert.False(plain.ContainsKey("uniqueBody"));
        var selected = await OnlyAsync(run, "internetMessageHeaders,uniqueBody");
        Assert.Contains(
            selected["internetMessageHeaders"]!.AsArray(),
            header => "Message-ID".Equals((string?)header!["name"], StringComparison.OrdinalIgnoreCase));
        Assert.NotNull(selected["uniqueBody"]);
    }

    [Theory]
    [InlineData(ReplyStyle.TopPost)]
    [InlineData(ReplyStyle.Outlook)]
    [InlineData(ReplyStyle.BottomPost)]
    [InlineData(ReplyStyle.NoQuote)]
    public async Task The_unique_body_of_a_reply_is_what_the_person_wrote(ReplyStyle style)
    {
        await using var run = await StartAsync();
        await run.SendMailAsync(Draft("Vote", Joe));
        run.Host.As(Joe).Reply(run.Host.Messages(Joe).Single().Id, "+1\nwith pleasure", style);
        var reply = await OnlyAsync(run, "uniqueBody,body", TextBody);
        Assert.Equal("+1\nwith pleasure", ((string)reply["uniqueBody"]!["content"]!).ReplaceLineEndings("\n").Trim());
        Assert.Equal(
            style != ReplyStyle.NoQuote, ((string)reply["body"]!["content"]!).Contains("Hello there", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Mail_from_another_domain_carries_a_pass_for_its_From()
    {
        await using var run = await StartAsync();
        run.Host.As(Joe).Write([Desk], "x", "y");
        var message = run.Host.Messages(Desk).Single();
        var result = message.Headers.Single(header => header.Key == "Authentication-Results").Value;
        Assert.Matches(
            @"^spf=pass \(.+\) smtp\.mailfrom=example\.org; dkim=pass .*dmarc=pass action=none header\.from=example\.org;compauth=pass reason=100$",
            result);
        Assert.True(MimeKit.Cryptography.AuthenticationResults.TryParse(Encoding.UTF8.GetBytes(result), out var parsed));
        Assert.Equal("pass", parsed.Results.Single(one => one.Method == "dmarc").Result);
        Assert.Equal("Anonymous", message.Headers.Single(header => header.Key == "X-MS-Exchange-Organization-AuthAs").Value);
        Assert.Equal(Joe, message.Headers.Single(header => header.Key == "Return-Path").Value);
        Assert.Contains(message.Headers, header => header.Key == "Received");
    }

    [Fact]
    public async Task Mail_inside_the_tenant_is_internal_and_has_no_pass()
    {
        await using var run = await StartAsync();
        run.Host.As(Kim).Write([Desk], "x", "y");
        var headers = run.Host.Messages(Desk).Single().Headers;
        Assert.Equal("Internal", headers.Single(header => header.Key == "X-MS-Exchange-Organization-AuthAs").Value);
        Assert.Contains(
            "dmarc=none", headers.Single(header => header.Key == "Authentication-Results").Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_from_outside_keeps_its_bytes_and_gets_the_chosen_results()
    {
        await using var run = await StartAsync();
        var mime =
            "From: Eve <eve@evil.example>\r\nTo: bsc@committee.example\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n"u8.ToArray()
            .Concat("Authentication-Results: dmarc=pass header.from=example.org\r\nX-MS-Exchange-Organization-AuthAs: Internal\r\n\r\n"u8.ToArray())
            .Concat("Latin: \xE4\r\n"u8.ToArray()).ToArray();
        run.Host.Deliver(
            new() { Mime = mime, Recipients = ["bsc+tag@committee.example"], ReturnPath = "eve@evil.example", AuthenticationResults = ["a=1", "b=2"] });
        var message = run.Host.Messages(Desk).Single();
        Assert.Equal("Grüße", message.Subject);
        Assert.Equal(
            ["a=1", "b=2"],
            message.Headers.Where(header => header.Key == "Authentication-Results").Select(header => header.Value));
        Assert.Equal(
            "dmarc=pass header.from=example.org",
            message.Headers.Single(header => header.Key == "Authentication-Results-Original").Value);
        Assert.Equal("Anonymous", message.Headers.Single(header => header.Key == "X-MS-Exchange-Organization-AuthAs").Value);
        Assert.True(message.Mime!.Value.Span.EndsWith("\r\n\r\nLatin: \xE4\r\n"u8));
        Assert.Matches("^<.+>$", message.InternetMessageId);
    }

    [Theory]
    [InlineData("From: a@b.example\r\nSubject: cut", "cut", "")]
    [InlineData("Subject: bare\n\nlines\n", "bare", "lines")]
    [InlineData("no header at all\r\n\r\ntext", "", "text")]
    [InlineData("", "", "")]
    public async Task A_mail_from_outside_may_be_in_any_state(string mime, string subject, string text)
    {
        await using var run = await StartAsync();
        run.Host.Deliver(new() { Mime = Encoding.ASCII.GetBytes(mime), Recipients = [Desk] });
        var message = run.Host.Messages(Desk).Single();
        Assert.Equal(subject, message.Subject);
        Assert.Equal(text, message.Text.Trim());
        Assert.NotEmpty(message.InternetMessageId);
        await OnlyAsync(run, "body,uniqueBody,internetMessageHeaders,from,sender,sentDateTime");
    }

    [Fact]
    public async Task The_received_time_is_the_clocks_and_the_sent_time_the_Date_headers()
    {
        await using var run = await StartAsync();
        var mime = Encoding.ASCII.GetBytes("From: a@b.example\r\nDate: Thu, 1 Jan 2026 12:00:00 +0100\r\n\r\nx");
        run.Host.Deliver(new() { Mime = mime, Recipients = [Desk] });
        var message = await OnlyAsync(run, "receivedDateTime,sentDateTime");
        Assert.Equal("2026-01-05T09:00:00Z", (string)message["receivedDateTime"]!);
        Assert.Equal("2026-01-01T11:00:00Z", (string)message["sentDateTime"]!);
    }

    [Fact]
    public async Task The_raw_mail_is_what_was_delivered()
    {
        await using var run = await StartAsync();
        run.Host.As(Joe).Write([Desk], "x", "y");
        var message = run.Host.Messages(Desk).Single();
        using var response = await run.Http.GetAsync(
            new Uri($"users/{Desk}/messages/{message.Id}/$value", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(message.Mime!.Value.ToArray(), bytes);
        using var mime = await MimeMessage.LoadAsync(new MemoryStream(bytes), TestContext.Current.CancellationToken);
        Assert.Equal(message.InternetMessageId, $"<{mime.MessageId}>");
    }

    [Fact]
    public async Task The_raw_draft_is_what_would_be_sent()
    {
        await using var run = await StartAsync();
        var draft = await run.PostAsync($"users/{Desk}/messages", Draft("Agenda", Joe));
        var text = await run.Http.GetStringAsync(
            new Uri($"users/{Desk}/messages/{draft["id"]}/$value", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("Subject: Agenda", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mark_as_read_changes_the_message_and_a_new_subject_is_refused()
    {
        await using var run = await StartAsync();
        run.Host.As(Joe).Write([Desk], "x", "y");
        var message = run.Host.Messages(Desk).Single();
        await run.PatchAsync($"users/{Desk}/messages/{message.Id}", """{"isRead":true}""");
        Assert.True(run.Host.Messages(Desk).Single().IsRead);
        await run.RefusedAsync(
            HttpMethod.Patch, $"users/{Desk}/messages/{message.Id}", """{"subject":"z"}""", HttpStatusCode.BadRequest,
            "ErrorInvalidPropertySet");
    }

    [Theory]
    [InlineData("outlook.timezone=\"Moon\"", "TimeZoneNotSupportedException")]
    [InlineData("odata.maxpagesize=0", "ErrorInvalidArgument")]
    public async Task A_preference_that_cannot_be_met_is_refused(string preference, string code)
    {
        await using var run = await StartAsync();
        var error = await run.SendAsync(HttpMethod.Get, $"users/{Desk}/messages", null, HttpStatusCode.BadRequest, [preference]);
        Assert.Equal(code, (string)error["error"]!["code"]!);
    }
}
