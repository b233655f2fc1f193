using System.Buffers;
using Markdig.Syntax;

namespace BscFlow.Minutes;

/// <summary>Walks Markdig's tree of blocks once and writes each heading, item and paragraph down as plain text.</summary>
internal sealed class OutlineBuilder
{
    /// <summary>How many entries back the parent of a bullet that stands in prose is looked for.</summary>
    private const int FarthestParent = 64;

    private readonly PlainText _plain;
    private readonly LeafInlines _inlines = LeafInlines.ToRead();
    private readonly string _text;
    private readonly int _origin;
    private readonly int _frontMatter;
    private OutlineEntry[] _entries;
    private int _count;

    private OutlineBuilder(string text, int origin)
    {
        _entries = ArrayPool<OutlineEntry>.Shared.Rent((text.Length / 40) + 4);
        _plain = new PlainText(text.Length);
        _text = text;
        _origin = origin;
        _frontMatter = FrontMatter.Lines(text.AsSpan(origin));
    }

    /// <param name="text">The minutes; a byte order mark at the start is passed over.</param>
    public static Outline Build(string text) => Build(text, out _);

    /// <param name="text">As above.</param>
    /// <param name="blocks">Of the same; null where the text is not parsed to the letter.</param>
    public static Outline Build(string text, out TextBlocks? blocks)
    {
        var origin = text.StartsWith('\uFEFF') ? 1 : 0;
        var written = text[origin..];
        var read = MinutesMarkdown.Tame(written);
        var document = MinutesMarkdown.Parse(read);

        // First: to walk the leaves is to use up their lines.
        blocks = ReferenceEquals(read, written) ? TextBlocks.Of(document, text, read) : null;
        var builder = new OutlineBuilder(text, origin);
        builder.Walk(document);
        return new Outline(builder._plain.Buffer, builder._entries, builder._count, builder._frontMatter);
    }

    private void Walk(MarkdownDocument document)
    {
        var open = new Stack<(ContainerBlock Container, int Next, byte Rank, bool First)>();
        var (container, next, rank, first) = ((ContainerBlock)document, 0, OutlineEntry.ParagraphRank, false);
        while (true)
        {
            if (next >= container.Count)
            {
                if (!open.TryPop(out var outer))
                {
                    return;
                }

                (container, next, rank, first) = outer;
                continue;
            }

            var block = container[next++];
            if (block is LeafBlock leaf)
            {
                AddLeaf(leaf, rank, first, document);
                first = false;
            }
            else
            {
                open.Push((container, next, rank, first));
                first = block is ListItemBlock;
                rank = first ? (byte)Math.Min(rank + 2, byte.MaxValue - 1) : rank;
                (container, next) = ((ContainerBlock)block, 0);
            }
        }
    }

    /// <param name="first">Whether the block is the first of its list item.</param>
    private void AddLeaf(LeafBlock block, byte rank, bool first, MarkdownDocument document)
    {
        var top = rank == OutlineEntry.ParagraphRank;
        switch (block)
        {
            case ParagraphBlock when first:
                Add(block, OutlineKind.Item, rank, false, document);
                break;
            case ParagraphBlock:
                Add(block, OutlineKind.Paragraph, top ? rank : (byte)(rank + 1), top && !IsFrontMatter(block, document), document);
                break;
            case HeadingBlock heading:
                Add(block, top ? OutlineKind.Heading : OutlineKind.Item, top ? (byte)heading.Level : rank, false, document);
                break;
            case CodeBlock code and not FencedCodeBlock:
                AddIndented(code, rank, document);
                break;
        }
    }

    /// <summary>What stands between the two rules with which a file starts is underlined by the second, and no heading.</summary>
    private bool IsFrontMatter(Block block, MarkdownDocument document) => block.Line < _frontMatter ||
        (document[0] is ThematicBreakBlock { Line: 0 } && document.Count > 1 && document[1] == block);

    /// <param name="underlined">Whether lines of "=" or "-" make headings of the lines above them.</param>
    private void Add(LeafBlock leaf, OutlineKind kind, byte rank, bool underlined, MarkdownDocument document)
    {
        if (leaf.Lines.Count > 1 || (leaf.Lines.Count == 1 && !LeafInlines.IsPlain(leaf.Lines.Lines[0].Slice.AsSpan())))
        {
            _inlines.Parse(leaf);
        }

        _plain.Begin(leaf);
        var starts = document.LineStartIndexes!;
        while (_plain.TryTake(underlined, out var part))
        {
            var offset = _origin + starts[Math.Min(part.Line, starts.Count - 1)];
            var (what, depth) = part.Level > 0 ? (OutlineKind.Heading, part.Level)
                : part.Item ? (OutlineKind.Item, RankByIndent(rank, offset))
                : (kind, rank);
            AddEntry(new(what, depth, CheckBox.None, part.Link, part.Line + 1, part.Start, part.Length, part.Strong, offset));
        }
    }

    private int Indent(int offset)
    {
        var line = _text.AsSpan(offset);
        return line.Length - line.TrimStart(" \t").Length;
    }

    /// <summary>A bullet that Markdown takes for prose belongs to what stands above it and is indented less.</summary>
    private byte RankByIndent(byte rank, int offset)
    {
        var indent = Indent(offset);
        for (var i = _count - 1; i >= 0 && i >= _count - FarthestParent && _entries[i].Kind is not OutlineKind.Heading; i--)
        {
            if (Indent(_entries[i].Offset) < indent)
            {
                return Deeper(_entries[i].Rank, -1);
            }
        }

        return Deeper(rank, 0);
    }

    private static byte Deeper(byte rank, int indent) => (byte)Math.Min(rank + 2 + Math.Min(indent, 60), byte.MaxValue - 1);

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

        if (_count == _entries.Length)
        {
            var larger = ArrayPool<OutlineEntry>.Shared.Rent(_count * 2);
            _entries.CopyTo(larger, 0);
            ArrayPool<OutlineEntry>.Shared.Return(_entries);
            _entries = larger;
        }

        _entries[_count++] = entry with
        {
            Start = entry.Start + skipped,
            Length = trimmed.Length,
            Strong = Math.Clamp(entry.Strong - skipped, 0, trimmed.Length),
        };
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
                _plain.Begin(text[2..], line.Line);
                if (_plain.TryTake(false, out var part))
                {
                    AddEntry(new(OutlineKind.Item, Deeper(rank, indent), CheckBox.None, false, part.Line + 1, part.Start, part.Length, 0,
                        _origin + document.LineStartIndexes![line.Line]));
                }
            }
        }
    }
}
