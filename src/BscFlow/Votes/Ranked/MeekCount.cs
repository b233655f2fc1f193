namespace BscFlow.Votes.Ranked;

/// <summary>Single transferable vote by Meek's method.</summary>
/// <remarks>
/// <para>The reference rule of the Proportional Representation Foundation, to its last unit: votes, quota and keep factors in
/// parts of 10^-9, products and quotients of keep factors rounded up, the quota cut off and one unit added, a round's surplus
/// below 10^-6.</para>
/// <para>The rule knows no equal ranks. A ballot with some counts as the mean of all orders in which it could have ranked
/// them: what elected options keep of it is cut off to a unit, hopeful ones share the rest, and what does not divide is
/// exhausted.</para>
/// </remarks>
internal sealed class MeekCount(CountRules rules, int options) : RoundsCount(rules, options)
{
    private const long One = VoteAmount.NinePlaces;

    /// <summary>The surplus at which keep factors are good enough: 10^-6 votes.</summary>
    private const long Omega = One / 1_000_000;

    private readonly long[] _votes = new long[options];
    private readonly long[] _keep = new long[options];
    private long _exhausted;
    private long _quota;

    protected override VoteAmount Held(int option) => new(_votes[option], One);

    protected override void Run()
    {
        var tree = new BallotTree(Box, Options);
        Array.Fill(_keep, One);
        while (Hopeful.Count() > SeatsLeft && SeatsLeft > 0)
        {
            if (Converge(tree) is not { } surplus)
            {
                EndRound("");
                ExcludeDoomed(tree);
                continue;
            }

            var candidates = Excludable();
            var lowest = candidates.Min(option => _votes[option]);
            var last = LastOf([.. candidates.Where(option => _votes[option] <= lowest + surplus)]);
            var did = LeftOut(last, isLowest: _votes[last] <= Hopeful.Min(option => _votes[option]) + surplus);
            Exclude(last);
            EndRound(did);
            Remove(tree, last);
        }

        if (Rounds.Count == 0 || SeatsLeft > 0)
        {
            Distribute(tree);
            Elect(Hopeful.ToList());
            EndRound(SeatsLeft > 0 ? "too few are left to fill all seats" : "all who are left are elected");
        }
    }

    /// <summary>Distributes votes until a surplus is left that does not matter, or an option is elected.</summary>
    /// <returns>The surplus, in units; null when someone was elected.</returns>
    private long? Converge(BallotTree tree)
    {
        var before = long.MaxValue;
        while (true)
        {
            Distribute(tree);
            var reached = Hopeful.Where(option => _votes[option] >= _quota).ToList();
            if (reached.Count > 0)
            {
                Elect(reached);
                return null;
            }

            var surplus = Math.Max(0, With(Standing.Elected).Sum(option => _votes[option] - _quota));
            if (surplus < Omega || surplus >= before)
            {
                return surplus;
            }

            before = surplus;
            foreach (var option in With(Standing.Elected))
            {
                var keep = DivideUp(DivideUp((UInt128)_keep[option] * (UInt128)_quota, One) * One, (UInt128)_votes[option]);

                // Rounding can leave votes a unit below the quota; nobody keeps more than all.
                _keep[option] = (long)UInt128.Min(keep, One);
            }
        }
    }

    private void Distribute(BallotTree tree)
    {
        Array.Clear(_votes);
        _exhausted = 0;
        PassOn(tree, tree.Root, One);
        _exhausted += (Ballots - tree.Root.Next.Sum(branch => branch.Weight) - tree.Root.Ended) * One;
        _quota = (_votes.Sum() / (Seats + 1)) + 1;
    }

    /// <summary>Gives what is left of each paper of a branch to the branches below.</summary>
    private void PassOn(BallotTree tree, Branch from, long paper)
    {
        _exhausted += from.Ended * paper;
        foreach (var branch in from.Next)
        {
            var rest = branch.Options is [var option] ? Keep(branch, option, paper) : KeepTied(branch, paper);
            if (rest > 0)
            {
                if (!branch.IsOpen)
                {
                    tree.Open(branch);
                }

                PassOn(tree, branch, rest);
            }
        }
    }

    /// <returns>What is left of each paper.</returns>
    private long Keep(Branch branch, int option, long paper)
    {
        var kept = (long)DivideUp((UInt128)paper * (UInt128)_keep[option], One);
        _votes[option] += kept * branch.Weight;
        return paper - kept;
    }

    private long KeepTied(Branch branch, long paper)
    {
        int[] counted = [.. branch.Options.Where(option => Standings[option] != Standing.Excluded)];
        if (counted is [var only])
        {
            return Keep(branch, only, paper);
        }

        int[] elected = [.. counted.Where(option => Standings[option] == Standing.Elected)];
        var rest = paper;
        foreach (var option in elected)
        {
            var kept = TiedKeep.Of(paper, option, elected, counted.Length, _keep);
            _votes[option] += kept * branch.Weight;
            rest -= kept;
        }

        var sharers = counted.Length - elected.Length;
        if (sharers == 0)
        {
            return rest;
        }

        foreach (var option in counted)
        {
            if (Standings[option] != Standing.Elected)
            {
                _votes[option] += rest / sharers * branch.Weight;
            }
        }

        _exhausted += rest % sharers * branch.Weight;
        return 0;
    }

    private void ExcludeDoomed(BallotTree tree)
    {
        foreach (var option in With(Standing.Doomed).ToList())
        {
            Exclude(option);
            Remove(tree, option);
        }
    }

    private void Remove(BallotTree tree, int option)
    {
        _keep[option] = 0;
        _votes[option] = 0;
        tree.Exclude(option);
    }

    private void EndRound(string did) => EndRound(new VoteAmount(_quota, One), new VoteAmount(_exhausted, One), did);

    private static UInt128 DivideUp(UInt128 dividend, UInt128 divisor) => (dividend + divisor - 1) / divisor;
}
