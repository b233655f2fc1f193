using Azure;
using Azure.Data.Tables;
using BscFlow.Committee;
using BscFlow.Storage;

namespace BscFlow.Mail;

public sealed partial class Outbox
{
    /// <summary>Released mails of which so many have not left show that the mailbox takes none: no more are released.</summary>
    private const int MostReleased = 2 * MailPace.AMinute;

    /// <summary>Where all that come first lost their use, so many are looked at together.</summary>
    private const int MostDropped = 1_000;

    /// <summary>A hundred thousand mails to a vote that was withdrawn take some of the looks of a minute each.</summary>
    private const int DroppingRounds = 20;

    /// <summary>A transaction takes 100 operations; a mail is two.</summary>
    private const int DroppedInTransaction = 50;

    /// <summary>How long to wait where the mailbox takes no mail.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Lets as many of the mails to many leave as their mailbox may send now: from then on they wait as any mail does. Safe to
    /// run again, and on several machines.
    /// </summary>
    /// <param name="waiting">How many mails wait already.</param>
    /// <returns>The keys of those that were let go, and from when on more may be; null when there are no more.</returns>
    public async Task<(IReadOnlyList<string> Keys, DateTimeOffset? Next)> ReleaseAsync(
        Charter charter, int waiting, CancellationToken cancellationToken)
    {
        var first = await FirstOfUseAsync(charter.Id, MailPace.AMinute + 1, cancellationToken);
        if (first is [])
        {
            return ([], null);
        }

        if (first is null || waiting >= MostReleased)
        {
            return ([], clock.GetUtcNow() + Pause);
        }

        var (granted, next) = await paces.TakeAsync(charter.Mailbox, Math.Min(first.Count, MailPace.AMinute), cancellationToken);
        var released = first.Take(granted).ToList();
        if (released.Count > 0 && !await TryReleaseAsync(charter.Id, released, cancellationToken))
        {
            // Another machine let them go; what was taken for them is not given back.
            released.Clear();
        }

        return ([.. released.Select(Keys.OutboxKey)], first.Count > granted ? next : null);
    }

    /// <summary>From when on mails to many may be let go; null when there are none.</summary>
    public async Task<DateTimeOffset?> NextReleaseAsync(Charter charter, CancellationToken cancellationToken) =>
        await FirstBulkAsync(charter.Id, 1, cancellationToken) is []
            ? null
            : (await paces.TakeAsync(charter.Mailbox, wanted: 0, cancellationToken)).Next;

    /// <summary>
    /// Which of the mails of a kind about a motion are let go already; the others wait, and are not read for it.
    /// </summary>
    /// <param name="since">As <see cref="OutgoingMail.Bulk"/> of each of them.</param>
    /// <param name="start">How their keys begin.</param>
    /// <returns>Whether the mail of a key is.</returns>
    public async Task<Func<string, bool>> LetGoAsync(
        string committee, DateTimeOffset since, string start, CancellationToken cancellationToken)
    {
        var from = Keys.OutboxBulk(since, Keys.OutboxMail(start));
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {committee} and RowKey ge {from} and RowKey lt {from + "~"}");
        var next = await _table
            .QueryAsync<TableEntity>(filter, maxPerPage: 1, select: [nameof(TableEntity.RowKey)], cancellationToken)
            .Select(row => row.RowKey)
            .FirstOrDefaultAsync(cancellationToken);

        // They are let go in the order of their rows.
        return key => next is null || string.CompareOrdinal(Keys.OutboxBulk(since, Keys.OutboxMail(key)), next) < 0;
    }

    /// <summary>
    /// The first mails to many, of which those are dropped that lost their use: they would take the turn of others, for days.
    /// </summary>
    /// <returns>Null where so many were dropped that the rest is for the next time.</returns>
    private async Task<IReadOnlyList<string>?> FirstOfUseAsync(string committee, int most, CancellationToken cancellationToken)
    {
        for (var (round, looked) = (0, most); round < DroppingRounds; round++)
        {
            var first = await FirstBulkAsync(committee, looked, cancellationToken);
            var dropped = await useless(
                committee, [.. first.Select(row => new WaitingMail(Keys.OutboxKey(row), Address: null))], cancellationToken);
            if (dropped.Count == 0)
            {
                return [.. first.Take(most)];
            }

            // Where another machine was faster, the next look shows what is left.
            await Task.WhenAll(first
                .Where(row => dropped.Contains(Keys.OutboxKey(row)))
                .Select(row => new TableEntity(committee, row))
                .Chunk(DroppedInTransaction)
                .Select(some => TryDropAsync(some, ETag.All, cancellationToken)));
            looked = dropped.Count == first.Count ? MostDropped : most;
        }

        return null;
    }

    private async Task<IReadOnlyList<string>> FirstBulkAsync(string committee, int most, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {committee} and RowKey ge {Keys.OutboxBulkStart} and RowKey lt {Keys.OutboxBulkEnd}");
        return await _table
            .QueryAsync<TableEntity>(filter, most, select: [nameof(TableEntity.RowKey)], cancellationToken)
            .Take(most)
            .Select(row => row.RowKey)
            .ToListAsync(cancellationToken);
    }

    private async Task<bool> TryReleaseAsync(string committee, List<string> rows, CancellationToken cancellationToken)
    {
        try
        {
            await _table.SubmitTransactionAsync(
                rows.SelectMany(row => (TableTransactionAction[])
                [
                    new(TableTransactionActionType.Delete, new TableEntity(committee, row), ETag.All),
                    new(
                        TableTransactionActionType.UpsertReplace,
                        WaitingTwin(new TableEntity(committee, Keys.OutboxMailIn(row)))),
                ]),
                cancellationToken);
            return true;
        }
        catch (RequestFailedException lost) when (lost.Status == 404)
        {
            return false;
        }
    }
}
