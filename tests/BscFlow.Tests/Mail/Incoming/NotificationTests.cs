using System.Net;
using System.Net.Http.Json;
using System.Text;
using BscFlow.GraphEmulator.Faults;
using BscFlow.GraphEmulator.Subscribing;
using BscFlow.Mail;
using BscFlow.Tests.Scenarios;
using BscFlow.Web;

namespace BscFlow.Tests.Mail.Incoming;

/// <summary>A process that Graph tells of new mail, over HTTP.</summary>
public sealed class NotificationTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly HttpClient _http = new();
    private CommitteeRun _run = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Uri Notifications => new(_run.Process.Addresses.Site, "/notifications/graph");

    public async ValueTask InitializeAsync() => _run = await CommitteeRun.StartAsync(Begin, null, Cancel);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _run.DisposeAsync();
    }

    [Fact]
    public async Task Mail_is_read_when_graph_tells_of_it_and_when_it_does_not()
    {
        var subscription = await Eventually.FindAsync(() => _run.Graph.Subscriptions is [var only] ? only : null);

        // Told: the clock need not move.
        Write("Told");
        Assert.Equal(MailKind.Unclear, (await ReadAsync("Told")).Kind);

        // Not told: the clock sees to it.
        _run.Graph.Faults.Arm(new() { Kind = FaultKind.NotificationDropped, Path = "*notifications*" });
        Write("Dropped");
        await Eventually.FindAsync(() => _run.Graph.Faults.Armed.Count == 0 ? "dropped" : null);
        await _run.AdvanceAsync("PT5M", Cancel);
        await ReadAsync("Dropped");

        // Told twice: once is enough.
        _run.Graph.Faults.Arm(new() { Kind = FaultKind.NotificationDuplicated, Path = "*notifications*" });
        Write("Twice");
        await ReadAsync("Twice");
        Assert.Single(await MailsAsync(), mail => mail.Subject == "Twice");

        // Out of order: the one that comes first brings both, and the other finds nothing left.
        _run.Graph.Faults.Arm(
            new() { Kind = FaultKind.NotificationDelayed, Path = "*notifications*", Delay = TimeSpan.FromMinutes(2) });
        Write("First");
        await Eventually.FindAsync(() => _run.Graph.Faults.Armed.Count == 0 ? "delayed" : null);
        Write("Second");
        await ReadAsync("Second");
        await ReadAsync("First");
        await _run.AdvanceAsync("PT4M", Cancel);

        // Missed: all is read anew. A lost subscription is made again, and tells again.
        Assert.True(_run.Graph.Raise(subscription, LifecycleEvent.Missed));
        Assert.True(_run.Graph.Raise(subscription, LifecycleEvent.ReauthorizationRequired));
        Assert.True(_run.Graph.Raise(subscription, LifecycleEvent.SubscriptionRemoved));
        var next = await Eventually.FindAsync(
            () => _run.Graph.Subscriptions.Where(id => id != subscription).ToList() is [var only] ? only : null);
        Assert.NotEqual(subscription, next);
        Write("Again");
        await ReadAsync("Again");
        await Eventually.FindAsync(() => _run.Graph.Requests.Any(call =>
            call.Method == "PATCH" && call.Path.EndsWith(subscription, StringComparison.Ordinal)) ? "authorized again" : null);
        await Eventually.FindAsync(() => _run.Graph.Requests.Count(call =>
            call.Path.EndsWith("/delta", StringComparison.Ordinal)
            && call.Query.Contains("changeType", StringComparison.Ordinal)) >= 2 ? "read anew" : null);
        Assert.Equal(6, (await MailsAsync()).Count);
    }

    [Fact]
    public async Task An_address_proves_itself_by_the_token_decoded_and_as_text_and_believes_nobody_without_the_client_state()
    {
        const string Token = "Validation: <b>é</b> + & 100%";
        foreach (var address in (Uri[])[Notifications, new($"{Notifications}/lifecycle")])
        {
            using var answer = await _http.PostAsync(
                new Uri($"{address}?validationToken={WebUtility.UrlEncode(Token)}"), null, Cancel);
            Assert.Equal((HttpStatusCode.OK, "text/plain", Token), (
                answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, await answer.Content.ReadAsStringAsync(
                    Cancel)));
        }

        await Eventually.FindAsync(() => _run.Graph.Subscriptions is [var only] ? only : null);
        var known = _run.Graph.Subscriptions.Single();
        foreach (var state in (string[])["", "guessed", "null"])
        {
            Assert.Equal(HttpStatusCode.Accepted, await PostAsync(
                $$"""{ "value": [{ "subscriptionId": "{{known}}", "clientState": "{{state}}", "changeType": "created" }] }"""));
        }

        Assert.Equal(
            HttpStatusCode.Accepted,
            await PostAsync("""{ "value": [{ "subscriptionId": "../?#\\", "clientState": "x" }, {}] }"""));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync("{"));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync("""{ "value": [null] }"""));
        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge,
            await PostAsync($$"""{ "value": [], "x": "{{new string('x', 2_000_000)}}" }"""));
        await Eventually.FindAsync(() => PassedOver() >= 5 ? "all" : null);
    }

    private int PassedOver()
    {
        lock (_run.Process.Output)
        {
            return _run.Process.Output.Count(line => line.Contains("A notification was passed over", StringComparison.Ordinal));
        }
    }

    private void Write(string subject)
    {
        var member = _run.Charter.Members.First(member => member.InOffice(DateOnly.FromDateTime(Begin.Date)));
        _run.Graph.As(member.Addresses[0]).Write([_run.Charter.Mailbox], subject, "Hello");
    }

    private async Task<HttpStatusCode> PostAsync(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(Notifications, content, Cancel);
        return answer.StatusCode;
    }

    private Task<MailView> ReadAsync(string subject) =>
        Eventually.FindAsync(async () => (await MailsAsync()).SingleOrDefault(mail => mail.Subject == subject));

    private async Task<IReadOnlyList<MailView>> MailsAsync()
    {
        using var answer = await _run.SendAsync(HttpMethod.Get, "mail", null, null, Cancel);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<IReadOnlyList<MailView>>(Json, Cancel))!;
    }

    private static readonly System.Text.Json.JsonSerializerOptions Json = new(System.Text.Json.JsonSerializerDefaults.Web)
    {
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() },
    };
}
