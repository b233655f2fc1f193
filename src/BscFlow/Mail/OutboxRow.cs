using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;
using BscFlow.Storage;

namespace BscFlow.Mail;

/// <summary>A mail that does not fit a row of the outbox, whose limit is a table entity's.</summary>
/// <param name="size">Bytes of the mail, compressed.</param>
public sealed class MailTooLargeException(string key, int size)
    : Exception(string.Create(
        CultureInfo.InvariantCulture,
        $"The mail {key} has {size} bytes when compressed; the outbox takes {OutboxRow.MaxBytes} at most."))
{
    public string Key { get; } = key;

    public int Size { get; } = size;
}

/// <summary>One mail as its row in the Outbox table.</summary>
/// <remarks>The mail is Brotli-compressed JSON, cut into binary columns: one may hold 64 KiB, a whole row 1 MiB.</remarks>
internal static class OutboxRow
{
    private const string LeasedBy = "LeasedBy";
    private const string LeasedUntil = "LeasedUntil";

    private const string Body = "Body";
    private const int BodyBytes = 60 * 1024;
    private const int Bodies = 16;

    public const int MaxBytes = BodyBytes * Bodies;

    /// <summary>What the row and its waiting twin add to a transaction beside the mail.</summary>
    private const int Overhead = 4096;

    // A table takes 100 operations and 4 MiB at once; a mail is two operations.
    private const int MailsInTransaction = 50;
    private const int BytesInTransaction = 4_000_000;

    private const int LongestReason = 1000;

    /// <exception cref="ArgumentException">The key is empty, not in lower case, or too long.</exception>
    /// <exception cref="MailTooLargeException"></exception>
    public static TableEntity Write(string committee, OutgoingMail mail, DateTimeOffset now)
    {
        // Graph matches the key without regard to case.
        if (mail.Key.Length == 0
            || mail.Key.Any(char.IsUpper)
            || Keys.OutboxBulk(now, Keys.OutboxMail(mail.Key)).Length > Keys.LongestRow)
        {
            throw new ArgumentException($"Not a key for a mail: '{mail.Key}'", nameof(mail));
        }

        var compressed = Compress(mail);
        if (compressed.Length > MaxBytes)
        {
            throw new MailTooLargeException(mail.Key, compressed.Length);
        }

        var row = new TableEntity(committee, Keys.OutboxMail(mail.Key))
        {
            ["v"] = 1,
            [nameof(OutgoingMail.Subject)] = mail.Subject,
            [nameof(QueuedMail.QueuedAt)] = now,
            [nameof(QueuedMail.Attempts)] = 0,
            [nameof(OutgoingMail.Bulk)] = mail.Bulk,
        };
        foreach (var (index, part) in compressed.Chunk(BodyBytes).Index())
        {
            row[Body + index] = part;
        }

        return row;
    }

    /// <summary>The rows in groups that one transaction takes together with their waiting twins.</summary>
    public static IEnumerable<TableEntity[]> Transactions(IEnumerable<TableEntity> rows)
    {
        List<TableEntity> batch = [];
        var bytes = 0;
        foreach (var row in rows)
        {
            var size = SizeInTransaction(row);
            if (batch.Count == MailsInTransaction || (batch.Count > 0 && bytes + size > BytesInTransaction))
            {
                yield return [.. batch];
                batch.Clear();
                bytes = 0;
            }

            batch.Add(row);
            bytes += size;
        }

        if (batch.Count > 0)
        {
            yield return [.. batch];
        }
    }

    public static TableEntity Claimed(TableEntity row, WorkerProcess worker, DateTimeOffset until) =>
        new(row.PartitionKey, row.RowKey)
        {
            [LeasedBy] = worker.Name,
            [LeasedUntil] = until,
            [nameof(QueuedMail.Attempts)] = AttemptsOf(row) + 1,
        };

    public static TableEntity Released(TableEntity row, DateTimeOffset now) =>
        new(row.PartitionKey, row.RowKey) { [LeasedUntil] = now };

    /// <remarks>
    /// Of a mail that has left the words are forgotten: they may hold a link that opens something, or how somebody voted.
    /// </remarks>
    public static TableEntity Ended(TableEntity row, SendOutcome outcome, DateTimeOffset now)
    {
        var end = new TableEntity(row.PartitionKey, row.RowKey);
        switch (outcome)
        {
            case SendOutcome.Sent { Mail: var sent }:
                end[nameof(QueuedMail.SentAt)] = now;
                end[nameof(SentMail.InternetMessageId)] = sent.InternetMessageId;
                end[nameof(SentMail.ConversationId)] = sent.ConversationId;
                foreach (var (index, _) in Parts(row).Index())
                {
                    end[Body + index] = index == 0
                        ? Compress(Decompress(row) with { Html = "", Text = "" })
                        : Array.Empty<byte>();
                }

                return end;
            case SendOutcome.Refused { Reason: var reason }:
                end[nameof(QueuedMail.Refused)] = reason.Length > LongestReason ? reason[..LongestReason] : reason;
                return end;
            default:
                throw new ArgumentException($"No end of a mail: {outcome}", nameof(outcome));
        }
    }

