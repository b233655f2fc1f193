namespace BscFlow.Minutes;

/// <summary>Reads action items: those that a line marks itself, and the lines of a list of them.</summary>
internal sealed class ActionItemReader
{
    /// <summary>Markers of a line that are tried: the rest of it is looked through for each, and nobody writes as many.</summary>
    private const int MostMarkers = 32;

    private readonly OwnerScan _owners;
    private readonly MarkedAction _marked;

    public ActionItemReader(OwnerList ownerList)
    {
        _owners = new OwnerScan(ownerList);
        _marked = new MarkedAction(_owners);
    }

    /// <summary>Reads the first action item that the line marks.</summary>
    public ReadAction? Read(ReadOnlySpan<char> text)
    {
        var from = 0;
        text = Unwrapped(text);
        for (var tries = 0; tries < MostMarkers; tries++)
        {
            if (ActionMarker.Find(text, from, out var start, out var end) is not (not MarkerWord.None and var word))
            {
                return null;
            }

            _owners.Clear();
            if (_marked.Read(text, word, start, end) is { } action)
            {
                return action with { At = start };
            }

            from = end;
        }

        return null;
    }

    /// <summary>Reads a line of a list of action items: "Joe: ...", "@joe to ...", "... (Joe)", "... - Joe".</summary>
    public ReadAction ReadListed(ReadOnlySpan<char> text)
    {
        text = Unwrapped(text);
        if (Read(text) is { } marked)
        {
            return marked;
        }

        _owners.Clear();
        if (text is ['[' or '(', ..] && text.IndexOfAny(']', ')') is > 1 and var close && close + 1 < text.Length &&
            (_owners.ReadWhole(text[1..close], requireKnown: false) || _owners.ReadToken(text[1..close])))
        {
            var task = text[(close + 1)..];
            return _owners.Make(task[TaskWords.PhraseAt(task)..].TrimStart(" :-\u2013"), false);
        }

        _owners.Clear();
        var follows = _owners.Read(text, out var rest, out var known);
        if (follows is OwnersEnd.Colon or OwnersEnd.Task || (known && follows is OwnersEnd.Dash) ||
            (known && follows is OwnersEnd.Word && TaskWords.IsTaskAt(text, rest)))
        {
            return _owners.Make(text[rest..], false);
        }

        _owners.Clear();
        return _owners.ReadTrailing(text, listed: true);
    }

    private static ReadOnlySpan<char> Unwrapped(ReadOnlySpan<char> text) =>
        text.Contains('\n') ? text.ToString().Replace('\n', ' ') : text;
}
