namespace BscFlow.Minutes;

/// <summary>
/// Reads action items that a line marks itself: "AI: ...", "AI(Joe): ...", "[AI Joe] ...", "... [AI: Joe]", "Joe AI: ...",
/// "Action item (A, B): ...", "Next step: Joe to ...", "Joe takes an action item to ...".
/// </summary>
internal sealed class MarkedAction(OwnerScan owners)
{
    /// <summary>How far a bracket's end, or a sentence's start, is looked for.</summary>
    private const int LongestBracket = 400;

    private static readonly string[] Earlier = ["previous", "prior", "open", "outstanding", "old", "last", "pending", "carried", "existing"];

    private static readonly string[] Takes =
        [" takes", " take", " took", " has", " have", " had", " got", " gets", " get", " with", " accepted",
            " is taking", " will take", " to take"];

    /// <summary>Reads the line as an action item that one of its markers makes.</summary>
    /// <param name="word">The marker, which stands from <paramref name="start"/> to <paramref name="end"/>.</param>
    public ReadAction? Read(ReadOnlySpan<char> text, MarkerWord word, int start, int end)
    {
        var before = text[..start];
        var rest = text[end..];
        if (before.TrimEnd() is [.., '['])
        {
            return ReadBracketed(before.TrimEnd()[..^1], rest, word);
        }

        var carried = TakeEarlier(ref before);
        if (word is MarkerWord.NextStep)
        {
            return rest.TrimStart() is [':', .. var step] && owners.Read(step, out var task, out _) is OwnersEnd.Task
                ? owners.Make(step[task..], false)
                : null;
        }

        if (before.TrimEnd().EndsWith("(my", StringComparison.OrdinalIgnoreCase))
        {
            return ReadSpeakers(before, rest);
        }

        var trimmed = rest.TrimStart();
        return trimmed switch
        {
            ['(' or '[', ..] => ReadNamedInParentheses(before, trimmed, word, carried),
            [':', ..] => ReadAfterColon(before, trimmed[1..].TrimStart(), word, carried),
            ['-' or '\u2013' or '\u2014' or '=' or '\u2192', ..] when IsBare(before) && trimmed is [_, ' ' or '>' or '-', ..] =>
                ReadAfterDash(trimmed, carried),
            ['.', ' ', ..] when word is not MarkerWord.Ai && IsBare(before) => ReadAfterSpace(before, trimmed[2..].TrimStart(), word, carried),
            _ when rest is [' ', ..] => ReadAfterSpace(before, trimmed, word, carried),
            _ => null,
        };
    }

    /// <summary>"[AI] ...", "[AI: Joe] ...", "... [AI Joe]", "[AI: Joe: ...]".</summary>
    private ReadAction? ReadBracketed(ReadOnlySpan<char> before, ReadOnlySpan<char> rest, MarkerWord word)
    {
        var close = rest[..Math.Min(rest.Length, LongestBracket)].IndexOf(']');
        var inner = (close < 0 ? rest : rest[..close]).Trim();
        var tail = close < 0 ? [] : rest[(close + 1)..].TrimStart(" :-\u2013*_");
        var colon = inner is [':', ..];
        inner = inner.TrimStart(" :-\u2013");
        if (inner.IsEmpty)
        {
            return rest[(close + 1)..].TrimStart() is [':', ..] || word is not MarkerWord.Ai || !ActionMarker.SpeaksOfIntelligence(tail)
                ? ReadAfterColon(before, tail, word, false)
                : null;
        }

        var follows = owners.Read(inner, out var task, out var known);
        if (follows is OwnersEnd.NoOwner || (follows is OwnersEnd.Word && !known))
        {
            owners.Clear();
            return colon || (word is not MarkerWord.Ai && !inner.IsEmpty) ? owners.Make(inner, false, tail) : null;
        }

        if (follows is OwnersEnd.End)
        {
            if (!known && !colon && word is MarkerWord.Ai && ActionMarker.SpeaksOfIntelligence(inner))
            {
                return null;
            }

            var plain = tail.ToString();
            DoneMark.Take(ref plain);
            return plain.Length > 3 ? owners.Make(tail, false) : owners.Make(before, false, tail);
        }

        return owners.Make(inner[task..], false, tail);
    }

