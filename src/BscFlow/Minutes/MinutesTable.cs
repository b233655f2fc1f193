using System.Buffers;

namespace BscFlow.Minutes;

/// <summary>A pipe table, which to CommonMark is a paragraph: who was there, or who is to do what.</summary>
internal readonly ref struct MinutesTable
{
    private static readonly SearchValues<char> RuleCharacters = SearchValues.Create("|-: ");

    private readonly ReadOnlySpan<char> _text;

    private MinutesTable(ReadOnlySpan<char> text, int columns)
    {
        _text = text;
        Columns = columns;
    }

    public int Columns { get; }

    /// <summary>Recognises a table by its second line, "| --- | --- |".</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out MinutesTable table)
    {
        table = default;
        var first = text.IndexOf('\n');
        if (first <= 0 || !text[..first].Contains('|'))
        {
            return false;
        }

        var rule = text[(first + 1)..];
        rule = rule.IndexOf('\n') is >= 0 and var end ? rule[..end] : rule;
        if (!rule.Contains("--", StringComparison.Ordinal) || rule.ContainsAnyExcept(RuleCharacters))
        {
            return false;
        }

        table = new MinutesTable(text, CountCells(text[..first]));
        return true;
    }

    /// <summary>The first column whose heading contains one of the words, the first word first; -1 where none does.</summary>
    public int Column(params ReadOnlySpan<string> names)
    {
        var header = _text[.._text.IndexOf('\n')];
        foreach (var name in names)
        {
            for (var i = 0; i < Columns; i++)
            {
                if (Cell(header, i).Contains(name, StringComparison.OrdinalIgnoreCase))
                {
                    return i;
                }
            }
        }

        return -1;
    }

    /// <summary>The rows below the heading; the number of a row counts lines from the heading's.</summary>
    public RowEnumerator GetEnumerator() => new(_text);

    public static ReadOnlySpan<char> Cell(ReadOnlySpan<char> row, int column)
    {
        row = row.Trim();
        row = row is ['|', ..] ? row[1..] : row;
        for (; column > 0; column--)
        {
            var bar = row.IndexOf('|');
            if (bar < 0)
            {
                return [];
            }

            row = row[(bar + 1)..];
        }

        return (row.IndexOf('|') is >= 0 and var end ? row[..end] : row).Trim();
    }

    /// <summary>Whether a cell says yes: "x", a tick, "present", an emoji's name with "check" in it.</summary>
    public static bool IsTick(ReadOnlySpan<char> cell) =>
        !cell.IsEmpty && !cell.StartsWith("n", StringComparison.OrdinalIgnoreCase) &&
        !cell.StartsWith("abs", StringComparison.OrdinalIgnoreCase) && !cell.StartsWith("regr", StringComparison.OrdinalIgnoreCase) &&
        !cell.StartsWith("exc", StringComparison.OrdinalIgnoreCase) && !cell.StartsWith("apol", StringComparison.OrdinalIgnoreCase) &&
        cell[0] is not ('-' or '\u2013' or '\u2014' or '\u274C' or '\u2717' or '\u2718' or '0' or ':') ||
        cell.Contains("check", StringComparison.OrdinalIgnoreCase);

    private static int CountCells(ReadOnlySpan<char> row) => Math.Min(row.Trim().Trim('|').Count('|') + 1, 16);

    internal ref struct RowEnumerator(ReadOnlySpan<char> text)
    {
        private ReadOnlySpan<char> _rest = text;
        private int _number = -1;
        private ReadOnlySpan<char> _row;

        public readonly Row Current => new(_row, _number);

        public bool MoveNext()
        {
            while (!_rest.IsEmpty)
            {
                var end = _rest.IndexOf('\n');
                _row = end < 0 ? _rest : _rest[..end];
                _rest = end < 0 ? [] : _rest[(end + 1)..];
                if (++_number > 1)
                {
                    return true;
                }
            }

            return false;
        }
    }

    internal readonly ref struct Row(ReadOnlySpan<char> text, int number)
    {
        private readonly ReadOnlySpan<char> _text = text;

        /// <summary>Lines below the table's heading.</summary>
        public int Number { get; } = number;

        public ReadOnlySpan<char> this[int column] => column < 0 ? [] : Cell(_text, column);
    }
}
