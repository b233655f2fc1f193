using Azure;
using Azure.Data.Tables;
using BscFlow.Storage;
using BscFlow.Telemetry;

namespace BscFlow.Workflow;

/// <summary>
/// Why a step failed, kept until it is given up: the queue hands its message on without a word about the error.
/// </summary>
public sealed class StepFailures(TableServiceClient tables, TimeProvider clock)
{
    /// <summary>Of a step that failed and then went well nobody takes the error; it goes when another step fails.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(2);

    private readonly TableClient _table = tables.GetTableClient(Keys.CommitteesTable);

    public async Task NoteAsync(Step step, Exception error, CancellationToken cancellationToken)
    {
        await ForgetOldAsync(Partition(step), cancellationToken);
        await _table.UpsertEntityAsync(
            new TableEntity(Partition(step), Row(step))
            {
                ["v"] = 1,
                ["Error"] = ErrorWords.Of(error),
                ["At"] = clock.GetUtcNow(),
            },
            TableUpdateMode.Replace,
            cancellationToken);
    }

    /// <returns>The last error of a step, or null when none is known.</returns>
    public async Task<string?> FindAsync(Step step, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(
            Partition(step), Row(step), cancellationToken: cancellationToken);
        return row.HasValue ? row.Value!.GetString("Error") : null;
    }

    public Task ForgetAsync(Step step, CancellationToken cancellationToken) =>
        _table.DeleteEntityAsync(Partition(step), Row(step), ETag.All, cancellationToken);

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

    /// <summary>A step of a mailbox is of every committee that shares it.</summary>
    private static string Partition(Step step) => MailboxSteps.Does(step) ? Keys.MailboxesPartition : step.Committee;

    private static string Row(Step step) => Keys.FailedStep(step.Kind.ToString(), step.Subject);
}
