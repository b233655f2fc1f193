using BscFlow.GraphEmulator.Calendars;
using BscFlow.GraphEmulator.Mailboxes;
using BscFlow.GraphEmulator.Transport;
using BscFlow.GraphEmulator.Wire;
using MimeKit;

namespace BscFlow.GraphEmulator;

/// <summary>Where a reply stands to what it quotes.</summary>
public enum ReplyStyle
{
    /// <summary>Above the quote, text and HTML, as Gmail does.</summary>
    TopPost,

    /// <summary>Above a block of headers and the mail, as Outlook does.</summary>
    Outlook,

    /// <summary>Plain text below the quote.</summary>
    BottomPost,

    /// <summary>Plain text alone.</summary>
    NoQuote,

    /// <summary>Above the quote as Gmail does, and no text beside the HTML.</summary>
    HtmlAlone,
}

/// <summary>What a new mail is made of.</summary>
public enum MailForm
{
    Text,

    /// <summary>HTML with the same words as text beside it, as most programs send.</summary>
    TextAndHtml,

    /// <summary>HTML and nothing else, as some phones send.</summary>
    HtmlAlone,
}

/// <summary>An answer to an invitation.</summary>
public enum MeetingAnswer
{
    Accept,
    Tentative,
    Decline,
}

/// <summary>What the owner of a mailbox does in their own mail program.</summary>
public sealed class Person
{
    private readonly MailStore _store;
    private readonly Delivery _delivery;
    private readonly Invitations _invitations;
    private readonly Mailbox _mailbox;

    internal Person(MailStore store, Delivery delivery, Invitations invitations, Mailbox mailbox)
    {
        _store = store;
        _delivery = delivery;
        _invitations = invitations;
        _mailbox = mailbox;
    }

    /// <summary>Writes a new mail.</summary>
    /// <param name="text">The words; where the mail is HTML they are put into it.</param>
    public void Write(IReadOnlyList<string> to, string subject, string text, MailForm form = MailForm.Text) => _store.Change(() =>
    {
        MimeEntity body = form switch
        {
            MailForm.TextAndHtml => Both(text, Quote.Words(text)),
            MailForm.HtmlAlone => Html(Quote.Words(text)),
            _ => Plain(text),
        };
        Send(to, subject, body, null);
    });

    /// <summary>Answers a message of this mailbox, at its Reply-To where it has one.</summary>
    /// <param name="id">Either of the message's ids, or its key.</param>
    /// <exception cref="ArgumentException">No such message.</exception>
    public void Reply(string id, string text, ReplyStyle style = ReplyStyle.TopPost) => _store.Change(() =>
    {
        var original = Message(id);
        var to = original.ReplyTo.Count > 0 ? original.ReplyTo : original.From is { } from ? [from] : [];
        var subject =
            original.Subject.StartsWith("Re:", StringComparison.OrdinalIgnoreCase) ? original.Subject : $"Re: {original.Subject}";
        MimeEntity body = style switch
        {
            ReplyStyle.TopPost => Both(
                $"{text}\n\n{Quote.Attribution(original)}\n\n{Quote.Lines(original)}\n", Quote.GmailHtml(original, text)),
            ReplyStyle.Outlook => Both(
                $"{text}\n\n________________________________\n{OutlookHeader(original)}\n\n{Quote.Text(original)}\n", Quote.Html(
                    original, text)),
            ReplyStyle.HtmlAlone => Html(Quote.GmailHtml(original, text)),
            ReplyStyle.BottomPost => Plain($"{Quote.Attribution(original)}\n{Quote.Lines(original)}\n\n{text}\n"),
            _ => Plain($"{text}\n"),
        };
        Send([.. to.Select(recipient => recipient.Address)], subject, body, original);
        Open(original);
    });

