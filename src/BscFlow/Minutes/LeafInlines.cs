using System.Buffers;
using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;

namespace BscFlow.Minutes;

/// <summary>
/// Parses what stands in a heading or a paragraph. Of a line without markup, as most are, what Markdig would make is the line.
/// </summary>
internal sealed class LeafInlines
{
    /// <summary>What a line of text without markup has none of.</summary>
    private static readonly SearchValues<char> Markup = SearchValues.Create("[]*_`<&\\");

    /// <summary>The same, where more than CommonMark is markup: tables, and text that is struck out, added, marked, raised or lowered.</summary>
    private static readonly SearchValues<char> MoreMarkup = SearchValues.Create("[]*_`<&\\|~^+=");

    /// <summary>What starts an address that becomes a link.</summary>
    private static readonly SearchValues<string> Addresses =
        SearchValues.Create(["://", "www.", "mailto:", "tel:"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Without any of these there is neither.</summary>
    private static readonly SearchValues<char> Suspicious = SearchValues.Create("[]*_`<&\\|~^+=:.");

    private readonly InlineProcessor _processor;
    private readonly bool _hasTables;

    private LeafInlines(InlineParserList parsers, bool hasTables)
    {
        _processor = new InlineProcessor(new MarkdownDocument(), parsers, preciseSourcelocation: true, context: null);
        _hasTables = hasTables;
    }

    /// <summary>Of minutes that are read.</summary>
    public static LeafInlines ToRead() => new(MinutesMarkdown.ReadingInlines, hasTables: false);

    /// <summary>Of a text that is shown.</summary>
    public static LeafInlines ToShow() => new(MinutesMarkdown.ShowingInlines, hasTables: true);

    public static bool IsPlain(ReadOnlySpan<char> line) => !line.ContainsAny(Markup);

    public static bool IsPlainToShow(ReadOnlySpan<char> line) =>
        !line.ContainsAny(Suspicious) || (!line.ContainsAny(MoreMarkup) && !line.ContainsAny(Addresses));

    /// <summary>A leaf that is more brackets than prose keeps its lines.</summary>
    /// <param name="leaf">One that has its lines; they are gone then.</param>
    public ParsedLeaf Parse(LeafBlock leaf)
    {
        if (!MinutesMarkdown.IsProse(leaf.Lines))
        {
            return new(leaf, null);
        }

        if (_hasTables && leaf.Lines.Count > 1 && TextOf(leaf.Lines) is var text && text.Contains('|', StringComparison.Ordinal))
        {
            return MinutesMarkdown.ParseParagraph(text) switch
            {
                [Table table] => new(null, table),
                [ParagraphBlock before, Table table] => new(before, table),
                [ParagraphBlock only] => new(only, null),
                _ => new(leaf, null),
            };
        }

        _processor.ProcessInlineLeaf(leaf);
        return new(leaf, null);
    }

    /// <summary>A line of nothing but blanks was trimmed to nothing, and ends no paragraph.</summary>
    private static string TextOf(StringLineGroup lines)
    {
        var text = new StringBuilder();
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines.Lines[i].Slice.AsSpan();
            text.Append(i > 0 ? "\n" : "");
            text.Append(line.IsEmpty ? MinutesMarkdown.BlankLine : line);
        }

        return text.ToString();
    }
}

/// <param name="Text">What is text; null where all of it is a table.</param>
internal readonly record struct ParsedLeaf(LeafBlock? Text, Block? Table);
