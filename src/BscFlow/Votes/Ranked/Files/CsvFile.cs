using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;

namespace BscFlow.Votes.Ranked.Files;

/// <summary>A table: a column an option, whose name is in the first row, and a row a ballot.</summary>
/// <remarks>
/// RFC 4180 quoting; columns are parted by commas, or where the first row has none by semicolons or tabs. A cell is a number or
/// an ordinal (<c>1st</c>, <c>second choice</c>), or blank or other words, which are "no opinion". A row of blank cells is no
/// ballot.
/// </remarks>
internal sealed partial class CsvFile : BallotFile
{
    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);

    private readonly LineReader _lines;
    private readonly CsvRecords _records;
    private readonly bool _approvals;
    private readonly bool _ranks;
    private readonly int _cells;

    /// <summary>What a row has that a spreadsheet left behind.</summary>
    private readonly SearchValues<byte> _blank;

    public CsvFile(LineReader lines, CountingMethod method)
    {
        _lines = lines;
        _approvals = method == CountingMethod.Approval;
        _ranks = method is not (CountingMethod.Approval or CountingMethod.Score);
        _records = new CsvRecords(lines);
        _records.TryRead(out var heading);
        if (heading.Contains((byte)'\r'))
        {
            throw new BallotFormatException(1, "its lines end with CR alone; save it with line ends LF or CR LF");
        }

        List<string> names = [.. _records.Split(heading).Select(name => name.Trim())];
        _cells = names.Count;
        _blank = SearchValues.Create([_records.Separator, (byte)' ', (byte)'\t', (byte)'"']);
        while (names is [.., ""])
        {
            names.RemoveAt(names.Count - 1);
        }

        if (names.IndexOf("") is >= 0 and var unnamed)
        {
            throw new BallotFormatException(1, $"column {unnamed + 1} has no name");
        }

        if (names.All(name => name.AsSpan().ContainsAnyInRange('0', '9') && int.TryParse(name, out _)))
        {
            throw new BallotFormatException(1, "the first row holds numbers; it should name the options");
        }

        CheckOptions(names, 1);
        Options = names;
    }

    public override IReadOnlyList<string> Options { get; }

    public override int OptionCount => Options.Count;

    public override bool HoldsRanks => false;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void CountInto(BallotCount count)
    {
        Span<int> marks = stackalloc int[BallotCount.MostOptions];
        marks = marks[..OptionCount];
        var separator = _records.Separator;
        while (_lines.TryRead(out var line))
        {
            if (TryReadNumbers(line, separator, marks))
            {
                if (_ranks && marks.Contains(0))
                {
                    throw NoRank(marks.IndexOf(0));
                }

                count.Add(marks);
            }
            else if (TryReadCells(_records.Complete(line), marks))
            {
                count.Add(marks);
            }
        }

        if (count.Ballots == 0)
        {
            throw new BallotFormatException(0, "it holds no ballots");
        }
    }

    private BallotFormatException NoRank(int option) =>
        new(_lines.Number, $"\"0\" for {Options[option]} (column {option + 1}) is no rank; the best one is 1");

    /// <summary>The common case: a number in each cell and nothing else.</summary>
    /// <remarks>Compiled once and fully: most elections are over before the runtime would see that it is worth it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryReadNumbers(ReadOnlySpan<byte> line, byte separator, Span<int> marks)
    {
        var at = 0;
        for (var option = 0; option < marks.Length; option++)
        {
            var begin = at;
            uint number = 0;
            uint digit;
            while ((uint)at < (uint)line.Length && (digit = (uint)line[at] - '0') <= 9)
            {
                number = number * 10 + digit;
                at++;
            }

            var isLast = at == line.Length;
            if (at == begin || at - begin > 9 || isLast != (option == marks.Length - 1) || !isLast && line[at] != separator)
            {
                return false;
            }

            marks[option] = (int)number;
            at++;
        }

        return true;
    }

    /// <returns>Whether there is a ballot in the line.</returns>
    private bool TryReadCells(ReadOnlySpan<byte> record, Span<int> marks)
    {
        if (!record.ContainsAnyExcept(_blank))
        {
            return false;
        }

        if (record.Contains((byte)'"'))
        {
            ReadQuoted(record, marks);
            return true;
        }

        var option = 0;
        foreach (var range in record.Split(_records.Separator))
        {
            Set(marks, option++, record[range]);
        }

        CheckLength(option);
        return true;
    }

    private void ReadQuoted(ReadOnlySpan<byte> record, Span<int> marks)
    {
        var cells = _records.Split(record);
        for (var option = 0; option < cells.Count; option++)
        {
            Set(marks, option, Encoding.UTF8.GetBytes(cells[option]));
        }

        CheckLength(cells.Count);
    }

    private void Set(Span<int> marks, int option, ReadOnlySpan<byte> cell)
    {
        var mark = MarkOf(cell, option);
        if (option < marks.Length)
        {
            marks[option] = mark;
        }
    }

    private void CheckLength(int cells)
    {
        if (cells != _cells && cells != OptionCount)
        {
            throw new BallotFormatException(_lines.Number, $"it has {cells} cells, and the first row has {_cells}");
        }
    }

    private int MarkOf(ReadOnlySpan<byte> cell, int option)
    {
        cell = cell.Trim(" \t"u8);
        if (cell.IsEmpty)
        {
            return Mark.NoOpinion;
        }

        if (option >= OptionCount)
        {
            throw new BallotFormatException(
                _lines.Number, $"there is \"{LineReader.TextOf(cell)}\" in column {option + 1}, which has no name");
        }

        // Some programs write whole numbers as 3.0.
        var whole = cell.IndexOf((byte)'.') is > 0 and var point && cell[(point + 1)..].TrimEnd((byte)'0').IsEmpty
            ? cell[..point]
            : cell;
        if (Utf8Parser.TryParse(whole, out int number, out var read) && read == whole.Length && number is >= 0 and <= Mark.Largest
            && whole[0] != '+')
        {
            return number > 0 || !_ranks ? number : throw NoRank(option);
        }

        var text = LineReader.TextOf(cell);
        if (_ranks && RankOf(text) is { } rank)
        {
            return rank;
        }

        return cell.ContainsAny(Digits)
                ? throw new BallotFormatException(
                    _lines.Number,
                    $"\"{text}\" for {Options[option]} (column {option + 1}) is neither a whole number from "
                        + $"{(_ranks ? 1 : 0)} to {Mark.Largest} nor words")
            : _approvals ? ApprovalOf(text)
            : Mark.NoOpinion;
    }

    /// <summary>As forms write ranks: <c>1st</c>, <c>2nd choice</c>, <c>Third preference</c>.</summary>
    private static int? RankOf(string text)
    {
        if (Ordinal.Match(text) is not { Success: true } match)
        {
            return null;
        }

        var place = Array.FindIndex(
            Ordinals, word => word.Equals(match.Groups["rank"].Value, StringComparison.OrdinalIgnoreCase));
        return place >= 0 ? place + 1
            : int.TryParse(match.Groups["rank"].ValueSpan[..^2], NumberStyles.None, CultureInfo.InvariantCulture, out var rank) && rank > 0 ? rank
            : null;
    }

    private static readonly string[] Ordinals =
    [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
    ];

    [GeneratedRegex(
        @"^(?<rank>\d{1,9}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)(?:\s+(?:choice|preference|place))?$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Ordinal { get; }

    private static int ApprovalOf(string word) =>
        word.ToUpperInvariant() is "X" or "Y" or "YES" or "TRUE" or "APPROVE" or "APPROVED" or "✓" or "✔" ? 1 : 0;
}
