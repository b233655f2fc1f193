using System.Net;
using System.Text.Json.Nodes;
using BscFlow.GraphEmulator;
using static BscFlow.Tests.GraphEmulator.EmulatorRun;

namespace BscFlow.Tests.GraphEmulator;

public sealed class PersistenceTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    private Task<EmulatorRun> OnDiskAsync(string now = "2026-01-05T09:00Z") =>
        StartAsync(options => options with { DataFolder = _data.Path }, now);

    private IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(_data.Path, pattern, SearchOption.AllDirectories);

    [Fact]
    public async Task A_restarted_emulator_goes_on_where_it_was()
    {
        JsonNode draft, meeting, page;
        await using (var run = await OnDiskAsync())
        {
            await using var app = await NotifiedApp.StartAsync();
            await run.SendMailAsync(Draft("Agenda", Joe));
            draft = await run.PostAsync(
                $"users/{Desk}/messages",
                $$"""{"subject":"Later","singleValueExtendedProperties":[{"id":"{{Key}}","value":"k"}]}""");
            meeting = await run.PostAsync($"users/{Desk}/events", $$"""
                {"subject":"M","transactionId":"t","start":{"dateTime":"2026-02-01T10:00:00","timeZone":"UTC"},
                 "end":{"dateTime":"2026-02-01T11:00:00","timeZone":"UTC"},
                 "attendees":[{"emailAddress":{"address":"{{Joe}}"} }]}
                """);
            await run.PostAsync($"users/{Desk}/mailFolders", """{"displayName":"Processed"}""");
            run.Host.As(Joe).Reply(run.Host.Messages(Joe)[0].Id, "+1");
            run.Host.As(Joe).OutOfOffice("Away");
            await run.PostAsync("subscriptions", $$"""
                {"changeType":"created","notificationUrl":"{{app.Url}}","resource":"users/{{Desk}}/messages",
                 "expirationDateTime":"2026-01-08T09:00:00Z"}
                """);
            page = await run.GetAsync($"users/{Desk}/mailFolders/inbox/messages/delta?changeType=created");
        }

        await using (var run = await OnDiskAsync("2026-01-06T09:00Z"))
        {
            Assert.Equal(["Agenda", "M"], run.Host.Messages(Joe).Select(message => message.Subject));
            Assert.Single(run.Host.Subscriptions);
            Assert.Equal((string)draft["id"]!, (string)(await run.GetAsync(
                $"users/{Desk}/messages?$filter={WithKey("k")}"))["value"]![0]!["id"]!);
            Assert.Empty((await run.GetAsync((string)page["@odata.deltaLink"]!))["value"]!.AsArray());
            run.Host.As(Joe).Answer(run.Host.Messages(Joe)[1].Id, MeetingAnswer.Accept);
            Assert.Equal(
                "accepted",
                (string)(await run.GetAsync($"users/{Desk}/events/{meeting["id"]}"))["attendees"]![0]!["status"]!["response"]!);
            Assert.Single((await run.GetAsync((string)page["@odata.deltaLink"]!))["value"]!.AsArray());
            await run.SendMailAsync(Draft("Reminder", Joe));
            Assert.Equal("Automatic reply: Reminder", run.Host.Messages(Desk)[^1].Subject);
            Assert.Empty(run.Host.Messages(Desk, "Processed"));
            await run.DeleteAsync($"users/{Desk}/events/{meeting["id"]}");
        }

        await using (var run = await OnDiskAsync("2026-01-09T09:00Z"))
        {
            Assert.Empty(run.Host.Subscriptions);
            Assert.Empty((await run.GetAsync($"users/{Desk}/events"))["value"]!.AsArray());
        }
    }

    [Fact]
    public async Task An_item_is_on_disk_when_its_answer_is_there_and_each_has_its_file()
    {
        await using var run = await OnDiskAsync();
        var draft = await run.PostAsync($"users/{Desk}/messages", Draft("Agenda", Joe));
        var file = Assert.Single(Files("*.json"), path => path.Contains("messages", StringComparison.Ordinal));
        Assert.Equal(
            (string)draft["id"]!,
            (string)JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!["id"]!);
        await run.PostAsync($"users/{Desk}/messages/{draft["id"]}/send", null, HttpStatusCode.Accepted);
        Assert.Equal(2, Files("*.json").Count(path => path.Contains("messages", StringComparison.Ordinal)));
        Assert.Empty(Files("*.new"));
        Assert.Empty(Files("journal.json"));
    }

    [Fact]
    public async Task A_send_that_was_cut_short_is_finished_at_the_next_start()
    {
        var (before, after) = (Path.Combine(_data.Path, "before"), Path.Combine(_data.Path, "after"));
        await using (var run = await StartAsync(options => options with { DataFolder = before }))
        {
            await run.PostAsync($"users/{Desk}/messages", Draft("Agenda", Joe, Dana));
            Copy(before, after);
            var draft = run.Host.Messages(Desk, "drafts").Single();
            await run.PostAsync($"users/{Desk}/messages/{draft.Id}/send", null, HttpStatusCode.Accepted);
        }

        // What a process leaves that dies after the journal and the first file.
        var journal = new JsonObject();
        foreach (var file in Directory.EnumerateFiles(before, "*.json", SearchOption.AllDirectories))
        {
            journal[Path.GetRelativePath(before, file).Replace('\\', '/')] = Convert.ToBase64String(
                await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        }

        await File.WriteAllTextAsync(
            Path.Combine(after, "journal.json"), journal.ToJsonString(), TestContext.Current.CancellationToken);
        await using (var run = await StartAsync(options => options with { DataFolder = after }))
        {
            Assert.Single(run.Host.Messages(Joe));
            Assert.Single(run.Host.Messages(Dana));
            Assert.Single(run.Host.Messages(Desk, "sentitems"));
            Assert.Empty(run.Host.Messages(Desk, "drafts"));
        }

        static void Copy(string from, string to)
        {
            foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(to, Path.GetRelativePath(from, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }
        }
    }

    [Fact]
    public async Task What_the_retention_is_over_for_is_gone_from_memory_and_disk()
    {
        await using var run = await StartAsync(
            options => options with { DataFolder = _data.Path, Retention = TimeSpan.FromDays(30) });
        run.Host.As(Joe).Write([Desk], "old", "x");
        var delta = $"users/{Desk}/mailFolders/inbox/messages/delta";
        var link = (string)(await run.GetAsync(delta))["@odata.deltaLink"]!;
        await run.PostAsync(
            $"users/{Desk}/messages/{run.Host.Messages(Desk).Single().Id}/move", """{"destinationId":"archive"}""");
        run.Clock.Advance(TimeSpan.FromDays(20));
        run.Host.As(Joe).Write([Desk], "young", "x");
        Assert.Single(run.Host.Messages(Desk, "archive"));
        var later = (string)(await run.GetAsync(link))["@odata.deltaLink"]!;
        run.Clock.Advance(TimeSpan.FromDays(20));
        run.Host.As(Joe).Write([Desk], "new", "x");
        Assert.Empty(run.Host.Messages(Desk, "archive"));
        Assert.Equal(["young", "new"], run.Host.Messages(Desk).Select(message => message.Subject));
        Assert.Equal(["young", "new"], run.Host.Messages(Joe, "sentitems").Select(message => message.Subject));
        Assert.Equal(4, Files("*.json").Count(path => Path.GetFileName(Path.GetDirectoryName(path)) == "messages"));
        Assert.DoesNotContain(Files("*.json"), path => path.Contains("removed", StringComparison.Ordinal));
        Assert.Single((await run.GetAsync(later))["value"]!.AsArray());
        await run.RefusedAsync(HttpMethod.Get, link, null, HttpStatusCode.Gone, "syncStateNotFound");
    }

    [Fact]
    public async Task A_subscription_that_has_expired_is_gone_from_disk_once_another_one_is_made()
    {
        await using var app = await NotifiedApp.StartAsync();
        await using var run = await StartAsync(options => options with { DataFolder = _data.Path });
        await SubscribeAsync();
        run.Clock.Advance(TimeSpan.FromHours(2));
        await SubscribeAsync();

        Assert.Single(Files("*.json"), path => path.Contains("subscriptions", StringComparison.Ordinal));
        Assert.Single(run.Host.Subscriptions);

        Task SubscribeAsync() => run.PostAsync("subscriptions", $$"""
            {"changeType":"created","resource":"users/{{Desk}}/mailFolders('inbox')/messages","notificationUrl":"{{app.Url}}",
             "expirationDateTime":"{{run.Clock.GetUtcNow().AddHours(1):yyyy-MM-ddTHH:mm:ss}}Z"}
            """);
    }

    [Fact]
    public async Task A_half_written_file_beside_its_item_is_no_item()
    {
        await using (var run = await OnDiskAsync())
        {
            await run.PostAsync($"users/{Desk}/messages", Draft("Agenda", Joe));
        }

        var file = Files("*.json").First(path => path.Contains("messages", StringComparison.Ordinal));
        await File.WriteAllTextAsync(file + ".new", "{\"half", TestContext.Current.CancellationToken);
        await using (var run = await OnDiskAsync())
        {
            Assert.Single(run.Host.Messages(Desk, "drafts"));
        }
    }

    [Fact]
    public async Task A_file_that_is_no_item_is_named()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_data.Path, "mailboxes", Uri.EscapeDataString(Desk), "messages"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "broken.json"), "{}", TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => OnDiskAsync());
        Assert.Contains("broken.json", error.Message, StringComparison.Ordinal);
    }
}
