using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using BscFlow.Storage;

namespace BscFlow.Mail;

/// <summary>When a mailbox is next to be looked at.</summary>
/// <param name="Look">When it is read without a notification.</param>
/// <param name="Renew">When Graph is asked to go on telling of its mail.</param>
public sealed record MailboxDue(string Address, DateTimeOffset Look, DateTimeOffset Renew);

/// <summary>When each mailbox is due: a row a mailbox, so that a tick asks one question whatever the number of committees.</summary>
public sealed class MailboxCalendar(TableServiceClient tables)
{
    private readonly TableClient _table = tables.GetTableClient(Keys.MailTable);

    /// <summary>The mailboxes that are due at a moment.</summary>
    public IAsyncEnumerable<MailboxDue> DueAsync(DateTimeOffset now, CancellationToken cancellationToken) => ReadAsync(
        TableClient.CreateQueryFilter(
            $"PartitionKey eq {Keys.MailboxesPartition} and (Look le {now} or Renew le {now})"),
        cancellationToken);

    /// <summary>All mailboxes that are looked at.</summary>
    public IAsyncEnumerable<MailboxDue> AllAsync(CancellationToken cancellationToken) =>
        ReadAsync(TableClient.CreateQueryFilter($"PartitionKey eq {Keys.MailboxesPartition}"), cancellationToken);

    public Task SaveAsync(MailboxDue due, CancellationToken cancellationToken) => _table.UpsertEntityAsync(
        new TableEntity(Keys.MailboxesPartition, Keys.MailboxDue(due.Address))
        {
            ["v"] = 1,
            [nameof(MailboxDue.Address)] = due.Address,
            [nameof(MailboxDue.Look)] = due.Look,
            [nameof(MailboxDue.Renew)] = due.Renew,
        },
        TableUpdateMode.Replace,
        cancellationToken);

    /// <summary>Puts off the next renewal of a mailbox that has just been renewed.</summary>
    public Task RenewedAsync(string address, DateTimeOffset next, CancellationToken cancellationToken) => _table.UpsertEntityAsync(
        new TableEntity(Keys.MailboxesPartition, Keys.MailboxDue(address)) { [nameof(MailboxDue.Renew)] = next },
        TableUpdateMode.Merge,
        cancellationToken);

    public Task RemoveAsync(MailboxDue due, CancellationToken cancellationToken) => _table.DeleteEntityAsync(
        Keys.MailboxesPartition, Keys.MailboxDue(due.Address), ETag.All, cancellationToken);

    private async IAsyncEnumerable<MailboxDue> ReadAsync(
        string filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return new(
                row.GetString(nameof(MailboxDue.Address)),
                row.GetDateTimeOffset(nameof(MailboxDue.Look))!.Value,
                row.GetDateTimeOffset(nameof(MailboxDue.Renew))!.Value);
        }
    }
}
