using System.Globalization;
using Markdig.Helpers;
using Markdig.Syntax;

namespace BscFlow.Minutes;

/// <summary>The blocks of a text as a flat list: what a page is written from, without parsing the text again.</summary>
/// <param name="Others">What pages have as Markdig writes it.</param>
internal sealed record TextBlocks(ReadOnlyMemory<TextBlock> Blocks, IReadOnlyList<Block> Others)
{
    public static TextBlocks None { get; } = new(default, []);

    /// <summary>Of a text that is shown as HTML; raw HTML in it is text.</summary>
    /// <param name="place">Where the text starts in the one that lines and places are told of.</param>
    public static TextBlocks ToShow(string text, TextPlace place = default)
    {
        text = MinutesMarkdown.Tame(text);
        return Of(MinutesMarkdown.ParseToShow(text), text, place);
    }

    /// <param name="document">Of <paramref name="text"/>, its leaves not processed.</param>
    public static TextBlocks Of(MarkdownDocument document, string text, TextPlace place = default)
    {
        var builder = new Builder(text, place);
        builder.AddAll(document, 0);
        return new(builder.Blocks.ToArray(), builder.Others);
    }

    /// <summary>
    /// The blocks of a part of the text that would be the same if it were a text of its own, or nothing where a block reaches
    /// beyond its lines, or where they hold what a page shows otherwise.
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

    private static bool StartsPart(ReadOnlySpan<TextBlock> blocks, int index) => index == blocks.Length || blocks[index].Depth == 0;

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

    private sealed class Builder(string text, TextPlace place)
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
                    Blocks.Add(new(TextBlockKind.Quote, depth, 0, default, LineOf(block), 0, 0));
                    AddAll(quote, (byte)(depth + 1));
                    break;
                case HeadingBlock heading:
                    AddText(heading, TextBlockKind.Heading, depth, (byte)heading.Level, default, LineOf(block));
                    break;
                case ParagraphBlock paragraph:
                    AddText(paragraph, TextBlockKind.Paragraph, depth, 0, default, LineOf(block));
                    break;
                case ThematicBreakBlock:
                    Blocks.Add(new(TextBlockKind.Rule, depth, 0, default, LineOf(block), 0, 0));
                    break;
                default:
                    Blocks.Add(new(TextBlockKind.Other, depth, 0, default, LineOf(block), Others.Count, 0));
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
                    TextBlockKind.FirstNumber, depth, 0, form, LineOf(list), int.Parse(start, NumberStyles.None, CultureInfo.InvariantCulture), 0));
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
                    Blocks.Add(new(TextBlockKind.Item, depth, 0, own, LineOf(item), 0, 0));
                    AddAll(item, (byte)(depth + 1));
                }
            }
        }

        private void AddText(LeafBlock leaf, TextBlockKind kind, byte depth, byte level, ListForm form, int line)
        {
            for (var i = 0; i < leaf.Lines.Count; i++)
            {
                ref var written = ref leaf.Lines.Lines[i];
                var start = place.Offset + StartOf(written);
                Blocks.Add(i == 0
                    ? new(kind, depth, level, form, line, start, written.Slice.Length)
                    : new(TextBlockKind.Line, (byte)(depth + 1), 0, default, place.Line + written.Line, start, written.Slice.Length));
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

        private int LineOf(Block block) => place.Line + block.Line;
    }
}

/// <summary>Where a part starts in a text.</summary>
/// <param name="Line">0-based.</param>
internal readonly record struct TextPlace(int Offset, int Line);
