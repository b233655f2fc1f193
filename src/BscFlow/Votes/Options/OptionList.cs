using System.Text;
using BscFlow.Committee;
using BscFlow.Votes.Ranked.Files;

namespace BscFlow.Votes.Options;

/// <summary>
/// The options of a motion as people type them: a name a line, or a table in CSV whose first line names its columns.
/// </summary>
/// <remarks>
/// A vote writes to everybody as soon as it is opened. So what looks like a table and has no column of names is not taken for
/// names, and what stands in a column that nothing is known of is not left out in silence.
/// </remarks>
public static class OptionList
{
    private const string Columns = "name, link, cost, proposer, affiliation and recused";

    private static readonly string[] Known = ["name", "link", "cost", "proposer", "affiliation", "recused"];

    /// <exception cref="BallotFormatException">A line is neither a name nor a row of such a table.</exception>
    public static IReadOnlyList<MotionOption> Read(string text, Charter charter) =>
        IsTable(text)
            ? Rows(new CsvTable(new MemoryStream(Encoding.UTF8.GetBytes(text.TrimStart()))), charter)
            : [.. Names(text)];

    /// <exception cref="BallotFormatException">It is no address that a browser opens.</exception>
    internal static Uri? LinkOf(string? text, int line) =>
        string.IsNullOrWhiteSpace(text) ? null
        : Uri.TryCreate(text.Trim(), UriKind.Absolute, out var link) && link.Scheme is "http" or "https" ? link
        : throw new BallotFormatException(line, $"\"{text}\" is no address of a page");

    /// <summary>Whether its first line has a column of names.</summary>
    private static bool IsTable(string text) => text.TrimStart().Split('\n', 2)[0]
        .Split([',', ';', '\t'])
        .Any(cell => cell.Trim(' ', '\r', '"').Equals("name", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<MotionOption> Names(string text)
    {
        foreach (var (index, line) in text
            .Split('\n', StringSplitOptions.TrimEntries)
            .Index()
            .Where(line => line.Item.Length > 0))
        {
            var isQuoted = line is ['"', _, .., '"'] && line.Count(letter => letter == '"') == 2;
            if (!isQuoted && line.AsSpan().IndexOfAny(",;\t") is >= 0 and var at)
            {
                var separator = line[at] switch { ',' => "a comma", ';' => "a semicolon", _ => "a tab" };
                throw new BallotFormatException(
                    index + 1,
                    $"\"{line}\" has {separator} and is no name; put a name with {separator} in quotes, "
                    + $"and begin a table with a line that names its columns, which can be {Columns}");
            }

            yield return new MotionOption(
                isQuoted ? line[1..^1].Trim() : line, Link: null, Cost: 0, Proposer: null, Affiliation: null, Recused: []);
        }
    }

    private static List<MotionOption> Rows(CsvTable table, Charter charter)
    {
        if (table.Columns.FirstOrDefault(column => !Known.Contains(column, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw new BallotFormatException(1, $"no column is called \"{unknown}\"; they can be {Columns}");
        }

        List<MotionOption> options = [];
        while (table.TryRead())
        {
            options.Add(new MotionOption(
                table.Cell("name"),
                LinkOf(table.Cell("link"), table.Line),
                OptionTable.CostOf(table),
                Given(table.Cell("proposer")) is { } proposer ? NameOf(charter, proposer) : null,
                Given(table.Cell("affiliation")),
                [
                    .. table.Cell("recused").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                        .Select(person => charter.Members.FirstOrDefault(member => member.Name == person)?.Id ?? person),
                ]));
        }

        return options;
    }

    /// <summary>A member may be given by their id, which is no name to publish.</summary>
    private static string NameOf(Charter charter, string person) =>
        charter.Members.FirstOrDefault(member => member.Id == person)?.Name ?? person;

    private static string? Given(string cell) => cell.Length > 0 ? cell : null;
}
