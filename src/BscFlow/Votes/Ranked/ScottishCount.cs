namespace BscFlow.Votes.Ranked;

/// <summary>Single transferable vote as in Scotland's local elections: SSI 2007/42, rules 45 to 52.</summary>
/// <remarks>
/// Values of papers have five places and are cut off. A paper on which the next rank is given to more than one option goes no
/// further, and one whose first rank is goes nowhere; gaps between ranks mean nothing.
/// </remarks>
internal sealed class ScottishCount(CountRules rules, int options) : RoundsCount(rules, options)
{
    private const long One = VoteAmount.FivePlaces;

    private readonly long[] _votes = new long[options];

    /// <summary>The papers that each option holds, by their value in units.</summary>
    private readonly SortedDictionary<long, Pile>[] _papers =
        [.. Enumerable.Range(0, options).Select(_ => new SortedDictionary<long, Pile>())];

    private readonly List<long[]> _stages = [];
    private readonly HashSet<int> _surpluses = [];
    private readonly int[] _buffer = new int[options];
    private byte[] _at = [];
    private long _quota;

    protected override VoteAmount Held(int option) => new(_votes[option], One);

    protected override void Run()
    {
        _at = new byte[Box.Count];
        long valid = 0;
        for (var ballot = 0; ballot < Box.Count; ballot++)
        {
            valid += GiveOn(ballot, One) ? Box.Weight(ballot) : 0;
        }

        _quota = (valid / (Seats + 1) + 1) * One;
        var did = "first preferences";
        while (true)
        {
            ElectReached();
            var ends = SeatsLeft == 0 || Hopeful.Count() <= SeatsLeft;
            if (ends)
            {
                // Rule 52: as many are left as there are seats.
                Elect(Hopeful.ToList());
            }

            EndRound(new VoteAmount(_quota, One), new VoteAmount(Ballots * One - _votes.Sum(), One), did);
            if (ends)
            {
                return;
            }

            _stages.Add([.. _votes]);
            did = _surpluses.Count > 0 ? TransferSurplus() : ExcludeLowest();
        }
    }

    /// <summary>Rule 47.</summary>
    private void ElectReached()
    {
        var reached = Hopeful.Where(option => _votes[option] >= _quota).ToList();
        Elect(reached);
        _surpluses.UnionWith(reached.Where(option => Standings[option] == Standing.Elected && _votes[option] > _quota));
    }

    /// <summary>Rules 48 and 49: the largest surplus first.</summary>
    private string TransferSurplus()
    {
        var most = _surpluses.Max(option => _votes[option]);
        var from = Choose([.. _surpluses.Where(option => _votes[option] == most).Order()], highest: true);
        _surpluses.Remove(from);
        var (total, surplus) = (_votes[from], _votes[from] - _quota);
        _votes[from] = _quota;
        GiveOnAll(from, value => (long)((UInt128)value * (UInt128)surplus / (UInt128)total));
        return $"the surplus of {Names[from].Name} is transferred";
    }

    /// <summary>Rules 50 and 51; whom a cap keeps out goes before others.</summary>
    private string ExcludeLowest()
    {
        List<int> candidates = [.. With(Standing.Doomed)];
        var capped = candidates.Count > 0;
        candidates = capped ? candidates : Excludable();
        var fewest = candidates.Min(option => _votes[option]);
        var last = Choose([.. candidates.Where(option => _votes[option] == fewest)], highest: false);
        var did = capped ? $"{Names[last].Name} is left out, since {Seating.AtCap(Names[last])}"
            : LeftOut(last, isLowest: Hopeful.All(option => _votes[option] >= fewest));
        Exclude(last);
        _votes[last] = 0;
        GiveOnAll(last, value => value);
        return did;
    }

    /// <summary>
    /// Of those with equally many votes the one that had more, or fewer, at the latest stage at which they differed; else the
    /// tie rule.
    /// </summary>
    private int Choose(List<int> tied, bool highest)
    {
        var all = tied;
        for (var stage = _stages.Count - 1; stage >= 0 && tied.Count > 1; stage--)
        {
            var votes = _stages[stage];
            var extreme = highest ? tied.Max(option => votes[option]) : tied.Min(option => votes[option]);
            tied = [.. tied.Where(option => votes[option] == extreme)];
        }

        if (tied.Count == 1)
        {
            if (all.Count > 1)
            {
                var others = Rules.TieBreak.Order([.. all.Except(tied)], Names);
                AddTie(highest ? [.. tied, .. others] : [.. others, .. tied], "an earlier round");
            }

            return tied[0];
        }

        var (order, by) = Decide(tied);
        AddTie(order, by);
        return highest ? order[0] : order[^1];
    }

    private void GiveOnAll(int from, Func<long, long> valueOf)
    {
        var papers = _papers[from].ToList();
        _papers[from].Clear();
        foreach (var (value, pile) in papers)
        {
            var given = valueOf(value);
            foreach (var piece in pile.Pieces())
            {
                foreach (var ballot in piece)
                {
                    GiveOn(ballot, given);
                }
            }
        }
    }

    /// <summary>Gives a paper to the next option on it that can still be elected.</summary>
    /// <returns>Whether there was one.</returns>
    private bool GiveOn(int ballot, long value)
    {
        while (Box.Next(ballot, ref _at[ballot], _buffer) is [var option])
        {
            if (Standings[option] == Standing.Hopeful)
            {
                if (!_papers[option].TryGetValue(value, out var pile))
                {
                    _papers[option].Add(value, pile = new Pile());
                }

                pile.Add(ballot);
                _votes[option] += value * Box.Weight(ballot);
                return true;
            }
        }

        // Papers that go no further are not asked again, whatever stands below.
        _at[ballot] = byte.MaxValue;
        return false;
    }
}
