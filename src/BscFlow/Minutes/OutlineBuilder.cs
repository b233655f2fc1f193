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
                    Add(heading, OutlineKind.Heading, (byte)heading.Level, document);
                    break;
                case ThematicBreakBlock rule when rank == OutlineEntry.ParagraphRank:
                    Underline(rule.Line, 2);
                    break;
                case CodeBlock and not FencedCodeBlock:
                    AddIndented((CodeBlock)block, rank, document);
                    break;
                case LeafBlock { Inline: not null } or ParagraphBlock:
                    var kind = first ? OutlineKind.Item : OutlineKind.Paragraph;
                    Add((LeafBlock)block, kind, rank > OutlineEntry.ParagraphRank && !first ? (byte)(rank + 1) : rank, document);
                    break;
            }
        }
    }

    private void Add(LeafBlock leaf, OutlineKind kind, byte rank, MarkdownDocument document)
    {
        _plain.Begin(leaf);
        var offset = _origin + (leaf.Line < document.LineStartIndexes!.Count ? document.LineStartIndexes[leaf.Line] : leaf.Span.Start);
        var first = true;
        while (_plain.TryTakeEntry(first, out var line, out var start, out var length, out var strong, out var link))
        {
            AddEntry(new(kind, rank, CheckBox.None, link, line, start, length, strong, offset));
            first = false;
        }
    }

    private void AddEntry(OutlineEntry entry)
    {
        var text = _plain.Buffer.AsSpan(entry.Start, entry.Length);
        var trimmed = text.TrimStart();
        if (entry.Kind is OutlineKind.Item && trimmed is ['[', var mark, ']', ' ' or '\n', ..] && mark is ' ' or 'x' or 'X')
        {
            entry = entry with { Box = mark == ' ' ? CheckBox.Open : CheckBox.Checked };
            trimmed = trimmed[3..].TrimStart();
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

        // "Title" over "=====" is one paragraph here, since underlined headings are not left to Markdig.
        if (entry.Kind is OutlineKind.Paragraph && entry.Rank == OutlineEntry.ParagraphRank && trimmed[^1] == '=' &&
            trimmed.LastIndexOf('\n') is > 0 and var at && trimmed[(at + 1)..].IndexOfAnyExcept('=') < 0)
        {
            _entries[^1] = _entries[^1] with { Length = trimmed[..at].TrimEnd().Length };
            Underline(entry.Line + trimmed.Count('\n') - 1, 1);
        }
    }

    /// <summary>Makes the paragraph that ends on the line above (0-based line of the rule) a heading, if it is a single line.</summary>
    private void Underline(int ruleLine, byte level)
    {
        if (_entries is [.., { Kind: OutlineKind.Paragraph, Rank: OutlineEntry.ParagraphRank } last] && last.Line == ruleLine &&
            !_plain.Buffer.AsSpan(last.Start, last.Length).Contains('\n'))
        {
            _entries[^1] = last with { Kind = OutlineKind.Heading, Rank = level };
        }
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
                if (_plain.TryTakeEntry(true, out var number, out var start, out var length, out _, out _))
                {
                    AddEntry(new(OutlineKind.Item, deeper, CheckBox.None, false, number, start, length, 0,
                        _origin + document.LineStartIndexes![line.Line]));
                }
            }
        }
    }
}
