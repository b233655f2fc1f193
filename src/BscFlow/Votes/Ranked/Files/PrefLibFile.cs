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
            if (NameLine.Match(_first) is { Success: true } match)
            {
                var number = int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
                names[number] = match.Groups["name"].Value.Trim();
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

            Add(count, marks, Number(line[..colon], Mark.Largest), _lines.Number);
        }
    }

    private int Number(string text, int most) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= 1 && number <= most
            ? number
            : throw new BallotFormatException(_lines.Number, $"\"{text.Trim()}\" is no number from 1 to {most}");

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
