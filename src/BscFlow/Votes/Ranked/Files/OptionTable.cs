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
        var lines = new LineReader(stream);
        _ = lines.Peek();
        var records = new CsvRecords(lines);
        if (!records.TryRead(out var heading))
        {
            throw new BallotFormatException(0, "it is empty");
        }

        List<string> columns = [.. records.Split(heading).Select(name => name.Trim().ToUpperInvariant())];
        if (!columns.Contains("NAME"))
        {
            throw new BallotFormatException(1, "it has no column \"name\"");
        }

        List<RankedOption> options = [];
        while (records.TryRead(out var record))
        {
            var cells = records.Split(record);
            var name = Cell("NAME");
            if (name.Length == 0)
            {
                continue;
            }

            var affiliation = Cell("AFFILIATION");
            options.Add(new RankedOption(name, affiliation.Length > 0 ? affiliation : null, CostOf(Cell("COST"))));

            string Cell(string column) =>
                columns.IndexOf(column) is >= 0 and var index && index < cells.Count ? cells[index].Trim() : "";
        }

        return options;

        decimal CostOf(string text) =>
            text.Length == 0 ? 0
            : OptionName.TryReadCost(text, out var cost) ? cost
            : throw new BallotFormatException(lines.Number, $"\"{text}\" is no cost");
    }
}
