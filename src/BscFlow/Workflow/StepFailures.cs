using Azure;
using Azure.Data.Tables;
using BscFlow.Storage;
using BscFlow.Telemetry;

namespace BscFlow.Workflow;

/// <summary>
/// Why steps failed: the queue hands a message on without a word about the error. Of one that was given up it is kept until the
/// step is done, or is due no more.
/// </summary>
public sealed class StepFailures(TableServiceClient tables, TimeProvider clock)
{
    private const string Error = "Error";
    private const string At = "At";
    private const string GivenUp = "GivenUp";
    private const string Asked = "Asked";

    /// <summary>Of a step that failed and then went well nobody takes the error; it goes when another step fails.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(2);

    private readonly TableClient _table = tables.GetTableClient(Keys.CommitteesTable);

    public async Task NoteAsync(Step step, Exception error, CancellationToken cancellationToken)
    {
        await ForgetOldAsync(Partition(step), cancellationToken);
        var row = Row(step);
        row[Error] = ErrorWords.Of(error);
        row[At] = clock.GetUtcNow();
        await _table.UpsertEntityAsync(row, TableUpdateMode.Merge, cancellationToken);
    }

    /// <returns>The last error of a step, or null when none is known.</returns>
    public async Task<string?> FindAsync(Step step, CancellationToken cancellationToken) =>
        (await RowAsync(step, cancellationToken))?.GetString(Error);

    /// <summary>Notes that a step was tried as often as it may be; the clock then takes its time with it.</summary>
    public async Task GiveUpAsync(Step step, CancellationToken cancellationToken)
    {
        var known = await RowAsync(step, cancellationToken);
        var row = Row(step);
        row[At] = clock.GetUtcNow();
        row[GivenUp] = known?.GetDateTimeOffset(GivenUp) ?? clock.GetUtcNow();
        await _table.UpsertEntityAsync(row, TableUpdateMode.Merge, cancellationToken);
    }

    /// <summary>The steps of a committee that were given up and are not known to be done.</summary>
    public async Task<IReadOnlyList<FailedStep>> GivenUpAsync(string committee, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {committee} and RowKey ge {Keys.FailedStart} and RowKey lt {Keys.FailedEnd}");
        return await _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken)
            .Where(row => row.GetDateTimeOffset(GivenUp) is not null)
            .Select(Read)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Notes that a person wants a step tried again; the clock's next look puts it on the queue.</summary>
    public async Task AskAsync(Step step, CancellationToken cancellationToken)
    {
        var row = Row(step);
        row[Asked] = clock.GetUtcNow();
        try
        {
            await _table.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Merge, cancellationToken);
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            // It was done meanwhile.
        }
    }

    public Task ForgetAsync(Step step, CancellationToken cancellationToken) =>
        _table.DeleteEntityAsync(Partition(step), RowKey(step), ETag.All, cancellationToken);

    private async Task<TableEntity?> RowAsync(Step step, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(
            Partition(step), RowKey(step), cancellationToken: cancellationToken);
        return row.HasValue ? row.Value : null;
    }

    private async Task ForgetOldAsync(string partition, CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - Kept;
        var old = TableClient.CreateQueryFilter(
            $"PartitionKey eq {partition} and RowKey ge {Keys.FailedStart} and RowKey lt {Keys.FailedEnd} and At lt {before}");
        await foreach (var row in _table.QueryAsync<TableEntity>(
            old, select: [nameof(TableEntity.PartitionKey), nameof(TableEntity.RowKey)], cancellationToken: cancellationToken))
        {
            await _table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
        }
    }

    private static FailedStep Read(TableEntity row) => new()
    {
        Step = new(row.PartitionKey, Enum.Parse<StepKind>(row.GetString(nameof(Step.Kind))), row.GetString(nameof(Step.Subject))),
        Error = row.GetString(Error) ?? "No error was noted; see the log of the app.",
        LastTried = row.GetDateTimeOffset(At)!.Value,
        GivenUp = row.GetDateTimeOffset(GivenUp)!.Value,
        Asked = row.GetDateTimeOffset(Asked),
    };

    private static TableEntity Row(Step step) => new(Partition(step), RowKey(step))
    {
        ["v"] = 1,
        [nameof(Step.Kind)] = step.Kind.ToString(),
        [nameof(Step.Subject)] = step.Subject,
    };

    /// <summary>A step of a mailbox is of every committee that shares it.</summary>
    private static string Partition(Step step) => MailboxSteps.Does(step) ? Keys.MailboxesPartition : step.Committee;

    private static string RowKey(Step step) => Keys.FailedStep(step.Kind.ToString(), step.Subject);
}
