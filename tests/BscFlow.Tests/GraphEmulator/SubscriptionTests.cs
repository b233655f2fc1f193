using System.Net;
using System.Text.Json.Nodes;
using BscFlow.GraphEmulator.Faults;
using BscFlow.GraphEmulator.Subscribing;
using static BscFlow.Tests.GraphEmulator.EmulatorRun;

namespace BscFlow.Tests.GraphEmulator;

public sealed class SubscriptionTests
{
    private const string Inbox = $"users/{Desk}/mailFolders('inbox')/messages";

    private static string Wish(
        NotifiedApp app, string expires = "2026-01-11T09:00:00Z", string resource =
            Inbox, string changeType = "created", string clientState = "secret") => new JsonObject
            {
                ["changeType"] = changeType,
                ["notificationUrl"] = app.Url,
                ["lifecycleNotificationUrl"] = app.Url + "/lifecycle",
                ["resource"] = resource,
                ["expirationDateTime"] = expires,
                ["clientState"] = clientState,
            }.ToJsonString();

    [Fact]
    public async Task A_subscription_is_made_after_both_addresses_sent_the_token_back()
    {
        await using var run = await StartAsync();
        await using var app = await NotifiedApp.StartAsync();
        var made = await run.PostAsync("subscriptions", Wish(app));
        Assert.Equal(2, app.Handshakes.Count);
        Assert.All(
            app.Handshakes,
            handshake => Assert.Contains(
                "Validation: Testing client application reachability", handshake, StringComparison.Ordinal));
        Assert.StartsWith("POST /notifications/lifecycle", app.Handshakes[1], StringComparison.Ordinal);
        Assert.Equal("2026-01-11T09:00:00Z", (string)made["expirationDateTime"]!);
        Assert.Equal("secret", (string)made["clientState"]!);
        Assert.Equal((string)made["id"]!, (string)(await run.GetAsync($"subscriptions/{made["id"]}"))["id"]!);
        Assert.Single((await run.GetAsync("subscriptions"))["value"]!.AsArray());
    }

    [Theory]
    [InlineData(404, "text/plain", null)]
    [InlineData(202, "text/plain", null)]
    [InlineData(200, "text/html", null)]
    [InlineData(200, "text/plain", "something else")]
    [InlineData(200, "text/plain", "encoded")]
    public async Task A_handshake_that_is_answered_wrongly_makes_none(int status, string type, string? body)
    {
        await using var run = await StartAsync();
        await using var app = await NotifiedApp.StartAsync();
        app.Handshake = token => (status, type, body == "encoded" ? WebUtility.UrlEncode(token) : body ?? token);
        await run.RefusedAsync(HttpMethod.Post, "subscriptions", Wish(app), HttpStatusCode.BadRequest, "ValidationError");
        Assert.Empty(run.Host.Subscriptions);
    }

    [Fact]
    public async Task An_address_where_nobody_listens_makes_none()
    {
        await using var run = await StartAsync();
        var app = await NotifiedApp.StartAsync();
        var wish = Wish(app);
        await app.DisposeAsync();
        await run.RefusedAsync(HttpMethod.Post, "subscriptions", wish, HttpStatusCode.BadRequest, "ValidationError");
    }

    [Fact]
    public async Task An_expiry_is_at_most_10080_minutes_ahead_and_at_least_45()
    {
        await using var run = await StartAsync();
        await using var app = await NotifiedApp.StartAsync();
        await run.RefusedAsync(
            HttpMethod.Post, "subscriptions", Wish(app, "2026-01-12T09:00:01Z"), HttpStatusCode.BadRequest, "ValidationError");
        await run.RefusedAsync(
            HttpMethod.Post, "subscriptions", Wish(app, "2026-01-05T08:00:00Z"), HttpStatusCode.BadRequest, "ValidationError");
        Assert.Equal(
            "2026-01-05T09:45:00Z",
            (string)(await run.PostAsync("subscriptions", Wish(app, "2026-01-05T09:01:00Z")))["expirationDateTime"]!);
        Assert.Equal(
            "2026-01-12T09:00:00Z",
            (string)(await run.PostAsync("subscriptions", Wish(app, "2026-01-12T09:00:00Z")))["expirationDateTime"]!);
    }

