using System.Buffers;

namespace BscFlow.Minutes;

/// <summary>
/// Makes every space a space, and takes away what shows nothing and what Pandoc writes for underlined text: "[Name]{.ul}" becomes "Name".
/// </summary>
internal static class Tidying
{
    private const int LongestAttributes = 63;

    /// <summary>Stands for a bracket that goes; one of those characters that no tidy text has.</summary>
    private const char Dropped = '\uFEFF';

    private static readonly SearchValues<char> Untidy = SearchValues.Create("\t\r\u00A0\u2007\u202F\u200B\u2060\uFEFF\u00AD]");

    /// <summary>Tidies the text in place.</summary>
    /// <returns>The new length, which is never greater.</returns>
    public static int Tidy(Span<char> text)
    {
        if (text.IndexOfAny(Untidy) is not (>= 0 and var first))
        {
            return text.Length;
        }

        var write = first;
        var dropped = false;
        var openings = new Stack<int>();
        for (var i = 0; i < first; i++)
        {
            if (text[i] == '[')
            {
                openings.Push(i);
            }
        }

        for (var read = first; read < text.Length; read++)
        {
            var c = text[read];
            switch (c)
            {
                case '\u200B' or '\u2060' or '\uFEFF' or '\u00AD' or '\r':
                    continue;
                case '\t' or '\u00A0' or '\u2007' or '\u202F':
                    text[write++] = ' ';
                    continue;
                case '[':
                    openings.Push(write);
                    break;
                case ']' when openings.TryPop(out var opening) && LengthOfAttributes(text[(read + 1)..]) is > 0 and var attributes:
                    text[opening] = Dropped;
                    dropped = true;
                    read += attributes;
                    continue;
            }

            text[write++] = c;
        }

        // At once, as moving the rest for each of them would take as long as there are many.
        return dropped ? Without(text[..write], Dropped) : write;
    }

    /// <summary>Length of "{.ul}" at the start of a text; 0 where there is nothing of the kind.</summary>
    private static int LengthOfAttributes(ReadOnlySpan<char> text) =>
        text is ['{', ..] && text[..Math.Min(LongestAttributes, text.Length)].IndexOfAny('}', '\n') is > 0 and var end && text[end] == '}'
            ? end + 1
            : 0;

    private static int Without(Span<char> text, char dropped)
    {
        var write = 0;
        foreach (var c in text)
        {
            text[write] = c;
            write += c == dropped ? 0 : 1;
        }

        return write;
    }
}
