using System.Buffers;

namespace BscFlow.Mail;

/// <summary>Tells what a line of a mail is by itself.</summary>
internal static class LineShape
{
    private static readonly SearchValues<char> RuleChars =
        SearchValues.Create("-_,=+~#*\u1427\u2010\u2011\u2012\u2013\u2014\u2015\u2500\u2501");

    /// <summary>What of a title says that the mail below it is passed on, and not answered.</summary>
    private static readonly SearchValues<string> Forwarding = SearchValues.Create(
        [
            "forward", "weitergeleitet", "transféré", "transmis", "réexpédié",
            "reenvia", "encaminhada", "inoltrat", "doorgestuurd",
            "vidarebefordrat", "videresendt", "edelleenlähetetty", "välitetty", "przekazan", "přeposl", "předaná", "preposlaná",
            "proslijeđena", "prosleđena", "posredovano", "redirec", "továbbított", "пересыла", "переадресован", "пересланное",
            "переслане", "пересила", "препратено", "προωθημέν", "yönlendirilen",
            "iletilen", "مُعاد", "معاد", "שהועברה", "chuyển tiếp",
            "terusan", "转发", "轉寄", "転送", "전달",
        ],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>The line without blanks and invisible characters at both ends.</summary>
    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> line)
    {
        var start = 0;
        while (start < line.Length && IsInvisible(line[start]))
        {
            start++;
        }

        var end = line.Length;
        while (end > start && IsInvisible(line[end - 1]))
        {
            end--;
        }

        return line[start..end];
    }

    /// <summary>Blanks of all widths, none too; marks of writing direction; the byte order mark.</summary>
    public static bool IsInvisible(char c) => c <= ' '
        || c >= '\u00A0' && c is '\u00A0' or '\u1680' or '\u180E' or '\u205F' or '\u2060' or '\u3000' or '\uFEFF'
            or (>= '\u2000' and <= '\u200F') or (>= '\u202A' and <= '\u202F') or (>= '\u2066' and <= '\u2069');

    /// <summary>What a line is, without the blanks at its ends.</summary>
    public static LineKind Judge(ReadOnlySpan<char> line)
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

    /// <summary>Whether a line, quoted or not, reads as a field of a header block.</summary>
    public static bool TryHeader(ReadOnlySpan<char> line, out HeaderField field)
    {
        line = Trim(line);
        var lead = line[..Math.Min(32, line.Length)];
        var colon = lead.IndexOfAny(':', '：');
        if (colon > 0)
        {
            var name = lead[..colon].Trim("*_> \t\u00A0\u200E\u200F");
            return ReplyLanguages.Headers.TryGetValue(name, out field);
        }

        field = default;
        return false;
    }

    /// <summary>Whether a line is the title of a mail that is passed on.</summary>
    public static bool IsForwarding(ReadOnlySpan<char> line) => line.ContainsAny(Forwarding) && IsTitle(line);

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
                var mark = line[..Math.Min(12, line.Length)].IndexOf('>');
                return mark > 0
                    && IsName(line[..mark])
                    && (mark + 1 == line.Length || line[mark + 1] is ' ' or '>');
        }
    }

    private static bool IsName(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
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
        if (line.StartsWith("Original Message processed by ", StringComparison.Ordinal))
        {
            return true;
        }

        if (line.Length > 120 || line[0] is not ('-' or '_' or '*' or '=' or ' ') && line[^1] is not (':' or '：'))
        {
            return false;
        }

        var bare = line.Trim("-_*= \u00A0");
        var colon = bare is [.., ':' or '：'];
        var title = colon ? bare[..^1].TrimEnd() : bare;
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

        var bare = line.TrimStart("(<[*_\"").TrimStart();
        if (bare.IsEmpty)
        {
            return false;
        }

        foreach (var phrase in ReplyLanguages.SentFrom.StartingAs(bare))
        {
            if (bare.StartsWith(phrase, StringComparison.OrdinalIgnoreCase))
            {
                var device = bare[phrase.Length..];
                return device.IndexOfAny(',', ';') < 0 && device.Length < 120 && device is not [.., ':']
                    || device.IndexOfAny(ReplyLanguages.Apologies) >= 0;
            }
        }

        if (bare.Length < 80)
        {
            var end = bare.TrimEnd(".)>]*_");
            foreach (var ending in ReplyLanguages.SentFromEndings.EndingAs(end))
            {
                if (end.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                {
                    return end.Count(' ') <= 6 && !end.Contains(',');
                }
            }
        }

        return false;
    }
}