    [Fact]
    public async Task What_Graph_does_not_take_is_refused()
    {
        await using var run = await StartAsync();
        await using var app = await NotifiedApp.StartAsync();
        foreach (var wish in (string[])
        [
            Wish(app, clientState: new string('x', 129)),
            Wish(app, resource: "users/bsc@committee.example/contacts"),
            Wish(app, changeType: "created,renamed"),
            Wish(app).Replace("http://127.0.0.1", "http://example.org", StringComparison.Ordinal),
            """{"changeType":"created"}""",
        ])
        {
            await run.RefusedAsync(HttpMethod.Post, "subscriptions", wish, HttpStatusCode.BadRequest, "ValidationError");
        }

        await run.RefusedAsync(
            HttpMethod.Post, "subscriptions", Wish(app, resource: "users/no@one.example/messages"), HttpStatusCode.NotFound,
            "ErrorInvalidUser");
    }

    [Fact]
    public async Task Another_mailbox_cannot_be_watched()
    {
        await using var run = await StartAsync(options => options with { AppAccess = [Desk] });
        await using var app = await NotifiedApp.StartAsync();
        await run.RefusedAsync(
            HttpMethod.Post, "subscriptions", Wish(app, resource: $"users/{Joe}/messages"), HttpStatusCode.Forbidden,
            "ErrorAccessDenied");
    }

    [Fact]
    public async Task A_new_mail_is_told_with_its_id_and_the_client_state()
    {
        await using var run = await StartAsync();
        await using var app = await NotifiedApp.StartAsync();
        var made = await run.PostAsync("subscriptions", Wish(app));
        run.Host.As(Joe).Write([Desk, Kim], "x", "y");
        var notification = await app.NextAsync();
        var message = run.Host.Messages(Desk).Single();
        Assert.Equal("created", (string)notification["changeType"]!);
        Assert.Equal((string)made["id"]!, (string)notification["subscriptionId"]!);
        Assert.Equal("secret", (string)notification["clientState"]!);
        Assert.Equal(message.Id, (string)notification["resourceData"]!["id"]!);
        Assert.Equal($"Users/{Desk}/Messages/{message.Id}", (string)notification["resource"]!);
        Assert.Equal(message.Subject, (string)(await run.GetAsync((string)notification["resource"]!))["subject"]!);
    }

    [Fact]
    public async Task Only_the_folder_and_the_changes_asked_for_are_told()
    {
        await using var run = await StartAsync();
        await using var app = await NotifiedApp.StartAsync();
        await run.PostAsync("subscriptions", Wish(app, changeType: "updated,deleted"));
        run.Host.As(Joe).Write([Desk], "x", "y");
        var message = run.Host.Messages(Desk).Single();
        await run.PostAsync($"users/{Desk}/messages", Draft("In Drafts", Joe));
        await run.PatchAsync($"users/{Desk}/messages/{message.Id}", """{"isRead":true}""");
        Assert.Equal("updated", (string)(await app.NextAsync())["changeType"]!);
        await run.PostAsync($"users/{Desk}/messages/{message.Id}/move", """{"destinationId":"archive"}""");
        Assert.Equal("deleted", (string)(await app.NextAsync())["changeType"]!);
        Assert.True(app.NothingMore);
    }

    [Fact]
    public async Task Immutable_ids_are_told_to_who_asked_for_them()
    {
        await using var run = await StartAsync();
        await using var app = await NotifiedApp.StartAsync();
        await run.PostAsync("subscriptions", Wish(app), HttpStatusCode.Created, "IdType=\"ImmutableId\"");
        run.Host.As(Joe).Write([Desk], "x", "y");
        Assert.Equal(run.Host.Messages(Desk).Single().ImmutableId, (string)(await app.NextAsync())["resourceData"]!["id"]!);
    }

    [Fact]
    public async Task A_notification_that_is_not_taken_comes_again_later()
    {
        await using var run = await StartAsync();
        await using var app = await NotifiedApp.StartAsync();
        app.Answers.Enqueue(503);
        app.Answers.Enqueue(500);
        await run.PostAsync("subscriptions", Wish(app));
        run.Host.As(Joe).Write([Desk], "x", "y");
        var first = await app.NextAsync();
        for (var again = 0; again < 2; again++)
        {
            Assert.Equal(first.ToJsonString(), (await NextAfterAsync(run, app, TimeSpan.FromMinutes(1))).ToJsonString());
        }
    }

