using Azure;
using Azure.Data.Tables;
using BscFlow.Committee;
using BscFlow.Storage;

namespace BscFlow.Votes.Mails;

/// <summary>A voter whom a mail about a motion did not reach.</summary>
/// <param name="Address">That it was sent to.</param>
/// <param name="Why">What was said of it, in words.</param>
public sealed record UnreachedVoter(string Voter, string Address, string Why, DateTimeOffset At);

/// <summary>The voters whom mails did not reach, a row each beside the motion's ballots, until they are called again.</summary>
public sealed class UnreachedVoters(TableServiceClient tables)
{
    private const int LongestWhy = 1000;

    private readonly TableClient _table = tables.GetTableClient(Keys.BallotsTable);

    /// <summary>Puts a voter on the list; the same mail again changes nothing.</summary>
    public Task AddAsync(string committee, string motion, UnreachedVoter unreached, CancellationToken cancellationToken) =>
        _table.UpsertEntityAsync(
            new TableEntity(Keys.BallotBucket(committee, motion, 0), Keys.UnreachedVoter(unreached.Voter))
            {
                ["v"] = 1,
                [nameof(UnreachedVoter.Voter)] = unreached.Voter,
                [nameof(UnreachedVoter.Address)] = unreached.Address,
                [nameof(UnreachedVoter.Why)] = unreached.Why.Length > LongestWhy ? unreached.Why[..LongestWhy] : unreached.Why,
                [nameof(UnreachedVoter.At)] = unreached.At,
            },
            TableUpdateMode.Replace,
            cancellationToken);

    /// <summary>The first of a motion, by voter.</summary>
    public async Task<IReadOnlyList<UnreachedVoter>> ListAsync(Motion motion, int most, CancellationToken cancellationToken)
    {
        return await _table.QueryAsync<TableEntity>(Of(motion), most, cancellationToken: cancellationToken)
            .Take(most)
            .Select(row => new UnreachedVoter(
                row.GetString(nameof(UnreachedVoter.Voter)),
                row.GetString(nameof(UnreachedVoter.Address)),
                row.GetString(nameof(UnreachedVoter.Why)),
                row.GetDateTimeOffset(nameof(UnreachedVoter.At))!.Value))
            .ToListAsync(cancellationToken);
    }

    /// <summary>The voters of a motion whose present address is one to which a mail did not get.</summary>
    public async Task<VoterSet> WithoutAddressAsync(Charter charter, Motion motion, CancellationToken cancellationToken)
    {
        var unreached = new VoterSet(motion.Electorate.Members);
        await foreach (var row in _table.QueryAsync<TableEntity>(
            Of(motion),
            select: [nameof(UnreachedVoter.Voter), nameof(UnreachedVoter.Address)],
            cancellationToken: cancellationToken))
        {
            var (id, address) = (row.GetString(nameof(UnreachedVoter.Voter)), row.GetString(nameof(UnreachedVoter.Address)));
            if (motion.Electorate.Voter(charter, id) is { } voter
                && voter.Addresses[0].Equals(address, StringComparison.OrdinalIgnoreCase))
            {
                unreached.Add(voter.Id);
            }
        }

        return unreached;
    }

    private static string Of(Motion motion)
    {
        var partition = Keys.BallotBucket(motion.Committee, motion.Id, 0);
        return TableClient.CreateQueryFilter(
            $"PartitionKey eq {partition} and RowKey ge {Keys.UnreachedStart} and RowKey lt {Keys.UnreachedEnd}");
    }

    /// <summary>Takes a voter off the list who is called again.</summary>
    public Task RemoveAsync(Motion motion, string voter, CancellationToken cancellationToken) => _table.DeleteEntityAsync(
        Keys.BallotBucket(motion.Committee, motion.Id, 0), Keys.UnreachedVoter(voter), ETag.All, cancellationToken);
}
