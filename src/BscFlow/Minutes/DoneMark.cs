using System.Buffers;
using System.Diagnostics;
using System.Text;

namespace BscFlow.Minutes;

/// <summary>Reads and takes away the marks by which minutes say that an action item is done.</summary>
internal static class DoneMark
{
    private const int LongestRemark = 300;

    private static readonly string[] Marks =
    [
        "\u2705", "\u2714\uFE0F", "\u2714", "\u2611\uFE0F", "\u2611", "\u2713", ":white_check_mark:", ":heavy_check_mark:", ":check:",
        "[done]", "(done)", "[done!]", "(done!)", "[completed]", "(completed)", "[complete]", "(complete)", "[closed]", "(closed)", "~~",
        "[x]", "[resolved]", "(resolved)", "[finished]", "(finished)",
    ];

    private static readonly SearchValues<string> Any = SearchValues.Create(Marks, StringComparison.OrdinalIgnoreCase);

    private static readonly string[] Words = ["done", "completed", "complete", "closed", "finished", "resolved"];

    /// <summary>What stands before a mark, with or without a remark in it, at the very end.</summary>
    public static ReadOnlySpan<char> Before(ReadOnlySpan<char> text)
    {
        var trimmed = text.TrimEnd(" .");
        return trimmed is [.., ')' or ']'] && trimmed.LastIndexOfAny('(', '[') is >= 0 and var open && IsRemark(trimmed[open..])
            ? trimmed[..open].TrimEnd()
            : text;
    }

    /// <summary>Whether a text is one mark and nothing else.</summary>
    public static bool IsAll(ReadOnlySpan<char> text)
    {
        var mark = text.ToString();
        return Take(ref mark) && mark.AsSpan().Trim(" .").IsEmpty;
    }

    /// <summary>"[DONE, see the list]", "(completed: https://...)".</summary>
    private static bool IsRemark(ReadOnlySpan<char> bracketed)
    {
        bracketed = bracketed[1..].TrimStart("*_ ");
        foreach (var word in Words)
        {
            if (bracketed.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                return bracketed[word.Length..].TrimStart("*_! ") is [',' or ':' or ';' or '-' or '\u2013' or '\u2014' or '.' or ')' or ']', ..];
            }
        }

        return false;
    }

    /// <summary>Takes the marks away; text without one stays as it is.</summary>
    public static bool Take(ref string text)
    {
        var done = TakeRemark(ref text);
        done |= TakeMarks(ref text);
        foreach (var word in Words)
        {
            var span = text.AsSpan().TrimEnd(". !)]*");
            if (span.EndsWith(word, StringComparison.OrdinalIgnoreCase) && span.Length > word.Length &&
                span[..^word.Length].TrimEnd() is [.., '-' or '\u2013' or '\u2014' or '(' or '[' or ':' or ';'] before)
            {
                text = before.TrimEnd(" -\u2013\u2014([:;").ToString();
                return true;
            }

            span = text.AsSpan().TrimStart("*_([ ");
            if (span.StartsWith(word, StringComparison.OrdinalIgnoreCase) &&
                span[word.Length..].TrimStart("*_)] ") is [':' or '-' or '\u2013', ..] after)
            {
                text = after.TrimStart(":-\u2013 ").ToString();
                return true;
            }
        }

        return done;
    }

    private static bool TakeMarks(ref string text)
    {
        var rest = text.AsSpan();
        if (rest.IndexOfAny(Any) is not (>= 0 and var at))
        {
            return false;
        }

        var kept = new StringBuilder(text.Length);
        for (; at >= 0; at = rest.IndexOfAny(Any))
        {
            kept.Append(rest[..at].TrimEnd(' '));
            if (kept.Length > 0 && kept[^1] != ' ')
            {
                kept.Append(' ');
            }

            rest = rest[at..];
            rest = rest[LengthOfMark(rest)..].TrimStart(' ');
        }

        text = kept.Append(rest).ToString().Trim();
        return true;
    }

    private static int LengthOfMark(ReadOnlySpan<char> text)
    {
        foreach (var mark in Marks)
        {
            if (text.StartsWith(mark, StringComparison.OrdinalIgnoreCase))
            {
                return mark.Length;
            }
        }

        throw new UnreachableException("One of the marks was found here.");
    }

    private static bool TakeRemark(ref string text)
    {
        for (var open = text.AsSpan().IndexOfAny('[', '('); open >= 0;)
        {
            var rest = text.AsSpan(open);
            var close = rest[..Math.Min(rest.Length, LongestRemark)].IndexOf(rest[0] == '[' ? ']' : ')');
            if (close > 0 && IsRemark(rest[..(close + 1)]))
            {
                text = string.Concat(text.AsSpan(0, open).TrimEnd(' '), " ", rest[(close + 1)..].TrimStart(' ')).Trim();
                return true;
            }

            var next = rest[1..].IndexOfAny('[', '(');
            open = next < 0 ? -1 : open + 1 + next;
        }

        return false;
    }

    /// <summary>Whether a remark below an item says no more than that it is done.</summary>
    public static bool Is(ReadOnlySpan<char> text)
    {
        text = text.Trim("*_.!()[] ");
        foreach (var word in Words)
        {
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return text is "\u2705" or "\u2714" or "\u2611";
    }
}
