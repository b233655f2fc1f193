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
/// were ever cast. What a ballot on a secret motion says stands in a row of its own, under a name that only the motion's
/// <see cref="MotionSecret"/> ties to its voter; all rows of a ballot are written in one transaction, and the names of others are
/// written again with it, so that the time of a row does not tell whose it is.
/// </remarks>
public sealed class BallotStore(TableServiceClient tables, MotionSecrets secrets)
{
    private const int RowsInTransaction = 100;

    /// <summary>The box and two rows a ballot fit a transaction.</summary>
    private const int BallotsInTransaction = (RowsInTransaction - 1) / 2;

    /// <summary>The box and three rows a ballot fit a transaction.</summary>
    private const int SecretBallotsInTransaction = (RowsInTransaction - 1) / 3;

    /// <summary>Among how many other secret ballots one hides, where there are so many; fits a transaction with the ballot.</summary>
    private const int WrittenAgain = 40;

    /// <summary>Of each partition, while all are read side by side: a ballot may have a comment of ten thousand characters.</summary>
    private const int BallotsOfAPage = 250;

    private readonly TableClient _table = tables.GetTableClient(Keys.BallotsTable);

    /// <summary>Puts up the motion's box; safe to run again.</summary>
    public async Task OpenBoxAsync(Motion motion, CancellationToken cancellationToken)
    {
        if (motion.Secret)
        {
            await secrets.MakeAsync(motion, cancellationToken);
        }

        await Task.WhenAll(Partitions(motion).Select(partition =>
            _table.UpsertEntityAsync(Box(partition, motion), TableUpdateMode.Replace, cancellationToken)));
    }

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
        var secret = motion.Secret ? await secrets.GetAsync(motion, cancellationToken) : null;
        TableEntity? counting = null;
        while (true)
        {
            var recorded = Judge(ballot, counting, motion.Secret);
            var written = await TryWriteAsync(motion, partition, secret, [(recorded, counting?.ETag)], cancellationToken);
            switch (written)
            {
                case Written.Yes:
                    return recorded;
                case Written.Shut:
                    return await FindRecordedAsync(motion, ballot, cancellationToken);
                default:
                    if (await FindRecordedAsync(motion, ballot, cancellationToken) is { } before)
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
        var secret = motion.Secret ? await secrets.GetAsync(motion, cancellationToken) : null;
        foreach (var partition in ballots.Index().GroupBy(item => PartitionOf(motion, item.Item.Voter)))
        {
            foreach (var batch in partition.Chunk(secret is null ? BallotsInTransaction : SecretBallotsInTransaction))
            {
                // First ballots of different voters go together; where one of them turns out to be no first, each goes alone.
                var firsts = batch.Select(item => Judge(item.Item, counting: null, motion.Secret)).ToList();
                var together = batch.Length > 1
                    && batch.DistinctBy(item => item.Item.Voter).Count() == batch.Length
                    && await TryWriteAsync(
                        motion, partition.Key, secret, [.. firsts.Select(first => (first, (ETag?)null))], cancellationToken) is Written.Yes;
                foreach (var (index, (place, ballot)) in batch.Index())
                {
                    recorded[place] = together ? firsts[index] : await RecordAsync(motion, ballot, cancellationToken);
                }
            }
        }

        return recorded;
    }

    /// <summary>What became of a ballot that was brought before; null when it was not.</summary>
    /// <param name="ballot">As it is brought now: on a secret motion nothing else says what was in it.</param>
    public async Task<Recorded?> FindRecordedAsync(Motion motion, Ballot ballot, CancellationToken cancellationToken) =>
        await RowAsync(PartitionOf(motion, ballot.Voter), Keys.BallotHistory(ballot.Voter, ballot.Evidence), cancellationToken)
            is { } row
            ? BallotRow.ReadHistory(row, motion.Secret ? ballot : null)
            : null;

    /// <summary>The voter's ballot that counts. Once a secret vote is over, nobody can find it any more.</summary>
    public async Task<Ballot?> FindAsync(Motion motion, string voter, CancellationToken cancellationToken)
    {
        var partition = PartitionOf(motion, voter);
        var row = await RowAsync(partition, Keys.Ballot(voter), cancellationToken);
        if (row is null || !motion.Secret)
        {
            return row is null ? null : BallotRow.Read(row);
        }

        var said = await secrets.FindAsync(motion, cancellationToken) is { } secret
            ? await RowAsync(partition, Keys.SecretBallot(secret.NameOf(voter)), cancellationToken)
            : null;
        return said is null ? null : BallotRow.Read(row, said);
    }

    /// <summary>When each ballot that the voter ever cast was received, in no order.</summary>
    public async Task<IReadOnlyList<DateTimeOffset>> HistoryAsync(
        Motion motion, string voter, CancellationToken cancellationToken)
    {
        List<DateTimeOffset> history = [];
        var (start, end) = (Keys.BallotHistoryStart(voter), Keys.BallotHistoryEnd(voter));
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {PartitionOf(motion, voter)} and RowKey ge {start} and RowKey lt {end}");
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            history.Add(row.GetDateTimeOffset(nameof(Ballot.Received))!.Value);
        }

        return history;
    }

