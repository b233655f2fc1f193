using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using BscFlow.Storage;

namespace BscFlow.Votes.Ballots;

/// <summary>
/// How many rows of a kind a large motion has in the Ballots table, kept beside them: a page that says how many have voted does
/// not read a million rows.
/// </summary>
/// <remarks>
/// The number is exact: it grows in the transaction that writes the row. In each partition it is spread over some rows, of which
/// one by chance is taken, so that what is written there at the same moment seldom meets. Of a small motion, whose rows are one
/// page, no number is kept, and none of a motion that opened before numbers were.
/// </remarks>
internal sealed class KeptCount(TableClient table, string what)
{
    /// <summary>Of the ballots that count.</summary>
    public const string Voted = "voted";

    /// <summary>Of the pages that were opened.</summary>
    public const string Opened = "opened";

    private const int RowsOfPartition = 8;
    private const string Number = "Number";

    /// <summary>Sets all numbers of a motion to 0 while nothing can be counted yet; safe to run again.</summary>
    public static async Task BeginAsync(TableClient table, Motion motion, CancellationToken cancellationToken)
    {
        // Another box is put up where ballots may have come into the one before.
        if (!IsFor(motion) || motion.Box > 1)
        {
            return;
        }

        await Task.WhenAll(BallotRows.Partitions(motion).Select(BeginAsync));

        async Task BeginAsync(string partition)
        {
            try
            {
                await table.SubmitTransactionAsync(
                    from kind in (string[])[Voted, Opened]
                    from row in Enumerable.Range(0, RowsOfPartition)
                    select new TableTransactionAction(TableTransactionActionType.Add, Row(partition, kind, row, 0)),
                    cancellationToken);
            }
            catch (RequestFailedException there) when (there.Status == 409)
            {
                // By an earlier run.
            }
        }
    }

    /// <summary>
    /// What counts one more in the transaction that writes it, which conflicts when another one was counted meanwhile.
    /// </summary>
    /// <returns>None where no number is kept.</returns>
    public async Task<IReadOnlyList<TableTransactionAction>> OneMoreAsync(
        Motion motion, string partition, CancellationToken cancellationToken)
    {
        if (!IsFor(motion))
        {
            return [];
        }

        var row = RandomNumberGenerator.GetInt32(RowsOfPartition);
        var before = await table.GetEntityIfExistsAsync<TableEntity>(
            partition, Keys.KeptCount(what, row), cancellationToken: cancellationToken);
        return before.HasValue
            ?
            [
                new(
                    TableTransactionActionType.UpdateReplace,
                    Row(partition, what, row, before.Value!.GetInt32(Number)!.Value + 1),
                    before.Value.ETag),
            ]
            : [];
    }

    /// <returns>Null where no number is kept.</returns>
    public async Task<int?> FindAsync(Motion motion, CancellationToken cancellationToken)
    {
        if (!IsFor(motion))
        {
            return null;
        }

        var (start, end) = (Keys.KeptCountStart(what), Keys.KeptCountEnd(what));
        var numbers = await Task.WhenAll(BallotRows.Partitions(motion).Select(partition => table
            .QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {start} and RowKey lt {end}"),
                select: [Number],
                cancellationToken: cancellationToken)
            .Select(row => row.GetInt32(Number)!.Value)
            .ToListAsync(cancellationToken)
            .AsTask()));
        return numbers.Any(rows => rows.Count > 0) ? numbers.Sum(rows => rows.Sum()) : null;
    }

    private static bool IsFor(Motion motion) => motion.Buckets > 1;

    private static TableEntity Row(string partition, string kind, int row, int number) =>
        new(partition, Keys.KeptCount(kind, row)) { ["v"] = 1, [Number] = number };
}
