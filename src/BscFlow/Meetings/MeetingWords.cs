using System.Globalization;
using BscFlow.Committee;

namespace BscFlow.Meetings;

/// <summary>A meeting as its committee speaks of it.</summary>
public static class MeetingWords
{
    /// <summary>The date of a meeting in the committee's zone.</summary>
    public static DateOnly DayOf(this Charter charter, Meeting meeting) => charter.DayOf(meeting.Start);

    /// <summary>"meeting #62", or "the meeting" where it has no number.</summary>
    public static string Title(this Meeting meeting) => meeting.Number is { } number ? $"meeting #{number}" : "the meeting";

    /// <summary>Name of a member, or nothing where nobody is named.</summary>
    public static string NameOf(this Charter charter, string? member) =>
        charter.Members.FirstOrDefault(other => other.Id == member)?.Name ?? member ?? "";

    /// <summary>Where a meeting stands, for a person.</summary>
    public static string StateInWords(this Meeting meeting, Charter charter) => meeting switch
    {
        { State: MeetingState.Cancelled } => "Cancelled",
        { State: MeetingState.Published } => "Published",
        { State: MeetingState.Circulated, Objections.Count: > 0 } =>
            "Minutes circulated; an objection keeps them from being published",
        { State: MeetingState.Circulated } =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"Minutes circulated, objections until {charter.DayOf(meeting.ObjectionsUntil!.Value):d MMM yyyy}"),
        { MinutesSavedAt: not null } => "Minutes saved",
        { MinutesBegunAt: not null } => "Minutes begun",
        { MinutesAskedAt: not null } => "Minutes missing; the chair was asked",
        { RemindedAt: not null } => "Agenda sent, members reminded",
        { AgendaSentAt: not null } => "Agenda sent",
        { DraftedAt: not null } => "Drafted",
        _ => "On the books",
    };
}
