namespace BscFlow.Votes.Ranked.Files;

/// <summary>What stands behind the ballots of a BLT file: the options' names, mostly the title, sometimes more.</summary>
/// <remarks>
/// By the form a name stands in quotes, one or more a line. Scotland's councils also give a line an option without quotes, or
/// with the party in quotes of its own, which is put in parentheses; a spreadsheet that a file went through has put quotes around
/// such lines and doubled those within; and Glasgow's came through PrefLib, which says <c># ALTERNATIVE NAME 1:</c>. Names may be
/// missing all together.
/// </remarks>
/// <param name="options">How many there are.</param>
/// <param name="hasCommas">A line an option: <c>"Candidate 1","Ada Bell","A Party (AP)",</c>.</param>
internal sealed class BltNames(int options, bool hasCommas)
{
    /// <summary>The title, and what some programs write behind it: where it is from, and a comment.</summary>
    private const int Behind = 3;

    private readonly List<(string Text, int Number)> _lines = [];

    public void Add(string line, int number)
    {
        if ((PrefLibFile.NameIn(line)?.Name ?? line.Trim()) is { Length: > 0 } text and not ['#', ..]
            && _lines.Count <= options + Behind)
        {
            _lines.Add((text, number));
        }
    }

    /// <returns>One an option; null where there are none.</returns>
    /// <exception cref="BallotFormatException">They are not as many as the options.</exception>
    public IReadOnlyList<string>? Read()
    {
        var isALineEach = _lines.Count == options || _lines.Count == options + 1;
        var quoted = hasCommas ? null : Quoted();
        return _lines.Count == 0 ? null
            : quoted is not null && (quoted.Count == options || quoted.Count == options + 1) ? quoted[..options]
            : isALineEach ? [.. _lines.Take(options).Select(line => hasCommas ? OfCells(line.Text) : OfLine(line.Text))]
            : quoted is not null && quoted.Count > options && quoted.Count <= options + Behind ? quoted[..options]
            : throw Refusal(quoted);
    }

    private BallotFormatException Refusal(List<string>? quoted) =>
        quoted is null && !hasCommas && _lines.Find(line => Strings(line.Text) is null) is { Number: > 0 } line
            ? new(line.Number, "a name does not stand in quotes, and there is not a line for each option")
            : new(_lines[^1].Number, $"it names {quoted?.Count ?? _lines.Count} options, and there are {options}");

    /// <summary>All that stands in quotes, up to what follows the title without any; null where a name stands in none.</summary>
    private List<string>? Quoted()
    {
        List<string> all = [];
        foreach (var (text, _) in _lines)
        {
            if (Strings(text) is not { } some)
            {
                return all.Count > options ? all : null;
            }

            all.AddRange(some);
        }

        return all;
    }

    private static string OfLine(string line)
    {
        var text = line.TrimEnd(',').TrimEnd();
        if (text is ['"', .. var inner, '"']
            && !inner.Replace("\"\"", "", StringComparison.Ordinal).Contains('"', StringComparison.Ordinal))
        {
            text = inner.Replace("\"\"", "\"", StringComparison.Ordinal).Trim();
        }

        return Strings(text) switch
        {
            [var name] => name,
            [var name, var party] => WithParty(name, party),
            _ => text,
        };
    }

    private static string OfCells(string line) => line.TrimEnd(',').Trim('"').Split("\",\"") switch
    {
        [_, var name, var party] => WithParty(name, party),
        [_, var name] => name,
        _ => line,
    };

    private static string WithParty(string name, string party) => $"{name} ({party})";

    /// <summary>
    /// What stands in quotes on a line; a quote ends a name where a blank, a comment or the line's end follows. Null where
    /// something stands in none.
    /// </summary>
    private static List<string>? Strings(string line)
    {
        List<string> strings = [];
        for (line = line.Trim(); line.Length > 0 && line[0] != '#'; line = line.TrimStart())
        {
            var end = line[0] == '"' ? 1 : line.Length;
            while (end < line.Length && !(line[end] == '"' && (end + 1 == line.Length || line[end + 1] is ' ' or '\t' or '#')))
            {
                end++;
            }

            if (end == line.Length)
            {
                return null;
            }

            strings.Add(line[1..end].Trim());
            line = line[(end + 1)..];
        }

        return strings;
    }
}
