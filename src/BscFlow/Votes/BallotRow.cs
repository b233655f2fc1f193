using Azure.Data.Tables;
using BscFlow.Storage;

namespace BscFlow.Votes;

/// <summary>A ballot as it stands in the Ballots table: the one of a voter that counts, and each that they ever cast.</summary>
internal static class BallotRow
{
    private const string Counts = "Counts";
    private const string OtherVote = "OtherVote";
    private const string OtherReceived = "OtherReceived";
    private const string OtherMarks = "OtherMarks";

    public static TableEntity Counting(string partition, Ballot ballot) => Write(partition, Keys.Ballot(ballot.Voter), ballot);

    public static TableEntity History(string partition, Recorded recorded)
    {
        var row = Write(partition, Keys.BallotHistory(recorded.Ballot.Voter, recorded.Ballot.Evidence), recorded.Ballot);
        row[Counts] = recorded.Counts;
        row[OtherVote] = recorded.Other?.Vote.ToString();
        row[OtherReceived] = recorded.Other?.Received;
        row[OtherMarks] = recorded.Other?.Marks;
        return row;
    }

    public static Ballot Read(TableEntity row) => new()
    {
        Voter = row.GetString(nameof(Ballot.Voter)),
        Vote = Enum.Parse<Vote>(row.GetString(nameof(Ballot.Vote))),
        Marks = row.GetString(nameof(Ballot.Marks)),
        Assessments = row.GetString(nameof(Ballot.Assessments)),
        Comment = row.GetString(nameof(Ballot.Comment)),
        Received = row.GetDateTimeOffset(nameof(Ballot.Received))!.Value,
        Source = Enum.Parse<BallotSource>(row.GetString(nameof(Ballot.Source))),
        Evidence = row.GetString(nameof(Ballot.Evidence)),
        Proxy = row.GetString(nameof(Ballot.Proxy)),
    };

    public static Recorded ReadHistory(TableEntity row) => new(
        Read(row),
        row.GetBoolean(Counts)!.Value,
        row.GetString(OtherVote) is { } vote
            ? new OtherBallot(
                Enum.Parse<Vote>(vote), row.GetDateTimeOffset(OtherReceived)!.Value, row.GetString(OtherMarks))
            : null);

    private static TableEntity Write(string partition, string key, Ballot ballot) => new(partition, key)
    {
        ["v"] = 1,
        [nameof(Ballot.Voter)] = ballot.Voter,
        [nameof(Ballot.Vote)] = ballot.Vote.ToString(),
        [nameof(Ballot.Marks)] = ballot.Marks,
        [nameof(Ballot.Assessments)] = ballot.Assessments,
        [nameof(Ballot.Comment)] = ballot.Comment,
        [nameof(Ballot.Received)] = ballot.Received,
        [nameof(Ballot.Source)] = ballot.Source.ToString(),
        [nameof(Ballot.Evidence)] = ballot.Evidence,
        [nameof(Ballot.Proxy)] = ballot.Proxy,
    };
}
