using BscFlow.Actions;
using BscFlow.Links;
using BscFlow.Minutes;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace BscFlow.Publishing;

/// <summary>A place in the notes that links lead to.</summary>
/// <param name="Line">In the meeting's section, whose heading is line 1.</param>
/// <param name="Class">For the style sheet.</param>
internal sealed record NotesAnchor(int Line, string Id, string Class);

/// <summary>The notes of a meeting as HTML: what its section says beyond the facts that the page shows by itself.</summary>
/// <remarks>
/// Minutes are written by many people and pasted from anywhere. Raw HTML stays text, and what is rendered is cleaned once more,
/// so that nothing in them runs or loads. Mail addresses are told in words.
/// </remarks>
internal static class NotesHtml
{
    /// <summary>Below the page's own headings.</summary>
    private const int FirstHeading = 3;

    /// <summary>Characters of a point that can still be read at a glance.</summary>
    private const int LongestTopic = 100;

    public static string Render(MinutedMeeting meeting)
    {
        var minutes = meeting.Minutes;
        return Render(meeting.Text.ToString(), minutes, [.. Anchors(meeting)]);
    }

    /// <summary>Of a draft with one meeting; nothing where there is none.</summary>
    public static string Render(MinutesDocument? draft) =>
        draft is { Meetings: [var minutes, ..] } ? Render(draft.Section(minutes).ToString(), minutes, []) : "";

    /// <summary>Of a text that is no minutes: that of a motion.</summary>
    public static string RenderText(string markdown)
    {
        var document = MinutesMarkdown.ParseToShow(markdown);
        var parts = NotesParts.Of(document);
        ShiftHeadings(document, parts);
        return Write(document, parts);
    }

    internal static string Render(string section, MeetingMinutes minutes, IReadOnlyList<NotesAnchor> anchors)
    {
        var document = MinutesMarkdown.ParseToShow(section);
        var parts = NotesParts.Of(document);
        SetAnchors(parts, anchors);
        RemoveFacts(document, section, minutes);
        ShiftHeadings(document, parts);
        RaiseTopics(document);
        return Write(document, parts);
    }

    private static string Write(MarkdownDocument document, NotesParts parts)
    {
        foreach (var link in parts.Links)
        {
            Tidy(link);
        }

        foreach (var address in parts.Addresses)
        {
            address.ReplaceBy(address.IsEmail ? Literal(address.Url) : LinkTo(WebAddress.Of(address.Url)));
        }

        HideMailAddresses(parts);
        return CleanHtml.Of(MinutesMarkdown.ToHtml(document));
    }

    private static LiteralInline Literal(string text) => new(SiteText.WithoutMailAddresses(text));

    private static ContainerInline LinkTo(string address) =>
        new LinkInline(address, "").AppendChild(Literal(SiteText.Address(address)));

    private static IEnumerable<NotesAnchor> Anchors(MinutedMeeting meeting)
    {
        var minutes = meeting.Minutes;
        for (var i = 0; i < minutes.Decisions.Count; i++)
        {
            yield return new(minutes.Decisions[i].Line - minutes.Line + 1, SitePath.DecisionAnchor(i + 1), "decision");
        }

        foreach (var (stated, item) in meeting.Actions)
        {
            if (item is not null)
            {
                var style = item.State is ActionState.Open ? "task" : "task done";
                yield return new(stated.Line - minutes.Line + 1, SitePath.ActionAnchor(item.Id), style);
            }
        }
    }

    /// <summary>Marks the innermost block that starts on an anchor's line, or the last one before it.</summary>
    private static void SetAnchors(NotesParts parts, IReadOnlyList<NotesAnchor> anchors)
    {
        HashSet<Block> marked = [];
        HashSet<string> ids = [];
        foreach (var anchor in anchors)
        {
            // A tight list writes no element for its paragraphs, so the item carries the anchor.
            var block = parts.Places.FindLast(block => block.Line < anchor.Line);
            block = block is ParagraphBlock { Parent: ListItemBlock item } ? item : block;
            if (block is null)
            {
                continue;
            }

            block.GetAttributes().AddClass(anchor.Class);
            if (marked.Add(block) && ids.Add(anchor.Id))
            {
                block.GetAttributes().Id = anchor.Id;
            }
        }
    }

    /// <summary>
    /// Takes out the heading, chair, duration and participants, which the page shows by itself; and the label "Notes", whose
    /// points then stand at the top. Anything else stays, wherever it is written.
    /// </summary>
    private static void RemoveFacts(MarkdownDocument document, string section, MeetingMinutes minutes)
    {
        var facts = FactLines(minutes);
        foreach (var block in document.ToList())
        {
            switch (block)
            {
                case ListBlock list:
                    RemoveFacts(list, facts, section);
                    break;
                case HeadingBlock or ParagraphBlock when IsFact(block, section, facts):
                    document.Remove(block);
                    break;
            }
        }
    }

