using System.Text.Json;
using System.Text.Json.Serialization;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked;

namespace BscFlow.Votes;

/// <summary>A ballot as a public tally shows it.</summary>
/// <param name="Voter">Id of the member.</param>
/// <param name="Evidence">Message id of the mail, or what else proves the ballot.</param>
/// <param name="Proxy">Id of the member who cast it for the voter.</param>
/// <param name="Marks">On a motion with options: what counts, as <see cref="MarkText"/> writes it.</param>
/// <param name="Assessments">On a motion with options: what was written of each.</param>
public sealed record TallyBallot(
    string Voter,
    Vote Vote,
    string? Comment,
    DateTimeOffset Received,
    BallotSource Source,
    string Evidence,
    string? Proxy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Marks = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string?>? Assessments = null);

/// <summary>A line of the sheet of a secret motion.</summary>
/// <param name="Receipt">
/// The code that only its voter knows; on a motion with options what <see cref="SecretLine"/> makes of the code and the ballot.
/// </param>
/// <param name="Marks">On a motion with options: what counts, as <see cref="MarkText"/> writes it.</param>
public sealed record TallyReceipt(
    string Receipt, Vote Vote, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Marks = null);

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

    /// <summary>What was asked in place of yes or no, and how it is counted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OptionVote? Options { get; init; }

    /// <summary>What the ballots over options come to, as <see cref="RankedResultJson"/> writes it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Result { get; init; }

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

    /// <summary>What the line of a secret motion says that a receipt's secret word made.</summary>
    /// <returns>In words; null when no line is made by it.</returns>
    public string? LineOf(string word)
    {
        var line = Receipts.FirstOrDefault(line =>
            line.Receipt == (line.Marks is { } marks ? SecretLine.Of(word, marks) : word));
        return line is null ? null
            : Options is { } options && line.Marks is { } said ? OptionWords.Said(options, said)
            : RuleWords.Of(line.Vote, Rule.Consensus);
    }

    /// <summary>Counts the ballots of a motion: one a voter, those that count at its end.</summary>
    /// <param name="motion">The motion, closed or about to be.</param>
    /// <param name="ballots">In any order; each voter at most once, each in time.</param>
    /// <param name="closed">When it was closed.</param>
    /// <param name="receiptOf">The receipt of a voter, for a secret motion.</param>
    public static Tally Of(Motion motion, IEnumerable<Ballot> ballots, DateTimeOffset closed, Func<string, string> receiptOf)
    {
        TallyBallot[] lines =
            [.. ballots.Select(ballot => LineOf(motion, ballot)).OrderBy(line => line.Voter, StringComparer.Ordinal)];
        var count = CountOf(motion.Electorate, lines.Select(line => line.Vote));
        var result = motion.Options is null ? null : ResultOf(motion.Options, lines.Select(line => line.Marks));
        return TallyFile.WithHash(new Tally
        {
            Version = 1,
            Committee = motion.Committee,
            Motion = motion.Id,
            Title = motion.Title,
            Text = motion.Text,
            Rule = motion.Rule,
            Electorate = motion.Electorate.Published(motion.Secret),
            Options = motion.Options,
            Result = result is null ? null : RankedResultJson.ToElement(result),
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
            Outcome = result is null ? motion.Rule.Decide(count) : OutcomeOf(result),
            Hash = "",
        });
    }

    /// <summary>Counts marks that stand on a sheet, in any order.</summary>
    internal static RankedResult ResultOf(OptionVote options, IEnumerable<string?> marks)
    {
        var count = new OptionCount(options);
        foreach (var ballot in marks)
        {
            count.Add(MarkText.Read(ballot!)!);
        }

        return count.Result();
    }

    /// <summary>Carried when anything wins.</summary>
    internal static Outcome OutcomeOf(RankedResult result) =>
        !result.HasQuorum ? Outcome.NoQuorum : result.Winners.Count > 0 ? Outcome.Carried : Outcome.Lost;

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

    private static TallyBallot LineOf(Motion motion, Ballot ballot) => new(
        ballot.Voter,
        ballot.Vote,
        ballot.Comment,
        ballot.Received.ToUniversalTime(),
        ballot.Source,
        ballot.Evidence,
        ballot.Proxy,
        motion.Options is { } options ? MarkText.Write(options.Counted(ballot.Voter, MarkText.Read(ballot.Marks!)!)) : null,
        ballot.Assessments is { } written ? AssessmentText.Read(written) : null);

    private static TallyReceipt[] Sheet(TallyBallot[] lines, Func<string, string> receiptOf) =>
    [
        .. lines
            .Select(line => line.Marks is { } marks
                ? new TallyReceipt(SecretLine.Of(receiptOf(line.Voter), marks), line.Vote, marks)
                : new TallyReceipt(receiptOf(line.Voter), line.Vote))
            .OrderBy(line => line.Receipt, StringComparer.Ordinal),
    ];

    internal static Count CountOf(Electorate electorate, int @for, int against, int abstained, int? present) => new()
    {
        For = @for,
        Against = against,
        Abstained = abstained,
        Members = electorate.Count,
        Asked = electorate.Size,
        Present = present,
    };
}