    [Fact]
    public async Task A_notification_may_be_lost_doubled_or_late()
    {
        await using var run = await StartAsync();
        await using var app = await NotifiedApp.StartAsync();
        await run.PostAsync("subscriptions", Wish(app));
        run.Host.Faults.Arm(new() { Kind = FaultKind.NotificationDropped });
        run.Host.Faults.Arm(new() { Kind = FaultKind.NotificationDuplicated });
        run.Host.Faults.Arm(new() { Kind = FaultKind.NotificationDelayed, Delay = TimeSpan.FromHours(1) });
        var ids = new List<string>();
        foreach (var subject in (string[])["lost", "doubled", "late", "prompt"])
        {
            run.Host.As(Joe).Write([Desk], subject, "y");
            ids.Add(run.Host.Messages(Desk)[^1].Id);
        }

        var prompt = new[] { await Id(app.NextAsync()), await Id(app.NextAsync()), await Id(app.NextAsync()) };
        Assert.Equal(new[] { ids[1], ids[1], ids[3] }.Order(), prompt.Order());
        Assert.Equal(ids[2], await Id(NextAfterAsync(run, app, TimeSpan.FromHours(1))));
        Assert.True(app.NothingMore);

        static async Task<string> Id(Task<JsonNode> notification) => (string)(await notification)["resourceData"]!["id"]!;
    }

    [Fact]
    public async Task A_renewed_subscription_lives_on_and_another_one_ends()
    {
        await using var run = await StartAsync();
        await using var app = await NotifiedApp.StartAsync();
        var kept = await run.PostAsync("subscriptions", Wish(app, "2026-01-06T09:00:00Z"));
        var left = await run.PostAsync("subscriptions", Wish(app, "2026-01-06T09:00:00Z"));
        await run.PatchAsync($"subscriptions/{kept["id"]}", """{"expirationDateTime":"2026-01-10T09:00:00Z"}""");
        await run.RefusedAsync(
            HttpMethod.Patch,
            $"subscriptions/{kept["id"]}",
            $$"""{"lifecycleNotificationUrl":"{{app.Url}}"}""",
            HttpStatusCode.BadRequest,
            "ValidationError");
        run.Clock.Advance(TimeSpan.FromDays(2));
        await run.RefusedAsync(HttpMethod.Get, $"subscriptions/{left["id"]}", null, HttpStatusCode.NotFound, "ResourceNotFound");
        run.Host.As(Joe).Write([Desk], "x", "y");
        Assert.Equal((string)kept["id"]!, (string)(await app.NextAsync())["subscriptionId"]!);
        Assert.True(app.NothingMore);
        await run.DeleteAsync($"subscriptions/{kept["id"]}");
        Assert.Empty(run.Host.Subscriptions);
    }

    [Fact]
    public async Task A_lifecycle_event_is_raised_over_http()
    {
        await using var run = await StartAsync();
        await using var app = await NotifiedApp.StartAsync();
        var id = (string)(await run.PostAsync("subscriptions", Wish(app)))["id"]!;
        using var raised = await run.Http.PostAsync(
            new Uri(
                run.Host.Address,
                $"_emulator/subscriptions/{id}/lifecycle/missed"), null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, raised.StatusCode);
        Assert.Equal("missed", (string)(await app.NextAsync())["lifecycleEvent"]!);
        using var unknown = await run.Http.PostAsync(
            new Uri(
                run.Host.Address,
                "_emulator/subscriptions/none/lifecycle/missed"), null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Every_lifecycle_event_is_told_and_a_removed_subscription_is_gone()
    {
        await using var run = await StartAsync();
        await using var app = await NotifiedApp.StartAsync();
        var id = (string)(await run.PostAsync("subscriptions", Wish(app)))["id"]!;
        foreach (var (what, word) in new[]
        {
            (LifecycleEvent.Missed, "missed"),
            (LifecycleEvent.ReauthorizationRequired, "reauthorizationRequired"),
            (LifecycleEvent.SubscriptionRemoved, "subscriptionRemoved"),
        })
        {
            Assert.True(run.Host.Raise(id, what));
            var notification = await app.NextAsync();
            Assert.Equal(word, (string)notification["lifecycleEvent"]!);
            Assert.Equal("secret", (string)notification["clientState"]!);
        }

        Assert.Empty(run.Host.Subscriptions);
        Assert.False(run.Host.Raise(id, LifecycleEvent.Missed));
    }

    /// <summary>
    /// Moves the clock until the next notification comes: its timer may not be set when the first answer is sent.
    /// </summary>
    private static async Task<JsonNode> NextAfterAsync(EmulatorRun run, NotifiedApp app, TimeSpan step)
    {
        var next = app.NextAsync();
        while (!next.IsCompleted)
        {
            run.Clock.Advance(step);
            await Task.WhenAny(next, Task.Delay(20, TestContext.Current.CancellationToken));
        }

        return await next;
    }
}
