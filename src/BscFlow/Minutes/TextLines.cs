namespace BscFlow.Minutes;

/// <summary>The lines of minutes as Markdown counts them: LF, CR, or both together end one, and nothing else does.</summary>
internal static class TextLines
{
    /// <summary>The lines, each with its own end, so that joined they are the text. The last one has none, and may be empty.</summary>
    public static List<string> Split(string text)
    {
        var lines = new List<string>();
        var rest = text.AsSpan();
        while (rest.IndexOfAny('\r', '\n') >= 0)
        {
            lines.Add(Take(ref rest).ToString());
        }

        lines.Add(rest.ToString());
        return lines;
    }

    /// <summary>Takes the next line, with its end, off a text; all of it where no line ends.</summary>
    public static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAny('\r', '\n');
        var line = end < 0 ? rest : rest[..(end + EndLength(rest[end..]))];
        rest = rest[line.Length..];
        return line;
    }

    /// <summary>Number, from 1, of the line in which a place is.</summary>
    public static int NumberAt(string text, int at) => Split(text[..at]).Count;

    /// <summary>A line without its end.</summary>
    public static string Content(string line) => line.TrimEnd('\r', '\n');

    /// <summary>How a line ends; empty for a text's last.</summary>
    public static string EndOf(string line) => line[Content(line).Length..];

    /// <summary>The text with these line ends.</summary>
    public static string WithEnds(string text, string newLine) => string.Join(newLine, Split(text).Select(Content));

    /// <summary>Whether two texts differ in nothing but their line ends.</summary>
    public static bool AreSame(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        while (true)
        {
            var (end, otherEnd) = (one.IndexOfAny('\r', '\n'), other.IndexOfAny('\r', '\n'));
            if (end < 0 || otherEnd < 0)
            {
                return end == otherEnd && one.SequenceEqual(other);
            }

            if (!one[..end].SequenceEqual(other[..otherEnd]))
            {
                return false;
            }

            one = one[(end + EndLength(one[end..]))..];
            other = other[(otherEnd + EndLength(other[otherEnd..]))..];
        }
    }

    private static int EndLength(ReadOnlySpan<char> end) => end is ['\r', '\n', ..] ? 2 : 1;
}
