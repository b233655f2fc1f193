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

    /// <summary>Rows of all partitions in the order of their keys; of each a page is held and the next one asked for.</summary>
    /// <param name="which">The filter for a partition.</param>
    /// <param name="select">Null: all columns.</param>
    public async IAsyncEnumerable<TableEntity> MergedAsync(
        Motion motion,
        Func<string, Motion, string> which,
        int pageSize,
        IReadOnlyList<string>? select,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Each partition is in that order: the next row of all is at the head of one of them.
        PriorityQueue<IAsyncEnumerator<TableEntity>, string> heads = new(StringComparer.Ordinal);
        var partitions = Partitions(motion)
            .Select(partition => AheadAsync(which(partition, motion), pageSize, select, cancellationToken)
                .GetAsyncEnumerator(cancellationToken))
            .ToList();
        try
        {
            foreach (var partition in partitions)
            {
                await EnqueueAsync(partition);
            }

            while (heads.TryDequeue(out var next, out _))
            {
                yield return next.Current;
                await EnqueueAsync(next);
            }
        }
        finally
        {
            foreach (var partition in partitions)
            {
                await partition.DisposeAsync();
            }
        }

        async ValueTask EnqueueAsync(IAsyncEnumerator<TableEntity> partition)
        {
            if (await partition.MoveNextAsync())
            {
                heads.Enqueue(partition, partition.Current.RowKey);
            }
        }
    }

    /// <summary>Rows of which the next page is asked for while one is gone through.</summary>
    private async IAsyncEnumerable<TableEntity> AheadAsync(
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
