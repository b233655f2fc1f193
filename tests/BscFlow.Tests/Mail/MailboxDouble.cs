using BscFlow.Mail;

namespace BscFlow.Tests.Mail;

/// <summary>A mailbox that can do nothing; a test says what it needs.</summary>
internal abstract class MailboxDouble : IMailbox
{
    public abstract Task<SentMail> SendOnceAsync(
        string mailbox, OutgoingMail mail, string? inReplyTo, CancellationToken cancellationToken);

    public abstract Task<SentMail?> FindSentAsync(string mailbox, string key, CancellationToken cancellationToken);

    public Task<string> InviteAsync(string mailbox, Invitation invitation, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task CancelInvitationAsync(string mailbox, string eventId, string comment, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<InvitationAnswer>> GetAnswersAsync(
        string mailbox, string eventId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<InboxPage?> ReadInboxAsync(
        string mailbox, string? link, DateTimeOffset since, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<InboxItem?> FindItemAsync(string mailbox, string id, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<byte[]?> ReadRawAsync(string mailbox, string id, int most, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<bool> StreamRawAsync(
        string mailbox, string id, Func<Stream, CancellationToken, Task> take, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task FileAsync(string mailbox, string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task EraseAsync(string mailbox, string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task EraseSentAsync(string mailbox, string key, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<string> SubscribeAsync(string mailbox, SubscriptionWish wish, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task UnsubscribeAsync(string subscription, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> RenewSubscriptionAsync(
        string subscription, DateTimeOffset expires, CancellationToken cancellationToken) => throw new NotSupportedException();
}
