using System.Text.Json.Serialization;

namespace BscFlow.GraphEmulator.Wire;

// What a client may write. A property that is not here is refused with 400, as Graph refuses it.

internal sealed record MessageInput
{
    [JsonPropertyName("@odata.type")]
    public string? ODataType { get; init; }

    public string? Subject { get; init; }

    public ItemBody? Body { get; init; }

    public Recipient? From { get; init; }

    public Recipient? Sender { get; init; }

    public IReadOnlyList<Recipient>? ToRecipients { get; init; }

    public IReadOnlyList<Recipient>? CcRecipients { get; init; }

    public IReadOnlyList<Recipient>? BccRecipients { get; init; }

    public IReadOnlyList<Recipient>? ReplyTo { get; init; }

    public Importance? Importance { get; init; }

    public IReadOnlyList<string>? Categories { get; init; }

    public FollowupFlag? Flag { get; init; }

    public bool? IsRead { get; init; }

    public bool? IsDeliveryReceiptRequested { get; init; }

    public bool? IsReadReceiptRequested { get; init; }

    public string? InternetMessageId { get; init; }

    public IReadOnlyList<InternetMessageHeader>? InternetMessageHeaders { get; init; }

    public IReadOnlyList<SingleValueExtendedProperty>? SingleValueExtendedProperties { get; init; }

    public IReadOnlyList<AttachmentInput>? Attachments { get; init; }
}

internal sealed record AttachmentInput
{
    [JsonPropertyName("@odata.type")]
    public string? ODataType { get; init; }

    public string? Name { get; init; }

    public string? ContentType { get; init; }

    public byte[]? ContentBytes { get; init; }

    public string? ContentId { get; init; }

    public bool? IsInline { get; init; }
}

internal sealed record SendMailInput
{
    public MessageInput? Message { get; init; }

    public bool? SaveToSentItems { get; init; }
}

internal sealed record ReplyInput
{
    public MessageInput? Message { get; init; }

    public string? Comment { get; init; }
}

internal sealed record MoveInput
{
    public string? DestinationId { get; init; }
}

internal sealed record MailFolderInput
{
    [JsonPropertyName("@odata.type")]
    public string? ODataType { get; init; }

    public string? DisplayName { get; init; }

    public bool? IsHidden { get; init; }
}

internal sealed record EventInput
{
    [JsonPropertyName("@odata.type")]
    public string? ODataType { get; init; }

    public string? Subject { get; init; }

    public ItemBody? Body { get; init; }

    public DateTimeTimeZone? Start { get; init; }

    public DateTimeTimeZone? End { get; init; }

    public Location? Location { get; init; }

    public IReadOnlyList<Location>? Locations { get; init; }

    public IReadOnlyList<Attendee>? Attendees { get; init; }

    public bool? AllowNewTimeProposals { get; init; }

    public bool? HideAttendees { get; init; }

    public bool? IsOnlineMeeting { get; init; }

    public string? OnlineMeetingProvider { get; init; }

    public bool? IsAllDay { get; init; }

    public bool? IsReminderOn { get; init; }

    public int? ReminderMinutesBeforeStart { get; init; }

    public bool? ResponseRequested { get; init; }

    public string? ShowAs { get; init; }

    public string? Sensitivity { get; init; }

    public Importance? Importance { get; init; }

    public IReadOnlyList<string>? Categories { get; init; }

    public string? TransactionId { get; init; }

    public IReadOnlyList<SingleValueExtendedProperty>? SingleValueExtendedProperties { get; init; }
}

internal sealed record CancelInput
{
    public string? Comment { get; init; }
}

internal sealed record ResponseInput
{
    public string? Comment { get; init; }

    public bool? SendResponse { get; init; }
}

internal sealed record SubscriptionInput
{
    [JsonPropertyName("@odata.type")]
    public string? ODataType { get; init; }

    public string? ChangeType { get; init; }

    public string? NotificationUrl { get; init; }

    public string? LifecycleNotificationUrl { get; init; }

    public string? Resource { get; init; }

    public DateTimeOffset? ExpirationDateTime { get; init; }

    public string? ClientState { get; init; }

    public bool? IncludeResourceData { get; init; }

    public string? LatestSupportedTlsVersion { get; init; }
}
