using System.Runtime.InteropServices;
using System.Text;

namespace BscFlow.Votes.Ranked.Files;

/// <summary>
/// The records of a file as RFC 4180 has them: a quoted cell may hold separators, doubled quotes and line ends.
/// </summary>
internal sealed class CsvRecords(LineReader lines)
{
    private readonly List<byte> _joined = [];
    private bool _begun;

    /// <summary>What parts the cells; known once the first record is read.</summary>
    public byte Separator { get; private set; }

    /// <summary>The next record; the first one decides what the separator is.</summary>
    /// <exception cref="BallotFormatException">A quote is not closed.</exception>
    public bool TryRead(out ReadOnlySpan<byte> record)
    {
        if (!lines.TryRead(out record))
        {
            return false;
        }

        record = Complete(record);
        if (!_begun)
        {
            _begun = true;
            Separator = SeparatorOf(record);
        }

        return true;
    }

    /// <summary>A record from its first line on: where a quote is open at the line's end, with the lines that follow.</summary>
    /// <exception cref="BallotFormatException">A quote is not closed.</exception>
    public ReadOnlySpan<byte> Complete(ReadOnlySpan<byte> line) => line.Count((byte)'"') % 2 == 1 ? Join(line) : line;

    public List<string> Split(ReadOnlySpan<byte> record)
    {
        List<string> cells = [];
        var text = LineReader.TextOf(record);
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"' && quoted && i + 1 < text.Length && text[i + 1] == '"')
            {
                cell.Append(text[i++]);
            }
            else if (text[i] == '"')
            {
                quoted = !quoted;
            }
            else if (text[i] == Separator && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(text[i]);
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }

    private ReadOnlySpan<byte> Join(ReadOnlySpan<byte> first)
    {
        var begin = lines.Number;
        _joined.Clear();
        _joined.AddRange(first);
        for (var quotes = 1; quotes % 2 == 1;)
        {
            if (!lines.TryRead(out var next))
            {
                throw new BallotFormatException(begin, "a quote that opens here is not closed");
            }

            if (_joined.Count > LineReader.LongestLine)
            {
                throw new BallotFormatException(
                    begin, $"a quote that opens here is not closed within {LineReader.LongestLine} bytes");
            }

            quotes += next.Count((byte)'"');
            _joined.Add((byte)'\n');
            _joined.AddRange(next);
        }

        return CollectionsMarshal.AsSpan(_joined);
    }

    private static byte SeparatorOf(ReadOnlySpan<byte> record)
    {
        var quoted = false;
        var found = (byte)',';
        foreach (var b in record)
        {
            quoted ^= b == '"';
            if (!quoted && b == ',')
            {
                return b;
            }

            found = !quoted && b is (byte)';' or (byte)'\t' && found == ',' ? b : found;
        }

        return found;
    }
}
