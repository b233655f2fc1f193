using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MimeKit;
using static BscFlow.Tests.GraphEmulator.EmulatorRun;

namespace BscFlow.Tests.GraphEmulator;

public sealed class SendingTests
{
    private static string Keyed(string key) =>
        $$"""{"subject":"Agenda","body":{"contentType":"html","content":"<p>x</p>"},"toRecipients":[{"emailAddress":{"address":"{{Joe}}"} }],"singleValueExtendedProperties":[{"id":"{{Key}}","value":"{{key}}"}]}""";

    [Fact]
    public async Task A_sent_draft_is_in_Sent_Items_under_another_id_and_in_the_recipients_inbox()
    {
        await using var run = await StartAsync();
        var draft = await run.SendMailAsync(Draft("Agenda", Joe));
        Assert.Empty(run.Host.Messages(Desk, "drafts"));
        var sent = run.Host.Messages(Desk, "sentitems").Single();
        Assert.False(sent.IsDraft);
        Assert.NotEqual((string)draft["id"]!, sent.Id);
        Assert.Equal((string)draft["internetMessageId"]!, sent.InternetMessageId);
        Assert.Equal((string)draft["conversationId"]!, sent.ConversationId);
        var received = run.Host.Messages(Joe).Single();
        Assert.Equal(sent.InternetMessageId, received.InternetMessageId);
        Assert.Equal("<p>Hello <b>there</b></p>", received.Html);
        Assert.False(received.IsRead);
    }

    [Fact]
    public async Task A_second_send_of_the_same_draft_is_404_and_sends_nothing()
    {
        await using var run = await StartAsync();
        var draft = await run.SendMailAsync(Draft("Agenda", Joe));
        await run.RefusedAsync(
            HttpMethod.Post, $"users/{Desk}/messages/{draft["id"]}/send", null, HttpStatusCode.NotFound, "ErrorItemNotFound");
        var sent = run.Host.Messages(Desk, "sentitems").Single();
        await run.RefusedAsync(
            HttpMethod.Post, $"users/{Desk}/messages/{sent.Id}/send", null, HttpStatusCode.NotFound, "ErrorItemNotFound");
        Assert.Single(run.Host.Messages(Joe));
    }

    [Fact]
    public async Task An_immutable_id_changes_when_sent_and_stays_when_moved()
    {
        await using var run = await StartAsync();
        const string Immutable = "IdType=\"ImmutableId\"";
        var draft = await run.PostAsync($"users/{Desk}/messages", Draft("Agenda", Desk), HttpStatusCode.Created, Immutable);
        await run.PostAsync($"users/{Desk}/messages/{draft["id"]}/send", null, HttpStatusCode.Accepted);
        await run.RefusedAsync(
            HttpMethod.Get, $"users/{Desk}/messages/{draft["id"]}", null, HttpStatusCode.NotFound, "ErrorItemNotFound");
        var received = (await run.GetAsync($"users/{Desk}/mailFolders/inbox/messages", Immutable))["value"]![0]!;
        var moved = await run.PostAsync(
            $"users/{Desk}/messages/{received["id"]}/move", """{"destinationId":"archive"}""", HttpStatusCode.Created, Immutable);
        Assert.Equal((string)received["id"]!, (string)moved["id"]!);
        var plain = (await run.GetAsync($"users/{Desk}/mailFolders/archive/messages"))["value"]![0]!;
        Assert.NotEqual((string)moved["id"]!, (string)plain["id"]!);
    }

    [Fact]
    public async Task What_was_sent_is_found_by_its_key_in_any_case_before_and_after_sending()
    {
        await using var run = await StartAsync();
        var query =
            $"users/{Desk}/messages?$filter={WithKey("AGENDA|0062|JOE")}&$select=id,isDraft,internetMessageId,conversationId";
        Assert.Empty((await run.GetAsync(query))["value"]!.AsArray());
        var draft = await run.PostAsync($"users/{Desk}/messages", Keyed("agenda|0062|joe"));
        Assert.True((bool)(await run.GetAsync(query))["value"]!.AsArray().Single()!["isDraft"]!);
        await run.PostAsync($"users/{Desk}/messages/{draft["id"]}/send", null, HttpStatusCode.Accepted);
        var found = (await run.GetAsync(query))["value"]!.AsArray().Single()!;
        Assert.False((bool)found["isDraft"]!);
        Assert.Equal((string)draft["internetMessageId"]!, (string)found["internetMessageId"]!);
        Assert.Equal(
            ["@odata.etag", "id", "internetMessageId", "conversationId", "isDraft"],
            found.AsObject().Select(property => property.Key));
        Assert.Empty(run.Host.Messages(Joe).Single().ExtendedProperties);
    }

