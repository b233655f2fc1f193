namespace BscFlow.Votes.Ranked;

/// <summary>Counts by Schulze's method; only the matrix of pairs is kept.</summary>
internal sealed class SchulzeCount(CountRules rules, int options) : BallotCount(rules, options)
{
    private readonly PairMatrix _pairs = new(options);

    public override RankedResult Result(IReadOnlyList<RankedOption> options)
    {
        _pairs.Flush();
        return Seating.Of(Rules, options, Ballots, Places()) with { Pairs = _pairs };
    }

    protected override void Take(ReadOnlySpan<int> marks, long weight) => _pairs.Add(marks, weight);

    /// <summary>
    /// Option A comes before B when its strongest path to B is stronger than that from B to it. That is a strict weak order, in which
    /// an option's place is how many it is not ahead of: options with as many wins are tied.
    /// </summary>
    private IEnumerable<IReadOnlyList<int>> Places()
    {
        var paths = StrongestPaths();
        return Enumerable.Range(0, Options)
            .GroupBy(option => Enumerable.Range(0, Options).Count(other => paths[option, other] > paths[other, option]))
            .OrderByDescending(place => place.Key)
            .Select(IReadOnlyList<int> (place) => [.. place]);
    }

    private long[,] StrongestPaths()
    {
        var paths = new long[Options, Options];
        for (var option = 0; option < Options; option++)
        {
            for (var other = 0; other < Options; other++)
            {
                paths[option, other] = _pairs[option, other] > _pairs[other, option] ? _pairs[option, other] : 0;
            }
        }

        for (var by = 0; by < Options; by++)
        {
            for (var from = 0; from < Options; from++)
            {
                var first = paths[from, by];
                if (from == by || first == 0)
                {
                    continue;
                }

                for (var to = 0; to < Options; to++)
                {
                    if (to != from)
                    {
                        paths[from, to] = Math.Max(paths[from, to], Math.Min(first, paths[by, to]));
                    }
                }
            }
        }

        return paths;
    }
}
