namespace BscFlow.Mail;

/// <summary>
/// Finds where a mail ends, once each line is known for what it is: at what nobody wrote (a signature, a footer), and at an
/// original below an attribution that bears no quote marks.
/// </summary>
internal readonly ref struct ReplyEnd(ReplyLines lines)
{
    /// <returns>
    /// The line behind the last, and the one from which on nobody can tell whether unmarked text is the sender's own.
    /// </returns>
    public (int End, int Doubtful) Find() => AtOriginal(AtSignature());

    /// <summary>
    /// Ends the mail at a signature, a list's footer, or a phone's line with nothing but an unmarked original below.
    /// </summary>
    /// <returns>The line of which it is; behind the last where there is none.</returns>
    private int AtSignature()
    {
        var written = false;
        var lastQuote = lines.Count - 1;
        while (lastQuote >= 0 && lines[lastQuote].Kind != LineKind.Quote)
        {
            lastQuote--;
        }

        for (var i = 0; i < lines.Count; i++)
        {
            switch (lines[i].Kind)
            {
                case LineKind.Text when written && GatewayWords.IsFooterTitle(LineShape.Trim(lines.Of(i)))
                    && MentionsFooter(lines.NextWritten(i + 1)):
                    return i;
                case LineKind.Text:
                    written = true;
                    break;
                case LineKind.SignatureMark:
                case LineKind.Rule when written && IsRuleAboveFooter(i):
                    return i;
                case LineKind.SentFrom when !StandsAlone(i):
                    lines[i].Kind = LineKind.Text;
                    written = true;
                    break;
                case LineKind.SentFrom when written && lastQuote < i:
                    return i;
                default:
                    break;
            }
        }

        return lines.Count;
    }

    /// <summary>A phone's line is a paragraph of its own, or at least ends one.</summary>
    private bool StandsAlone(int line)
    {
        var above = line == 0 || lines[line - 1].Kind != LineKind.Text;
        var below = line + 1 >= lines.Count || lines[line + 1].Kind != LineKind.Text;
        return above || below;
    }

    /// <summary>
    /// A rule set off by blank lines on both sides parts two pieces of one letter, and one right between two lines underlines a
    /// heading; a rule with text right below it, or with a footer's words, starts what is appended.
    /// </summary>
    private bool IsRuleAboveFooter(int rule)
    {
        var below = lines.NextWritten(rule + 1);
        if (below == lines.Count)
        {
            return true;
        }

        if (lines[below].Kind is not LineKind.Text)
        {
            return false;
        }

        var set = rule > 0 && lines[rule - 1].Kind == LineKind.Blank;
        return set && below == rule + 1 || MentionsFooter(below);
    }

    /// <summary>Whether the next few lines speak as the footer of a list, a tracker or a legal department.</summary>
    private bool MentionsFooter(int from)
    {
        for (var i = from; i < Math.Min(from + 4, lines.Count); i++)
        {
            var line = lines.Of(i);
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
    private (int End, int Doubtful) AtOriginal(int end)
    {
        var (above, doubtful) = (false, lines.Count);
        for (var i = 0; i < end; i++)
        {
            var kind = lines[i].Kind;
            above |= kind == LineKind.Text;
            var original = kind is LineKind.Attribution or LineKind.Embedded ? i : lines[i].EndsInAttribution ? i + 1 : -1;
            if (original >= 0)
            {
                var next = original;
                var (embedded, forwarded) = (false, false);
                while (next < end
                    && lines[next].Kind is LineKind.Attribution or LineKind.Embedded or LineKind.Blank or LineKind.Rule)
                {
                    forwarded |= embedded && lines[next].Kind == LineKind.Attribution
                        || LineShape.IsForwarding(LineShape.Trim(lines.Of(next)));
                    embedded |= lines[next].Kind == LineKind.Embedded;
                    next++;
                }

                var marked = next < end && lines[next].Kind == LineKind.Quote && !forwarded;
                if (above && !marked)
                {
                    return (original, doubtful);
                }

                if (!marked)
                {
                    doubtful = Math.Min(doubtful, original);
                }

                i = next - 1;
            }
        }

        return (end, doubtful);
    }
}
