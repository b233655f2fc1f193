namespace BscFlow.Mail;

/// <summary>Decides which lines of a mail are the reply, once each line is known for what it is.</summary>
/// <remarks>
/// The order of the questions: where does it end (<see cref="ReplyEnd"/>)? Does the reply stand above the quote, below it, or
/// between its parts?
/// </remarks>
internal readonly ref struct ReplyCut
{
    /// <summary>
    /// A tail of fewer lines below the whole quote is a closing word, not an answer that needs the quote to be read.
    /// </summary>
    private const int LongTail = 7;

    private readonly string _text;
    private readonly ReplyLines _lines;
    private readonly int _end;

    /// <summary>From this line on nobody can tell whether unmarked text is the sender's own.</summary>
    private readonly int _doubtful;

    private ReplyCut(string text, ReplyLines lines)
    {
        _text = text;
        _lines = lines;
        (_end, _doubtful) = new ReplyEnd(lines).Find();
    }

    public static Reply Of(string text)
    {
        using ReplyLines lines = new(text);
        return new ReplyCut(text, lines).Decide();
    }

    private Reply Decide()
    {
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

    private int First(LineKind kind, int from)
    {
        while (from < _end && _lines[from].Kind != kind)
        {
            from++;
        }

        return from;
    }

    private int LastText()
    {
        var last = _end - 1;
        while (_lines[last].Kind != LineKind.Text)
        {
            last--;
        }

        return last;
    }

    /// <summary>Whether what stands above this line is somebody's mail: quoted under an attribution, or forwarded.</summary>
    private bool IsAttributedBefore(int line)
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
    private bool QuotesAnAttribution(int from, int to)
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
    private bool IsClosingWord(int quote, int lastText)
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

    private bool HasQuoteAfter(int line) => First(LineKind.Quote, line) < _end;

    /// <summary>
    /// A mail of quotes alone: nothing was written if they are somebody's mail, else they were put there on purpose.
    /// </summary>
    private string OnlyQuotes()
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
