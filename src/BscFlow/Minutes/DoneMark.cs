using System.Buffers;
using System.Text;

namespace BscFlow.Minutes;

/// <summary>Reads and takes away the marks by which minutes say that an action item is done.</summary>
internal static class DoneMark
{
    private const int LongestRemark = 300;

    /// <summary>What says nothing else wherever it stands.</summary>
    private static readonly string[] Ticks =
    [
        "\u2705", "\u2714\uFE0F", "\u2714", "\u2611\uFE0F", "\u2611", "\u2713", ":white_check_mark:", ":heavy_check_mark:", ":check:", "[x]",
    ];

    private static readonly SearchValues<string> AnyTick = SearchValues.Create(Ticks, StringComparison.OrdinalIgnoreCase);

    private static readonly string[] Words = ["done", "completed", "complete", "closed", "finished", "resolved"];

    /// <summary>What a word in brackets is, as far as it matters here.</summary>
    private enum Bracket
    {
        /// <summary>Something else: "(closed-source)".</summary>
        Other,

        /// <summary>A word alone: "(done)", which may also belong to the sentence: "the (complete) list".</summary>
        Word,

        /// <summary>A word and what there is to say of it: "[DONE, see the list]", "(completed: https://...)".</summary>
        Remark,
    }

    /// <summary>What stands before a mark, with or without a remark in it, at the very end.</summary>
    public static ReadOnlySpan<char> Before(ReadOnlySpan<char> text)
    {
        var trimmed = text.TrimEnd(" .");
        return trimmed is [.., ')' or ']'] && trimmed.LastIndexOfAny('(', '[') is >= 0 and var open && KindOf(trimmed[open..]) is not Bracket.Other
            ? trimmed[..open].TrimEnd()
            : text;
    }

    /// <summary>Whether a text is one mark and nothing else.</summary>
    public static bool IsAll(ReadOnlySpan<char> text)
    {
        var mark = text.ToString();
        return Take(ref mark) && mark.AsSpan().Trim(" .").IsEmpty;
    }

