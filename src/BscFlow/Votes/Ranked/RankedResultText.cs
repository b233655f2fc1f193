using System.Globalization;
using System.Text;

namespace BscFlow.Votes.Ranked;

/// <summary>A result for a person at a terminal.</summary>
public static class RankedResultText
{
    public static string Write(RankedResult result)
    {
        var text = new StringBuilder();
        Line($"{NameOf(result.Rules.Method)}, {result.Ballots} {(result.Ballots == 1 ? "ballot" : "ballots")}");
        if (!result.HasQuorum)
        {
            Line($"No quorum: {result.Rules.Quorum} ballots are needed, so nothing wins.");
        }

        foreach (var (place, option) in result.Order.Index())
        {
            var wins = result.Winners.Contains(option) ? "*" : " ";
            Line(
                $"{wins} {place + 1,3}. {result.Options[option].Name}{(TotalOf(result, option) is { } total ? $": {total}" : "")}");
        }

        foreach (var (option, why) in result.PassedOver)
        {
            Line($"{result.Options[option].Name} {why}.");
        }

        foreach (var tie in result.Ties)
        {
            var names = string.Join(", ", tie.Options.Select(option => result.Options[option].Name));
            Line($"Tied{(tie.Round is { } round ? $" in round {round}" : "")}: {names}; decided by {tie.DecidedBy}"
                + (tie.Decisive ? "." : ", and nothing hangs on it."));
        }

        return text.ToString();

        void Line(string line) => text.AppendLine(line);
    }

    /// <summary>What a method is called in a sentence's beginning.</summary>
    public static string NameOf(CountingMethod method) => method switch
    {
        CountingMethod.Schulze => "Schulze",
        CountingMethod.Stv => "Single transferable vote (Meek)",
        CountingMethod.Scottish => "Single transferable vote (Scottish rules)",
        CountingMethod.Approval => "Approval",
        CountingMethod.Score => "Score",
        CountingMethod.Irv => "Instant run-off",
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "a method without a name"),
    };

    /// <summary>
    /// What an option got by approvals or scores: "3 of 5", "7.5 on average of 2"; null for methods that add nothing up.
    /// </summary>
    public static string? TotalOf(RankedResult result, int option) => result.Totals is not { } totals ? null
        : totals[option] is not { Ballots: > 0 } got ? "nobody had an opinion"
        : result.Rules.Method == CountingMethod.Score
            ? string.Create(CultureInfo.InvariantCulture, $"{(decimal)got.Total / got.Ballots:0.##} on average of {got.Ballots}")
            : string.Create(CultureInfo.InvariantCulture, $"{got.Total} of {got.Ballots}");
}
