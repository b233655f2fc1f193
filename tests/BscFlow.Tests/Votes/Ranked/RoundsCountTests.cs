using BscFlow.Votes.Ranked;
using FsCheck;
using FsCheck.Xunit;

namespace BscFlow.Tests.Votes.Ranked;

[Properties(Arbitrary = [typeof(Profiles)])]
public sealed class RoundsCountTests
{
    private static readonly CountingMethod[] Methods = [CountingMethod.Stv, CountingMethod.Scottish, CountingMethod.Irv];

    [Property]
    public void In_each_round_votes_add_up_to_the_ballots_to_the_last_unit(Profile profile, PositiveInt seats)
    {
        foreach (var method in Methods)
        {
            var result = profile.Count(Rules(method, seats.Get % 4 + 1));

            Assert.NotEmpty(result.Rounds!);
            Assert.All(result.Rounds!, round => Assert.Equal(
                new VoteAmount(profile.Ballots.Count, 1),
                round.Votes.Aggregate(round.Exhausted, (sum, votes) => votes is { } held ? sum + held : sum)));
            Assert.All(result.Rounds!, round => Assert.True(round.Exhausted >= VoteAmount.Zero));
        }
    }

    [Property]
    public void All_seats_are_filled_by_whom_somebody_ranks_and_each_option_has_one_place(Profile profile, PositiveInt seats)
    {
        foreach (var method in Methods)
        {
            var result = profile.Count(Rules(method, seats.Get % 4 + 1));

            Assert.Equal(
                Math.Min(seats.Get % 4 + 1, Enumerable.Range(0, profile.Options).Count(option => !profile.NeverRanks(option))),
                result.Winners.Count);
            Assert.Equal(Enumerable.Range(0, profile.Options), result.Order.Order());
            Assert.Equal(result.Order.Take(result.Winners.Count), result.Winners);
        }
    }

    [Property]
    public void Meek_elects_whom_the_reference_rule_elects_with_as_many_votes(Profile profile, PositiveInt seats)
    {
        var rules = Rules(CountingMethod.Stv, Math.Min(seats.Get % 4 + 1, profile.Options));

        var result = profile.Count(rules);
        var naive = NaiveStv.Meek(profile, rules.Seats!.Value, Lot(rules, profile));

        Assert.Equal(naive.Elected.Where(option => !profile.NeverRanks(option)), result.Winners);
        Assert.All(result.Rounds![^1].Elected, option =>
            Assert.Equal(new VoteAmount(naive.Held[option], 1_000_000_000), result.Rounds[^1].Votes[option]));
    }

    [Property]
    public void The_Scottish_count_is_that_of_its_rules(Profile profile, PositiveInt seats)
    {
        var strict = WithoutTies(profile);
        var rules = Rules(CountingMethod.Scottish, Math.Min(seats.Get % 4 + 1, profile.Options));

        var result = strict.Count(rules);
        var naive = NaiveStv.Scottish(strict, rules.Seats!.Value, Lot(rules, profile));

        Assert.Equal(naive.Elected.Where(option => !profile.NeverRanks(option)), result.Winners);
        Assert.All(naive.Elected, option =>
            Assert.Equal(new VoteAmount(naive.Held[option], 100_000), result.Rounds![^1].Votes[option]));
    }

    [Property]
    public void A_run_off_leaves_out_who_has_the_fewest(Profile profile)
    {
        var rules = Rules(CountingMethod.Irv, 1);

        var result = profile.Count(rules);

        List<int> left = [.. Enumerable.Range(0, profile.Options)];
        List<int> order = [];
        while (left.Count > 0)
        {
            // 60 parts of a ballot divide by all numbers up to 6.
            var votes = left.ToDictionary(option => option, _ => 0);
            foreach (var ballot in profile.Ballots)
            {
                var best = left.Select(option => ballot[option]).Where(mark => mark >= 0).DefaultIfEmpty(-1).Min();
                int[] first = [.. left.Where(option => best >= 0 && ballot[option] == best)];
                Array.ForEach(first, option => votes[option] += 60 / first.Length);
            }

            int[] fewest = [.. left.Where(option => votes[option] == votes.Values.Min())];
            var last = Lot(rules, profile)(fewest).Last();
            left.Remove(last);
            order.Insert(0, last);
        }

        Assert.Equal(order, result.Order);
    }

    [Property]
    public void A_paper_stops_at_a_tie_under_the_Scottish_rules(PositiveInt voters)
    {
        var ballots = Enumerable.Repeat((int[])[1, 2, 2, 3], voters.Get).ToList();

        var result = new Profile(4, ballots).Count(Rules(CountingMethod.Scottish, 2));

        var surplus = result.Rounds![^1];
        Assert.Equal([0], result.Rounds[0].Elected);
        Assert.All(
            new[] { 1, 2, 3 },
            option => Assert.True(surplus.Votes[option] is null || surplus.Votes[option] == VoteAmount.Zero));
    }

    [Fact]
    public void A_tie_is_broken_by_the_latest_round_in_which_they_differed()
    {
        // B and C come level once D's votes are given on; B was behind before.
        List<int[]> ballots =
        [
            .. Enumerable.Repeat((int[])[1, -2, -2, -2], 9),
            .. Enumerable.Repeat((int[])[-2, 1, -2, -2], 4),
            .. Enumerable.Repeat((int[])[-2, -2, 1, -2], 6),
            .. Enumerable.Repeat((int[])[-2, 2, -2, 1], 2),
        ];

        var result = new Profile(4, ballots).Count(Rules(CountingMethod.Scottish, 1));

        Assert.Equal(["A", "C", "B", "D"], result.Order.Select(option => result.Options[option].Name));
        Assert.Contains(result.Ties, tie => tie.DecidedBy == "an earlier round" && tie.Options.SequenceEqual([2, 1]));
    }

    private static CountRules Rules(CountingMethod method, int seats) =>
        new() { Method = method, Seats = seats, TieBreak = new TieBreak.Lot("Rounds") };

    private static Func<IEnumerable<int>, IEnumerable<int>> Lot(CountRules rules, Profile profile) =>
        options => rules.TieBreak.Order([.. options.Order()], profile.Names).OrderBy(profile.NeverRanks);

    private static Profile WithoutTies(Profile profile) => profile with
    {
        Ballots =
        [
            .. profile.Ballots.Select(ballot =>
                ballot.Select((mark, option) => mark < 0 ? mark : mark * 10 + option).ToArray()),
        ],
    };
}
