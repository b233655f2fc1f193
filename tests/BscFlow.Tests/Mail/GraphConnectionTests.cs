using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using Azure.Core;
using Azure.Identity;
using BscFlow.Mail;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BscFlow.Tests.Mail;

/// <summary>How requests reach Graph, against a server that answers as each test wants.</summary>
public sealed class GraphConnectionTests
{
    private const string Mailbox = "secretary@example.org";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_loopback_address_gets_the_bearer_token()
    {
        await using var server = await Server.StartAsync((context, _) => context.Response.WriteAsync("""{"value":[]}""", Token));
        using var graph = server.Connect();

        await new GraphMailbox(graph).FindSentAsync(Mailbox, "agenda|1", Token);

        var request = Assert.Single(server.Requests);
        Assert.Equal("Bearer letmein", request.Authorization);
        Assert.Equal($"/v1.0/users/{Mailbox}/messages", request.Path);
    }

    [Theory]
    [InlineData(HttpStatusCode.GatewayTimeout)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task A_fault_of_the_server_is_told_at_once_and_not_repeated(HttpStatusCode status)
    {
        await using var server = await Server.StartAsync((context, _) => Server.ErrorAsync(context, status, "ErrorTest"));
        using var graph = server.Connect();

        var error = await Assert.ThrowsAsync<MailboxUnavailableException>(
            () => new GraphMailbox(graph).InviteAsync(Mailbox, Invitation, Token));

        Assert.Equal(status, error.Status);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_identity_that_gets_no_token_is_a_mailbox_out_of_reach()
    {
        var credential = DelegatedTokenCredential.Create(
            (_, _) => throw new CredentialUnavailableException("The endpoint is down."));
        using var graph = new GraphConnection(new GraphOptions { Address = new("http://localhost/v1.0") }, credential);

        var error = await Assert.ThrowsAsync<MailboxUnavailableException>(
            () => new GraphMailbox(graph).FindSentAsync(Mailbox, "agenda|1", Token));

        Assert.Contains("The endpoint is down.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, "ErrorInvalidRecipients")]
    [InlineData(HttpStatusCode.RequestEntityTooLarge, "ErrorMessageSizeExceeded")]
    public async Task What_blames_the_mail_itself_refuses_it_for_good(HttpStatusCode status, string code)
    {
        await using var server = await Server.StartAsync((context, _) => Server.ErrorAsync(context, status, code));
        using var graph = server.Connect();

        var error = await Assert.ThrowsAsync<MailRefusedException>(
            () => new GraphMailbox(graph).InviteAsync(Mailbox, Invitation, Token));

        Assert.Equal((status, code), (error.Status, error.Code));
    }

    [Fact]
    public async Task A_short_wait_that_the_server_asks_for_is_kept_and_the_body_is_sent_whole_again()
    {
        await using var server = await Server.StartAsync((context, count) =>
            count == 1 ? Server.ThrottleAsync(context, 1) : context.Response.WriteAsync("""{"id":"event-1"}""", Token));
        using var graph = server.Connect();

        Assert.Equal("event-1", await new GraphMailbox(graph).InviteAsync(Mailbox, Invitation, Token));

        Assert.Equal(2, server.Requests.Count);
        Assert.Equal(server.Requests[0].Body, server.Requests[1].Body);
        Assert.Contains("meeting-1", server.Requests[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_wait_is_left_to_the_caller()
    {
        await using var server = await Server.StartAsync((context, _) => Server.ThrottleAsync(context, 300));
        using var graph = server.Connect();

        var error = await Assert.ThrowsAsync<MailboxUnavailableException>(
            () => new GraphMailbox(graph).InviteAsync(Mailbox, Invitation, Token));

        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromMinutes(5)), (error.Status, error.RetryAfter));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_server_that_throttles_without_end_is_given_up_with_a_typed_error()
    {
        await using var server = await Server.StartAsync((context, _) => Server.ThrottleAsync(context, 0));
        using var graph = server.Connect();

        var error = await Assert.ThrowsAsync<MailboxUnavailableException>(
            () => new GraphMailbox(graph).InviteAsync(Mailbox, Invitation, Token));

        Assert.Equal(HttpStatusCode.TooManyRequests, error.Status);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unavailable()
    {
        GraphConnection graph;
        await using (var server = await Server.StartAsync((_, _) => Task.CompletedTask))
        {
            graph = server.Connect();
        }

        using (graph)
        {
            var error = await Assert.ThrowsAsync<MailboxUnavailableException>(
                () => new GraphMailbox(graph).FindSentAsync(Mailbox, "agenda|1", Token));
            Assert.Null(error.Status);
        }
    }

    [Fact]
    public async Task Cancelling_is_not_taken_for_an_unavailable_mailbox()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var server = await Server.StartAsync(async (context, _) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var graph = server.Connect();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new GraphMailbox(graph).FindSentAsync(Mailbox, "agenda|1", stop.Token));
    }

    [Fact]
    public async Task One_mailbox_is_asked_by_four_requests_at_a_time_and_another_beside_it()
    {
        var open = new ConcurrentDictionary<string, int>();
        var most = new ConcurrentDictionary<string, int>();
        var eightAreIn = new TaskCompletionSource();
        await using var server = await Server.StartAsync(async (context, _) =>
        {
            var mailbox = context.Request.Path.Value!.Split('/')[3];
            var now = open.AddOrUpdate(mailbox, 1, (_, count) => count + 1);
            most.AddOrUpdate(mailbox, now, (_, before) => Math.Max(before, now));
            if (open.Values.Sum() == 8)
            {
                eightAreIn.TrySetResult();
            }

            await eightAreIn.Task;
            open.AddOrUpdate(mailbox, 0, (_, count) => count - 1);
            await context.Response.WriteAsync("""{"value":[]}""", Token);
        });
        using var graph = server.Connect();
        var mailbox = new GraphMailbox(graph);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(
            number => mailbox.FindSentAsync(number % 2 == 0 ? "a@example.org" : "b@example.org", $"k{number}", Token)));

        Assert.Equal([4, 4], most.Values);
        Assert.Equal(40, server.Requests.Count);
    }

    [Theory]
    [InlineData("http://graph.example/v1.0", GraphCredential.Default, null, false)]
    [InlineData("https://graph.microsoft.com/v1.0", GraphCredential.FixedToken, "t", false)]
    [InlineData("http://127.0.0.1:1/v1.0", GraphCredential.FixedToken, null, false)]
    [InlineData("http://127.0.0.1:1/v1.0", GraphCredential.FixedToken, "t", true)]
    [InlineData("https://graph.microsoft.com/v1.0", GraphCredential.ManagedIdentity, null, true)]
    public void Options_that_would_give_a_token_away_are_not_taken(
        string address, GraphCredential credential, string? token, bool taken)
    {
        var options = new GraphOptions { Address = new(address), Credential = credential, Token = token };

        Assert.Equal(taken, !options.Validate(new ValidationContext(options)).Any());
    }

    private static Invitation Invitation => new()
    {
        TransactionId = "meeting-1",
        Subject = "Meeting #1",
        Html = "<p>Agenda</p>",
        Start = new(2027, 3, 10, 16, 30, 0, TimeSpan.FromHours(-8)),
        End = new(2027, 3, 10, 17, 30, 0, TimeSpan.FromHours(-8)),
        TimeZone = "America/Vancouver",
        Attendees = [new("Ada", "ada@example.org")],
    };

    private sealed record Request(string Path, string? Authorization, string Body);

    private sealed class Server(WebApplication app, ConcurrentQueue<Request> requests) : IAsyncDisposable
    {
        public IReadOnlyList<Request> Requests => [.. requests];

        /// <param name="answer">Gets the number of the request, from 1.</param>
        public static async Task<Server> StartAsync(Func<HttpContext, int, Task> answer)
        {
            var requests = new ConcurrentQueue<Request>();
            var count = 0;
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            app.Run(async context =>
            {
                using var reader = new StreamReader(context.Request.Body);
                var body = await reader.ReadToEndAsync(context.RequestAborted);
                requests.Enqueue(new(context.Request.Path, context.Request.Headers.Authorization, body));
                context.Response.ContentType = "application/json";
                await answer(context, Interlocked.Increment(ref count));
            });
            await app.StartAsync(Token);
            return new(app, requests);
        }

        public static Task ErrorAsync(HttpContext context, HttpStatusCode status, string code)
        {
            context.Response.StatusCode = (int)status;
            return context.Response.WriteAsJsonAsync(new { error = new { code, message = "It is so." } }, context.RequestAborted);
        }

        public static Task ThrottleAsync(HttpContext context, int seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return ErrorAsync(context, HttpStatusCode.TooManyRequests, "TooManyRequests");
        }

        public GraphConnection Connect() => new(Options.Create(new GraphOptions
        {
            Address = new(app.Urls.Single() + "/v1.0"),
            Credential = GraphCredential.FixedToken,
            Token = "letmein",
        }));

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
