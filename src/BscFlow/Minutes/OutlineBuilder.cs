using Markdig.Syntax;

namespace BscFlow.Minutes;

/// <summary>Walks Markdig's tree of blocks once and writes each heading, item and paragraph down as plain text.</summary>
internal sealed class OutlineBuilder
{
    private readonly List<OutlineEntry> _entries;
    private readonly PlainText _plain;
    private readonly int _origin;

    private OutlineBuilder(int length, int origin)
    {
        _entries = new List<OutlineEntry>((length / 40) + 4);
        _plain = new PlainText(length);
        _origin = origin;
    }

    /// <param name="text">The minutes; a byte order mark at the start is passed over.</param>
    public static Outline Build(string text)
    {
        var origin = text.StartsWith('\uFEFF') ? 1 : 0;
        var document = MinutesMarkdown.Parse(text[origin..]);
        var builder = new OutlineBuilder(text.Length, origin);
        builder.Walk(document);
        return new Outline(builder._plain.Buffer, builder._entries);
    }

    private void Walk(MarkdownDocument document)
    {
        var stack = new Stack<(ContainerBlock Container, int Next, byte Rank, bool First)>();
        stack.Push((document, 0, OutlineEntry.ParagraphRank, false));
        while (stack.TryPop(out var at))
        {
            var (container, next, rank, first) = at;
            if (next >= container.Count)
            {
                continue;
            }

            var block = container[next];
            stack.Push((container, next + 1, rank, first && block is not LeafBlock));
            switch (block)
            {
                case ListItemBlock item:
                    stack.Push((item, 0, (byte)Math.Min(rank + 2, byte.MaxValue - 1), true));
                    break;
                case ContainerBlock inner:
                    stack.Push((inner, 0, rank, false));
                    break;
                case HeadingBlock heading when rank == OutlineEntry.ParagraphRank:
                    Add(heading, OutlineKind.Heading, (byte)heading.Level, false, document);
                    break;
                case CodeBlock and not FencedCodeBlock:
                    AddIndented((CodeBlock)block, rank, document);
                    break;
                case LeafBlock { Inline: not null } or ParagraphBlock:
                    var kind = first ? OutlineKind.Item : OutlineKind.Paragraph;
                    var top = rank == OutlineEntry.ParagraphRank;
                    Add((LeafBlock)block, kind, !top && !first ? (byte)(rank + 1) : rank, top && !IsFrontMatter(block, document), document);
                    break;
            }
        }
    }

    /// <summary>What stands between the two rules with which a file starts is underlined by the second, and no heading.</summary>
    private static bool IsFrontMatter(Block block, MarkdownDocument document) =>
        document[0] is ThematicBreakBlock { Line: 0 } && document.Count > 1 && document[1] == block;

    /// <param name="underlined">Whether lines of "=" or "-" make headings of the lines above them.</param>
    private void Add(LeafBlock leaf, OutlineKind kind, byte rank, bool underlined, MarkdownDocument document)
    {
        _plain.Begin(leaf);
        var starts = document.LineStartIndexes!;
        while (_plain.TryTake(underlined, out var part))
        {
            var offset = _origin + starts[Math.Min(part.Line, starts.Count - 1)];
            AddEntry(part.Level > 0
                ? new(OutlineKind.Heading, part.Level, CheckBox.None, part.Link, part.Line + 1, part.Start, part.Length, part.Strong, offset)
                : new(kind, rank, CheckBox.None, part.Link, part.Line + 1, part.Start, part.Length, part.Strong, offset));
        }
    }

    private void AddEntry(OutlineEntry entry)
    {
        var text = _plain.Buffer.AsSpan(entry.Start, entry.Length);
        ReadOnlySpan<char> trimmed = text.TrimStart();
        if (entry.Kind is OutlineKind.Item)
        {
            entry = entry with { Box = CheckBoxes.Take(ref trimmed) };
        }

        var skipped = text.Length - trimmed.Length;
        trimmed = trimmed.TrimEnd();
        if (trimmed.IsEmpty)
        {
            return;
        }

        _entries.Add(entry with
        {
            Start = entry.Start + skipped,
            Length = trimmed.Length,
            Strong = Math.Clamp(entry.Strong - skipped, 0, trimmed.Length),
        });
    }

    /// <summary>A list that is indented too far is code to Markdown; to who wrote it, it is a list.</summary>
    private void AddIndented(CodeBlock block, byte rank, MarkdownDocument document)
    {
        for (var i = 0; i < block.Lines.Count; i++)
        {
            ref var line = ref block.Lines.Lines[i];
            var text = line.Slice.AsSpan();
            var indent = text.Length - text.TrimStart().Length;
            text = text.TrimStart();
            if (text is ['-' or '*' or '+', ' ', ..])
            {
                var deeper = (byte)Math.Min(rank + 2 + Math.Min(indent, 60), byte.MaxValue - 1);
                _plain.Begin(text[2..], line.Line);
                if (_plain.TryTake(false, out var part))
                {
                    AddEntry(new(OutlineKind.Item, deeper, CheckBox.None, false, part.Line + 1, part.Start, part.Length, 0,
                        _origin + document.LineStartIndexes![line.Line]));
                }
            }
        }
    }
}
