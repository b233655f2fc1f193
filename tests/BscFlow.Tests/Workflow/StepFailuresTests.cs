using Azure.Storage.Queues;
using BscFlow.GraphEmulator.Faults;
using BscFlow.Mail;
using BscFlow.Meetings;
using BscFlow.Storage;
using BscFlow.Tests.Web;
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
        await Assert.ThrowsAsync<StepFailedException>(() => runner.RunAsync(Message(Publication), Cancel));

        await runner.GiveUpAsync(Message(Publication), Cancel);

        var mail = await MailAsync();
        Assert.Contains("The step PublishMinutes for \"0001\" failed 5 times", mail, StringComparison.Ordinal);
        Assert.Contains(
            "InvalidOperationException: The minutes of meeting #1 of acme are not in their blob.",
            mail,
            StringComparison.Ordinal);
        Assert.Equal(Publication, Assert.Single(await GivenUpAsync()).Step);
    }

    [Fact]
    public async Task Of_a_step_that_is_given_up_again_and_again_one_mail_a_day_goes_out()
    {
        var runner = _host.Get<StepRunner>();

        await runner.GiveUpAsync(Message(Publication), Cancel);
        _host.Time.Advance(TimeSpan.FromMinutes(40));
        await runner.GiveUpAsync(Message(Publication), Cancel);

        await MailAsync();
        Assert.Equal(ProductHost.Begin, Assert.Single(await GivenUpAsync()).GivenUp);
    }

    [Fact]
    public async Task Giving_up_puts_the_mail_about_it_on_the_queue_and_nothing_else_that_waits()
    {
        for (var hour = 0; hour < 6; hour++)
        {
            await _host.Get<TellSecretary>().OfMailLimitAsync(_host.Charters[0], ProductHost.Begin.AddHours(hour), 1000, Cancel);
        }

        await _host.Get<StepRunner>().GiveUpAsync(Message(Publication), Cancel);

        Assert.Equal((0, 1), (await CountAsync(Keys.StepsQueue), await CountAsync(Keys.MailQueue)));
    }

    [Fact]
    public async Task What_was_given_up_is_tried_again_after_a_while_and_at_once_when_a_person_wants_it()
    {
        await _host.Get<Clock>().TickAsync("acme", Cancel);
        await AddCirculatedMeetingWithoutMinutesAsync();
        await _host.Get<StepRunner>().GiveUpAsync(Message(Publication), Cancel);
        async Task<int> QueuedAsync()
        {
            await EmptyAsync(Keys.StepsQueue);
            await _host.Get<Clock>().TickAsync("acme", Cancel);
            return (await EmptyAsync(Keys.StepsQueue)).Count(step => step == Publication);
        }

        var atOnce = await QueuedAsync();
        _host.Time.Advance(TimeSpan.FromMinutes(6));
        var later = await QueuedAsync();
        await _host.Get<StepFailures>().NoteAsync(Publication, new IOException("again"), Cancel);
        var afterItsFailure = await QueuedAsync();
        _host.Time.Advance(TimeSpan.FromMinutes(1));
        using var browser = new PageClient(_host.Client.BaseAddress!);
        using var entered = await browser.GetAsync($"/desk/enter?key={_host.DeskKey}");
        var desk = await browser.PageAsync("/desk/acme");
        using var pressed = await browser.PressAsync("/desk/acme", desk, "Try it now");
        var asked = await EmptyAsync(Keys.StepsQueue);
        await _host.Get<StepRunner>().RunAsync(Message(Assert.Single(asked)), Cancel);
        var wanted = (await EmptyAsync(Keys.StepsQueue)).Count(step => step == Publication);

        Assert.Equal((0, 1, 0, 1), (atOnce, later, afterItsFailure, wanted));
        Assert.Equal("/desk/acme", pressed.Headers.Location?.OriginalString);
        Assert.Contains(
            await _host.Get<AuditLog>().ReadAsync("acme", Cancel).ToListAsync(Cancel),
            entry => entry is { Event: "step-asked-for", Who: "key desk", Detail: "0001" });
        Assert.Contains(
            "It is being tried again.", (await browser.PageAsync("/desk/acme")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_that_is_due_no_more_is_on_the_desk_no_more()
    {
        await _host.Get<StepRunner>().GiveUpAsync(Message(Publication), Cancel);

        await _host.Get<Clock>().TickAsync("acme", Cancel);

        Assert.Empty(await GivenUpAsync());
    }

    [Fact]
    public async Task A_mailbox_that_cannot_be_read_is_told_with_what_it_answered()
    {
        var look = Step.OfMailbox(StepKind.CollectMail, _host.Charters[0].Mailbox);
        _host.Graph.Faults.Arm(new() { Kind = FaultKind.ServiceUnavailable, Path = "*/delta", Times = 9 });
        var runner = _host.Get<StepRunner>();
        await Assert.ThrowsAsync<StepFailedException>(() => runner.RunAsync(Message(look), Cancel));

        await runner.GiveUpAsync(Message(look), Cancel);

        Assert.Contains("MailboxUnavailableException: The mailbox answered 503", await MailAsync(), StringComparison.Ordinal);
        Assert.Null(await _host.Get<StepFailures>().FindAsync(look, Cancel));
    }

    /// <summary>
    /// That the secretary is not told either must not be told in its turn: the mails would double with every try.
    /// </summary>
    [Fact]
    public async Task However_many_mails_do_not_leave_the_secretary_is_told_once_a_day()
    {
        var (runner, outbox) = (_host.Get<StepRunner>(), _host.Get<Outbox>());
        string[] keys = ["agenda|0001|20260110t1700z|ada", "agenda|0001|20260110t1700z|ben"];
        for (var round = 0; round < 3; round++)
        {
            foreach (var key in keys.Concat(await outbox.WaitingAsync("acme", Cancel).ToListAsync(Cancel)))
            {
                await runner.GiveUpAsync(Message(new Step("acme", StepKind.SendMail, key)), Cancel);
            }

            _host.Time.Advance(TimeSpan.FromMinutes(15));
        }

        Assert.Contains("SendMail", await MailAsync(), StringComparison.Ordinal);

        _host.Time.Advance(TimeSpan.FromDays(1));
        await runner.GiveUpAsync(Message(new Step("acme", StepKind.SendMail, keys[0])), Cancel);
        Assert.Equal(2, await outbox.WaitingAsync("acme", Cancel).CountAsync(Cancel));
    }

    [Fact]
    public async Task Where_no_error_is_known_the_log_is_named()
    {
        await _host.Get<StepRunner>().GiveUpAsync(Message(Publication), Cancel);

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

    private static string Message(Step step) => StepMessage.Write(step, ProductHost.Begin);

    private Task<IReadOnlyList<FailedStep>> GivenUpAsync() => _host.Get<StepFailures>().GivenUpAsync("acme", Cancel);

    private async Task<int> CountAsync(string queue) =>
        (await _host.Get<QueueServiceClient>().GetQueueClient(queue).GetPropertiesAsync(Cancel)).Value.ApproximateMessagesCount;

    /// <summary>Takes the steps off a queue.</summary>
    private async Task<IReadOnlyList<Step>> EmptyAsync(string queue)
    {
        var client = _host.Get<QueueServiceClient>().GetQueueClient(queue);
        var steps = new List<Step>();
        while ((await client.ReceiveMessagesAsync(32, cancellationToken: Cancel)).Value is { Length: > 0 } messages)
        {
            foreach (var message in messages)
            {
                steps.Add(StepMessage.Read(message.Body.ToString()).Step);
                await client.DeleteMessageAsync(message.MessageId, message.PopReceipt, Cancel);
            }
        }

        return steps;
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
            MotionsProposedAt = ProductHost.Begin.AddDays(-8),
        },
        Cancel);

    private async Task<string> MailAsync()
    {
        var outbox = _host.Get<Outbox>();
        var key = await outbox
            .WaitingAsync("acme", Cancel)
            .SingleAsync(key => key.StartsWith("failed|", StringComparison.Ordinal), Cancel);
        return (await outbox.FindAsync("acme", key, Cancel))!.Mail.Text.ReplaceLineEndings(" ");
    }
}
