using System.Globalization;
using System.Text.RegularExpressions;

namespace BscFlow.Votes.Ranked.Files;

/// <summary>Orders as PrefLib keeps them (soc, soi, toc, toi): a line <c>12: 3,{1,4},2</c> for twelve voters.</summary>
internal sealed partial class PrefLibFile : BallotFile
{
    private readonly LineReader _lines;
    private readonly string? _first;

    public PrefLibFile(LineReader lines)
    {
        _lines = lines;
        SortedDictionary<int, string> names = [];
        while ((_first = Next()) is ['#', ..])
        {
            if (NameIn(_first) is var (number, name))
            {
                names[number] = name;
            }
        }

        if (!names.Keys.SequenceEqual(Enumerable.Range(1, names.Count)))
        {
            throw new BallotFormatException(lines.Number, "its alternatives are not numbered from 1");
        }

        Options = [.. names.Values];
        CheckOptions(Options, lines.Number);
    }

    public override IReadOnlyList<string> Options { get; }

    public override int OptionCount => Options.Count;

    /// <summary>The option that a line <c># ALTERNATIVE NAME 2: Ada Bell</c> names; null of any other line.</summary>
    public static (int Number, string Name)? NameIn(string line) => NameLine.Match(line) is { Success: true } match
        ? (int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture), match.Groups["name"].Value.Trim())
        : null;

    public override void CountInto(BallotCount count)
    {
        Span<int> marks = stackalloc int[OptionCount];
        for (var line = _first; line is not null; line = Next())
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
            {
                throw new BallotFormatException(_lines.Number, "it is no line \"voters: order\"");
            }

            marks.Fill(Mark.Unranked);
            var rank = 0;
            var order = line[(colon + 1)..];
            if (!Order.IsMatch(order))
            {
                throw new BallotFormatException(_lines.Number, $"\"{order.Trim()}\" is no order like 3,{{1,4}},2");
            }

            foreach (Match place in Place.Matches(order))
            {
                rank++;
                foreach (var option in place.Value.Trim('{', '}').Split(',', StringSplitOptions.RemoveEmptyEntries))
                {
                    ref var mark = ref marks[Number(option, OptionCount) - 1];
                    mark = mark == Mark.Unranked
                        ? rank
                        : throw new BallotFormatException(_lines.Number, $"it ranks {option} twice");
                }
            }

            // An order that nobody has stands in some files too.
            if (Number(line[..colon], Mark.Largest, least: 0) is > 0 and var voters)
            {
                Add(count, marks, voters, _lines.Number);
            }
        }
    }

    private int Number(string text, int most, int least = 1) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= least && number <= most
            ? number
            : throw new BallotFormatException(_lines.Number, $"\"{text.Trim()}\" is no number from {least} to {most}");

    private string? Next()
    {
        while (_lines.TryRead(out var line))
        {
            if (!line.Trim(" \t"u8).IsEmpty)
            {
                return LineReader.TextOf(line);
            }
        }

        return null;
    }

    [GeneratedRegex(@"^# ALTERNATIVE NAME (?<number>\d{1,9}): (?<name>.*)$")]
    private static partial Regex NameLine { get; }

    [GeneratedRegex(@"^\s*(?:(?:\d+|\{[\d\s,]*\})\s*(?:,\s*|$))*$")]
    private static partial Regex Order { get; }

    [GeneratedRegex(@"\{[^}]*\}|[^,{}\s][^,{}]*")]
    private static partial Regex Place { get; }
}
