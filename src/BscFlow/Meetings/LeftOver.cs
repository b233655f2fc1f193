using System.Text.RegularExpressions;

namespace BscFlow.Meetings;

/// <summary>What a meeting left for the next one, as its minutes say: "moved to next meeting", "to be continued".</summary>
public static partial class LeftOver
{
    /// <summary>The topics that were left, in the order of the minutes, without bullets and without the remark.</summary>
    /// <param name="section">The minutes of one meeting, in Markdown.</param>
    public static IReadOnlyList<string> Find(string section)
    {
        var topics = new List<string>();
        var above = new Stack<(int Indent, string Text)>();
        foreach (var line in section.EnumerateLines())
        {
            var text = line.Trim();
            if (text.Length == 0 || text.Length > LongestTopic)
            {
                continue;
            }

            var indent = line.Length - line.TrimStart().Length;
            while (above.TryPeek(out var outer) && outer.Indent >= indent)
            {
                above.Pop();
            }

            var item = Bullet().Replace(text.ToString(), "");
            if (Remark().Match(item) is { Success: true } remark)
            {
                var topic = item.Remove(remark.Index, remark.Length).Trim(' ', '-', '–', '—', ':', ',', '.', '(', ')', '[', ']');
                if (topic.Length == 0 && above.TryPeek(out var parent))
                {
                    topic = parent.Text;
                }

                if (topic.Length > 0 && !topics.Contains(topic))
                {
                    topics.Add(topic);
                }
            }

            above.Push((indent, item));
        }

        return topics;
    }

    private const int LongestTopic = 400;

    [GeneratedRegex(@"^(?:[-*+]|\d+[.)])\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Bullet();

    [GeneratedRegex(
        @"\b(?:(?:was |were |is |are )?(?:moved|deferred|postponed|carried over|pushed|tabled) (?:to|until|till|for) (?:the )?(?:next|following) meeting"
        + @"|(?:to be )?(?:continued?|picked up|revisited) (?:in |at |on )?(?:the )?next (?:meeting|time)"
        + @"|(?:ran )?out of time)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Remark();
}
