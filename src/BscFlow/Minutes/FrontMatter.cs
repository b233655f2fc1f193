using System.Buffers;

namespace BscFlow.Minutes;

/// <summary>What a site's generator wants to know of a page, at its top between lines of "---" (YAML) or "+++" (TOML): no minutes.</summary>
internal static class FrontMatter
{
    private static readonly SearchValues<char> AfterKey = SearchValues.Create(":=");

    /// <summary>How many lines it takes, those around it included; 0 where a text has none.</summary>
    /// <remarks>A rule at the top may also be a mere rule, so the line below it has to name a key.</remarks>
    public static int Lines(ReadOnlySpan<char> text)
    {
        var (count, fence) = (0, "");
        while (!text.IsEmpty)
        {
            count++;
            var line = TextLines.Take(ref text).TrimEnd();
            if (count == 1)
            {
                fence = line is "---" ? "---" : line is "+++" ? "+++" : "";
                if (fence.Length == 0)
                {
                    return 0;
                }
            }
            else if (line.SequenceEqual(fence))
            {
                return count;
            }
            else if (count == 2 && !NamesKey(line))
            {
                return 0;
            }
        }

        return 0;
    }

    private static bool NamesKey(ReadOnlySpan<char> line) =>
        line.IndexOfAny(AfterKey) is > 0 and var end && (char.IsAsciiLetter(line[0]) || line[0] is '"' or '_') &&
        !line[..end].TrimEnd().Contains(' ');
}
