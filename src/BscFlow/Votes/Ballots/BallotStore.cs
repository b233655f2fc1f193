using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using BscFlow.Storage;

namespace BscFlow.Votes.Ballots;

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

    /// <summary>
    /// Of each partition, while all are read side by side, one page ahead: a ballot may have a comment of ten thousand
    /// characters.
    /// </summary>
    private const int BallotsOfAPage = 100;

    /// <summary>What the sheet shows of a secret ballot, and under which name it is found.</summary>
    private static readonly string[] SecretColumns = [nameof(TableEntity.RowKey), nameof(Ballot.Vote), nameof(Ballot.Marks)];

    private const int VotersAtOnce = 32;

    private readonly TableClient _table = tables.GetTableClient(Keys.BallotsTable);
    private readonly BallotRows _rows = new(tables.GetTableClient(Keys.BallotsTable));
    private readonly SecretBallotRows _secretRows = new(tables.GetTableClient(Keys.BallotsTable));
    private readonly KeptCount _voted = new(tables.GetTableClient(Keys.BallotsTable), KeptCount.Voted);

    /// <summary>Puts up the motion's box; safe to run again.</summary>
    public async Task OpenBoxAsync(Motion motion, CancellationToken cancellationToken)
    {
        if (motion.Secret)
        {
            await secrets.MakeAsync(motion, cancellationToken);
        }

        await KeptCount.BeginAsync(_table, motion, cancellationToken);
        await Task.WhenAll(BallotRows.Partitions(motion).Select(partition =>
            _table.UpsertEntityAsync(Box(partition, motion), TableUpdateMode.Replace, cancellationToken)));
    }

    /// <summary>Shuts the motion's box; safe to run again. What it took is there to be counted, and it takes no more.</summary>
    public Task ShutBoxAsync(Motion motion, CancellationToken cancellationToken) =>
        Task.WhenAll(BallotRows.Partitions(motion).Select(partition =>
            _table.DeleteEntityAsync(partition, Keys.BallotBox(motion.Box), ETag.All, cancellationToken)));

    /// <summary>
    /// Records a ballot and, where it is the latest of its voter, lets it count: both or neither. The same evidence again
    /// changes nothing.
    /// </summary>
    /// <returns>Null when the motion's box is shut; nothing was written then.</returns>
    public async Task<Recorded?> RecordAsync(Motion motion, Ballot ballot, CancellationToken cancellationToken)
    {
        var partition = BallotRows.PartitionOf(motion, ballot.Voter);
        var secret = motion.Secret ? await secrets.GetAsync(motion, cancellationToken) : null;
        TableEntity? counting = null;
        while (true)
        {
            var recorded = Judge(ballot, counting, motion.Secret);
            var written = await TryWriteAsync(motion, partition, secret, recorded, counting?.ETag, cancellationToken);
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

                    counting = await _rows.FindAsync(partition, Keys.Ballot(ballot.Voter), cancellationToken);
                    break;
            }
        }
    }

    /// <summary>What became of a ballot that was brought before; null when it was not.</summary>
    /// <param name="ballot">As it is brought now: on a secret motion nothing else says what was in it.</param>
    public async Task<Recorded?> FindRecordedAsync(Motion motion, Ballot ballot, CancellationToken cancellationToken) =>
        await _rows.FindAsync(
            BallotRows.PartitionOf(motion, ballot.Voter), Keys.BallotHistory(ballot.Voter, ballot.Evidence), cancellationToken)
            is { } row
            ? BallotRow.ReadHistory(row, motion.Secret ? ballot : null)
            : null;

    /// <summary>The voter's ballot that counts. Once a secret vote is over, nobody can find it any more.</summary>
    public async Task<Ballot?> FindAsync(Motion motion, string voter, CancellationToken cancellationToken)
    {
        var partition = BallotRows.PartitionOf(motion, voter);
        var row = await _rows.FindAsync(partition, Keys.Ballot(voter), cancellationToken);
        if (row is null || !motion.Secret)
        {
            return row is null ? null : BallotRow.Read(row);
        }

        var said = await secrets.FindAsync(motion, cancellationToken) is { } secret
            ? await _rows.FindAsync(partition, Keys.SecretBallot(secret.NameOf(voter)), cancellationToken)
            : null;
        return said is null ? null : BallotRow.Read(row, said);
    }

    /// <summary>How many ballots the voter has cast, whether they count or not.</summary>
    /// <param name="most">Of more only so many are counted.</param>
    public async Task<int> CountCastAsync(Motion motion, string voter, int most, CancellationToken cancellationToken)
    {
        var (start, end) = (Keys.BallotHistoryStart(voter), Keys.BallotHistoryEnd(voter));
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {BallotRows.PartitionOf(motion, voter)} and RowKey ge {start} and RowKey lt {end}");
        return await _rows.InAsync(filter, most, [nameof(TableEntity.RowKey)], cancellationToken)
            .Take(most)
            .CountAsync(cancellationToken);
    }

    /// <summary>The ballots that count, one a voter, by voter; of each partition only a page is held at a time.</summary>
    /// <remarks>
    /// On a secret motion the voter of each is the ballot's name, and nothing is read of it but what the sheet shows.
    /// </remarks>
    public async IAsyncEnumerable<Ballot> ReadAsync(
        Motion motion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _rows.MergedAsync(
            motion, BallotRows.Saying, BallotsOfAPage, motion.Secret ? SecretColumns : null, cancellationToken))
        {
            yield return motion.Secret ? BallotRow.ReadSaid(row) : BallotRow.Read(row);
        }
    }

    public async Task<bool> HasVotedAsync(Motion motion, string voter, CancellationToken cancellationToken) =>
        await _rows.FindAsync(BallotRows.PartitionOf(motion, voter), Keys.Ballot(voter), cancellationToken) is not null;

    /// <summary>Of some voters, those who have voted.</summary>
    public async Task<IReadOnlySet<string>> HaveVotedAsync(
        Motion motion, IReadOnlyList<string> voters, CancellationToken cancellationToken)
    {
        HashSet<string> voted = new(StringComparer.Ordinal);
        foreach (var some in voters.Chunk(VotersAtOnce))
        {
            var answers = await Task.WhenAll(some.Select(voter => HasVotedAsync(motion, voter, cancellationToken)));
            voted.UnionWith(some.Zip(answers).Where(pair => pair.Second).Select(pair => pair.First));
        }

        return voted;
    }

    /// <summary>Whether anybody has voted.</summary>
    public async Task<bool> AnyAsync(Motion motion, CancellationToken cancellationToken) =>
        await _rows.AllAsync(motion, BallotRows.Counting, [nameof(Ballot.Voter)], cancellationToken).AnyAsync(cancellationToken);

    /// <summary>Deletes what was said in the ballots of a secret motion; who has voted stays. Safe to run again.</summary>
    public async Task ForgetSaidAsync(Motion motion, CancellationToken cancellationToken)
    {
        foreach (var partition in BallotRows.Partitions(motion))
        {
            var rows = _rows.InAsync(
                BallotRows.Saying(partition, motion), RowsInTransaction, [nameof(TableEntity.RowKey)], cancellationToken);
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

    /// <summary>How many have voted, and of a small electorate who has not; of a large one no ballot is read for it.</summary>
    public async Task<VoterTurnout> TurnoutAsync(Motion motion, CancellationToken cancellationToken)
    {
        var electorate = motion.Electorate;
        if (motion.Buckets == 1)
        {
            var voters = await VotersAsync(motion, cancellationToken);
            return new VoterTurnout(
                electorate.Size, voters.Count, [.. electorate.Asked.Where(elector => !voters.Contains(elector.Id))]);
        }

        var voted = await _voted.FindAsync(motion, cancellationToken)
            ?? await _rows.AllAsync(motion, BallotRows.Counting, [nameof(TableEntity.RowKey)], cancellationToken)
                .CountAsync(cancellationToken);
        return new VoterTurnout(electorate.Size, voted, Missing: []);
    }

    /// <summary>Those who have voted.</summary>
    public async Task<VoterSet> VotersAsync(Motion motion, CancellationToken cancellationToken)
    {
        var voters = new VoterSet(motion.Electorate.Members);
        await foreach (var row in _rows.AllAsync(motion, BallotRows.Counting, [nameof(Ballot.Voter)], cancellationToken))
        {
            voters.Add(row.GetString(nameof(Ballot.Voter)));
        }

        return voters;
    }

    /// <summary>Counts the ballots as they are now; nothing but the numbers is kept.</summary>
    public async Task<Count> CountAsync(Motion motion, CancellationToken cancellationToken)
    {
        VoteNumbers numbers = default;
        await foreach (var row in _rows.AllAsync(motion, BallotRows.Saying, [nameof(Ballot.Vote)], cancellationToken))
        {
            numbers.Add(BallotRow.VoteIn(row));
        }

        return numbers.Of(motion.Electorate);
    }

    private enum Written
    {
        Yes,

        /// <summary>
        /// The evidence was seen before, the voter's other ballot is not the one that was thought, or another voter was counted.
        /// </summary>
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
    /// <param name="over">Tag of the row of the ballot that the recorded one replaces.</param>
    private async Task<Written> TryWriteAsync(
        Motion motion, string partition, MotionSecret? secret, Recorded recorded, ETag? over, CancellationToken cancellationToken)
    {
        List<TableTransactionAction> actions =
        [
            new(TableTransactionActionType.UpdateMerge, Box(partition, motion), ETag.All),
            new(TableTransactionActionType.Add, BallotRow.History(partition, recorded, motion.Secret)),
        ];
        if (recorded.Counts)
        {
            var row = BallotRow.Counting(partition, recorded.Ballot, motion.Secret);
            actions.AddRange(over is { } tag
                ? [new(TableTransactionActionType.UpdateReplace, row, tag)]
                : [new(TableTransactionActionType.Add, row), .. await _voted.OneMoreAsync(motion, partition, cancellationToken)]);
        }

        if (secret is not null && recorded.Counts)
        {
            actions.AddRange(await _secretRows.WriteAsync(motion, partition, secret, recorded.Ballot, cancellationToken));
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

    private static TableEntity Box(string partition, Motion motion) => new(partition, Keys.BallotBox(motion.Box)) { ["v"] = 1 };
}
