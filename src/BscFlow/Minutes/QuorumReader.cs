using System.Buffers;

namespace BscFlow.Minutes;

/// <summary>
/// Reads what minutes say of their own meeting's quorum. What they report of another body's, or of what a quorum is, is none of it.
/// </summary>
internal static class QuorumReader
{
    private static readonly SearchValues<string> Another = SearchValues.Create(
        ["board", "governing", "last meeting", "last week", "last time", "previous meeting", "next meeting", "their ", "session", "would ",
            "if we", "if no", "trouble", "working group", "rule", "requirement", "charter", "election", "for the vote", "definition", "policy"],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Denials = SearchValues.Create(
        ["no quorum", "not ", "n't", "without", "lack", "fail", "inquorate", "below", "under", "lost", "insufficient", "unable", "short of"],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a line that is not part of a discussion.</summary>
    /// <returns>The statement, or null.</returns>
    public static QuorumStatement? Read(ReadOnlySpan<char> text, int line)
    {
        text = text.Trim().TrimStart("*_([-\u2705\u274C\u26A0\uFE0F ");
        var word = text.IndexOf("quor", StringComparison.OrdinalIgnoreCase);
        if (word is < 0 or > 160 || text.Length > 400)
        {
            return null;
        }

        var statement = Sentence(text, word);
        return Speaks(statement) && !statement.ContainsAny(Another) && !statement.EndsWith("?")
            ? new(Tidy(statement), line, !Denies(statement))
            : null;
    }

    /// <summary>Reads the value of a label "Quorum:".</summary>
    public static QuorumStatement? ReadValue(ReadOnlySpan<char> value, ReadOnlySpan<char> whole, int line)
    {
        value = value.Trim("*_ \n.");
        if (value.IsEmpty || value.Length > 200)
        {
            return null;
        }

        var denied = Denies(value) || StartsWithWord(value, "no") || StartsWithWord(value, "not") || value.Contains('\u274C');
        return new(Tidy(whole), line, !denied);
    }

    /// <summary>Reads a label's remark in parentheses: "Participants (quorum present):".</summary>
    public static QuorumStatement? ReadRemark(ReadOnlySpan<char> label, int line)
    {
        var open = label.IndexOf('(');
        var close = label.LastIndexOf(')');
        return open >= 0 && close > open ? Read(label[(open + 1)..close], line) : null;
    }

    /// <summary>The sentence, or part of one, in which the word stands.</summary>
    private static ReadOnlySpan<char> Sentence(ReadOnlySpan<char> text, int word)
    {
        var start = 0;
        for (var i = 0; i + 1 < word; i++)
        {
            if (text[i] is '.' or '!' or ';' or '?' && text[i + 1] is ' ' or '\n')
            {
                start = i + 1;
            }
        }

        var end = word;
        for (; end < text.Length; end++)
        {
            if (text[end] is ';' or ',' or '\n' or '!' || (text[end] == '.' && (end + 1 == text.Length || text[end + 1] == ' ')) ||
                (text[end] == ' ' && end + 2 < text.Length && text[end + 1] is '-' or '\u2013' or '\u2014' && text[end + 2] is ' ' or '-') ||
                text[end..].StartsWith(" and ") || (text[end] == '(' && !text[end..].ContainsAnyInRange('0', '9')))
            {
                break;
            }

            if (text[end] == '?')
            {
                return text[start..(end + 1)].Trim();
            }
        }

        return text[start..end].Trim();
    }

    private static bool Speaks(ReadOnlySpan<char> text)
    {
        if (StartsWithWord(text, "no quorum") || StartsWithWord(text, "not quorate") || StartsWithWord(text, "inquorate") ||
            StartsWithWord(text, "quorate") || StartsWithWord(text, "not quorum"))
        {
            return true;
        }

        if (StartsWithWord(text, "quorum"))
        {
            var rest = text["quorum".Length..].TrimStart(" *_:-=");
            return StartsWithAny(rest, "present", "reached", "met", "achieved", "established", "confirmed", "not ", "was", "wasn't", "had",
                "lost", "lacking", "yes", "no", "ok", "attained", "obtained", "is present", "is met", "is reached", "is established",
                "is confirmed", "is not", "has been", "has not", "declared", "verified", "check", "made", "failed", "\u2705", "\u274C",
                "could not", "isn't", "did not", "didn't", "requirements met", "requirement met") || rest is ['(', ..] or [];
        }

        return StartsWithAny(text, "we have", "we had", "we do", "we did", "we don't", "we didn't", "we reached", "we lack", "we met",
            "we made", "we failed", "we are", "we were", "we achieved", "there was", "there is", "there wasn't", "there isn't", "the meeting",
            "meeting", "a quorum", "lack of quorum", "lacking", "without", "did not", "didn't", "not enough", "insufficient", "with ",
            "attendance", "this meeting", "the quorum", "the committee", "cancelled", "canceled", "below", "under", "not reach", "failed",
            "unable", "due to", "had quorum", "have quorum", "has quorum", "reached quorum", "met quorum", "roll call", "not a quorum",
            "all ", "enough", "short of", "members present", "no decision") ||
            (text.Length > 1 && char.IsAsciiDigit(text[0]));
    }

    private static bool Denies(ReadOnlySpan<char> text) => text.ContainsAny(Denials);

    private static bool StartsWithWord(ReadOnlySpan<char> text, ReadOnlySpan<char> word) =>
        text.StartsWith(word, StringComparison.OrdinalIgnoreCase) && (text.Length == word.Length || !char.IsLetter(text[word.Length]));

    private static bool StartsWithAny(ReadOnlySpan<char> text, params ReadOnlySpan<string> any)
    {
        foreach (var start in any)
        {
            if (text.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static string Tidy(ReadOnlySpan<char> text) => text.Trim("*_ \n.").ToString().Replace('\n', ' ');
}
