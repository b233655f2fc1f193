using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Minutes;

namespace BscFlow.Meetings;

/// <summary>
/// The minutes of a meeting before it is held: heading and chair, participants to fill, and what to talk about.
/// </summary>
public static class MeetingDraft
{
    public static string Compose(Charter charter, Meeting meeting, Agenda agenda)
    {
        var notes = new List<string>();
        if (meeting.Reason is { } reason)
        {
            notes.Add($"{Reasons[meeting.Special ? 0 : 1]}{reason}");
        }

        notes.AddRange(agenda.Items.Select(Line));
        notes.AddRange(agenda.LeftOver.Select(topic => $"- {topic} (left over)"));
        if (agenda.OpenVotes.Count > 0)
        {
            notes.Add("- Open motions, when this was drafted");
            notes.AddRange(agenda.OpenVotes.Select(vote => $"  - {vote.Title} ({vote.Standing})"));
        }

        if (agenda.OpenActions.Count > 0)
        {
            notes.Add("- Review of open action items");
            notes.AddRange(agenda.OpenActions
                .OrderBy(item => charter.NameOf(item.Owners is [var first, ..] ? first : null), StringComparer.Ordinal)
                .Select(item => Line(charter, item)));
        }

        return MinutesWriter.Write(new NewMinutes
        {
            Number = meeting.Number,
            Date = charter.DayOf(meeting),
            Chairs = meeting.Chair is { } chair ? [charter.NameOf(chair)] : [],
            Notes = notes,
        });
    }

    /// <summary>The draft with another chair; one whose chair somebody has written differently stays as it is.</summary>
    /// <param name="was">Name of the chair that the draft was composed with; null: nobody.</param>
    /// <param name="now">Name of the chair; null: nobody.</param>
    public static string WithChair(string draft, string? was, string? now)
    {
        var lines = draft.Split('\n');
        var line = Array.IndexOf(lines, ChairLine(was));
        if (line < 0)
        {
            return draft;
        }

        lines[line] = ChairLine(now);
        return string.Join('\n', lines);
    }

    /// <summary>The draft with what was sent in since it was composed, below what was there before.</summary>
    /// <param name="items">The whole agenda, in its order.</param>
    public static string WithItems(string draft, IReadOnlyList<AgendaItem> items)
    {
        var lines = draft.Split('\n').ToList();
        var last = lines.IndexOf(NotesLine);
        if (last < 0)
        {
            return draft;
        }

        // What a special meeting is called for stands above its agenda.
        last += lines.ElementAtOrDefault(last + 1) is { } reason
            && Reasons.Any(label => reason.StartsWith($"  {label}", StringComparison.Ordinal))
            ? 1
            : 0;
        foreach (var item in items.Select(item => $"  {Line(item)}"))
        {
            var present = lines.IndexOf(item);
            last = present >= 0 ? Math.Max(last, present) : last + 1;
            if (present < 0)
            {
                lines.Insert(last, item);
            }
        }

        return string.Join('\n', lines);
    }

    private const string NotesLine = "- **Notes:**";

    private static readonly string[] Reasons = ["- Special meeting: ", "- Meeting: "];

    private static string Line(AgendaItem item) => $"- {item.Text}{(item.ProposedBy is { } by ? $" ({by})" : "")}";

    private static string ChairLine(string? name) => $"- **Chair:** {name}".TrimEnd();

    /// <summary>As an action item is written, so that the minutes that keep the line carry the item on.</summary>
    private static string Line(Charter charter, ActionItem item)
    {
        var owners = item.Owners.Count > 0 ? $"({string.Join(", ", item.Owners.Select(charter.NameOf))})" : "";
        return $"  - AI{owners}: {item.Text}{(item.Meeting is { } number ? $" (from #{number})" : "")}";
    }
}
