using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using BscFlow.Storage;
using BscFlow.Votes.Options;

namespace BscFlow.Votes;

/// <summary>The Ballots table: a motion's ballots, spread over as many partitions as its electorate needs.</summary>
/// <remarks>
/// In each partition stands a row for the motion's box as long as it takes ballots. Every ballot's transaction touches that row,
/// so that after it was deleted none can slip in behind a count. Beside it, of each voter, the ballot that counts and all that
/// were ever cast.
/// </remarks>
public sealed class BallotStore(TableServiceClient tables)
{
    /// <summary>A transaction takes 100 operations: the box and two a ballot.</summary>
    private const int BallotsInTransaction = 49;

    /// <summary>Of each partition, while all are read side by side: a ballot may have a comment of ten thousand characters.</summary>
    private const int BallotsOfAPage = 250;

    private readonly TableClient _table = tables.GetTableClient(Keys.BallotsTable);

    /// <summary>Puts up the motion's box; safe to run again.</summary>
    public Task OpenBoxAsync(Motion motion, CancellationToken cancellationToken) => Task.WhenAll(Partitions(motion).Select(partition =>
        _table.UpsertEntityAsync(Box(partition, motion), TableUpdateMode.Replace, cancellationToken)));

    /// <summary>Shuts the motion's box; safe to run again. What it took is there to be counted, and it takes no more.</summary>
    public Task ShutBoxAsync(Motion motion, CancellationToken cancellationToken) => Task.WhenAll(Partitions(motion).Select(partition =>
        _table.DeleteEntityAsync(partition, Keys.BallotBox(motion.Box), ETag.All, cancellationToken)));

    /// <summary>
    /// Records a ballot and, where it is the latest of its voter, lets it count: both or neither. The same evidence again
    /// changes nothing.
    /// </summary>
    /// <returns>Null when the motion's box is shut; nothing was written then.</returns>
    public async Task<Recorded?> RecordAsync(Motion motion, Ballot ballot, CancellationToken cancellationToken)
    {
        var partition = PartitionOf(motion, ballot.Voter);
        TableEntity? counting = null;
        while (true)
        {
            var recorded = Judge(ballot, counting);
            switch (await TryWriteAsync(motion, partition, [(recorded, counting?.ETag)], cancellationToken))
            {
                case Written.Yes:
                    return recorded;
                case Written.Shut:
                    return await FindRecordedAsync(motion, ballot.Voter, ballot.Evidence, cancellationToken);
                default:
                    if (await FindRecordedAsync(motion, ballot.Voter, ballot.Evidence, cancellationToken) is { } before)
                    {
                        return before;
                    }

                    counting = await RowAsync(partition, Keys.Ballot(ballot.Voter), cancellationToken);
                    break;
            }
        }
    }

    /// <summary>Records ballots that come together, as many in a transaction as it takes.</summary>
    /// <returns>What became of each, in their order; null for each that found the motion's box shut.</returns>
    public async Task<IReadOnlyList<Recorded?>> RecordAllAsync(
        Motion motion, IReadOnlyList<Ballot> ballots, CancellationToken cancellationToken)
    {
        var recorded = new Recorded?[ballots.Count];
        foreach (var partition in ballots.Index().GroupBy(item => PartitionOf(motion, item.Item.Voter)))
        {
            foreach (var batch in partition.Chunk(BallotsInTransaction))
            {
                // First ballots of different voters go together; where one of them turns out to be no first, each goes alone.
                var firsts = batch.Select(item => Judge(item.Item, counting: null)).ToList();
                var together = batch.Length > 1
                    && batch.DistinctBy(item => item.Item.Voter).Count() == batch.Length
                    && await TryWriteAsync(
                        motion, partition.Key, [.. firsts.Select(first => (first, (ETag?)null))], cancellationToken) is Written.Yes;
                foreach (var (index, (place, ballot)) in batch.Index())
                {
                    recorded[place] = together ? firsts[index] : await RecordAsync(motion, ballot, cancellationToken);
                }
            }
        }

        return recorded;
    }

