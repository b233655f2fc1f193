using System.Runtime.InteropServices;
using System.Text;
using MimeKit.Text;

namespace BscFlow.Mail;

/// <summary>
/// Turns an HTML body into the plain text that a careful client would have sent beside it: quotes marked with <c>&gt;</c>, hidden
/// text and signature blocks left out.
/// </summary>
/// <remarks>
/// One pass over the tokens, linear in the body; knows the blocks in which the common clients wrap what they quote.
/// </remarks>
internal sealed class HtmlText
{
    /// <summary>Deeper quotes get no more marks, or a hostile nesting would write a mark a level on every line.</summary>
    private const int DeepestMarks = 8;

    private readonly StringBuilder _text = new();
    private readonly List<Element> _open = [];
    private readonly Dictionary<string, int> _openByName = new(StringComparer.OrdinalIgnoreCase);
    private int _quoted;
    private int _unseen;
    private int _preformatted;

    /// <summary>Line ends wanted before the next text.</summary>
    private int _breaks;
    private bool _space;
    private bool _lineStarted;

    private HtmlText()
    {
    }

    private readonly record struct Element(string Name, bool Quotes, bool Hides, bool Preformats);

    /// <summary>The text of an HTML document or fragment; never throws on broken markup.</summary>
    public static string Of(string html)
    {
        HtmlText converter = new();
        using StringReader reader = new(html);
        HtmlTokenizer tokenizer = new(reader) { IgnoreTruncatedTags = true };
        while (tokenizer.ReadNextToken(out HtmlToken? token))
        {
            switch (token)
            {
                case HtmlTagToken { IsEndTag: false } tag:
                    converter.Open(tag);
                    break;
                case HtmlTagToken tag:
                    converter.Close(tag.Name);
                    break;
                case HtmlDataToken data:
                    converter.Write(data.Data);
                    break;
                default:
                    break;
            }
        }

        return converter._text.ToString();
    }

    private void Open(HtmlTagToken tag)
    {
        var name = tag.Name;
        if (name.Equals("br", StringComparison.OrdinalIgnoreCase))
        {
            EndLine();
            return;
        }

        if (name.Equals("hr", StringComparison.OrdinalIgnoreCase))
        {
            Break(1);
            Write("________________________________");
            Break(1);
            return;
        }

        if (HtmlMarks.IsVoid(name) || tag.IsEmptyElement)
        {
            return;
        }

        if (HtmlMarks.IsBlock(name))
        {
            Break(HtmlMarks.IsParagraph(name) ? 2 : 1);
        }
        else if (name.Equals("td", StringComparison.OrdinalIgnoreCase) || name.Equals("th", StringComparison.OrdinalIgnoreCase))
        {
            _space = true;
        }

        var meaning = HtmlMarks.Of(tag);
        if (meaning.OpensOriginal)
        {
            Break(2);
            _quoted++;
        }

        Element element = new(name, meaning.Quotes, meaning.Hides, name.Equals("pre", StringComparison.OrdinalIgnoreCase));
        _open.Add(element);
        CollectionsMarshal.GetValueRefOrAddDefault(_openByName, name, out _)++;
        Count(element, 1);
        if (name.Equals("li", StringComparison.OrdinalIgnoreCase))
        {
            Write("- ");
        }
    }

    private void Close(string name)
    {
        if (!_openByName.TryGetValue(name, out var open) || open == 0)
        {
            if (name.Equals("p", StringComparison.OrdinalIgnoreCase))
            {
                Break(2);
            }

            return;
        }

        // What was left open inside ends here too.
        Element last;
        do
        {
            last = _open[^1];
            _open.RemoveAt(_open.Count - 1);
            _openByName[last.Name]--;
            if (HtmlMarks.IsBlock(last.Name))
            {
                Break(HtmlMarks.IsParagraph(last.Name) ? 2 : 1);
            }

            Count(last, -1);
        }
        while (!last.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    private void Count(Element element, int by)
    {
        _quoted += element.Quotes ? by : 0;
        _unseen += element.Hides ? by : 0;
        _preformatted += element.Preformats ? by : 0;
    }

    private void Break(int lines)
    {
        if (_unseen == 0 && _text.Length > 0)
        {
            _breaks = Math.Max(_breaks, lines);
        }

        _space = false;
    }

    /// <summary>A line ends here whether or not something stands on it.</summary>
    private void EndLine()
    {
        if (_unseen > 0)
        {
            return;
        }

        WriteBreaks();
        if (!_lineStarted)
        {
            Mark();
        }

        NewLine();
        _space = false;
    }

    private void WriteBreaks()
    {
        if (_breaks == 0)
        {
            return;
        }

        if (_lineStarted)
        {
            NewLine();
        }

        if (_breaks > 1 && !(_text.Length > 1 && _text[^2] == '\n'))
        {
            NewLine();
        }

        _breaks = 0;
    }

    private void NewLine()
    {
        _text.Append('\n');
        _lineStarted = false;
    }

    private void Mark()
    {
        if (_quoted > 0)
        {
            _text.Append('>', Math.Min(_quoted, DeepestMarks)).Append(' ');
        }

        _lineStarted = true;
    }

    private void Write(ReadOnlySpan<char> data)
    {
        if (_unseen > 0)
        {
            return;
        }

        foreach (var c in data)
        {
            if (_preformatted > 0 && c == '\n')
            {
                EndLine();
            }
            else if (c is ' ' or '\t' or '\r' or '\n' or '\f' && (_preformatted == 0 || c == '\r'))
            {
                _space = true;
            }
            else
            {
                WriteBreaks();
                if (!_lineStarted)
                {
                    Mark();
                }
                else if (_space)
                {
                    _text.Append(' ');
                }

                _space = false;
                _text.Append(c);
            }
        }
    }
}
