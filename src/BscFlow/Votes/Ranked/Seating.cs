using System.Globalization;

namespace BscFlow.Votes.Ranked;

/// <summary>From an order of options to those that win: ties, the floor, caps and the budget.</summary>
internal static class Seating
{
    /// <summary>Breaks the ties that an order leaves and seats from its top.</summary>
    /// <param name="places">Best first; the options of one place are tied, ascending.</param>
    /// <param name="most">How many the count lets win at most; a count by rounds has elected exactly these.</param>
    /// <param name="earlier">Ties that were decided on the way.</param>
    /// <param name="kept">What keeps an option from winning whatever its place; null where nothing does.</param>
    public static RankedResult Of(
        CountRules rules,
        IReadOnlyList<RankedOption> options,
        long ballots,
        IEnumerable<IReadOnlyList<int>> places,
        int? most = null,
        IReadOnlyList<Tie>? earlier = null,
        Func<int, string?>? kept = null)
    {
        List<int> order = new(options.Count);
        List<Tie> ties = [.. earlier ?? []];
        foreach (var place in places)
        {
            var (decided, by) = Decide(rules, options, place);
            order.AddRange(decided);
            if (place.Count > 1)
            {
                ties.Add(new Tie(decided, Round: null, by, Decisive: false));
            }
        }

        List<PassedOver> passedOver = [];
        List<int> winners = ballots < rules.Quorum || ballots == 0
            ? []
            : Seat(rules, options, [.. order.Take(most ?? order.Count)], kept ?? (_ => null), passedOver);
        return new RankedResult
        {
            Rules = rules,
            Options = options,
            Ballots = ballots,
            Winners = winners,
            Order = order,
            Ties = [.. ties.Select(tie => tie with { Decisive = tie.Decisive || IsDecisive(tie, winners) })],
            PassedOver = passedOver,
        };
    }

    /// <summary>
    /// Puts equal options in order. Whatever is only as good as "none of the above" does not come before it; of the others the
    /// tie rule decides.
    /// </summary>
    /// <param name="tied">Indexes, ascending.</param>
    /// <returns>The first first, and who decided, in words that follow "decided by".</returns>
    public static (IReadOnlyList<int> Order, string By) Decide(
        CountRules rules, IReadOnlyList<RankedOption> options, IReadOnlyList<int> tied)
    {
        var floor = rules.FloorOf(options);
        IReadOnlyList<int> first = [.. tied.Where(option => option == floor)];
        IReadOnlyList<int> others = [.. tied.Where(option => option != floor)];
        return (
            [.. first, .. others.Count > 1 ? rules.TieBreak.Order(others, options) : others],
            others.Count == 1 ? "the rule that only what comes before it can win" : rules.TieBreak.Name);
    }

    /// <summary>
    /// Why an option wins no seat that nobody has asked for it: without this, whom all leave out takes what is left over.
    /// </summary>
    public const string Unranked = "is ranked on no ballot";

    public static string AtCap(RankedOption option) => $"{option.Affiliation} holds the seats that it may hold";

    private static bool IsDecisive(Tie tie, List<int> winners) =>
        tie.Options.Any(winners.Contains) && !tie.Options.All(winners.Contains);

    private static List<int> Seat(
        CountRules rules,
        IReadOnlyList<RankedOption> options,
        List<int> order,
        Func<int, string?> kept,
        List<PassedOver> passedOver)
    {
        List<int> winners = [];
        var seats = rules.SeatsOf(options.Count);
        var left = rules.Budget;
        var full = false;
        foreach (var option in order)
        {
            if (winners.Count == seats)
            {
                break;
            }

            if (option == rules.FloorOf(options))
            {
                passedOver.AddRange(order
                    .SkipWhile(other => other != option)
                    .Skip(1)
                    .Select(other => new PassedOver(other, $"does not come before \"{options[option].Name}\"")));
                break;
            }

            var cost = options[option].Cost;
            if (kept(option) is { } why)
            {
                passedOver.Add(new PassedOver(option, why));
            }
            else if (Held(options, winners, options[option].Affiliation) >= rules.CapOf(options[option].Affiliation))
            {
                passedOver.Add(new PassedOver(option, AtCap(options[option])));
            }
            else if (left is not null && cost > left)
            {
                passedOver.Add(new PassedOver(option, string.Create(
                    CultureInfo.InvariantCulture, $"costs {cost:#,0.##}, and {left:#,0.##} of the budget is left")));
                full = !rules.FillBudget;
            }
            else if (full)
            {
                passedOver.Add(new PassedOver(option, "comes after one that did not fit the budget"));
            }
            else
            {
                winners.Add(option);
                left -= cost;
            }
        }

        return winners;
    }

    private static int Held(IReadOnlyList<RankedOption> options, List<int> winners, string? affiliation) =>
        affiliation is null ? 0 : winners.Count(winner =>
            string.Equals(options[winner].Affiliation, affiliation, StringComparison.OrdinalIgnoreCase));
}
