using System.Collections.Concurrent;
using BscFlow.Actions;
using BscFlow.Links;
using BscFlow.Minutes;

namespace BscFlow.Publishing;

/// <summary>A place in the notes that links lead to.</summary>
/// <param name="Line">Of the file.</param>
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

    private const int LastHeading = 6;

    /// <summary>Characters of a point that can still be read at a glance.</summary>
    private const int LongestTopic = 100;

    private static readonly ConcurrentBag<NotesWriter> Writers = [];

    public static string Render(MinutedMeeting meeting) => Render(meeting.Source.Document, meeting.Minutes, [.. Anchors(meeting)]);

    /// <summary>Of a draft with one meeting; nothing where there is none.</summary>
    public static string Render(MinutesDocument? draft) => draft is { Meetings: [var minutes, ..] } ? Render(draft, minutes, []) : "";

    /// <summary>Of a text that is no minutes: that of a motion.</summary>
    public static string RenderText(string markdown)
    {
        var text = TextBlocks.ToShow(markdown);
        List<NotesBlock> notes = new(text.Blocks.Length);
        foreach (var block in text.Blocks.Span)
        {
            notes.Add(new(block));
        }

        ShiftHeadings(notes);
        return Write(text, notes);
    }

    internal static string Render(MinutesDocument document, MeetingMinutes minutes, IReadOnlyList<NotesAnchor> anchors)
    {
        var text = BlocksOf(document, minutes);
        List<NotesBlock> notes = new(text.Blocks.Length);
        AddWithoutFacts(notes, text, minutes, anchors);
        SetAnchors(notes, anchors);
        ShiftHeadings(notes);
        RaiseTopics(notes);
        return Write(text, notes);
    }

    private static string Write(TextBlocks text, List<NotesBlock> notes)
    {
        // One that a text made stumble is not used again.
        var writer = Writers.TryTake(out var free) ? free : new NotesWriter();
        var html = writer.Write(text, notes);
        Writers.Add(writer);
        return CleanHtml.Of(html);
    }

    private static TextBlocks BlocksOf(MinutesDocument document, MeetingMinutes minutes) => minutes.Blocks.IsEmpty
        ? TextBlocks.ToShow(document.Section(minutes).ToString(), minutes.Line - 1)
        : new TextBlocks(document.Text, minutes.Blocks, []);

    private static IEnumerable<NotesAnchor> Anchors(MinutedMeeting meeting)
    {
        var decisions = meeting.Minutes.Decisions;
        for (var i = 0; i < decisions.Count; i++)
        {
            yield return new(decisions[i].Line, SitePath.DecisionAnchor(i + 1), "decision");
        }

        foreach (var (stated, item) in meeting.Actions)
        {
            if (item is not null)
            {
                yield return new(stated.Line, SitePath.ActionAnchor(item.Id), item.State is ActionState.Open ? "task" : "task done");
            }
        }
    }

    /// <summary>
    /// Leaves out the heading, chair, duration and participants, which the page shows by itself, unless something is stated on their
    /// lines that links lead to; and the label "Notes", whose points then stand at the top. Anything else stays, wherever it is written.
    /// </summary>
    private static void AddWithoutFacts(
        List<NotesBlock> notes, TextBlocks text, MeetingMinutes minutes, IReadOnlyList<NotesAnchor> anchors)
    {
        var facts = FactLines(minutes);
        facts.ExceptWith(anchors.Select(anchor => anchor.Line - minutes.Line));
        var blocks = text.Blocks.Span;
        var heading = minutes.Line - 1;
        var (startsList, number) = (false, default(TextBlock?));
        for (var i = 0; i < blocks.Length;)
        {
            var block = blocks[i];
            var end = EndOf(blocks, i);
            var isItem = block.Kind is TextBlockKind.Item;
            if (block.Kind is TextBlockKind.FirstNumber)
            {
                number = block;
            }
            else if (isItem ? facts.Contains(block.Line - heading) : block.HasText && IsFact(blocks[i..end], facts, heading))
            {
                startsList |= isItem && block.List.HasFlag(ListForm.First);
                number = null;
            }
            else if (isItem && IsNotesLabel(blocks[i..end], text.Text, out var label))
            {
                foreach (var point in blocks[(i + label)..end])
                {
                    notes.Add(new(point with { Depth = (byte)(point.Depth - 1) }));
                }

                (startsList, number) = (true, null);
            }
            else
            {
                if (number is { } first)
                {
                    notes.Add(new(first));
                }

                notes.Add(new(isItem && startsList ? block with { List = block.List | ListForm.First } : block));
                foreach (var inside in blocks[(i + 1)..end])
                {
                    notes.Add(new(inside));
                }

                (startsList, number) = (false, null);
            }

            i = end;
        }
    }

    /// <summary>The index after all that stands in a block.</summary>
    private static int EndOf(ReadOnlySpan<TextBlock> blocks, int index)
    {
        var end = index + 1;
        while (end < blocks.Length && blocks[end].Depth > blocks[index].Depth)
        {
            end++;
        }

        return end;
    }

    /// <summary>Lines on which a meeting's facts stand; 0-based, in its section.</summary>
    internal static HashSet<int> FactLines(MeetingMinutes minutes)
    {
        HashSet<int> lines = [0];
        Add(minutes.DurationLine);
        Add(minutes.ChairLine);
        Add(minutes.ParticipantsLine);
        AddAll(minutes.Chairs);
        AddAll(minutes.Participants);
        return lines;

        void AddAll(IReadOnlyList<NamedPerson> people)
        {
            for (var i = 0; i < people.Count; i++)
            {
                Add(people[i].Line);
            }
        }

        void Add(int? line)
        {
            if (line is { } stated)
            {
                lines.Add(stated - minutes.Line);
            }
        }
    }

    /// <param name="block">A heading or a paragraph, with all of its lines.</param>
    private static bool IsFact(ReadOnlySpan<TextBlock> block, HashSet<int> facts, int heading)
    {
        foreach (var line in block)
        {
            if (!facts.Contains(line.Line - heading))
            {
                return false;
            }
        }

        return true;
    }

    /// <param name="item">With all that stands in it.</param>
    /// <param name="label">How many blocks the label is.</param>
    private static bool IsNotesLabel(ReadOnlySpan<TextBlock> item, string text, out int label)
    {
        label = 1;
        while (label < item.Length && item[label].Kind is TextBlockKind.Line)
        {
            label++;
        }

        return item[0].HasText && label < item.Length && FieldLabel.Recognise(TextOf(item[..label], text)) is Field.Notes;
    }

    /// <param name="lines">Of one text.</param>
    private static ReadOnlySpan<char> TextOf(ReadOnlySpan<TextBlock> lines, string text) =>
        text.AsSpan(lines[0].Start, lines[^1].Start + lines[^1].Length - lines[0].Start);

    /// <summary>Marks the innermost block that starts on an anchor's line, or the last one before it.</summary>
    private static void SetAnchors(List<NotesBlock> notes, IReadOnlyList<NotesAnchor> anchors)
    {
        if (anchors.Count == 0)
        {
            return;
        }

        var places = Places(notes);
        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (var anchor in anchors)
        {
            if (LastUpTo(places, anchor.Line) is not { } at)
            {
                continue;
            }

            var marked = notes[at];
            notes[at] = marked with
            {
                Id = marked.Id ?? (ids.Add(anchor.Id) ? anchor.Id : null),
                Class = marked.Class is null || marked.Class == anchor.Class ? anchor.Class : $"{marked.Class} {anchor.Class}",
            };
        }
    }

    /// <summary>The lines on which something starts that can be linked to, from 1, and the block that carries the anchor.</summary>
    private static List<(int Line, int Block)> Places(List<NotesBlock> notes)
    {
        List<(int Line, int Block)> places = new(notes.Count);
        Dictionary<int, int> items = [];
        for (var i = 0; i < notes.Count; i++)
        {
            var block = notes[i].Text;
            switch (block.Kind)
            {
                case TextBlockKind.Item:
                    items[block.Depth] = i;
                    places.Add((block.Line + 1, i));
                    break;
                case TextBlockKind.Quote:
                    items.Remove(block.Depth);
                    break;
                case TextBlockKind.Heading:
                    places.Add((block.Line + 1, i));
                    break;
                case TextBlockKind.Paragraph:
                    // A tight list writes no element for its paragraphs, so the item carries the anchor.
                    places.Add((block.Line + 1, items.TryGetValue(block.Depth - 1, out var item) ? item : i));
                    break;
            }
        }

        return places;
    }

    private static int? LastUpTo(List<(int Line, int Block)> places, int line)
    {
        var (low, high) = (0, places.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = places[middle].Line <= line ? (middle + 1, high) : (low, middle);
        }

        return low > 0 ? places[low - 1].Block : null;
    }

    private static void ShiftHeadings(List<NotesBlock> notes)
    {
        var top = LastHeading;
        foreach (var block in notes)
        {
            top = block.Text.Kind is TextBlockKind.Heading ? Math.Min(block.Text.Level, top) : top;
        }

        for (var i = 0; i < notes.Count; i++)
        {
            if (notes[i].Text is { Kind: TextBlockKind.Heading } heading)
            {
                notes[i] = notes[i] with { Text = heading with { Level = (byte)Math.Min(heading.Level - top + FirstHeading, LastHeading) } };
            }
        }
    }

    /// <summary>A point of the agenda, with what was said to it below, is a heading in all but its markup.</summary>
    private static void RaiseTopics(List<NotesBlock> notes)
    {
        for (var i = 0; i < notes.Count; i++)
        {
            if (notes[i] is { Text: { Kind: TextBlockKind.Item, Depth: 0, HasText: true } topic, Class: null })
            {
                var last = i;
                while (last + 1 < notes.Count && notes[last + 1].Text is { Kind: TextBlockKind.Line, Depth: 1 })
                {
                    last++;
                }

                var length = notes[last].Text.Start + notes[last].Text.Length - topic.Start;
                if (length <= LongestTopic && last + 1 < notes.Count
                    && notes[last + 1].Text is { Depth: 1, Kind: TextBlockKind.Item or TextBlockKind.FirstNumber })
                {
                    notes[i] = notes[i] with { Text = topic with { Level = FirstHeading } };
                }
            }
        }
    }
}
