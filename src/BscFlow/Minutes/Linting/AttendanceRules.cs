using System.Globalization;

namespace BscFlow.Minutes.Linting;

/// <summary>What every meeting's head must say: how long, in whose chair, with whom; and why there was none.</summary>
internal static class AttendanceRules
{
    /// <summary>Words of a heading or an empty form that give no reason.</summary>
    private static readonly HashSet<string> NoReasons = new(
        [
            "no", "meeting", "meetings", "call", "on", "of", "was", "is", "did", "not", "take", "place", "held", "cancel",
            "canceled", "cancelled", "skipped", "minutes", "number", "date", "status", "duration", "chair", "chairs",
            "participants", "attendees", "notes", "agenda", "none", "n", "a", "th", "st", "nd", "rd",
            .. DateTimeFormatInfo.InvariantInfo.DayNames,
            .. DateTimeFormatInfo.InvariantInfo.MonthNames,
            .. DateTimeFormatInfo.InvariantInfo.AbbreviatedMonthNames,
        ],
        StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<Finding> Find(MinutedMeeting meeting, Archive archive) =>
        meeting.Held ? Head(meeting, archive) : Reason(meeting, archive);

    private static IEnumerable<Finding> Reason(MinutedMeeting meeting, Archive archive)
    {
        if (Words(meeting.Lines.Text.ToString()).All(word => NoReasons.Contains(word) || archive.Roster.MeansEveryone(word)))
        {
            yield return meeting.Finding(
                FindingKind.CancelledNoReason, null, $"{meeting.Name} did not take place, and no reason is given.");
        }
    }

    private static IEnumerable<Finding> Head(MinutedMeeting meeting, Archive archive)
    {
        var minutes = meeting.Minutes;
        if (minutes.DurationMinutes is null && archive.KeepsDurations)
        {
            yield return meeting.Finding(
                FindingKind.MissingDuration,
                minutes.DurationLine,
                $"{meeting.Name} does not say how long it took.",
                "Write it after Duration:, such as 45m.");
        }

        if (minutes.Chairs.Count == 0)
        {
            yield return meeting.Finding(
                FindingKind.EmptyChair,
                minutes.ChairLine,
                $"{meeting.Name} does not say who was in the chair.",
                "Write the name after Chair:.");
        }

        if (minutes.Participants.Count == 0)
        {
            yield return meeting.Finding(
                FindingKind.MissingParticipants, minutes.ParticipantsLine, $"{meeting.Name} does not say who took part.");
            yield break;
        }

        foreach (var chair in minutes.Chairs.Where(chair => archive.ListsChairs && !meeting.Attendance.Lists(chair.Name)))
        {
            yield return meeting.Finding(
                FindingKind.ChairNotInParticipants,
                chair.Line,
                $"{chair.Name}, who was in the chair of {meeting.Name}, is not among its participants.",
                $"Add {chair.Name} to the participants.");
        }
    }

    private static string[] Words(string text) =>
        string.Concat(text.Select(character => char.IsLetter(character) ? character : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
