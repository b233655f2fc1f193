using System.Text.RegularExpressions;

namespace BscFlow.Votes.Ranked.Files;

/// <summary>
/// A tally sheet of a vote of the Debian project: a line <c>V: 2-13  hash</c> a ballot, whose places are the options.
/// </summary>
/// <remarks>
/// <c>-</c> is unranked, which Debian's constitution (A.5) puts below all ranked options. Ranks above 9 are letters. Older
/// sheets are in Latin-1.
/// </remarks>
internal sealed partial class DebianSheet : BallotFile
{
    private readonly LineReader _lines;
    private readonly byte[] _first;

    public DebianSheet(LineReader lines)
    {
        _lines = lines;
        List<string> names = [];
        var length = 0;
        while (true)
        {
            if (!lines.TryRead(out var line))
            {
                throw new BallotFormatException(lines.Number, "it holds no line that begins with V:");
            }

            if (BallotOf(line) is { IsEmpty: false } ballot)
            {
                (_first, length) = (line.ToArray(), ballot.Length);
                break;
            }

            if (OptionLine.Match(LineReader.TextOf(line)) is { Success: true } option)
            {
                names.Add(option.Groups["name"].Value.Trim());
            }
        }

        if (names.Count == 0)
        {
            names.AddRange(Enumerable.Range(1, length).Select(number => $"Option {number}"));
        }

        CheckOptions(names, lines.Number);
        Options = names;
    }

    public override IReadOnlyList<string> Options { get; }

    public override int OptionCount => Options.Count;

    public override void CountInto(BallotCount count)
    {
        Span<int> marks = stackalloc int[OptionCount];
        ReadOnlySpan<byte> line = _first;
        do
        {
            var ballot = BallotOf(line);
            if (ballot.IsEmpty)
            {
                continue;
            }

            if (ballot.Length != marks.Length)
            {
                throw new BallotFormatException(_lines.Number, $"it ranks {ballot.Length} options, and there are {marks.Length}");
            }

            for (var option = 0; option < marks.Length; option++)
            {
                marks[option] = RankOf(ballot[option]);
            }

            count.Add(marks);
        }
        while (_lines.TryRead(out line));
    }

    private int RankOf(byte rank) => rank switch
    {
        (byte)'-' => Mark.Unranked,
        >= (byte)'1' and <= (byte)'9' => rank - '0',
        >= (byte)'A' and <= (byte)'Z' => rank - 'A' + 10,
        >= (byte)'a' and <= (byte)'z' => rank - 'a' + 10,
        _ => throw new BallotFormatException(_lines.Number, $"\"{(char)rank}\" is no rank"),
    };

    /// <returns>The ranks; empty where the line is no ballot.</returns>
    private static ReadOnlySpan<byte> BallotOf(ReadOnlySpan<byte> line)
    {
        line = line.Trim(" \t"u8);
        if (!line.StartsWith("V:"u8))
        {
            return [];
        }

        line = line[2..].TrimStart(" \t"u8);
        return line.IndexOfAny(" \t"u8) is >= 0 and var end ? line[..end] : line;
    }

    [GeneratedRegex(@"Option\s+\w+\s*-*>:?\s*(?<name>.+)$")]
    private static partial Regex OptionLine { get; }
}
