using System.Security.Cryptography;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using BscFlow.Storage;

namespace BscFlow.Exports;

/// <summary>
/// Writes everything that is kept of a committee to a folder of plain files; the same state gives the same bytes.
/// </summary>
/// <remarks>
/// Left out is what is made again: the site, the queues and the clock's list. Rows that tell how somebody voted on a secret
/// motion are closed with a <see cref="Seal"/>. Rows are written as storage gives them, which is in the order of their keys; no
/// table is held.
/// </remarks>
public sealed class ExportCommittee(TableServiceClient tables, BlobServiceClient blobs, Seal seal)
{
    /// <summary>Tables and containers that can be made again from the others.</summary>
    internal static readonly IReadOnlySet<string> MadeAgain = new HashSet<string> { Keys.ClockTable, Keys.SiteContainer };

    /// <param name="folder">Empty, or not there yet.</param>
    /// <returns>How many rows and blobs were written.</returns>
    /// <exception cref="ExportException">The folder holds something, or there is no such committee.</exception>
    public async Task<(int Rows, int Blobs)> RunAsync(string committee, string folder, CancellationToken cancellationToken)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new ExportException($"{folder}: is not empty");
        }

        if (!await CharterOf(committee).ExistsAsync(cancellationToken))
        {
            throw new ExportException($"storage holds no committee {committee}");
        }

        Directory.CreateDirectory(Path.Combine(folder, Export.Tables));
        var counts = (
            await ExportRowsAsync(committee, folder, cancellationToken),
            await ExportBlobsAsync(committee, folder, cancellationToken));

        // Last, so that a folder that has it is whole.
        await using var export = new LineFile(Export.PathOf(folder));
        await export.AppendAsync(
            JsonSerializer.SerializeToUtf8Bytes(new Export(Export.Version, committee), ExportJson.Default.Export),
            cancellationToken);
        return counts;
    }

    /// <summary>Whether a committee has voted in secret, so that its export is closed under the desk key.</summary>
    public async Task<bool> HasSecretsAsync(string committee, CancellationToken cancellationToken) =>
        (await SecretMotionsAsync(committee, cancellationToken)).Count > 0;

    private BlobClient CharterOf(string committee) =>
        blobs.GetBlobContainerClient(Keys.ConfigContainer).GetBlobClient(Keys.CharterBlob(committee));

    private async Task<int> ExportRowsAsync(string committee, string folder, CancellationToken cancellationToken)
    {
        var secret = new SecretRows(await SecretMotionsAsync(committee, cancellationToken));
        var rows = 0;
        foreach (var table in Keys.Tables.Where(table => !MadeAgain.Contains(table)).Order(StringComparer.Ordinal))
        {
            await using var file = new LineFile(Path.Combine(folder, Export.Tables, $"{table}.jsonl"));
            try
            {
                await foreach (var row in tables.GetTableClient(table)
                    .QueryAsync<TableEntity>(Keys.OfCommittee(table, committee), cancellationToken: cancellationToken))
                {
                    await file.AppendAsync(
                        secret.Includes(table, row) ? Sealed(table, row) : RowText.Write(row), cancellationToken);
                }
            }
            catch (RequestFailedException missing) when (missing.ErrorCode == TableErrorCode.TableNotFound)
            {
                // Nothing was ever stored there: the app that made the account is older than the table.
            }

            rows += file.Count;
        }

        return rows;
    }

    private byte[] Sealed(string table, TableEntity row) => RowText.Write(new TableEntity(row.PartitionKey, row.RowKey)
    {
        [Export.SealedProperty] = seal.Close($"{table}/{row.PartitionKey}/{row.RowKey}", RowText.Write(row)),
    });

    private async Task<HashSet<string>> SecretMotionsAsync(string committee, CancellationToken cancellationToken) =>
        await tables.GetTableClient(Keys.MotionsTable)
            .QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {committee} and Secret eq true"),
                select: [nameof(TableEntity.RowKey)],
                cancellationToken: cancellationToken)
            .Select(row => row.RowKey)
            .ToHashSetAsync(cancellationToken: cancellationToken);

    private async Task<int> ExportBlobsAsync(string committee, string folder, CancellationToken cancellationToken)
    {
        var secret = await SecretMailsAsync(committee, cancellationToken);
        await using var list = new LineFile(Path.Combine(folder, Export.Blobs));
        foreach (var container in Keys.Containers
            .Where(container => !MadeAgain.Contains(container))
            .Order(StringComparer.Ordinal))
        {
            var client = blobs.GetBlobContainerClient(container);
            var options = new GetBlobsOptions { Prefix = $"{committee}/", Traits = BlobTraits.Metadata };
            await foreach (var blob in client.GetBlobsAsync(options, cancellationToken))
            {
                var name = blob.Name[(committee.Length + 1)..];
                if (container == Keys.MailContainer && secret.Contains(blob.Name))
                {
                    continue;
                }

                var file = ExportPath.Of(folder, container, name);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await client.GetBlobClient(blob.Name).DownloadToAsync(file, cancellationToken);
                var line = new ExportedBlob(
                    container,
                    name,
                    blob.Properties.ContentType,
                    new SortedDictionary<string, string>(blob.Metadata, StringComparer.Ordinal),
                    await HashAsync(file, cancellationToken));
                await list.AppendAsync(
                    JsonSerializer.SerializeToUtf8Bytes(line, ExportJson.Default.ExportedBlob), cancellationToken);
            }
        }

        return list.Count;
    }

    /// <summary>Raw mails of secret ballots whose time to be erased has not come; they would say what the seals keep.</summary>
    private async Task<HashSet<string>> SecretMailsAsync(string committee, CancellationToken cancellationToken) =>
        await tables.GetTableClient(Keys.MailTable)
            .QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter(
                    $"PartitionKey eq {committee} and RowKey ge {Keys.SecretMailStart} and RowKey lt {Keys.SecretMailEnd}"),
                select: [nameof(TableEntity.RowKey)],
                cancellationToken: cancellationToken)
            .Select(row => Keys.RawMail(committee, Keys.MailIdIn(row.RowKey)))
            .ToHashSetAsync(cancellationToken: cancellationToken);

    internal static async Task<string> HashAsync(string file, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
    }
}
