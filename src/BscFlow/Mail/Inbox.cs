namespace BscFlow.Mail;

/// <summary>A message that has come into the inbox, as a page of changes names it.</summary>
public sealed record InboxItem
{
    /// <summary>Graph's immutable id: the same wherever in the mailbox the message lies.</summary>
    public required string Id { get; init; }

    /// <summary>With its angle brackets. Null in a sparse item, which carries its id alone.</summary>
    public string? InternetMessageId { get; init; }

    public string? ConversationId { get; init; }

    /// <summary>Null in a sparse item.</summary>
    public DateTimeOffset? Received { get; init; }

    public bool IsSparse => InternetMessageId is null || Received is null;
}

/// <summary>One page of what has come into the inbox. It may be empty, and may repeat what an earlier page held.</summary>
/// <param name="Link">Where to go on: at once, or after <paramref name="IsLast"/> at the next look. Kept as it came.</param>
/// <param name="IsLast">All that is in the inbox has been named.</param>
public sealed record InboxPage(IReadOnlyList<InboxItem> Items, string Link, bool IsLast);

/// <summary>Where Graph is to tell of new mail.</summary>
/// <param name="ClientState">Comes back with each notification, so that nobody else can send one; at most 128 characters.</param>
public sealed record SubscriptionWish(Uri Notifications, Uri Lifecycle, string ClientState, DateTimeOffset Expires);
