using System.Buffers;
using Markdig;
using Markdig.Parsers;
using Markdig.Syntax;

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

    /// <summary>For reading: a line without markup is left as it is, as most are, and what Markdig would make of it is not needed.</summary>
    private static readonly MarkdownPipeline Reading = Build(leavePlain: true).Build();

    /// <summary>Parses minutes to be read. A leaf that is not to be processed has its text in its lines.</summary>
    public static MarkdownDocument Parse(string text) => Parse(text, Reading);

    /// <param name="pipeline">Built on <see cref="PipelineBuilder"/>.</param>
    public static MarkdownDocument Parse(string text, MarkdownPipeline pipeline) => Markdown.Parse(Tame(text), pipeline);

    /// <summary>What every pipeline for minutes starts from.</summary>
    public static MarkdownPipelineBuilder PipelineBuilder() => Build(leavePlain: false);

    private static MarkdownPipelineBuilder Build(bool leavePlain)
    {
        var builder = new MarkdownPipelineBuilder { MaximumNestingDepth = 8 * ContainerColumns };
        builder.UsePreciseSourceLocation();
        builder.BlockParsers.Replace<ParagraphBlockParser>(new ParagraphParser(leavePlain) { ParseSetextHeadings = false });
        builder.BlockParsers.Find<HeadingBlockParser>()!.Closed += (_, block) => LeaveIfNoProse((LeafBlock)block, leavePlain);
        return builder;
    }

    private static void LeaveIfNoProse(LeafBlock block, bool leavePlain)
    {
        if (leavePlain && block.Lines.Count == 1 && !block.Lines.Lines[0].Slice.AsSpan().ContainsAny(Markup))
        {
            block.ProcessInlines = false;
            return;
        }

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

        block.ProcessInlines = brackets <= MostBrackets && delimiters <= MostDelimiters;
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
    private sealed class ParagraphParser(bool leavePlain) : ParagraphBlockParser
    {
        public override bool Close(BlockProcessor processor, Block block)
        {
            if (block is ParagraphBlock { Lines: { Count: > 0 } lines } paragraph)
            {
                for (var i = 0; i < lines.Count; i++)
                {
                    lines.Lines[i].Slice.TrimStart();
                }

                lines.Lines[lines.Count - 1].Slice.TrimEnd();
                LeaveIfNoProse(paragraph, leavePlain);
            }

            return true;
        }
    }
}
