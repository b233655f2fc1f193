using BscFlow.Committee;
using BscFlow.Storage;
using BscFlow.Telemetry;
using Microsoft.Extensions.Logging;

namespace BscFlow.Mail;

/// <summary>Leaves a mail that cannot be taken to a person: keeps what can be had of it, and says in a row why.</summary>
/// <remarks>
/// Whatever of it fails was perhaps why it is left, so that nothing is asked of the mail here but that it lies in the mailbox.
/// Moved back into the inbox it is taken as if it had just come.
/// </remarks>
public sealed partial class LeaveMail(
    IMailbox mailbox,
    MailStore store,
    RawMails raws,
    RouteMail route,
    FailedMails failed,
    TellSecretary tellSecretary,
    ILogger<LeaveMail> log)
{
    /// <summary>Leaves a mail.</summary>
    /// <param name="why">In words, for the row that the secretary sees.</param>
    /// <returns>Id of the committee whose secretary sees it.</returns>
    public async Task<string> RunAsync(SharedMailbox shared, InboxItem item, string why, CancellationToken cancellationToken)
    {
        var received = item.Received ?? DateTimeOffset.UnixEpoch;
        var raw = await UnlessFailedAsync(
            () => mailbox.ReadRawAsync(shared.Address, item.Id, TakeMail.LargestBytes + 1, cancellationToken),
            item,
            cancellationToken);
        var (charter, head) = await UnlessFailedAsync(
            async () => raw is not null && IncomingMail.ReadHeaders(raw, received) is { } read
                ? ((await route.RunAsync(shared, read, item.ConversationId, cancellationToken)).Charter, read)
                : default((Charter, IncomingMail)?),
            item,
            cancellationToken) ?? (shared.Charters[0], null);

        var messageId = item.InternetMessageId?.Trim('<', '>') ?? item.Id;
        var row = new CollectedMail
        {
            Committee = charter.Id,
            Id = Keys.MailCopyId(messageId, item.Id),
            MessageId = messageId,
            Mailbox = shared.Address,
            GraphId = item.Id,
            Received = received,
            From = head?.From ?? "",
            Subject = TakeMail.WithoutToken(head?.Subject ?? ""),
            Kind = MailKind.Unclear,
            Reason = raw is null ? $"{why}; it lies in the mailbox alone" : why,
            NeedsPerson = true,
            HasRaw = raw is not null,
        };
        if (raw is not null)
        {
            await KeepAsync(row, raw, cancellationToken);
        }

        await store.TryAddAsync(row, cancellationToken);
        await UnlessFailedAsync(
            async () =>
            {
                await tellSecretary.OfMailAsync(charter, row, $"left-{charter.DayOf(received):yyyyMMdd}", cancellationToken);
                return row;
            },
            item,
            cancellationToken);
        await FileAsync(shared, item, cancellationToken);
        return charter.Id;
    }

    private async Task KeepAsync(CollectedMail row, byte[] raw, CancellationToken cancellationToken)
    {
        if (raw.Length <= TakeMail.LargestBytes)
        {
            await raws.KeepAsync(row.Committee, row.RawId, row.GraphId, raw, cancellationToken);
            return;
        }

        await mailbox.StreamRawAsync(
            row.Mailbox,
            row.GraphId,
            (stream, token) => raws.KeepAsync(row.Committee, row.RawId, row.GraphId, stream, token),
            cancellationToken);
    }

    private async Task FileAsync(SharedMailbox shared, InboxItem item, CancellationToken cancellationToken)
    {
        try
        {
            await mailbox.FileAsync(shared.Address, item.Id, cancellationToken);
        }
        catch (Exception stuck) when (stuck is MailboxUnavailableException or MailRefusedException)
        {
            LogFailed(item.Id, ErrorWords.Of(stuck));
            await failed.LeaveAsync(shared.Address, item.Id, cancellationToken);
        }
    }

    private async Task<T?> UnlessFailedAsync<T>(Func<Task<T?>> what, InboxItem item, CancellationToken cancellationToken)
    {
        try
        {
            return await what();
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(item.Id, ErrorWords.WithTrace(failure));
            return default;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "The message {Message} is left to a person, and one thing failed: {Error}")]
    private partial void LogFailed(string message, string error);
}
