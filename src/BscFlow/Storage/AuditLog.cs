using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
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

/// <summary>A committee's events, each with the hash of the one before it: a changed or missing event shows.</summary>
public sealed class AuditLog(TableServiceClient tables, TimeProvider clock)
{
    private const string Head = "head";

    private readonly TableClient _table = tables.GetTableClient(Keys.AuditTable);

    /// <summary>Writes an event, unless one with the same name and subject is on record already.</summary>
    /// <remarks>Steps run again after a crash; what happened once is written once.</remarks>
    public async Task AppendOnceAsync(
        string committee, string @event, string subject, string who, string detail, CancellationToken cancellationToken)
    {
        while (true)
        {
            var head = await _table.GetEntityIfExistsAsync<TableEntity>(committee, Head, cancellationToken: cancellationToken);
            var last = head.HasValue ? head.Value!.GetInt64("Sequence")!.Value : 0;
            var previous = head.HasValue ? head.Value!.GetString("Hash") : "";

            var entry = new AuditEntry(last + 1, clock.GetUtcNow(), @event, subject, who, detail, "");
            entry = entry with { Hash = entry.HashAfter(previous) };
            var newHead = new TableEntity(committee, Head) { ["v"] = 1, ["Sequence"] = entry.Sequence, ["Hash"] = entry.Hash };

            try
            {
                await _table.SubmitTransactionAsync(
                [
                    new(TableTransactionActionType.Add, Row(committee, entry)),
                    new(TableTransactionActionType.Add, new TableEntity(committee, Keys.AuditOnce(@event, subject)) { ["v"] = 1 }),
                    head.HasValue
                        ? new(TableTransactionActionType.UpdateReplace, newHead, head.Value!.ETag)
                        : new(TableTransactionActionType.Add, newHead),
                ], cancellationToken);
                return;
            }
            catch (RequestFailedException lost) when (lost.Status is 409 or 412)
            {
                var once = await _table.GetEntityIfExistsAsync<TableEntity>(
                    committee, Keys.AuditOnce(@event, subject), cancellationToken: cancellationToken);
                if (once.HasValue)
                {
                    return;
                }
            }
        }
    }

    /// <summary>All events in their order.</summary>
    public async IAsyncEnumerable<AuditEntry> ReadAsync(
        string committee, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {committee} and RowKey ge {Keys.AuditEntry(0)} and RowKey lt {Keys.AuditEnd}");
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return new AuditEntry(
                row.GetInt64("Sequence")!.Value,
                row.GetDateTimeOffset("At")!.Value,
                row.GetString("Event"),
                row.GetString("Subject"),
                row.GetString("Who"),
                row.GetString("Detail"),
                row.GetString("Hash"));
        }
    }

    /// <summary>The first event whose hash does not follow from those before it, or null when the chain holds.</summary>
    public async Task<long?> FindBreakAsync(string committee, CancellationToken cancellationToken)
    {
        var (sequence, hash) = (0L, "");
        await foreach (var entry in ReadAsync(committee, cancellationToken))
        {
            if (entry.Sequence != sequence + 1 || entry.Hash != entry.HashAfter(hash))
            {
                return sequence + 1;
            }

            (sequence, hash) = (entry.Sequence, entry.Hash);
        }

        var head = await _table.GetEntityIfExistsAsync<TableEntity>(committee, Head, cancellationToken: cancellationToken);
        var expected = head.HasValue ? head.Value!.GetString("Hash") : "";
        return expected == hash ? null : sequence + 1;
    }

    private static TableEntity Row(string committee, AuditEntry entry) => new(committee, Keys.AuditEntry(entry.Sequence))
    {
        ["v"] = 1,
        ["Sequence"] = entry.Sequence,
        ["At"] = entry.At,
        ["Event"] = entry.Event,
        ["Subject"] = entry.Subject,
        ["Who"] = entry.Who,
        ["Detail"] = entry.Detail,
        ["Hash"] = entry.Hash,
    };
}
