using BscFlow.Committee;

namespace BscFlow.Meetings;

/// <summary>Whose turn it is in the chair: by the rotation, without those who said that they are away that day.</summary>
public sealed class ProposeChair(MeetingStore meetings, AbsenceStore absences)
{
    /// <returns>Null when nobody in office will come.</returns>
    public async Task<Member?> RunAsync(Charter charter, Meeting meeting, CancellationToken cancellationToken)
    {
        var day = charter.DayOf(meeting);
        var away = (await absences.SinceAsync(charter.Id, day, cancellationToken)).On(day);
        var last = await meetings.LastBeforeAsync(
            charter.Id,
            meeting.Start,
            other => other.State != MeetingState.Cancelled && charter.Members.Any(member => member.Id == other.Chair),
            cancellationToken);
        IEnumerable<ChairedMeeting> history = last is null ? [] : [new(charter.DayOf(last), last.Chair!)];
        return ChairRotation.Propose(charter, day, history, away);
    }
}
