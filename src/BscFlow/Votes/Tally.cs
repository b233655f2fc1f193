using System.Text.Json.Serialization;

namespace BscFlow.Votes;

/// <summary>A ballot as a public tally shows it.</summary>
/// <param name="Voter">Id of the member.</param>
/// <param name="Evidence">Message id of the mail, or what else proves the ballot.</param>
/// <param name="Proxy">Id of the member who cast it for the voter.</param>
public sealed record TallyBallot(
    string Voter, Vote Vote, string? Comment, DateTimeOffset Received, BallotSource Source, string Evidence, string? Proxy);

/// <summary>A line of the sheet of a secret motion.</summary>
/// <param name="Receipt">The code that only its voter knows.</param>
public sealed record TallyReceipt(string Receipt, Vote Vote);

/// <summary>A result with everything that anyone needs to count it again: the content of <c>tally.json</c>.</summary>
public sealed record Tally
{
    /// <summary>The form of the file; another number when its meaning changes.</summary>
    public required int Version { get; init; }

    public required string Committee { get; init; }

    public required string Motion { get; init; }

    public required string Title { get; init; }

    /// <summary>What was voted on, word for word.</summary>
    public required string Text { get; init; }

    public required Rule Rule { get; init; }

    public required Electorate Electorate { get; init; }

    public required DateTimeOffset Opened { get; init; }

    public required DateTimeOffset Deadline { get; init; }

    public required DateTimeOffset Closed { get; init; }

    public required bool Secret { get; init; }

    /// <summary>Ids of the members at the meeting, where it was decided in one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Present { get; init; }

    /// <summary>One a voter, by voter; empty for a secret motion.</summary>
    public required IReadOnlyList<TallyBallot> Ballots { get; init; }

    /// <summary>One a voter, by receipt, so that the order tells nothing; empty for a public motion.</summary>
    public required IReadOnlyList<TallyReceipt> Receipts { get; init; }

    public required int For { get; init; }

    public required int Against { get; init; }

    public required int Abstained { get; init; }

    /// <summary>Those asked who did not answer.</summary>
    public required int Silent { get; init; }

    public required Outcome Outcome { get; init; }

    /// <summary>SHA-256 of the file as it would be with this field empty, hexadecimal, lower-case.</summary>
    public required string Hash { get; init; }

    /// <summary>The numbers alone.</summary>
    [JsonIgnore]
    public Count Count => CountOf(Electorate, For, Against, Abstained, Present?.Count);

    /// <summary>Counts the ballots of a motion: one a voter, those that count at its end.</summary>
    /// <param name="motion">The motion, closed or about to be.</param>
    /// <param name="ballots">In any order; each voter at most once, each in time.</param>
    /// <param name="closed">When it was closed.</param>
    /// <param name="receiptOf">The receipt of a voter, for a secret motion.</param>
    public static Tally Of(Motion motion, IEnumerable<Ballot> ballots, DateTimeOffset closed, Func<string, string> receiptOf)
    {
        TallyBallot[] lines = [.. ballots.Select(LineOf).OrderBy(line => line.Voter, StringComparer.Ordinal)];
        var count = CountOf(motion.Electorate, lines.Select(line => line.Vote));
        return TallyFile.WithHash(new Tally
        {
            Version = 1,
            Committee = motion.Committee,
            Motion = motion.Id,
            Title = motion.Title,
            Text = motion.Text,
            Rule = motion.Rule,
            Electorate = motion.Electorate,
            Opened = motion.Opened.ToUniversalTime(),
            Deadline = motion.Deadline.ToUniversalTime(),
            Closed = closed.ToUniversalTime(),
            Secret = motion.Secret,
            Ballots = motion.Secret ? [] : lines,
            Receipts = motion.Secret ? Sheet(lines, receiptOf) : [],
            For = count.For,
            Against = count.Against,
            Abstained = count.Abstained,
            Silent = count.Out,
            Outcome = motion.Rule.Decide(count),
            Hash = "",
        });
    }

    /// <summary>Counts votes by mail in one pass; nothing but the numbers is kept.</summary>
    public static Count CountOf(Electorate electorate, IEnumerable<Vote> votes)
    {
        int @for = 0, against = 0, abstained = 0;
        foreach (var vote in votes)
        {
            _ = vote switch
            {
                Vote.For => @for++,
                Vote.Against => against++,
                _ => abstained++,
            };
        }

        return CountOf(electorate, @for, against, abstained, present: null);
    }

    private static TallyBallot LineOf(Ballot ballot) => new(
        ballot.Voter,
        ballot.Vote,
        ballot.Comment,
        ballot.Received.ToUniversalTime(),
        ballot.Source,
        ballot.Evidence,
        ballot.Proxy);

    private static TallyReceipt[] Sheet(TallyBallot[] lines, Func<string, string> receiptOf) =>
    [
        .. lines
            .Select(line => new TallyReceipt(receiptOf(line.Voter), line.Vote))
            .OrderBy(line => line.Receipt, StringComparer.Ordinal),
    ];

    internal static Count CountOf(Electorate electorate, int @for, int against, int abstained, int? present) => new()
    {
        For = @for,
        Against = against,
        Abstained = abstained,
        Members = electorate.Members.Count,
        Asked = electorate.Size,
        Present = present,
    };
}
