using System.Buffers;
using Markdig;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace BscFlow.Minutes;

/// <summary>
/// Parses minutes with Markdig so that no text makes it throw and its time stays linear in the text's length.
/// </summary>
/// <remarks>
/// Markdig gives up with an exception where blocks or inlines nest too deeply, and takes quadratic time over unclosed brackets, over
/// link definitions and over underlined headings. So: markers of lists and quotes count only up to a column, a paragraph with more
/// delimiters than prose has is left as plain text, link definitions are left where they stand, and <see cref="OutlineBuilder"/>
/// recognises underlined headings itself.
/// </remarks>
internal static class MinutesMarkdown
{
    /// <summary>Columns in which a line may open lists and quotes: twelve levels of four spaces.</summary>
    private const int ContainerColumns = 48;

    private const int MostBrackets = 256;
    private const int MostDelimiters = 1024;

    /// <summary>Takes the place of a marker that opens nothing; trimmed like any space.</summary>
    private const char Blank = '\u00A0';

    private static readonly SearchValues<char> Delimiters = SearchValues.Create("[*_`<");

    /// <summary>What a line of text without markup has none of.</summary>
    private static readonly SearchValues<char> Markup = SearchValues.Create("[]*_`<&\\");

    /// <summary>The same, where more than CommonMark is markup: tables, and text that is struck out, added, marked, raised or lowered.</summary>
    private static readonly SearchValues<char> MoreMarkup = SearchValues.Create("[]*_`<&\\|~^+=");

    /// <summary>What starts an address that becomes a link.</summary>
    private static readonly SearchValues<string> Addresses =
        SearchValues.Create(["://", "www.", "mailto:", "tel:"], StringComparison.OrdinalIgnoreCase);

    private static readonly MarkdownPipeline Reading = Builder(toShow: false).Build();

    private static readonly MarkdownPipeline Showing = Builder(toShow: true)
        .DisableHtml()
        .UsePipeTables()
        .UseAutoLinks()
        .UseEmphasisExtras()
        .Build();

    /// <summary>Parses minutes to be read. A leaf that is not processed has its text in its lines.</summary>
    public static MarkdownDocument Parse(string text) => Markdown.Parse(Tame(text), Reading);

    /// <summary>Parses minutes, or another text that people wrote, to be shown as HTML. Raw HTML in it is text.</summary>
    public static MarkdownDocument ParseToShow(string text) => Markdown.Parse(Tame(text), Showing);

    /// <param name="document">Of <see cref="ParseToShow"/>.</param>
    public static string ToHtml(MarkdownDocument document) => document.ToHtml(Showing);

    private static MarkdownPipelineBuilder Builder(bool toShow)
    {
        var builder = new MarkdownPipelineBuilder { MaximumNestingDepth = 8 * ContainerColumns };
        builder.UsePreciseSourceLocation();
        builder.BlockParsers.Replace<ParagraphBlockParser>(new ParagraphParser(toShow) { ParseSetextHeadings = false });
        builder.BlockParsers.Find<HeadingBlockParser>()!.Closed += (_, block) => Take((LeafBlock)block, toShow);
        return builder;
    }

    /// <summary>
    /// Leaves a line without markup as it is, as most are: what Markdig would make of it is the same, in half of the time. And what
    /// is more brackets than prose.
    /// </summary>
    private static void Take(LeafBlock block, bool toShow)
    {
        if (IsPlain(block, toShow) || !IsProse(block))
        {
            block.ProcessInlines = false;
            block.Inline = toShow ? new ContainerInline().AppendChild(Literal(block.Lines)) : null;
        }
    }

    private static LiteralInline Literal(StringLineGroup lines) =>
        lines.Count == 1 ? new LiteralInline(lines.Lines[0].Slice) : new LiteralInline(lines.ToString());

    private static bool IsPlain(LeafBlock block, bool toShow)
    {
        if (block.Lines.Count != 1)
        {
            return false;
        }

        var line = block.Lines.Lines[0].Slice.AsSpan();
        return toShow ? !line.ContainsAny(MoreMarkup) && !line.ContainsAny(Addresses) : !line.ContainsAny(Markup);
    }

    private static bool IsProse(LeafBlock block)
    {
        var (brackets, delimiters) = (0, 0);
        for (var i = 0; i < block.Lines.Count; i++)
        {
            var line = block.Lines.Lines[i].Slice.AsSpan();
            for (var at = line.IndexOfAny(Delimiters); at >= 0; at = line.IndexOfAny(Delimiters))
            {
                delimiters++;
                brackets += line[at] == '[' ? 1 : 0;
                line = line[(at + 1)..];
            }
        }

        return brackets <= MostBrackets && delimiters <= MostDelimiters;
    }

    /// <summary>The text, or where a line opens too many containers, one of the same length in which it does not.</summary>
    private static string Tame(string text)
    {
        char[]? tamed = null;
        for (var start = 0; start < text.Length;)
        {
            var rest = text.AsSpan(start);
            var length = rest.IndexOfAny('\r', '\n');
            var line = length < 0 ? rest : rest[..length];
            TameLine(text, ref tamed, start, line);
            start += line.Length + 1;
        }

        return tamed is null ? text : new string(tamed);
    }

    private static void TameLine(string text, ref char[]? tamed, int start, ReadOnlySpan<char> line)
    {
        var column = 0;
        for (var i = 0; i < line.Length; i++)
        {
            switch (line[i])
            {
                case ' ':
                case >= '0' and <= '9':
                    column++;
                    continue;
                case '\t':
                    column += 4 - (column % 4);
                    continue;
                case '>' or '-' or '+' or '*' or '.' or ')':
                    if (column++ >= ContainerColumns && (line[i] == '>' || i + 1 == line.Length || line[i + 1] is ' ' or '\t'))
                    {
                        tamed ??= text.ToCharArray();
                        tamed[start + i] = Blank;
                    }

                    continue;
                default:
                    return;
            }
        }
    }

    /// <summary>A paragraph as CommonMark has it, but for link definitions, which stay text.</summary>
    private sealed class ParagraphParser(bool toShow) : ParagraphBlockParser
    {
        /// <summary>Most paragraphs are one line: they get room for it, rather than for eight from a pool that is soon empty.</summary>
        public override BlockState TryOpen(BlockProcessor processor)
        {
            var state = base.TryOpen(processor);
            if (state is not BlockState.None)
            {
                ((ParagraphBlock)processor.NewBlocks.Peek()).Lines = RoomForOne();
            }

            return state;
        }

        public override bool Close(BlockProcessor processor, Block block)
        {
            if (block is ParagraphBlock { Lines: { Count: > 0 } lines } paragraph)
            {
                for (var i = 0; i < lines.Count; i++)
                {
                    lines.Lines[i].Slice.TrimStart();
                }

                lines.Lines[lines.Count - 1].Slice.TrimEnd();
                Take(paragraph, toShow);
            }

            return true;
        }

        private static StringLineGroup RoomForOne()
        {
            var lines = new StringLineGroup("");
            lines.Clear();
            return lines;
        }
    }
}
