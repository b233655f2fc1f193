using BscFlow.GraphEmulator.Mailboxes;
using BscFlow.GraphEmulator.Transport;
using BscFlow.GraphEmulator.Wire;
using MimeKit;

namespace BscFlow.GraphEmulator.Calendars;

/// <summary>What the calendars of organizer and attendees tell each other by mail.</summary>
internal sealed class Invitations(MailStore store, Delivery delivery)
{
    /// <summary>Invites (or invites again after a change) these attendees.</summary>
    public void Invite(Mailbox organizer, StoredEvent item, IEnumerable<Attendee> attendees) =>
        Tell(organizer, item, attendees, "REQUEST", item.Subject, item.Body);

    public void Cancel(Mailbox organizer, StoredEvent item, IEnumerable<Attendee> attendees, string? comment) =>
        Tell(organizer, item, attendees, "CANCEL", $"Canceled: {item.Subject}", ItemBody.Of(BodyType.Text, comment ?? ""));

    /// <summary>
    /// An attendee answers: the own copy shows it, and (if wanted) a mail tells the organizer, whose event then shows it too.
    /// </summary>
    public void Respond(Mailbox attendee, StoredEvent item, ResponseType response, string? comment, bool tellOrganizer)
    {
        var status = new ResponseStatus { Response = response, Time = store.Now };
        if (response == ResponseType.Declined)
        {
            attendee.Delete(item);
        }
        else
        {
            attendee.Keep(item with
            {
                Response = status,
                ShowAs = response == ResponseType.Accepted ? "busy" : "tentative",
                Attendees = WithStatus(item, attendee.Address, status),
            });
        }

        if (tellOrganizer)
        {
            var (word, partStat) = response switch
            {
                ResponseType.Accepted => ("Accepted", "ACCEPTED"),
                ResponseType.Declined => ("Declined", "DECLINED"),
                _ => ("Tentative", "TENTATIVE"),
            };
            Mail(
                attendee, item, [item.Organizer], "REPLY", $"{word}: {item.Subject}", ItemBody.Of(BodyType.Text, comment ?? ""),
                (attendee.AsRecipient, partStat));
        }
    }

    /// <summary>What a calendar does by itself when mail about a meeting arrives.</summary>
    public static void Process(Mailbox mailbox, StoredMessage message)
    {
        if (message.Meeting is not { } meeting || message.Mime is null)
        {
            return;
        }

        using var stream = new MemoryStream(message.Mime);
        using var mime = MimeMessage.Load(stream);
        if (CalendarText.Find(mime) is not { } text || CalendarText.Read(text) is not { } calendar)
        {
            return;
        }

        var known = mailbox.EventByUid(calendar.Uid);
        switch (meeting.Type)
        {
            case MeetingMessageType.MeetingRequest when known is not { IsOrganizer: true }:
                mailbox.Keep(Copy(mailbox, known, message, calendar));
                break;
            case MeetingMessageType.MeetingCancelled when known is { IsOrganizer: false }:
                mailbox.Keep(known with { IsCancelled = true, ShowAs = "free", Subject = message.Subject });
                break;
            case MeetingMessageType.MeetingAccepted
                or MeetingMessageType.MeetingDeclined
                or MeetingMessageType.MeetingTenativelyAccepted
                when known is { IsOrganizer: true } && message.From is { } from:
                mailbox.Keep(known with { Attendees = WithStatus(known, from.Address, Status(meeting.Type, message.Received)) });
                break;
        }
    }

    private static StoredEvent Copy(Mailbox mailbox, StoredEvent? known, StoredMessage message, CalendarText calendar) => new()
    {
        Key = known?.Key ?? Ids.NewKey(),
        Id = known?.Id ?? Ids.New(),
        ICalUId = calendar.Uid,
        Created = known?.Created ?? message.Received,
        Modified = message.Received,
        IsOrganizer = false,
        Organizer = calendar.Organizer ?? message.From ?? mailbox.AsRecipient,
        Subject = calendar.Subject,
        Body = message.Body,
        Start = calendar.Start,
        End = calendar.End,
        Location = calendar.Place is { } place ? new() { DisplayName = place } : null,
        Attendees = [.. calendar.Answers.Keys.Select(address => new Attendee
        {
            EmailAddress = new() { Name = address, Address = address },
            Status = new(),
        })],
        Response = new() { Response = ResponseType.NotResponded },
        ShowAs = "tentative",
        Revision = calendar.Revision,
    };

    private static ResponseStatus Status(MeetingMessageType type, DateTimeOffset time) => new()
    {
        Response = type switch
        {
            MeetingMessageType.MeetingAccepted => ResponseType.Accepted,
            MeetingMessageType.MeetingDeclined => ResponseType.Declined,
            _ => ResponseType.TentativelyAccepted,
        },
        Time = time,
    };

    private static Attendee[] WithStatus(StoredEvent item, string address, ResponseStatus status) =>
    [
        .. item.Attendees.Select(attendee => string.Equals(attendee.Address, address, StringComparison.OrdinalIgnoreCase)
            ? attendee with { Status = status }
            : attendee),
    ];

    private void Tell(
        Mailbox organizer, StoredEvent item, IEnumerable<Attendee> attendees, string method, string subject, ItemBody body)
    {
        var recipients = attendees.Where(
            attendee => !string.Equals(attendee.Address, organizer.Address, StringComparison.OrdinalIgnoreCase))
            .Select(attendee => Recipient.Of(attendee.EmailAddress?.Name, attendee.Address)).ToList();
        if (recipients.Count > 0)
        {
            Mail(organizer, item, recipients, method, subject, body);
        }
    }

    private void Mail(
        Mailbox from, StoredEvent item, IReadOnlyList<Recipient> to, string method, string subject, ItemBody body,
        (Recipient Who, string PartStat)? answer = null)
    {
        var mail = new MimeMessage { Date = store.Now, Subject = subject };
        mail.MessageId = Ids.NewMessageId(from.Domain).Trim('<', '>');
        mail.From.Add(new MailboxAddress(from.DisplayName, from.Address));
        mail.To.AddRange(to.Select(recipient => new MailboxAddress(recipient.Name, recipient.Address)));
        var words = new MultipartAlternative();
        words.Add(new TextPart("plain") { Text = body.AsText() });
        if (body.ContentType == BodyType.Html)
        {
            words.Add(new TextPart("html") { Text = body.AsHtml() });
        }

        var calendar = new TextPart("calendar") { Text = CalendarText.Write(item, method, store.Now, answer) };
        calendar.ContentType.Parameters.Add("method", method);
        words.Add(calendar);
        mail.Body = words;
        delivery.Send(from, mail, keep: false);
    }
}
