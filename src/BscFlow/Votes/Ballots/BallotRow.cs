using Azure.Data.Tables;
using BscFlow.Storage;

namespace BscFlow.Votes.Ballots;

/// <summary>
/// A ballot as it stands in the Ballots table: the one of a voter that counts, and each that they ever cast. On a secret motion
/// these two say only who voted and when, and what was said stands in a third row under the ballot's name.
/// </summary>
internal static class BallotRow
{
    private const string Counts = "Counts";
    private const string OtherVote = "OtherVote";
    private const string OtherReceived = "OtherReceived";
    private const string OtherMarks = "OtherMarks";

    public static TableEntity Counting(string partition, Ballot ballot, bool secret) =>
        Write(partition, Keys.Ballot(ballot.Voter), ballot, secret);

    /// <summary>What was said in a secret ballot, and nothing of who said it or when.</summary>
    public static TableEntity Said(string partition, string name, Ballot ballot) =>
        Saying(new TableEntity(partition, Keys.SecretBallot(name)) { ["v"] = 1 }, ballot);

    /// <summary>Writes a row again as it is, so that its time tells of the latest ballot and not of its own.</summary>
    public static TableEntity Again(string partition, string row) => new(partition, row) { ["v"] = 1 };

    public static TableEntity History(string partition, Recorded recorded, bool secret)
    {
        var row = Write(partition, Keys.BallotHistory(recorded.Ballot.Voter, recorded.Ballot.Evidence), recorded.Ballot, secret);
        row[Counts] = recorded.Counts;
        row[OtherVote] = recorded.Other?.Vote?.ToString();
        row[OtherReceived] = recorded.Other?.Received;
        row[OtherMarks] = recorded.Other?.Marks;
        return row;
    }

    /// <param name="row">Of a motion that is not secret.</param>
    public static Ballot Read(TableEntity row) => Read(row, row);

    /// <param name="who">Says who voted, and when.</param>
    /// <param name="what">Says what; null where that is not to be had.</param>
    public static Ballot Read(TableEntity who, TableEntity? what) => new()
    {
        Voter = who.GetString(nameof(Ballot.Voter)),
        Vote = what is null ? default : VoteIn(what),
        Marks = what?.GetString(nameof(Ballot.Marks)),
        Assessments = what?.GetString(nameof(Ballot.Assessments)),
        Comment = what?.GetString(nameof(Ballot.Comment)),
        Received = who.GetDateTimeOffset(nameof(Ballot.Received))!.Value,
        Source = Enum.Parse<BallotSource>(who.GetString(nameof(Ballot.Source))),
        Evidence = who.GetString(nameof(Ballot.Evidence)),
        Proxy = who.GetString(nameof(Ballot.Proxy)),
    };

    /// <summary>A secret ballot whose voter is its name; when and how it came is not known of it.</summary>
    public static Ballot ReadSaid(TableEntity row) => new()
    {
        Voter = row.RowKey[Keys.SecretBallotStart.Length..],
        Vote = VoteIn(row),
        Marks = row.GetString(nameof(Ballot.Marks)),
        Assessments = row.GetString(nameof(Ballot.Assessments)),
        Comment = row.GetString(nameof(Ballot.Comment)),
        Received = default,
        Source = default,
        Evidence = "",
    };

    /// <param name="ballot">What was said, where the row does not hold it.</param>
    public static Recorded ReadHistory(TableEntity row, Ballot? ballot) => new(
        ballot ?? Read(row),
        row.GetBoolean(Counts)!.Value,
        row.GetDateTimeOffset(OtherReceived) is { } received
            ? new OtherBallot(
                row.GetString(OtherVote) is { } vote ? Enum.Parse<Vote>(vote) : null, received, row.GetString(OtherMarks))
            : null);

    public static Vote VoteIn(TableEntity row) => Enum.Parse<Vote>(row.GetString(nameof(Ballot.Vote)));

    private static TableEntity Write(string partition, string key, Ballot ballot, bool secret)
    {
        var row = new TableEntity(partition, key)
        {
            ["v"] = 1,
            [nameof(Ballot.Voter)] = ballot.Voter,
            [nameof(Ballot.Received)] = ballot.Received,
            [nameof(Ballot.Source)] = ballot.Source.ToString(),
            [nameof(Ballot.Evidence)] = ballot.Evidence,
            [nameof(Ballot.Proxy)] = ballot.Proxy,
        };
        return secret ? row : Saying(row, ballot);
    }

    private static TableEntity Saying(TableEntity row, Ballot ballot)
    {
        row[nameof(Ballot.Vote)] = ballot.Vote.ToString();
        row[nameof(Ballot.Marks)] = ballot.Marks;
        row[nameof(Ballot.Assessments)] = ballot.Assessments;
        row[nameof(Ballot.Comment)] = ballot.Comment;
        return row;
    }
}
