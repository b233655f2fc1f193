namespace BscFlow.Minutes;

/// <summary>Reads the action items of one meeting: those that a line marks, and those listed under a label for them.</summary>
internal sealed class MeetingActions(Outline outline, OwnerList ownerList)
{
    /// <summary>So long a heading is no person's or group's name above items of theirs: the list is over.</summary>
    private const int WordsOfSubheading = 4;

    private static readonly string[] Reviews =
    [
        "review", "discuss", "report", "status", "recap", "revisit", "check", "go over", "go through", "follow up", "follow-up", "update on",
        "updates on", "walk through", "progress", "previous", "prior", "past", "open", "outstanding", "pending", "old", "last",
    ];

    private static readonly string[] ItemNouns = ["action items", "AIs", "AI's", "AI\u2019s", "actions", "AI since", "action item review"];

    private readonly ActionItemReader _reader = new(ownerList);
    private HintScan _hints = new(outline, ActionMarker.Hints, outline.Length);
    private readonly List<string> _owners = [];
    private List<MinutedAction> _found = [];

    /// <param name="from">First entry after the heading.</param>
    /// <param name="to">Entry after the last.</param>
    public IReadOnlyList<MinutedAction> Read(int from, int to)
    {
        _found = [];
        for (var i = from; i < to; i++)
        {
            var entry = outline[i];
            var text = outline.Text(entry);
            if (!(_hints.Hits(entry) || entry.Box is not CheckBox.None) || text[0] == '|')
            {
                continue;
            }

            var carried = false;
            if (Heads(text, entry, ref carried, out var review))
            {
                var end = outline.EndOf(i, to);
                if (!(review ? AnyMarked(i + 1, end) : StartsMarked(i + 1, end)))
                {
                    ReadList(i, end, carried);
                    i = end - 1;
                }
            }
            else if (_reader.Read(text) is { } action)
            {
                Add(i, to, entry.Line, action, false);
            }
            else if (entry.Box is not CheckBox.None && ReadOwned(text))
            {
                Add(i, to, entry.Line, _reader.ReadListed(text), false);
            }
        }

        return _found;
    }

    /// <summary>Whether an entry is the head of a list of action items, rather than one.</summary>
    private static bool Heads(ReadOnlySpan<char> text, OutlineEntry entry, ref bool carried, out bool review)
    {
        review = false;
        if (text.Length > 100)
        {
            return false;
        }

        if (FieldLabel.TryRead(text, entry.Strong, out var field, out var value) && value >= text.Length &&
            field is Field.Actions or Field.CarriedActions)
        {
            // Deep in the notes "TODO:" heads a check list of whatever is talked of.
            carried = field is Field.CarriedActions;
            return entry.Rank <= OutlineEntry.ParagraphRank + 2 || !text.StartsWith("to", StringComparison.OrdinalIgnoreCase);
        }

        carried = review = IsReview(text);
        return review;
    }

