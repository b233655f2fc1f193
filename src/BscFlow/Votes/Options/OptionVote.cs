using System.Text.Json.Serialization;
using BscFlow.Committee;
using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Ballots;

namespace BscFlow.Votes.Options;

/// <summary>One of the things or people that a motion lets its voters choose from.</summary>
/// <param name="Recused">Ids of the voters who are taken out of it: what they say of it counts for nothing.</param>
public sealed record MotionOption(
    string Name, Uri? Link, decimal Cost, string? Proposer, string? Affiliation, IReadOnlyList<string> Recused);

/// <summary>
/// What is asked by a motion that has options instead of a text to say yes or no to, and how the answers are counted.
/// </summary>
public sealed record OptionVote
{
    /// <summary>The highest score that a ballot may allow.</summary>
    public const int HighestScore = 1000;

    /// <summary>Characters of the name of an option: what a ballot by mail can quote in a line or two.</summary>
    public const int LongestName = 200;

    /// <summary>Characters of all options as they are kept: what a row of a table holds beside the text.</summary>
    private const int LongestStored = 300_000;

    public required BallotKind Kind { get; init; }

    public required CountingMethod Method { get; init; }

    /// <summary>How many can win; null: as many as the budget pays for, or one.</summary>
    public int? Seats { get; init; }

    public IReadOnlyList<SeatCap> Caps { get; init; } = [];

    public decimal? Budget { get; init; }

    /// <summary>Whether a smaller option further down may take what is left of the budget.</summary>
    public bool FillBudget { get; init; }

    /// <summary>How many ballots it takes; frozen when the motion opens.</summary>
    public long Quorum { get; init; }

    /// <summary>Scores go from 0 to this.</summary>
    public int MostScore { get; init; } = 10;

    /// <summary>
    /// Names of options in the order in which the chair decides ties, put on record before the vote is closed. Without it a
    /// tie is decided by lot from <see cref="OptionCount.Seed"/>.
    /// </summary>
    public IReadOnlyList<string> Chair { get; init; } = [];

    /// <summary>Name of the option behind which nothing wins; null: the option that is called so, if one is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Floor { get; init; }

    public required IReadOnlyList<MotionOption> Options { get; init; }

    [JsonIgnore]
    public IReadOnlyList<string> Names => [.. Options.Select(option => option.Name)];

    /// <summary>The vote as the charter has it, where nothing else was said; frozen when the motion opens.</summary>
    /// <param name="quorum">How many must answer by the charter.</param>
    public OptionVote Under(ElectionRules rules, long quorum)
    {
        var floor = Floor ?? (Kind == BallotKind.Ranked ? rules.Floor : null);
        return this with
        {
            Quorum = Quorum > 0 ? Quorum : quorum,
            Caps = Caps.Count > 0 || Seats is null
                ? Caps
                : [.. rules.Caps.Select(cap => new SeatCap(cap.Affiliation, cap.Seats))],
            Floor = floor,
            Options = floor is null || Names.Contains(floor)
                ? Options
                : [.. Options, new MotionOption(floor, Link: null, Cost: 0, Proposer: null, Affiliation: null, Recused: [])],
        };
    }

    /// <summary>Why the charter does not let ties be decided so; null when it does.</summary>
    public string? TieRefusal(ElectionRules rules) => (rules.TieBreak, Chair.Count) switch
    {
        (TieRule.Chair, 0) => "the charter lets the chair decide ties, and the chair's order is not given",
        (TieRule.Lot, > 0) => "the charter lets a lot decide ties, and not the chair",
        _ => null,
    };

