using BscFlow.GraphEmulator.Calendars;
using BscFlow.GraphEmulator.Mailboxes;
using BscFlow.GraphEmulator.Wire;
using MimeKit;

namespace BscFlow.GraphEmulator.Transport;

/// <summary>Reads a MIME message into the item that lies in a mailbox.</summary>
internal static class Arrival
{
    public static StoredMessage Read(byte[] bytes, Mailbox mailbox, StoredFolder folder, DateTimeOffset now)
    {
        using var stream = new MemoryStream(bytes);
        using var mime = MimeMessage.Load(stream);
        var messageId = mime.Headers[HeaderId.MessageId]?.Trim() ?? Ids.NewMessageId(mailbox.Domain);
        var from = mime.From.Mailboxes.FirstOrDefault();
        return new StoredMessage
        {
            Key = Ids.NewKey(),
            Id = Ids.New(),
            ImmutableId = Ids.New(),
            FolderId = folder.Id,
            Created = now,
            Modified = now,
            Received = now,
            Sent = mime.Date == DateTimeOffset.MinValue ? now : mime.Date.ToUniversalTime(),
            Subject = mime.Subject ?? "",
            From = ToRecipient(from),
            Sender = ToRecipient(mime.Sender ?? from),
            To = Recipients(mime.To),
            Cc = Recipients(mime.Cc),
            Bcc = Recipients(mime.Bcc),
            ReplyTo = Recipients(mime.ReplyTo),
            Body = mime.HtmlBody is { } html ? ItemBody.Of(BodyType.Html, html) : ItemBody.Of(BodyType.Text, mime.TextBody ?? ""),
            InternetMessageId = messageId,
            ConversationId = Conversation(mime, mailbox, messageId),
            Importance = mime.Importance switch
            {
                MessageImportance.High => Importance.High,
                MessageImportance.Low => Importance.Low,
                _ => Importance.Normal,
            },
            Headers = [.. mime.Headers.Select(header => new InternetMessageHeader { Name = header.Field, Value = header.Value })],
            ExtendedProperties = Threading(mime),
            Attachments = [.. mime.Attachments.Select(part => Attachment(part, now))],
            Mime = bytes,
            Meeting = CalendarText.Find(mime) is { } calendar ? CalendarText.Read(calendar)?.AsPart : null,
        };
    }

    /// <summary>
    /// The conversation of the message that this one answers, where the mailbox has seen it; otherwise a new one.
    /// </summary>
    private static string Conversation(MimeMessage mime, Mailbox mailbox, string messageId) =>
        mime.References.Reverse().Prepend(mime.InReplyTo ?? "")
            .Select(id => mailbox.ConversationOf($"<{id}>"))
            .FirstOrDefault(known => known is not null) ?? Ids.Of("conversation", messageId);

    private static SingleValueExtendedProperty[] Threading(MimeMessage mime)
    {
        return
        [
            .. Property(Composer.InReplyToProperty, HeaderId.InReplyTo),
            .. Property(Composer.ReferencesProperty, HeaderId.References),
        ];

        IEnumerable<SingleValueExtendedProperty> Property(string id, HeaderId header) =>
            mime.Headers[header] is { } value ? [new() { Id = id, Value = value.Trim() }] : [];
    }

    private static Recipient[] Recipients(InternetAddressList list) =>
        [.. list.Mailboxes.Select(mailbox => Recipient.Of(mailbox.Name, mailbox.Address))];

    private static Recipient? ToRecipient(MailboxAddress? mailbox) =>
        mailbox is null ? null : Recipient.Of(mailbox.Name, mailbox.Address);

    private static StoredAttachment Attachment(MimeEntity entity, DateTimeOffset now)
    {
        using var content = new MemoryStream();
        if (entity is MimePart part)
        {
            part.Content?.DecodeTo(content);
        }
        else if (entity is MessagePart { Message: { } message })
        {
            message.WriteTo(content);
        }

        return new StoredAttachment
        {
            Id = Ids.New(),
            Name = entity.ContentDisposition?.FileName ?? entity.ContentType.Name ?? "attachment",
            ContentType = entity.ContentType.MimeType,
            ContentId = entity.ContentId,
            Modified = now,
            Bytes = content.ToArray(),
        };
    }
}
