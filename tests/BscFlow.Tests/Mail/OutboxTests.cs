using System.Net;
using System.Security.Cryptography;
using Azure.Data.Tables;
using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Storage;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;

namespace BscFlow.Tests.Mail;

public sealed class OutboxTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new(2027, 3, 1, 9, 0, 0, TimeSpan.Zero));
    private readonly TableServiceClient _tables = new(azurite.ConnectionString);
    private readonly RecordingMailbox _mailbox = new();
    private readonly HashSet<string> _useless = [];
    private readonly Charter _charter = Charters.Small(AzuriteFixture.NewName());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _tables.CreateTableIfNotExistsAsync(Keys.OutboxTable, Token);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_mail_queued_again_stays_as_it_was()
    {
        var outbox = Worker();

        Assert.Equal(["agenda|0017|ada"], await outbox.QueueAsync(_charter.Id, [Mail("agenda|0017|ada", "first")], Token));
        Assert.Empty(await outbox.QueueAsync(_charter.Id, [Mail("agenda|0017|ada", "second")], Token));

        Assert.Equal("first", (await outbox.FindAsync(_charter.Id, "agenda|0017|ada", Token))!.Mail.Text);
        Assert.Equal(["agenda|0017|ada"], await WaitingAsync(outbox));
    }

    [Fact]
    public async Task Mails_that_were_queued_before_keep_back_none_of_the_others()
    {
        var outbox = Worker();
        await outbox.QueueAsync(_charter.Id, [Mail("m|2"), Mail("m|3")], Token);

        var added = await outbox.QueueAsync(
            _charter.Id, [Mail("m|1"), Mail("m|2"), Mail("m|3"), Mail("m|4"), Mail("m|4")], Token);

        Assert.Equal(["m|1", "m|4"], added);
        Assert.Equal(["m|1", "m|2", "m|3", "m|4"], await WaitingAsync(outbox));
    }

    [Fact]
    public async Task The_words_of_a_mail_that_has_left_are_forgotten_however_long_they_were()
    {
        var outbox = Worker();
        var words = Convert.ToBase64String(RandomNumberGenerator.GetBytes(150_000));
        await outbox.QueueAsync(_charter.Id, [Mail("m|1", words)], Token);

        Assert.IsType<SendOutcome.Sent>(await outbox.SendAsync(_charter, "m|1", Token));

        var queued = await outbox.FindAsync(_charter.Id, "m|1", Token);
        Assert.Equal(("m|1", "", ""), (queued!.Mail.Key, queued.Mail.Text, queued.Mail.Html));
        Assert.NotNull(queued.Sent);
    }

    [Fact]
    public async Task More_mails_than_a_transaction_takes_are_queued_in_one_call()
    {
        var outbox = Worker();
        var mails = Enumerable.Range(0, 120).Select(number => Mail($"m|{number:D3}")).ToArray();

        Assert.Equal(120, (await outbox.QueueAsync(_charter.Id, mails, Token)).Count);

        Assert.Equal(mails.Select(mail => mail.Key), await WaitingAsync(outbox));
    }

    [Fact]
    public async Task Long_mails_come_back_whole_and_are_parted_into_transactions_by_their_size()
    {
        var outbox = Worker();
        var mails = Enumerable.Range(0, 6).Select(number => Mail($"m|{number}", Incompressible(900_000))).ToArray();

        await outbox.QueueAsync(_charter.Id, mails, Token);

        foreach (var mail in mails)
        {
            Assert.Equivalent(mail, (await outbox.FindAsync(_charter.Id, mail.Key, Token))!.Mail, strict: true);
        }
    }

    [Fact]
    public async Task A_mail_too_long_for_a_row_is_named_and_nothing_is_queued()
    {
        var outbox = Worker();

        var error = await Assert.ThrowsAsync<MailTooLargeException>(() => outbox.QueueAsync(
            _charter.Id, [Mail("m|small"), Mail("m|large", Incompressible(1_500_000))], Token));

        Assert.Equal("m|large", error.Key);
        Assert.Contains("983040", error.Message, StringComparison.Ordinal);
        Assert.Empty(await WaitingAsync(outbox));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Agenda|0017")]
    public async Task A_key_that_graph_could_not_tell_apart_is_refused(string key)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Worker().QueueAsync(_charter.Id, [Mail(key)], Token));
    }

    [Fact]
    public async Task A_key_too_long_for_a_row_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Worker().QueueAsync(_charter.Id, [Mail(new string('a', 600))], Token));
    }

    [Theory]
    [InlineData("path/with\\both #and? 100%")]
    [InlineData("o'brien|''|=2f|=")]
    [InlineData("waiting:waiting:x")]
    [InlineData("zoë|日本|🦀|\u0001\u007f\u0085")]
    public async Task A_key_may_hold_what_a_row_key_may_not(string key)
    {
        var outbox = Worker();

        await outbox.QueueAsync(_charter.Id, [Mail(key)], Token);

        Assert.Equal([key], await WaitingAsync(outbox));
        Assert.IsType<SendOutcome.Sent>(await outbox.SendAsync(_charter, key, Token));
        Assert.Equal(key, (await outbox.FindAsync(_charter.Id, key, Token))!.Mail.Key);
        Assert.Empty(await WaitingAsync(outbox));
    }

    [Property]
    public bool Every_key_is_read_back_from_both_its_rows(FsCheck.NonNull<string> text)
    {
        var key = string.Concat(text.Get.EnumerateRunes());
        var row = Keys.OutboxMail(key);

        return !row.Any(character => character is '/' or '\\' or '#' or '?' or ':' or '\'' or '%' || char.IsControl(character))
            && Keys.OutboxKey(row) == key
            && Keys.OutboxKey(Keys.OutboxWaiting(row)) == key;
    }

    [Fact]
    public async Task A_mail_leaves_once_and_is_on_record()
    {
        var outbox = Worker();
        await outbox.QueueAsync(_charter.Id, [Mail("m|1")], Token);
        _clock.Advance(TimeSpan.FromMinutes(3));

        var first = await outbox.SendAsync(_charter, "m|1", Token);
        var second = await outbox.SendAsync(_charter, "m|1", Token);

        var left = new SendOutcome.Sent(new("<m|1@x>", "conversation"));
        Assert.Equal((left, left with { Before = true }), (first, second));
        Assert.Equal(["m|1"], _mailbox.Left);
        Assert.Empty(await WaitingAsync(outbox));
        var found = await outbox.FindAsync(_charter.Id, "m|1", Token);
        Assert.Equal((1, new SentMail("<m|1@x>", "conversation")), (found!.Attempts, found.Sent));
        Assert.Equal((_clock.GetUtcNow().AddMinutes(-3), _clock.GetUtcNow()), (found.QueuedAt, found.SentAt));
    }

    [Fact]
    public async Task A_key_that_was_never_queued_is_said_to_be_so()
    {
        Assert.IsType<SendOutcome.NotQueued>(await Worker().SendAsync(_charter, "m|1", Token));
        Assert.Null(await Worker().FindAsync(_charter.Id, "m|1", Token));
    }

    [Fact]
    public async Task An_answer_names_the_mail_that_it_answers()
    {
        var outbox = Worker();
        await outbox.QueueAsync(
            _charter.Id, [Mail("agenda|ada"), Mail("reminder|ada") with { InThreadOf = "agenda|ada" }], Token);

        await outbox.SendAsync(_charter, "agenda|ada", Token);
        await outbox.SendAsync(_charter, "reminder|ada", Token);

        Assert.Equal([null, "<agenda|ada@x>"], _mailbox.InReplyTo);
    }

    [Fact]
    public async Task An_answer_to_a_mail_that_has_not_left_goes_without_a_thread()
    {
        var outbox = Worker();
        await outbox.QueueAsync(
            _charter.Id, [Mail("agenda|ada"), Mail("reminder|ada") with { InThreadOf = "agenda|ada" }], Token);

        await outbox.SendAsync(_charter, "reminder|ada", Token);

        Assert.Equal([null], _mailbox.InReplyTo);
    }

    [Fact]
    public async Task A_refused_mail_waits_no_longer_and_keeps_the_reason()
    {
        var outbox = Worker();
        await outbox.QueueAsync(_charter.Id, [Mail("m|1")], Token);
        _mailbox.Sending = _ => throw new MailRefusedException("No such recipient.", HttpStatusCode.BadRequest, "E", null);

        Assert.Equal(new SendOutcome.Refused("No such recipient."), await outbox.SendAsync(_charter, "m|1", Token));

        _mailbox.Sending = null;
        Assert.Equal(new SendOutcome.Refused("No such recipient."), await outbox.SendAsync(_charter, "m|1", Token));
        Assert.Empty(_mailbox.Left);
        Assert.Empty(await WaitingAsync(outbox));
        Assert.Equal("No such recipient.", (await outbox.FindAsync(_charter.Id, "m|1", Token))!.Refused);
    }

    [Fact]
    public async Task An_unavailable_mailbox_leaves_the_mail_to_whoever_comes_next()
    {
        var outbox = Worker();
        await outbox.QueueAsync(_charter.Id, [Mail("m|1")], Token);
        _mailbox.Sending = _ => throw new MailboxUnavailableException("Gone.", null, null, null);

        await Assert.ThrowsAsync<MailboxUnavailableException>(() => outbox.SendAsync(_charter, "m|1", Token));
        Assert.Equal(["m|1"], await WaitingAsync(outbox));

        _mailbox.Sending = null;
        Assert.IsType<SendOutcome.Sent>(await Worker().SendAsync(_charter, "m|1", Token));
        Assert.Equal(2, (await outbox.FindAsync(_charter.Id, "m|1", Token))!.Attempts);
    }

    [Fact]
    public async Task A_mail_that_is_too_late_is_dropped()
    {
        var outbox = Worker();
        await outbox.QueueAsync(_charter.Id, [Mail("m|1") with { NotAfter = _clock.GetUtcNow().AddHours(1) }], Token);
        _clock.Advance(TimeSpan.FromHours(2));

        var outcome = Assert.IsType<SendOutcome.Refused>(await outbox.SendAsync(_charter, "m|1", Token));

        Assert.Contains("2027-03-01 10:00", outcome.Reason, StringComparison.Ordinal);
        Assert.Empty(_mailbox.Left);
        Assert.Empty(await WaitingAsync(outbox));
    }

    [Fact]
    public async Task A_mail_that_left_before_a_crash_is_not_called_too_late()
    {
        await Worker().QueueAsync(_charter.Id, [Mail("m|1") with { NotAfter = _clock.GetUtcNow().AddHours(1) }], Token);
        await CrashAfterSendingAsync("m|1");
        _clock.Advance(TimeSpan.FromHours(2));

        Assert.IsType<SendOutcome.Sent>(await Worker().SendAsync(_charter, "m|1", Token));

        Assert.Equal(["m|1"], _mailbox.Left);
    }

    [Fact]
    public async Task A_mail_that_lost_its_use_while_it_waited_never_leaves()
    {
        var outbox = Worker();
        await outbox.QueueAsync(_charter.Id, [Mail("m|1"), Mail("m|2")], Token);
        _useless.Add("m|1");

        Assert.IsType<SendOutcome.Dropped>(await outbox.SendAsync(_charter, "m|1", Token));
        Assert.Equal(["m|2"], await WaitingAsync(outbox));

        _useless.Clear();
        Assert.IsType<SendOutcome.Dropped>(await outbox.SendAsync(_charter, "m|1", Token));
        Assert.Empty(await outbox.QueueAsync(_charter.Id, [Mail("m|1")], Token));
        Assert.Equal(_clock.GetUtcNow(), (await outbox.FindAsync(_charter.Id, "m|1", Token))!.DroppedAt);
        Assert.Empty(_mailbox.Left);
    }

    [Fact]
    public async Task A_mail_that_left_before_a_crash_is_not_said_to_have_lost_its_use()
    {
        var outbox = Worker();
        await outbox.QueueAsync(_charter.Id, [Mail("m|1")], Token);
        await CrashAfterSendingAsync("m|1");
        _useless.Add("m|1");
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.IsType<SendOutcome.Sent>(await outbox.SendAsync(_charter, "m|1", Token));
        Assert.Equal(["m|1"], _mailbox.Left);
    }

    [Fact]
    public async Task Of_many_workers_on_one_mail_one_sends_it()
    {
        await Worker().QueueAsync(_charter.Id, [Mail("m|1")], Token);
        var others = new TaskCompletionSource();
        var inside = 0;
        _mailbox.Sending = _ => Interlocked.Increment(ref inside) == 1
            ? others.Task
            : throw new InvalidOperationException("Two workers send it.");

        var sending = Enumerable.Range(0, 8).Select(_ => Worker().SendAsync(_charter, "m|1", Token)).ToList();
        for (var left = sending.Count; left > 1; left--)
        {
            var done = await Task.WhenAny(sending);
            Assert.IsType<SendOutcome.Busy>(await done);
            sending.Remove(done);
        }

        others.SetResult();
        Assert.IsType<SendOutcome.Sent>(await sending.Single());
        Assert.Single(_mailbox.InReplyTo);
    }

    [Fact]
    public async Task One_process_sends_a_mail_once_at_a_time_even_when_its_clock_is_moved()
    {
        var outbox = Worker();
        await outbox.QueueAsync(_charter.Id, [Mail("m|1")], Token);
        var moved = new TaskCompletionSource();
        _mailbox.Sending = _ => moved.Task;

        var sending = outbox.SendAsync(_charter, "m|1", Token);
        _clock.Advance(TimeSpan.FromDays(7));
        Assert.IsType<SendOutcome.Busy>(await outbox.SendAsync(_charter, "m|1", Token));

        moved.SetResult();
        Assert.IsType<SendOutcome.Sent>(await sending);
        Assert.Single(_mailbox.InReplyTo);
    }

    [Fact]
    public async Task A_crashed_worker_keeps_others_away_until_its_lease_ends()
    {
        await Worker().QueueAsync(_charter.Id, [Mail("m|1")], Token);
        await CrashAfterSendingAsync("m|1");

        var busy = Assert.IsType<SendOutcome.Busy>(await Worker().SendAsync(_charter, "m|1", Token));
        _clock.SetUtcNow(busy.Until);

        Assert.IsType<SendOutcome.Sent>(await Worker().SendAsync(_charter, "m|1", Token));
        Assert.Equal(["m|1"], _mailbox.Left);
        Assert.Empty(await WaitingAsync(Worker()));
    }

    [Fact]
    public async Task A_worker_that_starts_again_under_its_name_takes_up_after_a_crash_at_once()
    {
        await Worker().QueueAsync(_charter.Id, [Mail("m|1")], Token);
        await CrashAfterSendingAsync("m|1", new WorkerProcess("one"));

        Assert.IsType<SendOutcome.Sent>(await Worker(new WorkerProcess("one")).SendAsync(_charter, "m|1", Token));

        Assert.Equal(["m|1"], _mailbox.Left);
    }

    [Fact]
    public async Task A_worker_that_lost_its_lease_reports_what_the_next_one_did()
    {
        await Worker().QueueAsync(_charter.Id, [Mail("m|1")], Token);
        var (asked, next) = (new TaskCompletionSource(), new TaskCompletionSource());
        _mailbox.Sending = _ =>
        {
            asked.SetResult();
            return next.Task;
        };
        var slow = Worker().SendAsync(_charter, "m|1", Token);
        await asked.Task.WaitAsync(Token);
        _clock.Advance(TimeSpan.FromHours(1));
        _mailbox.Sending = null;

        var outcome = await Worker().SendAsync(_charter, "m|1", Token);
        next.SetResult();

        Assert.Equal(Assert.IsType<SendOutcome.Sent>(outcome) with { Before = true }, await slow);
        Assert.Equal(["m|1"], _mailbox.Left);
    }

    private Outbox Worker(WorkerProcess? worker = null) =>
        new(
            _tables,
            _mailbox,
            new MailPaces(_tables, _clock),
            (_, mails, _) => Task.FromResult<IReadOnlySet<string>>(
                mails.Select(mail => mail.Key).Where(_useless.Contains).ToHashSet()),
            worker ?? WorkerProcess.OneOfMany(),
            _clock);

    /// <summary>The process ends between the mailbox's answer and the outbox's note of it.</summary>
    private async Task CrashAfterSendingAsync(string key, WorkerProcess? worker = null)
    {
        _mailbox.Crashing = true;
        await Assert.ThrowsAsync<CrashException>(() => Worker(worker).SendAsync(_charter, key, Token));
        _mailbox.Crashing = false;
    }

    private async Task<List<string>> WaitingAsync(Outbox outbox)
    {
        List<string> keys = [];
        await foreach (var key in outbox.WaitingAsync(_charter.Id, Token))
        {
            keys.Add(key);
        }

        return keys;
    }

    private static string Incompressible(int bytes) => Convert.ToBase64String(RandomNumberGenerator.GetBytes(bytes));

    private static OutgoingMail Mail(string key, string text = "text") => new()
    {
        Key = key,
        To = [new("Ada Moreau", "ada@example.org")],
        Subject = "Subject",
        Html = "<p>html</p>",
        Text = text,
    };

    private sealed class CrashException : Exception;

    /// <summary>Keeps <see cref="IMailbox"/>'s promise to send a key once, and notes what it was asked.</summary>
    private sealed class RecordingMailbox : MailboxDouble
    {
        private readonly Lock _lock = new();

        public List<string> Left { get; } = [];

        public List<string?> InReplyTo { get; } = [];

        public Func<OutgoingMail, Task>? Sending { get; set; }

        public bool Crashing { get; set; }

        public TaskCompletionSource Asked { get; } = new();

        public override async Task<SentMail> SendOnceAsync(
            string mailbox, OutgoingMail mail, string? inReplyTo, CancellationToken cancellationToken)
        {
            Asked.TrySetResult();
            await (Sending?.Invoke(mail) ?? Task.CompletedTask);
            lock (_lock)
            {
                InReplyTo.Add(inReplyTo);
                if (!Left.Contains(InCommittee(mail.Key)))
                {
                    Left.Add(InCommittee(mail.Key));
                }
            }

            return Crashing ? throw new CrashException() : new($"<{InCommittee(mail.Key)}@x>", "conversation");
        }

        public override Task<SentMail?> FindSentAsync(string mailbox, string key, CancellationToken cancellationToken) =>
            Task.FromResult(
                Left.Contains(InCommittee(key)) ? new SentMail($"<{InCommittee(key)}@x>", "conversation") : null);

        /// <summary>The mailbox is given the committee too, since several may share it.</summary>
        private static string InCommittee(string key) => key[(key.IndexOf('|', StringComparison.Ordinal) + 1)..];
    }
}
