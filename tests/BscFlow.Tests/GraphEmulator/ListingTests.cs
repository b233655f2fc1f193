using System.Net;
using System.Text.Json.Nodes;
using static BscFlow.Tests.GraphEmulator.EmulatorRun;

namespace BscFlow.Tests.GraphEmulator;

public sealed class ListingTests
{
    /// <summary>Mails "1" to "n" from Joe (odd) and Dana (even) in the desk's inbox, a minute apart.</summary>
    private static async Task<EmulatorRun> WithInboxAsync(int count)
    {
        var run = await StartAsync();
        for (var number = 1; number <= count; number++)
        {
            run.Clock.Advance(TimeSpan.FromMinutes(1));
            run.Host.As(number % 2 == 1 ? Joe : Dana).Write([Desk], $"{number}", "x");
        }

        return run;
    }

    private static IEnumerable<string> Subjects(JsonNode page) =>
        page["value"]!.AsArray().Select(message => (string)message!["subject"]!);

    private static async Task<IEnumerable<string>> FilteredAsync(EmulatorRun run, string filter) =>
        Subjects(await run.GetAsync($"users/{Desk}/messages?$top=50&$filter={Uri.EscapeDataString(filter)}"));

    [Fact]
    public async Task A_list_is_newest_first_ten_a_page_with_a_link_to_the_next()
    {
        await using var run = await WithInboxAsync(13);
        var first = await run.GetAsync($"users/{Desk}/mailFolders/inbox/messages?$select=subject");
        Assert.Equal(["13", "12", "11", "10", "9", "8", "7", "6", "5", "4"], Subjects(first));
        var second = await run.GetAsync((string)first["@odata.nextLink"]!);
        Assert.Equal(["3", "2", "1"], Subjects(second));
        Assert.Null(second["@odata.nextLink"]);
    }

    [Fact]
    public async Task Top_skip_count_and_order_are_taken()
    {
        await using var run = await WithInboxAsync(5);
        var page = await run.GetAsync($"users/{Desk}/messages?$top=2&$skip=1&$count=true&$orderby=subject asc");
        Assert.Equal(["2", "3"], Subjects(page));
        Assert.Equal(5, (int)page["@odata.count"]!);
    }

    [Fact]
    public async Task The_client_can_ask_for_longer_pages()
    {
        await using var run = await WithInboxAsync(13);
        Assert.Equal(13, Subjects(await run.GetAsync($"users/{Desk}/messages", "odata.maxpagesize=50")).Count());
    }

    [Fact]
    public async Task Filters_take_times_words_addresses_and_their_combinations()
    {
        await using var run = await WithInboxAsync(6);
        var received = run.Host.Messages(Desk);
        await run.PatchAsync($"users/{Desk}/messages/{received[1].Id}", """{"isRead":true,"importance":"high"}""");
        Assert.Equal(["6", "5", "4"], await FilteredAsync(run, "receivedDateTime ge 2026-01-05T09:04:00Z"));
        Assert.Equal(["6", "5"], await FilteredAsync(run, "receivedDateTime gt 2026-01-05T09:04:00Z and isDraft eq false"));
        Assert.Equal(["2"], await FilteredAsync(run, "isRead eq true"));
        Assert.Equal(["3"], await FilteredAsync(run, $"internetMessageId eq '{received[2].InternetMessageId}'"));
        Assert.Equal(["6", "4", "2"], await FilteredAsync(run, "from/emailAddress/address eq 'DANA@example.net'"));
        Assert.Equal(["2"], await FilteredAsync(run, "importance eq 'high'"));
        Assert.Equal(["4"], await FilteredAsync(run, "subject eq '4' and (isRead eq false or importance eq 'high')"));
        Assert.Equal(["5", "3", "1"], await FilteredAsync(run, "not (from/emailAddress/address eq 'dana@example.net')"));
        Assert.Equal(["1"], await FilteredAsync(run, "startswith(subject,'1')"));
        Assert.Equal(["6", "1"], await FilteredAsync(run, "subject eq '1' or subject eq '6'"));
        Assert.Equal(["6", "5", "4", "3", "1"], await FilteredAsync(run, "importance ne 'high'"));
    }

    [Fact]
    public async Task A_quote_in_a_filter_is_doubled()
    {
        await using var run = await StartAsync();
        run.Host.As(Joe).Write([Desk], "Joe's item", "x");
        Assert.Equal(["Joe's item"], await FilteredAsync(run, "subject eq 'Joe''s item'"));
    }

