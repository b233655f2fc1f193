using System.Buffers;

namespace BscFlow.Minutes;

internal enum MarkerWord : byte
{
    None,
    Ai,
    Action,
    Todo,
    NextStep,
}

/// <summary>The words by which a line says that it is an action item.</summary>
internal static class ActionMarker
{
    private static readonly SearchValues<string> Words = SearchValues.Create(
        ["AI", "AP:", "AP(", "AP]", "Action", "ACTION", "action item", "action point", "TODO", "Next step", "next step", "NEXT STEP"],
        StringComparison.Ordinal);

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    /// <summary>What every marker, and every label of a list of action items, has in it.</summary>
    public static readonly SearchValues<string> Hints = SearchValues.Create(
        ["AI", "AP:", "AP(", "AP]", "ction", "CTION", "TODO", "odo", "o do", "o-do", "ext step", "EXT STEP", "ask list"],
        StringComparison.Ordinal);

    private static readonly SearchValues<string> Intelligence = SearchValues.Create(
        ["intelligence", "generat", "model", "LLM", "agent", "copilot", "Copilot", "chatbot", "GPT", "ChatGPT", "assist", "policy", "polici",
            "ML", "machine learning", "tooling", "hype", "slop", "Claude", "Gemini", "tools"],
        StringComparison.Ordinal);

    /// <summary>Finds the next marker word at or after a place.</summary>
    /// <returns>The word, or none; where it starts and ends.</returns>
    public static MarkerWord Find(ReadOnlySpan<char> text, int from, out int start, out int end)
    {
        while (from < text.Length && text[from..].IndexOfAny(Words) is >= 0 and var found)
        {
            start = from + found;
            var word = At(text, start, out end);
            if (word is not MarkerWord.None)
            {
                return word;
            }

            from = start + 2;
        }

        (start, end) = (text.Length, text.Length);
        return MarkerWord.None;
    }

    /// <summary>Whether what stands before a colon is a marker: "AI", "AI (Joe)", "Action item for Joe".</summary>
    public static bool IsLabel(ReadOnlySpan<char> label)
    {
        label = label.TrimStart("*[ ");
        return Find(label, 0, out var start, out _) is not MarkerWord.None && start == 0;
    }

    /// <summary>Whether a line starts with a marker that is none of a sentence's words: "ACTION Joe to ...", "[ACTION] ...".</summary>
    public static bool StandsOut(ReadOnlySpan<char> line) =>
        line.TrimStart('[') is ['A', 'C', 'T', 'I', 'O', 'N', .. var rest] && (rest.IsEmpty || !char.IsLetterOrDigit(rest[0]));

    /// <summary>Whether a text speaks of artificial intelligence, which is abbreviated the same way; "HTML" does not speak of "ML".</summary>
    public static bool SpeaksOfIntelligence(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, 80)];
        for (var from = 0; text[from..].IndexOfAny(Intelligence) is >= 0 and var found; from += found + 1)
        {
            if (from + found == 0 || !char.IsLetterOrDigit(text[from + found - 1]))
            {
                return true;
            }
        }

        return false;
    }

    private static MarkerWord At(ReadOnlySpan<char> text, int start, out int end)
    {
        end = start;
        if (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '-' or '/' or '_' or '.' or '\'' or '#'))
        {
            return MarkerWord.None;
        }

        var rest = text[start..];
        if (rest.StartsWith("AI"))
        {
            end = start + 2;
            return Ends(text, end) && (end == text.Length || text[end] is not ('\'' or '\u2019' or '/' or '-' or '.' or '&'))
                ? MarkerWord.Ai
                : MarkerWord.None;
        }

        if (rest.StartsWith("AP"))
        {
            end = start + 2;
            return MarkerWord.Todo;
        }

        if (rest.StartsWith("action", StringComparison.OrdinalIgnoreCase))
        {
            end = start + "action".Length;
            var item = text[end..];
            foreach (var noun in (ReadOnlySpan<string>)[" items", " item", "-item", " points", " point", "s"])
            {
                if (item.StartsWith(noun, StringComparison.OrdinalIgnoreCase))
                {
                    end += noun.Length;
                    break;
                }
            }

            end += NumberAt(text[end..]);
            return Ends(text, end) ? MarkerWord.Action : MarkerWord.None;
        }

        if (rest.StartsWith("TODO"))
        {
            end = start + 4;
            return Ends(text, end) ? MarkerWord.Todo : MarkerWord.None;
        }

        end = start + "next step".Length;
        end += end < text.Length && text[end] is 's' or 'S' ? 1 : 0;
        return Ends(text, end) ? MarkerWord.NextStep : MarkerWord.None;
    }

    /// <summary>Length of a marker's number, " 62.3" or " #4", where a stop or a colon ends it or a word in capitals follows it; else 0.</summary>
    private static int NumberAt(ReadOnlySpan<char> text)
    {
        if (text is not [' ' or '#', ..])
        {
            return 0;
        }

        var digits = text.IndexOfAnyInRange('0', '9');
        if (digits is < 1 or > 2 || text[1..digits] is not ([] or ['#']))
        {
            return 0;
        }

        var rest = text[digits..].IndexOfAnyExcept(NumberCharacters);
        var end = rest < 0 ? text.Length : digits + rest;
        return end == text.Length || text[end] is ':' or '*' or ')' || (text[end] == ' ' && end + 1 < text.Length && char.IsUpper(text[end + 1]))
            ? end
            : 0;
    }

    private static bool Ends(ReadOnlySpan<char> text, int at) => at >= text.Length || !char.IsLetterOrDigit(text[at]);
}