    /// <summary>"(5m) Review action items", "Discuss the high priority AIs".</summary>
    private static bool IsReview(ReadOnlySpan<char> text)
    {
        if (text is ['(' or '[', ..] && text.IndexOfAny(')', ']') is > 0 and var close)
        {
            if (ActionMarker.IsLabel(text[1..close]))
            {
                return false;
            }

            text = text[(close + 1)..];
        }

        text = text.TrimStart(" 0123456789.:-*");
        var noun = false;
        foreach (var word in ItemNouns)
        {
            noun |= text.Contains(word, word[0] == 'A' ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);
        }

        if (noun)
        {
            foreach (var word in Reviews)
            {
                if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool AnyMarked(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (_reader.Read(outline.Text(i)) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether paragraphs that are marked one by one follow, with what was said of each below it.</summary>
    private bool StartsMarked(int from, int to) => from < to && outline[from].Rank == OutlineEntry.ParagraphRank &&
        ActionMarker.IsLabel(outline.Text(from)) && _reader.Read(outline.Text(from)) is not null;

    private void ReadList(int head, int end, bool carried)
    {
        var direct = DirectRank(head, end);
        IReadOnlyList<string> group = [];
        IReadOnlyList<string> volunteers = [];
        for (var i = head + 1; i < end; i++)
        {
            var entry = outline[i];
            var text = outline.Text(entry);
            if (entry.Kind is OutlineKind.Heading)
            {
                if (text.Count(' ') >= WordsOfSubheading)
                {
                    return;
                }

                continue;
            }

            if (entry.Link && text.Contains("action items", StringComparison.OrdinalIgnoreCase))
            {
                // A link to where the items are kept.
                continue;
            }

            if (MinutesTable.TryRead(text, out var table))
            {
                ReadTable(table, entry.Line, carried);
            }
            else if (entry.Rank == direct)
            {
                group = IsGroup(i, end, text) ? [.. _owners] : [];
                if (group.Count == 0 && !TaskWords.IsNothing(text))
                {
                    var action = _reader.ReadListed(text);
                    Add(i, end, entry.Line, action.Owners.Count > 0 ? action : action with { Owners = [.. volunteers] }, carried);
                }
            }
            else if (entry.Rank == OutlineEntry.ParagraphRank && !ActionMarker.IsLabel(text))
            {
                volunteers = Volunteers(text);
            }
            else if (group.Count > 0 && entry.Rank == direct + 2)
            {
                var action = _reader.ReadListed(text);
                Add(i, end, entry.Line, action.Owners.Count > 0 ? action : action with { Owners = [.. group] }, carried);
            }
            else if (_reader.Read(text) is { } marked)
            {
                Add(i, end, entry.Line, marked, carried);
            }
        }
    }

    /// <summary>The rank of the list's items: those of the first list below the head, or paragraphs where there is no list.</summary>
    private int DirectRank(int head, int end)
    {
        for (var i = head + 1; i < end; i++)
        {
            if (outline[i].Kind is OutlineKind.Item)
            {
                return outline[i].Rank;
            }
        }

        return OutlineEntry.ParagraphRank;
    }

    /// <summary>"Joe:" with his items below it.</summary>
    private bool IsGroup(int index, int end, ReadOnlySpan<char> text)
    {
        _owners.Clear();
        return index + 1 < end && outline[index + 1].Rank > outline[index].Rank && text.Length < 60 &&
            ownerList.Read(text, _owners, out var rest, out _) is OwnersEnd.End or OwnersEnd.Colon && rest >= text.Length;
    }

    /// <summary>"Joe volunteered to do the following:" above a list.</summary>
    private IReadOnlyList<string> Volunteers(ReadOnlySpan<char> text)
    {
        _owners.Clear();
        return text is [.., ':'] && ownerList.Read(text, _owners, out _, out var known) is not OwnersEnd.NoOwner && known ? [.. _owners] : [];
    }

    private void ReadTable(MinutesTable table, int line, bool carried)
    {
        var task = table.Column("action", "task", "item", "description", "what", "todo");
        var owner = table.Column("owner", "assign", "who", "responsible", "person", "name");
        var status = table.Column("status", "done", "state", "complete");
        if (task < 0)
        {
            return;
        }

        foreach (var row in table)
        {
            if (!row[task].IsEmpty)
            {
                _owners.Clear();
                ownerList.Read(row[owner], _owners, out _, out _);
                var text = row[task].ToString();
                var done = DoneMark.Take(ref text) | DoneMark.Is(row[status]) | row[status] is "x" or "X" or "yes" or "Yes";
                _found.Add(new(line + row.Number, [.. _owners], text, done, carried));
            }
        }
    }

    /// <summary>Of a box: "Joe: ...", "Joe to ...", "@joe ...".</summary>
    private bool ReadOwned(ReadOnlySpan<char> text)
    {
        _owners.Clear();
        var follows = ownerList.Read(text, _owners, out var rest, out var known);
        return known && (follows is OwnersEnd.Colon or OwnersEnd.Task
            || (text is ['@', ..] && (follows is OwnersEnd.Dash || (follows is OwnersEnd.Word && TaskWords.IsTaskAt(text, rest)))));
    }

    /// <summary>What "AI: Joe" alone refers to: the line before it, or what it stands under.</summary>
    private string TaskAbove(int index)
    {
        var above = index > 0 && outline[index - 1].Rank == outline[index].Rank ? index - 1 : outline.ParentOf(index);
        return above >= 0 && outline[above].Kind is not OutlineKind.Heading
            ? outline.Text(above).Trim(" :*_").ToString().Replace('\n', ' ')
            : "";
    }

    private void Add(int index, int to, int line, ReadAction action, bool carried)
    {
        var done = action.Done || outline[index].Box is CheckBox.Checked ||
            (index + 1 < to && outline[index + 1].Rank > outline[index].Rank && DoneMark.Is(outline.Text(index + 1)));
        var task = action.Text.Length > 0 || action.Owners.Count == 0 ? action.Text : TaskAbove(index);
        if (task.Length > 0)
        {
            line += outline.Text(index)[..Math.Min(action.At, outline[index].Length)].Count('\n');
            _found.Add(new(line, action.Owners, task, done, action.Carried || carried));
        }
    }
}
