using BscFlow.Votes.Ranked;

namespace BscFlow.Tests.Votes.Ranked;

public sealed class SeatingTests
{
    private static readonly CountRules Approval = new() { Method = CountingMethod.Approval };

    [Fact]
    public void An_affiliation_holds_no_more_seats_than_it_may()
    {
        RankedOption[] options = [new("A", "Northlight"), new("B", "northlight"), new("C", "Tidewater"), new("D"), new("E")];

        var result = Count(Approval with { Seats = 3, Caps = [new SeatCap(null, 1)] }, options, [5, 4, 3, 2, 1]);

        Assert.Equal([0, 2, 3], result.Winners);
        Assert.Equal([new PassedOver(1, "northlight holds the seats that it may hold")], result.PassedOver);
    }

    [Fact]
    public void A_cap_of_its_own_goes_before_the_cap_of_all()
    {
        RankedOption[] options = [new("A", "Northlight"), new("B", "Northlight"), new("C", "Tidewater"), new("D", "Tidewater")];

        var result = Count(
            Approval with { Seats = 4, Caps = [new SeatCap(null, 2), new SeatCap("Northlight", 0)] }, options, [4, 3, 2, 1]);

        Assert.Equal([2, 3], result.Winners);
    }

    [Theory]
    [InlineData(CountingMethod.Stv)]
    [InlineData(CountingMethod.Scottish)]
    public void Votes_for_whom_a_cap_keeps_out_go_on(CountingMethod method)
    {
        RankedOption[] options = [new("A", "Northlight"), new("B", "Northlight"), new("C"), new("D")];
        var count = BallotCount.Create(new CountRules { Method = method, Seats = 2, Caps = [new SeatCap(null, 1)] }, 4);
        count.Add([1, 2, 3, Mark.Unranked], 12);
        count.Add([Mark.Unranked, 1, 2, Mark.Unranked], 5);
        count.Add([Mark.Unranked, Mark.Unranked, Mark.Unranked, 1], 7);

        var result = count.Result(options);

        // Without the cap B would be elected; with it, B's voters elect C over D.
        Assert.Equal([0, 2], result.Winners);
        Assert.Equal([new PassedOver(1, "Northlight holds the seats that it may hold")], result.PassedOver);
    }

