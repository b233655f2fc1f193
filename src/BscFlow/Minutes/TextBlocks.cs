using System.Globalization;
using Markdig.Helpers;
using Markdig.Syntax;

namespace BscFlow.Minutes;

/// <summary>The blocks of a text as a flat list: what a page is written from, without parsing the text again.</summary>
/// <param name="Text">That the blocks are places in.</param>
/// <param name="Others">What pages have as Markdig writes it.</param>
internal sealed record TextBlocks(string Text, ReadOnlyMemory<TextBlock> Blocks, IReadOnlyList<Block> Others)
{
    /// <summary>Of a text that is shown as HTML; raw HTML in it is text.</summary>
    /// <param name="line">Of the file in which it stands, where it starts; 0-based.</param>
    public static TextBlocks ToShow(string text, int line = 0)
    {
        text = MinutesMarkdown.Tame(text);
        var builder = new Builder(text, 0, line);
        builder.AddAll(MinutesMarkdown.ParseToShow(text), 0);
        return new(text, builder.Blocks.ToArray(), builder.Others);
    }

    /// <summary>Of a file that is read. What it shows as code or HTML is no part of <see cref="Others"/>: see <see cref="Part"/>.</summary>
    /// <param name="document">Of the file, its leaves not processed.</param>
    /// <param name="text">The file.</param>
    /// <param name="read">The part of it that was parsed: all but a byte order mark.</param>
    public static TextBlocks Of(MarkdownDocument document, string text, string read)
    {
        var builder = new Builder(read, text.Length - read.Length, 0);
        builder.AddAll(document, 0);
        return new(text, builder.Blocks.ToArray(), []);
    }

    /// <summary>
    /// The blocks of a part of the text that starts with a heading or a paragraph: they are the same as if it were a text of its own.
    /// Nothing where a block reaches beyond its lines, or where they hold what a page shows otherwise.
    /// </summary>
    /// <param name="from">Its first line, 0-based.</param>
    /// <param name="to">The line after its last; null where it goes to the end.</param>
    public ReadOnlyMemory<TextBlock> Part(int from, int? to)
    {
        var blocks = Blocks.Span;
        var (first, end) = (IndexOf(blocks, from), to is { } next ? IndexOf(blocks, next) : blocks.Length);
        if (!StartsPart(blocks, first) || !StartsPart(blocks, end))
        {
            return default;
        }

        foreach (var block in blocks[first..end])
        {
            if (block.Kind is TextBlockKind.Other)
            {
                return default;
            }
        }

        return Blocks[first..end];
    }

    private static bool StartsPart(ReadOnlySpan<TextBlock> blocks, int index) => index == blocks.Length
        || blocks[index] is { Depth: 0, Kind: TextBlockKind.Heading or TextBlockKind.Paragraph };

    /// <summary>The first block that starts on a line or after it.</summary>
    private static int IndexOf(ReadOnlySpan<TextBlock> blocks, int line)
    {
        var (low, high) = (0, blocks.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = blocks[middle].Line < line ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <param name="offset">Where the text starts in the one that places are told of.</param>
    /// <param name="firstLine">The same of its first line.</param>
    private sealed class Builder(string text, int offset, int firstLine)
    {
        public List<TextBlock> Blocks { get; } = new(text.Length / 32);

        public List<Block> Others { get; } = [];

        /// <remarks>Minutes nest no deeper than they are let: see <see cref="MinutesMarkdown"/>.</remarks>
        public void AddAll(ContainerBlock container, byte depth, int from = 0)
        {
            for (var i = from; i < container.Count; i++)
            {
                Add(container[i], depth);
            }
        }

        private void Add(Block block, byte depth)
        {
            switch (block)
            {
                case ListBlock list:
                    AddList(list, depth);
                    break;
                case QuoteBlock quote:
                    Blocks.Add(new(TextBlockKind.Quote, depth, 0, default, LineOf(block), 0, TextBlock.NoText));
                    AddAll(quote, (byte)(depth + 1));
                    break;
                case HeadingBlock heading:
                    AddText(heading, TextBlockKind.Heading, depth, (byte)heading.Level, default, LineOf(block));
                    break;
                case ParagraphBlock paragraph:
                    AddText(paragraph, TextBlockKind.Paragraph, depth, 0, default, LineOf(block));
                    break;
                case ThematicBreakBlock:
                    Blocks.Add(new(TextBlockKind.Rule, depth, 0, default, LineOf(block), 0, TextBlock.NoText));
                    break;
                default:
                    Blocks.Add(new(TextBlockKind.Other, depth, 0, default, LineOf(block), Others.Count, TextBlock.NoText));
                    Others.Add(block);
                    break;
            }
        }

        private void AddList(ListBlock list, byte depth)
        {
            var form = (list.IsOrdered ? ListForm.Numbers : ListForm.Bullets) | (list.IsLoose ? ListForm.Loose : default);
            if (list.OrderedStart is { } start && start != "1")
            {
                Blocks.Add(new(
                    TextBlockKind.FirstNumber, depth, 0, form, LineOf(list), int.Parse(start, NumberStyles.None, CultureInfo.InvariantCulture), TextBlock.NoText));
            }

            for (var i = 0; i < list.Count; i++)
            {
                var item = (ListItemBlock)list[i];
                var own = i == 0 ? form | ListForm.First : form;
                if (item is [ParagraphBlock paragraph, ..])
                {
                    AddText(paragraph, TextBlockKind.Item, depth, 0, own, LineOf(item));
                    AddAll(item, (byte)(depth + 1), from: 1);
                }
                else
                {
                    Blocks.Add(new(TextBlockKind.Item, depth, 0, own, LineOf(item), 0, TextBlock.NoText));
                    AddAll(item, (byte)(depth + 1));
                }
            }
        }

        private void AddText(LeafBlock leaf, TextBlockKind kind, byte depth, byte level, ListForm form, int line)
        {
            for (var i = 0; i < leaf.Lines.Count; i++)
            {
                ref var written = ref leaf.Lines.Lines[i];
                var (start, length) = (offset + StartOf(written), written.Slice.AsSpan().Length);
                Blocks.Add(i == 0
                    ? new(kind, depth, level, form, line, start, length)
                    : new(TextBlockKind.Line, (byte)(depth + 1), 0, default, firstLine + written.Line, start, length));
            }

            if (leaf.Lines.Count == 0)
            {
                Blocks.Add(new(kind, depth, level, form, line, 0, 0));
            }
        }

        /// <summary>A line that starts in the middle of a tab is a copy with spaces for it; the rest of it is as it is in the text.</summary>
        private int StartOf(StringLine line) => ReferenceEquals(line.Slice.Text, text)
            ? line.Slice.Start
            : line.Position + text.AsSpan(line.Position).IndexOf(line.Slice.AsSpan());

        private int LineOf(Block block) => firstLine + block.Line;
    }
}
