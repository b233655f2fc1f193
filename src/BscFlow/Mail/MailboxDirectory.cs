using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using BscFlow.Committee;
using BscFlow.Storage;
using BscFlow.Telemetry;
using Microsoft.Extensions.Logging;

namespace BscFlow.Mail;

/// <summary>A mailbox and the committees that use it.</summary>
/// <param name="Address">As the first of their charters writes it.</param>
/// <param name="Charters">By id; at least one.</param>
/// <param name="Unusable">Ids of those that are noted as using it and whose charters are not valid.</param>
public sealed record SharedMailbox(string Address, IReadOnlyList<Charter> Charters, IReadOnlyList<string> Unusable)
{
    /// <summary>The mailbox as it may stand in a log, which holds no address.</summary>
    public string Committees => string.Join(", ", Charters.Select(charter => charter.Id));
}

/// <summary>Which committees use which mailbox.</summary>
/// <remarks>
/// A row for each, in the mailbox's partition, so that to look into one mailbox costs the charters of those who use it and not
/// those of all. The charters themselves are as they are in storage, and a row that they no longer agree with goes.
/// </remarks>
public sealed partial class MailboxDirectory(
    CharterStore charters, TableServiceClient tables, TimeProvider clock, ILogger<MailboxDirectory> log)
{
    private const int AtOnce = 8;

    /// <summary>How long this process trusts that a row which it wrote is there.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private readonly TableClient _table = tables.GetTableClient(Keys.MailTable);
    private readonly ConcurrentDictionary<(string Committee, string Mailbox), DateTimeOffset> _entered = new();

    /// <summary>Notes which mailbox a committee uses.</summary>
    /// <returns>False when this process has done so of late.</returns>
    public async Task<bool> EnterAsync(Charter charter, CancellationToken cancellationToken)
    {
        var (use, now) = ((charter.Id, charter.Mailbox), clock.GetUtcNow());
        if (_entered.TryGetValue(use, out var at) && now - at < Memory)
        {
            return false;
        }

        await _table.UpsertEntityAsync(
            new TableEntity(Keys.MailboxPartition(charter.Mailbox), Keys.MailboxUser(charter.Id)) { ["v"] = 1 },
            TableUpdateMode.Replace,
            cancellationToken);
        _entered[use] = now;
        return true;
    }

    /// <summary>Null when no committee uses it that has a valid charter.</summary>
    public async Task<SharedMailbox?> FindAsync(string address, CancellationToken cancellationToken)
    {
        List<string> noted = [];
        var (partition, start, end) = (Keys.MailboxPartition(address), Keys.MailboxUserStart, Keys.MailboxUserEnd);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {start} and RowKey lt {end}");
        await foreach (var row in _table.QueryAsync<TableEntity>(
            filter, select: [nameof(TableEntity.RowKey)], cancellationToken: cancellationToken))
        {
            noted.Add(Keys.MailboxUserIn(row.RowKey));
        }

        var (users, unusable) = await UsersAsync(address, noted, cancellationToken);
        foreach (var former in noted.Except(users.Select(charter => charter.Id)).Except(unusable))
        {
            await _table.DeleteEntityAsync(
                Keys.MailboxPartition(address), Keys.MailboxUser(former), ETag.All, cancellationToken);
        }

        if (users is [])
        {
            // Nobody has ticked for it yet, or nobody uses it any more.
            var all = await charters.ListAsync(cancellationToken).ToListAsync(cancellationToken);
            (users, _) = await UsersAsync(address, all, cancellationToken);
            foreach (var charter in users)
            {
                await EnterAsync(charter, cancellationToken);
            }
        }

        return users is [var first, ..] ? new(first.Mailbox, users, unusable) : null;
    }

    /// <summary>Those of the committees that use it, by id; and of which of them nobody can tell.</summary>
    private async Task<(IReadOnlyList<Charter> Users, IReadOnlyList<string> Unusable)> UsersAsync(
        string address, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        ConcurrentBag<Charter> read = [];
        ConcurrentBag<string> unusable = [];
        await Parallel.ForEachAsync(
            ids,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (id, token) =>
            {
                try
                {
                    if (await charters.FindAsync(id, token) is { } charter)
                    {
                        read.Add(charter);
                    }
                }
                catch (InvalidCharterException invalid)
                {
                    var errors = ErrorWords.Of(invalid);
                    LogInvalidCharter(id, errors);
                    unusable.Add(id);
                }
            });
        List<Charter> users =
        [
            .. read.Where(charter => charter.Mailbox.Equals(address, StringComparison.OrdinalIgnoreCase))
                .OrderBy(charter => charter.Id, StringComparer.Ordinal),
        ];
        return (users, [.. unusable.Order(StringComparer.Ordinal)]);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The charter of {Committee} cannot be used: {Errors}")]
    private partial void LogInvalidCharter(string committee, string errors);
}
