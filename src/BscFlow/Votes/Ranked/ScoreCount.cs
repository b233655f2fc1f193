using System.Numerics;

namespace BscFlow.Votes.Ranked;

/// <summary>Counts scores: the higher the better.</summary>
/// <remarks>
/// By the mean of the scores that an option got, so that a recused or silent member takes nothing from it. Means are compared as
/// fractions. An option without any score comes last and cannot win.
/// </remarks>
internal sealed class ScoreCount(CountRules rules, int options) : BallotCount(rules, options)
{
    private readonly long[] _sums = new long[options];
    private readonly long[] _ballots = new long[options];

    protected override RankedResult Finish(IReadOnlyList<RankedOption> options) =>
        Seating.Of(Rules, options, Ballots, Places(), kept: option => _ballots[option] == 0 ? "has no score" : null) with
        {
            Totals = [.. _sums.Select((total, option) => new OptionTotal(total, _ballots[option]))],
        };

    protected override void Take(ReadOnlySpan<int> marks, long weight)
    {
        for (var option = 0; option < marks.Length; option++)
        {
            if (marks[option] >= 0)
            {
                _sums[option] = checked(_sums[option] + marks[option] * weight);
                _ballots[option] += weight;
            }
        }
    }

    private List<List<int>> Places()
    {
        List<List<int>> places = [];
        foreach (var option in Enumerable.Range(0, Options).Order(Comparer<int>.Create(Compare)))
        {
            if (places is [.., var last] && Compare(last[0], option) == 0)
            {
                last.Add(option);
            }
            else
            {
                places.Add([option]);
            }
        }

        return places;
    }

    private int Compare(int option, int other) => (_ballots[option], _ballots[other]) switch
    {
        (0, 0) => 0,
        (0, _) => 1,
        (_, 0) => -1,
        var (ballots, others) => ((BigInteger)_sums[other] * ballots).CompareTo((BigInteger)_sums[option] * others),
    };
}
