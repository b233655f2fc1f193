using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BscFlow.Tests.GraphEmulator;

/// <summary>An app that is told of changes: answers the handshake as it is told to, and keeps every notification.</summary>
internal sealed class NotifiedApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<JsonNode> _received = Channel.CreateUnbounded<JsonNode>();

    private NotifiedApp(WebApplication app)
    {
        _app = app;
        app.Run(AnswerAsync);
    }

    public string Url =>
        _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/notifications";

    /// <summary>What the handshake is answered with; the token by default.</summary>
    public Func<string, (int Status, string Type, string Body)> Handshake { get; set; } = token => (200, "text/plain", token);

    public List<string> Handshakes { get; } = [];

    /// <summary>Status of the answers to notifications to come; 202 when it is empty.</summary>
    public Queue<int> Answers { get; } = [];

    public static async Task<NotifiedApp> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var notified = new NotifiedApp(builder.Build());
        await notified._app.StartAsync(TestContext.Current.CancellationToken);
        return notified;
    }

    /// <summary>The next notification, checked against Graph's metadata where that is present.</summary>
    public async Task<JsonNode> NextAsync()
    {
        var body = await _received.Reader.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Empty(GraphMetadata.IfPresent?.FaultsOf(body, "changeNotificationCollection", sent: false) ?? []);
        return body["value"]!.AsArray().Single()!;
    }

    public bool NothingMore => _received.Reader.Count == 0;

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Query["validationToken"].ToString() is { Length: > 0 } token)
        {
            Handshakes.Add($"{context.Request.Method} {context.Request.Path} {token}");
            (context.Response.StatusCode, context.Response.ContentType, var text) = Handshake(token);
            await context.Response.WriteAsync(text);
            return;
        }

        var body = await JsonNode.ParseAsync(context.Request.Body);
        context.Response.StatusCode = Answers.TryDequeue(out var status) ? status : 202;
        await _received.Writer.WriteAsync(body!);
    }
}
