using BscFlow.GraphEmulator.Mailboxes;
using BscFlow.GraphEmulator.Transport;
using BscFlow.GraphEmulator.Wire;

namespace BscFlow.GraphEmulator;

/// <summary>A message in an emulated mailbox, as it was at one moment.</summary>
public sealed record MailboxMessage
{
    /// <summary>The id that Graph gives by default.</summary>
    public required string Id { get; init; }

    public required string ImmutableId { get; init; }

    /// <summary>Stays for good; the message's page is <c>/mailboxes/ADDRESS/messages/KEY</c>.</summary>
    public required string Key { get; init; }

    public required string InternetMessageId { get; init; }

    public required string ConversationId { get; init; }

    public required string Subject { get; init; }

    /// <summary>Address of the From header.</summary>
    public required string From { get; init; }

    public required IReadOnlyList<string> To { get; init; }

    public required IReadOnlyList<string> Cc { get; init; }

    public required IReadOnlyList<string> ReplyTo { get; init; }

    /// <summary>The plain text; made from the HTML where there is only that.</summary>
    public required string Text { get; init; }

    /// <summary>Null for a plain-text mail.</summary>
    public required string? Html { get; init; }

    public required bool IsDraft { get; init; }

    public required bool IsRead { get; init; }

    public required DateTimeOffset Received { get; init; }

    /// <summary>Every header as it lies in the mailbox, top first.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    public required IReadOnlyDictionary<string, string> ExtendedProperties { get; init; }

    /// <summary>The raw message; null for a draft.</summary>
    public required ReadOnlyMemory<byte>? Mime { get; init; }

    /// <summary>Such as <c>meetingRequest</c>; null for a mail that is about no meeting.</summary>
    public required string? Meeting { get; init; }

    internal static MailboxMessage Of(StoredMessage message) => new()
    {
        Id = message.Id,
        ImmutableId = message.ImmutableId,
        Key = message.Key,
        InternetMessageId = message.InternetMessageId,
        ConversationId = message.ConversationId,
        Subject = message.Subject,
        From = message.From?.Address ?? "",
        To = [.. message.To.Select(recipient => recipient.Address)],
        Cc = [.. message.Cc.Select(recipient => recipient.Address)],
        ReplyTo = [.. message.ReplyTo.Select(recipient => recipient.Address)],
        Text = Quote.Text(message),
        Html = message.Body.ContentType == BodyType.Html ? message.Body.Content : null,
        IsDraft = message.IsDraft,
        IsRead = message.IsRead,
        Received = message.Received,
        Headers = [.. message.Headers.Select(header => KeyValuePair.Create(header.Name, header.Value))],
        ExtendedProperties = message.ExtendedProperties.ToDictionary(property => property.Id, property => property.Value),
        Mime = message.Mime,
        Meeting = message.Meeting is null ? null : MessageResource.MeetingWord(message),
    };
}
