using System.Globalization;
using System.Text;
using Azure;
using Azure.Data.Tables;
using BscFlow.GraphEmulator.Faults;
using BscFlow.Mail;
using BscFlow.Storage;
using BscFlow.Tests.Votes;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Closing;
using static BscFlow.Tests.Mail.Incoming.Inbox;

namespace BscFlow.Tests.Mail.Incoming;

/// <summary>
/// A mail that cannot be taken, for whatever reason, keeps no other mail, no vote and no minutes waiting for ever.
/// </summary>
public sealed class StuckMailTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string FromFriend = "From: friend@elsewhere.example\nTo: {mailbox}\nSubject: Hello\n";

    private static readonly TimeSpan Round = TimeSpan.FromMinutes(2);

    private VoteRun _run = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _run = await VoteRun.StartAsync(azurite);
        await _run.ReadAsync();
    }

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Theory]
    [InlineData("Auto-Submitted: auto-replied; {long}\n", MailKind.AutomaticReply)]
    [InlineData("Message-ID: <{long}@elsewhere.example>\n", MailKind.Stranger)]
    [InlineData("Subject: {long}\n", MailKind.Stranger)]
    [InlineData("Reply-To: {long}\nIn-Reply-To: <{long}@elsewhere.example>\n", MailKind.Stranger)]
    [InlineData("Content-Type: multipart/report; report-type=\"{long}\"; boundary=b\n", MailKind.AutomaticReply)]
    [InlineData("Precedence: bulk\nList-Id: {long}\n", MailKind.List)]
    [InlineData("X-Failed-Recipients: {long}@elsewhere.example\n", MailKind.Bounce)]
    public async Task However_long_a_header_is_the_mail_has_its_row(string headers, MailKind kind)
    {
        _run.Deliver(FromFriend + headers.Replace("{long}", new string('x', 60_000), StringComparison.Ordinal));

        var row = await _run.ReadOneAsync();

        Assert.Equal(kind, row.Kind);
        Assert.Empty(_run.Host.Messages(_run.Charter.Mailbox));
    }

    [Fact]
    public async Task A_report_of_thousands_who_got_nothing_has_its_row()
    {
        var groups = new StringBuilder();
        for (var i = 0; i < 3_000; i++)
        {
            groups.Append(
                CultureInfo.InvariantCulture, $"Final-Recipient: rfc822;someone{i}@elsewhere.example\nAction: failed\n");
            groups.Append(CultureInfo.InvariantCulture, $"Diagnostic-Code: smtp;550 {new string('x', 40_000 / (i + 1))}\n\n");
        }

        _run.Deliver(
            FromFriend + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n",
            $"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns;mx.elsewhere.example\n\n{groups}--b--\n",
            returnPath: "");

        var row = await _run.ReadOneAsync();

        Assert.Equal(MailKind.Bounce, row.Kind);
        Assert.StartsWith("someone0@elsewhere.example, ", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_with_nonsense_for_the_headers_of_what_it_returns_is_a_report()
    {
        _run.Deliver(
            FromFriend + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n",
            "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns;mx.holm.example\n\n"
            + "Final-Recipient: rfc822;ida@holm.example\nAction: failed\n\n--b\nContent-Type: text/rfc822-headers\n\nno header here\n--b--\n",
            returnPath: "");

        var row = await _run.ReadOneAsync();

        Assert.Equal((MailKind.Bounce, "ida"), (row.Kind, row.Member));
    }

    [Theory]
    [InlineData(FaultKind.InternalServerError, FailedMails.PatientTries)]
    [InlineData(FaultKind.Forbidden, FailedMails.PatientTries)]
    [InlineData(FaultKind.MimeConversionFailed, FailedMails.Tries)]
    public async Task A_mail_that_the_mailbox_never_hands_out_is_left_to_a_person_and_the_vote_closes(FaultKind fault, int tries)
    {
        var motion = await _run.OpenAsync();
        _run.Clock.SetUtcNow(motion.Deadline - TimeSpan.FromMinutes(10));
        _run.Deliver(FromFriend);
        Break(fault, "$value");
        _run.Answer(Tessa, "+1");
        _run.Clock.SetUtcNow(motion.Deadline + TimeSpan.FromMinutes(5));

        await Assert.ThrowsAnyAsync<Exception>(_run.ReadAsync);
        Assert.Single(await _run.BallotsAsync());
        await Assert.ThrowsAsync<MailboxUnavailableException>(CloseAsync);
        for (var failed = 2; failed < tries; failed++)
        {
            _run.Clock.Advance(fault is FaultKind.MimeConversionFailed ? Round : FailedMails.Patience / tries);
            await _run.Of<CollectMail>().IsInUntilAsync(_run.Charter.Mailbox, motion.Deadline, Cancel);
        }

        _run.Clock.Advance(FailedMails.Patience);
        Assert.IsType<Collected.Done>(await _run.ReadAsync());
        await _run.SettleAsync();

        var left = Assert.Single(await _run.RowsAsync(), row => row.Kind is not MailKind.Ballot);
        Assert.Equal((MailKind.Unclear, true, false), (left.Kind, left.NeedsPerson, left.HasRaw));
        Assert.Contains("it lies in the mailbox alone", left.Reason, StringComparison.Ordinal);
        Assert.Contains(
            _run.Host.Messages(VoteRun.Secretary), mail => mail.Text.Contains("could not be taken", StringComparison.Ordinal));
        Assert.Equal(2, _run.Host.Messages(_run.Charter.Mailbox, "Processed").Count);
        Assert.Equal(1, (await _run.TallyAsync()).For);

        Task CloseAsync() => _run.Of<CloseMotion>().RunAsync(_run.Charter, motion.Id, Cancel);
    }

    [Fact]
    public async Task A_mail_with_a_Message_ID_without_end_that_cannot_be_read_has_its_row()
    {
        _run.Deliver(FromFriend + $"Message-ID: <{new string('x', 60_000)}@elsewhere.example>\n");
        Break(FaultKind.MimeConversionFailed, "$value");
        for (var failed = 1; failed < FailedMails.Tries; failed++)
        {
            await Assert.ThrowsAsync<MailRefusedException>(_run.ReadAsync);
        }

        Assert.IsType<Collected.Done>(await _run.ReadAsync());

        Assert.True(Assert.Single(await _run.RowsAsync()).NeedsPerson);
    }

    [Fact]
    public async Task A_mail_that_can_be_neither_read_nor_moved_lies_in_the_inbox_and_is_asked_for_no_more()
    {
        _run.Deliver(FromFriend);
        Break(FaultKind.MimeConversionFailed, "$value");
        Break(FaultKind.MimeConversionFailed, "move");
        for (var failed = 1; failed < FailedMails.Tries; failed++)
        {
            await Assert.ThrowsAsync<MailRefusedException>(_run.ReadAsync);
        }

        Assert.IsType<Collected.Done>(await _run.ReadAsync());
        Assert.IsType<Collected.Done>(await _run.Of<CollectMail>().RunAsync(_run.Charter.Mailbox, anew: true, Cancel));

        Assert.Single(await _run.RowsAsync());
        Assert.Single(_run.Host.Messages(_run.Charter.Mailbox));
    }

    [Fact]
    public async Task A_mail_that_was_left_is_taken_when_a_person_puts_it_back_into_the_inbox()
    {
        await _run.OpenAsync();
        _run.Answer(Tessa, "+1");
        Break(FaultKind.MimeConversionFailed, "$value");
        for (var failed = 1; failed < FailedMails.Tries; failed++)
        {
            await Assert.ThrowsAsync<MailRefusedException>(_run.ReadAsync);
        }

        await _run.ReadAsync();
        Assert.Empty(await _run.BallotsAsync());
        _run.Host.Faults.Clear();
        _run.Host.As(_run.Charter.Mailbox).Move(_run.Host.Messages(_run.Charter.Mailbox, "Processed").Single().Id, "inbox");
        await _run.ReadAsync();

        Assert.Single(await _run.BallotsAsync());
        Assert.Empty(_run.Host.Messages(_run.Charter.Mailbox));
    }

    [Fact]
    public async Task Behind_a_mail_that_fails_all_pages_are_read_and_what_came_before_it_counts_as_in()
    {
        var before = _run.Clock.GetUtcNow();
        _run.Clock.Advance(TimeSpan.FromHours(1));
        _run.Deliver(FromFriend);
        Break(FaultKind.InternalServerError, "$value");
        for (var i = 0; i < 205; i++)
        {
            _run.Host.As(Friend).Write([_run.Charter.Mailbox], $"Mail {i}", "Hello");
        }

        _run.Clock.Advance(CollectMail.Lag + TimeSpan.FromSeconds(1));
        Assert.True(await _run.Of<CollectMail>().IsInUntilAsync(_run.Charter.Mailbox, before.AddMinutes(59), Cancel));
        Assert.False(await _run.Of<CollectMail>().IsInUntilAsync(_run.Charter.Mailbox, before.AddHours(1), Cancel));
        Assert.Equal(205, (await _run.RowsAsync()).Count);

        _run.Host.Faults.Clear();
        await _run.ReadAsync();

        Assert.Equal(206, (await _run.RowsAsync()).Count);
        Assert.True(await _run.Of<CollectMail>().IsInUntilAsync(_run.Charter.Mailbox, before.AddHours(1), Cancel));
    }

    [Fact]
    public async Task What_failed_is_forgotten_when_all_is_taken()
    {
        _run.Deliver(FromFriend);
        Break(FaultKind.MimeConversionFailed, "$value", FailedMails.Tries - 1);
        for (var failed = 1; failed < FailedMails.Tries; failed++)
        {
            await Assert.ThrowsAsync<MailRefusedException>(_run.ReadAsync);
        }

        await _run.ReadAsync();

        var partition = Keys.MailboxPartition(_run.Charter.Mailbox);
        var rows = await _run.Of<TableServiceClient>().GetTableClient(Keys.MailTable)
            .QueryAsync<TableEntity>(row => row.PartitionKey == partition, cancellationToken: Cancel)
            .ToListAsync(Cancel);
        Assert.DoesNotContain(rows, row => row.RowKey.StartsWith(Keys.MailFailedStart, StringComparison.Ordinal));
        Assert.Equal(MailKind.Stranger, Assert.Single(await _run.RowsAsync()).Kind);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(403, false)]
    [InlineData(429, false)]
    [InlineData(503, false)]
    [InlineData(400, true)]
    [InlineData(413, true)]
    public void What_storage_refuses_of_a_mail_is_the_mails_fault_and_that_it_is_not_there_is_not(int status, bool ofMail)
    {
        var refused = new RequestFailedException(status, "no");

        Assert.Equal(ofMail, FailedMails.BlameFor(refused) is Blame.Mail);
        Assert.Equal(ofMail, FailedMails.BlameFor(new AggregateException(refused)) is Blame.Mail);
    }

    [Fact]
    public async Task A_ballot_that_comes_while_the_box_is_shut_is_never_given_up()
    {
        for (var i = 0; i < FailedMails.PatientTries * 2; i++)
        {
            _run.Clock.Advance(FailedMails.Patience);
            var blame = FailedMails.BlameFor(new BoxShutException("2025-07-charter"));
            Assert.Equal(
                FailedMail.TryAgain, await _run.Of<FailedMails>().CountAsync(_run.Charter.Mailbox, "ballot", blame, Cancel));
        }
    }

    [Fact]
    public async Task A_ballot_that_is_too_large_to_be_read_is_kept_whole_and_its_voter_and_the_secretary_are_told()
    {
        await _run.OpenAsync();
        var attached = Convert.ToBase64String(new byte[TakeMail.LargestBytes], Base64FormattingOptions.InsertLineBreaks);
        _run.Deliver(
            "From: tessa@quill.example\nTo: {mailbox}\nSubject: Re: Vote [v-{token}]\nContent-Type: multipart/mixed; boundary=b\n",
            $"--b\nContent-Type: text/plain\n\n+1\n--b\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n{attached}\n--b--\n");
        var raw = _run.Host.Messages(_run.Charter.Mailbox).Single().Mime!.Value;

        var row = await _run.ReadOneAsync();
        await _run.SettleAsync();

        Assert.Equal((MailKind.Unclear, "tessa", true), (row.Kind, row.Member, row.NeedsPerson));
        Assert.Equal(Tessa, row.From);
        Assert.Contains("larger than ten megabytes", row.Reason, StringComparison.Ordinal);
        var kept = await _run.Of<RawMails>().FindAsync(_run.Id, row.Id, Cancel);
        Assert.True(raw.Span.SequenceEqual(kept));
        Assert.Equal(2, _run.Host.Messages(Tessa).Count);
        Assert.Contains(_run.Subjects(VoteRun.Secretary), subject => subject.Contains("needs you", StringComparison.Ordinal));
        Assert.Empty(await _run.BallotsAsync());
        Assert.Empty(_run.Host.Messages(_run.Charter.Mailbox));
    }

    [Fact]
    public async Task A_secret_ballot_under_a_legal_hold_keeps_neither_the_round_nor_the_other_ballots_from_their_end()
    {
        await _run.OpenAsync(SmallCommittee.Draft with { Secret = true });
        _run.Answer(Tessa, "+1");
        var held = _run.Host.Messages(_run.Charter.Mailbox).Single().ImmutableId;
        _run.Answer(Oren, "-1");
        await _run.ReadAsync();
        await _run.SettleAsync();
        _run.Host.Faults.Arm(new() { Kind = FaultKind.Forbidden, Path = $"*/{held}/permanentDelete", Times = int.MaxValue });

        Assert.IsType<Collected.Done>(await _run.ReadAsync());

        Assert.Equal(held, Assert.Single(_run.Host.Messages(_run.Charter.Mailbox, "Processed")).ImmutableId);
        Assert.Equal(["tessa"], (await _run.RowsAsync()).Where(row => row.HasRaw).Select(row => row.Member));
        _run.Host.Faults.Clear();
        await _run.ReadAsync();
        Assert.DoesNotContain(await _run.RowsAsync(), row => row.HasRaw);
        Assert.Empty(_run.Host.Messages(_run.Charter.Mailbox, "Processed"));
    }

    /// <summary>The last mail of the inbox fails in one thing from now on.</summary>
    private void Break(FaultKind fault, string what, int times = int.MaxValue)
    {
        var mail = _run.Host.Messages(_run.Charter.Mailbox)[^1].ImmutableId;
        _run.Host.Faults.Arm(new() { Kind = fault, Path = $"*/{mail}/{what}", Times = times });
    }
}