    /// <summary>Why it cannot be asked; null when it can.</summary>
    public string? Refusal(Electorate electorate)
    {
        if (Options.Count is < 2 or > BallotCount.MostOptions)
        {
            return $"it has {Options.Count} option{(Options.Count == 1 ? "" : "s")}; 2 to {BallotCount.MostOptions} can be counted";
        }

        var named = Options.GroupBy(option => option.Name, StringComparer.OrdinalIgnoreCase);
        if (named.FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            return $"two options are called \"{twice.Key}\"";
        }

        if (Options.SelectMany(option => option.Recused).FirstOrDefault(id => !electorate.Asks(id)) is { } stranger)
        {
            return $"\"{stranger}\" is recused and not asked";
        }

        return Options.Any(
            option => string.IsNullOrWhiteSpace(option.Name) || option.Name.Contains('\n', StringComparison.Ordinal))
                ? "an option has no name of one line"
            : !Fits ? $"ballots of this kind are not counted by {RankedResultText.NameOf(Method)}"
            : Seats < 1 ? "at least one must be able to win"
            : Budget < 0 || Options.Any(option => option.Cost < 0) ? "a cost is below nothing"
            : MostScore is < 1 or > HighestScore ? $"scores go up to a number from 1 to {HighestScore}"
            : NeedsSeats && Seats is null ? "a count that transfers votes needs the number of seats, beside a budget too"
            : Options.FirstOrDefault(option => option.Name.Length > LongestName) is { } longName
                ? $"the name \"{longName.Name[..40]}…\" has more than {LongestName} characters"
            : MotionRow.OptionsJson(this).Length > LongestStored
                ? $"its options take more than {LongestStored:#,0} characters with their links; shorten them"
            : Chair.FirstOrDefault(name => !Names.Contains(name)) is { } unknown
                ? $"the chair ranks \"{unknown}\", which is no option"
            : Chair.Distinct().Count() < Chair.Count ? "the chair ranks an option twice"
            : Chair.Count > 0 && Names.FirstOrDefault(name => name != FloorName && !Chair.Contains(name)) is { } left
                ? $"the chair's order leaves out \"{left}\"; it decides a tie only between options that it names"
            : Floor is not null && !Names.Contains(Floor) ? $"its floor \"{Floor}\" is no option"
            : null;
    }

    /// <summary>Names of the options in which a voter takes no part.</summary>
    public IReadOnlyList<string> RecusedOf(string voter) =>
        [.. Options.Where(option => option.Recused.Contains(voter)).Select(option => option.Name)];

    /// <summary>The marks of a ballot as they count.</summary>
    public int[] Counted(Ballot ballot) => Counted(ballot.Voter, MarkText.Read(ballot.Marks!)!);

    /// <summary>The marks as they count: an option from which the voter is recused has none.</summary>
    public int[] Counted(string voter, IReadOnlyList<int> marks) =>
        [.. marks.Select((mark, option) => Options[option].Recused.Contains(voter) ? Mark.NoOpinion : mark)];

    /// <summary>Whether marks can be a ballot here.</summary>
    public bool Takes(IReadOnlyList<int> marks) => marks.Count == Options.Count && marks.All(mark => Kind switch
    {
        BallotKind.Ranked => mark is Mark.Unranked or Mark.NoOpinion or (>= 1 and <= Mark.Largest),
        BallotKind.Score => mark == Mark.NoOpinion || mark >= 0 && mark <= MostScore,
        _ => mark is 0 or 1 or Mark.NoOpinion,
    });

    /// <summary>Without seats nobody is ever left out, so that votes would not go on.</summary>
    private bool NeedsSeats => Budget is not null && Method is (CountingMethod.Stv or CountingMethod.Scottish);

    /// <summary>Of a tie with it no tie rule is asked.</summary>
    private string? FloorName => new CountRules { Method = Method, Floor = Floor }
        .FloorOf([.. Names.Select(name => new RankedOption(name))]) is { } floor ? Names[floor] : null;

    /// <summary>Yes and no are counted like approvals.</summary>
    private bool Fits => Kind switch
    {
        BallotKind.Ranked => Method is not (CountingMethod.Approval or CountingMethod.Score),
        BallotKind.Score => Method is CountingMethod.Score,
        _ => Method is CountingMethod.Approval,
    };
}
