namespace BscFlow.Mail;

/// <summary>Someone who gets mail.</summary>
public sealed record Recipient(string Name, string Address);

/// <summary>A mail that must leave once.</summary>
public sealed record OutgoingMail
{
    /// <summary>
    /// Deterministic and lower-case, such as <c>agenda|0062|20251008t1600z|joe</c>: the same key is the same mail.
    /// </summary>
    public required string Key { get; init; }

    public required IReadOnlyList<Recipient> To { get; init; }

    public string? ReplyTo { get; init; }

    public required string Subject { get; init; }

    public required string Html { get; init; }

    public required string Text { get; init; }

    /// <summary>Send <see cref="Text"/> as the body instead of <see cref="Html"/>.</summary>
    public bool AsText { get; init; }

    /// <summary>Key of the earlier mail to the same person that this one answers, so that both stand in one thread.</summary>
    public string? InThreadOf { get; init; }

    /// <summary>From when on it would only confuse, such as a reminder after the meeting; it is then dropped, not sent.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>
    /// For one of very many: the moment to which all of them belong. They leave at the pace of the mailbox, those of an earlier
    /// moment first; null: as soon as it can.
    /// </summary>
    public DateTimeOffset? Bulk { get; init; }

    /// <summary>Id of the secret motion with whose ballots the mailbox's own copy is erased; null: it stays.</summary>
    public string? CopyErasedWith { get; init; }
}

/// <summary>What Graph knows of a mail that has left.</summary>
public sealed record SentMail(string InternetMessageId, string? ConversationId);

/// <summary>A calendar invitation.</summary>
public sealed record Invitation
{
    /// <summary>The server drops a client's repeat with the same id.</summary>
    public required string TransactionId { get; init; }

    public required string Subject { get; init; }

    public required string Html { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required DateTimeOffset End { get; init; }

    /// <summary>IANA zone in which the invitation shows.</summary>
    public required string TimeZone { get; init; }

    public string? Place { get; init; }

    /// <summary>Let the server add an online meeting of its own, for a committee that has no room.</summary>
    public bool OnlineMeeting { get; init; }

    public required IReadOnlyList<Recipient> Attendees { get; init; }
}

public enum Answer
{
    None,
    Accepted,
    Tentative,
    Declined,
}

/// <summary>What one attendee answered to an invitation.</summary>
public sealed record InvitationAnswer(string Address, Answer Answer);

/// <summary>The committee's shared mailbox and calendar. In production and on one machine: Microsoft Graph over HTTP.</summary>
public interface IMailbox
{
    /// <summary>Sends a mail, or finds that the mail with this key was sent before. Safe to call again after any crash.</summary>
    /// <param name="mailbox">Address of the shared mailbox.</param>
    /// <param name="mail">The mail.</param>
    /// <param name="inReplyTo">Internet message id of the mail it answers.</param>
    /// <param name="cancellationToken">Cancels the wait, not a send that was accepted.</param>
    /// <exception cref="MailboxUnavailableException">It may or may not have left: call again later.</exception>
    /// <exception cref="MailRefusedException">It has not left and never will.</exception>
    Task<SentMail> SendOnceAsync(string mailbox, OutgoingMail mail, string? inReplyTo, CancellationToken cancellationToken);

    /// <summary>The mail with this key if it has left; null if it is a draft or was never made.</summary>
    Task<SentMail?> FindSentAsync(string mailbox, string key, CancellationToken cancellationToken);

    /// <summary>Creates a calendar event, once for each transaction id, and so invites the attendees.</summary>
    /// <returns>The event's id.</returns>
    Task<string> InviteAsync(string mailbox, Invitation invitation, CancellationToken cancellationToken);

    /// <summary>Cancels an event and tells the attendees; an event that is gone already is no error.</summary>
    Task CancelInvitationAsync(string mailbox, string eventId, string comment, CancellationToken cancellationToken);

    /// <summary>What the attendees answered so far; nothing when the event is gone.</summary>
    Task<IReadOnlyList<InvitationAnswer>> GetAnswersAsync(string mailbox, string eventId, CancellationToken cancellationToken);

    /// <summary>The next page of what has come into the inbox.</summary>
    /// <param name="link">Of the page before, or of an earlier round; null begins anew.</param>
    /// <param name="since">Where it begins anew: only what was received from then on.</param>
    /// <returns>Null when the link is no longer known: begin anew.</returns>
    /// <exception cref="MailboxUnavailableException">Ask again later.</exception>
    Task<InboxPage?> ReadInboxAsync(
        string mailbox, string? link, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>What a sparse item did not say; null when the message is gone.</summary>
    Task<InboxItem?> FindItemAsync(string mailbox, string id, CancellationToken cancellationToken);

    /// <summary>A message as it came over the wire, or the first bytes of a longer one; null when it is gone.</summary>
    /// <param name="most">How many bytes are read at most.</param>
    Task<byte[]?> ReadRawAsync(string mailbox, string id, int most, CancellationToken cancellationToken);

    /// <summary>Hands over a message as it comes over the wire, however long it is.</summary>
    /// <param name="take">Reads it to its end; what it throws comes out.</param>
    /// <returns>False when it is gone.</returns>
    Task<bool> StreamRawAsync(
        string mailbox, string id, Func<Stream, CancellationToken, Task> take, CancellationToken cancellationToken);

    /// <summary>
    /// Takes a message out of the inbox into the folder of what is done; one that is gone or lies there is left.
    /// </summary>
    Task FileAsync(string mailbox, string id, CancellationToken cancellationToken);

    /// <summary>Deletes a message for good, out of the reach of its mailbox's owner too; one that is gone is no error.</summary>
    Task EraseAsync(string mailbox, string id, CancellationToken cancellationToken);

    /// <summary>Deletes the mailbox's own copy of a mail that has left, for good; one that is gone is no error.</summary>
    /// <param name="key">As in <see cref="OutgoingMail.Key"/>.</param>
    Task EraseSentAsync(string mailbox, string key, CancellationToken cancellationToken);

    /// <summary>Asks to be told of new mail in the inbox.</summary>
    /// <returns>The subscription's id.</returns>
    /// <exception cref="MailRefusedException">The addresses did not prove that they want it.</exception>
    Task<string> SubscribeAsync(string mailbox, SubscriptionWish wish, CancellationToken cancellationToken);

    /// <summary>Is told no more by a subscription; one that is gone is no error.</summary>
    Task UnsubscribeAsync(string subscription, CancellationToken cancellationToken);

    /// <returns>False when there is no such subscription any more.</returns>
    Task<bool> RenewSubscriptionAsync(string subscription, DateTimeOffset expires, CancellationToken cancellationToken);
}
