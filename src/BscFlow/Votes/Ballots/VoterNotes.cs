using Azure;
using Azure.Data.Tables;
using BscFlow.Storage;

namespace BscFlow.Votes.Ballots;

/// <summary>
/// What is noted of a voter beside their ballots, in the same partition: the page that was opened, the answers that were given.
/// </summary>
public sealed class VoterNotes(TableServiceClient tables)
{
    private readonly TableClient _table = tables.GetTableClient(Keys.BallotsTable);
    private readonly BallotRows _rows = new(tables.GetTableClient(Keys.BallotsTable));
    private readonly KeptCount _opened = new(tables.GetTableClient(Keys.BallotsTable), KeptCount.Opened);

    /// <summary>Notes that a voter has opened their page.</summary>
    public async Task MarkOpenedAsync(Motion motion, string voter, CancellationToken cancellationToken)
    {
        var row = new TableEntity(BallotRows.PartitionOf(motion, voter), Keys.OpenedPage(voter)) { ["v"] = 1 };
        while (await _rows.FindAsync(row.PartitionKey, row.RowKey, cancellationToken) is null)
        {
            try
            {
                await _table.SubmitTransactionAsync(
                    [
                        new(TableTransactionActionType.Add, row),
                        .. await _opened.OneMoreAsync(motion, row.PartitionKey, cancellationToken),
                    ],
                    cancellationToken);
                return;
            }
            catch (RequestFailedException taken) when (taken.Status is 409 or 412)
            {
                // The voter opened it twice at once, or another one was counted: look again.
            }
        }
    }

    /// <summary>How many voters have opened their page.</summary>
    public async Task<int> CountOpenedAsync(Motion motion, CancellationToken cancellationToken) =>
        await _opened.FindAsync(motion, cancellationToken)
        ?? await _rows.AllAsync(motion, BallotRows.Opened, [nameof(TableEntity.RowKey)], cancellationToken)
            .CountAsync(cancellationToken);

    /// <summary>Claims the one answer of a kind that a voter gets.</summary>
    /// <param name="evidence">What it answers.</param>
    /// <returns>False when something else was answered so before.</returns>
    public async Task<bool> ClaimAnswerAsync(
        Motion motion, string voter, string kind, string evidence, CancellationToken cancellationToken)
    {
        var row = new TableEntity(BallotRows.PartitionOf(motion, voter), Keys.BallotAnswer(kind, voter))
        {
            ["v"] = 1,
            [nameof(Ballot.Evidence)] = evidence,
        };
        try
        {
            await _table.AddEntityAsync(row, cancellationToken);
            return true;
        }
        catch (RequestFailedException taken) when (taken.Status == 409)
        {
            var before = await _rows.FindAsync(row.PartitionKey, row.RowKey, cancellationToken);
            return before?.GetString(nameof(Ballot.Evidence)) == evidence;
        }
    }
}
