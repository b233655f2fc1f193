using System.Net;
using System.Text.Json.Nodes;
using static BscFlow.Tests.GraphEmulator.EmulatorRun;

namespace BscFlow.Tests.GraphEmulator;

public sealed class DraftTests
{
    private static string WithHeaders(params IEnumerable<string> names)
    {
        var draft = JsonNode.Parse(Draft("Headers", Joe))!;
        draft["internetMessageHeaders"] = new JsonArray(
            [.. names.Select(name => new JsonObject { ["name"] = name, ["value"] = "1" })]);
        return draft.ToJsonString();
    }

    [Fact]
    public async Task A_draft_has_an_id_a_message_id_and_a_conversation_and_lies_in_Drafts()
    {
        await using var run = await StartAsync();
        var draft = await run.PostAsync($"users/{Desk}/messages", Draft("Agenda", Joe));
        Assert.True((bool)draft["isDraft"]!);
        Assert.Matches("^<[^<>@]+@committee.example>$", (string)draft["internetMessageId"]!);
        Assert.NotEmpty((string)draft["conversationId"]!);
        Assert.Equal("2026-01-05T09:00:00Z", (string)draft["createdDateTime"]!);
        Assert.StartsWith("W/\"", (string)draft["@odata.etag"]!, StringComparison.Ordinal);
        var drafts = await run.GetAsync($"users/{Desk}/mailFolders/drafts/messages");
        Assert.Equal((string)draft["id"]!, (string)drafts["value"]![0]!["id"]!);
    }

    [Fact]
    public async Task A_patch_changes_what_it_names_and_nothing_else()
    {
        await using var run = await StartAsync();
        var draft = await run.PostAsync($"users/{Desk}/messages", Draft("Agenda", Joe));
        var patched = await run.PatchAsync(
            $"users/{Desk}/messages/{draft["id"]}", """{"subject":"Agenda 2","importance":"High"}""");
        Assert.Equal("Agenda 2", (string)patched["subject"]!);
        Assert.Equal("high", (string)patched["importance"]!);
        Assert.Equal(Joe, (string)patched["toRecipients"]![0]!["emailAddress"]!["address"]!);
        Assert.NotEqual((string)draft["changeKey"]!, (string)patched["changeKey"]!);
    }

    [Fact]
    public async Task A_stale_If_Match_is_412()
    {
        await using var run = await StartAsync();
        var draft = await run.PostAsync($"users/{Desk}/messages", Draft("Agenda", Joe));
        await run.PatchAsync($"users/{Desk}/messages/{draft["id"]}", """{"subject":"First"}""");
        run.Http.DefaultRequestHeaders.TryAddWithoutValidation("If-Match", (string)draft["@odata.etag"]!);
        await run.RefusedAsync(
            HttpMethod.Patch, $"users/{Desk}/messages/{draft["id"]}", """{"subject":"Second"}""",
            HttpStatusCode.PreconditionFailed, "ErrorIrresolvableConflict");
    }

    [Fact]
    public async Task Five_x_headers_are_taken_and_are_in_the_mail()
    {
        await using var run = await StartAsync();
        await run.SendMailAsync(WithHeaders("x-a", "X-B", "x-c", "x-d", "X-Auto-Response-Suppress"));
        var headers = run.Host.Messages(Joe).Single().Headers.Select(header => header.Key).ToList();
        Assert.Subset(headers.ToHashSet(), new HashSet<string> { "x-a", "X-B", "x-c", "x-d", "X-Auto-Response-Suppress" });
    }

    [Theory]
    [InlineData("InvalidInternetMessageHeaderCollection", "x-a", "x-b", "x-c", "x-d", "x-e", "x-f")]
    [InlineData("InvalidInternetMessageHeaderCollection")]
    [InlineData("InvalidInternetMessageHeader", "In-Reply-To")]
    [InlineData("InvalidInternetMessageHeader", "List-Id")]
    public async Task Other_headers_are_refused(string code, params string[] names)
    {
        await using var run = await StartAsync();
        await run.RefusedAsync(HttpMethod.Post, $"users/{Desk}/messages", WithHeaders(names), HttpStatusCode.BadRequest, code);
        Assert.Empty(run.Host.Messages(Desk, "drafts"));
    }

