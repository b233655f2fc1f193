using System.Text.RegularExpressions;

namespace BscFlow.Minutes.Linting;

/// <summary>Votes by mail that minutes announce and no later minutes close.</summary>
internal static partial class VoteRules
{
    public static IEnumerable<Finding> Find(Archive archive)
    {
        var results = archive.Meetings
            .SelectMany(meeting => meeting.Lines.Select((line, i) => (Meeting: meeting, Index: i, Line: line)))
            .Where(line => Result().IsMatch(line.Line) && !Announcement().IsMatch(line.Line))
            .Select(line => (line.Meeting, line.Index, Topic: Topic(line.Meeting, line.Index)))
            .ToList();

        foreach (var meeting in archive.Meetings)
        {
            var told = new HashSet<int>();
            for (var i = 1; i < meeting.Lines.Count; i++)
            {
                var root = Root(meeting.Lines, i);
                if (!Announcement().IsMatch(meeting.Lines[i]) || !told.Add(root))
                {
                    continue;
                }

                var topic = Topic(meeting, i);
                if (!results.Exists(result => IsLater(result.Meeting, result.Index, meeting, i) && result.Topic.Overlaps(topic)))
                {
                    yield return meeting.Finding(
                        FindingKind.VoteNeverClosed,
                        meeting.Minutes.Line + i,
                        $"{meeting.Name} announces a vote of which no later minutes tell the outcome: {Excerpt.Of(Bullet().Replace(meeting.Lines[root], ""))}",
                        "Minute the outcome, or open the vote.");
                }
            }
        }
    }

    private static bool IsLater(MinutedMeeting meeting, int index, MinutedMeeting than, int thanIndex) =>
        meeting == than ? index > thanIndex : meeting.Date > than.Date;

    /// <summary>The words that a line and what stands above it in the outline have of their own.</summary>
    private static HashSet<string> Topic(MinutedMeeting meeting, int index)
    {
        var words = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var at = index; at > 0; at = Parent(meeting.Lines, at))
        {
            words.UnionWith(Word().Matches(meeting.Lines[at]).Select(word => word.Value));
        }

        return words;
    }

    /// <summary>The item of the list in which a line stands, below the list's label.</summary>
    private static int Root(IReadOnlyList<string> lines, int index)
    {
        var root = index;
        for (var at = index; at > 0 && Indent(lines[at]) > 0; at = Parent(lines, at))
        {
            root = at;
        }

        return root;
    }

    /// <returns>0, the heading, where nothing stands above.</returns>
    private static int Parent(IReadOnlyList<string> lines, int index)
    {
        var indent = Indent(lines[index]);
        var at = index - 1;
        while (at > 0 && (string.IsNullOrWhiteSpace(lines[at]) || Indent(lines[at]) >= indent))
        {
            at--;
        }

        return at;
    }

    private static int Indent(string line) => line.Length - line.AsSpan().TrimStart().Length;

    [GeneratedRegex(
        @"\b(?:will|shall|to|need|needs|should|going to)\b[^.]{0,40}\b(?:e-?mails?|(?:mailing )?list|online|async\w*)\b[^.]{0,30}\bvot(?:e|ing)\b" +
        @"|\bvot(?:e|ing)\b(?! yes| no)[^.]{0,40}\b(?:by|over|via|on|through|per)\s+(?:the\s+)?(?:e-?mail|mail|(?:mailing\s*)?list)\b" +
        @"|^\W*VOTE\s*\(",
        RegexOptions.IgnoreCase)]
    private static partial Regex Announcement();

    [GeneratedRegex(
        @"\b(?:voted|approved|ratified|rejected|accepted|adopted|unanimous(?:ly)?|declined)\b|\bvotes?\b[^.]{0,30}\b(?:passed|passes|carried|failed|lost|closed|result\w*)\b" +
        @"|\b(?:results?|outcome)\b[^.]{0,20}\bvotes?\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Result();

    [GeneratedRegex(
        @"\b(?!(?:that|this|with|from|will|would|could|should|need|needs|have|been|vote|votes|voted|voting|email|emails|mail|list|mailing|about|which|when|what|they|them|their|there|then|than|into|over|also|more|some|next|follow|meeting|notes|agenda|approved|accepted|result|results)\b)\p{L}[\p{L}\p{N}]{3,}",
        RegexOptions.IgnoreCase)]
    private static partial Regex Word();

    [GeneratedRegex(@"^\s*(?:[-*+]|\d+[.)])\s+")]
    private static partial Regex Bullet();
}
