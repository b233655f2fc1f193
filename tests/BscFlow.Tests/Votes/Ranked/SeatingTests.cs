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