    /// <summary>Nobody who could take a seat is left out before those whose affiliation has too many left.</summary>
    [Theory]
    [InlineData(CountingMethod.Stv)]
    [InlineData(CountingMethod.Scottish)]
    public void A_cap_leaves_no_seat_empty_that_somebody_can_take(CountingMethod method)
    {
        RankedOption[] two = [new("A1", "X"), new("A2", "X"), new("B", "Y"), new("C", "Z")];
        RankedOption[] three = [new("A1", "X"), new("A2", "X"), new("A3", "X"), new("B", "Y"), new("C", "Z")];

        var pair = First(method, 2, two, [30, 30, 25, 15]);
        var trio = First(method, 3, three, [24, 24, 24, 16, 12]);

        Assert.Equal((2, 1), (pair.Winners.Count, pair.Winners.Count(winner => winner < 2)));
        Assert.Contains(2, pair.Winners);
        Assert.Equal((3, 1), (trio.Winners.Count, trio.Winners.Count(winner => winner < 3)));
        Assert.Equal(
            method is CountingMethod.Scottish,
            pair.Rounds!.Any(round => round.Did.Contains("has more left than it may hold", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(CountingMethod.Irv)]
    [InlineData(CountingMethod.Stv)]
    [InlineData(CountingMethod.Scottish)]
    public void A_lot_does_not_let_anything_win_that_is_only_as_good_as_none_of_the_above(CountingMethod method)
    {
        RankedOption[] options = [new("A"), new("None of the above"), new("B")];
        for (var seed = 0; seed < 8; seed++)
        {
            var count = BallotCount.Create(new CountRules { Method = method, TieBreak = new TieBreak.Lot($"{seed}") }, 3);
            count.Add([1, Mark.Unranked, Mark.Unranked], 5);
            count.Add([Mark.Unranked, 1, Mark.Unranked], 5);

            Assert.Empty(count.Result(options).Winners);
        }
    }

    public static TheoryData<CountingMethod> Methods => [.. Enum.GetValues<CountingMethod>()];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Nothing_wins_of_no_ballots_or_of_blank_ones(CountingMethod method)
    {
        var none = BallotCount.Create(new CountRules { Method = method, Seats = 2 }, 3);
        var blank = BallotCount.Create(new CountRules { Method = method, Seats = 2 }, 3);
        var one = BallotCount.Create(new CountRules { Method = method }, 1);
        blank.Add([Mark.NoOpinion, Mark.NoOpinion, Mark.NoOpinion], 3);
        blank.Add(method is CountingMethod.Score or CountingMethod.Approval
            ? [Mark.NoOpinion, Mark.NoOpinion, Mark.NoOpinion]
            : [Mark.Unranked, Mark.Unranked, Mark.Unranked]);
        one.Add([1]);

        Assert.Empty(none.Result([new("A"), new("B"), new("C")]).Winners);
        var result = blank.Result([new("A"), new("B"), new("C")]);
        Assert.Equal((0, 4L), (result.Winners.Count, result.Ballots));
        Assert.Equal([0], one.Result([new("A")]).Winners);
    }

    /// <remarks>So it is with what nobody approves of or scores. A committee that wants a seat filled asks again.</remarks>
    [Theory]
    [InlineData(CountingMethod.Schulze)]
    [InlineData(CountingMethod.Stv)]
    [InlineData(CountingMethod.Scottish)]
    [InlineData(CountingMethod.Irv)]
    public void Whom_no_ballot_ranks_takes_no_seat_that_is_left_over(CountingMethod method)
    {
        RankedOption[] options = [new("Ada"), new("Bo"), new("Cy"), new("Dot")];
        foreach (var seed in Enumerable.Range(0, 20))
        {
            var count = BallotCount.Create(
                new() { Method = method, Seats = 3, TieBreak = new TieBreak.Lot($"{seed}") }, options.Length);
            count.Add([1, 2, Mark.Unranked, Mark.NoOpinion], weight: 3);
            count.Add([2, 1, Mark.Unranked, Mark.Unranked], weight: 2);

            var result = count.Result(options);

            Assert.Equal([0, 1], result.Winners);
            Assert.Equal(
                [(2, "is ranked on no ballot"), (3, "is ranked on no ballot")],
                result.PassedOver.Select(passed => (passed.Option, passed.Why)).Order());
            Assert.All(result.Rounds ?? [], round => Assert.DoesNotContain(round.Elected, option => option > 1));
        }
    }

    [Theory]
    [InlineData(CountingMethod.Stv)]
    [InlineData(CountingMethod.Scottish)]
    [InlineData(CountingMethod.Irv)]
    public void A_lot_leaves_nobody_out_for_whom_no_ballot_ranks(CountingMethod method)
    {
        // Bo, ranked second by all, holds as little as Cy, whom nobody ranks.
        foreach (var seed in Enumerable.Range(0, 20))
        {
            var count = BallotCount.Create(new() { Method = method, Seats = 2, TieBreak = new TieBreak.Lot($"{seed}") }, 3);
            count.Add([1, 2, Mark.Unranked]);

            Assert.Equal([0, 1], count.Result([new("Ada"), new("Bo"), new("Cy")]).Winners);
        }
    }

    [Fact]
    public void What_nobody_approves_of_or_scores_does_not_win_though_money_is_left()
    {
        RankedOption[] options = [new("A", Cost: 10), new("B", Cost: 10)];
        var score = BallotCount.Create(new CountRules { Method = CountingMethod.Score, Budget = 100 }, 2);
        score.Add([4, Mark.NoOpinion]);

        Assert.Equal([0], Count(Approval with { Budget = 100 }, options, [3, 0]).Winners);
        var result = score.Result(options);
        Assert.Equal([0], result.Winners);
        Assert.Equal([new PassedOver(1, "has no score")], result.PassedOver);
    }

    private static RankedResult First(CountingMethod method, int seats, RankedOption[] options, int[] votes)
    {
        var count = BallotCount.Create(
            new CountRules { Method = method, Seats = seats, Caps = [new SeatCap(null, 1)] }, options.Length);
        for (var option = 0; option < options.Length; option++)
        {
            var marks = Enumerable.Repeat(Mark.Unranked, options.Length).ToArray();
            marks[option] = 1;
            count.Add(marks, votes[option]);
        }

        return count.Result(options);
    }

    [Fact]
    public void The_budget_is_cut_at_the_first_option_that_does_not_fit()
    {
        RankedOption[] options = [new("A", Cost: 40_000), new("B", Cost: 35_000), new("C", Cost: 45_000), new("D", Cost: 20_000)];

        var result = Count(Approval with { Budget = 100_000 }, options, [4, 3, 2, 1]);

        Assert.Equal([0, 1], result.Winners);
        Assert.Equal(
            [
                new PassedOver(2, "costs 45,000, and 25,000 of the budget is left"),
                new PassedOver(3, "comes after one that did not fit the budget"),
            ],
            result.PassedOver);
    }

    [Fact]
    public void A_smaller_option_may_fill_the_budget_where_the_committee_says_so()
    {
        RankedOption[] options = [new("A", Cost: 40_000), new("B", Cost: 35_000), new("C", Cost: 45_000), new("D", Cost: 20_000)];

        var result = Count(Approval with { Budget = 100_000, FillBudget = true }, options, [4, 3, 2, 1]);

        Assert.Equal([0, 1, 3], result.Winners);
    }

    [Fact]
    public void Seats_end_before_the_budget_does()
    {
        RankedOption[] options = [new("A", Cost: 1), new("B", Cost: 1), new("C", Cost: 1)];

        Assert.Equal([0, 1], Count(Approval with { Budget = 3, Seats = 2 }, options, [3, 2, 1]).Winners);
    }

    [Theory]
    [InlineData("None of the above")]
    [InlineData("Further Discussion")]
    public void Only_what_comes_before_the_floor_wins(string floor)
    {
        RankedOption[] options = [new("A"), new(floor), new("B")];

        var result = Count(Approval with { Seats = 2 }, options, [3, 2, 1]);

        Assert.Equal([0], result.Winners);
        Assert.Equal([new PassedOver(2, $"does not come before \"{floor}\"")], result.PassedOver);
    }

    [Fact]
    public void As_good_as_the_floor_is_not_before_it()
    {
        RankedOption[] options = [new("A"), new("Neither")];

        var result = Count(Approval with { Floor = "Neither" }, options, [2, 2]);

        Assert.Empty(result.Winners);
        Assert.True(Assert.Single(result.Ties).Options is [1, 0]);
    }

    [Fact]
    public void Without_quorum_nothing_wins_and_the_order_is_told()
    {
        var result = Count(Approval with { Quorum = 4 }, [new("A"), new("B")], [3, 2]);

        Assert.False(result.HasQuorum);
        Assert.Empty(result.Winners);
        Assert.Equal([0, 1], result.Order);
    }

    [Fact]
    public void A_tie_about_a_seat_is_decisive_and_one_about_none_is_not()
    {
        RankedOption[] options = [new("A"), new("B"), new("C"), new("D")];

        var result = Count(Approval with { Seats = 1 }, options, [2, 2, 1, 1]);

        Assert.Equal([true, false], result.Ties.Select(tie => tie.Decisive));
        Assert.Equal("the order on the ballot", result.Ties[0].DecidedBy);
    }

    [Fact]
    public void The_chair_decides_a_tie()
    {
        var rules = Approval with { TieBreak = new TieBreak.Chair(["c", "B"]) };

        var result = Count(rules, [new("A"), new("B"), new("C")], [1, 1, 1]);

        Assert.Equal([2, 1, 0], result.Order);
        Assert.Equal("the chair", Assert.Single(result.Ties).DecidedBy);
    }

    /// <summary>By hand: printf 'seed\0A' | sha256sum, and so on, ascending.</summary>
    [Fact]
    public void A_lot_is_drawn_from_its_seed_and_the_names()
    {
        var rules = Approval with { TieBreak = new TieBreak.Lot("seed") };

        var result = Count(rules, [new("A"), new("B"), new("C")], [1, 1, 1]);

        Assert.Equal(ByHand, string.Concat(result.Order.Select(option => result.Options[option].Name)));
    }

    private const string ByHand = "ACB";

    /// <summary>Counts so many approvals for each option.</summary>
    private static RankedResult Count(CountRules rules, RankedOption[] options, int[] approvals)
    {
        var count = BallotCount.Create(rules, options.Length);
        for (var ballot = 0; ballot < approvals.Max(); ballot++)
        {
            count.Add([.. approvals.Select(number => ballot < number ? 1 : 0)]);
        }

        return count.Result(options);
    }
}
