namespace BscFlow.Minutes;

/// <summary>Looks for owners in parts of a line, one part after another, and keeps those that it found in the last.</summary>
internal sealed class OwnerScan(OwnerList ownerList)
{
    private readonly List<string> _owners = [];

    /// <summary>Forgets what was found before.</summary>
    public void Clear() => _owners.Clear();

    /// <summary>Adds the owners with which a text begins to those that were found; see <see cref="OwnerList.Read"/>.</summary>
    public OwnersEnd Read(ReadOnlySpan<char> text, out int rest, out bool known) => ownerList.Read(text, _owners, out rest, out known);

    /// <summary>An action item of the owners that were found.</summary>
    public ReadAction Make(ReadOnlySpan<char> text, bool carried, ReadOnlySpan<char> remark = default) =>
        ReadAction.Of(_owners, text, carried, remark);

    /// <summary>Reads a text that is to be nothing but owners.</summary>
    public bool ReadWhole(ReadOnlySpan<char> text, bool requireKnown)
    {
        _owners.Clear();
        if (Read(text, out _, out var known) is OwnersEnd.End && (known || !requireKnown))
        {
            return true;
        }

        _owners.Clear();
        return false;
    }

    /// <summary>Reads an owner's name in small letters, as a handle is written.</summary>
    public bool ReadToken(ReadOnlySpan<char> text)
    {
        var name = text.Length is > 1 and < 24 && char.IsAsciiLetterLower(text[0]) && !TaskWords.IsNoName(text);
        foreach (var c in text)
        {
            name &= char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
        }

        if (name)
        {
            _owners.Add(text.ToString());
        }

        return name;
    }

    /// <summary>"... (Joe)", "... [Joe]", "... (Joe to draft)", "... - Joe", "... @joe", "... Owner: Joe".</summary>
    /// <param name="listed">The line is one of a list of action items, so that a name in brackets owns it, known or not.</param>
    public ReadAction ReadTrailing(ReadOnlySpan<char> text, bool listed = false)
    {
        var trimmed = DoneMark.Before(text).TrimEnd(" .");
        foreach (var label in (ReadOnlySpan<string>)["Owner:", "Owners:", "Assignee:", "Assigned to:", "Assigned to", "owner:", "assignee:"])
        {
            if (trimmed.LastIndexOf(label) is >= 0 and var at)
            {
                var who = trimmed[(at + label.Length)..].Trim(" )].*_");
                if (Read(who, out _, out _) is not OwnersEnd.NoOwner)
                {
                    return Make(trimmed[..at].TrimEnd(" ([-\u2013,;."), false, text[trimmed.Length..]);
                }
            }
        }

        if (trimmed is [.., ')' or ']'] && trimmed.LastIndexOfAny('(', '[') is > 0 and var open)
        {
            var inner = trimmed[(open + 1)..^1];
            var follows = Read(inner, out _, out var known);
            if (follows is OwnersEnd.End && (known || (listed && inner.ContainsAnyInRange('a', 'z') && !inner.ContainsAnyInRange('0', '9'))))
            {
                return Make(trimmed[..open].TrimEnd(), false, text[trimmed.Length..]);
            }

            if (known && follows is OwnersEnd.Task or OwnersEnd.Colon)
            {
                return Make(text, false);
            }

            _owners.Clear();
        }

        var dash = trimmed.LastIndexOfAny('-', '\u2013', '\u2014');
        if (dash > 0 && trimmed[dash - 1] == ' ' && ReadWhole(trimmed[(dash + 1)..].Trim(), requireKnown: true))
        {
            return Make(trimmed[..dash].TrimEnd(" -\u2013\u2014"), false, text[trimmed.Length..]);
        }

        _owners.Clear();
        var handle = trimmed.LastIndexOf(" @");
        if (handle > 0 && ReadWhole(trimmed[(handle + 1)..], requireKnown: true))
        {
            return Make(trimmed[..handle], false, text[trimmed.Length..]);
        }

        _owners.Clear();
        return Make(text, false);
    }
}
