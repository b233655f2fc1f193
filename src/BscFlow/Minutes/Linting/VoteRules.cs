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
        var announced = archive.Meetings.Select(meeting => (Meeting: meeting, Lines: Announcements(meeting)))
            .Where(announced => announced.Lines.Count > 0)
            .ToDictionary(announced => announced.Meeting, announced => announced.Lines);
        if (announced.Count == 0)
        {
            yield break;
        }

        // An archive has many announcements and many outcomes: the last that speaks of a word is known before it is asked for.
        var opened = new LastByWord();
        foreach (var vote in votes)
        {
            opened.Add(Words(vote.Words), vote.Opened);
        }

        var (results, told) = Results(archive, announced.Keys);
        foreach (var (meeting, lines) in announced)
        {
            var items = new HashSet<int>();
            foreach (var line in lines)
            {
                var topic = Topic(meeting, line);
                var isClosed = told[meeting].Any(result => result.Index > line && result.Topic.Overlaps(topic))
                    || topic.Any(word => results.Of(word) > meeting.Date)
                    || topic.Any(word => opened.Of(word) is { } day && !(day < meeting.Date));
                if (!isClosed && Item(meeting, line) is var item && items.Add(item))
                {
                    var what = Excerpt.Of(Bullet().Replace(meeting.Lines[item].ToString(), ""));
                    yield return meeting.Finding(
                        FindingKind.VoteNeverClosed,
                        meeting.Minutes.Line + line,
                        $"{meeting.Name} announces a vote of which no later minutes tell the outcome: {what}",
                        "Minute the outcome, or open the vote.");
                }
            }
        }
    }

    /// <summary>The lines that announce a vote. One that tells of both, the vote and its outcome, closes it.</summary>
    private static List<int> Announcements(MinutedMeeting meeting)
    {
        var lines = new List<int>();
        if (!meeting.Lines.Text.Contains("vot", StringComparison.OrdinalIgnoreCase))
        {
            return lines;
        }

        for (var i = 1; i < meeting.Lines.Count; i++)
        {
            if (Announcement().IsMatch(meeting.Lines[i]) && !Result().IsMatch(meeting.Lines[i]))
            {
                lines.Add(i);
            }
        }

        return lines;
    }

    /// <summary>What outcomes the minutes tell of: by word and day, and line by line where a meeting announces votes itself.</summary>
    private static (LastByWord ByWord, ILookup<MinutedMeeting, (int Index, HashSet<string> Topic)> ByMeeting) Results(
        Archive archive, IReadOnlyCollection<MinutedMeeting> announcing)
    {
        var byWord = new LastByWord();
        var ofAnnouncing = new List<(MinutedMeeting Meeting, int Index, HashSet<string> Topic)>();
        foreach (var meeting in archive.Meetings)
        {
            for (var i = 0; i < meeting.Lines.Count; i++)
            {
                if (!Result().IsMatch(meeting.Lines[i]))
                {
                    continue;
                }

                var topic = Topic(meeting, i);
                if (meeting.Date is { } day)
                {
                    byWord.Add(topic, day);
                }

                if (announcing.Contains(meeting))
                {
                    ofAnnouncing.Add((meeting, i, topic));
                }
            }
        }

        return (byWord, ofAnnouncing.ToLookup(result => result.Meeting, result => (result.Index, result.Topic)));
    }

    /// <summary>The words that a line and what stands above it in the outline have of their own.</summary>
    private static HashSet<string> Topic(MinutedMeeting meeting, int index)
    {
        var words = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var at = index; at > 0; at = meeting.Parents[at])
        {
            words.UnionWith(Words(meeting.Lines[at].ToString()));
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

    /// <summary>The last day on which each word was said.</summary>
    private sealed class LastByWord
    {
        private readonly Dictionary<string, DateOnly> _days = new(StringComparer.OrdinalIgnoreCase);

        public DateOnly? Of(string word) => _days.TryGetValue(word, out var day) ? day : null;

        public void Add(IEnumerable<string> words, DateOnly day)
        {
            foreach (var word in words)
            {
                if (!_days.TryGetValue(word, out var last) || last < day)
                {
                    _days[word] = day;
                }
            }
        }
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
