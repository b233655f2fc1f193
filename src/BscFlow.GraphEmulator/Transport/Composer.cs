using BscFlow.GraphEmulator.Mailboxes;
using BscFlow.GraphEmulator.Wire;
using MimeKit;

namespace BscFlow.GraphEmulator.Transport;

/// <summary>Makes the MIME message that leaves for a draft.</summary>
internal static class Composer
{
    /// <summary>PidTagInReplyToId: set on a draft it becomes the In-Reply-To header.</summary>
    public const string InReplyToProperty = "String 0x1042";

    /// <summary>PidTagInternetReferences: set on a draft it becomes the References header.</summary>
    public const string ReferencesProperty = "String 0x1039";

    public static MimeMessage Compose(StoredMessage draft, DateTimeOffset date)
    {
        var mime = new MimeMessage { Date = date, Subject = draft.Subject };
        mime.Headers.Replace(HeaderId.MessageId, draft.InternetMessageId);
        mime.From.AddRange(Addresses(draft.From));
        if (draft.Sender is { } sender && !SameAddress(sender, draft.From))
        {
            mime.Sender = Addresses(sender).First();
        }

        mime.To.AddRange(draft.To.SelectMany(Addresses));
        mime.Cc.AddRange(draft.Cc.SelectMany(Addresses));
        mime.ReplyTo.AddRange(draft.ReplyTo.SelectMany(Addresses));
        AddIfSet(mime, "In-Reply-To", draft.ExtendedProperties.ValueOf(InReplyToProperty));
        AddIfSet(mime, "References", draft.ExtendedProperties.ValueOf(ReferencesProperty));
        if (draft.Importance != Importance.Normal)
        {
            mime.Importance = draft.Importance == Importance.High ? MessageImportance.High : MessageImportance.Low;
        }

        foreach (var header in draft.Headers)
        {
            mime.Headers.Add(header.Name, header.Value);
        }

        mime.Body = Body(draft);
        return mime;
    }

    public static byte[] Bytes(MimeMessage mime)
    {
        using var stream = new MemoryStream();
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.HiddenHeaders.Add(HeaderId.Bcc);
        mime.WriteTo(format, stream);
        return stream.ToArray();
    }

    private static MimeEntity Body(StoredMessage draft)
    {
        var content = draft.Body.Content ?? "";
        var builder = draft.Body.ContentType == BodyType.Html
            ? new BodyBuilder { HtmlBody = content, TextBody = HtmlText.ToText(content) }
            : new BodyBuilder { TextBody = content };
        foreach (var attachment in draft.Attachments)
        {
            if (!ContentType.TryParse(attachment.ContentType, out var type))
            {
                type = new ContentType("application", "octet-stream");
            }

            var list = attachment.IsInline ? builder.LinkedResources : builder.Attachments;
            var part = list.Add(attachment.Name, attachment.Bytes, type);
            part.ContentId = attachment.ContentId ?? part.ContentId;
        }

        return builder.ToMessageBody();
    }

    private static IEnumerable<MailboxAddress> Addresses(Recipient? recipient) =>
        recipient is { Address.Length: > 0 } ? [new MailboxAddress(recipient.Name, recipient.Address)] : [];

    private static bool SameAddress(Recipient one, Recipient? other) =>
        string.Equals(one.Address, other?.Address, StringComparison.OrdinalIgnoreCase);

    private static void AddIfSet(MimeMessage mime, string header, string? value)
    {
        if (value is { Length: > 0 })
        {
            mime.Headers.Add(header, value);
        }
    }
}
