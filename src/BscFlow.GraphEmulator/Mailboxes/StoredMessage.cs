using BscFlow.GraphEmulator.Wire;

namespace BscFlow.GraphEmulator.Mailboxes;

/// <summary>A message as it lies in a folder of a mailbox. Never changed in place: a change is a new record.</summary>
internal sealed record StoredMessage
{
    /// <summary>Name of its file; stays for good.</summary>
    public required string Key { get; init; }

    /// <summary>The id that Graph gives by default. A move or a send gives the message another one.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// The id under <c>Prefer: IdType="ImmutableId"</c>: stays when moved, and changes when sent, as users report of Graph.
    /// </summary>
    public required string ImmutableId { get; init; }

    public required string FolderId { get; init; }

    /// <summary>Number of the change that brought it into its folder.</summary>
    public long Arrived { get; init; }

    /// <summary>Number of its last change.</summary>
    public long Changed { get; init; }

    public bool IsDraft { get; init; }

    public bool IsRead { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Modified { get; init; }

    /// <summary>When it came in; for a draft and a sent message the time it was made or sent.</summary>
    public required DateTimeOffset Received { get; init; }

    /// <summary>The Date header.</summary>
    public required DateTimeOffset Sent { get; init; }

    public string Subject { get; init; } = "";

    public Recipient? From { get; init; }

    public Recipient? Sender { get; init; }

    public IReadOnlyList<Recipient> To { get; init; } = [];

    public IReadOnlyList<Recipient> Cc { get; init; } = [];

    public IReadOnlyList<Recipient> Bcc { get; init; } = [];

    public IReadOnlyList<Recipient> ReplyTo { get; init; } = [];

    public ItemBody Body { get; init; } = ItemBody.Empty;

    public required string InternetMessageId { get; init; }

    public required string ConversationId { get; init; }

    public Importance Importance { get; init; } = Importance.Normal;

    public IReadOnlyList<string> Categories { get; init; } = [];

    public FollowupFlag Flag { get; init; } = new();

    public bool IsDeliveryReceiptRequested { get; init; }

    public bool IsReadReceiptRequested { get; init; }

    /// <summary>Of a draft the x- headers that the client set; of a received message every header, top first.</summary>
    public IReadOnlyList<InternetMessageHeader> Headers { get; init; } = [];

    public IReadOnlyList<SingleValueExtendedProperty> ExtendedProperties { get; init; } = [];

    public IReadOnlyList<StoredAttachment> Attachments { get; init; } = [];

    /// <summary>The message as it went over the wire; null for a draft.</summary>
    public byte[]? Mime { get; init; }

    /// <summary>What it says about a meeting, when it is an invitation, an answer or a cancellation.</summary>
    public MeetingPart? Meeting { get; init; }

    /// <summary>The topmost header of this name; null when there is none.</summary>
    public string? Header(string name) =>
        Headers.FirstOrDefault(header => string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase))?.Value;
}

internal sealed record StoredAttachment
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string ContentType { get; init; }

    public string? ContentId { get; init; }

    public bool IsInline { get; init; }

    public required DateTimeOffset Modified { get; init; }

    public required byte[] Bytes { get; init; }
}

/// <summary>The calendar part of a mail.</summary>
/// <param name="ICalUId">Which meeting: the same for the organizer and for every attendee.</param>
internal sealed record MeetingPart(
    MeetingMessageType Type, string ICalUId, DateTimeOffset Start, DateTimeOffset End, string? Place);

/// <summary>That a message left a folder, so that a delta of that folder can say so.</summary>
internal sealed record Removal(long Sequence, DateTimeOffset At, string FolderId, string Id, string ImmutableId);

internal sealed record StoredFolder
{
    public required string Id { get; init; }

    /// <summary>Such as <c>inbox</c>; null for a folder that somebody made.</summary>
    public string? WellKnownName { get; init; }

    public required string DisplayName { get; init; }

    public required string ParentId { get; init; }

    public bool IsHidden { get; init; }
}

/// <summary>What a mailbox remembers beside its items.</summary>
internal sealed record MailboxSettings
{
    /// <summary>Folders that somebody made.</summary>
    public IReadOnlyList<StoredFolder> Folders { get; init; } = [];

    public AutomaticReply? AutomaticReply { get; init; }

    /// <summary>Removals up to this number are forgotten, so no delta can start before it.</summary>
    public long ForgottenUntil { get; init; }
}

/// <summary>An out-of-office answer that is switched on.</summary>
/// <param name="Answered">Senders that had it already: each gets it once.</param>
internal sealed record AutomaticReply(string Text, IReadOnlyList<string> Answered);
