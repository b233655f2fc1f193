using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;

namespace BscFlow.Votes.Ranked.Files;

/// <summary>A table: a column an option, whose name is in the first row, and a row a ballot.</summary>
/// <remarks>
/// RFC 4180 quoting; columns are parted by commas, or where the first row has none by semicolons or tabs. A cell is a number,
/// or blank or words, which are "no opinion".
/// </remarks>
internal sealed class CsvFile : BallotFile
{
    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);

    private readonly LineReader _lines;
    private readonly CsvRecords _records;
    private readonly bool _approvals;
    private readonly int _cells;

    public CsvFile(LineReader lines, CountingMethod method)
    {
        _lines = lines;
        _approvals = method == CountingMethod.Approval;
        _records = new CsvRecords(lines);
        _records.TryRead(out var heading);
        List<string> names = [.. _records.Split(heading).Select(name => name.Trim())];
        _cells = names.Count;
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
            if (TryReadNumbers(line, separator, marks) || TryReadCells(_records.Complete(line), marks))
            {
                count.Add(marks);
            }
        }
    }

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
        if (record.IsEmpty)
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
            throw new BallotFormatException(_lines.Number, $"there is \"{LineReader.TextOf(cell)}\" in a column without a name");
        }

        // Some programs write whole numbers as 3.0.
        var whole = cell.IndexOf((byte)'.') is > 0 and var point && cell[(point + 1)..].TrimEnd((byte)'0').IsEmpty
            ? cell[..point]
            : cell;
        if (Utf8Parser.TryParse(whole, out int number, out var read) && read == whole.Length && number is >= 0 and <= Mark.Largest
            && whole[0] != '+')
        {
            return number;
        }

        if (cell.ContainsAny(Digits))
        {
            var text = LineReader.TextOf(cell);
            throw new BallotFormatException(
                _lines.Number, $"\"{text}\" for {Options[option]} is neither a whole number from 0 to {Mark.Largest} nor words");
        }

        return _approvals ? ApprovalOf(LineReader.TextOf(cell)) : Mark.NoOpinion;
    }

    private static int ApprovalOf(string word) =>
        word.ToUpperInvariant() is "X" or "Y" or "YES" or "TRUE" or "APPROVE" or "APPROVED" or "✓" or "✔" ? 1 : 0;
}