    /// <summary>"AI(Joe): ...", "AI [Joe/Dave]: ...", "... - AI (Joe)", "ACTION (?): ...".</summary>
    private ReadAction? ReadNamedInParentheses(ReadOnlySpan<char> before, ReadOnlySpan<char> rest, MarkerWord word, bool carried)
    {
        var close = rest[..Math.Min(rest.Length, LongestBracket)].IndexOfAny(')', ']');
        if (close < 0)
        {
            return null;
        }

        var inner = rest[1..close].Trim();
        var tail = rest[(close + 1)..];
        var marked = tail.TrimStart() is [':' or '-' or '\u2013', ..];
        var unassigned = OwnerList.IsUnassigned(inner) || inner.IsEmpty;
        if (!unassigned && !owners.ReadWhole(inner, requireKnown: word is MarkerWord.Ai && !marked && !tail.Trim().IsEmpty) &&
            !((marked || TaskWords.PhraseAt(tail) > 0) && owners.ReadToken(inner)))
        {
            return null;
        }

        if (unassigned && !marked && word is MarkerWord.Ai)
        {
            return null;
        }

        var text = tail[TaskWords.PhraseAt(tail)..].TrimStart(" :-\u2013\n");
        return Join(before, text, carried);
    }

    private ReadAction? ReadAfterColon(ReadOnlySpan<char> before, ReadOnlySpan<char> text, MarkerWord word, bool carried)
    {
        if (before.TrimEnd() is [.., '('] && text.IndexOf(')') is > 0 and var close)
        {
            text = text[..close];
        }

        var lead = before.TrimEnd(" -\u2013\u2014(*^>\n");
        if (!lead.IsEmpty && lead[^1] is not ('.' or '?' or '!' or ';' or ':' or ')' or ']' or ',') && lead.Length == before.TrimEnd(" *^").Length)
        {
            // "Joe AI: ..." names its owner before the marker; other words before it make it a sentence about something.
            var owner = lead.EndsWith("'s", StringComparison.Ordinal) ? lead[..^2] : lead;
            if (!owners.ReadWhole(owner, requireKnown: true) && word is not MarkerWord.Todo)
            {
                return null;
            }

            return owners.Make(text, carried);
        }

        var follows = owners.Read(text, out var rest, out var known);
        if (follows is OwnersEnd.Colon or OwnersEnd.Task || (known && follows is OwnersEnd.Dash) ||
            (known && follows is OwnersEnd.Word && TaskWords.IsTaskAt(text, rest)))
        {
            return Join(before, text[rest..], carried);
        }

        if (known && (follows is OwnersEnd.End || (follows is OwnersEnd.Word && DoneMark.IsAll(text[rest..]))))
        {
            // "Let us ask them? AI: Joe [done]": the task is what precedes the marker, here or in the line before.
            return owners.Make(before.TrimEnd(" -\u2013\u2014(*^>\n"), carried, text[rest..]);
        }

        owners.Clear();
        var intelligence = word is MarkerWord.Ai && ActionMarker.SpeaksOfIntelligence(text) && !(IsBare(before) && TaskWords.StartsWithOrder(text));
        if (text.IsEmpty || intelligence || TaskWords.IsNothing(text))
        {
            return null;
        }

        if (before.TrimEnd() is ['(' or '[', .. var speaker, ')' or ']'] && owners.ReadWhole(speaker, requireKnown: false))
        {
            return owners.Make(text, carried);
        }

        var trailing = owners.ReadTrailing(text);
        return word is MarkerWord.Todo && trailing.Owners.Count == 0 && !before.IsEmpty ? null : trailing with { Carried = carried };
    }

    private ReadAction? ReadAfterDash(ReadOnlySpan<char> rest, bool carried)
    {
        var text = rest.TrimStart("-\u2013\u2014=>\u2192 ");
        var follows = owners.Read(text, out var task, out var known);
        return follows is OwnersEnd.Colon or OwnersEnd.Task || (known && follows is OwnersEnd.Word or OwnersEnd.Dash)
            ? owners.Make(text[task..], carried)
            : null;
    }

