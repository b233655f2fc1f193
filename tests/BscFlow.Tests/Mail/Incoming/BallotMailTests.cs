using System.Text;
using Azure.Storage.Blobs;
using BscFlow.Committee;
using BscFlow.GraphEmulator;
using BscFlow.Mail;
using BscFlow.Storage;
using BscFlow.Tests.Votes;
using BscFlow.Votes;
using BscFlow.Votes.Closing;
using static BscFlow.Tests.Mail.Incoming.Inbox;

namespace BscFlow.Tests.Mail.Incoming;

/// <summary>Ballots as people's mail programs send them, from the wire to the count.</summary>
public sealed class BallotMailTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string FromTessa = "From: tessa@quill.example\nTo: {mailbox}\nSubject: Re: Vote [v-{token}]\n";

    private VoteRun _run = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _run = await VoteRun.StartAsync(azurite);
        await _run.ReadAsync();
    }

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Theory]
    [InlineData(ReplyStyle.TopPost)]
    [InlineData(ReplyStyle.Outlook)]
    [InlineData(ReplyStyle.BottomPost)]
    [InlineData(ReplyStyle.NoQuote)]
    public async Task A_vote_is_read_wherever_it_stands(ReplyStyle style)
    {
        await _run.OpenAsync();
        _run.Answer(Tessa, "\u22121", style);

        await _run.ReadAsync();

        Assert.Equal(Vote.Against, Assert.Single(await _run.BallotsAsync()).Vote);
    }

    [Theory]
    [InlineData("Content-Type: text/html; charset=utf-8\n", "<div><b>yes</b></div><blockquote>no</blockquote>", Vote.For)]
    [InlineData("Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n", "daf=FCr\n", Vote.For)]
    [InlineData("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n", "77yLMQ==\n", Vote.For)]
    [InlineData("Content-Type: text/plain\n", "-1\n\n-- \nno\n", Vote.Against)]
    [InlineData("Content-Type: text/plain\n", "> Shall we? yes\n> no\n\nabstain\n", Vote.Abstain)]
    public async Task Charsets_encodings_and_signatures_change_nothing(string headers, string body, Vote vote)
    {
        await _run.OpenAsync();
        _run.Deliver(FromTessa + headers, body);

        await _run.ReadAsync();

        Assert.Equal(vote, Assert.Single(await _run.BallotsAsync()).Vote);
    }

    [Theory]
    [InlineData("Yes, but only if Oren agrees.")]
    [InlineData("+1\n-1")]
    [InlineData("We need at least 3 +1 votes.")]
    public async Task What_cannot_be_counted_is_answered_once(string text)
    {
        await _run.OpenAsync();
        _run.Answer(Tessa, text);
        await _run.ReadAsync();
        await _run.SettleAsync();
        _run.Answer(Tessa, text);
        await _run.ReadAsync();
        await _run.SettleAsync();

        Assert.Empty(await _run.BallotsAsync());
        Assert.Equal([MailKind.Unclear, MailKind.Unclear], (await _run.RowsAsync()).Select(row => row.Kind));
        Assert.Equal(2, _run.Host.Messages(Tessa).Count);
    }

    [Fact]
    public async Task A_vote_of_somebody_else_that_a_voter_forwards_is_not_counted_as_theirs()
    {
        await _run.OpenAsync();
        _run.Deliver(
            FromTessa,
            "---------- Forwarded message ---------\nFrom: Oren <oren@vale.example>\nDate: Tue, Jul 1, 2025 at 4:00 PM\nSubject: Re: Vote\n"
            + "To: Tessa <tessa@quill.example>\n\nOn Tue, Jul 1, 2025 at 3:00 PM TSC <tsc@committee.example> wrote:\n> Shall we?\n\n+1\n");

        await _run.ReadAsync();

        Assert.Empty(await _run.BallotsAsync());
        Assert.Equal(MailKind.Unclear, Assert.Single(await _run.RowsAsync()).Kind);
    }

    [Fact]
    public async Task The_last_second_counts_and_the_next_is_late_whatever_the_date_header_says()
    {
        var motion = await _run.OpenAsync();
        _run.Clock.SetUtcNow(motion.Deadline);
        _run.Answer(Oren, "+1");
        _run.Clock.Advance(TimeSpan.FromSeconds(1));
        _run.Deliver(FromTessa + "Date: Tue, 01 Jul 2025 10:00:00 +0000\n");

        await _run.ReadAsync();

        Assert.Equal("oren", Assert.Single(await _run.BallotsAsync()).Voter);
        Assert.Contains("after the vote had ended", (await _run.RowsAsync())[^1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_motion_that_closes_waits_for_the_ballots_that_lie_in_the_mailbox()
    {
        await _run.OpenAsync();
        foreach (var voter in (string[])[Tessa, Oren, Mia, Lev])
        {
            _run.Answer(voter, "+1");
        }

        await _run.AdvanceAsync(TimeSpan.FromDays(8));

        Assert.Equal(4, (await _run.TallyAsync()).For);
    }

    [Fact]
    public async Task A_motion_stays_open_as_long_as_the_mailbox_cannot_be_read()
    {
        await _run.OpenAsync();
        _run.Answer(Tessa, "+1");
        _run.Clock.Advance(TimeSpan.FromDays(8));
        _run.Host.Faults.Arm(
            new() { Kind = BscFlow.GraphEmulator.Faults.FaultKind.ServiceUnavailable, Path = "*/delta", Times = 1 });

        await Assert.ThrowsAsync<MailboxUnavailableException>(
            () => _run.Of<CloseMotion>().RunAsync(_run.Charter, SmallCommittee.Draft.Id, Cancel));
        Assert.True((await _run.MotionAsync()).IsOpen);
        await _run.SettleAsync();

        Assert.Equal(1, (await _run.TallyAsync()).For);
    }

    [Fact]
    public async Task A_proxy_of_the_charter_votes_in_the_members_place()
    {
        await _run.OpenAsync();
        _run.Deliver(
            $"From: {Mia}\nSender: {Lev}\nTo: {{mailbox}}\nSubject: Re: Vote [v-{_run.TokenOf("mia")}]\n",
            results: [OutsideMail.Pass("berg.example")]);

        await _run.ReadAsync();

        Assert.Equal(("mia", "lev"), Assert.Single((await _run.BallotsAsync()).Select(ballot => (ballot.Voter, ballot.Proxy))));

        await _run.SettleAsync();
        await _run.AdvanceAsync(TimeSpan.FromDays(8));
        await _run.SettleAsync();
        Assert.Contains("Mia Berg, by Lev Sand: for", _run.Host.Messages(Lev)[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_by_way_of_a_list_does_not_keep_the_ballot_itself_from_counting()
    {
        await _run.OpenAsync();
        const string Id = "Message-ID: <both@quill.example>\n";
        _run.Deliver(FromTessa + Id + "List-Id: <all.quill.example>\n");
        await _run.ReadAsync();
        Assert.Empty(await _run.BallotsAsync());

        _run.Deliver(FromTessa + Id);
        _run.Deliver(FromTessa + Id);
        await _run.ReadAsync();
        await _run.SettleAsync();

        Assert.Single(await _run.BallotsAsync());
        Assert.Equal(
            [MailKind.Ballot, MailKind.Ballot, MailKind.List],
            (await _run.RowsAsync()).Select(row => row.Kind).OrderBy(kind => kind.ToString(), StringComparer.Ordinal));
        Assert.Equal(2, _run.Host.Messages(Tessa).Count);
    }

    [Fact]
    public async Task A_second_copy_of_a_ballot_is_known_as_one()
    {
        await _run.OpenAsync();
        _run.Deliver(FromTessa + "Message-ID: <both@quill.example>\n");
        await _run.ReadAsync();
        _run.Deliver(FromTessa + "Message-ID: <both@quill.example>\n", "-1\n");
        await _run.ReadAsync();

        Assert.Equal(Vote.For, Assert.Single(await _run.BallotsAsync()).Vote);
        Assert.Contains((await _run.RowsAsync()), row => row.Reason.Contains("second copy", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("+1\n", false)]
    [InlineData("-1\n", true)]
    public async Task A_second_ballot_under_the_same_message_id_needs_a_person_where_it_says_something_else(
        string body, bool needsPerson)
    {
        await _run.OpenAsync();
        _run.Deliver(FromTessa + "Message-ID: <both@quill.example>\n");
        await _run.ReadAsync();
        _run.Deliver(FromTessa + "Message-ID: <both@quill.example>\n", body);
        await _run.ReadAsync();
        await _run.SettleAsync();

        Assert.Equal(needsPerson, (await _run.RowsAsync()).Any(row => row.NeedsPerson));
        Assert.Equal(needsPerson, _run.Host.Messages(VoteRun.Secretary).Any());
    }

    [Fact]
    public async Task What_a_secret_voter_wrote_is_gone_once_the_receipt_has_left()
    {
        await _run.OpenAsync(SmallCommittee.Draft with { Secret = true });
        _run.Answer(Tessa, "+1\n\nMy reasons are my own.");
        var row = await _run.ReadOneAsync();
        Assert.Equal((null, "the ballot of Tessa Quill, counted"), (row.Text, row.Reason));
        Assert.NotNull(await _run.Of<RawMails>().FindAsync(_run.Id, row.Id, Cancel));

        await _run.SettleAsync();
        await _run.ReadAsync();

        Assert.Equal(2, _run.Host.Messages(Tessa).Count);
        Assert.Null(await _run.Of<RawMails>().FindAsync(_run.Id, row.Id, Cancel));
        Assert.False((await _run.ReadOneAsync()).HasRaw);
        foreach (var folder in (string[])["inbox", "Processed", "deleteditems"])
        {
            Assert.Empty(_run.Host.Messages(_run.Charter.Mailbox, folder));
        }
    }

    [Fact]
    public async Task Committees_that_share_a_mailbox_get_each_their_own_mail()
    {
        var other = _run.Charter with
        {
            Id = "a" + _run.Id,
            Name = "Another Committee",
            Proxies = [],
            Members = [new Member { Id = "zoe", Name = "Zoe Wild", Addresses = [Friend], Terms = [new Term(new DateOnly(2024, 1, 1))] }],
        };
        await _run.Of<CharterStore>().TakeOverAsync(CharterWriter.Write(other), Cancel);
        await _run.Of<MailboxDirectory>().EnterAsync(other, Cancel);
        await _run.OpenAsync();
        await _run.Of<Outbox>().QueueAsync(
            other.Id,
            [new OutgoingMail { Key = "agenda|0001|20250709t1500z|zoe", To = [new("Zoe", Friend)], Subject = "Agenda", Html = "x", Text = "x" }],
            Cancel);
        await _run.Of<Outbox>().SendAsync(other, "agenda|0001|20250709t1500z|zoe", Cancel);

        // By token, by what it answers, by its sender, and what is nobody's to the first.
        _run.Answer(Tessa, "+1");
        _run.AnswerLast(Friend, "Summit budget");
        _run.Host.As(Friend).Write([_run.Charter.Mailbox], "Hello", "It is me.");
        _run.Host.As(VoteRun.Secretary).Write([_run.Charter.Mailbox], "To whom?", "Both know me.");
        var collected = Assert.IsType<Collected.Done>(await _run.ReadAsync());

        Assert.Equal([other.Id, _run.Id], collected.Committees.Order());
        Assert.Equal(MailKind.Ballot, Assert.Single(await _run.RowsAsync()).Kind);
        var theirs = await _run.Of<MailStore>().ListAsync(other.Id, after: null, Cancel).ToListAsync(Cancel);
        Assert.Equal([MailKind.AgendaItem, MailKind.Unclear, MailKind.Unclear], theirs.Select(row => row.Kind).Order());
    }

    [Fact]
    public async Task A_mailbox_is_not_read_while_the_charter_of_one_of_its_committees_cannot_be_used()
    {
        var other = _run.Charter with { Id = "z" + _run.Id, Name = "Another Committee" };
        await _run.Of<CharterStore>().TakeOverAsync(CharterWriter.Write(other), Cancel);
        await _run.Of<MailboxDirectory>().EnterAsync(other, Cancel);
        var blob = _run
            .Of<BlobServiceClient>()
            .GetBlobContainerClient(Keys.ConfigContainer)
            .GetBlobClient(Keys.CharterBlob(other.Id));
        await blob.UploadAsync(BinaryData.FromString("{"), overwrite: true, Cancel);
        await _run.OpenAsync();
        _run.Answer(Tessa, "+1");

        var refused = await Assert.ThrowsAsync<MailboxUnavailableException>(_run.ReadAsync);
        Assert.Contains(other.Id, refused.Message, StringComparison.Ordinal);
        Assert.Single(_run.Host.Messages(_run.Charter.Mailbox));

        await _run.Of<CharterStore>().TakeOverAsync(CharterWriter.Write(other), Cancel);
        Assert.IsType<Collected.Done>(await _run.ReadAsync());
        Assert.Single(await _run.BallotsAsync());
    }

    [Fact]
    public async Task The_same_key_of_two_committees_is_two_mails_in_the_mailbox_they_share()
    {
        var other = _run.Charter with { Id = "a" + _run.Id };
        await _run.Of<Outbox>().QueueAsync(
            other.Id,
            [new OutgoingMail { Key = "digest|2025-06-30|tessa", To = [new("Tessa", Tessa)], Subject = "b", Html = "b", Text = "b" }],
            Cancel);
        await _run.SendAsync("digest|2025-06-30|tessa", Tessa);

        Assert.IsType<SendOutcome.Sent>(await _run.Of<Outbox>().SendAsync(other, "digest|2025-06-30|tessa", Cancel));

        Assert.Equal(2, _run.Host.Messages(Tessa).Count);
    }

    [Fact]
    public async Task A_mail_without_a_message_id_or_with_a_monstrous_one_has_its_row()
    {
        await _run.OpenAsync();
        _run.Deliver($"Message-ID: <{new string('x', 3000)}/?#\\@quill.example>\n{FromTessa}");
        _run.Host.Deliver(new OutsideMail
        {
            Mime = Encoding.UTF8.GetBytes("\r\n\r\n+1"),
            Recipients = [_run.Charter.Mailbox],
            AuthenticationResults = [OutsideMail.Pass("quill.example")],
        });

        await _run.ReadAsync();

        Assert.Equal(2, (await _run.RowsAsync()).Count);
        Assert.Single(await _run.BallotsAsync());
        Assert.Empty(_run.Host.Messages(_run.Charter.Mailbox));
    }
}
