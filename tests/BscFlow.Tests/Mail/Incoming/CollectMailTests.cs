using BscFlow.GraphEmulator.Faults;
using BscFlow.Mail;
using BscFlow.Storage;
using BscFlow.Tests.Votes;
using BscFlow.Votes;
using BscFlow.Web;
using static BscFlow.Tests.Mail.Incoming.Inbox;

namespace BscFlow.Tests.Mail.Incoming;

/// <summary>Mail on its way from the inbox to its row, with all that Graph may do to it.</summary>
public sealed class CollectMailTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private VoteRun _run = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _run = await VoteRun.StartAsync(azurite);
        await _run.OpenAsync();
        await _run.ReadAsync();
    }

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact]
    public async Task The_row_of_a_ballot_over_options_says_what_the_ballot_says()
    {
        await _run.OpenAsync(SmallCommittee.Draft with
        {
            Id = "lamp",
            Options = new OptionsInput { Table = "Red\nBlue\nGreen" }.Read(_run.Charter, out _),
        });
        _run.Answer(Tessa, "C > A");

        Assert.Equal("the ballot of Tessa Quill, counted: 1. Green, 2. Red", (await _run.ReadOneAsync()).Reason);
    }

    [Fact]
    public async Task A_ballot_is_counted_has_its_row_and_its_raw_mail_and_leaves_the_inbox()
    {
        _run.Answer(Tessa, "+1\n\nAt last.");
        var raw = _run.Host.Messages(_run.Charter.Mailbox).Single().Mime!.Value;

        var row = await _run.ReadOneAsync();

        Assert.Equal(Vote.For, Assert.Single(await _run.BallotsAsync()).Vote);
        Assert.Equal((MailKind.Ballot, "tessa", SmallCommittee.Draft.Id), (row.Kind, row.Member, row.About));
        Assert.Equal("the ballot of Tessa Quill, counted: for", row.Reason);
        Assert.DoesNotContain(_run.TokenOf("tessa").ToString(), row.Subject, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(raw.ToArray(), await _run.Of<RawMails>().FindAsync(_run.Id, row.Id, Cancel));
        Assert.Empty(_run.Host.Messages(_run.Charter.Mailbox));
        Assert.Single(_run.Host.Messages(_run.Charter.Mailbox, "Processed"));
    }

    [Theory]
    [InlineData(FaultKind.DeltaEmptyPage)]
    [InlineData(FaultKind.DeltaSparse)]
    [InlineData(FaultKind.DeltaDuplicates)]
    [InlineData(FaultKind.DeltaReordered)]
    [InlineData(FaultKind.DeltaRemoved)]
    [InlineData(FaultKind.DeltaExpired)]
    [InlineData(FaultKind.TooManyRequests)]
    public async Task Whatever_a_page_of_changes_is_like_each_ballot_counts_once(FaultKind fault)
    {
        _run.Answer(Tessa, "+1");
        _run.Clock.Advance(TimeSpan.FromMinutes(1));
        _run.Answer(Oren, "-1");
        _run.Clock.Advance(TimeSpan.FromMinutes(1));
        _run.Answer(Tessa, "-1");
        _run.Host.Faults.Arm(new() { Kind = fault, Path = "*/delta", RetryAfter = TimeSpan.Zero });

        await _run.ReadAsync();

        var ballots = await _run.BallotsAsync();
        Assert.Equal([Vote.Against, Vote.Against], ballots.Select(ballot => ballot.Vote));
        Assert.Equal(3, (await _run.RowsAsync()).Count);
        Assert.Empty(_run.Host.Messages(_run.Charter.Mailbox));
        Assert.Empty(_run.Host.Faults.Armed);
    }

    [Fact]
    public async Task A_link_that_expires_between_two_pages_begins_anew_and_loses_nothing()
    {
        for (var i = 0; i < 205; i++)
        {
            _run.Host.As(Friend).Write([_run.Charter.Mailbox], $"Mail {i}", "Hello");
        }

        _run.Host.Faults.Arm(new() { Kind = FaultKind.DeltaExpired, Path = "*/delta", After = 1 });
        await _run.ReadAsync();

        Assert.Equal(205, (await _run.RowsAsync()).Count);
        Assert.Empty(_run.Host.Messages(_run.Charter.Mailbox));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(450)]
    public async Task More_mails_than_a_list_names_are_all_taken(int longestList)
    {
        const int Mails = 205;
        await using var run = await VoteRun.StartAsync(azurite, longestList: longestList);
        for (var i = 0; i < Math.Min(Mails, longestList * 5); i++)
        {
            run.Host.As(Friend).Write([run.Charter.Mailbox], $"Mail {i}", "Hello");
        }

        // It dies on the way, and the next one begins at the same moment.
        run.Host.Faults.Arm(new() { Kind = FaultKind.ServiceUnavailable, Path = "*/delta", After = 2, Times = 4 });
        var first = await Record.ExceptionAsync(run.ReadAsync);
        run.Host.Faults.Clear();
        await run.ReadAsync();

        Assert.Equal(Math.Min(Mails, longestList * 5), (await run.RowsAsync()).Count);
        Assert.Empty(run.Host.Messages(run.Charter.Mailbox));
        Assert.True(first is null or MailboxUnavailableException);
    }

    [Theory]
    [InlineData("GET", "*/$value", FaultKind.ServiceUnavailable)]
    [InlineData("GET", "*/$value", FaultKind.ConnectionReset)]
    [InlineData("POST", "*/move", FaultKind.ServiceUnavailable)]
    [InlineData("POST", "*/move", FaultKind.GatewayTimeoutAfterAcceptance)]
    [InlineData("POST", "*/mailFolders", FaultKind.GatewayTimeoutAfterAcceptance)]
    [InlineData("GET", "*/delta", FaultKind.InternalServerError)]
    public async Task A_call_that_fails_on_the_way_is_made_good_by_the_next_look(string method, string path, FaultKind fault)
    {
        _run.Answer(Tessa, "+1");
        _run.Host.Faults.Arm(new() { Kind = fault, Method = method, Path = path });

        await Assert.ThrowsAsync<MailboxUnavailableException>(_run.ReadAsync);
        var row = await _run.ReadOneAsync();
        await _run.SettleAsync();

        Assert.Equal(MailKind.Ballot, row.Kind);
        Assert.Single(await _run.BallotsAsync());
        Assert.Empty(_run.Host.Messages(_run.Charter.Mailbox));
        Assert.Single(_run.Host.Messages(_run.Charter.Mailbox, "Processed"));
        Assert.Equal(2, _run.Host.Messages(Tessa).Count);
    }

    [Fact]
    public async Task One_mail_that_cannot_be_read_now_does_not_keep_the_others()
    {
        _run.Answer(Tessa, "+1");
        _run.Answer(Oren, "+1");
        _run.Host.Faults.Arm(new() { Kind = FaultKind.ServiceUnavailable, Path = "*/$value" });

        await Assert.ThrowsAsync<MailboxUnavailableException>(_run.ReadAsync);
        Assert.Single(await _run.BallotsAsync());
        await _run.ReadAsync();

        Assert.Equal(2, (await _run.BallotsAsync()).Count);
    }

    [Fact]
    public async Task A_mail_that_was_deleted_before_it_was_read_is_passed_over()
    {
        _run.Answer(Tessa, "+1");
        _run.Host.Faults.Arm(new() { Kind = FaultKind.ServiceUnavailable, Path = "*/$value" });
        await Assert.ThrowsAsync<MailboxUnavailableException>(_run.ReadAsync);
        var item =
            (await _run.Of<IMailbox>().ReadInboxAsync(_run.Charter.Mailbox, null, SmallCommittee.Opened, Cancel))!.Items.Single();
        await _run.Of<IMailbox>().EraseAsync(_run.Charter.Mailbox, item.Id, Cancel);

        Assert.IsType<Collected.Done>(await _run.ReadAsync());

        Assert.Empty(await _run.RowsAsync());
    }

    [Fact]
    public async Task Two_who_read_a_mailbox_at_once_read_it_one_after_the_other()
    {
        _run.Answer(Tessa, "+1");
        await using (var lease = await _run.Of<BlobLeases>().TryTakeAsync(
            Keys.MailContainer, Keys.MailboxLease(_run.Charter.Mailbox), Cancel))
        {
            Assert.NotNull(lease);
            Assert.IsType<Collected.Busy>(await _run.ReadAsync());
            Assert.Empty(await _run.RowsAsync());
        }

        Assert.IsType<Collected.Done>(await _run.ReadAsync());
        Assert.Single(await _run.RowsAsync());
    }

    [Fact]
    public async Task A_mailbox_says_up_to_when_its_mail_is_in()
    {
        _run.Answer(Tessa, "+1");
        var received = _run.Clock.GetUtcNow();
        Assert.False(await _run.Of<CollectMail>().IsInUntilAsync(_run.Charter.Mailbox, received, Cancel));
        _run.Clock.Advance(CollectMail.Lag + TimeSpan.FromSeconds(1));

        Assert.True(await _run.Of<CollectMail>().IsInUntilAsync(_run.Charter.Mailbox, received, Cancel));

        Assert.Single(await _run.RowsAsync());
    }
}
