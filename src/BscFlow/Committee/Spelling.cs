using System.Globalization;
using System.Text;

namespace BscFlow.Committee;

/// <summary>Names and words compared as a person would: without case, accents, punctuation, and with an eye for slips.</summary>
internal static class Spelling
{
    /// <summary>
    /// Lower case, accents and apostrophes gone, everything else that is no letter or digit a single space: "Inês  O'Hara-Núñez"
    /// is "ines ohara nunez".
    /// </summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in Decompose(text).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark || rune.Value is '\'' or '’')
            {
                continue;
            }

            if (Rune.IsLetterOrDigit(rune))
            {
                folded.Append(Plain(rune));
            }
            else if (folded.Length > 0 && folded[^1] != ' ')
            {
                folded.Append(' ');
            }
        }

        return folded.ToString().TrimEnd();
    }

    /// <summary>
    /// Names in the order in which people look them up: case and accents tell those apart that are the same without. It is the
    /// same on every machine, as that of a culture is not.
    /// </summary>
    public static IComparer<string> Order { get; } = Comparer<string>.Create((one, other) =>
        string.CompareOrdinal(Fold(one), Fold(other)) is not 0 and var order ? order : string.CompareOrdinal(one, other));

    /// <summary>
    /// How many slips lie between two words: a letter left out, put in, changed, or two neighbours swapped (optimal string
    /// alignment).
    /// </summary>
    public static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var columns = b.Length + 1;
        Span<int> before = stackalloc int[columns];
        Span<int> previous = stackalloc int[columns];
        Span<int> current = stackalloc int[columns];
        for (var j = 0; j < columns; j++)
        {
            previous[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j < columns; j++)
            {
                var same = a[i - 1] == b[j - 1];
                current[j] = Math.Min(Math.Min(previous[j], current[j - 1]) + 1, previous[j - 1] + (same ? 0 : 1));
                if (!same && i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    current[j] = Math.Min(current[j], before[j - 2] + 1);
                }
            }

            var free = before;
            before = previous;
            previous = current;
            current = free;
        }

        return previous[b.Length];
    }

    /// <summary>Whether two words are so near that one is probably a slip for the other; short words are never.</summary>
    public static bool IsNear(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var shorter = Math.Min(a.Length, b.Length);
        var slips = shorter switch { < 4 => 0, < 6 => 1, _ => 2 };
        return Math.Abs(a.Length - b.Length) <= slips && a.Length <= Longest && b.Length <= Longest && Distance(a, b) <= slips;
    }

    /// <summary>The nearest of some words, if it is near enough to be meant.</summary>
    public static string? Nearest(string word, IEnumerable<string> among)
    {
        var folded = Fold(word);
        if (folded.Length is 0 or > Longest)
        {
            return null;
        }

        var nearest = among
            .Select(candidate => (Candidate: candidate, Folded: Fold(candidate)))
            .Where(candidate => candidate.Folded.Length is > 0 and <= Longest)
            .Select(candidate => (candidate.Candidate, Slips: Distance(folded, candidate.Folded)))
            .OrderBy(candidate => candidate.Slips)
            .FirstOrDefault();
        return nearest.Candidate is not null && nearest.Slips * 3 <= folded.Length + 1 ? nearest.Candidate : null;
    }

    // Longer text is no name, and the distance is quadratic.
    private const int Longest = 80;

    /// <summary>Text that is no valid Unicode (half a surrogate pair) cannot be normalised and is taken as it is.</summary>
    private static string Decompose(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        try
        {
            return text.Normalize(NormalizationForm.FormKD);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    /// <summary>Letters that are an ASCII letter with a stroke, which Unicode does not decompose.</summary>
    private static string Plain(Rune rune) => Rune.ToLowerInvariant(rune).Value switch
    {
        'ł' => "l",
        'ø' => "o",
        'đ' or 'ð' => "d",
        'ı' => "i",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        var letter => char.ConvertFromUtf32(letter),
    };
}
