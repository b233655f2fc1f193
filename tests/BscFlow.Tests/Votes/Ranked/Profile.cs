using BscFlow.Votes.Ranked;
using FsCheck;
using FsCheck.Fluent;

namespace BscFlow.Tests.Votes.Ranked;

/// <summary>A small election: one array of marks a voter, one mark an option.</summary>
public sealed record Profile(int Options, IReadOnlyList<int[]> Ballots)
{
    public RankedOption[] Names => [.. "ABCDEFGH".Take(Options).Select(letter => new RankedOption(letter.ToString()))];

    /// <summary>Whether no ballot ranks anything, so that nothing wins.</summary>
    public bool SaysNothing => Ballots.All(ballot => ballot.All(mark => mark < 0));

    /// <summary>Whether no ballot ranks this option, so that it wins nothing.</summary>
    public bool NeverRanks(int option) => Ballots.All(ballot => ballot[option] < 0);

    public override string ToString() =>
        string.Join(Environment.NewLine, Ballots.Select(ballot => string.Join(' ', ballot)));

    internal RankedResult Count(CountRules rules, IReadOnlyList<RankedOption>? options = null)
    {
        var count = BallotCount.Create(rules, Options);
        foreach (var ballot in Ballots)
        {
            count.Add(ballot);
        }

        return count.Result(options ?? Names);
    }

    /// <summary>
    /// The same with the options in another order: where an option stood, the one at its index in the order stands.
    /// </summary>
    internal Profile Permuted(int[] order) =>
        this with { Ballots = [.. Ballots.Select(ballot => order.Select(option => ballot[option]).ToArray())] };
}

/// <summary>What random elections look like: few options and voters, so that ties and cycles are common.</summary>
public static class Profiles
{
    /// <summary>Ballots with ties, gaps, unranked options and no opinions.</summary>
    public static Arbitrary<Profile> Profile() =>
        Arb.From(OfMarks(Gen.Frequency(
            (8, Gen.Choose(1, 6)), (1, Gen.Constant(Mark.NoOpinion)), (1, Gen.Constant(Mark.Unranked)))));

    /// <summary>A permutation for up to eight things, as keys to sort by.</summary>
    public static Arbitrary<Shuffle> Shuffle() =>
        Arb.From(from keys in Gen.Choose(0, 1000).ArrayOf(16) select new Shuffle(keys));

    private static Gen<Profile> OfMarks(Gen<int> mark) =>
        from options in Gen.Choose(1, 6)
        from voters in Gen.Choose(0, 14)
        from ballots in mark.ArrayOf(options).ArrayOf(voters)
        select new Profile(options, ballots);
}

public sealed record Shuffle(int[] Keys)
{
    public int[] Of(int count) => [.. Enumerable.Range(0, count).OrderBy(i => Keys[i % Keys.Length])];
}
