namespace BscFlow.Votes.Ranked;

/// <summary>Counts by Schulze's method; only the matrix of pairs is kept.</summary>
internal sealed class SchulzeCount(CountRules rules, int options) : BallotCount(rules, options)
{
    private readonly PairMatrix _pairs = new(options);
    private readonly bool[] _isRanked = new bool[options];
    private int _unranked = options;

    protected override RankedResult Finish(IReadOnlyList<RankedOption> options)
    {
        _pairs.Flush();
        return Seating.Of(
            Rules, options, Ballots, Places(), kept: option => _isRanked[option] ? null : Seating.Unranked) with
        { Pairs = _pairs };
    }

    protected override void Take(ReadOnlySpan<int> marks, long weight)
    {
        if (_unranked > 0)
        {
            NoteRanked(marks);
        }

        _pairs.Add(marks, weight);
    }

    private void NoteRanked(ReadOnlySpan<int> marks)
    {
        for (var option = 0; option < marks.Length; option++)
        {
            if (marks[option] >= 0 && !_isRanked[option])
            {
                _isRanked[option] = true;
                _unranked--;
            }
        }
    }

    /// <summary>
    /// One option beats another when its strongest path to it is stronger than that back. First come all that nothing beats,
    /// which are tied; then, with these gone, the same again.
    /// </summary>
    private List<List<int>> Places()
    {
        var paths = StrongestPaths();
        List<List<int>> places = [];
        List<int> left = [.. Enumerable.Range(0, Options)];
        while (left.Count > 0)
        {
            var unbeaten = left.FindAll(option => left.TrueForAll(other => paths[other, option] <= paths[option, other]));
            left.RemoveAll(unbeaten.Contains);
            places.Add(unbeaten);
        }

        return places;
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
