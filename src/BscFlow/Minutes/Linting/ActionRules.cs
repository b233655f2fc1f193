using System.Text.RegularExpressions;
using BscFlow.Committee;

namespace BscFlow.Minutes.Linting;

/// <summary>Tasks that may fall between two chairs: of nobody, or of somebody who was not there to hear of it.</summary>
internal static partial class ActionRules
{
    private static readonly HashSet<string> BodyNouns =
    [
        "board", "team", "group", "committee", "foundation", "council", "staff", "members", "legal", "marketing", "maintainers",
        "wg", "tsc", "toc", "sig", "chair", "secretary", "volunteer", "someone", "somebody", "we", "us",
    ];

    public static IEnumerable<Finding> Find(MinutedMeeting meeting)
    {
        if (!meeting.Held)
        {
            yield break;
        }

        foreach (var action in meeting.Minutes.ActionItems.Where(action => action is { Done: false, Carried: false, Owners: [] }))
        {
            yield return meeting.Finding(
                FindingKind.ActionWithoutOwner,
                action.Line,
                $"Nobody is named for: {Excerpt.Of(action.Text)}",
                "Name an owner, such as AI(Name): ...");
        }

        // Where nobody is listed it cannot be told who was there; and what comes from an earlier meeting was heard there.
        if (meeting.Minutes.Participants.Count == 0)
        {
            yield break;
        }

        foreach (var (line, owner, text) in Tasks(meeting).Where(task => !meeting.Attendance.Includes(task.Owner)))
        {
            yield return meeting.Finding(
                FindingKind.OwnerAbsent,
                line,
                $"{owner}, who is to do this, was not at {meeting.Name}: {Excerpt.Of(text)}",
                "See that they know of it.");
        }
    }

    /// <summary>Action items of persons, and sentences that give somebody a task and are not marked as action items.</summary>
    private static IEnumerable<(int Line, string Owner, string Text)> Tasks(MinutedMeeting meeting)
    {
        var marked = new HashSet<int>();
        foreach (var action in meeting.Minutes.ActionItems)
        {
            marked.Add(action.Line);
            foreach (var owner in action.Owners.Where(owner => !action.Done && !FromEarlier().IsMatch(action.Text) && IsPerson(owner, meeting.Attendance)))
            {
                yield return (action.Line, owner, action.Text);
            }
        }

        for (var i = 1; i < meeting.Lines.Count; i++)
        {
            var line = meeting.Minutes.Line + i;
            if (!Promise().IsMatch(meeting.Lines[i]) || marked.Contains(line))
            {
                continue;
            }

            // One known name vouches for those beside it, and so does an affiliation; without, a capital may start anything.
            var promise = Promise().Match(meeting.Lines[i].ToString());
            var owners = promise.Groups["owner"].Captures.Select(owner => owner.Value).ToList();
            if (promise.Groups["affiliation"].Success || owners.Exists(meeting.Attendance.Knows))
            {
                foreach (var owner in owners.Where(owner => IsPerson(owner, meeting.Attendance)))
                {
                    yield return (line, owner, promise.Groups["task"].Value);
                }
            }
        }
    }

    /// <summary>Not "all", "the marketing group", "L3AF TSC": a task of a body needs nobody in the room.</summary>
    private static bool IsPerson(string owner, Attendance attendance)
    {
        if (attendance.MeansEveryone(owner))
        {
            return false;
        }

        if (attendance.Find(owner) is not NameMatch.Unknown)
        {
            return true;
        }

        var words = owner.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is { Length: > 0 and <= 4 }
            && words.All(word => char.IsUpper(word[0]) && (word.Length == 1 || word.Any(char.IsLower)))
            && !words.Any(word => BodyNouns.Contains(Spelling.Fold(word)));
    }

    /// <summary>As a draft names an item that is still open.</summary>
    [GeneratedRegex(@"\(from #\d+\)\s*$")]
    private static partial Regex FromEarlier();

    /// <summary>
    /// "Kim/Lee to follow up", "Draft of the text -- Kim to review", "Kim Lee (Acme) cannot come, but will ask". To come to a
    /// meeting is no task.
    /// </summary>
    [GeneratedRegex(
        @"(?:^\W*|\s(?:--?|–|—)\s+)" +
        @"(?:(?<owner>\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)?)" +
        @"(?:(?:\s*[/,&+]\s*|\s+and\s+)(?<owner>\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)?)){0,9}\s+(?:to|will)" +
        @"|(?<owner>\p{Lu}[\p{L}'’-]+ \p{Lu}[\p{L}'’-]+) (?<affiliation>\([^()]{1,60}\))[^.;:]{0,80}\bwill)\s+" +
        @"(?!(?:be|not|join|attend|come|miss|have|get|need)\b)(?<task>\p{Ll}.*)")]
    private static partial Regex Promise();
}
