using System.Numerics;

namespace BscFlow.Votes.Ranked;

/// <summary>Instant run-off. Equal ranks share a ballot in exact parts.</summary>
internal sealed class RunOffCount(CountRules rules, int options) : RoundsCount(rules, options)
{
    private VoteAmount[] _votes = [];

    protected override VoteAmount Held(int option) => _votes[option];

    protected override int MostWinners(int elected) => Options;

    protected override void Run()
    {
        var tree = new BallotTree(Box, Options);
        Count(tree);
        while (Hopeful.Count() > 1)
        {
            var fewest = Hopeful.Min(option => _votes[option]);
            var last = LastOf([.. Hopeful.Where(option => _votes[option] == fewest)]);
            Exclude(last);
            EndRound($"{Names[last].Name} is left out");
            tree.Exclude(last);
            Count(tree);
        }

        Elect(Hopeful.ToList());
        EndRound("one is left");
    }

    private void EndRound(string did)
    {
        var held = _votes.Aggregate(VoteAmount.Zero, VoteAmount.Add);
        var exhausted = new VoteAmount(Ballots * held.UnitsOfOneVote - held.Units, held.UnitsOfOneVote);
        var most = Enumerable.Range(0, Options).MaxBy(option => _votes[option]);
        var twice = _votes[most] + _votes[most];
        EndRound(quota: null, exhausted, twice > held ? $"{Names[most].Name} has more than half; {did}" : did);
    }

    private void Count(BallotTree tree)
    {
        // So many ballots for an option that share it with so many others: they become fractions only when they are added up.
        Dictionary<(int Option, int Sharers), long> ballots = [];
        foreach (var branch in tree.Root.Next)
        {
            int[] sharers = [.. branch.Options.Where(option => !tree.IsOut(option))];
            foreach (var option in sharers)
            {
                ballots[(option, sharers.Length)] = ballots.GetValueOrDefault((option, sharers.Length)) + branch.Weight;
            }
        }

        var unit = ballots.Keys.Aggregate(BigInteger.One, (units, key) =>
            units / BigInteger.GreatestCommonDivisor(units, key.Sharers) * key.Sharers);
        _votes = [.. Enumerable.Repeat(new VoteAmount(0, unit), Options)];
        foreach (var ((option, sharers), count) in ballots)
        {
            _votes[option] = new VoteAmount(_votes[option].Units + unit / sharers * count, unit);
        }
    }
}
