namespace BscFlow.Votes.Ranked.Files;

/// <summary>
/// What is known of options beside the ballots: a CSV file with the columns <c>name</c>, <c>affiliation</c> and <c>cost</c>.
/// </summary>
/// <remarks>The columns may stand in any order, others are left alone, and all but <c>name</c> may be missing.</remarks>
public static class OptionTable
{
    /// <exception cref="BallotFormatException">It has no column of names, or something in it is not what its column is
    /// for.</exception>
    public static IReadOnlyList<RankedOption> Read(Stream stream)
    {
        var table = new CsvTable(stream);
        table.Require("name");
        List<RankedOption> options = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (table.TryRead())
        {
            var name = table.Cell("name");
            if (name.Length == 0 || !seen.Add(name))
            {
                throw new BallotFormatException(table.Line, name.Length == 0 ? "it has no name" : $"\"{name}\" stands twice");
            }

            var affiliation = table.Cell("affiliation");
            options.Add(new RankedOption(name, affiliation.Length > 0 ? affiliation : null, CostOf(table)));
        }

        return options;
    }

    internal static decimal CostOf(CsvTable table) =>
        table.Cell("cost") is not { Length: > 0 } text ? 0
        : OptionName.TryReadCost(text, out var cost) ? cost
        : throw new BallotFormatException(table.Line, $"\"{text}\" is no cost");
}
