using System.Text.RegularExpressions;
using BscFlow.GraphEmulator.Transport;
using BscFlow.GraphEmulator.Wire;

namespace BscFlow.GraphEmulator.Mailboxes;

/// <summary>What a client may write into a message, and what becomes of it.</summary>
internal static partial class DraftRules
{
    public static StoredMessage Draft(Mailbox mailbox, MessageInput input, DateTimeOffset now)
    {
        var messageId = input.InternetMessageId ?? Ids.NewMessageId(mailbox.Domain);
        return Apply(mailbox, input, new StoredMessage
        {
            Key = Ids.NewKey(),
            Id = Ids.New(),
            ImmutableId = Ids.New(),
            FolderId = mailbox.Drafts.Id,
            IsDraft = true,
            IsRead = true,
            Created = now,
            Modified = now,
            Received = now,
            Sent = now,
            From = mailbox.AsRecipient,
            Sender = mailbox.AsRecipient,
            InternetMessageId = messageId,
            ConversationId = Ids.Of("conversation", messageId),
        });
    }

    /// <exception cref="GraphRefusal">Something that Graph does not take.</exception>
    public static StoredMessage Apply(Mailbox mailbox, MessageInput input, StoredMessage message)
    {
        CheckHeaders(input.InternetMessageHeaders);
        CheckExtended(input.SingleValueExtendedProperties);
        foreach (var recipient in (input.ToRecipients ?? []).Concat(input.CcRecipients ?? []).Concat(input.BccRecipients ?? []))
        {
            if (recipient.Address.Length == 0)
            {
                throw GraphRefusal.BadRequest("At least one recipient is not valid.", "ErrorInvalidRecipients");
            }
        }

        var extended = Merge(message.ExtendedProperties, input.SingleValueExtendedProperties);
        var changed = message with
        {
            Subject = input.Subject ?? message.Subject,
            Body = input.Body ?? message.Body,
            From = input.From ?? message.From,
            Sender = input.Sender ?? message.Sender,
            To = Named(input.ToRecipients) ?? message.To,
            Cc = Named(input.CcRecipients) ?? message.Cc,
            Bcc = Named(input.BccRecipients) ?? message.Bcc,
            ReplyTo = Named(input.ReplyTo) ?? message.ReplyTo,
            Importance = input.Importance ?? message.Importance,
            Categories = input.Categories ?? message.Categories,
            Flag = input.Flag ?? message.Flag,
            IsRead = input.IsRead ?? message.IsRead,
            IsDeliveryReceiptRequested = input.IsDeliveryReceiptRequested ?? message.IsDeliveryReceiptRequested,
            IsReadReceiptRequested = input.IsReadReceiptRequested ?? message.IsReadReceiptRequested,
            Headers = input.InternetMessageHeaders ?? message.Headers,
            InternetMessageId = input.InternetMessageId ?? message.InternetMessageId,
            ExtendedProperties = extended,
            Attachments =
                [.. message.Attachments, .. (input.Attachments ?? []).Select(file => Attachment(file, message.Modified))],
        };
        return changed.ExtendedProperties.ValueOf(Composer.InReplyToProperty) is { } answered
            && mailbox.ConversationOf(answered) is { } conversation
            ? changed with { ConversationId = conversation }
            : changed;
    }

    /// <summary>An answer to a message, quoting it, with the headers that keep both in one thread.</summary>
    public static StoredMessage Reply(Mailbox mailbox, StoredMessage original, ReplyInput input, DateTimeOffset now)
    {
        var references = string.Join(
            ' ', new[] { original.ExtendedProperties.ValueOf(Composer.ReferencesProperty), original.InternetMessageId }
            .Where(words => words is { Length: > 0 }));
        var start = new MessageInput
        {
            Subject = original.Subject.StartsWith("RE:", StringComparison.OrdinalIgnoreCase)
                ? original.Subject
                : $"RE: {original.Subject}",
            ToRecipients = original.ReplyTo.Count > 0 ? original.ReplyTo : original.From is { } from ? [from] : [],
            Body = ItemBody.Of(BodyType.Html, Quote.Html(original, input.Comment ?? "")),
            SingleValueExtendedProperties =
            [
                new() { Id = Composer.InReplyToProperty, Value = original.InternetMessageId },
                new() { Id = Composer.ReferencesProperty, Value = references },
            ],
        };
        var draft = Draft(mailbox, start, now) with { ConversationId = original.ConversationId };
        return input.Message is { } message ? Apply(mailbox, message, draft) : draft;
    }

