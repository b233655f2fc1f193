namespace BscFlow.Votes.Ranked;

/// <summary>A count to which ballots are given one after another, so that they need not be held all at once.</summary>
public abstract class BallotCount(CountRules rules, int options)
{
    /// <summary>More options than this are refused: nobody ranks them, and a rank must fit a byte.</summary>
    public const int MostOptions = 250;

    /// <summary>How many marks a ballot has.</summary>
    public int Options { get; } = options;

    /// <summary>Ballots so far, by weight.</summary>
    public long Ballots { get; private set; }

    protected CountRules Rules { get; private set; } = rules;

    /// <summary>An empty count.</summary>
    /// <param name="options">How many options there are, 1 to <see cref="MostOptions"/>.</param>
    public static BallotCount Create(CountRules rules, int options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options, MostOptions);
        return rules.Method switch
        {
            CountingMethod.Schulze => new SchulzeCount(rules, options),
            CountingMethod.Stv => new MeekCount(rules, options),
            CountingMethod.Scottish => new ScottishCount(rules, options),
            CountingMethod.Approval => new ApprovalCount(rules, options),
            CountingMethod.Score => new ScoreCount(rules, options),
            CountingMethod.Irv => new RunOffCount(rules, options),
            _ => throw new ArgumentOutOfRangeException(nameof(rules), rules.Method, "a method that nobody counts by"),
        };
    }

    /// <summary>Counts one ballot.</summary>
    /// <param name="marks">One a option: see <see cref="Mark"/>.</param>
    /// <param name="weight">How many voters gave exactly this ballot.</param>
    public void Add(ReadOnlySpan<int> marks, long weight = 1)
    {
        Ballots += weight;
        Take(marks, weight);
    }

    /// <summary>What the ballots so far come to.</summary>
    /// <param name="options">As many as the ballots have marks, in the same order.</param>
    public RankedResult Result(IReadOnlyList<RankedOption> options) => Finish(options);

    /// <param name="tieBreak">In place of that of the rules: it may depend on the ballots.</param>
    public RankedResult Result(IReadOnlyList<RankedOption> options, TieBreak tieBreak)
    {
        Rules = Rules with { TieBreak = tieBreak };
        return Finish(options);
    }

    protected abstract RankedResult Finish(IReadOnlyList<RankedOption> options);

    protected abstract void Take(ReadOnlySpan<int> marks, long weight);
}