    [Theory]
    [InlineData("""{"subjekt":"x"}""")]
    [InlineData("""{"body":{"contentType":"markdown","content":"x"}}""")]
    [InlineData("""{"toRecipients":[{"address":"joe@example.org"}]}""")]
    [InlineData("""{"isRead":"yes"}""")]
    [InlineData("""{"subject":""")]
    [InlineData("")]
    public async Task A_body_that_the_type_does_not_have_is_refused(string body)
    {
        await using var run = await StartAsync();
        await run.RefusedAsync(HttpMethod.Post, $"users/{Desk}/messages", body, HttpStatusCode.BadRequest, "RequestBodyRead");
    }

    [Fact]
    public async Task An_extended_property_needs_an_id_of_Exchanges_form()
    {
        await using var run = await StartAsync();
        await run.RefusedAsync(
            HttpMethod.Post,
            $"users/{Desk}/messages",
            """{"singleValueExtendedProperties":[{"id":"BscFlowKey","value":"x"}]}""",
            HttpStatusCode.BadRequest,
            "ErrorInvalidArgument");
    }

    [Fact]
    public async Task An_extended_property_comes_back_only_when_expanded()
    {
        await using var run = await StartAsync();
        var draft = await run.PostAsync(
            $"users/{Desk}/messages", $$"""{"subject":"x","singleValueExtendedProperties":[{"id":"{{Key}}","value":"a|1"}]}""");
        var plain = await run.GetAsync($"users/{Desk}/messages/{draft["id"]}");
        Assert.Null(plain["singleValueExtendedProperties"]);
        var expanded = await run.GetAsync(
            $"users/{Desk}/messages/{draft["id"]}?$expand=singleValueExtendedProperties($filter=id eq '{Key}')");
        Assert.Equal("a|1", (string)expanded["singleValueExtendedProperties"]![0]!["value"]!);
    }

    [Fact]
    public async Task A_deleted_draft_goes_to_Deleted_Items_and_then_for_good()
    {
        await using var run = await StartAsync();
        var draft = await run.PostAsync($"users/{Desk}/messages", Draft("Agenda", Joe));
        await run.DeleteAsync($"users/{Desk}/messages/{draft["id"]}");
        await run.RefusedAsync(
            HttpMethod.Get, $"users/{Desk}/messages/{draft["id"]}", null, HttpStatusCode.NotFound, "ErrorItemNotFound");
        var deleted = run.Host.Messages(Desk, "deleteditems").Single();
        await run.DeleteAsync($"users/{Desk}/messages/{deleted.Id}");
        Assert.Empty(run.Host.Messages(Desk, "deleteditems"));
    }

    [Fact]
    public async Task An_attachment_is_added_listed_read_and_sent()
    {
        await using var run = await StartAsync();
        var draft = await run.PostAsync($"users/{Desk}/messages", Draft("Agenda", Joe));
        var path = $"users/{Desk}/messages/{draft["id"]}/attachments";
        var added = await run.PostAsync(path, """
            {"@odata.type":"#microsoft.graph.fileAttachment","name":"a.txt","contentType":"text/plain","contentBytes":"SGVsbG8="}
            """);
        Assert.Equal(5, (int)added["size"]!);
        Assert.Equal("a.txt", (string)(await run.GetAsync(path))["value"]![0]!["name"]!);
        Assert.Equal("SGVsbG8=", (string)(await run.GetAsync($"{path}/{added["id"]}"))["contentBytes"]!);
        Assert.True((bool)(await run.GetAsync($"users/{Desk}/messages/{draft["id"]}?$select=hasAttachments"))["hasAttachments"]!);
        await run.PostAsync($"users/{Desk}/messages/{draft["id"]}/send", null, HttpStatusCode.Accepted);
        var received = await run.GetAsync($"users/{Joe}/messages?$expand=attachments");
        Assert.Equal("SGVsbG8=", (string)received["value"]![0]!["attachments"]![0]!["contentBytes"]!);
    }

    [Fact]
    public async Task An_attachment_without_its_type_is_refused()
    {
        await using var run = await StartAsync();
        var draft = await run.PostAsync($"users/{Desk}/messages", Draft("Agenda", Joe));
        await run.RefusedAsync(
            HttpMethod.Post, $"users/{Desk}/messages/{draft["id"]}/attachments", """{"name":"a","contentBytes":"SGVsbG8="}""",
            HttpStatusCode.BadRequest, "BadRequest");
    }
}
