using System.Text.Json;
using System.Text.Json.Serialization;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked;

namespace BscFlow.Votes.Tallies;

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
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string?>? Assessments = null)
{
    /// <param name="ballot">One that counts at the end of the motion.</param>
    public static TallyBallot Of(Motion motion, Ballot ballot) => new(
        ballot.Voter,
        ballot.Vote,
        ballot.Comment,
        ballot.Received.ToUniversalTime(),
        ballot.Source,
        ballot.Evidence,
        ballot.Proxy,
        motion.Options is { } options ? MarkText.Write(options.Counted(ballot)) : null,
        ballot.Assessments is { } written ? AssessmentText.Read(written) : null);
}

/// <summary>A line of the sheet of a secret motion.</summary>
/// <param name="Receipt">
/// What <see cref="SecretLine"/> makes of the ballot and the secret word that only its voter knows. In the first version of the
/// file, of a motion without options, the word itself.
/// </param>
/// <param name="Marks">On a motion with options: what counts, as <see cref="MarkText"/> writes it.</param>
public sealed record TallyReceipt(
    string Receipt, Vote Vote, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Marks = null)
{
    /// <param name="word">The secret word of the voter.</param>
    public static TallyReceipt Of(Motion motion, Ballot ballot, string word)
    {
        var line = new TallyReceipt(
            "", ballot.Vote, motion.Options is { } options ? MarkText.Write(options.Counted(ballot)) : null);
        return line with { Receipt = SecretLine.Of(word, line.Said) };
    }

    /// <summary>Whether this secret word made the line.</summary>
    /// <param name="version">Of the file.</param>
    public bool IsMadeBy(string word, int version) =>
        Receipt == (version == Tally.FirstVersion && Marks is null ? word : SecretLine.Of(word, Said));

    /// <summary>The ballot as it is signed: its marks, or the vote as it stands in the file.</summary>
    private string Said => Marks ?? Vote.ToString();
}

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

    /// <summary>What the ballots over options come to, as <see cref="RankedResultJson"/> writes it.</summary>
    /// <remarks>Behind the ballots, as all that is known only when they have passed by.</remarks>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Result { get; init; }

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
    public Count Count => new()
    {
        For = For,
        Against = Against,
        Abstained = Abstained,
        Members = Electorate.Count,
        Asked = Electorate.Size,
        Present = Present?.Count,
    };

    /// <summary>What a line of the sheet of a secret motion says, in words.</summary>
    public string Said(TallyReceipt line) =>
        Options is { } options && line.Marks is { } marks
            ? OptionWords.Said(options, marks)
            : RuleWords.Of(line.Vote, Rule.Consensus);

    /// <summary>Had no options, and the words of a secret vote themselves on its sheet.</summary>
    public const int FirstVersion = 1;

    /// <summary>The form in which files are written.</summary>
    public const int CurrentVersion = 2;

    /// <summary>What is known of a motion before its ballots are read: no line, no number, no result, no hash.</summary>
    /// <param name="closed">When it was closed.</param>
    public static Tally FrameOf(Motion motion, DateTimeOffset closed) => new()
    {
        Version = CurrentVersion,
        Committee = motion.Committee,
        Motion = motion.Id,
        Title = motion.Title,
        Text = motion.Text,
        Rule = motion.Rule,
        Electorate = motion.Electorate.Published(motion.Secret),
        Options = motion.Options,
        Opened = motion.Opened.ToUniversalTime(),
        Deadline = motion.Deadline.ToUniversalTime(),
        Closed = closed.ToUniversalTime(),
        Secret = motion.Secret,
        Ballots = [],
        Receipts = [],
        For = 0,
        Against = 0,
        Abstained = 0,
        Silent = 0,
        Outcome = Outcome.NoQuorum,
        Hash = "",
    };

    /// <summary>A frame with what its ballots come to.</summary>
    /// <param name="result">Of a motion with options.</param>
    public Tally With(VoteNumbers numbers, RankedResult? result)
    {
        var count = numbers.Of(Electorate);
        return this with
        {
            For = count.For,
            Against = count.Against,
            Abstained = count.Abstained,
            Silent = count.Out,
            Result = result is null ? null : RankedResultJson.ToElement(result),
            Outcome = result is null ? Rule.Decide(count) : OutcomeOf(result),
        };
    }

    /// <summary>Carried when anything wins.</summary>
    internal static Outcome OutcomeOf(RankedResult result) =>
        !result.HasQuorum ? Outcome.NoQuorum : result.Winners.Count > 0 ? Outcome.Carried : Outcome.Lost;
}
