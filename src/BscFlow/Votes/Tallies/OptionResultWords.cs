using System.Globalization;
using BscFlow.Votes.Ranked;

namespace BscFlow.Votes.Tallies;

/// <summary>Says in words how a vote over options ended.</summary>
public static class OptionResultWords
{
    /// <summary>"Ada Bell and Cy Dorn win, of 6 ballots. Eve Foss costs 45,000, and 25,000 of the budget is left."</summary>
    public static string Of(Tally tally, RankedResult result)
    {
        var options = tally.Options!;
        List<string> names = [.. result.Winners.Select(winner => result.Options[winner].Name)];
        var ballots = result.Ballots == 1
            ? "one ballot"
            : string.Create(CultureInfo.InvariantCulture, $"{result.Ballots} ballots");
        List<string> sentences =
        [
            !result.HasQuorum
                ? $"{result.Ballots} answered; {options.Quorum} were needed for a quorum."
                : names.Count == 0 ? $"Nothing wins, of {ballots}."
                : names.Count == 1 ? $"{names[0]} wins, of {ballots}."
                : $"{And(names)} win, in this order, of {ballots}.",
            .. result.PassedOver.Select(passed => $"{result.Options[passed.Option].Name} {passed.Why}."),
            .. result.Ties.Where(tie => tie.Decisive).GroupBy(tie => tie.DecidedBy, tie => Names(tie, result)).Select(Equal),
            .. options.Options.Where(option => option.Recused.Count > 0).Select(option =>
                $"{And([.. option.Recused.Select(id => tally.Electorate.NameOf(id))])} took no part in {option.Name}."),
        ];
        return string.Join(' ', sentences);
    }

    private static string And(List<string> names) =>
        names.Count == 1 ? names[0] : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";

    /// <summary>Ties that one rule decided, told once: "Equal were Ada, Cy; Eve, Dan; each time decided by lot."</summary>
    private static string Equal(IGrouping<string, string> ties)
    {
        List<string> different = [.. ties.Distinct()];
        return $"Equal were {string.Join("; ", different)}; {(different.Count > 1 ? "each time " : "")}decided by {ties.Key}.";
    }

    /// <summary>Those of a tie, in the order that was decided; a name with a comma, as "Bell, Ada", is in quotes.</summary>
    public static string Names(Tie tie, RankedResult result) => string.Join(
        ", ",
        tie.Options.Select(option => result.Options[option].Name)
            .Select(name => name.Contains(',', StringComparison.Ordinal) ? $"“{name}”" : name));
}
