using System.Buffers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace BscFlow.Minutes;

/// <summary>
/// Writes the text of Markdig's leaves, without markup, one after the other into one buffer, and hands a leaf out as one entry, or
/// as several where its lines are fields of their own ("Duration: 34m", line break, "Chair: ...").
/// </summary>
internal sealed class PlainText(int capacity)
{
    private readonly List<(int At, int Line)> _breaks = [];
    private int _length;
    private int _start;
    private int _line;
    private int _strong;
    private bool _link;
    private bool _item;
    private int _nextBreak;
    private bool _taken;

    /// <summary>A part of a leaf that is an entry of its own.</summary>
    /// <param name="Line">Its first line, 0-based.</param>
    /// <param name="Level">Of the heading that an underline makes of it, or 0.</param>
    /// <param name="Item">It started with a bullet that is indented too far to be one for Markdown.</param>
    internal readonly record struct Part(int Line, int Start, int Length, byte Level, int Strong, bool Link, bool Item);

    /// <summary>All text so far, in an array of the shared pool. It is replaced when it has to grow.</summary>
    public char[] Buffer { get; private set; } = ArrayPool<char>.Shared.Rent(capacity + 16);

    /// <summary>Takes a leaf whose inlines are parsed, or whose lines were left as they are.</summary>
    public void Begin(LeafBlock leaf)
    {
        Reset(leaf.Line);
        if (leaf.Inline is { } root)
        {
            Append(root);
        }
        else
        {
            for (var i = 0; i < leaf.Lines.Count; i++)
            {
                if (i > 0)
                {
                    Break(leaf.Lines.Lines[i].Line);
                }

                Append(leaf.Lines.Lines[i].Slice.AsSpan());
            }
        }

        Tidy();
    }

    /// <summary>Takes a line as it stands.</summary>
    /// <param name="line">Its number, 0-based.</param>
    public void Begin(ReadOnlySpan<char> text, int line)
    {
        Reset(line);
        Append(text);
        Tidy();
    }

    /// <summary>Hands out the leaf, or as much of it as is one entry.</summary>
    /// <param name="underlined">Whether lines of "=" or "-" make headings of the lines above them.</param>
    public bool TryTake(bool underlined, out Part part)
    {
        part = default;
        if (_taken)
        {
            return false;
        }

        var (start, line) = (_start, _line);
        while (_nextBreak < _breaks.Count)
        {
            var (at, number) = _breaks[_nextBreak++];
            var rest = Buffer.AsSpan((at + 1).._length);
            if (underlined && UnderlineLevel(rest) is > 0 and var level)
            {
                var more = _nextBreak < _breaks.Count;
                (_start, _line) = more ? (_breaks[_nextBreak].At + 1, _breaks[_nextBreak].Line) : (_length, number);
                (_nextBreak, _taken) = (_nextBreak + 1, !more);
                part = Take(line, start, at, level);
                return true;
            }

            var bullet = rest is ['-' or '*' or '+', ' ', ..];
            if (bullet || FieldLabel.StartsLine(rest))
            {
                (_start, _line) = (at + (bullet ? 3 : 1), number);
                part = Take(line, start, at, 0);
                _item = bullet;
                return true;
            }
        }

        _taken = true;
        part = Take(line, start, _length, 0);
        return true;
    }

    private Part Take(int line, int start, int end, byte level)
    {
        var part = new Part(line, start, end - start, level, _strong, _link, _item);
        (_strong, _link, _item) = (0, false, false);
        return part;
    }

    private static byte UnderlineLevel(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] is not ('=' or '-'))
        {
            return 0;
        }

        var end = text.IndexOfAnyExcept(text[0]);
        var rest = end < 0 ? [] : text[end..].TrimStart(' ');
        return rest is [] or ['\n', ..] ? text[0] == '=' ? (byte)1 : (byte)2 : (byte)0;
    }

    private void Reset(int line)
    {
        (_start, _line, _strong, _link, _item, _nextBreak, _taken) = (_length, line, 0, false, false, 0, false);
        _breaks.Clear();
    }

    private void Append(ContainerInline root)
    {
        Inline? inline = root.FirstChild;
        while (inline is not null)
        {
            if (inline is ContainerInline { FirstChild: { } child } container && !Skips(container))
            {
                inline = child;
                continue;
            }

            AppendLeaf(inline);
            while (inline is { NextSibling: null, Parent: { } parent } && parent != root)
            {
                if (parent is EmphasisInline { DelimiterCount: 2, PreviousSibling: null } strong && strong.Parent == root)
                {
                    _strong = _length - _start;
                }

                inline = parent;
            }

            inline = inline.NextSibling;
        }
    }

    /// <summary>A picture has no text to read; a link at the start is noted.</summary>
    private bool Skips(ContainerInline container)
    {
        if (container is LinkInline link)
        {
            _link |= _length == _start && !link.IsImage;
            return link.IsImage;
        }

        return false;
    }

    private void AppendLeaf(Inline inline)
    {
        switch (inline)
        {
            case LiteralInline literal:
                Append(literal.Content.AsSpan());
                break;
            case LineBreakInline:
                Break(inline.Line + 1);
                break;
            case CodeInline code:
                Append(code.Content);
                break;
            case AutolinkInline autolink:
                _link |= _length == _start;
                Append(autolink.Url);
                break;
            case HtmlEntityInline entity:
                Append(entity.Transcoded.AsSpan());
                break;
            case HtmlInline html when html.Tag.StartsWith("<br", StringComparison.OrdinalIgnoreCase):
                if (Buffer.AsSpan(LineStart.._length).StartsWith('|'))
                {
                    // Within a table's cell; what ends a line would end the row.
                    Append(" ");
                    break;
                }

                Break(inline.Line);
                break;
        }
    }

    private int LineStart => _breaks is [.., var last] ? last.At + 1 : _start;

    private void Break(int nextLine)
    {
        _breaks.Add((_length, nextLine));
        Append("\n");
    }

    private void Append(ReadOnlySpan<char> text)
    {
        if (text.Length > Buffer.Length - _length)
        {
            var larger = ArrayPool<char>.Shared.Rent(Math.Max(Buffer.Length * 2, _length + text.Length));
            Buffer.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<char>.Shared.Return(Buffer);
            Buffer = larger;
        }

        text.CopyTo(Buffer.AsSpan(_length));
        _length += text.Length;
    }

    /// <summary>Repairs what was read in the wrong code page, and takes away what shows nothing.</summary>
    private void Tidy()
    {
        var text = Buffer.AsSpan(_start, _length - _start);
        var length = Tidying.Tidy(text[..CodePageRepair.Repair(text)]);
        if (length < text.Length)
        {
            _length = _start + length;
            FindBreaksAgain();
        }
    }

    /// <summary>Characters went, so the places of the line breaks have moved; how many there are has not.</summary>
    private void FindBreaksAgain()
    {
        var at = _start;
        for (var i = 0; i < _breaks.Count; i++)
        {
            at += Buffer.AsSpan(at, _length - at).IndexOf('\n');
            _breaks[i] = (at, _breaks[i].Line);
            at++;
        }

        _strong = Math.Min(_strong, _length - _start);
    }
}