    [Fact]
    public async Task SendMail_sends_and_keeps_a_copy_unless_told_otherwise()
    {
        await using var run = await StartAsync();
        await run.PostAsync($"users/{Desk}/sendMail", $$"""{"message":{{Draft("One", Joe)}}}""", HttpStatusCode.Accepted);
        await run.PostAsync(
            $"users/{Desk}/sendMail", $$"""{"Message":{{Draft("Two", Joe)}},"SaveToSentItems":false}""", HttpStatusCode.Accepted);
        Assert.Equal(["One", "Two"], run.Host.Messages(Joe).Select(message => message.Subject));
        Assert.Equal(["One"], run.Host.Messages(Desk, "sentitems").Select(message => message.Subject));
        Assert.Empty(run.Host.Messages(Desk, "drafts"));
    }

    [Fact]
    public async Task To_copy_and_blind_copy_all_get_it_once_and_nobody_sees_the_blind_copy()
    {
        await using var run = await StartAsync();
        await run.SendMailAsync($$"""
            {"subject":"All","toRecipients":[{"emailAddress":{"address":"{{Joe}}"} }],
             "ccRecipients":[{"emailAddress":{"address":"{{Dana}}"} },{"emailAddress":{"address":"joe+again@example.org"} }],
             "bccRecipients":[{"emailAddress":{"address":"{{Kim}}"} }]}
            """);
        foreach (var mailbox in (string[])[Joe, Dana, Kim])
        {
            var message = run.Host.Messages(mailbox).Single();
            Assert.DoesNotContain(
                Kim, Encoding.UTF8.GetString(message.Mime!.Value.Span).Replace($"for <{Kim}>", "", StringComparison.Ordinal),
                StringComparison.Ordinal);
        }

        var sent = await run.GetAsync($"users/{Desk}/mailFolders/sentitems/messages");
        Assert.Equal(Kim, (string)sent["value"]![0]!["bccRecipients"]![0]!["emailAddress"]!["address"]!);
    }

    [Fact]
    public async Task A_plus_tag_arrives_in_the_mailbox_before_it_and_stays_in_To()
    {
        await using var run = await StartAsync();
        await run.SendMailAsync(Draft("Vote", "joe+vote-3f2a@example.org"));
        Assert.Equal(["joe+vote-3f2a@example.org"], run.Host.Messages(Joe).Single().To);
    }

    [Fact]
    public async Task An_address_that_nobody_has_comes_back_as_a_report_and_the_others_get_the_mail()
    {
        await using var run = await StartAsync();
        var draft = await run.SendMailAsync(Draft("Vote", Joe, "gone@example.org", "lost@nowhere.example"));
        Assert.Single(run.Host.Messages(Joe));
        var report = run.Host.Messages(Desk).Single();
        Assert.Equal("Undeliverable: Vote", report.Subject);
        Assert.Equal((string)draft["conversationId"]!, report.ConversationId);
        Assert.Contains(report.Headers, header => header is { Key: "Return-Path", Value: "<>" });
        Assert.Contains(report.Headers, header => header is { Key: "Auto-Submitted", Value: "auto-generated" });
        using var mime = await MimeMessage.LoadAsync(
            new MemoryStream(report.Mime!.Value.ToArray()), TestContext.Current.CancellationToken);
        var multipart = Assert.IsType<MultipartReport>(mime.Body);
        Assert.Equal("delivery-status", multipart.ReportType);
        var status = multipart.OfType<MessageDeliveryStatus>().Single();
        Assert.Equal(
            ["rfc822;gone@example.org", "rfc822;lost@nowhere.example"],
            status.StatusGroups.Select(group => group["Final-Recipient"]).Where(address => address is not null));
        Assert.Equal((string)draft["internetMessageId"]!, $"<{multipart.OfType<MessagePart>().Single().Message!.MessageId}>");
    }

    [Fact]
    public async Task An_address_that_nobody_has_yet_gets_a_mailbox_where_that_is_wanted_and_keeps_it()
    {
        using var folder = new TemporaryFolder();
        await using (var run = await StartAsync(options => options with { OpensMailboxes = true, DataFolder = folder.Path }))
        {
            await run.SendMailAsync(Draft("Vote", "zoe+vote-3f2a@crowd.example", "gone@committee.example"));

            Assert.Equal("Vote", run.Host.Messages("zoe@crowd.example").Single().Subject);
            Assert.Contains("gone@committee.example", run.Host.Messages(Desk).Single().Text, StringComparison.Ordinal);
            run.Host.As("zoe@crowd.example").Reply(run.Host.Messages("zoe@crowd.example").Single().Id, "+1");
            Assert.Equal(2, run.Host.Messages(Desk).Count);
        }

        await using var again = await StartAsync(options => options with { OpensMailboxes = true, DataFolder = folder.Path });
        Assert.Equal("Vote", again.Host.Messages("zoe@crowd.example").Single().Subject);
    }

    [Fact]
    public async Task A_mail_to_nobody_is_refused()
    {
        await using var run = await StartAsync();
        var draft = await run.PostAsync($"users/{Desk}/messages", """{"subject":"x"}""");
        await run.RefusedAsync(
            HttpMethod.Post, $"users/{Desk}/messages/{draft["id"]}/send", null, HttpStatusCode.BadRequest,
            "ErrorInvalidRecipients");
        Assert.Single(run.Host.Messages(Desk, "drafts"));
    }

