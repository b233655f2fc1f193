namespace BscFlow.Mail;

/// <summary>Decides which lines of a mail are the reply, once each line is known for what it is.</summary>
/// <remarks>
/// The order of the questions: where does something end that nobody wrote (signature, footer)? Is there an unmarked original
/// below an attribution? Does the reply stand above the quote, below it, or between its parts?
/// </remarks>
internal ref struct ReplyCut
{
    /// <summary>
    /// A tail of fewer lines below the whole quote is a closing word, not an answer that needs the quote to be read.
    /// </summary>
    private const int LongTail = 7;

    private readonly string _text;
    private readonly ReplyLines _lines;
    private int _end;

    /// <summary>From this line on nobody can tell whether unmarked text is the sender's own.</summary>
    private int _doubtful;

    private ReplyCut(string text, ReplyLines lines)
    {
        _text = text;
        _lines = lines;
        _end = lines.Count;
        _doubtful = lines.Count;
    }

    public static Reply Of(string text)
    {
        using ReplyLines lines = new(text);
        return new ReplyCut(text, lines).Decide();
    }

    private Reply Decide()
    {
        EndAtSignature();
        EndAtOriginal();
        var first = First(LineKind.Text, 0);
        if (first == _end)
        {
            return new Reply(OnlyQuotes(), "");
        }

        var attributed = IsAttributedBefore(first);
        var lastText = LastText();
        var quote = First(LineKind.Quote, first);
        var quotesBelow = quote < lastText;
        var written = _lines.Join(0, Math.Min(lastText + 1, _doubtful), keepQuotes: false);
        if (!quotesBelow)
        {
            // All of it stands in one piece: above the quote, below it, or without any.
            return new Reply(_lines.Join(attributed ? first : 0, lastText + 1, keepQuotes: true), written);
        }

        return new Reply(_lines.Join(0, lastText + 1, keepQuotes: !IsClosingWord(quote, lastText)), written);
    }

    /// <summary>
    /// Ends the mail at a signature, a list's footer, or a phone's line with nothing but an unmarked original below.
    /// </summary>
    private void EndAtSignature()
    {
        var written = false;
        var lastQuote = _lines.Count - 1;
        while (lastQuote >= 0 && _lines[lastQuote].Kind != LineKind.Quote)
        {
            lastQuote--;
        }

        for (var i = 0; i < _lines.Count; i++)
        {
            switch (_lines[i].Kind)
            {
                case LineKind.Text when written && GatewayWords.IsFooterTitle(LineShape.Trim(_lines.Of(i)))
                    && MentionsFooter(_lines.NextWritten(i + 1)):
                    _end = i;
                    return;
                case LineKind.Text:
                    written = true;
                    break;
                case LineKind.SignatureMark:
                case LineKind.Rule when written && IsRuleAboveFooter(i):
                    _end = i;
                    return;
                case LineKind.SentFrom when !StandsAlone(i):
                    _lines[i].Kind = LineKind.Text;
                    written = true;
                    break;
                case LineKind.SentFrom when written && lastQuote < i:
                    _end = i;
                    return;
                default:
                    break;
            }
        }
    }

    /// <summary>A phone's line is a paragraph of its own, or at least ends one.</summary>
    private readonly bool StandsAlone(int line)
    {
        var above = line == 0 || _lines[line - 1].Kind != LineKind.Text;
        var below = line + 1 >= _lines.Count || _lines[line + 1].Kind != LineKind.Text;
        return above || below;
    }

    /// <summary>
    /// A rule set off by blank lines on both sides parts two pieces of one letter, and one right between two lines underlines a
    /// heading; a rule with text right below it, or with a footer's words, starts what is appended.
    /// </summary>
    private readonly bool IsRuleAboveFooter(int rule)
    {
        var below = _lines.NextWritten(rule + 1);
        if (below == _lines.Count)
        {
            return true;
        }

        if (_lines[below].Kind is not LineKind.Text)
        {
            return false;
        }

        var set = rule > 0 && _lines[rule - 1].Kind == LineKind.Blank;
        return set && below == rule + 1 || MentionsFooter(below);
    }

    /// <summary>Whether the next few lines speak as the footer of a list, a tracker or a legal department.</summary>
    private readonly bool MentionsFooter(int from)
    {
        for (var i = from; i < Math.Min(from + 4, _lines.Count); i++)
        {
            var line = _lines.Of(i);
            if (line[..Math.Min(line.Length, 400)].IndexOfAny(ReplyLanguages.Footers) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Ends the mail where an original starts that bears no quote marks, if something was written above it.</summary>
    /// <remarks>
    /// Marks prove nothing where a mail is forwarded: they are those of the mail that is forwarded, and what stands below them is
    /// its writer's.
    /// </remarks>
    private void EndAtOriginal()
    {
        var above = false;
        for (var i = 0; i < _end; i++)
        {
            var kind = _lines[i].Kind;
            above |= kind == LineKind.Text;
            var original = kind is LineKind.Attribution or LineKind.Embedded ? i : _lines[i].EndsInAttribution ? i + 1 : -1;
            if (original >= 0)
            {
                var next = original;
                var (embedded, forwarded) = (false, false);
                while (next < _end
                    && _lines[next].Kind is LineKind.Attribution or LineKind.Embedded or LineKind.Blank or LineKind.Rule)
                {
                    forwarded |= embedded && _lines[next].Kind == LineKind.Attribution
                        || LineShape.IsForwarding(LineShape.Trim(_lines.Of(next)));
                    embedded |= _lines[next].Kind == LineKind.Embedded;
                    next++;
                }

                var marked = next < _end && _lines[next].Kind == LineKind.Quote && !forwarded;
                if (above && !marked)
                {
                    _end = original;
                    return;
                }

                if (!marked)
                {
                    _doubtful = Math.Min(_doubtful, original);
                }

                i = next - 1;
            }
        }
    }

    private readonly int First(LineKind kind, int from)
    {
        while (from < _end && _lines[from].Kind != kind)
        {
            from++;
        }

        return from;
    }

    private readonly int LastText()
    {
        var last = _end - 1;
        while (_lines[last].Kind != LineKind.Text)
        {
            last--;
        }

        return last;
    }

    /// <summary>Whether what stands above this line is somebody's mail: quoted under an attribution, or forwarded.</summary>
    private readonly bool IsAttributedBefore(int line)
    {
        for (var i = 0; i < line; i++)
        {
            if (_lines[i].Kind is LineKind.Attribution or LineKind.Embedded)
            {
                return true;
            }

            if (_lines[i].Kind == LineKind.Quote)
            {
                return QuotesAnAttribution(i, line);
            }
        }

        return false;
    }

    /// <summary>
    /// Apple's and other clients' attribution stands inside the quote (<c>&gt; On ..., Joe wrote:</c>), and so does the header
    /// block of an Outlook mail whose HTML was turned into text.
    /// </summary>
    private readonly bool QuotesAnAttribution(int from, int to)
    {
        var start = _lines[from].Start;
        var fields = 0;
        for (var i = from; i < Math.Min(from + 4, to); i++)
        {
            var line = Attribution.Bare(_lines.Of(i));
            var span = _text.AsSpan(start, _lines[i].End - start);
            fields += LineShape.TryHeader(line, out _) ? 1 : 0;
            if (fields > 1 || line is [.., ':' or '：'] && Attribution.Matches(span, quoteFollows: false))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// With a sentence above the one quote and a few lines below it, the quote only parts the two: the reply reads without it.
    /// After a bare greeting the lines below answer it.
    /// </summary>
    private readonly bool IsClosingWord(int quote, int lastText)
    {
        var above = 0;
        var below = 0;
        var greeting = false;
        for (var i = 0; i <= lastText; i++)
        {
            if (_lines[i].Kind == LineKind.Text)
            {
                if (i < quote)
                {
                    above++;
                    greeting = LineShape.Trim(_lines.Of(i)) is [.., ',' or '!' or '，' or '、'];
                }
                else
                {
                    below++;
                }
            }
            else if (_lines[i].Kind == LineKind.Quote && (below > 0 || above == 0))
            {
                return false;
            }
        }

        return below < LongTail && !(above == 1 && greeting) && IsAttributedBefore(quote) && !HasQuoteAfter(lastText);
    }

    private readonly bool HasQuoteAfter(int line) => First(LineKind.Quote, line) < _end;

    /// <summary>
    /// A mail of quotes alone: nothing was written if they are somebody's mail, else they were put there on purpose.
    /// </summary>
    private readonly string OnlyQuotes()
    {
        var quote = First(LineKind.Quote, 0);
        if (quote == _end || IsAttributedBefore(quote) || QuotesAnAttribution(quote, _end))
        {
            return "";
        }

        var last = _end - 1;
        while (_lines[last].Kind != LineKind.Quote)
        {
            last--;
        }

        return _lines.Join(quote, last + 1, keepQuotes: true);
    }
}
