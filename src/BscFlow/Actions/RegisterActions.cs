using BscFlow.Committee;
using BscFlow.Minutes;

namespace BscFlow.Actions;

/// <summary>Takes the action items of a meeting's minutes into the register; reading the same minutes again changes nothing.</summary>
public sealed class RegisterActions(ActionStore actions)
{
    /// <param name="section">The minutes of one meeting, in Markdown.</param>
    public async Task RunAsync(Charter charter, string section, CancellationToken cancellationToken)
    {
        var roster = new Roster(charter);
        while (true)
        {
            var known = await actions.AllAsync(charter.Id, cancellationToken);
            var changes = MinutesReader.Read(section).Meetings
                .Select(minutes => ActionRegister.Read(known, minutes, roster, NextMeeting(charter, minutes)))
                .FirstOrDefault(ActionChanges.None);
            if (await actions.TryApplyAsync(charter.Id, changes, cancellationToken))
            {
                return;
            }
        }
    }

    private static DateOnly? NextMeeting(Charter charter, MeetingMinutes minutes) =>
        minutes.Date is { } date
            ? MeetingCalendar.Of(charter).Between(date.AddDays(1), date.AddDays(120))
                .FirstOrDefault(occurrence => !occurrence.Cancelled)?.Day
            : null;
}