    public static StoredAttachment Attachment(AttachmentInput input, DateTimeOffset now) =>
        input.ODataType is not (null or "#microsoft.graph.fileAttachment" or "microsoft.graph.fileAttachment")
            ? throw GraphRefusal.BadRequest($"Attachments of the type '{input.ODataType}' are not part of this emulator.")
            : new StoredAttachment
            {
                Id = Ids.New(),
                Name = input.Name ?? throw GraphRefusal.BadRequest(
                    "Required property is missing: name.", "ErrorPropertyRequired"),
                ContentType = input.ContentType ?? "application/octet-stream",
                ContentId = input.ContentId,
                IsInline = input.IsInline ?? false,
                Modified = now,
                Bytes = input.ContentBytes ?? throw GraphRefusal.BadRequest(
                    "Required property is missing: contentBytes.", "ErrorPropertyRequired"),
            };

    /// <summary>At most five, at least one where the list is given, and only x- names.</summary>
    private static void CheckHeaders(IReadOnlyList<InternetMessageHeader>? headers)
    {
        switch (headers)
        {
            case { Count: 0 }:
                throw GraphRefusal.BadRequest(
                    "The collection of internet message headers must not be empty.", "InvalidInternetMessageHeaderCollection");
            case { Count: > 5 }:
                throw GraphRefusal.BadRequest(
                    "Maximum number of headers in one message should be less than or equal to 5.",
                    "InvalidInternetMessageHeaderCollection");
        }

        foreach (var header in headers ?? [])
        {
            if (!HeaderName().IsMatch(header.Name))
            {
                throw GraphRefusal.BadRequest(
                    $"The internet message header name '{header.Name}' should start with 'x-' or 'X-'.",
                    "InvalidInternetMessageHeader");
            }

            if (header.Value.AsSpan().ContainsAny('\r', '\n'))
            {
                throw GraphRefusal.BadRequest(
                    $"The value of the internet message header '{header.Name}' is not valid.", "InvalidInternetMessageHeader");
            }
        }
    }

    /// <summary>Somebody without a name is named by the address, as Graph does.</summary>
    private static IReadOnlyList<Recipient>? Named(IReadOnlyList<Recipient>? recipients) =>
        recipients is null ? null : [.. recipients.Select(recipient => Recipient.Of(recipient.Name, recipient.Address))];

    private static void CheckExtended(IReadOnlyList<SingleValueExtendedProperty>? properties)
    {
        foreach (var property in properties ?? [])
        {
            if (!ExtendedId().IsMatch(property.Id))
            {
                throw GraphRefusal.BadRequest($"The property Id '{property.Id}' is invalid.", "ErrorInvalidArgument");
            }
        }
    }

    private static IReadOnlyList<SingleValueExtendedProperty> Merge(
        IReadOnlyList<SingleValueExtendedProperty> old, IReadOnlyList<SingleValueExtendedProperty>? given) =>
        given is null
            ? old
            : [.. old.Where(property => given.ValueOf(property.Id) is null), .. given];

    [GeneratedRegex(@"^[xX]-[!-9;-~]+$")]
    private static partial Regex HeaderName();

    [GeneratedRegex(
        """
        ^(String|Integer|Long|Short|Boolean|Double|Float|SystemTime|CLSID|Binary|Currency)\s+
        (0x[0-9a-f]{1,8} | \{[0-9a-f-]{36}\}\s+(Name\s+\S.*|Id\s+0x[0-9a-f]{1,8}))$
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex ExtendedId();
}
