using System.Globalization;
using System.Text.RegularExpressions;

namespace BscFlow.Minutes.Linting;

/// <summary>Links that tell more than they should, or lead nowhere.</summary>
/// <remarks>
/// A mail address in the path of a link is left alone: archives of mailing lists are addressed by message ids, which look like
/// one. In the query it is a person who was tracked. The address itself is not repeated in the finding.
/// </remarks>
internal static partial class LinkRules
{
    private const int LongestText = 300;

    public static IEnumerable<Finding> Find(MinutedMeeting meeting)
    {
        var (queries, secrets, hidden, bare) = (new List<int>(), new List<int>(), new List<int>(), new List<int>());
        for (var i = 0; i < meeting.Lines.Count; i++)
        {
            var line = meeting.Lines[i];
            var number = meeting.Minutes.Line + i;
            if (line.Contains("://", StringComparison.Ordinal) && line.IndexOfAny('?', '#') >= 0)
            {
                AddIf(QueryWithAddress().IsMatch(line), queries, number);
                AddIf(QueryWithSecret().IsMatch(line), secrets, number);
            }

            if (line.Contains("](", StringComparison.Ordinal))
            {
                AddIf(AnyHides(line, Mailto().EnumerateMatches(line)), hidden, number);
                AddIf(BareAddress().IsMatch(line), bare, number);
            }
        }

        return
        [
            .. Private(queries, "that carries somebody's mail address in its query", "Link to the page itself."),
            .. Private(secrets, "that carries a password or a token", "Take the secret out of the link."),
            .. Private(hidden, "that hides a person's mail address behind a name", "Write the name without a link."),
            .. Of(FindingKind.BadLink, bare, "to a bare mail address", "Write mailto: before it, or no link."),
        ];

        IEnumerable<Finding> Private(List<int> lines, string what, string fix) =>
            Of(FindingKind.PrivateDataInLink, lines, what, fix);

        IEnumerable<Finding> Of(FindingKind kind, List<int> lines, string what, string fix)
        {
            if (lines is [var first, .. var others])
            {
                var also = others.Count == 0
                    ? ""
                    : $", also in line {string.Join(", ", others.Select(line => line.ToString(CultureInfo.InvariantCulture)))}";
                yield return meeting.Finding(kind, first, $"{meeting.Name} has a link {what}{also}.", fix);
            }
        }
    }

    private static void AddIf(bool found, List<int> lines, int number)
    {
        if (found)
        {
            lines.Add(number);
        }
    }

    /// <summary>An address that is also the link's text was meant to be seen.</summary>
    private static bool AnyHides(ReadOnlySpan<char> line, Regex.ValueMatchEnumerator links)
    {
        foreach (var link in links)
        {
            if (!TextBefore(line, link.Index).Contains('@'))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The text of the link that closes at <paramref name="close"/>; brackets in it are in pairs.</summary>
    private static ReadOnlySpan<char> TextBefore(ReadOnlySpan<char> line, int close)
    {
        var depth = 0;
        var earliest = Math.Max(0, close - LongestText);
        for (var i = close; i >= earliest; i--)
        {
            depth += line[i] switch { ']' => 1, '[' => -1, _ => 0 };
            if (depth == 0)
            {
                return line[i..close];
            }
        }

        return line[earliest..close];
    }

    [GeneratedRegex(
        @"https?://[^\s<>)\]?#]*[?#][^\s<>)\]]*?[\w.+-](?:@|%(?:25)*40)[\w-]+\.[\w.-]*[a-z]",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex QueryWithAddress();

    [GeneratedRegex(
        @"https?://[^\s<>)\]?#]*[?#](?:[^\s<>)\]]*&)?" +
        @"(?:(?:pwd|passcode|password|access_?token|token|api_?key|secret)=[^\s&<>)\]]{6}|sig=[^\s&<>)\]]{20})",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex QueryWithSecret();

    [GeneratedRegex(@"\]\(\s*<?mailto:", RegexOptions.IgnoreCase)]
    private static partial Regex Mailto();

    [GeneratedRegex(@"\]\(\s*<?[\w.+-]+@[\w-]+(?:\.[\w-]+)+>?\s*\)")]
    private static partial Regex BareAddress();
}
