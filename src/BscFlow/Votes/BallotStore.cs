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
    /// <summary>A transaction takes 100 operations: the box and two a ballot.</summary>
    private const int BallotsInTransaction = 49;

    /// <summary>Among how many other secret ballots one hides, where there are so many; fits a transaction with the ballot.</summary>
    private const int WrittenAgain = 40;

    private const int RowsInTransaction = 100;

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
            var written = secret is null
                ? await TryWriteAsync(motion, partition, [(recorded, counting?.ETag)], cancellationToken)
                : await TryWriteAsync(
                    motion, partition, Rows(partition, recorded, counting?.ETag, secret: true)
                        .Concat(await SaidAsync(motion, partition, recorded, secret, cancellationToken)), cancellationToken);
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
        foreach (var partition in ballots.Index().GroupBy(item => PartitionOf(motion, item.Item.Voter)))
        {
            foreach (var batch in partition.Chunk(BallotsInTransaction))
            {
                // First ballots of different voters go together; where one of them turns out to be no first, each goes alone.
                var firsts = batch.Select(item => Judge(item.Item, counting: null, motion.Secret)).ToList();
                var together = batch.Length > 1
                    && !motion.Secret
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

    /// <summary>The ballots that count, one a voter, partition by partition; only a page of them is held at a time.</summary>
    /// <remarks>On a secret motion the voter of each is the ballot's name.</remarks>
    public async IAsyncEnumerable<Ballot> ReadAsync(
        Motion motion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var partition in Partitions(motion))
        {
            await foreach (var row in _table.QueryAsync<TableEntity>(Saying(partition, motion), cancellationToken: cancellationToken))
            {
                yield return motion.Secret ? BallotRow.ReadSaid(row) : BallotRow.Read(row);
            }
        }
    }

    /// <summary>Deletes what was said in the ballots of a secret motion; who has voted stays. Safe to run again.</summary>
    public async Task ForgetSaidAsync(Motion motion, CancellationToken cancellationToken)
    {
        foreach (var partition in Partitions(motion))
        {
            await foreach (var page in _table.QueryAsync<TableEntity>(
                Saying(partition, motion), RowsInTransaction, select: [nameof(TableEntity.RowKey)], cancellationToken).AsPages())
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

    /// <summary>Whether anybody has voted.</summary>
    public async Task<bool> AnyAsync(Motion motion, CancellationToken cancellationToken)
    {
        await foreach (var _ in ReadAsync(motion, cancellationToken))
        {
            return true;
        }

        return false;
    }

    /// <summary>Those who have voted.</summary>
    public async Task<IReadOnlySet<string>> VotersAsync(Motion motion, CancellationToken cancellationToken)
    {
        HashSet<string> voters = new(StringComparer.Ordinal);
        foreach (var partition in Partitions(motion))
        {
            await foreach (var row in _table.QueryAsync<TableEntity>(
                Counting(partition), select: [nameof(Ballot.Voter)], cancellationToken: cancellationToken))
            {
                voters.Add(row.GetString(nameof(Ballot.Voter)));
            }
        }

        return voters;
    }

    /// <summary>Counts the ballots as they are now; nothing but the numbers is kept.</summary>
    public async Task<Count> CountAsync(Motion motion, CancellationToken cancellationToken)
    {
        int @for = 0, against = 0, abstained = 0;
        foreach (var partition in Partitions(motion))
        {
            await foreach (var row in _table.QueryAsync<TableEntity>(
                Saying(partition, motion), select: [nameof(Ballot.Vote)], cancellationToken: cancellationToken))
            {
                _ = BallotRow.VoteIn(row) switch
                {
                    Vote.For => @for++,
                    Vote.Against => against++,
                    _ => abstained++,
                };
            }
        }

        return Tally.CountOf(motion.Electorate, @for, against, abstained, present: null);
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

    /// <param name="ballots">Of one partition; each with the tag of the row that it replaces.</param>
    private Task<Written> TryWriteAsync(
        Motion motion,
        string partition,
        IReadOnlyList<(Recorded Recorded, ETag? Over)> ballots,
        CancellationToken cancellationToken) => TryWriteAsync(
            motion,
            partition,
            ballots.SelectMany(ballot => Rows(partition, ballot.Recorded, ballot.Over, secret: false)),
            cancellationToken);

    private async Task<Written> TryWriteAsync(
        Motion motion, string partition, IEnumerable<TableTransactionAction> rows, CancellationToken cancellationToken)
    {
        try
        {
            await _table.SubmitTransactionAsync(
                rows.Prepend(new(TableTransactionActionType.UpdateMerge, Box(partition, motion), ETag.All)), cancellationToken);
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

    private static IEnumerable<TableTransactionAction> Rows(string partition, Recorded recorded, ETag? over, bool secret)
    {
        yield return new(TableTransactionActionType.Add, BallotRow.History(partition, recorded, secret));
        if (recorded.Counts)
        {
            var row = BallotRow.Counting(partition, recorded.Ballot, secret);
            yield return over is { } tag
                ? new(TableTransactionActionType.UpdateReplace, row, tag)
                : new(TableTransactionActionType.Add, row);
        }
    }

    /// <summary>The row of what a secret ballot says, as it counts, and some of the others as they are.</summary>
    private async Task<IEnumerable<TableTransactionAction>> SaidAsync(
        Motion motion, string partition, Recorded recorded, MotionSecret secret, CancellationToken cancellationToken)
    {
        if (!recorded.Counts)
        {
            return [];
        }

        var ballot = recorded.Ballot;
        var said = BallotRow.Said(partition, secret.NameOf(ballot.Voter), motion.Options is { } options
            ? ballot with { Marks = MarkText.Write(options.Counted(ballot.Voter, MarkText.Read(ballot.Marks!)!)) }
            : ballot);
        var others = await SomeSaidAsync(partition, cancellationToken);
        return others
            .Where(row => row != said.RowKey)
            .Take(WrittenAgain)
            .Select(row => new TableTransactionAction(
                TableTransactionActionType.UpdateMerge, BallotRow.Again(partition, row), ETag.All))
            .Prepend(new(TableTransactionActionType.UpsertReplace, said));
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

    private static string Counting(string partition) => TableClient.CreateQueryFilter(
        $"PartitionKey eq {partition} and RowKey ge {Keys.BallotStart} and RowKey lt {Keys.BallotEnd}");

    /// <summary>The rows that say how was voted.</summary>
    private static string Saying(string partition, Motion motion) => motion.Secret
        ? TableClient.CreateQueryFilter(
            $"PartitionKey eq {partition} and RowKey ge {Keys.SecretBallotStart} and RowKey lt {Keys.SecretBallotEnd}")
        : Counting(partition);

    private static IEnumerable<string> Partitions(Motion motion) =>
        Enumerable.Range(0, motion.Buckets).Select(bucket => Keys.BallotBucket(motion.Committee, motion.Id, bucket));

    private static string PartitionOf(Motion motion, string voter) =>
        Keys.BallotBucket(motion.Committee, motion.Id, SHA256.HashData(Encoding.UTF8.GetBytes(voter))[0] % motion.Buckets);
}
