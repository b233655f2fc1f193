using System.Net;
using System.Text.Json.Nodes;
using BscFlow.GraphEmulator.Faults;
using static BscFlow.Tests.GraphEmulator.EmulatorRun;

namespace BscFlow.Tests.GraphEmulator;

public sealed class DeltaTests
{
    private const string Created = $"users/{Desk}/mailFolders/inbox/messages/delta?changeType=created&$select=subject";

    private static IEnumerable<string?> Subjects(JsonNode page) =>
        page["value"]!.AsArray().Select(item => (string?)item!["subject"]);

    private static string Next(JsonNode page) => (string)page["@odata.nextLink"]!;

    private static string Last(JsonNode page) => (string)page["@odata.deltaLink"]!;

    private static void Write(EmulatorRun run, params IEnumerable<string> subjects)
    {
        foreach (var subject in subjects)
        {
            run.Host.As(Joe).Write([Desk], subject, "x");
        }
    }

    [Fact]
    public async Task The_first_round_gives_everything_in_pages_and_the_link_what_came_later()
    {
        await using var run = await StartAsync();
        Write(run, "1", "2", "3");
        var first = await run.GetAsync(Created, "odata.maxpagesize=2");
        Assert.Equal(["1", "2"], Subjects(first));
        Assert.Contains("$skiptoken=", Next(first), StringComparison.Ordinal);
        Assert.Null(first["@odata.deltaLink"]);
        var second = await run.GetAsync(Next(first), "odata.maxpagesize=2");
        Assert.Equal(["3"], Subjects(second));
        Assert.Contains("$deltatoken=", Last(second), StringComparison.Ordinal);
        Assert.Empty(Subjects(await run.GetAsync(Last(second))));
        Write(run, "4");
        var later = await run.GetAsync(Last(second));
        Assert.Equal(["4"], Subjects(later));
        Assert.Equal(["4"], Subjects(await run.GetAsync(Last(second))));
        Assert.Empty(Subjects(await run.GetAsync(Last(later))));
    }

    [Fact]
    public async Task A_page_is_ten_long_unless_the_client_says_otherwise()
    {
        await using var run = await StartAsync();
        Write(run, Enumerable.Range(1, 12).Select(number => $"{number}"));
        Assert.Equal(10, Subjects(await run.GetAsync(Created)).Count());
    }

    [Fact]
    public async Task Who_asks_for_created_is_told_of_no_change_and_no_removal()
    {
        await using var run = await StartAsync();
        Write(run, "1", "2");
        var link = Last(await run.GetAsync(Created));
        var messages = run.Host.Messages(Desk);
        await run.PatchAsync($"users/{Desk}/messages/{messages[0].Id}", """{"isRead":true}""");
        await run.PostAsync($"users/{Desk}/messages/{messages[1].Id}/move", """{"destinationId":"archive"}""");
        Assert.Empty(Subjects(await run.GetAsync(link)));
    }

    [Fact]
    public async Task Who_asks_for_everything_is_told_of_changes_and_removals()
    {
        await using var run = await StartAsync();
        Write(run, "1", "2");
        var link = Last(await run.GetAsync($"users/{Desk}/mailFolders('inbox')/messages/delta()?$select=subject,isRead"));
        var messages = run.Host.Messages(Desk);
        await run.PatchAsync($"users/{Desk}/messages/{messages[0].Id}", """{"isRead":true}""");
        await run.PostAsync($"users/{Desk}/messages/{messages[1].Id}/move", """{"destinationId":"archive"}""");
        var items = (await run.GetAsync(link))["value"]!.AsArray();
        Assert.Equal(2, items.Count);
        Assert.True((bool)items[0]!["isRead"]!);
        Assert.Equal("deleted", (string)items[1]!["@removed"]!["reason"]!);
        Assert.Equal(messages[1].Id, (string)items[1]!["id"]!);
    }

    [Fact]
    public async Task A_message_that_comes_back_to_the_folder_is_new_there()
    {
        await using var run = await StartAsync();
        Write(run, "1");
        var link = Last(await run.GetAsync(Created));
        var moved = await run.PostAsync(
            $"users/{Desk}/messages/{run.Host.Messages(Desk).Single().Id}/move", """{"destinationId":"archive"}""");
        await run.PostAsync($"users/{Desk}/messages/{moved["id"]}/move", """{"destinationId":"inbox"}""");
        Assert.Equal(["1"], Subjects(await run.GetAsync(link)));
    }

