using System.Text.RegularExpressions;

namespace BscFlow.Minutes.Linting;

/// <summary>Votes by mail that minutes announce and no later minutes close.</summary>
internal static partial class VoteRules
{
    /// <summary>Words that two lines can share without speaking of the same thing.</summary>
    private static readonly HashSet<string> OfAnyTopic = new(
        [
            "that", "this", "with", "from", "will", "would", "could", "should", "need", "needs", "have", "been", "about", "which",
            "when", "what", "they", "them", "their", "there", "then", "than", "into", "over", "also", "more", "some", "next",
            "vote", "votes", "voted", "voting", "email", "emails", "mail", "list", "mailing", "follow", "meeting", "notes",
            "agenda", "approved", "accepted", "ratified", "rejected", "result", "results",
        ],
        StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<Finding> Find(Archive archive, IReadOnlyList<VoteByMail> votes)
    {
        var results = archive.Meetings
            .SelectMany(meeting => meeting.Lines.Select((line, i) => (Meeting: meeting, Index: i, Line: line)))
            .Where(line => Result().IsMatch(line.Line))
            .Select(line => (line.Meeting, line.Index, Topic: Topic(line.Meeting, line.Index)))
            .ToList();

        var opened = votes.Select(vote => (vote.Opened, Topic: Words(vote.Words))).ToList();
        foreach (var meeting in archive.Meetings)
        {
            var told = new HashSet<int>();
            for (var i = 1; i < meeting.Lines.Count; i++)
            {
                if (!IsAnnouncement(meeting.Lines[i]))
                {
                    continue;
                }

                var item = Item(meeting, i);
                var topic = Topic(meeting, i);
                if (!results.Exists(result => IsLater(result.Meeting, result.Index, meeting, i) && result.Topic.Overlaps(topic))
                    && !opened.Exists(vote => !(vote.Opened < meeting.Date) && vote.Topic.Overlaps(topic))
                    && told.Add(item))
                {
                    var what = Excerpt.Of(Bullet().Replace(meeting.Lines[item], ""));
                    yield return meeting.Finding(
                        FindingKind.VoteNeverClosed,
                        meeting.Minutes.Line + i,
                        $"{meeting.Name} announces a vote of which no later minutes tell the outcome: {what}",
                        "Minute the outcome, or open the vote.");
                }
            }
        }
    }

    /// <summary>A line that tells of both, the vote and its outcome, closes it.</summary>
    private static bool IsAnnouncement(string line) => Announcement().IsMatch(line) && !Result().IsMatch(line);

    private static bool IsLater(MinutedMeeting meeting, int index, MinutedMeeting than, int thanIndex) =>
        meeting == than ? index > thanIndex : meeting.Date > than.Date;

    /// <summary>The words that a line and what stands above it in the outline have of their own.</summary>
    private static HashSet<string> Topic(MinutedMeeting meeting, int index)
    {
        var words = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var at = index; at > 0; at = meeting.Parents[at])
        {
            words.UnionWith(Words(meeting.Lines[at]));
        }

        return words;
    }

    private static HashSet<string> Words(string text)
    {
        var words = Word().Matches(text).Select(word => word.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        words.ExceptWith(OfAnyTopic);
        return words;
    }

    /// <summary>The item in which a line stands: the highest one above it in the outline but the label of the list.</summary>
    private static int Item(MinutedMeeting meeting, int index)
    {
        var item = index;
        while (meeting.Parents[item] is > 0 and var parent && meeting.Parents[parent] > 0)
        {
            item = parent;
        }

        return item;
    }

    [GeneratedRegex(
        @"\b(?:will|shall|to|needs?|should|going to)\b[^.]{0,40}\b(?:e-?mails?|(?:mailing )?list|online|async\w*)\b" +
        @"[^.]{0,30}\bvot(?:e|ing)\b" +
        @"|\bvot(?:e|ing)\b(?! yes| no)[^.]{0,40}\b(?:by|over|via|on|through|per)\s+(?:the\s+)?" +
        @"(?:e-?mail|mail|(?:mailing\s*)?list)\b" +
        @"|^\W*VOTE\s*\(",
        RegexOptions.IgnoreCase)]
    private static partial Regex Announcement();

    [GeneratedRegex(
        @"\b(?:voted|approved|ratified|rejected|accepted|adopted|unanimous(?:ly)?|declined)\b" +
        @"|\bvotes?\b[^.]{0,80}\b(?:passed|passes|carried|failed|lost|closed|result\w*)\b" +
        @"|\b[0-9]+ (?:votes? )?(?:for|in favou?r|yes|to [0-9])\b" +
        @"|\b(?:results?|outcome)\b[^.]{0,20}\bvotes?\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Result();

    [GeneratedRegex(@"\p{L}[\p{L}\p{N}]{3,}")]
    private static partial Regex Word();

    [GeneratedRegex(@"^\s*(?:[-*+]|[0-9]+[.)])\s+")]
    private static partial Regex Bullet();
}
