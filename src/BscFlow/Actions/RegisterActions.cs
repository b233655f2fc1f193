using BscFlow.Committee;
using BscFlow.Minutes;

namespace BscFlow.Actions;

/// <summary>
/// Takes the action items of a meeting's minutes into the register; reading the same minutes again changes nothing.
/// </summary>
public sealed class RegisterActions(ActionStore actions)
{
    /// <param name="section">The minutes of one meeting, in Markdown.</param>
    public async Task RunAsync(Charter charter, string section, CancellationToken cancellationToken)
    {
        if (MinutesReader.Read(section).Meetings is not [{ Date: { } date } minutes, ..])
        {
            return;
        }

        var roster = new Roster(charter);
        var next = NextMeeting(charter, date);
        ActionChanges changes;
        do
        {
            var known = await actions.KnownToAsync(charter.Id, minutes.Number, date, cancellationToken);
            changes = ActionRegister.Read(known, minutes, roster, next);
        }
        while (!await actions.TryApplyAsync(charter.Id, changes, cancellationToken));
    }

    private static DateOnly? NextMeeting(Charter charter, DateOnly date) =>
        MeetingCalendar.Of(charter).Between(date.AddDays(1), date.AddDays(120))
            .FirstOrDefault(occurrence => !occurrence.Cancelled)?.Day;
}
