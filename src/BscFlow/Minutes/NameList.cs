using System.Buffers;
using System.Collections.Frozen;

namespace BscFlow.Minutes;

/// <summary>A person as one line names them.</summary>
/// <param name="Chairing">The line says that they chair.</param>
/// <param name="Left">A remark behind the name says that they left before the end: "(left at 15:40)".</param>
internal readonly record struct ListedName(string Name, string? Affiliation, bool Chairing, bool Left);

/// <summary>Reads people from a line: "A B", "A B (Org)", "A B, Org", "A B, C D - Org", "A B @handle (chair)", "A B and C D".</summary>
internal static class NameList
{
    private const int LongestName = 60;

    private static readonly FrozenSet<string> Nobody = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "none", "nobody", "no one", "n/a", "na", "tbd", "tba", "tbc", "all", "everyone", "everybody", "others", "and others", "et al",
        "unknown", "various", "name", "names", "yes", "no", "rotating", "vacant", "open");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> NobodyBySpan =
        Nobody.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string> OrganisationWords = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "inc", "inc.", "llc", "ltd", "ltd.", "limited", "corp", "corp.", "corporation", "gmbh", "co.", "s.a.", "ag", "plc", "b.v.", "company",
        "foundation", "university", "institute", "labs", "systems", "software", "studios", "studio", "technologies", "group", "committee",
        "council", "representative", "rep", "wg", "sig", "project", "games", "networks", "cloud", "research", "lab", "consortium");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> OrganisationWordsBySpan =
        OrganisationWords.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string> Particles = FrozenSet.Create(StringComparer.Ordinal,
        "van", "der", "den", "de", "la", "le", "du", "da", "dos", "do", "di", "del", "von", "zu", "bin", "ibn", "al", "el", "y", "e", "ten", "ter");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> ParticlesBySpan =
        Particles.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly SearchValues<string> AbsentWords = SearchValues.Create(
        ["regret", "absent", "apolog", "excused", "not present", "unable", "could not", "couldn't", "no show", "no-show", "missing",
            "not attending", "on leave", "out of office", "~~", ":x:"],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> NotThisChair =
        SearchValues.Create(["vice", "former", "chair of", "group"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Remarks = SearchValues.Create(
        ["join", "late", "left", "early", "first half", "second half", "first part", "until", "part", "remote", "phone", "chair", "scribe",
            "note", "minute", "guest", "voting", "vote", "proxy", "alternate", "observer", "he/", "she/", "they/", "tsc", "member", "host",
            "presiding", "moderat", "facilitat", "secretary", "online", "in person", "@", "min", "emeritus", "maintainer"],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the people of one line.</summary>
    /// <param name="bullet">Whether the line is a list item of its own among several, where "A B, C" is a person and an organisation.</param>
    /// <param name="found">Gets each person.</param>
    public static void Read(ReadOnlySpan<char> text, bool bullet, List<ListedName> found)
    {
        text = text.Trim().TrimStart("*_-\u2022\u2705\u2714\u2611 ").TrimEnd("*_;. ");
        if (text.IsEmpty || text[0] is '(' or '<')
        {
            return;
        }

        var tail = FindAffiliation(text);
        var head = tail < 0 ? text : text[..tail];
        var affiliation = tail < 0 ? null : Clean(text[tail..].TrimStart(" -\u2013\u2014|"));
        if (affiliation is not null && SaysAbsent(affiliation))
        {
            return;
        }

        if (affiliation is not null && AreInitials(head.Trim("*_ :"), affiliation))
        {
            // "JD - Jane Doe"
            head = affiliation;
            affiliation = null;
        }

        var chairing = affiliation is not null && SaysChair(affiliation);

        if (bullet && affiliation is null && CommaBeforeOrganisation(head) is > 0 and var comma)
        {
            affiliation = Clean(head[(comma + 1)..]);
            head = head[..comma];
        }

        var depth = 0;
        var start = 0;
        for (var i = 0; i <= head.Length; i++)
        {
            if (i < head.Length && head[i] is '(' or '[')
            {
                depth++;
            }
            else if (i < head.Length && head[i] is ')' or ']')
            {
                depth--;
            }
            else if (i == head.Length || (depth <= 0 && SeparatorAt(head, i) > 0))
            {
                One(head[start..i], affiliation, chairing, found);
                start = i == head.Length ? i : i + SeparatorAt(head, i);
                i = Math.Max(i, start - 1);
            }
        }
    }

    private static int SeparatorAt(ReadOnlySpan<char> text, int at) => text[at] switch
    {
        ',' or ';' or '\n' or '&' or '+' => 1,
        '/' when at > 0 && at + 1 < text.Length && (char.IsUpper(text[at + 1]) || text[at + 1] is ' ' or '@') => 1,
        ' ' when text[at..].StartsWith(" and ") => 5,
        ' ' when text[at..].StartsWith(" @") && IsHandle(text[..at]) => 1,
        _ => 0,
    };

    /// <summary>Whether the last word is a handle, so that a handle behind it is another person's.</summary>
    private static bool IsHandle(ReadOnlySpan<char> text)
    {
        text = text.TrimEnd();
        return text[(text.LastIndexOf(' ') + 1)..] is ['@', _, ..];
    }

    private static void One(ReadOnlySpan<char> text, string? affiliation, bool chairing, List<ListedName> found)
    {
        var left = false;
        var absent = SaysAbsent(text);
        text = text.TrimStart("[ ");
        var name = text.IndexOfAny('(', '[') is >= 0 and var first ? text[..first] : text;
        if (name.IsEmpty)
        {
            return;
        }

        for (var rest = text; rest.IndexOfAny('(', '[') is >= 0 and var open;)
        {
            rest = rest[(open + 1)..];
            var close = rest.IndexOfAny(')', ']');
            var inner = close < 0 ? rest : rest[..close];
            rest = rest[inner.Length..];
            absent |= SaysAbsent(inner);
            left |= SaysLeft(inner);
            if (SaysChair(inner))
            {
                chairing = true;
            }
            else if (!inner.ContainsAny(Remarks) && !inner.IsEmpty)
            {
                affiliation ??= Clean(inner);
            }
        }

        text = name;
        text = WithoutMarks(text);
        if (text.StartsWith("and ", StringComparison.Ordinal))
        {
            text = text[4..].TrimStart();
        }

        if (!absent && IsName(text))
        {
            found.Add(new(Clean(text), affiliation, chairing, left));
        }
    }

    private static bool AreInitials(ReadOnlySpan<char> initials, ReadOnlySpan<char> name)
    {
        if (initials.Length is < 2 or > 5 || initials.ContainsAnyExceptInRange('A', 'Z'))
        {
            return false;
        }

        var at = 0;
        foreach (var range in name.Split(' '))
        {
            var word = name[range];
            if (!word.IsEmpty && (at == initials.Length || char.ToUpperInvariant(word[0]) != initials[at++]))
            {
                return false;
            }
        }

        return at == initials.Length;
    }

    /// <summary>The name without a handle behind it, without marks around it; a handle alone stays.</summary>
    private static ReadOnlySpan<char> WithoutMarks(ReadOnlySpan<char> text)
    {
        text = text.Trim("*_\u2705\u2714\uFE0F\u2611\u2713 \n,.:[]<>\"");
        if (text.IndexOf('@') is > 0 and var at)
        {
            text = text[..at];
        }

        if (text.EndsWith(" Jr", StringComparison.Ordinal))
        {
            return text;
        }

        return text.TrimEnd(" -\u2013\u2014:|*_[(<");
    }

    private static bool SaysAbsent(ReadOnlySpan<char> text) => text.ContainsAny(AbsentWords) || text.Contains('\u274C');

    private static bool SaysLeft(ReadOnlySpan<char> remark)
    {
        remark = remark.TrimStart();
        return remark.StartsWith("left", StringComparison.OrdinalIgnoreCase) && (remark.Length == 4 || !char.IsLetterOrDigit(remark[4]));
    }

    /// <summary>"chair", "Chairperson"; but no vice chair, and nobody who chairs something else.</summary>
    private static bool SaysChair(ReadOnlySpan<char> remark) =>
        remark.Contains("chair", StringComparison.OrdinalIgnoreCase) && !remark.ContainsAny(NotThisChair) &&
        !remark.Contains(" WG", StringComparison.Ordinal) && !remark.Contains("SIG", StringComparison.Ordinal);

    private static bool IsName(ReadOnlySpan<char> text)
    {
        if (text.Length is < 2 or > LongestName || text.Count(' ') > 5 || text.Contains("http", StringComparison.Ordinal) ||
            text.Contains("quorum", StringComparison.OrdinalIgnoreCase) || NobodyBySpan.Contains(text.TrimEnd('.')))
        {
            return false;
        }

        return char.IsLetter(text[0]) ? text.IndexOfAny(':', '!', '?') < 0 && !IsSentence(text) : text is ['@', _, ..];
    }

    /// <summary>Names have few words in lower case: "Anna van der Berg", or all of them: "anna berg".</summary>
    private static bool IsSentence(ReadOnlySpan<char> text)
    {
        var (lower, upper) = (0, 0);
        foreach (var range in text.Split(' '))
        {
            var word = text[range];
            if (!word.IsEmpty && char.IsLower(word[0]) && !ParticlesBySpan.Contains(word))
            {
                lower++;
            }
            else
            {
                upper++;
            }
        }

        return lower > 2 || (lower == 2 && upper > 0);
    }

    /// <summary>Where " - Org" or " | Org" starts, outside parentheses.</summary>
    private static int FindAffiliation(ReadOnlySpan<char> text)
    {
        for (var i = 1; i + 1 < text.Length; i++)
        {
            if (text[i] is '-' or '\u2013' or '\u2014' or '|' && text[i - 1] is ' ' or ')' && text[i + 1] == ' ')
            {
                return i - 1;
            }
        }

        return -1;
    }

    /// <summary>The comma behind which an organisation stands, or -1 where the line lists people.</summary>
    private static int CommaBeforeOrganisation(ReadOnlySpan<char> text)
    {
        var comma = text.IndexOf(", ");
        if (comma < 0 || text[..comma].LastIndexOfAny('(', '[') > text[..comma].LastIndexOfAny(')', ']'))
        {
            return -1;
        }

        var several = text[(comma + 1)..].Contains(',');
        var single = !text[..comma].Contains(' ');
        foreach (var range in text[(comma + 1)..].Split(','))
        {
            var part = text[(comma + 1)..][range].Trim();
            part = part.StartsWith("and ") ? part[4..] : part;
            var person = part is ['@', ..] || part.Contains(" and ", StringComparison.Ordinal) ||
                (single ? !part.Contains(' ') : several && LooksLikePerson(part));
            if (!person)
            {
                return comma;
            }
        }

        return -1;
    }

    /// <summary>Two to four words with capitals, none of which is an abbreviation or a word for an organisation.</summary>
    private static bool LooksLikePerson(ReadOnlySpan<char> text)
    {
        var words = 0;
        foreach (var range in text.Split(' '))
        {
            var word = text[range];
            words++;
            if (word.IsEmpty || !(char.IsUpper(word[0]) || ParticlesBySpan.Contains(word)) || OrganisationWordsBySpan.Contains(word) ||
                (word.Length > 2 && !word.ContainsAnyInRange('a', 'z') && !word.Contains('.')))
            {
                return false;
            }
        }

        return words is > 1 and < 5;
    }

    private static string Clean(ReadOnlySpan<char> text)
    {
        text = text.Trim("*_ \n,");
        return text.Contains('\n') ? text.ToString().Replace('\n', ' ') : text.ToString();
    }
}
