using BscFlow.GraphEmulator.Faults;
using BscFlow.Mail;
using BscFlow.Meetings;
using BscFlow.Workflow;

namespace BscFlow.Tests.Workflow;

/// <summary>What the secretary is told of a step that was given up.</summary>
public sealed class StepFailuresTests : IAsyncLifetime
{
    private static readonly Step Publication = new("acme", StepKind.PublishMinutes, "0001");

    private ProductHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await ProductHost.StartAsync(["acme"]);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_mail_says_which_step_failed_and_why()
    {
        await AddCirculatedMeetingWithoutMinutesAsync();
        var runner = _host.Get<StepRunner>();
        await Assert.ThrowsAsync<StepFailedException>(() => runner.RunAsync(Publication.ToMessage(), Cancel));

        await runner.GiveUpAsync(Publication.ToMessage(), Cancel);

        var mail = await MailAsync();
        Assert.Contains("The step PublishMinutes for \"0001\" failed 5 times", mail, StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException: The minutes of meeting #1 of acme are not in their blob.", mail, StringComparison.Ordinal);
        Assert.Null(await _host.Get<StepFailures>().FindAsync(Publication, Cancel));
    }

    [Fact]
    public async Task A_mailbox_that_cannot_be_read_is_told_with_what_it_answered()
    {
        var look = Step.OfMailbox(StepKind.CollectMail, _host.Charters[0].Mailbox);
        _host.Graph.Faults.Arm(new() { Kind = FaultKind.ServiceUnavailable, Path = "*/delta", Times = 9 });
        var runner = _host.Get<StepRunner>();
        await Assert.ThrowsAsync<StepFailedException>(() => runner.RunAsync(look.ToMessage(), Cancel));

        await runner.GiveUpAsync(look.ToMessage(), Cancel);

        Assert.Contains("MailboxUnavailableException: The mailbox answered 503", await MailAsync(), StringComparison.Ordinal);
        Assert.Null(await _host.Get<StepFailures>().FindAsync(look, Cancel));
    }

    /// <summary>That the secretary is not told either must not be told in its turn: the mails would double with every try.</summary>
    [Fact]
    public async Task However_many_mails_do_not_leave_the_secretary_is_told_once_a_day()
    {
        var (runner, outbox) = (_host.Get<StepRunner>(), _host.Get<Outbox>());
        string[] keys = ["agenda|0001|20260110t1700z|ada", "agenda|0001|20260110t1700z|ben"];
        for (var round = 0; round < 3; round++)
        {
            foreach (var key in keys.Concat(await outbox.WaitingAsync("acme", Cancel).ToListAsync(Cancel)))
            {
                await runner.GiveUpAsync(new Step("acme", StepKind.SendMail, key).ToMessage(), Cancel);
            }

            _host.Time.Advance(TimeSpan.FromMinutes(15));
        }

        Assert.Contains("SendMail", await MailAsync(), StringComparison.Ordinal);

        _host.Time.Advance(TimeSpan.FromDays(1));
        await runner.GiveUpAsync(new Step("acme", StepKind.SendMail, keys[0]).ToMessage(), Cancel);
        Assert.Equal(2, await outbox.WaitingAsync("acme", Cancel).CountAsync(Cancel));
    }

    [Fact]
    public async Task Where_no_error_is_known_the_log_is_named()
    {
        await _host.Get<StepRunner>().GiveUpAsync(Publication.ToMessage(), Cancel);

        Assert.Contains("No error was noted; see the log of the app.", await MailAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_error_of_a_step_that_went_well_in_the_end_goes_with_time()
    {
        var failures = _host.Get<StepFailures>();
        await failures.NoteAsync(Publication, new IOException("once"), Cancel);
        _host.Time.Advance(TimeSpan.FromDays(3));

        await failures.NoteAsync(Publication with { Subject = "0002" }, new IOException("twice"), Cancel);

        Assert.Null(await failures.FindAsync(Publication, Cancel));
        Assert.Equal("IOException: twice", await failures.FindAsync(Publication with { Subject = "0002" }, Cancel));
    }

    private async Task AddCirculatedMeetingWithoutMinutesAsync() => await _host.Get<MeetingStore>().TryAddAsync(
        new Meeting
        {
            Committee = "acme",
            Number = 1,
            Start = ProductHost.Begin.AddDays(-9),
            Length = TimeSpan.FromHours(1),
            State = MeetingState.Circulated,
            ObjectionsUntil = ProductHost.Begin.AddDays(-1),
        },
        Cancel);

    private async Task<string> MailAsync()
    {
        var outbox = _host.Get<Outbox>();
        var key = await outbox.WaitingAsync("acme", Cancel).SingleAsync(key => key.StartsWith("failed|", StringComparison.Ordinal), Cancel);
        return (await outbox.FindAsync("acme", key, Cancel))!.Mail.Text.ReplaceLineEndings(" ");
    }
}
