using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Data.Tables;
using BscFlow.Storage;

namespace BscFlow.Actions;

/// <summary>The Actions table: a row an item, a partition a committee.</summary>
/// <remarks>An item is stored whole, compressed, because its mentions repeat its words; its state stands beside it for queries.</remarks>
public sealed class ActionStore(TableServiceClient tables)
{
    /// <summary>Rows that one transaction may have.</summary>
    private const int MostRows = 100;

    private readonly TableClient _table = tables.GetTableClient(Keys.ActionsTable);

    /// <summary>The whole register of a committee, closed items too, by id.</summary>
    public Task<IReadOnlyList<ActionItem>> AllAsync(string committee, CancellationToken cancellationToken) =>
        QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {committee}"), cancellationToken);

    /// <summary>The open items of a committee, by id.</summary>
    public Task<IReadOnlyList<ActionItem>> OpenAsync(string committee, CancellationToken cancellationToken) =>
        QueryAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {committee} and State eq {nameof(ActionState.Open)}"),
            cancellationToken);

    /// <summary>One item; null when there is none of that id.</summary>
    public async Task<ActionItem?> FindAsync(string committee, string id, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(committee, id, cancellationToken: cancellationToken);
        return row.HasValue ? Read(row.Value!) : null;
    }

    /// <summary>Stores what a reading of minutes changed.</summary>
    /// <returns>
    /// False when a row changed since the register was read: read it again and try again. Of more than a hundred changes
    /// some may be stored then; reading the same minutes again finds them done.
    /// </returns>
    public async Task<bool> TryApplyAsync(string committee, ActionChanges changes, CancellationToken cancellationToken)
    {
        var actions = changes.Saved
            .Select(item => new TableTransactionAction(
                item.ETag == default ? TableTransactionActionType.Add : TableTransactionActionType.UpdateReplace,
                Write(committee, item),
                item.ETag))
            .Concat(changes.Removed.Select(item => new TableTransactionAction(
                TableTransactionActionType.Delete, new TableEntity(committee, item.Id), item.ETag)));
        try
        {
            foreach (var batch in actions.Chunk(MostRows))
            {
                await _table.SubmitTransactionAsync(batch, cancellationToken);
            }

            return true;
        }
        catch (RequestFailedException lost) when (lost.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    private async Task<IReadOnlyList<ActionItem>> QueryAsync(string filter, CancellationToken cancellationToken)
    {
        var items = new List<ActionItem>();
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            items.Add(Read(row));
        }

        return items;
    }

    private static TableEntity Write(string committee, ActionItem item)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(brotli, item, ActionJson.Default.ActionItem);
        }

        return new TableEntity(committee, item.Id)
        {
            ["v"] = 1,
            [nameof(ActionItem.State)] = item.State.ToString(),
            ["Item"] = packed.ToArray(),
        };
    }

    private static ActionItem Read(TableEntity row)
    {
        using var brotli = new BrotliStream(new MemoryStream(row.GetBinary("Item")), CompressionMode.Decompress);
        var item = JsonSerializer.Deserialize(brotli, ActionJson.Default.ActionItem)!;

        // A row that is older than edits has none.
        return item with { Edits = item.Edits ?? [], ETag = row.ETag };
    }
}

// Nothing is left out: a required member that is null must be there to be read again.
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(ActionItem))]
internal sealed partial class ActionJson : JsonSerializerContext;
