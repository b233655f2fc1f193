using BscFlow.GraphEmulator;
using BscFlow.Mail;
using BscFlow.Secretary;
using BscFlow.Tests.Votes;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Ballots;
using static BscFlow.Tests.Mail.Incoming.Inbox;

namespace BscFlow.Tests.Mail.Incoming;

/// <summary>What a secret vote keeps to itself is kept nowhere else, by whatever way it comes back.</summary>
public sealed class SecretMailTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Ballot =
        "From: tessa@quill.example\nTo: {mailbox}\nSubject: Re: Vote [v-{token}]\nMessage-ID: <both@quill.example>\n";

    private VoteRun _run = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _run = await VoteRun.StartAsync(azurite);
        await _run.OpenAsync(SmallCommittee.Draft with { Secret = true });
        await _run.ReadAsync();
    }

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact]
    public async Task A_second_copy_of_a_secret_ballot_is_erased_too()
    {
        _run.Deliver(Ballot, "+1\n\nMy reasons are my own.\n");
        await _run.ReadAsync();
        _run.Deliver("X-Way: a list\n" + Ballot, "+1\n\nMy reasons are my own.\n");

        await AssertNothingIsKeptAsync(mails: 2);

        Assert.Single(await _run.BallotsAsync());
    }

    [Fact]
    public async Task A_copy_by_way_of_a_list_that_comes_first_is_erased_too()
    {
        _run.Deliver("List-Id: <all.quill.example>\n" + Ballot, "+1\n\nMy reasons are my own.\n");
        _run.Deliver(Ballot, "+1\n\nMy reasons are my own.\n");

        await AssertNothingIsKeptAsync(mails: 2);

        Assert.Single(await _run.BallotsAsync());
    }

    [Theory]
    [InlineData("From: postmaster@quill.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n", MailKind.Bounce)]
    [InlineData("From: tessa@quill.example\nAuto-Submitted: auto-replied\nContent-Type: multipart/mixed; boundary=b\n", MailKind.AutomaticReply)]
    public async Task A_receipt_that_comes_back_is_erased_when_it_is_noted(string headers, MailKind kind)
    {
        _run.Answer(Tessa, "+1");
        await _run.ReadAsync();
        await _run.SettleAsync();
        await _run.ReadAsync();
        var receipt = _run.Host.Messages(Tessa)[^1];
        Assert.Contains("Your vote is counted", receipt.Text, StringComparison.OrdinalIgnoreCase);

        _run.Deliver(
            $"To: {{mailbox}}\nSubject: Undeliverable\nIn-Reply-To: {receipt.InternetMessageId}\n{headers}",
            "--b\nContent-Type: text/plain\n\nIt could not be delivered: My reasons are my own.\n--b\nContent-Type: message/delivery-status\n\n"
            + "Reporting-MTA: dns;mx.quill.example\n\nFinal-Recipient: rfc822;tessa@quill.example\nAction: failed\n\n--b\n"
            + $"Content-Type: message/rfc822\n\nMessage-ID: {receipt.InternetMessageId}\nSubject: Receipt\n\n{receipt.Text}\n--b--\n",
            returnPath: "");
        await AssertNothingIsKeptAsync(mails: 2);

        var row = Assert.Single(await _run.RowsAsync(), row => row.Kind == kind);
        Assert.Equal(kind is MailKind.Bounce, row.NeedsPerson);
        Assert.Equal(
            kind is MailKind.Bounce,
            _run.Host
                .Messages(VoteRun.Secretary)
                .Any(mail => mail.Text.Contains("tessa@quill.example", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_secret_ballot_without_its_token_is_erased_when_the_secretary_is_done_with_it()
    {
        var call = _run.Host.Messages(Oren).Single();
        _run.Deliver(
            $"From: {Oren}\nTo: {{mailbox}}\nSubject: Re: Vote\nIn-Reply-To: {call.InternetMessageId}\n",
            "+1\n\nMy reasons are my own.\n",
            [OutsideMail.Pass("vale.example")]);
        var row = await _run.ReadOneAsync();
        Assert.Equal((true, true), (row.NeedsPerson, row.HasRaw));

        Assert.IsType<SettleOutcome.Settled>(
            await _run.Of<SettleMail>().RunAsync(_run.Charter, row.Id, "asked to vote again", VoteRun.Secretary, Cancel));

        await AssertNothingIsKeptAsync(mails: 1);
    }

    [Fact]
    public async Task What_could_be_read_of_an_unclear_secret_ballot_is_told_its_voter_alone()
    {
        await _run.OpenAsync(SmallCommittee.Draft with
        {
            Id = "2025-07-seat",
            Secret = true,
            Rule = "ordinary",
            Options = new OptionVote
            {
                Kind = BallotKind.Ranked,
                Method = CountingMethod.Schulze,
                Options = [Option("Alpha"), Option("Beta"), Option("Gamma")],
            },
        });
        for (var i = 0; i < 2; i++)
        {
            _run.Answer(Tessa, "1. Beta\n2. Nobody I know\n");
            await _run.ReadAsync();
            await _run.SettleAsync();
        }

        await AssertNothingIsKeptAsync(mails: 2);

        Assert.Contains(_run.Host.Messages(Tessa), mail => mail.Text.Contains("Nobody I know", StringComparison.Ordinal));
        var rows = await _run.RowsAsync();
        Assert.All(
            rows, row => Assert.Equal((MailKind.Unclear, "from Tessa Quill, not counted and answered"), (row.Kind, row.Reason)));
        Assert.Contains(
            _run.Host.Messages(VoteRun.Secretary), mail => mail.Text.Contains("wrote again", StringComparison.Ordinal));
        Assert.DoesNotContain(
            _run.Host.Messages(VoteRun.Secretary),
            mail => mail.Text.Contains("Beta", StringComparison.Ordinal)
                || mail.Text.Contains("Nobody", StringComparison.Ordinal));
    }

    private static MotionOption Option(string name) =>
        new(name, Link: null, Cost: 0, Proposer: null, Affiliation: null, Recused: []);

    /// <summary>Once all has been answered, of no mail there is a text, a blob, or a message in the mailbox.</summary>
    private async Task AssertNothingIsKeptAsync(int mails)
    {
        await _run.ReadAsync();
        await _run.SettleAsync();
        await _run.ReadAsync();

        var rows = await _run.RowsAsync();
        Assert.Equal(mails, rows.Count);
        foreach (var row in rows)
        {
            Assert.Equal((null, false), (row.Text, row.HasRaw));
            Assert.DoesNotContain("my own", row.Reason, StringComparison.Ordinal);
            Assert.Null(await _run.Of<RawMails>().FindAsync(_run.Id, row.RawId, Cancel));
        }

        foreach (var folder in (string[])["inbox", "Processed", "deleteditems"])
        {
            Assert.Empty(_run.Host.Messages(_run.Charter.Mailbox, folder));
        }
    }
}
