using System.Numerics;

namespace BscFlow.Mail;

/// <summary>
/// Tells what lines of a mail are by their neighbours: wrapped attributions, header blocks, quotes that a client has wrapped.
/// </summary>
internal readonly ref struct ReplyBlocks(string text, ReplyLines lines)
{
    /// <summary>Lines of one attribution, blank ones counted.</summary>
    private const int WrappedLines = 6;

    private const int FromOrDate = 1 << (int)HeaderField.From | 1 << (int)HeaderField.Date;

    /// <summary>Programs wrap lines at 72 characters or later; a long word may leave some of them empty.</summary>
    public const int WrappedAt = 55;

    /// <summary>Marks the lines that only their neighbours explain.</summary>
    public void Mark()
    {
        new ReplyBanner(text, lines).Mark();
        JoinAttributions();
        MarkHeaderBlocks();
        MarkWrappedQuotes();
    }

    private void JoinAttributions()
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Kind is LineKind.Text or LineKind.SentFrom)
            {
                var line = LineShape.Trim(lines.Of(i));
                if (line.Length <= Attribution.LongestSpan && Attribution.MayEnd(line))
                {
                    var first = FirstOfAttribution(i);
                    for (var j = first; j <= i; j++)
                    {
                        lines[j].Kind = LineKind.Attribution;
                    }

                    if (first <= i)
                    {
                        PartSharedLine(first);
                    }
                }
            }
        }
    }

    /// <summary>First line of the attribution that ends with this line, or one past it when it ends none.</summary>
    private int FirstOfAttribution(int last)
    {
        var below = lines.NextWritten(last + 1);
        var quoteFollows = below < lines.Count && lines[below].Kind == LineKind.Quote;
        var nearest = -1;
        var whole = false;
        var stop = Math.Max(0, last - WrappedLines + 1);
        for (var first = last; first >= stop; first--)
        {
            var kind = lines[first].Kind;
            if (kind == LineKind.Blank)
            {
                // Only a bracketed address is set off by blank lines.
                if (first + 1 < lines.Count && LineShape.Trim(lines.Of(first + 1)) is not ['<', ..])
                {
                    break;
                }

                continue;
            }

            if (kind is not (LineKind.Text or LineKind.SentFrom)
                || first < last && lines.Of(first) is [.., ':' or '：' or '?' or '!' or ';'])
            {
                break;
            }

            var span = text.AsSpan(lines[first].Start, lines[last].End - lines[first].Start);
            if (span.Length > Attribution.LongestSpan)
            {
                break;
            }

            if (!Attribution.Matches(span, quoteFollows))
            {
                continue;
            }

            var start = LineShape.Trim(lines.Of(first));
            var startsHere = Attribution.MayStart(start);
            if (startsHere && Attribution.StartsLikeDate(Attribution.Bare(start)))
            {
                return IncludeLineAbove(first);
            }

            if (nearest < 0)
            {
                nearest = first;
                whole = startsHere;
            }
            else if (whole)
            {
                // What matched is complete, and the line above it is no date: that line is the reply's.
                break;
            }
        }

        return nearest < 0 ? last + 1 : whole ? nearest : IncludeName(nearest);
    }

    /// <summary>
    /// A time of day looks like the start: "Joe &lt;joe@example.org&gt; 于2025年10月8日周三" may stand on the line above "下午4:00写道：",
    /// "On Oct 8, 2025," above "at 16:00, Joe wrote:".
    /// </summary>
    private int IncludeLineAbove(int first)
    {
        if (first > 0 && lines[first - 1].Kind == LineKind.Text)
        {
            var above = LineShape.Trim(lines.Of(first - 1));
            var person = above.Length < 200
                && Attribution.HasAddress(above) && Attribution.HasDate(above) && !Attribution.HasAddress(lines.Of(first));
            var date = above is [.., ','] && above.Length < 60 && Attribution.StartsLikeDate(above);
            if (person || date)
            {
                return first - 1;
            }
        }

        return first;
    }

    /// <summary>A span that starts within brackets or at "wrote" lacks its name, which stands on the line above.</summary>
    private int IncludeName(int first) =>
        first > 0 && lines[first - 1].Kind == LineKind.Text ? first - 1 : first;

    /// <summary>Some clients glue the attribution to the reply's last line: what stands before it is the reply's.</summary>
    private void PartSharedLine(int first)
    {
        var line = lines.Of(first);
        var at = Attribution.StartWithin(line);
        if (at > 0)
        {
            var before = LineShape.Trim(line[..at]).TrimEnd("-_ ");
            if (!before.IsEmpty)
            {
                lines[first].Kind = LineKind.Text;
                lines[first].End = lines[first].Start + line.IndexOf(before) + before.Length;
                lines[first].EndsInAttribution = true;
            }
        }
    }

    private void MarkHeaderBlocks()
    {
        var i = 0;
        while (i < lines.Count)
        {
            if (lines[i].Kind is LineKind.Text && LineShape.TryHeader(lines.Of(i), out _))
            {
                i = MarkHeaderBlock(i);
            }
            else
            {
                i++;
            }
        }
    }

    /// <summary>
    /// Marks the header block that starts here if it is one: several fields of different kinds, of which one names an address or
    /// a time. A person's own list of points does not.
    /// </summary>
    /// <returns>Where to go on.</returns>
    private int MarkHeaderBlock(int start)
    {
        var fields = 0;
        var addressed = false;
        var evidence = false;
        var last = start;
        var continued = false;
        var i = start;
        for (; i < lines.Count && i - last <= 2; i++)
        {
            if (lines[i].Kind == LineKind.Blank)
            {
                // Some clients set every field apart; two blank lines end the block, and so does text below one.
                if (i > start && lines[i - 1].Kind == LineKind.Blank)
                {
                    break;
                }
            }
            else if (lines[i].Kind is LineKind.Text or LineKind.Attribution && LineShape.TryHeader(lines.Of(i), out var field))
            {
                fields |= 1 << (int)field;
                var value = lines.Of(i);
                value = value[..Math.Min(value.Length, Attribution.LongestSpan)];
                addressed |= Attribution.HasAddress(value);
                evidence |= addressed || Attribution.HasDate(value);
                last = i;
                continued = false;
            }
            else if (lines[i].Kind is LineKind.Text && i == last + 1 && !continued)
            {
                continued = true;
            }
            else
            {
                break;
            }
        }

        var count = BitOperations.PopCount((uint)fields);
        var isBlock = count >= 3 && evidence || count == 2 && addressed && (fields & FromOrDate) != 0;
        if (!isBlock)
        {
            // Nor can a part of it be one.
            return last + 1;
        }

        for (var j = start; j <= last; j++)
        {
            lines[j].Kind = LineKind.Embedded;
        }

        // What is left of a wrapped last field would pass for text.
        if (continued && last + 1 < lines.Count && last + 2 < lines.Count && lines[last + 1].Kind == LineKind.Text
            && lines[last + 2].Kind == LineKind.Blank && lines.Of(last + 1).Length < 60
            && LineShape.TryHeader(lines.Of(last), out var end)
            && end != HeaderField.Subject)
        {
            lines[last + 1].Kind = LineKind.Embedded;
        }

        return last + 1;
    }

    /// <summary>
    /// A quoted line that a client has wrapped goes on unmarked: "&gt; a long line that\nwraps\n&gt; and goes on".
    /// </summary>
    private void MarkWrappedQuotes()
    {
        for (var i = 1; i + 1 < lines.Count; i++)
        {
            if (lines[i].Kind == LineKind.Text && lines[i - 1].Kind == LineKind.Quote && lines[i + 1].Kind == LineKind.Quote)
            {
                var line = LineShape.Trim(lines.Of(i));
                var above = LineShape.Trim(lines.Of(i - 1));
                var full = above.Length >= WrappedAt && above is not [.., '.' or '!' or '?' or ':'];
                if (full && line.Length > 12 && char.IsLower(line[0])
                    || line[^1] == '>'
                    || line[^1] == ')' && !line.Contains('(') && above.LastIndexOf('(') > above.LastIndexOf(')')
                    || line[0] is '(' or '<' && line.Contains("://", StringComparison.Ordinal))
                {
                    lines[i].Kind = LineKind.Quote;
                }
            }
        }
    }
}
