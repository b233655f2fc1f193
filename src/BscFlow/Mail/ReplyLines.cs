using System.Buffers;
using System.Numerics;

namespace BscFlow.Mail;

/// <summary>What a line of a mail is, judged by itself and its neighbours.</summary>
internal enum LineKind : byte
{
    Blank,
    Text,

    /// <summary>Marked as quoted: <c>&gt; ...</c>, <c>| ...</c>, <c>JD&gt; ...</c>.</summary>
    Quote,

    /// <summary>Says who wrote what follows, and when.</summary>
    Attribution,

    /// <summary>"-----Original Message-----", "Begin forwarded message:" and the header block below.</summary>
    Embedded,

    /// <summary>The line before a signature: <c>-- </c> and its like.</summary>
    SignatureMark,

    /// <summary>A line drawn with dashes, underscores and so on.</summary>
    Rule,

    /// <summary>"Sent from my phone".</summary>
    SentFrom,

    /// <summary>The opening of a mail signed inline with PGP.</summary>
    Armor,
}

/// <summary>A line without its end; positions in the mail's text.</summary>
internal struct ReplyLine
{
    public int Start;
    public int End;
    public LineKind Kind;

    /// <summary>An attribution followed on the same line and was cut off it: "+1 On Wed, Oct 8, 2025, Joe wrote:".</summary>
    public bool EndsInAttribution;
}

/// <summary>Splits a mail's text into lines and tells what each of them is, in time linear in the text.</summary>
internal sealed class ReplyLines : IDisposable
{
    /// <summary>Lines of one attribution, blank ones counted.</summary>
    private const int WrappedLines = 6;

    private static readonly SearchValues<char> Invisible = SearchValues.Create(" \t\u00A0\u1680\u180E\u2000\u2001\u2002\u2003\u2004\u2005\u2006" +
        "\u2007\u2008\u2009\u200A\u200B\u200C\u200D\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u202F\u205F\u2060\u2066\u2067\u2068\u2069" +
        "\u3000\uFEFF\f\v\u0000");

    private static readonly SearchValues<char> RuleChars = SearchValues.Create("-_,=+~#*\u1427\u2010\u2011\u2012\u2013\u2014\u2015\u2500\u2501");

    private readonly string _text;
    private ReplyLine[] _lines = ArrayPool<ReplyLine>.Shared.Rent(64);

    public ReplyLines(string text)
    {
        _text = text;
        Split();
        JoinAttributions();
        MarkHeaderBlocks();
        MarkWrappedQuotes();
    }

    public int Count { get; private set; }

    public ref ReplyLine this[int index] => ref _lines[index];

    public ReadOnlySpan<char> Of(int index) => _text.AsSpan(_lines[index].Start, _lines[index].End - _lines[index].Start);

    /// <summary>Index of the next line from <paramref name="from"/> on that is not blank, or <see cref="Count"/>.</summary>
    public int NextWritten(int from)
    {
        while (from < Count && _lines[from].Kind == LineKind.Blank)
        {
            from++;
        }

        return from;
    }

    public void Dispose()
    {
        ArrayPool<ReplyLine>.Shared.Return(_lines);
        _lines = [];
    }

