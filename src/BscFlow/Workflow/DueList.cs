using Azure;
using Azure.Data.Tables;
using BscFlow.Storage;

namespace BscFlow.Workflow;

/// <summary>What the clock finds when it ticks.</summary>
/// <param name="Committees">Those whose time has come.</param>
/// <param name="Ticked">When the last tick came to its end; null before the first.</param>
/// <param name="RollCalled">When all charters were listed last, so that new committees were found.</param>
public sealed record DueNow(IReadOnlyList<string> Committees, DateTimeOffset? Ticked, DateTimeOffset? RollCalled);

/// <summary>When to look at each committee next, and when the clock ticked last.</summary>
/// <remarks>One short row a committee, all in one partition: whom nothing is due for costs a tick nothing.</remarks>
public sealed class DueList(TableServiceClient tables)
{
    private const string Next = "Next";
    private const string Ticked = "Ticked";
    private const string RollCalled = "RollCalled";

    /// <summary>Rows that one transaction may have.</summary>
    private const int MostRows = 100;

    private readonly TableClient _table = tables.GetTableClient(Keys.ClockTable);

    public async Task<DueNow> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var committees = new List<string>();
        TableEntity? tick = null;
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {Keys.ClockPartition} and (Next le {now} or RowKey eq {Keys.ClockTickRow})");
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            if (row.RowKey == Keys.ClockTickRow)
            {
                tick = row;
            }
            else
            {
                committees.Add(row.RowKey);
            }
        }

        return new DueNow(committees, tick?.GetDateTimeOffset(Ticked), tick?.GetDateTimeOffset(RollCalled));
    }

    /// <summary>When the last tick came to its end; null before the first.</summary>
    public async Task<DateTimeOffset?> LastTickAsync(CancellationToken cancellationToken)
    {
        var tick = await _table.GetEntityIfExistsAsync<TableEntity>(
            Keys.ClockPartition, Keys.ClockTickRow, cancellationToken: cancellationToken);
        return tick.HasValue ? tick.Value!.GetDateTimeOffset(Ticked) : null;
    }

    public Task TickedAsync(DateTimeOffset now, DateTimeOffset rollCalled, CancellationToken cancellationToken)
    {
        var tick = new TableEntity(Keys.ClockPartition, Keys.ClockTickRow)
        {
            ["v"] = 1,
            [Ticked] = now,
            [RollCalled] = rollCalled,
        };
        return _table.UpsertEntityAsync(tick, TableUpdateMode.Replace, cancellationToken);
    }

    /// <summary>Puts committees on the list that are not on it yet.</summary>
    /// <returns>Those that are new.</returns>
    public async Task<IReadOnlyList<string>> EnterAsync(
        IReadOnlyList<string> committees, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Keys.ClockPartition}");
        await foreach (var row in _table.QueryAsync<TableEntity>(
            filter, select: [nameof(TableEntity.RowKey)], cancellationToken: cancellationToken))
        {
            known.Add(row.RowKey);
        }

        List<string> missing = [.. committees.Where(committee => !known.Contains(committee))];
        foreach (var batch in missing.Chunk(MostRows))
        {
            await _table.SubmitTransactionAsync(
                batch.Select(
                    committee => new TableTransactionAction(TableTransactionActionType.UpsertReplace, Row(committee, now))),
                cancellationToken);
        }

        return missing;
    }

    /// <returns>The version of a committee's row; null when it is not on the list.</returns>
    public async Task<ETag?> FindAsync(string committee, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(
            Keys.ClockPartition, committee, select: [nameof(TableEntity.RowKey)], cancellationToken: cancellationToken);
        return row.HasValue ? row.Value!.ETag : null;
    }

    /// <param name="over">The version that was found before the committee was looked at; null: none.</param>
    /// <returns>False when somebody else has noted a time since.</returns>
    public async Task<bool> TryNoteAsync(
        string committee, DateTimeOffset next, ETag? over, CancellationToken cancellationToken)
    {
        try
        {
            await (over is { } version
                ? _table.UpdateEntityAsync(Row(committee, next), version, TableUpdateMode.Replace, cancellationToken)
                : _table.AddEntityAsync(Row(committee, next), cancellationToken));
            return true;
        }
        catch (RequestFailedException lost) when (lost.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    /// <summary>Takes a committee off the list whose charter is gone.</summary>
    public Task RemoveAsync(string committee, CancellationToken cancellationToken) =>
        _table.DeleteEntityAsync(Keys.ClockPartition, committee, cancellationToken: cancellationToken);

    private static TableEntity Row(string committee, DateTimeOffset next) => new(Keys.ClockPartition, committee)
    {
        ["v"] = 1,
        [Next] = next,
    };
}
