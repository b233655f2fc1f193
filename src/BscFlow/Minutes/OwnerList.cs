using System.Collections.Frozen;

namespace BscFlow.Minutes;

/// <summary>What follows the names of owners.</summary>
internal enum OwnersEnd : byte
{
    /// <summary>No name was found.</summary>
    NoOwner,

    /// <summary>Nothing follows.</summary>
    End,

    /// <summary>A colon.</summary>
    Colon,

    /// <summary>"to", "will" and the like.</summary>
    Task,

    /// <summary>A dash or an arrow.</summary>
    Dash,

    /// <summary>Another word.</summary>
    Word,
}

/// <summary>Reads who owns an action item: names with "/", ",", "&amp;", "+" or "and" between them, groups, handles.</summary>
internal sealed class OwnerList(KnownPeople people)
{
    private const int MostOwners = 12;
    private const int LongestRemark = 40;

    private static readonly FrozenSet<string> Groups = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "all", "everyone", "everybody", "anyone", "team", "committee", "members", "chair", "chairs", "co-chairs", "staff", "maintainers",
        "board", "council", "secretary", "someone", "somebody");

    private static readonly FrozenSet<string> GroupNouns = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "group", "team", "committee", "members", "staff", "board", "council", "tsc", "toc", "tac", "wg", "sig", "maintainers", "chairs",
        "leads", "lead", "reps", "representatives");

    private static readonly FrozenSet<string> Unassigned = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "?", "??", "???", "tbd", "tba", "unassigned", "nobody", "none", "owner needed", "needs owner", "volunteer needed", "who?",
        "someone", "somebody", "anyone");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> GroupsBySpan =
        Groups.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> GroupNounsBySpan =
        GroupNouns.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> UnassignedBySpan =
        Unassigned.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether the text says that nobody owns it yet: "?", "TBD".</summary>
    public static bool IsUnassigned(ReadOnlySpan<char> text) => UnassignedBySpan.Contains(text.Trim());

    public bool IsKnown(ReadOnlySpan<char> name) => people.Contains(name) || GroupsBySpan.Contains(name);

    /// <summary>Reads the owners at the start of a text.</summary>
    /// <param name="owners">Names are added as written.</param>
    /// <param name="rest">Where the task starts: after the names and what separates them from it.</param>
    /// <param name="known">Whether every name is one of the file's people, a group or a handle.</param>
    public OwnersEnd Read(ReadOnlySpan<char> text, List<string> owners, out int rest, out bool known)
    {
        var at = SkipSpaces(text, 0);
        known = true;
        rest = at;
        var end = OwnersEnd.NoOwner;
        var accepted = 0;
        while (owners.Count < MostOwners && TakeName(text, at, out var length, out var isKnown))
        {
            var after = at + length;
            var follows = WhatFollows(text, after, out var next);
            if (follows is OwnersEnd.Word && PassRemark(text, next) is > 0 and var behind &&
                WhatFollows(text, behind, out var further) is var then and (OwnersEnd.Colon or OwnersEnd.Task))
            {
                // "Joe (Acme) to write", "@joe [Acme]: write"
                (follows, next) = (then, further);
            }

            var separated = TrySeparator(text, after, out var second);
            if (follows is OwnersEnd.Word && accepted > 0 && !separated && !(isKnown && TaskWords.StartsWithVerb(text[after..])))
            {
                // "Daniel, Dave wanted to send it": the second name belongs to the sentence.
                return end;
            }

            if (follows is OwnersEnd.Task && !isKnown && !TaskWords.StartsLikeTask(text[next..]))
            {
                return end;
            }

            owners.Add(text.Slice(at, length).ToString());
            known &= isKnown;
            accepted++;
            (end, rest) = (follows, next);
            if (follows is not OwnersEnd.Word || !separated)
            {
                return end;
            }

            // As far as it goes when the next is no name.
            (at, rest) = (second, second);
        }

        return end;
    }

    private static OwnersEnd WhatFollows(ReadOnlySpan<char> text, int at, out int next)
    {
        next = SkipSpaces(text, at);
        if (next >= text.Length)
        {
            return OwnersEnd.End;
        }

        if (text[next] == ':')
        {
            next = SkipSpaces(text, next + 1);
            return OwnersEnd.Colon;
        }

        if (TaskWords.PhraseAt(text[at..]) is > 0 and var phrase)
        {
            next = at + phrase;
            return OwnersEnd.Task;
        }

        var rest = text[next..];
        foreach (var dash in (ReadOnlySpan<string>)["- ", "\u2013 ", "\u2014 ", "-- ", "--- ", "-> ", "=> ", "\u2192 "])
        {
            if (rest.StartsWith(dash))
            {
                next = SkipSpaces(text, next + dash.Length);
                return OwnersEnd.Dash;
            }
        }

        return OwnersEnd.Word;
    }

    /// <summary>Where a text goes on behind a short remark in brackets, or 0 where there is none.</summary>
    private static int PassRemark(ReadOnlySpan<char> text, int at)
    {
        if (at >= text.Length || text[at] is not ('(' or '['))
        {
            return 0;
        }

        var close = text.Slice(at, Math.Min(LongestRemark, text.Length - at)).IndexOfAny(')', ']');
        return close < 0 ? 0 : at + close + 1;
    }

    private static bool TrySeparator(ReadOnlySpan<char> text, int at, out int next)
    {
        next = SkipSpaces(text, at);
        if (next < text.Length && text[next] is ',' or '/' or '&' or '+' or ';')
        {
            next = SkipSpaces(text, next + 1);
            if (text[next..].StartsWith("and "))
            {
                next += 4;
            }

            return true;
        }

        if (text[next..].StartsWith("and ") || text[next..].StartsWith("or "))
        {
            next = SkipSpaces(text, next + 3);
            return true;
        }

        return false;
    }

    private bool TakeName(ReadOnlySpan<char> text, int at, out int length, out bool known)
    {
        (length, known) = (0, false);
        if (at >= text.Length)
        {
            return false;
        }

        if (text[at] == '@')
        {
            var end = at + 1;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '-' or '_'))
            {
                end++;
            }

            (length, known) = (end - at, true);
            return length > 1;
        }

        Span<int> ends = stackalloc int[4];
        var words = Words(text, at, ends);
        for (var i = words - 1; i >= 0; i--)
        {
            if (IsKnown(text[at..ends[i]]))
            {
                (length, known) = (ends[i] - at, true);
                if (i + 1 < words && TakeUnknown(text, at, ends[..words], out var fuller, out _) && fuller > length &&
                    WhatFollows(text, at + fuller, out _) is OwnersEnd.Colon or OwnersEnd.Task or OwnersEnd.End)
                {
                    // "Ann Lee", where the file lists "Ann B. Lee".
                    length = fuller;
                }

                return true;
            }
        }

        return words > 0 && TakeUnknown(text, at, ends[..words], out length, out known);
    }

    private static bool TakeUnknown(ReadOnlySpan<char> text, int at, ReadOnlySpan<int> ends, out int length, out bool known)
    {
        // "marketing group", "L3 TSC": a word before a noun for a group.
        known = false;
        for (var i = 1; i < ends.Length && text[(ends[i - 1] + 1)..ends[i]] is not ("to" or "will" or "should" or "can" or "must"); i++)
        {
            if (GroupNounsBySpan.Contains(text[(ends[i - 1] + 1)..ends[i]]) && !TaskWords.IsNoName(text[at..ends[0]]))
            {
                (length, known) = (ends[i] - at, true);
                return true;
            }
        }

        length = 0;
        var start = at;
        foreach (var end in ends)
        {
            var word = text[start..end];
            if (!char.IsUpper(word[0]) || TaskWords.IsNoName(word))
            {
                break;
            }

            length = end - at;
            start = end + 1;
        }

        return length > 0;
    }

    /// <summary>The ends of up to four words that a name may have.</summary>
    private static int Words(ReadOnlySpan<char> text, int at, Span<int> ends)
    {
        var count = 0;
        while (count < ends.Length && at < text.Length && char.IsLetter(text[at]))
        {
            while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '-' or '_' ||
                (text[at] is '\'' or '\u2019' && at + 2 < text.Length && char.IsLetter(text[at + 1]) && text[at + 2] is not ' ' and not 'l') ||
                (text[at] == '.' && at + 1 < text.Length && text[at + 1] == ' ' && at > 0 && char.IsUpper(text[at - 1]))))
            {
                at++;
            }

            ends[count++] = at;
            if (at >= text.Length || text[at] is not (' ' or '\n'))
            {
                break;
            }

            at++;
        }

        return count;
    }

    private static int SkipSpaces(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '\n' or '*' or '_')
        {
            at++;
        }

        return at;
    }
}
