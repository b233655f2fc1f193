using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using BscFlow.GraphEmulator;
using Microsoft.Extensions.Time.Testing;

namespace BscFlow.Tests.GraphEmulator;

/// <summary>
/// An emulator on a free port with a clock that stands still, and a client whose bodies are all checked against Graph's
/// metadata.
/// </summary>
internal sealed class EmulatorRun : IAsyncDisposable
{
    public const string Desk = "bsc@committee.example";
    public const string Joe = "joe@example.org";
    public const string Dana = "dana@example.net";
    public const string Kim = "kim@committee.example";
    public const string Key = "String {00020329-0000-0000-C000-000000000046} Name BscFlowKey";

    /// <summary>The $filter that finds a message by the key it carries.</summary>
    public static string WithKey(string value) =>
        $"singleValueExtendedProperties/any(ep:ep/id eq '{Key}' and ep/value eq '{value}')";

    private EmulatorRun(GraphEmulatorHost host, FakeTimeProvider clock)
    {
        Host = host;
        Clock = clock;
        Http = new HttpClient(new CheckedHandler()) { BaseAddress = new Uri(host.Address, "v1.0/") };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "app");
    }

    public GraphEmulatorHost Host { get; }

    public FakeTimeProvider Clock { get; }

    public HttpClient Http { get; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<EmulatorRun> StartAsync(
        Func<GraphEmulatorOptions, GraphEmulatorOptions>? change = null, string now = "2026-01-05T09:00Z")
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture));
        var options = new GraphEmulatorOptions
        {
            Mailboxes = [new(Desk, "BSC"), new(Joe, "Joe Doe"), new(Dana, "Dana Roe"), new(Kim, "Kim Lee")],
            TenantDomains = ["committee.example"],
            Clock = clock,
        };
        return new(await GraphEmulatorHost.StartAsync(change?.Invoke(options) ?? options, Cancelled), clock);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
    }

    public Task<JsonNode> GetAsync(string path, params IEnumerable<string> prefer) =>
        SendAsync(HttpMethod.Get, path, null, HttpStatusCode.OK, prefer);

    public Task<JsonNode> PostAsync(
        string path, string? body, HttpStatusCode expected = HttpStatusCode.Created,
        params IEnumerable<string> prefer) =>
        SendAsync(HttpMethod.Post, path, body, expected, prefer);

    public Task<JsonNode> PatchAsync(string path, string body, HttpStatusCode expected = HttpStatusCode.OK) =>
        SendAsync(HttpMethod.Patch, path, body, expected, []);

    public Task DeleteAsync(string path, HttpStatusCode expected = HttpStatusCode.NoContent) =>
        SendAsync(HttpMethod.Delete, path, null, expected, []);

    /// <summary>Sends a request and expects this status.</summary>
    /// <returns>The body; an empty object where there is none.</returns>
    public async Task<JsonNode> SendAsync(
        HttpMethod method, string path, string? body, HttpStatusCode expected, IEnumerable<string> prefer)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var preference in prefer)
        {
            request.Headers.Add("Prefer", preference);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var response = await Http.SendAsync(request, Cancelled);
        var text = await response.Content.ReadAsStringAsync(Cancelled);
        Assert.True(expected == response.StatusCode, $"{method} {path}: {(int)response.StatusCode} {text}");
        return text.Length > 0 ? JsonNode.Parse(text)! : new JsonObject();
    }

    /// <summary>Expects the request to be refused with this code.</summary>
    public async Task RefusedAsync(HttpMethod method, string path, string? body, HttpStatusCode expected, string code) =>
        Assert.Equal(code, (string?)(await SendAsync(method, path, body, expected, []))["error"]!["code"]);

    /// <summary>Creates a draft in the desk's mailbox and sends it.</summary>
    /// <returns>The draft as it was created.</returns>
    public async Task<JsonNode> SendMailAsync(string draft)
    {
        var created = await PostAsync($"users/{Desk}/messages", draft);
        await PostAsync($"users/{Desk}/messages/{created["id"]}/send", null, HttpStatusCode.Accepted);
        return created;
    }

    /// <summary>A draft to these addresses.</summary>
    public static string Draft(string subject, params IEnumerable<string> to) => new JsonObject
    {
        ["subject"] = subject,
        ["body"] = new JsonObject { ["contentType"] = "html", ["content"] = "<p>Hello <b>there</b></p>" },
        ["toRecipients"] = new JsonArray(
            [.. to.Select(address => new JsonObject { ["emailAddress"] = new JsonObject { ["address"] = address } })]),
    }.ToJsonString();

    private sealed class CheckedHandler() : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var sent = request.Content is { Headers.ContentType.MediaType: "application/json" } content
                ? await content.ReadAsStringAsync(cancellationToken)
                : null;
            var response = await base.SendAsync(request, cancellationToken);
            if (GraphMetadata.IfPresent is { } metadata)
            {
                if (sent is { Length: > 0 } && response.IsSuccessStatusCode)
                {
                    Assert.Empty(FaultsOfRequest(metadata, request.RequestUri!.AbsolutePath, JsonNode.Parse(sent)));
                }

                if (response.Content.Headers.ContentType?.MediaType == "application/json")
                {
                    Assert.Empty(
                        metadata.FaultsOfAnswer(JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!));
                }
            }

            return response;
        }

        /// <summary>What is wrong with a body that was accepted.</summary>
        private static IReadOnlyList<string> FaultsOfRequest(GraphMetadata metadata, string path, JsonNode? body)
        {
            var segments = path.Split('/');
            return (segments[^1], segments[^2]) switch
            {
                var (action, _) when metadata.HasAction(action) => metadata.FaultsOfAction(body, action),
                ("messages", _) or (_, "messages") => metadata.FaultsOf(body, "message"),
                ("events", _) or (_, "events") => metadata.FaultsOf(body, "event"),
                ("mailFolders" or "childFolders", _) => metadata.FaultsOf(body, "mailFolder"),
                ("subscriptions", _) or (_, "subscriptions") => metadata.FaultsOf(body, "subscription"),
                ("attachments", _) => metadata.FaultsOf(body, "fileAttachment"),
                // Not in the slice of the metadata.
                ("cancel" or "accept" or "decline" or "tentativelyAccept", _) => [],
                _ => [$"{path}: nobody knows what this takes"],
            };
        }
    }
}
