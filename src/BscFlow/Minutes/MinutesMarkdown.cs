using System.Buffers;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Renderers;
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
/// <para>
/// Blocks are parsed by themselves, and <see cref="LeafInlines"/> parses what stands in one: most are a line without markup, which
/// need not be parsed at all.
/// </para>
/// </remarks>
internal static class MinutesMarkdown
{
    /// <summary>Columns in which a line may open lists and quotes: twelve levels of four spaces.</summary>
    private const int ContainerColumns = 48;

    private const int MostBrackets = 256;

    /// <summary>A pair is a level of nesting.</summary>
    private const int MostDelimiters = 512;

    /// <summary>Takes the place of a marker that opens nothing; trimmed like any space.</summary>
    private const char Blank = '\u00A0';

    /// <summary>A line that shows nothing and yet is no empty one.</summary>
    public const string BlankLine = "\u00A0";

    private static readonly SearchValues<char> Delimiters = SearchValues.Create("[*_`<~^+=");

    private static readonly MarkdownPipelineBuilder ReadingParts = Builder(new LineParser());
    private static readonly MarkdownPipelineBuilder ShowingParts = ForPages(Builder(new LineParser()));
    private static readonly MarkdownPipeline Reading = ReadingParts.Build();
    private static readonly MarkdownPipeline Showing = ShowingParts.Build();
    private static readonly MarkdownPipeline Sending = ForPages(Builder(new ProseParser())).Build();
    private static readonly MarkdownPipeline Paragraph = ForPages(Builder(new ProseParser(), nothingElse: true)).Build();

    /// <summary>Of minutes that are read.</summary>
    public static InlineParserList ReadingInlines { get; } = new(ReadingParts.InlineParsers);

    /// <summary>Of texts that are shown.</summary>
    public static InlineParserList ShowingInlines { get; } = new(ShowingParts.InlineParsers);

    /// <summary>Parses the blocks of minutes to be read. All leaves have their text in their lines.</summary>
    /// <param name="text">Of <see cref="Tame"/>.</param>
    public static MarkdownDocument Parse(string text) => Markdown.Parse(text, Reading);

    /// <summary>The same of minutes, or of another text that people wrote, to be shown as HTML. Raw HTML in it is text.</summary>
    /// <param name="text">Of <see cref="Tame"/>.</param>
    public static MarkdownDocument ParseToShow(string text) => Markdown.Parse(text, Showing);

    /// <summary>Parses such a text with all that stands in its blocks.</summary>
    public static MarkdownDocument ParseWhole(string text) => Markdown.Parse(Tame(text), Sending);

    /// <summary>Parses lines of a paragraph that may be a table, or end with one.</summary>
    public static MarkdownDocument ParseParagraph(string lines) => Markdown.Parse(lines, Paragraph);

    /// <param name="block">Of <see cref="ParseWhole"/>, or one whose inlines are parsed.</param>
    public static string ToHtml(Block block)
    {
        var writer = new StringWriter();
        ToHtml(writer).Render(block);
        return writer.ToString();
    }

    /// <summary>Writes inlines and blocks that are parsed.</summary>
    public static HtmlRenderer ToHtml(TextWriter writer)
    {
        var renderer = new HtmlRenderer(writer);
        Showing.Setup(renderer);
        return renderer;
    }

    /// <summary>Whether it is more prose than brackets.</summary>
    public static bool IsProse(StringLineGroup lines)
    {
        var (brackets, delimiters) = (0, 0);
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines.Lines[i].Slice.AsSpan();
            for (var at = line.IndexOfAny(Delimiters); at >= 0; at = line.IndexOfAny(Delimiters))
            {
                delimiters++;
                brackets += line[at] == '[' ? 1 : 0;
                line = line[(at + 1)..];
            }
        }

        return brackets <= MostBrackets && delimiters <= MostDelimiters;
    }

    /// <param name="nothingElse">There are paragraphs only.</param>
    private static MarkdownPipelineBuilder Builder(ParagraphParser paragraphs, bool nothingElse = false)
    {
        var builder = new MarkdownPipelineBuilder { MaximumNestingDepth = 8 * ContainerColumns };
        builder.UsePreciseSourceLocation();
        if (nothingElse)
        {
            builder.BlockParsers.Clear();
            builder.BlockParsers.Add(paragraphs);
            return builder;
        }

        builder.BlockParsers.Replace<ParagraphBlockParser>(paragraphs);
        builder.BlockParsers.Find<HeadingBlockParser>()!.Closed += (_, heading) => paragraphs.Take((LeafBlock)heading);

        // The line below a table's head is no list.
        builder.BlockParsers.Insert(0, new PipeTableBlockParser());
        return builder;
    }

    private static MarkdownPipelineBuilder ForPages(MarkdownPipelineBuilder builder) =>
        builder.DisableHtml().UsePipeTables().UseAutoLinks().UseEmphasisExtras();

    /// <summary>
    /// The text; or where a line opens too many containers, where there is a NUL or half of a surrogate pair, one of the same length
    /// without that.
    /// </summary>
    public static string Tame(string text)
    {
        text = WithoutHalves(text.Replace('\0', '\uFFFD'));
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

    private static string WithoutHalves(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return text;
        }

        char[]? whole = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                whole ??= text.ToCharArray();
                whole[i] = '\uFFFD';
            }
        }

        return whole is null ? text : new string(whole);
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
    private abstract class ParagraphParser : ParagraphBlockParser
    {
        protected ParagraphParser() => ParseSetextHeadings = false;

        public override bool Close(BlockProcessor processor, Block block)
        {
            if (block is ParagraphBlock { Lines: { Count: > 0 } lines } paragraph)
            {
                for (var i = 0; i < lines.Count; i++)
                {
                    lines.Lines[i].Slice.TrimStart();
                }

                lines.Lines[lines.Count - 1].Slice.TrimEnd();
                Take(paragraph);
            }

            return true;
        }

        /// <summary>Says what becomes of a leaf that has all of its lines.</summary>
        public abstract void Take(LeafBlock leaf);
    }

    /// <summary>Leaves the lines as they are.</summary>
    private sealed class LineParser : ParagraphParser
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

        public override void Take(LeafBlock leaf) => leaf.ProcessInlines = false;

        private static StringLineGroup RoomForOne()
        {
            var lines = new StringLineGroup("");
            lines.Clear();
            return lines;
        }
    }

    /// <summary>Leaves what is more brackets than prose as it is.</summary>
    private sealed class ProseParser : ParagraphParser
    {
        public override void Take(LeafBlock leaf)
        {
            if (!IsProse(leaf.Lines))
            {
                leaf.ProcessInlines = false;
                leaf.Inline = new ContainerInline().AppendChild(new LiteralInline(leaf.Lines.ToString()));
            }
        }
    }
}
