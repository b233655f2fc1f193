using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using BscFlow.Committee;
using BscFlow.Storage;

namespace BscFlow.Exports;

/// <summary>Takes an export back into storage. The charter comes last: until then the committee is not in force.</summary>
public sealed class RestoreCommittee(TableServiceClient tables, BlobServiceClient blobs, Seal seal)
{
    /// <summary>Rows that one transaction may have.</summary>
    private const int MostRows = 100;

    /// <summary>What one transaction may have of text, of which a row's line is a measure.</summary>
    private const int MostBytes = 2_000_000;

    /// <summary>Whether a folder is an export, and not one of minutes.</summary>
    public static bool IsExport(string folder) => File.Exists(Export.PathOf(folder));

    /// <returns>The committee, and how many rows and blobs were written.</returns>
    /// <exception cref="ExportException">
    /// It is not whole, is not this committee's, or the committee is in storage already.
    /// </exception>
    public async Task<(string Committee, int Rows, int Blobs)> RunAsync(string folder, CancellationToken cancellationToken)
    {
        var export = await ReadAsync(folder, cancellationToken);
        var list = await BlobsAsync(folder, export.Committee, cancellationToken);
        var charter = Keys.CharterBlob(export.Committee);
        if (await blobs.GetBlobContainerClient(Keys.ConfigContainer).GetBlobClient(charter).ExistsAsync(cancellationToken))
        {
            throw new ExportException($"storage holds the committee {export.Committee} already");
        }

        // All of it is read and judged before any of it is written; none of it is held in between.
        var all = Keys.Tables
            .Where(table => !ExportCommittee.MadeAgain.Contains(table))
            .Select(table => (Table: table, File: Path.Combine(folder, Export.Tables, $"{table}.jsonl")))
            .Where(entry => File.Exists(entry.File))
            .ToDictionary(entry => entry.Table, entry => ReadRows(entry.Table, entry.File, export.Committee));
        var rows = 0;
        foreach (var table in Keys.Tables.Where(table => !ExportCommittee.MadeAgain.Contains(table)))
        {
            rows += await JudgeAsync(export.Committee, table, all.GetValueOrDefault(table, []), cancellationToken);
        }

        foreach (var (table, found) in all)
        {
            await WriteRowsAsync(tables.GetTableClient(table), found, cancellationToken);
        }

        foreach (var blob in list.OrderBy(blob => $"{export.Committee}/{blob.Name}" == charter))
        {
            await blobs.GetBlobContainerClient(blob.Container).GetBlobClient($"{export.Committee}/{blob.Name}").UploadAsync(
                ExportPath.Of(folder, blob.Container, blob.Name),
                new BlobUploadOptions { HttpHeaders = new() { ContentType = blob.ContentType }, Metadata = blob.Metadata },
                cancellationToken);
        }

        return (export.Committee, rows, list.Count);
    }

