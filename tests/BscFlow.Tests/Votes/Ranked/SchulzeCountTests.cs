using BscFlow.Votes.Ranked;
using FsCheck.Xunit;

namespace BscFlow.Tests.Votes.Ranked;

[Properties(Arbitrary = [typeof(Profiles)])]
public sealed class SchulzeCountTests
{
    private static readonly CountRules Rules = new() { Method = CountingMethod.Schulze };

    [Property]
    public void First_come_those_that_no_path_beats(Profile profile)
    {
        var result = profile.Count(Rules);

        var left = Enumerable.Range(0, profile.Options).ToList();
        List<int> order = [];
        while (left.Count > 0)
        {
            var place = NaiveSchulze.Unbeaten(profile, left);
            order.AddRange(place);
            left.RemoveAll(place.Contains);
        }

        Assert.Equal(order, result.Order);
    }

    [Property]
    public void The_matrix_holds_who_is_preferred_to_whom(Profile profile)
    {
        var pairs = profile.Count(Rules).Pairs!;

        for (var option = 0; option < profile.Options; option++)
        {
            for (var other = 0; other < profile.Options; other++)
            {
                Assert.Equal(NaiveSchulze.Preferring(profile, option, other), pairs[option, other]);
            }
        }
    }

    [Property]
    public void An_option_that_wins_each_pair_wins(Profile profile)
    {
        var winner = Enumerable.Range(0, profile.Options).Where(option => Enumerable.Range(0, profile.Options).All(other =>
            other == option
            || NaiveSchulze.Preferring(profile, option, other) > NaiveSchulze.Preferring(profile, other, option)));

        var result = profile.Count(Rules);

        Assert.All(profile.SaysNothing ? [] : winner, option => Assert.Equal([option], result.Winners));
    }

    [Property]
    public void Ranking_a_winner_higher_does_not_make_it_lose(Profile profile, FsCheck.PositiveInt voter)
    {
        if (profile.Ballots.Count == 0)
        {
            return;
        }

        foreach (var winner in FirstPlace(profile))
        {
            int[][] ballots = [.. profile.Ballots.Select(ballot => ballot.ToArray())];
            var raised = ballots[voter.Get % ballots.Length];
            if (raised[winner] != Mark.NoOpinion)
            {
                raised[winner] = 0;
            }

            Assert.Contains(winner, FirstPlace(profile with { Ballots = ballots }));
        }
    }

    /// <summary>A second option that every voter ranks beside one of the first, in one order or another or tied.</summary>
    [Property]
    public void A_clone_neither_helps_nor_harms(Profile profile, FsCheck.NonNegativeInt cloned, Shuffle shuffle)
    {
        var original = cloned.Get % profile.Options;
        var clone = profile.Options;
        var withClone = new Profile(profile.Options + 1,
        [
            .. profile.Ballots.Select((ballot, voter) =>
            {
                // Ranks are spread, so that there is room beside the original; tied with others, only the same rank is beside it.
                int[] spread = [.. ballot.Select(mark => mark < 0 ? mark : mark * 3)];
                var alone = spread[original] >= 0 && spread.Count(mark => mark == spread[original]) == 1;
                return (int[])[.. spread, spread[original] + (alone ? shuffle.Keys[voter % 16] % 3 - 1 : 0)];
            }),
        ]);

        var before = FirstPlace(profile);
        var after = FirstPlace(withClone);

        Assert.Equal(before.Where(option => option != original), after.Where(option => option != original && option != clone));
        Assert.Equal(before.Contains(original), after.Contains(original) || after.Contains(clone));
    }

    /// <summary>More than a block of the matrix holds, in vectors that end within one, with ranks that fit no byte.</summary>
    [Fact]
    public void Many_ballots_are_counted_like_few()
    {
        var random = new Random(2026);
        int[][] ballots =
        [
            .. Enumerable.Range(0, 20_011).Select(_ => (int[])
            [
                .. Enumerable.Range(0, 7).Select(_ => random.Next(20) switch
                {
                    0 => Mark.NoOpinion,
                    1 => Mark.Unranked,
                    2 => 100_000_000 + random.Next(3),
                    var rank => rank,
                }),
            ]),
        ];
        var profile = new Profile(7, ballots);

        var pairs = profile.Count(Rules).Pairs!;

        for (var option = 0; option < 7; option++)
        {
            for (var other = 0; other < 7; other++)
            {
                Assert.Equal(NaiveSchulze.Preferring(profile, option, other), pairs[option, other]);
            }
        }
    }

    [Fact]
    public void A_ballot_with_a_weight_counts_as_often()
    {
        var heavy = BallotCount.Create(Rules, 3);
        heavy.Add([1, 2, Mark.Unranked], 5);
        heavy.Add([Mark.NoOpinion, 1, 2]);

        var pairs = heavy.Result([new("A"), new("B"), new("C")]).Pairs!;

        Assert.Equal((5, 0, 6, 6), (pairs[0, 1], pairs[1, 0], pairs[1, 2], heavy.Ballots));
    }

    private static int[] FirstPlace(Profile profile)
    {
        var result = profile.Count(Rules with { Seats = profile.Options });
        var first = result.Ties.FirstOrDefault(tie => tie.Options.Contains(result.Order[0]));
        return first is null ? [result.Order[0]] : [.. first.Options.Order()];
    }
}
