using System.Net;
using BscFlow.GraphEmulator.Faults;
using BscFlow.GraphEmulator.Subscribing;
using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Graph.Users.Item.Messages.Item.Move;
using Microsoft.Graph.Users.Item.SendMail;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware.Options;
using static BscFlow.Tests.GraphEmulator.EmulatorRun;

namespace BscFlow.Tests.GraphEmulator;

/// <summary>The emulator as Microsoft's own client sees it.</summary>
public sealed class SdkTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static GraphServiceClient Client(EmulatorRun run) => new(
        new BaseBearerTokenAuthenticationProvider(new LoopbackToken()), new Uri(run.Host.Address, "v1.0").ToString());

    private static RetryHandlerOption OnlyThrottling { get; } = new()
    {
        MaxRetry = 3,
        ShouldRetry = (_, _, response) => response.StatusCode == HttpStatusCode.TooManyRequests,
    };

    private static Message Mail(string subject, string? key = null) => new()
    {
        Subject = subject,
        Body = new() { ContentType = BodyType.Html, Content = "<p>Hello</p>" },
        ToRecipients = [new() { EmailAddress = new() { Address = Joe, Name = "Joe" } }],
        ReplyTo = [new() { EmailAddress = new() { Address = "bsc+token@committee.example" } }],
        InternetMessageHeaders = [new() { Name = "X-Auto-Response-Suppress", Value = "All" }],
        SingleValueExtendedProperties = key is null ? null : [new() { Id = Key, Value = key }],
    };

    private static async Task<Message?> FindAsync(GraphServiceClient graph, string key) =>
        (await graph.Users[Desk].Messages.GetAsync(
            request =>
            {
                request.QueryParameters.Filter =
                    $"singleValueExtendedProperties/any(ep:ep/id eq '{Key}' and ep/value eq '{key}')";
                request.QueryParameters.Select = ["id", "isDraft", "internetMessageId", "conversationId"];
            },
            Cancelled))!.Value!.SingleOrDefault();

    [Fact]
    public async Task A_mail_is_drafted_sent_and_found_by_its_key()
    {
        await using var run = await StartAsync();
        var graph = Client(run);
        Assert.Null(await FindAsync(graph, "agenda|0062|joe"));
        var draft = await graph.Users[Desk].Messages.PostAsync(Mail("Agenda", "agenda|0062|joe"), cancellationToken: Cancelled);
        Assert.True((await FindAsync(graph, "agenda|0062|joe"))!.IsDraft);
        await graph.Users[Desk].Messages[draft!.Id].Send.PostAsync(cancellationToken: Cancelled);
        var sent = await FindAsync(graph, "agenda|0062|joe");
        Assert.False(sent!.IsDraft);
        Assert.Equal(draft.InternetMessageId, sent.InternetMessageId);
        Assert.Equal(["bsc+token@committee.example"], run.Host.Messages(Joe).Single().ReplyTo);
    }

    [Fact]
    public async Task SendMail_and_move_speak_the_casing_of_the_client()
    {
        await using var run = await StartAsync();
        var graph = Client(run);
        await graph.Users[Desk].SendMail.PostAsync(
            new SendMailPostRequestBody { Message = Mail("One"), SaveToSentItems = false }, cancellationToken: Cancelled);
        run.Host.As(Joe).Reply(run.Host.Messages(Joe).Single().Id, "+1");
        var received = run.Host.Messages(Desk).Single();
        Assert.Equal(["bsc+token@committee.example"], received.To);
        var folder = await graph.Users[Desk].MailFolders["inbox"].ChildFolders.PostAsync(
            new MailFolder { DisplayName = "Processed" }, cancellationToken: Cancelled);
        var moved = await graph.Users[Desk].Messages[received.Id].Move.PostAsync(
            new MovePostRequestBody { DestinationId = folder!.Id }, cancellationToken: Cancelled);
        Assert.Equal(folder.Id, moved!.ParentFolderId);
        Assert.Single(run.Host.Messages(Desk, "Processed"));
    }

    [Fact]
    public async Task Delta_is_followed_through_its_links()
    {
        await using var run = await StartAsync();
        var graph = Client(run);
        foreach (var subject in (string[])["1", "2", "3"])
        {
            run.Host.As(Joe).Write([Desk], subject, "x");
        }

        var delta = graph.Users[Desk].MailFolders["inbox"].Messages.Delta;
        var page = await delta.GetAsDeltaGetResponseAsync(
            request =>
            {
                request.QueryParameters.ChangeType = "created";
                request.QueryParameters.Select = ["subject", "receivedDateTime"];
                request.Headers.Add("Prefer", "odata.maxpagesize=2");
            },
            Cancelled);
        Assert.Equal(["1", "2"], page!.Value!.Select(message => message.Subject));
        page = await delta.WithUrl(page.OdataNextLink!).GetAsDeltaGetResponseAsync(cancellationToken: Cancelled);
        Assert.Equal(["3"], page!.Value!.Select(message => message.Subject));
        run.Host.ExpireDeltaLinks();
        var error = await Assert.ThrowsAsync<ODataError>(
            () => delta.WithUrl(page.OdataDeltaLink!).GetAsDeltaGetResponseAsync(cancellationToken: Cancelled));
        Assert.Equal(410, error.ResponseStatusCode);
        Assert.Equal("syncStateNotFound", error.Error!.Code);
    }

    [Fact]
    public async Task A_message_is_read_with_text_headers_and_unique_body_and_as_mime()
    {
        await using var run = await StartAsync();
        var graph = Client(run);
        await run.SendMailAsync(Draft("Vote", Joe));
        run.Host.As(Joe).Reply(run.Host.Messages(Joe).Single().Id, "+1");
        var message = await graph.Users[Desk].Messages[run.Host.Messages(Desk).Single().Id].GetAsync(
            request =>
            {
                request.QueryParameters.Select =
                    ["id", "from", "receivedDateTime", "uniqueBody", "body", "internetMessageHeaders", "conversationId"];
                request.Headers.Add("Prefer", "outlook.body-content-type=\"text\"");
            },
            Cancelled);
        Assert.Equal("+1", message!.UniqueBody!.Content!.Trim());
        Assert.Equal(BodyType.Text, message.Body!.ContentType);
        Assert.Contains(message.InternetMessageHeaders!, header => header.Name == "Authentication-Results");
        Assert.Equal(run.Clock.GetUtcNow(), message.ReceivedDateTime);
        await using var stream = await graph.Users[Desk].Messages[message.Id].Content.GetAsync(cancellationToken: Cancelled);
        using var mime = await MimeKit.MimeMessage.LoadAsync(stream!, Cancelled);
        Assert.Equal("Re: Vote", mime.Subject);
    }

    [Fact]
    public async Task An_event_is_made_answered_and_cancelled()
    {
        await using var run = await StartAsync();
        var graph = Client(run);
        var made = await graph.Users[Desk].Events.PostAsync(
            new Event
            {
                Subject = "Meeting #62",
                TransactionId = "meeting-62",
                Start = new() { DateTime = "2026-02-11T16:00:00", TimeZone = "Europe/Berlin" },
                End = new() { DateTime = "2026-02-11T17:00:00", TimeZone = "Europe/Berlin" },
                IsOnlineMeeting = true,
                Location = new() { DisplayName = "https://meet.example/bsc" },
                Attendees = [new() { Type = AttendeeType.Required, EmailAddress = new() { Address = Joe, Name = "Joe" } }],
            },
            cancellationToken: Cancelled);
        Assert.Equal("2026-02-11T15:00:00.0000000", made!.Start!.DateTime);
        var entry = (await graph.Users[Joe].Events.GetAsync(cancellationToken: Cancelled))!.Value!.Single();
        await graph.Users[Joe].Events[entry.Id].Accept.PostAsync(
            new() { SendResponse = true, Comment = "Yes" }, cancellationToken: Cancelled);
        var read = await graph.Users[Desk].Events[made.Id].GetAsync(cancellationToken: Cancelled);
        Assert.Equal(ResponseType.Accepted, read!.Attendees!.Single().Status!.Response);
        var invitation = (await graph.Users[Joe].Messages.GetAsync(cancellationToken: Cancelled))!.Value!.Single();
        Assert.Equal(
            MeetingMessageType.MeetingRequest, Assert.IsType<EventMessage>(invitation, exactMatch: false).MeetingMessageType);
        await graph.Users[Desk].Events[made.Id].Cancel.PostAsync(new() { Comment = "No quorum" }, cancellationToken: Cancelled);
        Assert.Equal("meetingCancelled", run.Host.Messages(Joe)[^1].Meeting);
    }

    [Fact]
    public async Task An_attachment_is_sent_and_read()
    {
        await using var run = await StartAsync();
        var graph = Client(run);
        var mail = Mail("With file");
        mail.Attachments =
            [new FileAttachment { Name = "minutes.md", ContentType = "text/markdown", ContentBytes = "# 62"u8.ToArray() }];
        await graph.Users[Desk].SendMail.PostAsync(new SendMailPostRequestBody { Message = mail }, cancellationToken: Cancelled);
        var received = run.Host.Messages(Joe).Single();
        var attachments = await graph.Users[Joe].Messages[received.Id].Attachments.GetAsync(cancellationToken: Cancelled);
        Assert.Equal("# 62"u8.ToArray(), Assert.IsType<FileAttachment>(attachments!.Value!.Single()).ContentBytes);
    }

    [Fact]
    public async Task A_subscription_is_made_renewed_and_told_of_mail()
    {
        await using var run = await StartAsync();
        await using var app = await NotifiedApp.StartAsync();
        var graph = Client(run);
        var made = await graph.Subscriptions.PostAsync(
            new Subscription
            {
                ChangeType = "created",
                NotificationUrl = app.Url,
                LifecycleNotificationUrl = app.Url,
                Resource = $"/users/{Desk}/mailFolders('inbox')/messages",
                ExpirationDateTime = run.Clock.GetUtcNow().AddDays(6),
                ClientState = "secret",
            },
            cancellationToken: Cancelled);
        await graph.Subscriptions[made!.Id].PatchAsync(
            new Subscription { ExpirationDateTime = run.Clock.GetUtcNow().AddDays(7) }, cancellationToken: Cancelled);
        run.Host.As(Joe).Write([Desk], "x", "y");
        Assert.Equal(made.Id, (string)(await app.NextAsync())["subscriptionId"]!);
        Assert.True(run.Host.Raise(made.Id!, LifecycleEvent.SubscriptionRemoved));
        await Assert.ThrowsAsync<ODataError>(() => graph.Subscriptions[made.Id].GetAsync(cancellationToken: Cancelled));
    }

    [Fact]
    public async Task A_504_after_acceptance_is_sent_four_times_by_the_clients_own_retries_and_once_without_them()
    {
        await using var run = await StartAsync();
        var graph = Client(run);
        var fault =
            new Fault { Kind = FaultKind.GatewayTimeoutAfterAcceptance, Method = "POST", Path = "/users/*/sendMail", Times = 4 };
        run.Host.Faults.Arm(fault);
        await Assert.ThrowsAsync<AggregateException>(() => graph.Users[Desk].SendMail.PostAsync(
            new SendMailPostRequestBody { Message = Mail("Four times") },
            request => request.Options.Add(new RetryHandlerOption { MaxRetry = 3, Delay = 0 }),
            Cancelled));
        Assert.Equal(4, run.Host.Messages(Joe).Count);
        run.Host.Faults.Arm(fault with { Times = 1 });
        await Assert.ThrowsAsync<ODataError>(() => graph.Users[Desk].SendMail.PostAsync(
            new SendMailPostRequestBody { Message = Mail("Once") }, request => request.Options.Add(OnlyThrottling), Cancelled));
        Assert.Single(run.Host.Messages(Joe), message => message.Subject == "Once");
    }

    [Fact]
    public async Task Throttling_is_waited_out()
    {
        await using var run = await StartAsync();
        var graph = Client(run);
        run.Host.Faults.Arm(new() { Kind = FaultKind.TooManyRequests, Path = "*/send", RetryAfter = TimeSpan.FromSeconds(1) });
        var draft = await graph.Users[Desk].Messages.PostAsync(Mail("Agenda"), cancellationToken: Cancelled);
        await graph.Users[Desk].Messages[draft!.Id].Send.PostAsync(request => request.Options.Add(OnlyThrottling), Cancelled);
        Assert.Single(run.Host.Messages(Joe));
        Assert.Equal(
            [429, 202],
            run.Host.Requests
                .Where(request => request.Path.EndsWith("/send", StringComparison.Ordinal))
                .Select(request => request.Status));
    }

    [Fact]
    public async Task A_mailbox_out_of_reach_is_an_error_with_its_code()
    {
        await using var run = await StartAsync(options => options with { AppAccess = [Desk] });
        var error = await Assert.ThrowsAsync<ODataError>(
            () => Client(run).Users[Joe].Messages.GetAsync(cancellationToken: Cancelled));
        Assert.Equal("ErrorAccessDenied", error.Error!.Code);
        Assert.Equal(403, error.ResponseStatusCode);
    }

    private sealed class LoopbackToken : IAccessTokenProvider
    {
        public AllowedHostsValidator AllowedHostsValidator { get; } = new(["127.0.0.1"]);

        public Task<string> GetAuthorizationTokenAsync(
            Uri uri, Dictionary<string, object>? additionalAuthenticationContext =
                null, CancellationToken cancellationToken = default) => Task.FromResult("app");
    }
}
