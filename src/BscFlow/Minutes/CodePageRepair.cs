using System.Text;

namespace BscFlow.Minutes;

/// <summary>
/// Undoes UTF-8 that was once read as Windows-1252 ("âœ…" for "✅"). For reading only: what is stored stays as it was written.
/// </summary>
internal static class CodePageRepair
{
    /// <summary>What Windows-1252 has at 0x80 to 0x9F; its five holes are read as the C1 controls they are usually decoded to.</summary>
    private const string HighControls =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F" +
        "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    /// <summary>Repairs the text in place.</summary>
    /// <returns>The new length, which is never greater.</returns>
    public static int Repair(Span<char> text)
    {
        // The first byte of a sequence of UTF-8 is 0xC2 to 0xF4, and Windows-1252 shows it as the character of that number.
        var read = text.IndexOfAnyInRange('\u00C2', '\u00F4');
        if (read < 0)
        {
            return text.Length;
        }

        var write = read;
        Span<byte> bytes = stackalloc byte[4];
        while (read < text.Length)
        {
            var length = SequenceLength(text[read]);
            if (length > 1 && TryEncode(text[read..], bytes[..length]) &&
                Rune.DecodeFromUtf8(bytes[..length], out var rune, out var used) is System.Buffers.OperationStatus.Done &&
                used == length)
            {
                write += rune.EncodeToUtf16(text[write..]);
                read += length;
            }
            else
            {
                text[write++] = text[read++];
            }
        }

        return write;
    }

    private static int SequenceLength(char first) => first switch
    {
        < '\u00C2' => 1,
        <= '\u00DF' => 2,
        <= '\u00EF' => 3,
        <= '\u00F4' => 4,
        _ => 1,
    };

    private static bool TryEncode(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        if (text.Length < bytes.Length)
        {
            return false;
        }

        bytes[0] = (byte)text[0];
        for (var i = 1; i < bytes.Length; i++)
        {
            if (text[i] is >= '\u00A0' and <= '\u00BF')
            {
                bytes[i] = (byte)text[i];
            }
            else if (HighControls.IndexOf(text[i]) is >= 0 and var index)
            {
                bytes[i] = (byte)(0x80 + index);
            }
            else
            {
                return false;
            }
        }

        return true;
    }
}
