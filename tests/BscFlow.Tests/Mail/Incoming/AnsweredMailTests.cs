using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.GraphEmulator;
using BscFlow.Mail;
using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Tests.Votes;
using static BscFlow.Tests.Mail.Incoming.Inbox;

namespace BscFlow.Tests.Mail.Incoming;

/// <summary>Who writes to the committee about its agenda or their action items hears what was made of it.</summary>
public sealed class AnsweredMailTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2025, 7, 9, 15, 0, 0, TimeSpan.Zero);

    private VoteRun _run = null!;

    private Meeting _meeting = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _run = await VoteRun.StartAsync(azurite);
        await _run.Of<DraftMeeting>().RunAsync(_run.Charter, Start, Cancel);
        _meeting = (await _run.Of<MeetingStore>().AtAsync(_run.Id, Start, Cancel))!;
        await _run.Of<SendAgenda>().RunAsync(_run.Charter, _meeting.Row, Cancel);
        await _run.SettleAsync();
        await _run.ReadAsync();
    }

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact]
    public async Task What_answers_an_agenda_before_the_meeting_stands_on_it_and_in_the_draft_in_the_order_of_the_mail()
    {
        AnswerAgenda(Tessa, "1. Zebra crossings\n2. Budget of the summit\n3. A new logo");

        var row = await _run.ReadOneAsync();
        await _run.SettleAsync();

        string[] items = ["Zebra crossings", "Budget of the summit", "A new logo"];
        Assert.Equal((MailKind.AgendaItem, false), (row.Kind, row.NeedsPerson));
        Assert.Equal(items, (await _run.Of<AgendaStore>().ForMeetingAsync(_run.Id, Start, Cancel)).Select(item => item.Text));
        Assert.Empty(await _run.Of<AgendaStore>().WaitingAsync(_run.Id, Cancel));
        Assert.Contains(
            "- **Notes:**\n  - Zebra crossings (Tessa Quill)\n  - Budget of the summit (Tessa Quill)\n  - A new logo (Tessa Quill)\n",
            await DraftAsync(),
            StringComparison.Ordinal);
        var answer = _run.Host.Messages(Tessa)[^1];
        Assert.Contains("stand on the agenda of meeting #1", answer.Text, StringComparison.Ordinal);
        Assert.All(items, item => Assert.Contains(item, answer.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_comes_later_stands_below_what_was_there()
    {
        AnswerAgenda(Tessa, "The first");
        await _run.ReadAsync();
        _run.Clock.Advance(TimeSpan.FromMinutes(1));
        AnswerAgenda(Oren, "The second");
        await _run.ReadAsync();
        _run.Clock.Advance(TimeSpan.FromMinutes(1));
        await _run.Of<AddAgendaItem>().RunAsync(_run.Charter, "The third", null, "sec", Cancel);

        Assert.Contains(
            "  - The first (Tessa Quill)\n  - The second (Oren Vale)\n  - The third\n",
            await DraftAsync(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plain_sentence_under_the_invitation_is_an_item_too()
    {
        var invitation = _run.Host
            .Messages(Oren)
            .First(mail => mail.Subject.StartsWith(_run.Charter.Name, StringComparison.Ordinal));
        _run.Host.As(Oren).Reply(invitation.Id, "Budget of 2027: who pays for the audit?\n\nThanks,\nOren");

        var row = await _run.ReadOneAsync();
        await _run.SettleAsync();

        Assert.Equal((MailKind.AgendaItem, false), (row.Kind, row.NeedsPerson));
        Assert.StartsWith("invitation|", row.About, StringComparison.Ordinal);
        Assert.Contains("Budget of 2027: who pays for the audit?", await DraftAsync(), StringComparison.Ordinal);
        Assert.Contains("This stands on the agenda of meeting #1", _run.Host.Messages(Oren)[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_the_meeting_has_begun_an_item_waits_for_the_next_one()
    {
        _run.Clock.SetUtcNow(Start.AddMinutes(5));
        AnswerAgenda(Tessa, "Too late for today");

        await _run.ReadAsync();
        await _run.SettleAsync();

        Assert.Equal("Too late for today", Assert.Single(await _run.Of<AgendaStore>().WaitingAsync(_run.Id, Cancel)).Text);
        Assert.DoesNotContain("Too late", await DraftAsync(), StringComparison.Ordinal);
        Assert.Contains(
            "will stand on the agenda of the next meeting", _run.Host.Messages(Tessa)[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_in_which_somebody_writes_is_left_alone()
    {
        var stored = (await _run.Of<MinutesStore>().FindAsync(_run.Id, 2025, _meeting.Row, Cancel))!;
        var text = stored.Text + "  - Something of ours\n";
        await _run.Of<EditMinutes>().RunAsync(
            _run.Charter, _meeting.Row, new MinutesEdit(text, stored.Text, stored.ETag, Finished: false), "test", Cancel);

        await _run.Of<AddAgendaItem>().RunAsync(_run.Charter, "A new logo", null, "sec", Cancel);

        Assert.Equal(text, await DraftAsync());
        Assert.Single(await _run.Of<AgendaStore>().ForMeetingAsync(_run.Id, Start, Cancel));
    }

    [Fact]
    public async Task What_is_not_plain_is_answered_once_with_how_to_say_it()
    {
        AnswerAgenda(Tessa, "Sorry, I will be late.");
        AnswerAgenda(Tessa, "Sorry, I will be very late.");
        await _run.ReadAsync();
        await _run.SettleAsync();
        Assert.Single(_run.Host.Messages(Tessa), mail => mail.Text.Contains("agenda: who speaks", StringComparison.Ordinal));

        _run.AnswerLast(Tessa, "agenda: Start later");
        await _run.ReadAsync();

        Assert.Equal("Start later", Assert.Single(await _run.Of<AgendaStore>().ForMeetingAsync(_run.Id, Start, Cancel)).Text);
    }

    [Fact]
    public async Task Two_programs_that_answer_each_other_come_to_an_end()
    {
        AnswerAgenda(Tessa, "A new logo");
        for (var round = 0; round < 3; round++)
        {
            await _run.ReadAsync();
            await _run.SettleAsync();
            _run.AnswerLast(Tessa, "We have got your mail");
        }

        await _run.ReadAsync();
        await _run.SettleAsync();
        Assert.Single(_run.Host.Messages(Tessa), mail => mail.Text.Contains("stands on the agenda", StringComparison.Ordinal));
        Assert.Equal("A new logo", Assert.Single(await _run.Of<AgendaStore>().ForMeetingAsync(_run.Id, Start, Cancel)).Text);
    }

    [Fact]
    public async Task A_mistyped_number_closes_nothing_and_its_writer_hears_of_it()
    {
        await HasAsync("0032-1");
        await _run.SendAsync("digest|2025-06-30|tessa", Tessa);
        _run.AnswerLast(Tessa, "0032-1 later, by 1 March\n0099-9 done");

        var row = await _run.ReadOneAsync();
        await _run.SettleAsync();

        Assert.Equal((MailKind.ActionUpdate, false), (row.Kind, row.NeedsPerson));
        Assert.EndsWith("0032-1 comes later; 0099-9 is no open item of theirs", row.Reason, StringComparison.Ordinal);
        var item = Assert.Single(await _run.Of<ActionStore>().AllAsync(_run.Id, Cancel));
        Assert.Equal((ActionState.Open, new DateOnly(2026, 3, 1)), (item.State, item.Due));
        var answer = _run.Host.Messages(Tessa)[^1].Text;
        Assert.Contains("0032-1, Task 0032-1: still open, due 1 Mar 2026", answer, StringComparison.Ordinal);
        Assert.Contains("0099-9: no open action item of yours has this number", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Not_done_yet_sets_no_date()
    {
        await HasAsync("0033-3");
        await _run.SendAsync("digest|2025-06-30|tessa", Tessa);
        _run.AnswerLast(Tessa, "0033-3 not done yet, sorry");

        await _run.ReadAsync();
        await _run.SettleAsync();

        var item = Assert.Single(await _run.Of<ActionStore>().AllAsync(_run.Id, Cancel));
        Assert.Equal((ActionState.Open, null, 0), (item.State, item.Due, item.Edits.Count));
        Assert.Contains("still open, without a date", _run.Host.Messages(Tessa)[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_answers_the_receipt_is_understood_too_and_hears_of_what_it_changed_only()
    {
        await HasAsync("0033-1", "0033-2");
        await _run.SendAsync("digest|2025-06-30|tessa", Tessa);
        _run.AnswerLast(Tessa, "0033-1 done");
        await _run.ReadAsync();
        await _run.SettleAsync();
        _run.AnswerLast(Tessa, "0033-2 done too, later");
        _run.AnswerLast(Tessa, "0033-2 done");
        await _run.ReadAsync();
        await _run.SettleAsync();
        _run.AnswerLast(Tessa, "0033-2 done");
        await _run.ReadAsync();
        await _run.SettleAsync();

        Assert.All(await _run.Of<ActionStore>().AllAsync(_run.Id, Cancel), item => Assert.Equal(ActionState.Done, item.State));
        Assert.Equal(
            2, _run.Host.Messages(Tessa).Count(mail => mail.Text.Contains("what was understood", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_secretary_whom_the_charter_knows_by_name_is_greeted_by_it()
    {
        var charter = _run.Charter with { Guests = [new Guest { Name = "Leila Haddad", Address = VoteRun.Secretary }] };

        Assert.Equal("Leila Haddad", Addressee.OfSecretary(charter, VoteRun.Secretary).Reader.Name);
        Assert.Equal("Tessa Quill", Addressee.OfSecretary(charter, Tessa).Reader.Name);
        Assert.Equal("else@office.example", Addressee.OfSecretary(charter, "else@office.example").Reader.Name);
    }

    private void AnswerAgenda(string address, string text) => _run.Host.As(address).Reply(
        _run.Host
            .Messages(address)
            .Last(mail => mail.Text.Contains("To put something on the agenda", StringComparison.Ordinal)).Id,
        text,
        ReplyStyle.TopPost);

    private async Task<string> DraftAsync() =>
        (await _run.Of<MinutesStore>().FindAsync(_run.Id, 2025, _meeting.Row, Cancel))!.Text;

    private async Task HasAsync(params string[] ids) => Assert.True(await _run.Of<ActionStore>().TryApplyAsync(
        _run.Id,
        new ActionChanges(
            [
                .. ids.Select(id => new ActionItem
                {
                    Id = id,
                    Owners = ["tessa"],
                    Text = $"Task {id}",
                    Meeting = 6,
                    Opened = new(2025, 6, 25),
                    LastSeen = new(2025, 6, 25),
                    Mentions = [new() { Meeting = 6, Date = new(2025, 6, 25), Line = 1, Owners = ["tessa"], Text = $"Task {id}" }],
                }),
            ],
            []),
        Cancel));
}
