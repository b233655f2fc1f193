using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;

namespace BscFlow.Storage;

/// <summary>One event on record.</summary>
/// <param name="Sequence">1 for a committee's first event, without gaps.</param>
/// <param name="Event">What happened: <c>minutes-published</c>.</param>
/// <param name="Subject">To what: <c>0062</c>.</param>
/// <param name="Who">Address of a person, or <c>clock</c>.</param>
/// <param name="Detail">Free text, kept as it is.</param>
/// <param name="Hash">SHA-256 over the event and the hash of the one before it, in hexadecimal.</param>
public sealed record AuditEntry(
    long Sequence, DateTimeOffset At, string Event, string Subject, string Who, string Detail, string Hash)
{
    internal string HashAfter(string previous)
    {
        // Lengths stand before the fields, so that no two events have the same text.
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{previous}\n{Sequence}\n{At.UtcTicks}\n{Event.Length}:{Event}{Subject.Length}:{Subject}{Who.Length}:{Who}{Detail}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}

/// <summary>An event that happened and is to be put on record.</summary>
internal sealed record AuditEvent(string Event, string Subject, string Who, string Detail)
{
    public string OnceRow => Keys.AuditOnce(Event, Subject);
}

/// <summary>A committee's events, each with the hash of the one before it: a changed or missing event shows.</summary>
public sealed class AuditLog(TableServiceClient tables, TimeProvider clock)
{
    private readonly TableClient _table = tables.GetTableClient(Keys.AuditTable);
    private readonly ConcurrentDictionary<string, AuditWriter> _writers = new(StringComparer.Ordinal);

    /// <summary>Writes an event, unless one with the same name and subject is on record already.</summary>
    /// <remarks>Steps run again after a crash; what happened once is written once.</remarks>
    /// <param name="cancellationToken">Ends the wait; the event may be written all the same.</param>
    public Task AppendOnceAsync(
        string committee, string @event, string subject, string who, string detail, CancellationToken cancellationToken) =>
        _writers
            .GetOrAdd(committee, id => new AuditWriter(_table, id, clock))
            .AppendOnceAsync(new AuditEvent(@event, subject, who, detail))
            .WaitAsync(cancellationToken);

    /// <summary>All events in their order.</summary>
    public async IAsyncEnumerable<AuditEntry> ReadAsync(
        string committee, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {committee} and RowKey ge {Keys.AuditEntry(0)} and RowKey lt {Keys.AuditEnd}");
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return AuditRow.Read(row);
        }
    }

    /// <summary>The last events before one, the latest first.</summary>
    /// <param name="before">Sequence of that event; null: the last of all.</param>
    public async Task<IReadOnlyList<AuditEntry>> LatestAsync(
        string committee, long? before, int most, CancellationToken cancellationToken)
    {
        var end = Math.Max(0, before ?? (await HeadAsync(committee, cancellationToken)).Sequence + 1);
        var (first, behind) = (Keys.AuditEntry(Math.Max(0, end - most)), Keys.AuditEntry(end));
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {committee} and RowKey ge {first} and RowKey lt {behind}");
        var entries = new List<AuditEntry>();
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            entries.Add(AuditRow.Read(row));
        }

        entries.Reverse();
        return entries;
    }

    /// <summary>The first event that does not follow from those before it, or null when the chain holds.</summary>
    /// <param name="look">Is given each event that is there, also those behind a break.</param>
    public async Task<long?> FindBreakAsync(string committee, Action<AuditEntry> look, CancellationToken cancellationToken)
    {
        var (sequence, hash, broken) = (0L, "", (long?)null);
        await foreach (var entry in ReadAsync(committee, cancellationToken))
        {
            look(entry);
            if (entry.Sequence != sequence + 1 || entry.Hash != entry.HashAfter(hash))
            {
                broken ??= sequence + 1;
            }

            (sequence, hash) = (entry.Sequence, entry.Hash);
        }

        return broken ?? (await HeadAsync(committee, cancellationToken) == (sequence, hash) ? null : sequence + 1);
    }

    private async Task<(long Sequence, string Hash)> HeadAsync(string committee, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(
            committee, Keys.AuditHead, cancellationToken: cancellationToken);
        return row.HasValue ? AuditRow.ReadHead(row.Value!) : AuditRow.NoHead;
    }
}