    [Theory]
    [InlineData("subject eq", "ErrorInvalidUrlQueryFilter")]
    [InlineData("subject is '1'", "ErrorInvalidUrlQueryFilter")]
    [InlineData("(subject eq '1'", "ErrorInvalidUrlQueryFilter")]
    [InlineData("subject eq '1' garbage", "ErrorInvalidUrlQueryFilter")]
    [InlineData("colour eq 'red'", "BadRequest")]
    [InlineData("singleValueExtendedProperties/any(ep:ep/id eq 'String 0x1042')", "ErrorInvalidUrlQueryFilter")]
    [InlineData("singleValueExtendedProperties/any(ep:ep/name eq 'x' and ep/value eq 'y')", "ErrorInvalidUrlQueryFilter")]
    public async Task A_filter_that_is_none_is_refused(string filter, string code)
    {
        await using var run = await StartAsync();
        await run.RefusedAsync(
            HttpMethod.Get, $"users/{Desk}/messages?$filter={Uri.EscapeDataString(filter)}", null, HttpStatusCode.BadRequest,
            code);
    }

    [Fact]
    public async Task What_is_ordered_by_must_be_filtered_on_first()
    {
        await using var run = await WithInboxAsync(3);
        await run.RefusedAsync(
            HttpMethod.Get,
            $"users/{Desk}/messages?$filter=isRead eq false&$orderby=receivedDateTime desc",
            null,
            HttpStatusCode.BadRequest,
            "InefficientFilter");
        const string Later = "receivedDateTime ge 2026-01-05T09:02:00Z and isRead eq false";
        var page = await run.GetAsync($"users/{Desk}/messages?$filter={Later}&$orderby=receivedDateTime");
        Assert.Equal(["2", "3"], Subjects(page));
    }

    [Theory]
    [InlineData("$select=colour")]
    [InlineData("$top=0")]
    [InlineData("$top=1001")]
    [InlineData("$orderby=colour")]
    [InlineData("$search=\"x\"")]
    [InlineData("$expand=extensions")]
    public async Task An_option_that_is_wrong_or_outside_the_slice_is_refused(string option)
    {
        await using var run = await WithInboxAsync(1);
        await run.RefusedAsync(HttpMethod.Get, $"users/{Desk}/messages?{option}", null, HttpStatusCode.BadRequest, "BadRequest");
    }

    [Fact]
    public async Task A_selection_gives_what_it_names_and_the_id()
    {
        await using var run = await WithInboxAsync(1);
        var message = (await run.GetAsync($"users/{Desk}/messages?$select=subject,from"))["value"]![0]!.AsObject();
        Assert.Equal(["@odata.etag", "from", "id", "subject"], message.Select(property => property.Key).Order());
    }

    [Fact]
    public async Task Folders_are_found_by_their_well_known_names_and_count_what_they_hold()
    {
        await using var run = await WithInboxAsync(2);
        var inbox = await run.GetAsync($"users/{Desk}/mailFolders/inbox");
        Assert.Equal("Inbox", (string)inbox["displayName"]!);
        Assert.Equal(2, (int)inbox["unreadItemCount"]!);
        var folders = await run.GetAsync($"users/{Desk}/mailFolders");
        Assert.Equal(
            ["Inbox", "Drafts", "Sent Items", "Deleted Items", "Archive", "Junk Email"],
            folders["value"]!.AsArray().Select(folder => (string)folder!["displayName"]!));
        await run.RefusedAsync(
            HttpMethod.Get, $"users/{Desk}/mailFolders/attic", null, HttpStatusCode.NotFound, "ErrorItemNotFound");
    }

    [Fact]
    public async Task A_child_folder_is_made_once_found_by_name_and_moved_into()
    {
        await using var run = await WithInboxAsync(1);
        var made = await run.PostAsync($"users/{Desk}/mailFolders/inbox/childFolders", """{"displayName":"Processed"}""");
        await run.RefusedAsync(
            HttpMethod.Post,
            $"users/{Desk}/mailFolders/inbox/childFolders",
            """{"displayName":"processed"}""",
            HttpStatusCode.Conflict,
            "ErrorFolderExists");
        var found = await run.GetAsync($"users/{Desk}/mailFolders/inbox/childFolders?$filter=displayName eq 'Processed'");
        Assert.Equal((string)made["id"]!, (string)found["value"]!.AsArray().Single()!["id"]!);
        var message = run.Host.Messages(Desk).Single();
        var moved = await run.PostAsync($"users/{Desk}/messages/{message.Id}/move", $$"""{"destinationId":"{{made["id"]}}"}""");
        Assert.NotEqual(message.Id, (string)moved["id"]!);
        Assert.Equal((string)made["id"]!, (string)moved["parentFolderId"]!);
        Assert.Empty(run.Host.Messages(Desk));
        Assert.Equal(["1"], run.Host.Messages(Desk, "Processed").Select(one => one.Subject));
        await run.RefusedAsync(
            HttpMethod.Post, $"users/{Desk}/messages/{message.Id}/move", """{"destinationId":"inbox"}""", HttpStatusCode.NotFound,
            "ErrorItemNotFound");
        Assert.Equal(1, (int)(await run.GetAsync($"users/{Desk}/mailFolders/inbox"))["childFolderCount"]!);
    }
}