    private static async Task<Export> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            var export = JsonSerializer.Deserialize(
                await File.ReadAllBytesAsync(Export.PathOf(folder), cancellationToken), ExportJson.Default.Export);
            return export is not { Committee: not null }
                ? throw new ExportException($"{folder}: names no committee")
                : export.V != Export.Version
                ? throw new ExportException($"{folder}: is of version {export.V}; this program reads {Export.Version}")
                : CharterValues.IsId(export.Committee) ? export
                : throw new ExportException($"{folder}: names no committee");
        }
        catch (JsonException e)
        {
            throw new ExportException($"{Export.PathOf(folder)}: is not JSON", e);
        }
    }

    private static async Task<List<ExportedBlob>> BlobsAsync(string folder, string committee, CancellationToken cancellationToken)
    {
        var list = new List<ExportedBlob>();
        var index = Path.Combine(folder, Export.Blobs);
        if (!File.Exists(index))
        {
            throw new ExportException($"{index}: is not there");
        }

        await foreach (var line in File.ReadLinesAsync(index, cancellationToken))
        {
            var blob = ReadBlob(line) ?? throw new ExportException($"{index}:{list.Count + 1}: is not a blob's line");
            var file = ExportPath.Of(folder, blob.Container, blob.Name);
            if (!Keys.Containers.Contains(blob.Container) || !File.Exists(file))
            {
                throw new ExportException($"{blob.Container}/{blob.Name}: is not there");
            }

            if (await ExportCommittee.HashAsync(file, cancellationToken) != blob.Sha256)
            {
                throw new ExportException($"{blob.Container}/{blob.Name}: was changed since it was exported");
            }

            list.Add(blob);
        }

        return list.Exists(blob => $"{committee}/{blob.Name}" == Keys.CharterBlob(committee))
            ? list
            : throw new ExportException($"{folder}: has no charter");
    }

    private static ExportedBlob? ReadBlob(string line)
    {
        try
        {
            var blob = JsonSerializer.Deserialize(line, ExportJson.Default.ExportedBlob);
            return blob is { Container: not null, Name: not null } ? blob : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// Reads each row of a table, and requires that storage has no other: what the export does not have was written after it was
    /// made, and the audit log would go on behind its end. Both are in the order of their keys.
    /// </summary>
    /// <returns>How many rows there are.</returns>
    private async Task<int> JudgeAsync(
        string committee, string table, IEnumerable<(TableEntity Row, int Bytes)> rows, CancellationToken cancellationToken)
    {
        var count = 0;
        using var next = rows.GetEnumerator();
        await foreach (var there in tables.GetTableClient(table).QueryAsync<TableEntity>(
            Keys.OfCommittee(table, committee),
            select: [nameof(TableEntity.PartitionKey), nameof(TableEntity.RowKey)],
            cancellationToken: cancellationToken))
        {
            bool isThere;
            do
            {
                isThere = next.MoveNext();
                count++;
            }
            while (isThere && Order(next.Current.Row, there) < 0);
            if (!isThere || Order(next.Current.Row, there) > 0)
            {
                throw new ExportException(
                    $"storage holds rows of {committee} that the export does not have ({table}: {there.RowKey}); import it elsewhere");
            }
        }

        while (next.MoveNext())
        {
            count++;
        }

        return count;
    }

    private static int Order(TableEntity one, TableEntity other) =>
        string.CompareOrdinal(one.PartitionKey, other.PartitionKey) is not 0 and var byPartition
            ? byPartition
            : string.CompareOrdinal(one.RowKey, other.RowKey);

    /// <summary>The rows of a file, each read when it is asked for, and the file anew each time.</summary>
    private IEnumerable<(TableEntity Row, int Bytes)> ReadRows(string table, string file, string committee)
    {
        foreach (var (index, line) in File.ReadLines(file).Index())
        {
            yield return (ReadRow(table, line, $"{file}:{index + 1}", committee), line.Length);
        }
    }

    /// <param name="where">File and line.</param>
    private TableEntity ReadRow(string table, string line, string where, string committee)
    {
        try
        {
            var row = RowText.Read(Encoding.UTF8.GetBytes(line));
            if (row.TryGetValue(Export.SealedProperty, out var closed))
            {
                row = closed is byte[] bytes
                    ? RowText.Read(seal.Open($"{table}/{row.PartitionKey}/{row.RowKey}", bytes))
                    : throw new FormatException("what is sealed in it are no bytes");
            }

            return Keys.IsOfCommittee(table, row, committee)
                ? row
                : throw new ExportException($"{where}: is of another committee");
        }
        catch (CryptographicException e)
        {
            throw new ExportException($"{where}: was sealed with another desk key", e);
        }
        catch (FormatException e)
        {
            throw new ExportException($"{where}: {e.Message}", e);
        }
    }

    private static async Task WriteRowsAsync(
        TableClient table, IEnumerable<(TableEntity Row, int Bytes)> rows, CancellationToken cancellationToken)
    {
        var batch = new List<TableTransactionAction>();
        var bytes = 0;
        foreach (var (row, size) in rows)
        {
            if (batch.Count == MostRows
                || (batch.Count > 0 && (bytes + size > MostBytes || batch[0].Entity.PartitionKey != row.PartitionKey)))
            {
                await table.SubmitTransactionAsync(batch, cancellationToken);
                batch.Clear();
                bytes = 0;
            }

            batch.Add(new TableTransactionAction(TableTransactionActionType.UpsertReplace, row));
            bytes += size;
        }

        if (batch.Count > 0)
        {
            await table.SubmitTransactionAsync(batch, cancellationToken);
        }
    }
}
