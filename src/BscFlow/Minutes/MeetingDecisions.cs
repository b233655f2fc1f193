namespace BscFlow.Minutes;

/// <summary>Reads the decisions of one meeting: those that a line says, and those listed under a label for them.</summary>
internal sealed class MeetingDecisions(Outline outline, KnownPeople people)
{
    private readonly DecisionReader _reader = new(people);
    private HintScan _hints = new(outline, DecisionReader.Stems, outline.Length);

    /// <param name="from">First entry after the heading.</param>
    /// <param name="to">Entry after the last.</param>
    public IReadOnlyList<MinutedDecision> Read(int from, int to)
    {
        var found = new List<MinutedDecision>();
        var (listEnd, listRank, listKind) = (from, 0, DecisionKind.Decision);
        for (var i = from; i < to; i++)
        {
            var entry = outline[i];
            var text = outline.Text(entry);
            var hinted = _hints.Hits(entry) && text[0] != '|';
            if (hinted && Heads(text, out var headed))
            {
                (listEnd, listRank, listKind) = (outline.EndOf(i, to), FirstRank(i, to), headed);
                continue;
            }

            if (hinted && _reader.TryRead(text, entry.Link, out var decision, out var kind, out var bare))
            {
                if (bare && outline.ParentOf(i) is >= 0 and var above && found is [.., var last] && last.Line == outline[above].Line)
                {
                    // "Decision: ...", and below it "Passed": one decision.
                    continue;
                }

                found.Add(new(entry.Line, bare ? WithParent(i, decision) : Plain(decision), kind));
            }
            else if (i < listEnd && entry.Rank == listRank && entry.Kind is not OutlineKind.Heading && text.Length > 5)
            {
                found.Add(new(entry.Line, Plain(text), listKind));
            }
        }

        return found;
    }

    /// <summary>"Decisions", "Consensus:" with nothing behind it: a list of decisions follows.</summary>
    private static bool Heads(ReadOnlySpan<char> text, out DecisionKind kind)
    {
        kind = DecisionKind.Decision;
        if (text.Length > 40)
        {
            return false;
        }

        if (FieldLabel.Recognise(text) is Field.Decisions)
        {
            return true;
        }

        text = text.Trim(" *_");
        var colon = text is [.., ':'];
        text = text.TrimEnd(" :*_");
        kind = text.Equals("consensus", StringComparison.OrdinalIgnoreCase) || text.Equals("agreed", StringComparison.OrdinalIgnoreCase)
            ? DecisionKind.Consensus
            : DecisionKind.Decision;
        return (colon && kind is DecisionKind.Consensus) || text.Equals("decision", StringComparison.OrdinalIgnoreCase);
    }

    private int FirstRank(int head, int to)
    {
        for (var i = head + 1; i < to && outline[i].Rank > outline[head].Rank; i++)
        {
            if (outline[i].Kind is not OutlineKind.Heading)
            {
                return outline[i].Rank;
            }
        }

        return 0;
    }

    private string WithParent(int index, ReadOnlySpan<char> decision) => outline.ParentOf(index) is >= 0 and var parent
        ? $"{Plain(outline.Text(parent).TrimEnd(" :"))}: {Plain(decision)}"
        : Plain(decision);

    private static string Plain(ReadOnlySpan<char> text) => text.Trim(" *_").ToString().Replace('\n', ' ');
}
