using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.GraphEmulator;
using BscFlow.Mail;
using BscFlow.Meetings;
using BscFlow.Secretary;
using BscFlow.Tests.Votes;
using BscFlow.Votes;
using BscFlow.Workflow;
using static BscFlow.Tests.Mail.Incoming.Inbox;

namespace BscFlow.Tests.Mail.Incoming;

/// <summary>What each kind of mail is taken for, and what is done because of it.</summary>
public sealed class MailKindTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2025, 6, 25, 15, 0, 0, TimeSpan.Zero);

    private VoteRun _run = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _run = await VoteRun.StartAsync(azurite);
        await _run.ReadAsync();
    }

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact]
    public async Task A_ballot_whose_token_was_stripped_waits_for_the_secretary_who_counts_it()
    {
        await _run.OpenAsync();
        var call = _run.Host.Messages(Oren).Single();
        _run.Deliver(
            $"From: {Oren}\nTo: {{mailbox}}\nSubject: Re: Vote: The new charter\nMessage-ID: <stripped@vale.example>\nIn-Reply-To: {call.InternetMessageId}\n",
            results: [OutsideMail.Pass("vale.example")]);

        var row = await _run.ReadOneAsync();
        await _run.SettleAsync();

        Assert.Equal(MailKind.Unclear, row.Kind);
        Assert.Contains("no token came back", row.Reason, StringComparison.Ordinal);
        Assert.Contains(_run.Subjects(VoteRun.Secretary), subject => subject.Contains("needs you", StringComparison.Ordinal));
        Assert.Empty(await _run.BallotsAsync());
        Assert.Equal(row, await _run.Of<MailStore>().ListOpenAsync(_run.Id, after: null, Cancel).SingleAsync(Cancel));

        var outcome = await _run.Of<SettleMail>().CountAsync(
            _run.Charter, row.Id, SmallCommittee.Draft.Id, "oren", Vote.For, null, "sec", Cancel);

        var settled = Assert.IsType<SettleOutcome.Settled>(outcome).Mail;
        Assert.Equal(("oren", "counted as the ballot of Oren Vale: For"), (settled.Member, settled.Settlement));
        var ballot = Assert.Single(await _run.BallotsAsync());
        Assert.Equal(("stripped@vale.example", row.Received), (ballot.Evidence, ballot.Received));
        Assert.Empty(await _run.Of<MailStore>().ListOpenAsync(_run.Id, after: null, Cancel).ToListAsync(Cancel));
        Assert.IsType<SettleOutcome.NotCounted>(await _run.Of<SettleMail>().CountAsync(
            _run.Charter, row.Id, "no-such-motion", "oren", Vote.For, null, "sec", Cancel));
    }

    [Fact]
    public async Task A_mail_of_ours_that_comes_back_to_the_mailbox_is_told_nobody()
    {
        await _run.OpenAsync();
        var told = _run.Subjects(VoteRun.Secretary).Count;
        _run.Deliver(
            $"From: {_run.Charter.Mailbox}\nTo: {{mailbox}}\nSubject: Vote: The new charter [V-{{TOKEN}}]\nMessage-ID: <ours@committee.example>\n",
            results: [OutsideMail.Pass(_run.Charter.Mailbox.Split('@')[1])]);

        var row = await _run.ReadOneAsync();
        await _run.SettleAsync();

        Assert.Equal((MailKind.AutomaticReply, false), (row.Kind, row.NeedsPerson));
        Assert.Equal(told, _run.Subjects(VoteRun.Secretary).Count);
        Assert.Empty(await _run.BallotsAsync());
    }

    [Fact]
    public async Task A_token_in_capitals_is_as_good()
    {
        await _run.OpenAsync();
        _run.Deliver("From: tessa@quill.example\nTo: {mailbox}\nSubject: RE: VOTE [V-{TOKEN}]\n");

        Assert.Equal(MailKind.Ballot, (await _run.ReadOneAsync()).Kind);
        Assert.Single(await _run.BallotsAsync());
    }

    [Fact]
    public async Task Whoever_was_forwarded_the_call_is_asked_for_at_the_voters_own_address()
    {
        await _run.OpenAsync();
        _run.Host.As(Tessa).Forward(_run.Host.Messages(Tessa).Single().Id, [Friend], "What do you think?");
        _run.Host.As(Friend).Write([_run.TokenOf("tessa").ReplyTo(_run.Charter.Mailbox)], "Re: Vote", "+1");

        var row = await _run.ReadOneAsync();
        await _run.SettleAsync();

        Assert.Contains("asked whether it is theirs", row.Reason, StringComparison.Ordinal);
        Assert.Empty(await _run.BallotsAsync());
        Assert.Equal(2, _run.Host.Messages(Tessa).Count);
        Assert.Single(_run.Host.Messages(Friend));
    }

    [Fact]
    public async Task An_automatic_reply_is_kept_and_never_answered()
    {
        _run.Host.As(Oren).OutOfOffice("+1\n\nI am away until Monday.");
        await _run.OpenAsync();

        var row = await _run.ReadOneAsync();
        await _run.SettleAsync();

        Assert.Equal((MailKind.AutomaticReply, false), (row.Kind, row.NeedsPerson));
        Assert.Empty(await _run.BallotsAsync());
        Assert.Single(_run.Host.Messages(Oren));
        Assert.Empty(_run.Host.Messages(VoteRun.Secretary));
    }

    [Fact]
    public async Task A_call_for_votes_that_comes_back_is_shown_to_the_secretary_with_whose_it_was()
    {
        var motion = await _run.OpenAsync();
        var call = _run.Host.Messages(Ida).Single();
        _run.Deliver(
            "From: Mail Delivery <postmaster@holm.example>\nTo: {mailbox}\nSubject: Undeliverable\nMessage-ID: <ndr@holm.example>\n"
            + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n",
            "--b\nContent-Type: text/plain\n\n+1 could not be delivered.\n--b\nContent-Type: message/delivery-status\n\n"
            + "Reporting-MTA: dns;mx.holm.example\n\nFinal-Recipient: rfc822;ida@holm.example\nAction: failed\nStatus: 5.2.2\n"
            + "Diagnostic-Code: smtp;552 5.2.2 Mailbox full\n\n--b\nContent-Type: message/rfc822\n\n"
            + $"Message-ID: {call.InternetMessageId}\nSubject: Vote\n\n+1\n--b--\n",
            results: [],
            returnPath: "");

        var row = await _run.ReadOneAsync();
        await _run.SettleAsync();

        Assert.Equal((MailKind.Bounce, "ida"), (row.Kind, row.Member));
        Assert.Contains(
            $"Ida Holm (ida@holm.example) did not get the call to vote on “{motion.Title}” (2025-07-charter): 552 5.2.2",
            row.Reason,
            StringComparison.Ordinal);
        Assert.Contains("Ida Holm", _run.Host.Messages(VoteRun.Secretary).Single().Text, StringComparison.Ordinal);
        Assert.Empty(await _run.BallotsAsync());
    }

    [Fact]
    public async Task A_mail_to_an_address_that_does_not_exist_comes_back_as_exchange_sends_it()
    {
        await _run.SendAsync("vote|2025-07-charter|ida", "ida@gone.example");

        var row = await _run.ReadOneAsync();

        Assert.Equal((MailKind.Bounce, "vote|2025-07-charter|ida", true), (row.Kind, row.About, row.NeedsPerson));
        Assert.Contains("ida@gone.example did not get", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_to_an_invitation_is_known_as_one()
    {
        await _run.Of<IMailbox>().InviteAsync(
            _run.Charter.Mailbox,
            new Invitation
            {
                TransactionId = "t",
                Subject = "Meeting",
                Html = "<p>x</p>",
                Start = Start,
                End = Start.AddHours(1),
                TimeZone = "Europe/Zurich",
                Attendees = [new("Tessa Quill", Tessa)],
            },
            Cancel);
        _run.Host.As(Tessa).Answer(_run.Host.Messages(Tessa).Single().Id, MeetingAnswer.Decline, "no");

        var row = await _run.ReadOneAsync();

        Assert.Equal((MailKind.InvitationAnswer, "tessa", false), (row.Kind, row.Member, row.NeedsPerson));
    }

    [Theory]
    [InlineData("Summit budget", "Summit budget")]
    [InlineData("Please add:\n- Summit budget\n- The release\n\nThanks, Tessa", "Summit budget", "The release")]
    [InlineData("agenda: the chair of the working group", "the chair of the working group")]
    public async Task What_answers_an_agenda_stands_on_the_next_one(string text, params string[] items)
    {
        await _run.SendAsync("agenda|0007|20250709t1500z|tessa", Tessa);
        _run.AnswerLast(Tessa, text);

        var row = await _run.ReadOneAsync();

        Assert.Equal((MailKind.AgendaItem, false), (row.Kind, row.NeedsPerson));
        var agenda = await _run.Of<AgendaStore>().WaitingAsync(_run.Id, Cancel);
        Assert.Equal(items.Order(), agenda.Select(item => item.Text).Order());
        Assert.All(agenda, item => Assert.Equal("Tessa Quill", item.ProposedBy));
    }

    [Theory]
    [InlineData("I cannot be in the chair on Wednesday.")]
    [InlineData("Sorry, I will be late.")]
    [InlineData("+1")]
    [InlineData("Sorry!\n- I cannot come, my father is ill\n- Joe stands in")]
    [InlineData("Sorry!\n- Summit budget")]
    [InlineData("- Summit budget\n- I will be late")]
    [InlineData("First of all, this is a long story.\nIt has a second line.\nAnd a third.")]
    public async Task What_may_be_a_word_to_the_secretary_is_not_put_on_a_public_agenda(string text)
    {
        await _run.SendAsync("agenda|0007|20250709t1500z|tessa", Tessa);
        _run.AnswerLast(Tessa, text);

        var row = await _run.ReadOneAsync();
        await _run.SettleAsync();

        Assert.Equal((MailKind.Unclear, true), (row.Kind, row.NeedsPerson));
        Assert.Empty(await _run.Of<AgendaStore>().WaitingAsync(_run.Id, Cancel));
        Assert.Single(_run.Host.Messages(VoteRun.Secretary));
    }

    [Fact]
    public async Task A_subject_that_begins_with_agenda_is_an_item_from_a_member_and_from_nobody_else()
    {
        _run.Host.As(Oren).Write([_run.Charter.Mailbox], "Agenda: the release in May", "It is time.");
        _run.Host.As(Friend).Write([_run.Charter.Mailbox], "Agenda: buy my things", "Cheap.");

        await _run.ReadAsync();

        Assert.Equal("the release in May", Assert.Single(await _run.Of<AgendaStore>().WaitingAsync(_run.Id, Cancel)).Text);
        Assert.Equal([MailKind.AgendaItem, MailKind.Stranger], (await _run.RowsAsync()).Select(row => row.Kind).Order());
    }

    [Fact]
    public async Task Answers_to_the_list_of_action_items_go_into_the_register()
    {
        await _run.Of<ActionStore>().TryApplyAsync(
            _run.Id,
            new ActionChanges(
                [Item("0006-1", "tessa"), Item("0006-2", "tessa"), Item("0006-3", "tessa"), Item("0006-4", ActionItem.Everyone)],
                []),
            Cancel);
        await _run.SendAsync("digest|2025-06-30|tessa", Tessa);
        _run.AnswerLast(Tessa, "0006-1 done\n0006-2: later, by 2025-08-01\n0006-3 is not mine\n0006-4 done");

        var row = await _run.ReadOneAsync();

        Assert.Equal((MailKind.ActionUpdate, true), (row.Kind, row.NeedsPerson));
        Assert.Contains(
            "0006-1 is done; 0006-2 comes later; 0006-3 is somebody else's; 0006-4 is done",
            row.Reason,
            StringComparison.Ordinal);
        var register = (await _run.Of<ActionStore>().AllAsync(_run.Id, Cancel)).ToDictionary(item => item.Id);
        Assert.Equal(ActionState.Done, register["0006-1"].State);
        Assert.Equal((ActionState.Open, new DateOnly(2025, 8, 1)), (register["0006-2"].State, register["0006-2"].Due));
        Assert.Equal(ActionState.Open, register["0006-3"].State);
        Assert.Equal(ActionState.Open, register["0006-4"].State);
    }

    [Fact]
    public async Task Nobody_answers_for_another_owner()
    {
        await _run.Of<ActionStore>().TryApplyAsync(_run.Id, new ActionChanges([Item("0006-1", "oren")], []), Cancel);
        await _run.SendAsync("digest|2025-06-30|oren", Tessa);
        _run.AnswerLast(Tessa, "done");

        var row = await _run.ReadOneAsync();

        Assert.Equal(MailKind.Unclear, row.Kind);
        Assert.Equal(ActionState.Open, (await _run.Of<ActionStore>().AllAsync(_run.Id, Cancel)).Single().State);
    }

    [Fact]
    public async Task An_objection_keeps_the_minutes_until_the_secretary_has_settled_it()
    {
        await CirculateAsync();
        await _run.SendAsync("circulation|0006|20250625t1500z|mia", Mia);
        _run.AnswerLast(Mia, "The date is wrong.", ReplyStyle.BottomPost);

        var row = await _run.ReadOneAsync();
        await _run.SettleAsync();

        Assert.Equal((MailKind.Objection, "0006", true), (row.Kind, row.About, row.NeedsPerson));
        Assert.Equal([row.Id], (await MeetingAsync()).Objections);
        var toChair = _run.Host.Messages(Lev).Single().Text;
        Assert.Contains("The date is wrong.", toChair, StringComparison.Ordinal);
        Assert.Contains($"/write/{_run.Id}/0006/", toChair, StringComparison.Ordinal);
        Assert.DoesNotContain("/desk/", toChair, StringComparison.Ordinal);
        var toSecretary = _run.Host.Messages(VoteRun.Secretary).Single().Text;
        Assert.Contains("The date is wrong.", toSecretary, StringComparison.Ordinal);
        Assert.Contains($"/desk/{_run.Id}/meetings/0006/minutes", toSecretary, StringComparison.Ordinal);
        Assert.Contains("has come. They are not published until it", _run.Host.Messages(Mia)[^1].Text, StringComparison.Ordinal);
        Assert.Empty(await PublishingAsync());

        Assert.IsType<SettleOutcome.Settled>(
            await _run.Of<SettleMail>().RunAsync(_run.Charter, row.Id, "corrected", "sec", Cancel));
        await _run.SettleAsync();
        Assert.Contains("is settled: corrected.", _run.Host.Messages(Mia)[^1].Text, StringComparison.Ordinal);

        Assert.Empty((await MeetingAsync()).Objections);
        Assert.Single(await PublishingAsync());
    }

    [Theory]
    [InlineData("Looks good, thanks!")]
    [InlineData("+1\nMia")]
    [InlineData("No objections.\n\nBest regards,\nMia Berg")]
    public async Task Who_only_agrees_with_the_minutes_holds_nothing_up(string text)
    {
        await CirculateAsync();
        await _run.SendAsync("circulation|0006|20250625t1500z|mia", Mia);
        _run.AnswerLast(Mia, text);

        Assert.Equal(MailKind.Assent, (await _run.ReadOneAsync()).Kind);
        Assert.Single(await PublishingAsync());
    }

    [Fact]
    public async Task Corrected_minutes_that_are_attached_to_an_empty_mail_keep_the_minutes_too()
    {
        await CirculateAsync();
        await _run.SendAsync("circulation|0006|20250625t1500z|mia", Mia);
        _run.Deliver(
            $"From: {Mia}\nTo: {{mailbox}}\nSubject: Re: Minutes\nIn-Reply-To: {_run.Host.Messages(Mia).Single().InternetMessageId}\n"
            + "Content-Type: multipart/mixed; boundary=b\n",
            "--b\nContent-Type: text/plain\n\n\n--b\nContent-Type: text/markdown\nContent-Disposition: attachment\n\n## Meeting #6\n--b--\n",
            [OutsideMail.Pass("berg.example")]);

        var row = await _run.ReadOneAsync();
        await _run.SettleAsync();

        Assert.Equal((MailKind.Objection, true), (row.Kind, row.NeedsPerson));
        Assert.Equal([row.Id], (await MeetingAsync()).Objections);
        Assert.Contains("what is attached to it", _run.Host.Messages(Lev).Single().Text, StringComparison.Ordinal);
        Assert.Empty(await PublishingAsync());
    }

    [Fact]
    public async Task A_forged_objection_holds_nothing_up()
    {
        await CirculateAsync();
        await _run.SendAsync("circulation|0006|20250625t1500z|mia", Mia);
        _run.Deliver(
            $"From: {Mia}\nTo: {{mailbox}}\nSubject: Re: Minutes\nIn-Reply-To: {_run.Host.Messages(Mia).Single().InternetMessageId}\n",
            "All of it is wrong.\n",
            ["dmarc=fail header.from=berg.example"]);

        var row = await _run.ReadOneAsync();

        Assert.Equal((MailKind.Unclear, true), (row.Kind, row.NeedsPerson));
        Assert.Contains("not proved", row.Reason, StringComparison.Ordinal);
        Assert.Single(await PublishingAsync());
    }

    [Fact]
    public async Task Of_mails_whose_sender_is_not_proved_the_secretary_hears_once_a_day()
    {
        for (var i = 0; i < 3; i++)
        {
            _run.Deliver($"From: {Mia}\nTo: {{mailbox}}\nSubject: Hello {i}\n", "x\n", ["dmarc=fail header.from=berg.example"]);
        }

        await _run.ReadAsync();
        await _run.SettleAsync();
        Assert.Single(_run.Host.Messages(VoteRun.Secretary));

        _run.Clock.Advance(TimeSpan.FromDays(1));
        _run.Deliver($"From: {Mia}\nTo: {{mailbox}}\nSubject: Hello again\n", "x\n", ["dmarc=fail header.from=berg.example"]);
        await _run.ReadAsync();
        await _run.SettleAsync();
        Assert.Equal(2, _run.Host.Messages(VoteRun.Secretary).Count);
    }

    [Fact]
    public async Task A_stranger_is_kept_and_nobody_is_told()
    {
        _run.Host.As(Friend).Write([_run.Charter.Mailbox], "Hello", "Buy this.");

        var row = await _run.ReadOneAsync();
        await _run.SettleAsync();

        Assert.Equal((MailKind.Stranger, false), (row.Kind, row.NeedsPerson));
        Assert.Empty(_run.Host.Messages(Friend));
        Assert.Empty(_run.Host.Messages(VoteRun.Secretary));
    }

    private static ActionItem Item(string id, string owner) => new()
    {
        Id = id,
        Owners = [owner],
        Text = $"Task {id}",
        Meeting = 6,
        Opened = new(2025, 6, 25),
        LastSeen = new(2025, 6, 25),
        Mentions = [new() { Meeting = 6, Date = new(2025, 6, 25), Line = 1, Owners = [owner], Text = $"Task {id}" }],
    };

    private async Task CirculateAsync() => await _run.Of<MeetingStore>().TryAddAsync(
        new Meeting
        {
            Committee = _run.Id,
            Number = 6,
            Start = Start,
            Length = TimeSpan.FromHours(1),
            State = MeetingState.Circulated,
            Chair = "lev",
            MinutesSavedAt = Start.AddHours(2),
            MotionsProposedAt = Start.AddHours(3),
            ObjectionsUntil = Start.AddDays(7),
        },
        Cancel);

    private async Task<Meeting> MeetingAsync() => (await _run.Of<MeetingStore>().FindAsync(_run.Id, "0006", Cancel))!;

    private async Task<IEnumerable<PlannedStep>> PublishingAsync() =>
        Schedule.Plan(
            _run.Charter,
            await _run.Of<CommitteeStateStore>().GetAsync(_run.Id, Cancel),
            [await MeetingAsync()],
            [],
            _run.Clock.GetUtcNow()).Where(step => step.Step.Kind is StepKind.PublishMinutes);
}