    /// <summary>Lines on which a meeting's facts stand; 0-based, in its section.</summary>
    internal static HashSet<int> FactLines(MeetingMinutes minutes)
    {
        var people = minutes.Chairs.Concat(minutes.Participants).Select(person => (int?)person.Line);
        return
        [
            .. new[] { minutes.DurationLine, minutes.ChairLine, minutes.ParticipantsLine, minutes.Line }
                .Concat(people).OfType<int>().Select(line => line - minutes.Line),
        ];
    }

    private static void RemoveFacts(ListBlock list, HashSet<int> facts, string section)
    {
        foreach (var item in list.OfType<ListItemBlock>().ToList())
        {
            if (facts.Contains(item.Line))
            {
                list.Remove(item);
            }
            else if (item is [ParagraphBlock label, _, ..] && IsNotesLabel(label, section))
            {
                item.Remove(label);
                var document = (MarkdownDocument)list.Parent!;
                var at = document.IndexOf(list) + 1;
                foreach (var block in item.ToList())
                {
                    item.Remove(block);
                    document.Insert(at++, block);
                }

                list.Remove(item);
            }
        }

        if (list.Count == 0)
        {
            list.Parent!.Remove(list);
        }
    }

    private static bool IsNotesLabel(ParagraphBlock label, string section) =>
        FieldLabel.Recognise(section.AsSpan(label.Span.Start, label.Span.Length)) is Field.Notes;

    private static bool IsFact(Block block, string section, HashSet<int> facts)
    {
        var lines = section.AsSpan(block.Span.Start, block.Span.Length).Count('\n') + 1;
        return Enumerable.Range(block.Line, lines).All(facts.Contains);
    }

    private static void ShiftHeadings(MarkdownDocument document, NotesParts parts)
    {
        var left = parts.Headings.FindAll(heading => IsIn(document, heading));
        var top = left.Select(heading => heading.Level).DefaultIfEmpty(FirstHeading).Min();
        foreach (var heading in left)
        {
            heading.Level = Math.Min(heading.Level - top + FirstHeading, 6);
        }
    }

    private static bool IsIn(MarkdownDocument document, Block block)
    {
        var outermost = block;
        while (outermost.Parent is { } outer)
        {
            outermost = outer;
        }

        return outermost == document;
    }

    /// <summary>A point of the agenda, with what was said to it below, is a heading in all but its markup.</summary>
    private static void RaiseTopics(MarkdownDocument document)
    {
        foreach (var item in document.OfType<ListBlock>().SelectMany(list => list.OfType<ListItemBlock>()))
        {
            if (item is [ParagraphBlock { Inline: { } topic, Span.Length: <= LongestTopic } paragraph, ListBlock, ..]
                && item.TryGetAttributes() is null)
            {
                paragraph.Inline = null;
                item[0] = new HeadingBlock(null!) { Level = FirstHeading, Inline = topic };
            }
        }
    }

    private static void HideMailAddresses(NotesParts parts)
    {
        foreach (var text in parts.Texts.Where(text => text.Content.IndexOf('@') >= 0))
        {
            text.Content = new(SiteText.WithoutMailAddresses(text.Content.ToString()));
        }

        foreach (var code in parts.Codes)
        {
            code.Content = SiteText.WithoutMailAddresses(code.Content);
        }

        foreach (var block in parts.CodeBlocks)
        {
            // The class of its language.
            block.RemoveData(typeof(HtmlAttributes));
            foreach (ref var line in block.Lines.Lines.AsSpan(0, block.Lines.Count))
            {
                line.Slice = new(SiteText.WithoutMailAddresses(line.Slice.ToString()));
            }
        }
    }

    private static void Tidy(LinkInline link)
    {
        if (link.IsImage)
        {
            // A picture would be loaded from elsewhere, and tell that host of every reader.
            link.IsImage = false;
        }

        if (link.Url is null || link.Url.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
        {
            foreach (var inline in link.ToList())
            {
                inline.Remove();
                link.InsertBefore(inline);
            }

            link.Remove();
        }
        else
        {
            var written = link.Url;
            link.Url = WebAddress.Of(written);
            if (link.FirstChild is LiteralInline { NextSibling: null } text && text.Content.ToString() == written)
            {
                text.Content = new(SiteText.Address(link.Url));
            }
        }
    }
}