    [Fact]
    public async Task The_first_round_can_start_at_a_time()
    {
        await using var run = await StartAsync();
        Write(run, "1");
        run.Clock.Advance(TimeSpan.FromHours(1));
        Write(run, "2");
        Assert.Equal(["2"], Subjects(await run.GetAsync($"{Created}&$filter=receivedDateTime ge 2026-01-05T09:30:00Z")));
        await run.RefusedAsync(
            HttpMethod.Get, $"{Created}&$filter=isRead eq true", null, HttpStatusCode.BadRequest, "ErrorInvalidUrlQueryFilter");
        await run.RefusedAsync(HttpMethod.Get, $"{Created}&$orderby=subject", null, HttpStatusCode.BadRequest, "BadRequest");
        await run.RefusedAsync(
            HttpMethod.Get,
            $"users/{Desk}/mailFolders/inbox/messages/delta?changeType=new",
            null,
            HttpStatusCode.BadRequest,
            "BadRequest");
    }

    [Fact]
    public async Task Expired_links_are_410_and_a_fresh_round_works()
    {
        await using var run = await StartAsync();
        Write(run, "1", "2", "3");
        var first = await run.GetAsync(Created, "odata.maxpagesize=2");
        run.Host.ExpireDeltaLinks();
        await run.RefusedAsync(HttpMethod.Get, Next(first), null, HttpStatusCode.Gone, "syncStateNotFound");
        Assert.Equal(["1", "2", "3"], Subjects(await run.GetAsync(Created)));
    }

    [Fact]
    public async Task A_token_of_another_folder_or_of_nobody_is_refused()
    {
        await using var run = await StartAsync();
        var link = Last(await run.GetAsync(Created));
        var token = link[(link.IndexOf('=', StringComparison.Ordinal) + 1)..];
        await run.RefusedAsync(
            HttpMethod.Get, $"users/{Desk}/mailFolders/archive/messages/delta?$deltatoken={token}", null,
            HttpStatusCode.BadRequest, "BadRequest");
        await run.RefusedAsync(
            HttpMethod.Get, $"users/{Desk}/mailFolders/inbox/messages/delta?$deltatoken=garbage!", null,
            HttpStatusCode.BadRequest, "BadRequest");
    }

    [Fact]
    public async Task An_armed_expiry_hits_once_in_the_middle_of_paging()
    {
        await using var run = await StartAsync();
        Write(run, "1", "2", "3");
        run.Host.Faults.Arm(new() { Kind = FaultKind.DeltaExpired, After = 1 });
        var first = await run.GetAsync(Created, "odata.maxpagesize=2");
        await run.RefusedAsync(HttpMethod.Get, Next(first), null, HttpStatusCode.Gone, "syncStateNotFound");
        Assert.Equal(["3"], Subjects(await run.GetAsync(Next(first))));
    }

    [Fact]
    public async Task A_page_may_be_empty_and_the_items_follow()
    {
        await using var run = await StartAsync();
        Write(run, "1");
        run.Host.Faults.Arm(new() { Kind = FaultKind.DeltaEmptyPage, Times = 2 });
        var page = await run.GetAsync(Created);
        Assert.Empty(Subjects(page));
        page = await run.GetAsync(Next(page));
        Assert.Empty(Subjects(page));
        Assert.Equal(["1"], Subjects(await run.GetAsync(Next(page))));
    }

    [Fact]
    public async Task Items_may_be_sparse_doubled_and_out_of_order()
    {
        await using var run = await StartAsync();
        Write(run, "1", "2");
        run.Host.Faults.Arm(new() { Kind = FaultKind.DeltaSparse });
        Assert.All((await run.GetAsync(Created))["value"]!.AsArray(), item =>
            Assert.Equal(["@odata.etag", "@odata.type", "id"], item!.AsObject().Select(property => property.Key).Order()));
        run.Host.Faults.Arm(new() { Kind = FaultKind.DeltaDuplicates });
        Assert.Equal(["1", "1", "2", "2"], Subjects(await run.GetAsync(Created)));
        run.Host.Faults.Arm(new() { Kind = FaultKind.DeltaReordered });
        Assert.Equal(["2", "1"], Subjects(await run.GetAsync(Created)));
        Assert.Equal(["1", "2"], Subjects(await run.GetAsync(Created)));
    }
}
