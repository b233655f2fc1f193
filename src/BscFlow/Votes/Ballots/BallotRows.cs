using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using BscFlow.Storage;

namespace BscFlow.Votes.Ballots;

/// <summary>Finds the rows of a motion in the Ballots table, which spreads them over partitions.</summary>
internal sealed class BallotRows(TableClient table)
{
    /// <summary>Rows, partition by partition.</summary>
    /// <param name="which">The filter for a partition.</param>
    public async IAsyncEnumerable<TableEntity> AllAsync(
        Motion motion,
        Func<string, Motion, string> which,
        IReadOnlyList<string> select,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var partition in Partitions(motion))
        {
            await foreach (var row in InAsync(which(partition, motion), pageSize: null, select, cancellationToken))
            {
                yield return row;
            }
        }
    }

    /// <param name="pageSize">Null: as many rows as the table gives at once.</param>
    /// <param name="select">Null: all columns.</param>
    public AsyncPageable<TableEntity> InAsync(
        string filter, int? pageSize, IEnumerable<string>? select, CancellationToken cancellationToken) =>
        table.QueryAsync<TableEntity>(filter, pageSize, select, cancellationToken);

    /// <summary>Rows of which the next page is asked for while one is gone through.</summary>
    public async IAsyncEnumerable<TableEntity> AheadAsync(
        string filter, int pageSize, IEnumerable<string>? select, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var pages = InAsync(filter, pageSize, select, cancellationToken)
            .AsPages()
            .GetAsyncEnumerator(cancellationToken);
        var next = pages.MoveNextAsync().AsTask();
        try
        {
            while (await next)
            {
                var page = pages.Current;
                next = pages.MoveNextAsync().AsTask();
                foreach (var row in page.Values)
                {
                    yield return row;
                }
            }
        }
        finally
        {
            // What is under way cannot be disposed of.
            await Task.WhenAny(next);
        }
    }

    /// <summary>The rows that say who has voted.</summary>
    public static string Counting(string partition, Motion motion) => TableClient.CreateQueryFilter(
        $"PartitionKey eq {partition} and RowKey ge {Keys.BallotStart} and RowKey lt {Keys.BallotEnd}");

    /// <summary>The rows that say who has opened their page.</summary>
    public static string Opened(string partition, Motion motion) => TableClient.CreateQueryFilter(
        $"PartitionKey eq {partition} and RowKey ge {Keys.OpenedPageStart} and RowKey lt {Keys.OpenedPageEnd}");

    /// <summary>The rows that say how was voted.</summary>
    public static string Saying(string partition, Motion motion) => motion.Secret
        ? TableClient.CreateQueryFilter(
            $"PartitionKey eq {partition} and RowKey ge {Keys.SecretBallotStart} and RowKey lt {Keys.SecretBallotEnd}")
        : Counting(partition, motion);

    public static IEnumerable<string> Partitions(Motion motion) =>
        Enumerable.Range(0, motion.Buckets).Select(bucket => Keys.BallotBucket(motion.Committee, motion.Id, bucket));

    public static string PartitionOf(Motion motion, string voter) =>
        Keys.BallotBucket(motion.Committee, motion.Id, SHA256.HashData(Encoding.UTF8.GetBytes(voter))[0] % motion.Buckets);

    public async Task<TableEntity?> FindAsync(string partition, string key, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellationToken);
        return row.HasValue ? row.Value : null;
    }
}