    /// <summary>Takes the marks away; text without one stays as it is.</summary>
    public static bool Take(ref string text)
    {
        var done = TakeBrackets(ref text);
        done |= TakeTicks(ref text);
        done |= TakeStrike(ref text);
        foreach (var word in Words)
        {
            if (TakeAtEnd(ref text, word) || TakeAtStart(ref text, word))
            {
                return true;
            }
        }

        return done;
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

    private static Bracket KindOf(ReadOnlySpan<char> bracketed)
    {
        bracketed = bracketed[1..].TrimStart("*_ ");
        foreach (var word in Words)
        {
            if (bracketed.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                var behind = bracketed[word.Length..];
                var rest = behind.TrimStart("*_! ");
                return rest is [')' or ']', ..] ? Bracket.Word
                    : rest is [',' or ':' or ';' or '.' or '\u2013' or '\u2014', ..] || IsSpacedHyphen(behind, rest) ? Bracket.Remark
                    : Bracket.Other;
            }
        }

        return Bracket.Other;
    }

    /// <summary>A hyphen that stands for a dash, unlike that in "closed-source".</summary>
    /// <param name="behind">What follows the word.</param>
    /// <param name="rest">The same from where the hyphen may be.</param>
    private static bool IsSpacedHyphen(ReadOnlySpan<char> behind, ReadOnlySpan<char> rest) =>
        rest is ['-', ..] && (rest.Length < behind.Length || rest is ['-', ' ', ..]);

    private static bool TakeBrackets(ref string text)
    {
        StringBuilder? kept = null;
        var from = 0;
        for (var open = text.AsSpan().IndexOfAny('[', '('); open >= 0;)
        {
            var rest = text.AsSpan(open);
            var close = rest[..Math.Min(rest.Length, LongestRemark)].IndexOf(rest[0] == '[' ? ']' : ')');
            var kind = close > 0 ? KindOf(rest[..(close + 1)]) : Bracket.Other;
            var next = open + 1;
            var first = (kept is null || kept.Length == 0) && text.AsSpan(from..open).Trim(" *_.").IsEmpty;
            if (kind is Bracket.Remark || (kind is Bracket.Word && (first || EndsPart(rest[(close + 1)..]))))
            {
                kept = Without(kept, text.AsSpan(from..open));
                from = open + close + 1;
                from += rest[(close + 1)..].Length - rest[(close + 1)..].TrimStart(' ').Length;
                next = from;
            }

            open = text.AsSpan(next).IndexOfAny('[', '(') is >= 0 and var further ? next + further : -1;
        }

        text = kept is null ? text : kept.Append(text.AsSpan(from)).ToString().Trim();
        return kept is not null;
    }

    /// <summary>Whether a task, or a part of it, is over before this.</summary>
    private static bool EndsPart(ReadOnlySpan<char> after)
    {
        after = after.TrimStart(" *_");
        return after is [] or ['.' or ',' or ';' or ':' or '!' or '?' or '-' or '\u2013' or '\u2014' or '(' or '[' or ')' or ']' or '~' or '\n', ..]
            || after.StartsWith("http", StringComparison.Ordinal) || LengthOfTick(after) > 0;
    }

    private static bool TakeTicks(ref string text)
    {
        var rest = text.AsSpan();
        if (rest.IndexOfAny(AnyTick) is not (>= 0 and var at))
        {
            return false;
        }

        StringBuilder? kept = null;
        for (; at >= 0; at = rest.IndexOfAny(AnyTick))
        {
            kept = Without(kept, rest[..at]);
            rest = rest[at..];
            rest = rest[LengthOfTick(rest)..].TrimStart(' ');
        }

        text = kept!.Append(rest).ToString().Trim();
        return true;
    }

    /// <summary>What is kept of a text up to a mark, with one space where the mark was.</summary>
    private static StringBuilder Without(StringBuilder? kept, ReadOnlySpan<char> before)
    {
        kept = (kept ?? new StringBuilder()).Append(before.TrimEnd(' '));
        return kept.Length > 0 && kept[^1] != ' ' ? kept.Append(' ') : kept;
    }

    private static int LengthOfTick(ReadOnlySpan<char> text)
    {
        foreach (var tick in Ticks)
        {
            if (text.StartsWith(tick, StringComparison.OrdinalIgnoreCase))
            {
                return tick.Length;
            }
        }

        return 0;
    }

    /// <summary>
    /// "~~publish it~~": struck out as a whole, so that no more than a remark follows. The first "~~" may have stood before the marker.
    /// </summary>
    private static bool TakeStrike(ref string text)
    {
        const string Strike = "~~";
        var task = text.AsSpan().TrimStart(" *_");
        task = task.StartsWith(Strike) ? task[2..] : task;
        var end = task.IndexOf(Strike);
        var rest = end < 0 ? [] : task[(end + 2)..].TrimStart(" .*_");
        if (end < 0 || rest is not ([] or ['(' or '[' or '-' or '\u2013' or '\u2014', ..]) || rest.Contains(Strike, StringComparison.Ordinal))
        {
            return false;
        }

        text = rest.IsEmpty ? task[..end].Trim(' ').ToString() : $"{task[..end].Trim(' ')} {rest}";
        return true;
    }

    /// <summary>"... - done", "... (done".</summary>
    private static bool TakeAtEnd(ref string text, string word)
    {
        var span = text.AsSpan().TrimEnd(". !)]*");
        if (!span.EndsWith(word, StringComparison.OrdinalIgnoreCase) || span.Length == word.Length)
        {
            return false;
        }

        var before = span[..^word.Length];
        var task = before.TrimEnd();
        var hyphen = task is [.., '-'] && (task.Length < before.Length || task is [.., ' ', _]);
        if (hyphen || task is [.., '\u2013' or '\u2014' or '(' or '[' or ':' or ';'])
        {
            text = task.TrimEnd(" -\u2013\u2014([:;").ToString();
            return true;
        }

        return false;
    }

    /// <summary>"Done: ...", "DONE - ...".</summary>
    private static bool TakeAtStart(ref string text, string word)
    {
        var span = text.AsSpan().TrimStart("*_([ ");
        if (!span.StartsWith(word, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var behind = span[word.Length..];
        var rest = behind.TrimStart("*_)] ");
        if (rest is [':' or '\u2013', ..] || IsSpacedHyphen(behind, rest))
        {
            text = rest.TrimStart(":-\u2013 ").ToString();
            return true;
        }

        return false;
    }
}
