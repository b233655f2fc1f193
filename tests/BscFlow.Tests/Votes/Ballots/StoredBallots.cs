using Azure.Data.Tables;
using BscFlow.Storage;
using BscFlow.Votes;
using BscFlow.Votes.Ballots;

namespace BscFlow.Tests.Votes.Ballots;

/// <summary>
/// Puts very many ballots into the table, each with the rows that it has when it was recorded as its voter's only one.
/// </summary>
internal static class StoredBallots
{
    private const int RowsInTransaction = 100;
    private const int AtOnce = 16;

    /// <param name="secret">Of a secret motion.</param>
    public static Task WriteAsync(
        TableServiceClient tables, Motion motion, IEnumerable<Ballot> ballots, MotionSecret? secret, CancellationToken cancellationToken)
    {
        var table = tables.GetTableClient(Keys.BallotsTable);
        var transactions = ballots
            .GroupBy(ballot => BallotRows.PartitionOf(motion, ballot.Voter))
            .SelectMany(partition => partition
                .SelectMany(ballot => RowsOf(partition.Key, ballot, secret))
                .Select(row => new TableTransactionAction(TableTransactionActionType.Add, row))
                .Chunk(RowsInTransaction));
        return Parallel.ForEachAsync(
            transactions,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (rows, token) => await table.SubmitTransactionAsync(rows, token));
    }

    private static IEnumerable<TableEntity> RowsOf(string partition, Ballot ballot, MotionSecret? secret)
    {
        yield return BallotRow.Counting(partition, ballot, secret is not null);
        yield return BallotRow.History(partition, new Recorded(ballot, Counts: true, Other: null), secret is not null);
        if (secret is not null)
        {
            yield return BallotRow.Said(partition, secret.NameOf(ballot.Voter), ballot);
        }
    }
}