    /// <summary>What became of the ballot of a voter that this evidence proves; null when none was recorded.</summary>
    public async Task<Recorded?> FindRecordedAsync(
        Motion motion, string voter, string evidence, CancellationToken cancellationToken) =>
        await RowAsync(PartitionOf(motion, voter), Keys.BallotHistory(voter, evidence), cancellationToken) is { } row
            ? BallotRow.ReadHistory(row)
            : null;

    /// <summary>The voter's ballot that counts.</summary>
    public async Task<Ballot?> FindAsync(Motion motion, string voter, CancellationToken cancellationToken) =>
        await RowAsync(PartitionOf(motion, voter), Keys.Ballot(voter), cancellationToken) is { } row ? BallotRow.Read(row) : null;

    /// <summary>Everything that the voter ever cast, in no order.</summary>
    public async Task<IReadOnlyList<Recorded>> HistoryAsync(Motion motion, string voter, CancellationToken cancellationToken)
    {
        List<Recorded> history = [];
        var (start, end) = (Keys.BallotHistoryStart(voter), Keys.BallotHistoryEnd(voter));
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {PartitionOf(motion, voter)} and RowKey ge {start} and RowKey lt {end}");
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            history.Add(BallotRow.ReadHistory(row));
        }

        return history;
    }

    /// <summary>The ballots that count, one a voter, by voter; of each partition only a page is held at a time.</summary>
    public async IAsyncEnumerable<Ballot> ReadAsync(
        Motion motion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Each partition is in the order of its keys, which are the voters': the next one is at the head of one of them.
        PriorityQueue<IAsyncEnumerator<TableEntity>, string> heads = new(StringComparer.Ordinal);
        var partitions = Partitions(motion)
            .Select(partition => RowsAsync(partition, BallotsOfAPage, select: null, cancellationToken).GetAsyncEnumerator(cancellationToken))
            .ToList();
        try
        {
            foreach (var partition in partitions)
            {
                await EnqueueAsync(partition);
            }

            while (heads.TryDequeue(out var next, out _))
            {
                yield return BallotRow.Read(next.Current);
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

    /// <summary>The marks of the ballots that count on a motion with options, in any order.</summary>
    public IAsyncEnumerable<int[]> MarksAsync(Motion motion, CancellationToken cancellationToken) =>
        AllRowsAsync(motion, [nameof(Ballot.Voter), nameof(Ballot.Marks)], cancellationToken)
            .Select(row => motion.Options!.Counted(row.GetString(nameof(Ballot.Voter)), MarkText.Read(row.GetString(nameof(Ballot.Marks)))!));

    /// <summary>Whether anybody has voted.</summary>
    public async Task<bool> AnyAsync(Motion motion, CancellationToken cancellationToken) =>
        await AllRowsAsync(motion, [nameof(Ballot.Voter)], cancellationToken).AnyAsync(cancellationToken);

    /// <summary>Those who have voted.</summary>
    public async Task<IReadOnlySet<string>> VotersAsync(Motion motion, CancellationToken cancellationToken)
    {
        HashSet<string> voters = new(StringComparer.Ordinal);
        await foreach (var row in AllRowsAsync(motion, [nameof(Ballot.Voter)], cancellationToken))
        {
            voters.Add(row.GetString(nameof(Ballot.Voter)));
        }

        return voters;
    }

    /// <summary>Counts the ballots as they are now; nothing but the numbers is kept.</summary>
    public async Task<Count> CountAsync(Motion motion, CancellationToken cancellationToken)
    {
        VoteNumbers numbers = default;
        await foreach (var row in AllRowsAsync(motion, [nameof(Ballot.Vote)], cancellationToken))
        {
            numbers.Add(Enum.Parse<Vote>(row.GetString(nameof(Ballot.Vote))));
        }

        return numbers.Of(motion.Electorate);
    }

    /// <summary>Claims the one answer of a kind that a voter gets.</summary>
    /// <param name="evidence">What it answers.</param>
    /// <returns>False when something else was answered so before.</returns>
    public async Task<bool> ClaimAnswerAsync(
        Motion motion, string voter, string kind, string evidence, CancellationToken cancellationToken)
    {
        var row = new TableEntity(PartitionOf(motion, voter), Keys.BallotAnswer(kind, voter))
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
            var before = await RowAsync(row.PartitionKey, row.RowKey, cancellationToken);
            return before?.GetString(nameof(Ballot.Evidence)) == evidence;
        }
    }

    private enum Written
    {
        Yes,

        /// <summary>The evidence was seen before, or the voter's other ballot is not the one that was thought.</summary>
        Conflict,

        Shut,
    }

    private static Recorded Judge(Ballot ballot, TableEntity? counting)
    {
        if (counting is null)
        {
            return new Recorded(ballot, Counts: true, Other: null);
        }

        var stands = BallotRow.Read(counting);
        return new Recorded(ballot, Ballot.Later(ballot, stands) == ballot, new OtherBallot(stands.Vote, stands.Received, stands.Marks));
    }

    /// <param name="ballots">Of one partition; each with the tag of the row that it replaces.</param>
    private async Task<Written> TryWriteAsync(
        Motion motion,
        string partition,
        IReadOnlyList<(Recorded Recorded, ETag? Over)> ballots,
        CancellationToken cancellationToken)
    {
        List<TableTransactionAction> actions = [new(TableTransactionActionType.UpdateMerge, Box(partition, motion), ETag.All)];
        foreach (var (recorded, over) in ballots)
        {
            actions.Add(new(TableTransactionActionType.Add, BallotRow.History(partition, recorded)));
            if (recorded.Counts)
            {
                var row = BallotRow.Counting(partition, recorded.Ballot);
                actions.Add(over is { } tag
                    ? new(TableTransactionActionType.UpdateReplace, row, tag)
                    : new(TableTransactionActionType.Add, row));
            }
        }

        try
        {
            await _table.SubmitTransactionAsync(actions, cancellationToken);
            return Written.Yes;
        }
        catch (RequestFailedException failed) when (failed.Status is 404)
        {
            return Written.Shut;
        }
        catch (RequestFailedException failed) when (failed.Status is 409 or 412)
        {
            return Written.Conflict;
        }
    }

    private async Task<TableEntity?> RowAsync(string partition, string key, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellationToken);
        return row.HasValue ? row.Value : null;
    }

    private static TableEntity Box(string partition, Motion motion) => new(partition, Keys.BallotBox(motion.Box)) { ["v"] = 1 };

    /// <summary>The rows of the ballots that count, partition by partition.</summary>
    private async IAsyncEnumerable<TableEntity> AllRowsAsync(
        Motion motion, IReadOnlyList<string> select, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var partition in Partitions(motion))
        {
            await foreach (var row in RowsAsync(partition, pageSize: null, select, cancellationToken))
            {
                yield return row;
            }
        }
    }

    /// <param name="pageSize">Null: as many rows as the table gives at once.</param>
    /// <param name="select">Null: all columns.</param>
    private AsyncPageable<TableEntity> RowsAsync(
        string partition, int? pageSize, IEnumerable<string>? select, CancellationToken cancellationToken) =>
        _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter(
                $"PartitionKey eq {partition} and RowKey ge {Keys.BallotStart} and RowKey lt {Keys.BallotEnd}"),
            pageSize,
            select,
            cancellationToken);

    private static IEnumerable<string> Partitions(Motion motion) =>
        Enumerable.Range(0, motion.Buckets).Select(bucket => Keys.BallotBucket(motion.Committee, motion.Id, bucket));

    private static string PartitionOf(Motion motion, string voter) =>
        Keys.BallotBucket(motion.Committee, motion.Id, SHA256.HashData(Encoding.UTF8.GetBytes(voter))[0] % motion.Buckets);
}