    [Fact]
    public async Task A_mail_in_somebody_elses_name_is_403()
    {
        await using var run = await StartAsync();
        var draft = await run.PostAsync(
            $"users/{Desk}/messages",
            $$"""{"subject":"x","from":{"emailAddress":{"address":"{{Kim}}"} },"toRecipients":[{"emailAddress":{"address":"{{Joe}}"} }]}""");
        await run.RefusedAsync(
            HttpMethod.Post, $"users/{Desk}/messages/{draft["id"]}/send", null, HttpStatusCode.Forbidden, "ErrorSendAsDenied");
    }

    [Fact]
    public async Task More_than_500_recipients_are_refused()
    {
        await using var run = await StartAsync();
        var draft = await run.PostAsync(
            $"users/{Desk}/messages", Draft("x", Enumerable.Range(0, 501).Select(number => $"m{number}@example.org")));
        await run.RefusedAsync(
            HttpMethod.Post, $"users/{Desk}/messages/{draft["id"]}/send", null, HttpStatusCode.BadRequest,
            "ErrorExceededMaxRecipientLimit");
    }

    [Fact]
    public async Task Html_leaves_as_text_and_html_and_text_as_text_alone()
    {
        await using var run = await StartAsync();
        await run.SendMailAsync(Draft("Html", Joe));
        await run.SendMailAsync(
            $$"""{"subject":"Text","body":{"contentType":"text","content":"Grüße – ✓"},"toRecipients":[{"emailAddress":{"address":"{{Joe}}"} }]}""");
        var parts = new List<string>();
        foreach (var message in run.Host.Messages(Joe))
        {
            using var mime = await MimeMessage.LoadAsync(
                new MemoryStream(message.Mime!.Value.ToArray()), TestContext.Current.CancellationToken);
            parts.Add(
                $"{mime.Body!.ContentType.MimeType} {string.Join(' ', mime.BodyParts.OfType<TextPart>().Select(part => $"{part.ContentType.MimeType}:{part.Text.Trim()}"))}");
        }

        Assert.Equal(
            ["multipart/alternative text/plain:Hello there text/html:<p>Hello <b>there</b></p>", "text/plain text/plain:Grüße – ✓"],
            parts);
    }

    [Fact]
    public async Task Threading_properties_become_headers_and_the_conversation_is_shared()
    {
        await using var run = await StartAsync();
        var first = await run.SendMailAsync(Draft("Agenda", Joe));
        var answered = (string)first["internetMessageId"]!;
        var second = await run.SendMailAsync(new JsonObject
        {
            ["subject"] = "Reminder",
            ["toRecipients"] = JsonNode.Parse(Draft("x", Joe))!["toRecipients"]!.DeepClone(),
            ["singleValueExtendedProperties"] = new JsonArray(
                new JsonObject { ["id"] = "String 0x1042", ["value"] = answered },
                new JsonObject { ["id"] = "String 0x1039", ["value"] = answered }),
        }.ToJsonString());
        Assert.Equal((string)first["conversationId"]!, (string)second["conversationId"]!);
        var received = run.Host.Messages(Joe);
        Assert.Equal(received[0].ConversationId, received[1].ConversationId);
        Assert.Contains(received[1].Headers, header => header.Key == "In-Reply-To" && header.Value == answered);
        Assert.Contains(received[1].Headers, header => header.Key == "References" && header.Value == answered);
    }

    [Fact]
    public async Task A_reply_goes_to_Reply_To_in_the_same_thread()
    {
        await using var run = await StartAsync();
        run.Host.As(Joe).Write([Desk], "Item for the agenda", "Please discuss X");
        var received = run.Host.Messages(Desk).Single();
        var reply = await run.PostAsync($"users/{Desk}/messages/{received.Id}/createReply", """{"Comment":"Noted."}""");
        Assert.Equal("RE: Item for the agenda", (string)reply["subject"]!);
        Assert.Equal(Joe, (string)reply["toRecipients"]![0]!["emailAddress"]!["address"]!);
        Assert.Equal(received.ConversationId, (string)reply["conversationId"]!);
        Assert.True((bool)reply["isDraft"]!);
        await run.PostAsync($"users/{Desk}/messages/{reply["id"]}/send", null, HttpStatusCode.Accepted);
        var answer = run.Host.Messages(Joe).Single();
        Assert.Contains(answer.Headers, header => header.Key == "In-Reply-To" && header.Value == received.InternetMessageId);
        Assert.Contains("Noted.", answer.Text, StringComparison.Ordinal);
        Assert.Contains("Please discuss X", answer.Text, StringComparison.Ordinal);
        await run.PostAsync($"users/{Desk}/messages/{received.Id}/reply", """{"comment":"And done."}""", HttpStatusCode.Accepted);
        Assert.Equal(2, run.Host.Messages(Joe).Count);
        await run.RefusedAsync(
            HttpMethod.Post,
            $"users/{Desk}/messages/{received.Id}/createReply",
            """{"comment":"a","message":{"body":{"content":"b"}}}""",
            HttpStatusCode.BadRequest,
            "ErrorInvalidArgument");
    }
}
