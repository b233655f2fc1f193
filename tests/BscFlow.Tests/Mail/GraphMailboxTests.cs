using System.Net;
using BscFlow.GraphEmulator;
using BscFlow.GraphEmulator.Faults;
using BscFlow.Mail;

namespace BscFlow.Tests.Mail;

public sealed class GraphMailboxTests : IAsyncLifetime
{
    private PostOffice _post = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _post = await PostOffice.StartAsync();

    public ValueTask DisposeAsync() => _post.DisposeAsync();

    [Fact]
    public async Task A_mail_arrives_as_it_was_written()
    {
        var sent = await SendAsync(PostOffice.ToAda("agenda|1|ada") with { ReplyTo = "small+token@committee.example" });

        var mail = _post.InboxOfAda();
        Assert.Equal(sent.InternetMessageId, mail.InternetMessageId);
        Assert.Equal(("Small Committee meeting #1", PostOffice.Committee), (mail.Subject, mail.From));
        Assert.Contains("<strong>agenda</strong>", mail.Html, StringComparison.Ordinal);
        Assert.Equal(["small+token@committee.example"], mail.ReplyTo);
        Assert.Contains(mail.Headers, header => header is { Key: "X-Auto-Response-Suppress", Value: "All" });
    }

    [Fact]
    public async Task Who_wants_text_gets_no_html()
    {
        await SendAsync(PostOffice.ToAda("agenda|1|ada") with { AsText = true });

        var mail = _post.InboxOfAda();
        Assert.Null(mail.Html);
        Assert.Equal("The agenda", mail.Text.Trim());
    }

    [Theory]
    [InlineData("agenda|1|o'brien")]
    [InlineData("agenda|1|zoë & co. 100% + more/less?")]
    public async Task A_key_finds_its_mail_again(string key)
    {
        var sent = await SendAsync(PostOffice.ToAda(key));

        Assert.Equal(sent, await SendAsync(PostOffice.ToAda(key)));
        Assert.Equal(sent, await _post.Mailbox.FindSentAsync(PostOffice.Committee, key, Token));
        Assert.Null(await _post.Mailbox.FindSentAsync(PostOffice.Committee, key + "x", Token));
        Assert.Single(_post.Host.Messages(PostOffice.Ada));
    }

    [Fact]
    public async Task An_answer_stands_in_the_thread_of_what_it_answers()
    {
        var agenda = await SendAsync(PostOffice.ToAda("agenda|1|ada"));
        var reminder = PostOffice.ToAda("reminder|1|ada");
        await SendAsync(reminder with { Subject = "Re: " + reminder.Subject }, agenda.InternetMessageId);

        var mails = _post.Host.Messages(PostOffice.Ada);
        Assert.Equal(2, mails.Count);
        Assert.Equal(mails[0].ConversationId, mails[1].ConversationId);
        Assert.Equal(
            [agenda.InternetMessageId, agenda.InternetMessageId],
            mails[1].Headers.Where(header => header.Key is "In-Reply-To" or "References").Select(header => header.Value));
    }

    [Fact]
    public async Task A_draft_that_was_left_behind_is_sent_and_no_second_one_made()
    {
        _post.Host.Faults.Arm(new() { Kind = FaultKind.ServiceUnavailable, Path = "*/send" });
        await Assert.ThrowsAsync<MailboxUnavailableException>(() => SendAsync(PostOffice.ToAda("agenda|1|ada")));
        Assert.Single(_post.Host.Messages(PostOffice.Committee, "drafts"));
        Assert.Null(await _post.Mailbox.FindSentAsync(PostOffice.Committee, "agenda|1|ada", Token));

        var sent = await SendAsync(PostOffice.ToAda("agenda|1|ada"));

        Assert.Equal(sent.InternetMessageId, _post.InboxOfAda().InternetMessageId);
        Assert.Empty(_post.Host.Messages(PostOffice.Committee, "drafts"));
        Assert.Single(_post.Host.Messages(PostOffice.Committee, "sentitems"));
    }

    [Fact]
    public async Task A_mailbox_that_is_not_ours_is_unavailable()
    {
        var error = await Assert.ThrowsAsync<MailboxUnavailableException>(
            () => _post.Mailbox.SendOnceAsync(PostOffice.Ben, PostOffice.ToAda("agenda|1|ada"), null, Token));

        Assert.Equal(HttpStatusCode.Forbidden, error.Status);
        Assert.Empty(_post.Host.Messages(PostOffice.Ada));
    }

