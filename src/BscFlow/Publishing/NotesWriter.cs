using System.Globalization;
using System.Text;
using BscFlow.Minutes;
using Markdig.Helpers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace BscFlow.Publishing;

/// <summary>A block as it is shown.</summary>
/// <param name="Text">An item with a level has its text as a heading.</param>
/// <param name="Id">By which links lead to it.</param>
/// <param name="Class">For the style sheet.</param>
internal readonly record struct NotesBlock(TextBlock Text, string? Id = null, string? Class = null);

/// <summary>Writes blocks as HTML, in the form in which Markdig writes them. For one text after the other.</summary>
internal sealed class NotesWriter
{
    /// <summary>Characters that a writer holds for the next text.</summary>
    private const int LargestKept = 1 << 14;

    private readonly StringBuilder _html = new();
    private readonly NotesInlines _inlines;

    /// <summary>What is open, the outermost first: a list, which then has an open item, or a quote.</summary>
    private readonly List<TextBlock> _open = [];

    private List<NotesBlock> _blocks = [];
    private string _text = "";

    public NotesWriter() => _inlines = new NotesInlines(_html);

    /// <param name="text">In which the blocks stand.</param>
    public string Write(TextBlocks text, List<NotesBlock> blocks)
    {
        (_text, _blocks) = (text.Text, blocks);
        int? number = null;
        for (var i = 0; i < blocks.Count; i++)
        {
            var block = blocks[i].Text;
            switch (block.Kind)
            {
                case TextBlockKind.Line:
                    break;
                case TextBlockKind.FirstNumber:
                    number = block.Start;
                    break;
                case TextBlockKind.Item:
                    WriteItem(i, number);
                    number = null;
                    break;
                default:
                    Close(block.Depth);
                    WriteBlock(i, text.Others);
                    break;
            }
        }

        Close(0);
        var html = _html.ToString();
        (_text, _blocks) = ("", []);
        _html.Clear();
        if (_html.Capacity > LargestKept)
        {
            _html.Capacity = LargestKept;
        }

        return html;
    }

    private void WriteBlock(int index, IReadOnlyList<Block> others)
    {
        var block = _blocks[index].Text;
        switch (block.Kind)
        {
            case TextBlockKind.Heading:
                WriteText(index, Heading(block.Level), _blocks[index]);
                break;
            case TextBlockKind.Paragraph:
                WriteParagraph(index);
                break;
            case TextBlockKind.Quote:
                Open("<blockquote>\n", block);
                break;
            case TextBlockKind.Rule:
                _html.Append("<hr />\n");
                break;
            case TextBlockKind.Other:
                EndLine();
                _inlines.WriteBlock(others[block.Start]);
                break;
        }
    }

    private void WriteItem(int index, int? number)
    {
        var item = _blocks[index].Text;
        if (Continues(item))
        {
            Close(item.Depth + 1);
            _html.Append("</li>\n");
        }
        else
        {
            Close(item.Depth);
            Open(!item.List.HasFlag(ListForm.Numbers) ? "<ul>\n" : number is null ? "<ol>\n" : Numbered(number.Value), item);
        }

        EndLine();
        Tag("li", _blocks[index]);
        if (item.HasText)
        {
            WriteText(index, item.Level > 0 ? Heading(item.Level) : item.List.HasFlag(ListForm.Loose) ? "p" : null, default);
        }
    }

    private static string Numbered(int first) => string.Create(CultureInfo.InvariantCulture, $"<ol start=\"{first}\">\n");

    private bool Continues(TextBlock item) => !item.List.HasFlag(ListForm.First) && item.Depth < _open.Count
        && _open[item.Depth] is { Kind: TextBlockKind.Item } open && open.List.HasFlag(ListForm.Numbers) == item.List.HasFlag(ListForm.Numbers);

    private void WriteParagraph(int index)
    {
        var isTight = _open is [.., { Kind: TextBlockKind.Item } item] && !item.List.HasFlag(ListForm.Loose);
        var isFirst = index > 0 && _blocks[index - 1].Text is { Kind: TextBlockKind.Item or TextBlockKind.Quote, HasText: false } outer
            && outer.Depth < _blocks[index].Text.Depth;
        if (!isFirst)
        {
            EndLine();
        }

        WriteText(index, isTight ? null : "p", _blocks[index]);
    }

    /// <param name="element">Null where the text stands in what it belongs to.</param>
    /// <param name="marks">Of the element.</param>
    private void WriteText(int index, string? element, NotesBlock marks)
    {
        var lines = index + 1;
        while (lines < _blocks.Count && _blocks[lines].Text.Kind is TextBlockKind.Line)
        {
            lines++;
        }

        var block = _blocks[index].Text;
        var line = _text.AsSpan(block.Start, block.Length);
        var isPlain = lines == index + 1 && LeafInlines.IsPlainToShow(line);
        var parsed = isPlain ? default : _inlines.Parse(LeafOf(index, lines));
        if (isPlain || parsed.Text is not null)
        {
            if (element is not null)
            {
                Tag(element, marks);
            }

            if (parsed.Text is { } leaf)
            {
                _inlines.Write(leaf);
            }
            else
            {
                _inlines.Write(line);
            }

            if (element is not null)
            {
                _html.Append("</").Append(element).Append(">\n");
            }
        }

        if (parsed.Table is { } table)
        {
            EndLine();
            if (parsed.Text is null)
            {
                Mark(table, marks);
            }

            _inlines.WriteBlock(table);
        }
    }

    private LeafBlock LeafOf(int from, int to)
    {
        var lines = new StringLineGroup(to - from);
        for (var i = from; i < to; i++)
        {
            var block = _blocks[i].Text;
            lines.Add(new StringSlice(
                _text, block.Start, block.Start + block.Length - 1, i + 1 < to ? NewLine.LineFeed : NewLine.None));
        }

        LeafBlock leaf = _blocks[from].Text.Kind is TextBlockKind.Heading ? new HeadingBlock(null!) : new ParagraphBlock(null);
        leaf.Lines = lines;
        return leaf;
    }

    private static string Heading(byte level) => level switch
    {
        3 => "h3",
        4 => "h4",
        5 => "h5",
        _ => "h6",
    };

    private static void Mark(Block block, NotesBlock marks)
    {
        if (marks.Class is { } style)
        {
            block.GetAttributes().Id = marks.Id;
            block.GetAttributes().AddClass(style);
        }
    }

    private void Tag(string name, NotesBlock marks)
    {
        _html.Append('<').Append(name);
        Attribute("id", marks.Id);
        Attribute("class", marks.Class);
        _html.Append('>');
    }

    private void Attribute(string name, string? value)
    {
        if (value is not null)
        {
            _html.Append(' ').Append(name).Append("=\"");
            _inlines.Escape(value);
            _html.Append('"');
        }
    }

    private void Open(string start, TextBlock block)
    {
        EndLine();
        _html.Append(start);
        _open.Add(block);
    }

    /// <summary>Ends what is open, down to a depth.</summary>
    private void Close(int depth)
    {
        for (; _open.Count > depth; _open.RemoveAt(_open.Count - 1))
        {
            var block = _open[^1];
            if (block.Kind is TextBlockKind.Item)
            {
                _html.Append(block.List.HasFlag(ListForm.Numbers) ? "</li>\n</ol>\n" : "</li>\n</ul>\n");
            }
            else
            {
                EndLine();
                _html.Append("</blockquote>\n");
            }
        }
    }

    private void EndLine()
    {
        if (_html.Length > 0 && _html[^1] != '\n')
        {
            _html.Append('\n');
        }
    }
}
