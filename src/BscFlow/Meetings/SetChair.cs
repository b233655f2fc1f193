using BscFlow.Committee;
using BscFlow.Storage;

namespace BscFlow.Meetings;

/// <summary>Puts another member in the chair than the rotation proposed.</summary>
public sealed class SetChair(MeetingStore meetings, AuditLog audit)
{
    /// <param name="member">Id of a member in office on the day of the meeting.</param>
    public async Task<CallOutcome> RunAsync(
        Charter charter, string row, string member, string who, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await meetings.FindAsync(charter.Id, row, cancellationToken) is not { } meeting)
            {
                return new CallOutcome.NoSuchMeeting();
            }

            var inOffice = new Roster(charter).On(charter.DayOf(meeting));
            if (inOffice.All(person => person.Id != member))
            {
                return new CallOutcome.Refused(
                    $"\"{member}\" is no member in office that day; those are {string.Join(", ", inOffice.Select(p => p.Id))}.");
            }

            if (await meetings.TryUpdateAsync(meeting with { Chair = member }, cancellationToken) is { } stored)
            {
                await audit.AppendOnceAsync(charter.Id, "chair-set", $"{row} {stored.ETag}", who, member, cancellationToken);
                return new CallOutcome.Done(stored);
            }
        }
    }
}