    /// <summary>"AI Joe to ...", "AI Joe: ...", "AI for Joe: ...", "AI starting ...", "Joe takes an action item to ...".</summary>
    private ReadAction? ReadAfterSpace(ReadOnlySpan<char> before, ReadOnlySpan<char> rest, MarkerWord word, bool carried)
    {
        if (TaskWords.StartsInfinitive(rest) && TakesIt(before))
        {
            return owners.Make(rest[3..], carried);
        }

        owners.Clear();
        var given = rest.StartsWith("for ") || rest.StartsWith("on ") || rest.StartsWith("to ");
        var text = given ? rest[(rest.IndexOf(' ') + 1)..] : rest;
        text = given && text.StartsWith("the ") ? text[4..] : text;
        var follows = owners.Read(text, out var task, out var known);
        var plain = IsBare(before) || before.TrimEnd() is [.., '-' or '\u2013' or '.' or '?' or '!' or ':' or ',' or ';' or ')' or '('];
        if ((follows is OwnersEnd.Colon && (known || plain)) || (follows is OwnersEnd.Task && plain && (known || !given)) ||
            (follows is OwnersEnd.Task && known && given))
        {
            return !known && word is MarkerWord.Ai && ActionMarker.SpeaksOfIntelligence(text[..task]) ? null : Join(before, text[task..], carried);
        }

        if (known && follows is OwnersEnd.Word or OwnersEnd.Dash && plain && !given && (word is MarkerWord.Ai || follows is OwnersEnd.Dash) &&
            (follows is OwnersEnd.Dash || TaskWords.IsTaskAt(text, task)))
        {
            return owners.Make(text[task..], carried);
        }

        owners.Clear();
        return IsBare(before) && word is MarkerWord.Ai && !ActionMarker.SpeaksOfIntelligence(rest) && TaskWords.StartsWithTask(rest)
            ? owners.Make(rest.StartsWith("to ") ? rest[3..] : rest, carried)
            : null;
    }

    /// <summary>"[Dave] topics for the page (my action item)": the speaker's own, and not a new one.</summary>
    private ReadAction? ReadSpeakers(ReadOnlySpan<char> before, ReadOnlySpan<char> rest)
    {
        var text = before.TrimStart();
        var lead = text is ['[', ..] && text.IndexOf(']') is > 0 and var close ? text[1..close] :
            text.IndexOf(':') is > 0 and < 40 and var colon ? text[..colon] : [];
        if (lead.IsEmpty || !owners.ReadWhole(lead, requireKnown: false))
        {
            return null;
        }

        var task = text[(text.IndexOfAny(']', ':') + 1)..];
        task = task[..task.LastIndexOf('(')].Trim();
        return owners.Make(task, true, rest.TrimStart(") "));
    }

    /// <summary>Takes "Previous" from before the marker.</summary>
    private static bool TakeEarlier(ref ReadOnlySpan<char> before)
    {
        var trimmed = before.TrimEnd();
        foreach (var word in Earlier)
        {
            if (trimmed.EndsWith(word, StringComparison.OrdinalIgnoreCase) &&
                (trimmed.Length == word.Length || !char.IsLetter(trimmed[^(word.Length + 1)])))
            {
                before = trimmed[..^word.Length];
                return true;
            }
        }

        return false;
    }

    /// <summary>"Proposal: Joe takes an" before the marker.</summary>
    private bool TakesIt(ReadOnlySpan<char> before)
    {
        var trimmed = before[Math.Max(0, before.Length - LongestBracket)..].TrimEnd();
        foreach (var article in (ReadOnlySpan<string>)[" an", " the", " a", " this", " another"])
        {
            trimmed = trimmed.EndsWith(article, StringComparison.OrdinalIgnoreCase) ? trimmed[..^article.Length] : trimmed;
        }

        foreach (var verb in Takes)
        {
            if (trimmed.EndsWith(verb, StringComparison.OrdinalIgnoreCase))
            {
                var who = trimmed[..^verb.Length];
                var start = who.LastIndexOfAny(".:;?!") + 1;
                return owners.ReadWhole(who[start..].TrimStart(), requireKnown: false);
            }
        }

        return false;
    }

    private static bool IsBare(ReadOnlySpan<char> before) => before.Length < 32 && before.Trim(" *_^>-\u2013\u2022~\u2192").IsEmpty;

    /// <summary>The task is what follows the marker, with what precedes it where that is the other half of the phrase.</summary>
    private ReadAction Join(ReadOnlySpan<char> before, ReadOnlySpan<char> text, bool carried)
    {
        var lead = before.TrimEnd();
        var dashed = lead is [.., '-' or '\u2013' or '\u2014'] || text.IsEmpty;
        lead = lead.Trim(" *_^>-\u2013\u2014\n");
        return lead.IsEmpty || !dashed ? owners.Make(text, carried)
            : text.IsEmpty ? owners.Make(lead, carried)
            : owners.Make(string.Concat(lead, " - ", text), carried);
    }
}
