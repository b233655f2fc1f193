using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Data.Tables;
using BscFlow.Storage;

namespace BscFlow.Actions;

/// <summary>The Actions table: a row an item, a partition a committee.</summary>
/// <remarks>
/// An item is stored whole, compressed, because its mentions repeat its words; its state, the day on which it was last spoken of
/// and the moment at which a person last changed it stand beside it for queries. With every item the rows of the years whose
/// minutes speak of it are written, in one transaction, so that who remembers a year's items can tell by one small row that they
/// are as they were.
/// </remarks>
public sealed class ActionStore(TableServiceClient tables)
{
    /// <summary>Rows that one transaction may have.</summary>
    private const int MostRows = 100;

    /// <summary>From which on a row says when its item was last spoken of.</summary>
    private const int Version = 2;

    private const string YearVersion = "Version";

    private readonly TableClient _table = tables.GetTableClient(Keys.ActionsTable);

    /// <summary>The whole register of a committee, closed items too, by id.</summary>
    public Task<IReadOnlyList<ActionItem>> AllAsync(string committee, CancellationToken cancellationToken) =>
        QueryAsync(ItemsOf(committee), cancellationToken);

    /// <summary>Some of it, by id: those that come after one.</summary>
    /// <param name="after">An id; empty for the first ones.</param>
    public async Task<IReadOnlyList<ActionItem>> PageAsync(
        string committee, string after, int most, CancellationToken cancellationToken) =>
        await _table
            .QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter(
                    $"PartitionKey eq {committee} and RowKey gt {after} and RowKey lt {Keys.ActionYears}"),
                maxPerPage: most,
                cancellationToken: cancellationToken)
            .Take(most)
            .Select(Read)
            .ToListAsync(cancellationToken);

    /// <summary>The open items of a committee, by id.</summary>
    public Task<IReadOnlyList<ActionItem>> OpenAsync(string committee, CancellationToken cancellationToken) =>
        QueryAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {committee} and State eq {nameof(ActionState.Open)}"),
            cancellationToken);

    /// <summary>The open items, and those of which minutes of that day or of a later one speak, by id.</summary>
    public Task<IReadOnlyList<ActionItem>> OpenOrSeenAsync(
        string committee, DateOnly since, CancellationToken cancellationToken)
    {
        var wanted = TableClient.CreateQueryFilter(
            $"State eq {nameof(ActionState.Open)} or v lt {Version} or LastSeen ge {Moment(since)}");
        return QueryAsync($"{ItemsOf(committee)} and ({wanted})", cancellationToken);
    }

    /// <summary>The open items, and those that a person has changed since a moment, by id.</summary>
    public Task<IReadOnlyList<ActionItem>> OpenOrEditedAsync(
        string committee, DateTimeOffset since, CancellationToken cancellationToken) =>
        QueryAsync(
            TableClient.CreateQueryFilter(
                $"PartitionKey eq {committee} and (State eq {nameof(ActionState.Open)} or Edited ge {since})"),
            cancellationToken);

    /// <summary>
    /// What minutes can speak of: their own items, and those that were spoken of in the time that people look back.
    /// </summary>
    /// <param name="number">Of the meeting.</param>
    /// <param name="date">Of the meeting.</param>
    public Task<IReadOnlyList<ActionItem>> KnownToAsync(
        string committee, int? number, DateOnly date, CancellationToken cancellationToken)
    {
        var own = Keys.MeetingOrDay(number, date);
        var since = Moment(date.AddDays(-ActionMatching.DaysLookedBack));
        var (first, end) = (own + '-', own + '.');
        var wanted = TableClient.CreateQueryFilter(
            $"v lt {Version} or LastSeen ge {since} or (RowKey ge {first} and RowKey lt {end})");
        return QueryAsync($"{ItemsOf(committee)} and ({wanted})", cancellationToken);
    }

    /// <summary>
    /// A version for each year of which items are known. Another one says that an item of which minutes of that year speak, or
    /// spoke, is another one now.
    /// </summary>
    public async Task<IReadOnlyDictionary<int, string>> YearVersionsAsync(string committee, CancellationToken cancellationToken)
    {
        Dictionary<int, string> versions = [];
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {committee} and RowKey ge {Keys.ActionYears} and RowKey lt {Keys.ActionYearsEnd}");
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            versions.Add(Keys.ActionYearOf(row.RowKey), row.GetString(YearVersion));
        }

        return versions;
    }

    /// <summary>One item; null when there is none of that id.</summary>
    public async Task<ActionItem?> FindAsync(string committee, string id, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(committee, id, cancellationToken: cancellationToken);
        return row is { HasValue: true, Value: { } item } && item.ContainsKey("Item") ? Read(item) : null;
    }

    /// <summary>Stores what a reading of minutes changed.</summary>
    /// <returns>
    /// False when a row changed since the register was read: read it again and try again. Of more than a hundred changes
    /// some may be stored then; reading the same minutes again finds them done.
    /// </returns>
    public async Task<bool> TryApplyAsync(string committee, ActionChanges changes, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var batch in Transactions(committee, changes))
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

    private static string ItemsOf(string committee) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {committee} and RowKey lt {Keys.ActionYears}");

    /// <summary>Each with the rows of the years that its items belong to.</summary>
    private static IEnumerable<IEnumerable<TableTransactionAction>> Transactions(string committee, ActionChanges changes)
    {
        var rows = changes.Saved
            .Select(item => (Row: Saved(committee, item), item.Years))
            .Concat(changes.Removed.Select(item => (Row: Removed(committee, item), item.Years)));
        List<TableTransactionAction> batch = [];
        HashSet<int> years = [.. changes.Left];
        foreach (var (row, touched) in rows)
        {
            if (batch.Count > 0 && batch.Count + 1 + years.Union(touched).Count() > MostRows)
            {
                yield return batch.Concat(years.Select(year => Touched(committee, year)));
                (batch, years) = ([], [.. changes.Left]);
            }

            batch.Add(row);
            years.UnionWith(touched);
        }

        if (batch.Count > 0)
        {
            yield return batch.Concat(years.Select(year => Touched(committee, year)));
        }
    }

    private static TableTransactionAction Saved(string committee, ActionItem item) => new(
        item.ETag == default ? TableTransactionActionType.Add : TableTransactionActionType.UpdateReplace,
        Write(committee, item),
        item.ETag);

    private static TableTransactionAction Removed(string committee, ActionItem item) =>
        new(TableTransactionActionType.Delete, new TableEntity(committee, item.Id), item.ETag);

    private static TableTransactionAction Touched(string committee, int year) => new(
        TableTransactionActionType.UpsertReplace,
        new TableEntity(committee, Keys.ActionYear(year)) { ["v"] = 1, [YearVersion] = Guid.NewGuid().ToString("N") });

    private static DateTimeOffset Moment(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

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
            ["v"] = Version,
            [nameof(ActionItem.State)] = item.State.ToString(),
            [nameof(ActionItem.LastSeen)] = Moment(item.LastSeen),
            ["Edited"] = item.Edits is [.., var last] ? last.At : null,
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
