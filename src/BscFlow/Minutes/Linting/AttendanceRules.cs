using System.Text.RegularExpressions;

namespace BscFlow.Minutes.Linting;

/// <summary>What every meeting's head must say: how long, in whose chair, with whom.</summary>
internal static partial class AttendanceRules
{
    public static IEnumerable<Finding> Find(MinutedMeeting meeting, Archive archive)
    {
        var minutes = meeting.Minutes;
        if (!meeting.Held)
        {
            if (!meeting.Lines.Any(HasReason))
            {
                yield return meeting.Finding(
                    FindingKind.CancelledNoReason, null, $"{meeting.Name} did not take place, and no reason is given.");
            }

            yield break;
        }

        if (minutes.DurationMinutes is null && archive.KeepsDurations)
        {
            yield return meeting.Finding(
                FindingKind.MissingDuration, minutes.DurationLine, $"{meeting.Name} does not say how long it took.", "Write it after Duration:, such as 45m.");
        }

        if (minutes.Chairs.Count == 0)
        {
            yield return meeting.Finding(
                FindingKind.EmptyChair, minutes.ChairLine, $"{meeting.Name} does not say who was in the chair.", "Write the name after Chair:.");
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

    /// <summary>More letters than the date, the number and the words for "did not take place" have.</summary>
    private static bool HasReason(string line) => Words().Replace(line, "").Any(char.IsLetter);

    [GeneratedRegex(
        @"\b(?:no|meetings?|calls?|on|of|was|is|did|not|take|place|cancell?ed|cancel|skipped|minutes|number|date|status|duration|chairs?|participants" +
        @"|attendees|notes|agenda|none|n/?a|(?:mon|tues|wednes|thurs|fri|satur|sun)day|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*" +
        @"|nov\w*|dec\w*)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Words();
}
