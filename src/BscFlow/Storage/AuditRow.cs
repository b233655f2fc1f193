using Azure.Data.Tables;

namespace BscFlow.Storage;

/// <summary>
/// The rows of the audit log: events, the head that the next one follows, and a mark for each event that it is there.
/// </summary>
internal static class AuditRow
{
    /// <summary>The head of a log without events.</summary>
    public static (long Sequence, string Hash) NoHead => (0, "");

    public static TableEntity Write(string committee, AuditEntry entry) => new(committee, Keys.AuditEntry(entry.Sequence))
    {
        ["v"] = 1,
        [nameof(AuditEntry.Sequence)] = entry.Sequence,
        [nameof(AuditEntry.At)] = entry.At,
        [nameof(AuditEntry.Event)] = entry.Event,
        [nameof(AuditEntry.Subject)] = entry.Subject,
        [nameof(AuditEntry.Who)] = entry.Who,
        [nameof(AuditEntry.Detail)] = entry.Detail,
        [nameof(AuditEntry.Hash)] = entry.Hash,
    };

    /// <summary>A row that was tampered with is read as far as it goes: what is missing breaks the chain.</summary>
    public static AuditEntry Read(TableEntity row) => new(
        row.RowKey == Keys.AuditEntry(Whole(row, nameof(AuditEntry.Sequence))) ? Whole(row, nameof(AuditEntry.Sequence)) : 0,
        row.TryGetValue(nameof(AuditEntry.At), out var at) && at is DateTimeOffset moment ? moment : default,
        Text(row, nameof(AuditEntry.Event)),
        Text(row, nameof(AuditEntry.Subject)),
        Text(row, nameof(AuditEntry.Who)),
        Text(row, nameof(AuditEntry.Detail)),
        HashOf(row));

    public static TableEntity WriteHead(string committee, AuditEntry last) => new(committee, Keys.AuditHead)
    {
        ["v"] = 1,
        [nameof(AuditEntry.Sequence)] = last.Sequence,
        [nameof(AuditEntry.Hash)] = last.Hash,
    };

    public static (long Sequence, string Hash) ReadHead(TableEntity row) =>
        (Whole(row, nameof(AuditEntry.Sequence)), HashOf(row));

    public static TableEntity Once(string committee, AuditEvent @event) => new(committee, @event.OnceRow) { ["v"] = 1 };

    /// <summary>No hash where the row is of another version than this.</summary>
    private static string HashOf(TableEntity row) =>
        row.TryGetValue("v", out var version) && version is 1 ? Text(row, nameof(AuditEntry.Hash)) : "";

    private static long Whole(TableEntity row, string column) =>
        row.TryGetValue(column, out var value) && value is long number ? number : 0;

    private static string Text(TableEntity row, string column) =>
        row.TryGetValue(column, out var value) && value is string text ? text : "";
}
