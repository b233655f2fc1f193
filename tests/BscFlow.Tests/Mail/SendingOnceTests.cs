using Azure.Data.Tables;
using BscFlow.Committee;
using BscFlow.GraphEmulator.Faults;
using BscFlow.Mail;
using BscFlow.Storage;
using Microsoft.Extensions.Time.Testing;

namespace BscFlow.Tests.Mail;

/// <summary>From the outbox through Graph into the inbox, with a fault on the way: the mail arrives exactly once.</summary>
public sealed class SendingOnceTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Key = "agenda|0001|ada";

    private readonly FakeTimeProvider _clock = new(new(2027, 3, 1, 9, 0, 0, TimeSpan.Zero));
    private readonly TableServiceClient _tables = new(azurite.ConnectionString);
    private readonly Charter _charter = Charters.Small(AzuriteFixture.NewName());
    private PostOffice _post = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _post = await PostOffice.StartAsync();
        await _tables.CreateTableIfNotExistsAsync(Keys.OutboxTable, Token);
        await Worker(_post.Mailbox).QueueAsync(_charter.Id, [PostOffice.ToAda(Key)], Token);
    }

    public ValueTask DisposeAsync() => _post.DisposeAsync();

    public static MatrixTheoryData<FaultKind, string> Faults { get; } = new(
        [
            FaultKind.ServiceUnavailable, FaultKind.InternalServerError, FaultKind.GatewayTimeout, FaultKind.ConnectionReset,
            FaultKind.GatewayTimeoutAfterAcceptance, FaultKind.ConnectionResetAfterAcceptance,
        ],
        ["GET /users/*/messages", "POST /users/*/messages", "POST /users/*/send"]);

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_call_that_fails_before_or_after_its_work_was_done(FaultKind kind, string call)
    {
        _post.Host.Faults.Arm(new() { Kind = kind, Method = call.Split(' ')[0], Path = call.Split(' ')[1] });

        await Assert.ThrowsAsync<MailboxUnavailableException>(() => Worker(_post.Mailbox).SendAsync(_charter, Key, Token));
        Assert.Empty(_post.Host.Faults.Armed);

        await SendsAsync(Worker(_post.Mailbox));
    }

    [Theory]
    [InlineData("GET", "/users/*/messages")]
    [InlineData("POST", "/users/*/messages")]
    [InlineData("POST", "/users/*/send")]
    public async Task A_short_429_is_waited_out_within_the_call(string method, string path)
    {
        _post.Host.Faults.Arm(new() { Kind = FaultKind.TooManyRequests, Method = method, Path = path, Times = 2 });

        await SendsAsync(Worker(_post.Mailbox));

        Assert.Equal(2, _post.Host.Requests.Count(request => request.Status == 429));
    }

    [Fact]
    public async Task A_429_of_five_minutes_is_told_to_the_caller()
    {
        _post.Host.Faults.Arm(new() { Kind = FaultKind.TooManyRequests, Path = "*/send", RetryAfter = TimeSpan.FromMinutes(5) });

        var error = await Assert.ThrowsAsync<MailboxUnavailableException>(
            () => Worker(_post.Mailbox).SendAsync(_charter, Key, Token));
        Assert.Equal(TimeSpan.FromMinutes(5), error.RetryAfter);

        await SendsAsync(Worker(_post.Mailbox));
    }

    [Theory]
    [InlineData(CrashPoint.BeforeTheMailbox)]
    [InlineData(CrashPoint.AfterTheDraft)]
    [InlineData(CrashPoint.AfterTheMailbox)]
    public async Task A_worker_that_crashes_and_one_that_comes_after_its_lease(CrashPoint point)
    {
        await Assert.ThrowsAsync<CrashException>(
            () => Worker(new CrashingMailbox(_post, point)).SendAsync(_charter, Key, Token));
        var busy = Assert.IsType<SendOutcome.Busy>(await Worker(_post.Mailbox).SendAsync(_charter, Key, Token));
        _clock.SetUtcNow(busy.Until);

        await SendsAsync(Worker(_post.Mailbox));
    }

    [Theory]
    [InlineData(CrashPoint.BeforeTheMailbox)]
    [InlineData(CrashPoint.AfterTheDraft)]
    [InlineData(CrashPoint.AfterTheMailbox)]
    public async Task A_worker_crashes_and_starts_again_under_its_name(CrashPoint point)
    {
        await Assert.ThrowsAsync<CrashException>(
            () => Worker(new CrashingMailbox(_post, point), new WorkerProcess("one")).SendAsync(_charter, Key, Token));

        await SendsAsync(Worker(_post.Mailbox, new WorkerProcess("one")));
    }

    [Fact]
    public async Task Many_workers_on_many_mails_at_a_time()
    {
        var mails = Enumerable.Range(0, 20).Select(number => PostOffice.ToAda($"m|{number:D2}")).ToArray();
        await Worker(_post.Mailbox).QueueAsync(_charter.Id, mails, Token);
        Outbox[] workers = [.. Enumerable.Range(0, 4).Select(_ => Worker(_post.Mailbox))];

        var outcomes = await Task.WhenAll(
            from mail in mails
            from worker in workers
            select worker.SendAsync(_charter, mail.Key, Token));

        Assert.All(outcomes, outcome => Assert.True(outcome is SendOutcome.Sent or SendOutcome.Busy, outcome.ToString()));
        Assert.Equal(20, _post.Host.Messages(PostOffice.Ada).Count);
        Assert.Equal(20, _post.Host.Messages(PostOffice.Ada).Select(mail => mail.InternetMessageId).Distinct().Count());
    }

    [Fact]
    public async Task A_mail_that_graph_refuses_is_given_up_and_the_reason_kept()
    {
        var outbox = Worker(_post.Mailbox);
        await outbox.QueueAsync(_charter.Id, [PostOffice.ToAda("m|nobody") with { To = [] }], Token);

        var refused = Assert.IsType<SendOutcome.Refused>(await outbox.SendAsync(_charter, "m|nobody", Token));

        Assert.Contains("ErrorInvalidRecipients", refused.Reason, StringComparison.Ordinal);
        Assert.Equal(refused.Reason, (await outbox.FindAsync(_charter.Id, "m|nobody", Token))!.Refused);
    }

    [Fact]
    public async Task A_reminder_answers_the_agenda_that_the_same_person_got()
    {
        var outbox = Worker(_post.Mailbox);
        await outbox.QueueAsync(_charter.Id, [PostOffice.ToAda("reminder|0001|ada") with { InThreadOf = Key }], Token);

        await outbox.SendAsync(_charter, Key, Token);
        await outbox.SendAsync(_charter, "reminder|0001|ada", Token);

        var mails = _post.Host.Messages(PostOffice.Ada);
        Assert.Equal(mails[0].ConversationId, mails[1].ConversationId);
        Assert.Contains(mails[1].Headers, header => header.Key == "In-Reply-To" && header.Value == mails[0].InternetMessageId);
    }

    /// <summary>Sends it twice: it is in the inbox once, and nothing is left in the drafts or on the list.</summary>
    private async Task SendsAsync(Outbox outbox)
    {
        var sent = Assert.IsType<SendOutcome.Sent>(await outbox.SendAsync(_charter, Key, Token));
        Assert.Equal(sent with { Before = true }, await outbox.SendAsync(_charter, Key, Token));

        Assert.Equal(sent.Mail.InternetMessageId, _post.InboxOfAda().InternetMessageId);
        Assert.Empty(_post.Host.Messages(PostOffice.Committee, "drafts"));
        Assert.Single(_post.Host.Messages(PostOffice.Committee, "sentitems"));
        await foreach (var key in outbox.WaitingAsync(_charter.Id, Token))
        {
            Assert.NotEqual(Key, key);
        }
    }

    private Outbox Worker(IMailbox mailbox, WorkerProcess? worker = null) =>
        new(
            _tables,
            mailbox,
            new MailPaces(_tables, _clock),
            (_, _, _) => Task.FromResult<IReadOnlySet<string>>(new HashSet<string>()),
            worker ?? WorkerProcess.OneOfMany(),
            _clock);

    public enum CrashPoint
    {
        BeforeTheMailbox,
        AfterTheDraft,
        AfterTheMailbox,
    }

    private sealed class CrashException : Exception;

    /// <summary>The real mailbox in a process that ends at one point of sending.</summary>
    private sealed class CrashingMailbox(PostOffice post, CrashPoint point) : MailboxDouble
    {
        public override async Task<SentMail> SendOnceAsync(
            string mailbox, OutgoingMail mail, string? inReplyTo, CancellationToken cancellationToken)
        {
            switch (point)
            {
                case CrashPoint.AfterTheDraft:
                    post.Host.Faults.Arm(new() { Kind = FaultKind.ConnectionReset, Path = "/users/*/send" });
                    await Assert.ThrowsAsync<MailboxUnavailableException>(
                        () => post.Mailbox.SendOnceAsync(mailbox, mail, inReplyTo, cancellationToken));
                    Assert.Single(post.Host.Messages(mailbox, "drafts"));
                    break;
                case CrashPoint.AfterTheMailbox:
                    await post.Mailbox.SendOnceAsync(mailbox, mail, inReplyTo, cancellationToken);
                    break;
            }

            throw new CrashException();
        }

        public override Task<SentMail?> FindSentAsync(string mailbox, string key, CancellationToken cancellationToken) =>
            post.Mailbox.FindSentAsync(mailbox, key, cancellationToken);
    }
}
