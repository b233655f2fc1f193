using BscFlow.Votes.Ranked;
using FsCheck;
using FsCheck.Xunit;

namespace BscFlow.Tests.Votes.Ranked;

/// <summary>What holds for every method.</summary>
[Properties(Arbitrary = [typeof(Profiles)])]
public sealed class CountTests
{
    [Property]
    public void The_order_of_the_voters_changes_nothing(Profile profile, Shuffle shuffle)
    {
        var shuffled = profile with { Ballots = [.. shuffle.Of(profile.Ballots.Count).Select(voter => profile.Ballots[voter])] };

        Assert.All(Enum.GetValues<CountingMethod>(), method =>
        {
            var rules = Rules(method);
            Assert.Equal(Told(profile.Count(rules)), Told(shuffled.Count(rules)));
        });
    }

    [Property]
    public void The_order_of_the_options_changes_nothing_where_ties_are_decided_by_lot(Profile profile, Shuffle shuffle)
    {
        var order = shuffle.Of(profile.Options);

        Assert.All(Enum.GetValues<CountingMethod>(), method =>
        {
            var rules = Rules(method);
            var result = profile.Count(rules);
            var permuted = profile.Permuted(order).Count(rules, [.. order.Select(option => profile.Names[option])]);

            Assert.Equal(Told(result), Told(permuted));
            Assert.Equal(
                result.Rounds?.Select(round => string.Join(' ', order.Select(option => round.Votes[option]))),
                permuted.Rounds?.Select(round => string.Join(' ', round.Votes)));
        });
    }

    [Property]
    public void A_weight_is_as_many_ballots(Profile profile, PositiveInt times)
    {
        var weight = times.Get % 3 + 1;
        Assert.All(Enum.GetValues<CountingMethod>(), method =>
        {
            var many = profile with { Ballots = [.. profile.Ballots.SelectMany(ballot => Enumerable.Repeat(ballot, weight))] };
            var heavy = BallotCount.Create(Rules(method), profile.Options);
            foreach (var ballot in profile.Ballots)
            {
                heavy.Add(ballot, weight);
            }

            Assert.Equal(Told(many.Count(Rules(method))), Told(heavy.Result(profile.Names)));
        });
    }

    [Property]
    public void Approvals_are_marks_above_zero(Profile profile)
    {
        var result = profile.Count(Rules(CountingMethod.Approval));

        long[] approvals =
            [.. Enumerable.Range(0, profile.Options).Select(option => profile.Ballots.LongCount(ballot => ballot[option] > 0))];
        Assert.Equal(approvals, result.Totals!.Select(total => total.Total));
        Assert.Equal(approvals.OrderDescending(), result.Order.Select(option => approvals[option]));
    }

    [Property]
    public void Scores_are_compared_by_their_mean(Profile profile)
    {
        var result = profile.Count(Rules(CountingMethod.Score));

        // Means of at most 14 scores up to 6 are told apart by decimals with 28 places.
        decimal[] means =
        [
            .. Enumerable.Range(0, profile.Options).Select(option => profile.Ballots
                .Select(ballot => (decimal)ballot[option])
                .Where(mark => mark >= 0)
                .DefaultIfEmpty(-1)
                .Average()),
        ];
        Assert.Equal(means.OrderDescending(), result.Order.Select(option => means[option]));
    }

    private static CountRules Rules(CountingMethod method) =>
        new() { Method = method, Seats = 2, TieBreak = new TieBreak.Lot("a published seed") };

    private static string Told(RankedResult result)
    {
        return $"{Names(result.Order)}; {Names(result.Winners)}; "
            + string.Join(", ", result.Ties.Select(tie => $"{tie.Round} {Names(tie.Options)} {tie.DecidedBy} {tie.Decisive}"));

        string Names(IEnumerable<int> options) => string.Join('>', options.Select(option => result.Options[option].Name));
    }
}