    /// <summary>The line without blanks and invisible characters at both ends.</summary>
    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> line)
    {
        int start = line.IndexOfAnyExcept(Invisible);
        return start < 0 ? [] : line[start..(line.LastIndexOfAnyExcept(Invisible) + 1)];
    }

    private void Split()
    {
        ReadOnlySpan<char> text = _text;
        int start = 0;
        int fence = -1;
        bool armor = false;
        while (start < text.Length)
        {
            int length = text[start..].IndexOfAny('\r', '\n');
            int end = length < 0 ? text.Length : start + length;
            if (Count == _lines.Length)
            {
                Grow();
            }

            ReadOnlySpan<char> trimmed = Trim(text[start..end]);
            armor = trimmed.StartsWith("-----BEGIN PGP SIGNED MESSAGE", StringComparison.Ordinal) || armor && !trimmed.IsEmpty;
            _lines[Count] = new ReplyLine { Start = start, End = end, Kind = armor ? LineKind.Armor : Judge(trimmed) };
            if (trimmed.StartsWith("```", StringComparison.Ordinal))
            {
                fence = CloseFence(fence);
            }

            Count++;
            start = end + 1;
            if (end < text.Length && text[end] == '\r' && start < text.Length && text[start] == '\n')
            {
                start++;
            }
        }
    }

    private void Grow()
    {
        ReplyLine[] larger = ArrayPool<ReplyLine>.Shared.Rent(_lines.Length * 2);
        _lines.CopyTo(larger, 0);
        ArrayPool<ReplyLine>.Shared.Return(_lines);
        _lines = larger;
    }

    /// <summary>Code between two fences is text, whatever its lines look like. An open fence protects nothing.</summary>
    private int CloseFence(int open)
    {
        if (open < 0)
        {
            return Count;
        }

        for (int i = open; i <= Count; i++)
        {
            _lines[i].Kind = _lines[i].Kind == LineKind.Blank ? LineKind.Blank : LineKind.Text;
        }

        return -1;
    }

    private static LineKind Judge(ReadOnlySpan<char> line)
    {
        if (line.IsEmpty)
        {
            return LineKind.Blank;
        }

        if (IsQuote(line))
        {
            return LineKind.Quote;
        }

        if (!line.ContainsAnyExcept(RuleChars))
        {
            return JudgeRule(line);
        }

        return IsTitle(line) ? LineKind.Embedded
            : IsPgpSignature(line) ? LineKind.SignatureMark
            : IsSentFrom(line) ? LineKind.SentFrom
            : LineKind.Text;
    }

    private static LineKind JudgeRule(ReadOnlySpan<char> line) => line switch
    {
        // A lone one is a bullet, or the Gmail extension's mark that is drawn below what was written.
        ['\u1427'] or ['\u2014'] or ['\u2013'] or ['_', '_'] or ['-', '-'] => LineKind.SignatureMark,
        [_] => LineKind.Text,
        _ => LineKind.Rule,
    };

    private static bool IsQuote(ReadOnlySpan<char> line)
    {
        switch (line[0])
        {
            case '>' or '\uFF1E':
                // ">>> www.example.org <<<" is drawn by hand.
                return !(line is ['>', '>', .., '<', '<'] && line.ContainsAnyExcept('>', '<', ' ')) && !Attribution.IsTail(line);
            case '|':
                // A row of a table ends as it starts.
                return line is ['|'] || line[^1] != '|';
            default:
                // Initials or a first name before the mark: "JD> ...".
                int mark = line[..Math.Min(12, line.Length)].IndexOf('>');
                return mark > 0
                    && IsName(line[..mark])
                    && (mark + 1 == line.Length || line[mark + 1] is ' ' or '>');
        }
    }

    private static bool IsName(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!char.IsLetter(c))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsTitle(ReadOnlySpan<char> line)
    {
        if (line.Length > 120 || line[0] is not ('-' or '_' or '*' or '=' or ' ') && line[^1] is not (':' or '：'))
        {
            return false;
        }

        ReadOnlySpan<char> bare = line.Trim("-_*= \u00A0");
        bool colon = bare is [.., ':' or '：'];
        ReadOnlySpan<char> title = colon ? bare[..^1].TrimEnd() : bare;
        return title.Length is > 2 and < 60
            && (colon || line[0] is '-' or '_' or '*' or '=')
            && ReplyLanguages.Titles.Contains(title);
    }

    private static bool IsPgpSignature(ReadOnlySpan<char> line) =>
        line[0] == '-' && (line is "- --" || line.StartsWith("-----BEGIN PGP SIGNATURE", StringComparison.Ordinal));

    private static bool IsSentFrom(ReadOnlySpan<char> line)
    {
        if (line.Length is < 6 or > 160)
        {
            return false;
        }

        ReadOnlySpan<char> bare = line.TrimStart("(<[*_\"").TrimStart();
        if (bare.IsEmpty)
        {
            return false;
        }

        foreach (string phrase in ReplyLanguages.SentFrom.StartingAs(bare))
        {
            if (bare.StartsWith(phrase, StringComparison.OrdinalIgnoreCase))
            {
                ReadOnlySpan<char> device = bare[phrase.Length..];
                return device.IndexOfAny(',', ';') < 0 && device.Length < 120 && device is not [.., ':']
                    || device.IndexOfAny(ReplyLanguages.Apologies) >= 0;
            }
        }

        if (bare.Length < 80)
        {
            ReadOnlySpan<char> end = bare.TrimEnd(".)>]*_");
            foreach (string ending in ReplyLanguages.SentFromEndings.EndingAs(end))
            {
                if (end.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                {
                    return end.Count(' ') <= 6 && !end.Contains(',');
                }
            }
        }

        return false;
    }

    private void JoinAttributions()
    {
        for (int i = 0; i < Count; i++)
        {
            if (_lines[i].Kind is LineKind.Text or LineKind.SentFrom)
            {
                ReadOnlySpan<char> line = Trim(Of(i));
                if (line.Length <= Attribution.LongestSpan && Attribution.MayEnd(line))
                {
                    int first = FirstOfAttribution(i);
                    for (int j = first; j <= i; j++)
                    {
                        _lines[j].Kind = LineKind.Attribution;
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
        int below = NextWritten(last + 1);
        bool quoteFollows = below < Count && _lines[below].Kind == LineKind.Quote;
        int nearest = -1;
        bool whole = false;
        int stop = Math.Max(0, last - WrappedLines + 1);
        for (int first = last; first >= stop; first--)
        {
            LineKind kind = _lines[first].Kind;
            if (kind == LineKind.Blank)
            {
                // Only a bracketed address is set off by blank lines.
                if (first + 1 < Count && Trim(Of(first + 1)) is not ['<', ..])
                {
                    break;
                }

                continue;
            }

            if (kind is not (LineKind.Text or LineKind.SentFrom) || first < last && Of(first) is [.., ':' or '：' or '?' or '!' or ';'])
            {
                break;
            }

            ReadOnlySpan<char> span = _text.AsSpan(_lines[first].Start, _lines[last].End - _lines[first].Start);
            if (span.Length > Attribution.LongestSpan)
            {
                break;
            }

            if (!Attribution.Matches(span, quoteFollows))
            {
                continue;
            }

            ReadOnlySpan<char> start = Trim(Of(first));
            bool startsHere = Attribution.MayStart(start);
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
        if (first > 0 && _lines[first - 1].Kind == LineKind.Text)
        {
            ReadOnlySpan<char> above = Trim(Of(first - 1));
            bool person = above.Length < 200 && Attribution.HasAddress(above) && Attribution.HasDate(above) && !Attribution.HasAddress(Of(first));
            bool date = above is [.., ','] && above.Length < 60 && Attribution.StartsLikeDate(above);
            if (person || date)
            {
                return first - 1;
            }
        }

        return first;
    }

    /// <summary>A span that starts within brackets or at "wrote" lacks its name, which stands on the line above.</summary>
    private int IncludeName(int first) =>
        first > 0 && _lines[first - 1].Kind == LineKind.Text ? first - 1 : first;

    /// <summary>Some clients glue the attribution to the reply's last line: what stands before it is the reply's.</summary>
    private void PartSharedLine(int first)
    {
        ReadOnlySpan<char> line = Of(first);
        int at = Attribution.StartWithin(line);
        if (at > 0)
        {
            ReadOnlySpan<char> before = Trim(line[..at]).TrimEnd("-_ ");
            if (!before.IsEmpty)
            {
                _lines[first].Kind = LineKind.Text;
                _lines[first].End = _lines[first].Start + line.IndexOf(before) + before.Length;
                _lines[first].EndsInAttribution = true;
            }
        }
    }

    private void MarkHeaderBlocks()
    {
        int i = 0;
        while (i < Count)
        {
            if (_lines[i].Kind is LineKind.Text && TryHeader(i, out _))
            {
                i = MarkHeaderBlock(i);
            }
            else
            {
                i++;
            }
        }
    }

    /// <summary>Marks the header block that starts here if it is one.</summary>
    /// <returns>Where to go on.</returns>
    private int MarkHeaderBlock(int start)
    {
        int fields = 0;
        bool evidence = false;
        int last = start;
        bool continued = false;
        int i = start;
        for (; i < Count && i - last <= 2; i++)
        {
            if (_lines[i].Kind == LineKind.Blank)
            {
                // Some clients set every field apart; two blank lines end the block, and so does text below one.
                if (i > start && _lines[i - 1].Kind == LineKind.Blank)
                {
                    break;
                }
            }
            else if (_lines[i].Kind is LineKind.Text or LineKind.Attribution && TryHeader(i, out HeaderField field))
            {
                fields |= 1 << (int)field;
                evidence |= HasEvidence(Of(i));
                last = i;
                continued = false;
            }
            else if (_lines[i].Kind is LineKind.Text && i == last + 1 && !continued)
            {
                continued = true;
            }
            else
            {
                break;
            }
        }

        int count = BitOperations.PopCount((uint)fields);
        bool isBlock = count >= 3 && evidence || count == 2 && evidence && (fields & ((1 << (int)HeaderField.From) | (1 << (int)HeaderField.Date))) != 0
            && (fields & (1 << (int)HeaderField.Other)) == 0;
        if (!isBlock)
        {
            // Nor can a part of it be one.
            return last + 1;
        }

        for (int j = start; j <= last; j++)
        {
            _lines[j].Kind = LineKind.Embedded;
        }

        // What is left of a wrapped last field would pass for text.
        if (continued && last + 1 < Count && last + 2 < Count && _lines[last + 1].Kind == LineKind.Text
            && _lines[last + 2].Kind == LineKind.Blank && Of(last + 1).Length < 60 && TryHeader(last, out HeaderField end)
            && end != HeaderField.Subject)
        {
            _lines[last + 1].Kind = LineKind.Embedded;
        }

        return last + 1;
    }

    /// <summary>A header block names an address or a time somewhere; a person's list of points does not.</summary>
    private static bool HasEvidence(ReadOnlySpan<char> line)
    {
        ReadOnlySpan<char> bounded = line[..Math.Min(line.Length, Attribution.LongestSpan)];
        return Attribution.HasAddress(bounded) || Attribution.HasDate(bounded);
    }

    /// <summary>Whether a line, quoted or not, reads as a field of a header block.</summary>
    public bool TryHeader(int index, out HeaderField field)
    {
        ReadOnlySpan<char> line = Trim(Of(index));
        ReadOnlySpan<char> lead = line[..Math.Min(32, line.Length)];
        int colon = lead.IndexOfAny(':', '：');
        if (colon > 0)
        {
            ReadOnlySpan<char> name = lead[..colon].Trim("*_> \t\u00A0\u200E\u200F");
            return ReplyLanguages.Headers.TryGetValue(name, out field);
        }

        field = default;
        return false;
    }

    /// <summary>A quoted line that a client has wrapped goes on unmarked: "&gt; a long line that\nwraps\n&gt; and goes on".</summary>
    private void MarkWrappedQuotes()
    {
        for (int i = 1; i + 1 < Count; i++)
        {
            if (_lines[i].Kind == LineKind.Text && _lines[i - 1].Kind == LineKind.Quote && _lines[i + 1].Kind == LineKind.Quote)
            {
                ReadOnlySpan<char> line = Trim(Of(i));
                if (Of(i - 1).Length >= 55 && line.Length > 12 && char.IsLower(line[0])
                    || line[^1] == '>'
                    || line[^1] == ')' && !line.Contains('(')
                    || line[0] is '(' or '<' && line.Contains("://", StringComparison.Ordinal))
                {
                    _lines[i].Kind = LineKind.Quote;
                }
            }
        }
    }
}
