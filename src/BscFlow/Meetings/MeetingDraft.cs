using BscFlow.Committee;
using BscFlow.Minutes;

namespace BscFlow.Meetings;

/// <summary>The minutes of a meeting before it is held: heading and chair, participants to fill, and what to talk about.</summary>
public static class MeetingDraft
{
    public static string Compose(Charter charter, Meeting meeting, Agenda agenda)
    {
        var notes = new List<string>();
        if (meeting.Reason is { } reason)
        {
            notes.Add($"- {(meeting.Special ? "Special meeting" : "Meeting")}: {reason}");
        }

        notes.AddRange(agenda.Items.Select(item => $"- {item.Text}{(item.ProposedBy is { } by ? $" ({by})" : "")}"));
        notes.AddRange(agenda.LeftOver.Select(topic => $"- {topic} (left over)"));
        if (agenda.OpenActions.Count > 0)
        {
            notes.Add("- Review of open action items");
            notes.AddRange(agenda.OpenActions.Select(item =>
                $"  - AI({string.Join(", ", item.Owners.Select(charter.NameOf))}): {item.Text}"
                + (item.Meeting is { } number ? $" (from #{number})" : "")));
        }

        return MinutesWriter.Write(new NewMinutes
        {
            Number = meeting.Number,
            Date = charter.DayOf(meeting),
            Chairs = meeting.Chair is { } chair ? [charter.NameOf(chair)] : [],
            Notes = notes,
        });
    }
}
