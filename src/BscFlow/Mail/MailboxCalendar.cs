using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using BscFlow.Storage;

namespace BscFlow.Mail;

/// <summary>When a mailbox is next to be looked at.</summary>
/// <param name="Look">When it is read without a notification.</param>
/// <param name="Renew">When Graph is asked to go on telling of its mail.</param>
/// <param name="Told">Until when Graph can be expected to tell of its mail; null: it is not expected to.</param>
public sealed record MailboxDue(string Address, DateTimeOffset Look, DateTimeOffset Renew, DateTimeOffset? Told = null);

/// <summary>
/// When each mailbox is due: a row a mailbox, so that a tick asks one question whatever the number of committees.
/// </summary>
public sealed class MailboxCalendar(TableServiceClient tables)
{
    private readonly TableClient _table = tables.GetTableClient(Keys.MailTable);

    /// <summary>The mailboxes that are due at a moment.</summary>
    public IAsyncEnumerable<MailboxDue> DueAsync(DateTimeOffset now, CancellationToken cancellationToken) => ReadAsync(
        TableClient.CreateQueryFilter(
            $"PartitionKey eq {Keys.MailboxesPartition} and (Look le {now} or Renew le {now})"),
        cancellationToken);

    /// <summary>Enters a mailbox, which is due at once; one that is there is left as it is.</summary>
    public async Task EnterAsync(string address, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var due = new TableEntity(Keys.MailboxesPartition, Keys.MailboxDue(address))
        {
            ["v"] = 1,
            [nameof(MailboxDue.Address)] = address,
            [nameof(MailboxDue.Look)] = now,
            [nameof(MailboxDue.Renew)] = now,
        };
        try
        {
            await _table.AddEntityAsync(due, cancellationToken);
        }
        catch (RequestFailedException known) when (known.Status == 409)
        {
            // As almost always.
        }
    }

    /// <summary>Puts off what is given.</summary>
    public Task PutOffAsync(string address, DateTimeOffset? look, DateTimeOffset? renew, CancellationToken cancellationToken) =>
        ChangeAsync(address, look, renew, told: null, cancellationToken);

    /// <summary>Puts off the next renewal of a mailbox that has just been renewed.</summary>
    /// <param name="told">Until when Graph tells of its mail.</param>
    public Task RenewedAsync(string address, DateTimeOffset next, DateTimeOffset told, CancellationToken cancellationToken) =>
        ChangeAsync(address, look: null, next, told, cancellationToken);

    /// <summary>
    /// Has a mailbox read by the clock alone from now on, because Graph does not tell of its mail, or tells late.
    /// </summary>
    public Task DistrustAsync(string address, DateTimeOffset now, CancellationToken cancellationToken) =>
        ChangeAsync(address, now + CollectMail.Interval, renew: null, told: now, cancellationToken);

    public Task RemoveAsync(string address, CancellationToken cancellationToken) => _table.DeleteEntityAsync(
        Keys.MailboxesPartition, Keys.MailboxDue(address), ETag.All, cancellationToken);

    /// <summary>Changes what is given, and nothing of a mailbox that nobody uses any more.</summary>
    private async Task ChangeAsync(
        string address, DateTimeOffset? look, DateTimeOffset? renew, DateTimeOffset? told, CancellationToken cancellationToken)
    {
        var change = new TableEntity(Keys.MailboxesPartition, Keys.MailboxDue(address));
        (string Name, DateTimeOffset? At)[] given =
            [(nameof(MailboxDue.Look), look), (nameof(MailboxDue.Renew), renew), (nameof(MailboxDue.Told), told)];
        foreach (var (name, at) in given.Where(one => one.At is not null))
        {
            change[name] = at;
        }

        try
        {
            await _table.UpdateEntityAsync(change, ETag.All, TableUpdateMode.Merge, cancellationToken);
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            // Its last charter went while its step was on the way.
        }
    }

    private async IAsyncEnumerable<MailboxDue> ReadAsync(
        string filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return new(
                row.GetString(nameof(MailboxDue.Address)),
                row.GetDateTimeOffset(nameof(MailboxDue.Look))!.Value,
                row.GetDateTimeOffset(nameof(MailboxDue.Renew))!.Value,
                row.GetDateTimeOffset(nameof(MailboxDue.Told)));
        }
    }
}