    /// <summary>Of a mail that lost its use before anybody set out to send it.</summary>
    /// <param name="twin">A row that lists it.</param>
    public static TableEntity Dropped(TableEntity twin, DateTimeOffset now) =>
        new(twin.PartitionKey, Keys.OutboxMailIn(twin.RowKey)) { [nameof(QueuedMail.DroppedAt)] = now };

    /// <summary>Rows by which an answer to a mail that has left finds what it answers.</summary>
    public static IEnumerable<TableEntity> WaysBack(string key, TableEntity end, SendOutcome outcome)
    {
        if (outcome is SendOutcome.Sent { Mail: var sent })
        {
            yield return Way(Keys.OutboxSent(sent.InternetMessageId));
            if (sent.ConversationId is { } conversation)
            {
                yield return Way(Keys.OutboxConversation(conversation));
            }
        }

        TableEntity Way(string row) => new(end.PartitionKey, row) { ["v"] = 1, [nameof(OutgoingMail.Key)] = key };
    }

    /// <summary>What <see cref="Ended"/> or <see cref="Dropped"/> wrote; null while the mail waits.</summary>
    public static SendOutcome? EndOf(TableEntity row) =>
        SentOf(row) is { } sent ? new SendOutcome.Sent(sent) { Before = true }
        : row.GetString(nameof(QueuedMail.Refused)) is { } reason ? new SendOutcome.Refused(reason)
        : row.GetDateTimeOffset(nameof(QueuedMail.DroppedAt)) is not null ? new SendOutcome.Dropped()
        : null;

    /// <summary>How often a worker set out to send it.</summary>
    public static int AttemptsOf(TableEntity row) => row.GetInt32(nameof(QueuedMail.Attempts))!.Value;

    /// <summary>As <see cref="OutgoingMail.Bulk"/>.</summary>
    public static DateTimeOffset? BulkOf(TableEntity row) => row.GetDateTimeOffset(nameof(OutgoingMail.Bulk));

    /// <summary>Until when another worker has the mail.</summary>
    public static DateTimeOffset? LeaseOf(TableEntity row, WorkerProcess worker) =>
        row.GetString(LeasedBy) == worker.Name ? null : row.GetDateTimeOffset(LeasedUntil);

    public static SentMail? SentOf(TableEntity? row) =>
        row?.GetString(nameof(SentMail.InternetMessageId)) is { } id
            ? new(id, row.GetString(nameof(SentMail.ConversationId)))
            : null;

    public static QueuedMail Read(TableEntity row) => new()
    {
        Mail = Decompress(row),
        QueuedAt = row.GetDateTimeOffset(nameof(QueuedMail.QueuedAt))!.Value,
        Attempts = AttemptsOf(row),
        Sent = SentOf(row),
        SentAt = row.GetDateTimeOffset(nameof(QueuedMail.SentAt)),
        Refused = row.GetString(nameof(QueuedMail.Refused)),
        DroppedAt = row.GetDateTimeOffset(nameof(QueuedMail.DroppedAt)),
    };

    /// <summary>Bytes that the row takes in the text of a transaction, where binary stands as Base64.</summary>
    private static int SizeInTransaction(TableEntity row) =>
        Overhead + Parts(row).Sum(part => (part.Length + 2) / 3 * 4);

    private static byte[] Compress(OutgoingMail mail)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.Optimal))
        {
            JsonSerializer.Serialize(brotli, mail, OutboxJson.Default.OutgoingMail);
        }

        return compressed.ToArray();
    }

    private static OutgoingMail Decompress(TableEntity row)
    {
        using var compressed = new MemoryStream([.. Parts(row).SelectMany(part => part)]);
        using var brotli = new BrotliStream(compressed, CompressionMode.Decompress);
        return JsonSerializer.Deserialize(brotli, OutboxJson.Default.OutgoingMail)!;
    }

    private static IEnumerable<byte[]> Parts(TableEntity row) =>
        Enumerable.Range(0, Bodies).Select(index => row.GetBinary(Body + index)).TakeWhile(part => part is not null);
}

[JsonSerializable(typeof(OutgoingMail))]
internal sealed partial class OutboxJson : JsonSerializerContext;
