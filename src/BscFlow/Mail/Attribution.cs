using System.Buffers;

namespace BscFlow.Mail;

/// <summary>
/// Recognises "On Wed, Oct 8, 2025 at 4:00 PM Joe &lt;joe@example.org&gt; wrote:" in any language and word order, by what such a
/// line is made of: a date, an address, a word for "wrote", a colon at its end.
/// </summary>
/// <remarks>
/// Every method looks at a bounded piece of text, so that reading a mail stays linear in its length. A span may hold several
/// lines: clients wrap attributions anywhere.
/// </remarks>
internal static class Attribution
{
    /// <summary>Longer than any attribution met; longer spans are prose.</summary>
    public const int LongestSpan = 480;

    /// <summary>
    /// How far from its start a line that begins with a date can show its first digit: "On Wednesday, September 25".
    /// </summary>
    private const int DateLead = 36;

    /// <summary>A longer text before "wrote:" is a sentence, not a name.</summary>
    private const int ShortName = 60;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹");

    /// <summary>Takes off blanks, invisible marks, emphasis, quote marks and dashes at both ends.</summary>
    public static ReadOnlySpan<char> Bare(ReadOnlySpan<char> text)
    {
        var start = 0;
        while (start < text.Length && IsDecoration(text[start]))
        {
            start++;
        }

        var end = text.Length;
        while (end > start && IsDecoration(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    /// <summary>Whether these lines, taken together, attribute what follows to somebody.</summary>
    /// <param name="lines">One or several lines as they stand in the mail.</param>
    /// <param name="quoteFollows">
    /// Marked quotes stand below. Then "Joe wrote:" is enough; without them it takes an address or a whole date, since "as the
    /// paper of 2019 says:" is somebody's sentence.
    /// </param>
    public static bool Matches(ReadOnlySpan<char> lines, bool quoteFollows)
    {
        if (lines.Length > LongestSpan)
        {
            return false;
        }

        var bare = Bare(lines);
        var colon = bare is [.., ':' or '：'];
        var body = colon ? bare[..^1].TrimEnd() : bare;
        if (body.Length < 6)
        {
            return false;
        }

        var dated = StartsLikeDate(body) && HasDate(body) && (quoteFollows || HasWholeDate(body));
        var wrote = ReplyLanguages.WroteAtEnd(body);
        if (wrote > 0)
        {
            var before = body[..^wrote].TrimEnd();
            return dated
                || HasAddress(before)
                || colon && (quoteFollows ? before.Length < ShortName : before.Contains(" via ", StringComparison.Ordinal))
                || !colon && IsDashed(lines);
        }

        if (colon)
        {
            return dated && (EndsWithAddress(body) || HasWrote(body))
                || HasAddress(body) && HasDate(body) && (HasWrote(body) || body[^1] == ']')
                || QuotesSomebody(body);
        }

        // Gmail of some years put no colon: "2013/7/20 sam <sam@example.org>", "2016-03-03 17:21 GMT+01:00 Sam Doe".
        return StartsWithIsoDate(body)
            && (EndsWithAddress(body) || body.Length > 22 && body[10..].StartsWith(" ", StringComparison.Ordinal)
                && body[16..].StartsWith(" GMT", StringComparison.Ordinal));
    }

    /// <summary>Whether a line may be the last of an attribution, told at a glance.</summary>
    public static bool MayEnd(ReadOnlySpan<char> line)
    {
        var last = line[^1];
        if (last is ':' or '：' || line is [.., ':' or '：', '*' or '>' or '_'])
        {
            return true;
        }

        return last is '-' or 'e' or '>' or '*' && line.Length < 240 && StartsLikeDate(Bare(line))
            || char.IsAsciiDigit(line[0]) && StartsWithIsoDate(line)
            || last is '-' && IsDashed(line);
    }

    /// <summary>
    /// Whether the line is only the tail of an attribution: <c>&gt;:</c> or <c>&gt; wrote:</c>, the bracket of a wrapped address.
    /// </summary>
    public static bool IsTail(ReadOnlySpan<char> line)
    {
        if (line is not ['>', .., ':' or '：'] || line.Length > 40)
        {
            return false;
        }

        var between = line[1..^1].Trim();
        return between.IsEmpty || ReplyLanguages.WroteAtStart(between) == between.Length;
    }

    /// <summary>Whether the line can start an attribution: with a date, or with a person's address.</summary>
    public static bool MayStart(ReadOnlySpan<char> line)
    {
        var bare = Bare(line);
        var open = line.IndexOf('<');
        var close = line.IndexOf('>');
        var torn = open == 0
            || close >= 0 && (open < 0 || close < open)
            || line.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase);
        if (torn || bare.IsEmpty || bare[0] == '(' || ReplyLanguages.WroteAtStart(bare) > 0)
        {
            return false;
        }

        return StartsLikeDate(bare) || HasAddress(bare);
    }

    /// <summary>
    /// Where in a line an attribution starts that follows other text, or -1: at " On Wed, Oct 8", "--- Am 8.10.".
    /// </summary>
    public static int StartWithin(ReadOnlySpan<char> line)
    {
        var bounded = line[..Math.Min(line.Length, LongestSpan)];
        for (var from = 1; from < bounded.Length;)
        {
            var at = bounded[from..].IndexOfAny(ReplyLanguages.Openings);
            if (at < 0)
            {
                return -1;
            }

            at += from;
            var date = bounded[(at + 2)..Math.Min(bounded.Length, at + 20)];
            if (bounded[at - 1] is ' ' or '-' or '\t' && date.ContainsAny(Digits))
            {
                return at;
            }

            from = at + 1;
        }

        return -1;
    }

    /// <summary>Whether a digit comes after at most a few words, as in a date: "On Wed, 25", "понедельник, 6", "2025-".</summary>
    public static bool StartsLikeDate(ReadOnlySpan<char> text)
    {
        var lead = text[..Math.Min(DateLead, text.Length)];
        var digit = lead.IndexOfAny(Digits);
        return digit == 0
            || digit > 0 && lead[..digit].Count(' ') <= 5 && lead[..digit].IndexOfAny("@<!?;") < 0 && !IsInsideWord(lead, digit);
    }

    /// <summary>"joe12", "list+12" and "joe-12" are parts of an address; "周三12" and "17-" are not.</summary>
    private static bool IsInsideWord(ReadOnlySpan<char> text, int digit) =>
        text[digit - 1] is '+' or '_' or '='
        || char.IsAsciiLetter(text[digit - 1])
        || text[digit - 1] is '-' or '.' && digit > 1 && char.IsAsciiLetter(text[digit - 2]) && !text[..digit].Contains(' ');

    /// <summary>Whether the text holds a year, a time of day or a numeric date.</summary>
    public static bool HasDate(ReadOnlySpan<char> text)
    {
        while (true)
        {
            var start = text.IndexOfAny(Digits);
            if (start < 0)
            {
                return false;
            }

            var length = text[start..].IndexOfAnyExcept(Digits);
            if (length < 0)
            {
                length = text.Length - start;
            }

            var number = text.Slice(start, length);
            var after = text[(start + length)..];
            if (length == 4 && (number is ['2', '0' or '5', ..] or ['1', '9', ..] || !char.IsAscii(number[0]))
                || length <= 2 && after is [':' or '.' or '/' or '-' or 'h', var one, ..] && Digits.Contains(one)
                    && (after.Length == 2 || after[0] is '/' or '-' || Digits.Contains(after[2])))
            {
                return true;
            }

            text = after;
        }
    }

    private static bool IsDecoration(char c) => c is '*' or '_' or '-' or '>' or '|' || LineShape.IsInvisible(c);

    private static bool HasTime(ReadOnlySpan<char> text)
    {
        for (var i = text.IndexOfAny(':', '.', 'h'); i >= 0;)
        {
            if (i > 0 && i + 2 < text.Length
                && Digits.Contains(text[i - 1]) && Digits.Contains(text[i + 1]) && Digits.Contains(text[i + 2]))
            {
                return true;
            }

            var next = text[(i + 1)..].IndexOfAny(':', '.', 'h');
            i = next < 0 ? -1 : i + 1 + next;
        }

        return false;
    }

    /// <summary>Day and year, or more; in a longer text a time of day too, or it is a sentence about a day.</summary>
    private static bool HasWholeDate(ReadOnlySpan<char> text) =>
        HasTwoNumbers(text) && (text.Length <= ShortName || HasTime(text));

    private static bool HasTwoNumbers(ReadOnlySpan<char> text)
    {
        var first = text.IndexOfAny(Digits);
        var end = first < 0 ? -1 : text[first..].IndexOfAnyExcept(Digits);
        return end >= 0 && text[(first + end)..].IndexOfAny(Digits) >= 0;
    }

    /// <summary>Whether an e-mail address stands in the text.</summary>
    public static bool HasAddress(ReadOnlySpan<char> text)
    {
        var at = text.IndexOf('@');
        return at > 0 && at + 1 < text.Length && char.IsLetterOrDigit(text[at + 1]) && !char.IsWhiteSpace(text[at - 1]);
    }

    private static bool EndsWithAddress(ReadOnlySpan<char> text) =>
        text[^1] is '>' or ')' or ']' && HasAddress(text)
        || text[^1] is not ' ' && HasAddress(text[(text.LastIndexOf(' ') + 1)..]);

    private static bool StartsWithIsoDate(ReadOnlySpan<char> text) =>
        text is ['1' or '2', _, _, >= '0' and <= '9', '-' or '/', >= '0' and <= '9', _, _, _, _, ..];

    private static bool IsDashed(ReadOnlySpan<char> text)
    {
        var trimmed = text.Trim();
        return trimmed.StartsWith("--", StringComparison.Ordinal) && trimmed.EndsWith("--", StringComparison.Ordinal);
    }

    private static bool QuotesSomebody(ReadOnlySpan<char> text)
    {
        foreach (var opening in ReplyLanguages.Quoting)
        {
            if (text.StartsWith(opening, StringComparison.OrdinalIgnoreCase))
            {
                return HasAddress(text) || text.Length < 80;
            }
        }

        return false;
    }

    /// <summary>Whether "wrote" stands in the text as a word.</summary>
    private static bool HasWrote(ReadOnlySpan<char> text)
    {
        while (true)
        {
            var at = text.IndexOfAny(ReplyLanguages.Wrote);
            if (at < 0)
            {
                return false;
            }

            if ((at == 0 || !char.IsLetter(text[at - 1])) && ReplyLanguages.WroteAtStart(text[at..]) > 0)
            {
                return true;
            }

            text = text[(at + 1)..];
        }
    }
}