    /// <summary>Passes a message on to somebody else, quoted whole.</summary>
    public void Forward(string id, IReadOnlyList<string> to, string text) => _store.Change(() =>
    {
        var original = Message(id);
        var quoted = $"---------- Forwarded message ---------\n{OutlookHeader(original)}\n\n{Quote.Text(original)}\n";
        Send(to, $"Fwd: {original.Subject}", Plain(text.Length > 0 ? $"{text}\n\n{quoted}" : quoted), original);
    });

    /// <summary>Answers an invitation: the organizer gets a mail, and the organizer's event shows the answer.</summary>
    /// <param name="id">Id of the mail that invites.</param>
    /// <exception cref="ArgumentException">No such message, or it invites to nothing that this calendar holds.</exception>
    public void Answer(string id, MeetingAnswer answer, string? comment = null) => _store.Change(() =>
    {
        var message = Message(id);
        var item = Invited(message) ?? throw new ArgumentException(
            "The message invites to nothing that the calendar holds.", nameof(id));
        var response = answer switch
        {
            MeetingAnswer.Accept => ResponseType.Accepted,
            MeetingAnswer.Decline => ResponseType.Declined,
            _ => ResponseType.TentativelyAccepted,
        };
        _invitations.Respond(_mailbox, item, response, comment, tellOrganizer: true);
        Open(message);
    });

    /// <summary>Switches the automatic reply on, or (null) off. Each sender gets it once.</summary>
    public void OutOfOffice(string? text) => _store.Change(() =>
        _mailbox.Keep(_mailbox.Settings with { AutomaticReply = text is null ? null : new AutomaticReply(text, []) }));

    /// <summary>Moves a message to one of their folders.</summary>
    /// <param name="folder">Well-known name or id.</param>
    public void Move(string id, string folder) => _store.Change(() => _mailbox.Move(
        Message(id),
        _mailbox.Folder(folder) ?? throw new ArgumentException($"The mailbox has no folder {folder}.", nameof(folder))));

    /// <summary>Opens a message, which marks it read.</summary>
    public void Open(string id) => _store.Change(() => Open(Message(id)));

    /// <summary>The event of this calendar that a mail invites to; null when it invites to none.</summary>
    internal StoredEvent? Invited(StoredMessage message) => message.Meeting is { Type: MeetingMessageType.MeetingRequest } meeting
        && _mailbox.EventByUid(meeting.ICalUId) is { IsOrganizer: false } item ? item : null;

    private StoredMessage Message(string id) =>
        _mailbox.Message(id) ?? _mailbox.MessageByKey(id) ?? throw new ArgumentException(
            $"{_mailbox.Address} has no message {id}.", nameof(id));

    internal void Open(StoredMessage message)
    {
        if (!message.IsRead)
        {
            _mailbox.Update(message with { IsRead = true });
        }
    }

    private void Send(IReadOnlyList<string> to, string subject, MimeEntity body, StoredMessage? answers)
    {
        var mail = new MimeMessage { Date = _store.Now, Subject = subject, Body = body };
        mail.MessageId = Ids.NewMessageId(_mailbox.Domain).Trim('<', '>');
        mail.From.Add(new MailboxAddress(_mailbox.DisplayName, _mailbox.Address));
        mail.To.AddRange(to.Select(address => MailboxAddress.Parse(address)));
        if (answers is not null)
        {
            mail.Headers.Add("In-Reply-To", answers.InternetMessageId);
            mail.Headers.Add(
                "References",
                $"{answers.ExtendedProperties.ValueOf(Composer.ReferencesProperty)} {answers.InternetMessageId}".Trim());
        }

        _delivery.Send(_mailbox, mail);
    }

    private static TextPart Plain(string text) => new("plain") { Text = text };

    private static TextPart Html(string html) => new("html") { Text = html };

    private static MultipartAlternative Both(string text, string html) => new() { Plain(text), Html(html) };

    private static string OutlookHeader(StoredMessage original) =>
        string.Join('\n', Quote.OutlookBlock(original).Select(line => $"{line.Name}: {line.Value}"));
}