    [Fact]
    public async Task A_mailbox_that_does_not_exist_is_unavailable()
    {
        await Assert.ThrowsAsync<MailboxUnavailableException>(
            () => _post.Mailbox.SendOnceAsync("nobody@committee.example", PostOffice.ToAda("agenda|1|ada"), null, Token));
    }

    [Fact]
    public async Task A_mail_to_nobody_is_refused()
    {
        var error = await Assert.ThrowsAsync<MailRefusedException>(
            () => SendAsync(PostOffice.ToAda("agenda|1|ada") with { To = [] }));

        Assert.Equal("ErrorInvalidRecipients", error.Code);
    }

    [Fact]
    public async Task An_invitation_repeated_is_one_event_and_one_mail()
    {
        var first = await InviteAsync();
        var second = await InviteAsync();

        Assert.Equal(first, second);
        Assert.Equal("meetingRequest", _post.InboxOfAda().Meeting);
        Assert.Single(_post.Host.Messages(PostOffice.Ben));
    }

    [Fact]
    public async Task An_invitation_that_was_accepted_before_a_504_is_found_by_its_transaction()
    {
        _post.Host.Faults.Arm(new() { Kind = FaultKind.GatewayTimeoutAfterAcceptance, Method = "POST", Path = "*/events" });
        await Assert.ThrowsAsync<MailboxUnavailableException>(InviteAsync);

        await InviteAsync();

        Assert.Single(_post.Host.Messages(PostOffice.Ada));
    }

    [Fact]
    public async Task The_answers_of_those_invited_are_read_from_the_event()
    {
        var id = await InviteAsync();
        Assert.Equal(
            [new(PostOffice.Ada, Answer.None), new(PostOffice.Ben, Answer.None)],
            await _post.Mailbox.GetAnswersAsync(PostOffice.Committee, id, Token));

        _post.Host.As(PostOffice.Ada).Answer(_post.InboxOfAda().Id, MeetingAnswer.Accept);
        _post.Host.As(PostOffice.Ben).Answer(_post.Host.Messages(PostOffice.Ben)[0].Id, MeetingAnswer.Tentative);
        Assert.Equal(
            [new(PostOffice.Ada, Answer.Accepted), new(PostOffice.Ben, Answer.Tentative)],
            await _post.Mailbox.GetAnswersAsync(PostOffice.Committee, id, Token));

        _post.Host.As(PostOffice.Ben).Answer(_post.Host.Messages(PostOffice.Ben)[0].Id, MeetingAnswer.Decline);
        Assert.Equal(
            [new(PostOffice.Ada, Answer.Accepted), new(PostOffice.Ben, Answer.Declined)],
            await _post.Mailbox.GetAnswersAsync(PostOffice.Committee, id, Token));
    }

    [Fact]
    public async Task A_cancelled_invitation_is_told_once_and_may_be_cancelled_again()
    {
        var id = await InviteAsync();

        await _post.Mailbox.CancelInvitationAsync(PostOffice.Committee, id, "The summit.", Token);
        await _post.Mailbox.CancelInvitationAsync(PostOffice.Committee, id, "The summit.", Token);

        Assert.Equal(["meetingRequest", "meetingCancelled"], _post.Host.Messages(PostOffice.Ada).Select(mail => mail.Meeting));
        Assert.Empty(await _post.Mailbox.GetAnswersAsync(PostOffice.Committee, id, Token));
    }

    private Task<SentMail> SendAsync(OutgoingMail mail, string? inReplyTo = null) =>
        _post.Mailbox.SendOnceAsync(PostOffice.Committee, mail, inReplyTo, Token);

    private Task<string> InviteAsync() => _post.Mailbox.InviteAsync(
        PostOffice.Committee,
        new()
        {
            TransactionId = "small-0001-20270310",
            Subject = "Small Committee meeting #1",
            Html = "<p>The agenda comes by mail.</p>",
            Start = new(2027, 3, 10, 17, 0, 0, TimeSpan.FromHours(1)),
            End = new(2027, 3, 10, 18, 0, 0, TimeSpan.FromHours(1)),
            TimeZone = "Europe/Berlin",
            Place = "https://meet.example/small",
            Attendees = [new("Ada Ash", PostOffice.Ada), new("Ben Birch", PostOffice.Ben)],
        },
        Token);
}
