using System.Runtime.CompilerServices;
using System.Text;

namespace BscFlow.Votes.Ranked.Files;

/// <summary>Reads a stream line by line without making strings of it.</summary>
internal sealed class LineReader(Stream stream)
{
    /// <summary>Bytes; also of a record that goes over lines.</summary>
    public const int LongestLine = 1 << 20;
    private const int Beginning = 1 << 14;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private byte[] _buffer = new byte[1 << 17];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>Number of the line that was read last, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The first bytes of the file, as many as the headings of the forms take, before anything is read of it.</summary>
    /// <exception cref="BallotFormatException">It is text of a kind that is not read.</exception>
    public ReadOnlySpan<byte> Peek()
    {
        while (!_ended && _end < Beginning)
        {
            Fill();
        }

        if (Held.StartsWith("\uFEFF"u8))
        {
            _start = 3;
        }

        return Held is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]
            ? throw new BallotFormatException(0, "it is UTF-16 text; save it as UTF-8")
            : Held[..Math.Min(Held.Length, Beginning)];
    }

    /// <summary>The next line, without its end; it is valid until the next call.</summary>
    /// <exception cref="BallotFormatException">It is longer than a line of ballots can be.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        var held = Held;
        var length = held.IndexOf((byte)'\n');
        if (length < 0)
        {
            length = FindEnd();
            held = Held;
            if (held.IsEmpty)
            {
                line = default;
                return false;
            }
        }

        Number++;
        _start = Math.Min(_start + length + 1, _end);
        line = held[..(length > 0 && held[length - 1] == '\r' ? length - 1 : length)];
        return true;
    }

    /// <summary>Text in UTF-8, or else in Latin-1, in which older sheets are written.</summary>
    public static string TextOf(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }

    private ReadOnlySpan<byte> Held => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Reads on until a line ends or the file does.</summary>
    /// <returns>The line's length.</returns>
    private int FindEnd()
    {
        while (!_ended)
        {
            var searched = Held.Length;
            if (searched > LongestLine)
            {
                throw new BallotFormatException(Number + 1, $"it is longer than {LongestLine} bytes");
            }

            Fill();
            if (Held[searched..].IndexOf((byte)'\n') is >= 0 and var found)
            {
                return searched + found;
            }
        }

        return Held.Length;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            Held.CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _ended = read == 0;
    }
}