    /// <summary>The ballots that count, one a voter, by voter; of each partition only a page is held at a time.</summary>
    /// <remarks>On a secret motion the voter of each is the ballot's name.</remarks>
    public async IAsyncEnumerable<Ballot> ReadAsync(
        Motion motion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Each partition is in the order of its keys, which are the voters': the next one is at the head of one of them.
        PriorityQueue<IAsyncEnumerator<TableEntity>, string> heads = new(StringComparer.Ordinal);
        var partitions = Partitions(motion)
            .Select(partition => RowsAsync(Saying(partition, motion), BallotsOfAPage, select: null, cancellationToken)
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
                yield return motion.Secret ? BallotRow.ReadSaid(next.Current) : BallotRow.Read(next.Current);
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
        AllRowsAsync(motion, Saying, [nameof(Ballot.Voter), nameof(Ballot.Marks)], cancellationToken).Select(row =>
        {
            var marks = MarkText.Read(row.GetString(nameof(Ballot.Marks)))!;
            return motion.Secret ? [.. marks] : motion.Options!.Counted(row.GetString(nameof(Ballot.Voter)), marks);
        });

    /// <summary>Notes that a voter has opened their page.</summary>
    public async Task MarkOpenedAsync(Motion motion, string voter, CancellationToken cancellationToken)
    {
        var row = new TableEntity(PartitionOf(motion, voter), Keys.OpenedPage(voter)) { ["v"] = 1 };
        if (await RowAsync(row.PartitionKey, row.RowKey, cancellationToken) is null)
        {
            await _table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
        }
    }

    /// <summary>How many voters have opened their page.</summary>
    public async Task<int> CountOpenedAsync(Motion motion, CancellationToken cancellationToken) =>
        await AllRowsAsync(motion, Opened, [nameof(TableEntity.RowKey)], cancellationToken).CountAsync(cancellationToken);

    public async Task<bool> HasVotedAsync(Motion motion, string voter, CancellationToken cancellationToken) =>
        await RowAsync(PartitionOf(motion, voter), Keys.Ballot(voter), cancellationToken) is not null;

    /// <summary>Whether anybody has voted.</summary>
    public async Task<bool> AnyAsync(Motion motion, CancellationToken cancellationToken) =>
        await AllRowsAsync(motion, Counting, [nameof(Ballot.Voter)], cancellationToken).AnyAsync(cancellationToken);

    /// <summary>Deletes what was said in the ballots of a secret motion; who has voted stays. Safe to run again.</summary>
    public async Task ForgetSaidAsync(Motion motion, CancellationToken cancellationToken)
    {
        foreach (var partition in Partitions(motion))
        {
            var rows = RowsAsync(Saying(partition, motion), RowsInTransaction, [nameof(TableEntity.RowKey)], cancellationToken);
            await foreach (var page in rows.AsPages())
            {
                if (page.Values.Count > 0)
                {
                    await _table.SubmitTransactionAsync(
                        page.Values.Select(row => new TableTransactionAction(
                            TableTransactionActionType.Delete, new TableEntity(partition, row.RowKey), ETag.All)),
                        cancellationToken);
                }
            }
        }
    }

    /// <summary>Those who have voted.</summary>
    public async Task<IReadOnlySet<string>> VotersAsync(Motion motion, CancellationToken cancellationToken)
    {
        HashSet<string> voters = new(StringComparer.Ordinal);
        await foreach (var row in AllRowsAsync(motion, Counting, [nameof(Ballot.Voter)], cancellationToken))
        {
            voters.Add(row.GetString(nameof(Ballot.Voter)));
        }

        return voters;
    }

    /// <summary>Counts the ballots as they are now; nothing but the numbers is kept.</summary>
    public async Task<Count> CountAsync(Motion motion, CancellationToken cancellationToken)
    {
        VoteNumbers numbers = default;
        await foreach (var row in AllRowsAsync(motion, Saying, [nameof(Ballot.Vote)], cancellationToken))
        {
            numbers.Add(BallotRow.VoteIn(row));
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

    private static Recorded Judge(Ballot ballot, TableEntity? counting, bool secret)
    {
        if (counting is null)
        {
            return new Recorded(ballot, Counts: true, Other: null);
        }

        var stands = BallotRow.Read(counting, secret ? null : counting);
        return new Recorded(
            ballot,
            ReferenceEquals(Ballot.Later(ballot, stands), ballot),
            new OtherBallot(secret ? null : stands.Vote, stands.Received, stands.Marks));
    }

    /// <param name="secret">Of a secret motion.</param>
    /// <param name="ballots">Of one partition; each with the tag of the row that it replaces.</param>
    private async Task<Written> TryWriteAsync(
        Motion motion,
        string partition,
        MotionSecret? secret,
        IReadOnlyList<(Recorded Recorded, ETag? Over)> ballots,
        CancellationToken cancellationToken)
    {
        List<TableTransactionAction> actions = [new(TableTransactionActionType.UpdateMerge, Box(partition, motion), ETag.All)];
        foreach (var (recorded, over) in ballots)
        {
            actions.Add(new(TableTransactionActionType.Add, BallotRow.History(partition, recorded, motion.Secret)));
            if (recorded.Counts)
            {
                var row = BallotRow.Counting(partition, recorded.Ballot, motion.Secret);
                actions.Add(over is { } tag
                    ? new(TableTransactionActionType.UpdateReplace, row, tag)
                    : new(TableTransactionActionType.Add, row));
            }
        }

        if (secret is not null)
        {
            actions.AddRange(await SaidAsync(
                motion, partition, secret, ballots.Where(ballot => ballot.Recorded.Counts).Select(ballot => ballot.Recorded.Ballot), cancellationToken));
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

    /// <summary>The rows of what secret ballots say, as it counts, and some of the others as they are, in the order of their names.</summary>
    private async Task<IEnumerable<TableTransactionAction>> SaidAsync(
        Motion motion, string partition, MotionSecret secret, IEnumerable<Ballot> ballots, CancellationToken cancellationToken)
    {
        var said = ballots
            .Select(ballot => BallotRow.Said(partition, secret.NameOf(ballot.Voter), motion.Options is { } options
                ? ballot with { Marks = MarkText.Write(options.Counted(ballot.Voter, MarkText.Read(ballot.Marks!)!)) }
                : ballot))
            .ToDictionary(row => row.RowKey, row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row));
        if (said.Count == 1)
        {
            foreach (var row in (await SomeSaidAsync(partition, cancellationToken)).Where(row => !said.ContainsKey(row)).Take(WrittenAgain))
            {
                said[row] = new(TableTransactionActionType.UpdateMerge, BallotRow.Again(partition, row), ETag.All);
            }
        }

        return said.OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => row.Value);
    }

    /// <summary>Rows of secret ballots from a random one on, round to it again.</summary>
    private async Task<IReadOnlyList<string>> SomeSaidAsync(string partition, CancellationToken cancellationToken)
    {
        var from = Keys.SecretBallot(Base32.Encode(RandomNumberGenerator.GetBytes(5)));
        List<string> rows = [];
        foreach (var filter in (string[])
        [
            TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {Keys.SecretBallotEnd}"),
            TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {Keys.SecretBallotStart} and RowKey lt {from}"),
        ])
        {
            await foreach (var row in _table
                .QueryAsync<TableEntity>(filter, WrittenAgain + 1, select: [nameof(TableEntity.RowKey)], cancellationToken)
                .Take(WrittenAgain + 1 - rows.Count))
            {
                rows.Add(row.RowKey);
            }

            if (rows.Count > WrittenAgain)
            {
                break;
            }
        }

        return rows;
    }

    private async Task<TableEntity?> RowAsync(string partition, string key, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellationToken);
        return row.HasValue ? row.Value : null;
    }

    private static TableEntity Box(string partition, Motion motion) => new(partition, Keys.BallotBox(motion.Box)) { ["v"] = 1 };

    /// <summary>Rows, partition by partition.</summary>
    /// <param name="which">The filter for a partition.</param>
    private async IAsyncEnumerable<TableEntity> AllRowsAsync(
        Motion motion,
        Func<string, Motion, string> which,
        IReadOnlyList<string> select,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var partition in Partitions(motion))
        {
            await foreach (var row in RowsAsync(which(partition, motion), pageSize: null, select, cancellationToken))
            {
                yield return row;
            }
        }
    }

    /// <param name="pageSize">Null: as many rows as the table gives at once.</param>
    /// <param name="select">Null: all columns.</param>
    private AsyncPageable<TableEntity> RowsAsync(
        string filter, int? pageSize, IEnumerable<string>? select, CancellationToken cancellationToken) =>
        _table.QueryAsync<TableEntity>(filter, pageSize, select, cancellationToken);

    /// <summary>The rows that say who has voted.</summary>
    private static string Counting(string partition, Motion motion) => TableClient.CreateQueryFilter(
        $"PartitionKey eq {partition} and RowKey ge {Keys.BallotStart} and RowKey lt {Keys.BallotEnd}");

    /// <summary>The rows that say who has opened their page.</summary>
    private static string Opened(string partition, Motion motion) => TableClient.CreateQueryFilter(
        $"PartitionKey eq {partition} and RowKey ge {Keys.OpenedPageStart} and RowKey lt {Keys.OpenedPageEnd}");

    /// <summary>The rows that say how was voted.</summary>
    private static string Saying(string partition, Motion motion) => motion.Secret
        ? TableClient.CreateQueryFilter(
            $"PartitionKey eq {partition} and RowKey ge {Keys.SecretBallotStart} and RowKey lt {Keys.SecretBallotEnd}")
        : Counting(partition, motion);

    private static IEnumerable<string> Partitions(Motion motion) =>
        Enumerable.Range(0, motion.Buckets).Select(bucket => Keys.BallotBucket(motion.Committee, motion.Id, bucket));

    private static string PartitionOf(Motion motion, string voter) =>
        Keys.BallotBucket(motion.Committee, motion.Id, SHA256.HashData(Encoding.UTF8.GetBytes(voter))[0] % motion.Buckets);
}
