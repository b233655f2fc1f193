using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using BscFlow.Committee;
using BscFlow.Storage;

namespace BscFlow.Mail;

/// <summary>The mails that must leave once: queued under a deterministic key, sent by whichever worker claims them.</summary>
/// <remarks>
/// A mail's row stays for good, so that a step that runs again queues nothing twice. A second row, written and deleted in one
/// transaction with what it stands for, lists the mail as long as it waits. Only the worker that leased the row sends it; the
/// mailbox finds a mail that left before a crash by its key. A mail to very many is listed elsewhere until its mailbox may send
/// it, so that a look at what waits does not cost more the more there are.
/// </remarks>
public sealed partial class Outbox(
    TableServiceClient tables,
    IMailbox mailbox,
    MailPaces paces,
    UselessMails useless,
    WorkerProcess worker,
    TimeProvider clock)
{
    /// <summary>How long a crashed worker keeps others from a mail. Twice what a live one may take.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    private readonly TableClient _table = tables.GetTableClient(Keys.OutboxTable);

    // A lease ends by the clock, and on one machine a person may move the clock while a mail is on its way.
    private readonly ConcurrentDictionary<(string Committee, string Key), bool> _underway = [];

    /// <summary>Queues mails; one whose key was queued before, sent or not, is left as it is.</summary>
    /// <returns>The keys that are new.</returns>
    /// <exception cref="ArgumentException">A key is empty, not in lower case, or too long for a row.</exception>
    /// <exception cref="MailTooLargeException">A mail does not fit a row; nothing was queued.</exception>
    public async Task<IReadOnlyList<string>> QueueAsync(
        string committee, IReadOnlyList<OutgoingMail> mails, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var rows = mails.DistinctBy(mail => mail.Key).Select(mail => OutboxRow.Write(committee, mail, now)).ToList();

        List<string> added = [];
        foreach (var batch in OutboxRow.Transactions(rows))
        {
            if (await TryAddAsync(batch, cancellationToken))
            {
                added.AddRange(batch.Select(row => Keys.OutboxKey(row.RowKey)));
                continue;
            }

            // One known key undoes the whole transaction, so each mail gets its own.
            foreach (var row in batch.Length > 1 ? batch : [])
            {
                if (await TryAddAsync([row], cancellationToken))
                {
                    added.Add(Keys.OutboxKey(row.RowKey));
                }
            }
        }

        return added;
    }

    /// <summary>Keys of the mails that may leave, and have neither left nor been refused.</summary>
    public async IAsyncEnumerable<string> WaitingAsync(
        string committee, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {committee} and RowKey ge {Keys.OutboxWaitingStart} and RowKey lt {Keys.OutboxWaitingEnd}");
        await foreach (var row in _table.QueryAsync<TableEntity>(
            filter, select: [nameof(TableEntity.RowKey)], cancellationToken: cancellationToken))
        {
            yield return Keys.OutboxKey(row.RowKey);
        }
    }

    public async Task<QueuedMail?> FindAsync(string committee, string key, CancellationToken cancellationToken) =>
        await RowAsync(committee, key, cancellationToken) is { } row ? OutboxRow.Read(row) : null;

    /// <summary>Key of the mail of this committee that has left under this Message-ID; null when there is none.</summary>
    /// <param name="messageId">With or without its angle brackets.</param>
    public Task<string?> FindSentAsync(string committee, string messageId, CancellationToken cancellationToken) =>
        KeyInAsync(committee, Keys.OutboxSent(messageId), cancellationToken);

    /// <summary>Key of the last mail of this committee that has left in this conversation; null when there is none.</summary>
    /// <param name="conversation">As <see cref="SentMail.ConversationId"/>.</param>
    public Task<string?> FindLastInAsync(string committee, string conversation, CancellationToken cancellationToken) =>
        KeyInAsync(committee, Keys.OutboxConversation(conversation), cancellationToken);

    private async Task<string?> KeyInAsync(string committee, string row, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(committee, row, cancellationToken: cancellationToken);
        return found.HasValue ? found.Value!.GetString(nameof(OutgoingMail.Key)) : null;
    }

    /// <summary>Sends a mail unless it has left already. Safe to run again, and by several workers at a time.</summary>
    /// <exception cref="MailboxUnavailableException">Now is no time; the mail goes on waiting.</exception>
    public async Task<SendOutcome> SendAsync(Charter charter, string key, CancellationToken cancellationToken)
    {
        if (!_underway.TryAdd((charter.Id, key), true))
        {
            return new SendOutcome.Busy(clock.GetUtcNow() + Lease);
        }

        try
        {
            var row = await RowAsync(charter.Id, key, cancellationToken);
            if (row is null)
            {
                return new SendOutcome.NotQueued();
            }

            if (EndOrLease(row) is { } outcome)
            {
                return outcome;
            }

            if (OutboxRow.AttemptsOf(row) == 0 && await IsUselessAsync(charter.Id, row, cancellationToken))
            {
                return await TryDropAsync([WaitingTwin(row)], row.ETag, cancellationToken)
                    ? new SendOutcome.Dropped()
                    : await LeftToAnotherAsync(charter.Id, key, cancellationToken);
            }

            return await ClaimAsync(row, cancellationToken) is { } claim
                ? await SendClaimedAsync(charter, row, claim, cancellationToken)
                : await LeftToAnotherAsync(charter.Id, key, cancellationToken);
        }
        finally
        {
            _underway.TryRemove((charter.Id, key), out _);
        }
    }

    private async Task<SendOutcome> SendClaimedAsync(
        Charter charter, TableEntity row, ETag claim, CancellationToken cancellationToken)
    {
        var queued = OutboxRow.Read(row);
        try
        {
            var outcome = await TrySendAsync(charter, queued, cancellationToken);
            var end = OutboxRow.Ended(row, outcome, clock.GetUtcNow());
            return await SettleAsync(charter, queued.Mail, end, claim, outcome, cancellationToken);
        }
        catch (MailboxUnavailableException)
        {
            await ReleaseAsync(row, claim);
            throw;
        }
    }

    private async Task<SendOutcome> TrySendAsync(Charter charter, QueuedMail queued, CancellationToken cancellationToken)
    {
        // Committees may share a mailbox, and their keys may be the same.
        var mail = queued.Mail with { Key = Keys.MailboxKey(charter.Id, queued.Mail.Key) };

        // A worker that outlives its lease would send beside the next one.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Lease / 2);
        try
        {
            if (clock.GetUtcNow() > mail.NotAfter)
            {
                var left = queued.Attempts == 0 ? null : await mailbox.FindSentAsync(charter.Mailbox, mail.Key, limit.Token);
                return left is null
                    ? new SendOutcome.Refused($"It was to leave before {mail.NotAfter:u} and has no use after that.")
                    : new SendOutcome.Sent(left);
            }

            var answered = mail.InThreadOf is null ? null : await RowAsync(charter.Id, mail.InThreadOf, limit.Token);
            return new SendOutcome.Sent(
                await mailbox.SendOnceAsync(charter.Mailbox, mail, OutboxRow.SentOf(answered)?.InternetMessageId, limit.Token));
        }
        catch (MailRefusedException refused)
        {
            return new SendOutcome.Refused(refused.Message);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MailboxUnavailableException("The mailbox took longer than a mail may take.", null, null, late);
        }
    }

    /// <returns>The row's new tag, or null when another worker was faster.</returns>
    private async Task<ETag?> ClaimAsync(TableEntity row, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _table.UpdateEntityAsync(
                OutboxRow.Claimed(row, worker, clock.GetUtcNow() + Lease), row.ETag, TableUpdateMode.Merge, cancellationToken);
            return answer.Headers.ETag;
        }
        catch (RequestFailedException lost) when (lost.Status == 412)
        {
            return null;
        }
    }

    /// <summary>Lets the next try come before the lease is over. Written also when the caller has given up.</summary>
    private Task<Response> ReleaseAsync(TableEntity row, ETag claim) => _table.UpdateEntityAsync(
        OutboxRow.Released(row, clock.GetUtcNow()), claim, TableUpdateMode.Merge, CancellationToken.None);

    /// <summary>Writes how it ended and takes the mail off the list of those that wait, both or neither.</summary>
    private async Task<SendOutcome> SettleAsync(
        Charter charter, OutgoingMail mail, TableEntity end, ETag claim, SendOutcome outcome, CancellationToken cancellationToken)
    {
        try
        {
            await _table.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.UpdateMerge, end, claim),
                new(TableTransactionActionType.Delete, WaitingTwin(end), ETag.All),
                .. OutboxRow.WaysBack(mail.Key, end, outcome)
                    .Concat(mail.CopyErasedWith is not null && outcome is SendOutcome.Sent
                        ? [CopyRow(charter.Id, mail, charter.Mailbox)]
                        : [])
                    .Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)),
            ], cancellationToken);
            return outcome;
        }
        catch (RequestFailedException lost) when (lost.Status is 404 or 412)
        {
            return await LeftToAnotherAsync(charter.Id, mail.Key, cancellationToken);
        }
    }

    private async Task<SendOutcome> LeftToAnotherAsync(
        string committee, string key, CancellationToken cancellationToken) =>
        await RowAsync(committee, key, cancellationToken) is { } row && EndOrLease(row) is { } outcome
            ? outcome
            : new SendOutcome.Busy(clock.GetUtcNow());

    private async Task<bool> IsUselessAsync(string committee, TableEntity row, CancellationToken cancellationToken)
    {
        var mail = OutboxRow.Read(row).Mail;
        var address = mail.To is [var to, ..] ? to.Address : null;
        return (await useless(committee, [new(mail.Key, address)], cancellationToken)).Count > 0;
    }

    /// <summary>Takes mails that nobody has set out to send off the list on which they wait.</summary>
    /// <param name="listed">The rows that list them.</param>
    /// <param name="over">Tag of the row of the mail, where there is one mail.</param>
    /// <returns>False when one is listed no more, or its row was changed; nothing was written then.</returns>
    private async Task<bool> TryDropAsync(
        IReadOnlyList<TableEntity> listed, ETag over, CancellationToken cancellationToken)
    {
        try
        {
            await _table.SubmitTransactionAsync(
                listed.SelectMany(twin => (TableTransactionAction[])
                [
                    new(TableTransactionActionType.Delete, twin, ETag.All),
                    new(TableTransactionActionType.UpdateMerge, OutboxRow.Dropped(twin, clock.GetUtcNow()), over),
                ]),
                cancellationToken);
            return true;
        }
        catch (RequestFailedException lost) when (lost.Status is 404 or 412)
        {
            return false;
        }
    }

    /// <summary>How it ended, or which other worker's lease is on it; null when it is free to be sent.</summary>
    private SendOutcome? EndOrLease(TableEntity row) =>
        OutboxRow.EndOf(row)
            ?? (OutboxRow.LeaseOf(row, worker) is { } until && until > clock.GetUtcNow() ? new SendOutcome.Busy(until) : null);

    private async Task<TableEntity?> RowAsync(string committee, string key, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(
            committee, Keys.OutboxMail(key), cancellationToken: cancellationToken);
        return row.HasValue ? row.Value : null;
    }

    /// <returns>False when one of the mails was queued before; nothing was written then.</returns>
    private async Task<bool> TryAddAsync(TableEntity[] rows, CancellationToken cancellationToken)
    {
        try
        {
            await _table.SubmitTransactionAsync(
                rows.SelectMany(row => (TableTransactionAction[])
                [
                    new(TableTransactionActionType.Add, row),
                    new(
                        TableTransactionActionType.Add,
                        OutboxRow.BulkOf(row) is { } since ? BulkTwin(row, since) : WaitingTwin(row)),
                ]),
                cancellationToken);
            return true;
        }
        catch (RequestFailedException taken) when (taken.Status == 409)
        {
            return false;
        }
    }

    private static TableEntity BulkTwin(TableEntity row, DateTimeOffset since) =>
        new(row.PartitionKey, Keys.OutboxBulk(since, row.RowKey)) { ["v"] = 1 };

    private static TableEntity WaitingTwin(TableEntity row) =>
        new(row.PartitionKey, Keys.OutboxWaiting(row.RowKey)) { ["v"] = 1 };
}
