using System.Globalization;
using BscFlow.Committee;
using BscFlow.Storage;

namespace BscFlow.Meetings;

/// <summary>What became of an absence that somebody announced.</summary>
public abstract record AbsenceOutcome
{
    /// <summary>It is put down.</summary>
    /// <param name="Chairs">Meetings ahead whose chair this member was, each with the chair that it has now.</param>
    public sealed record Announced(Absence Absence, IReadOnlyList<Meeting> Chairs) : AbsenceOutcome;

    /// <summary>It cannot be. Nothing was written.</summary>
    /// <param name="Field">member, from or until.</param>
    public sealed record Refused(string Field, string Reason) : AbsenceOutcome;
}

/// <summary>
/// Takes it down that a member will be away: the chair passes them over, also where they are in the chair of a meeting that is
/// drafted already, and the forecast of the quorum does not count on them.
/// </summary>
public sealed class AnnounceAbsence(
    AbsenceStore absences, MeetingStore meetings, ProposeChair propose, SetChair setChair, AuditLog audit, TimeProvider clock)
{
    /// <summary>Longer than any leave; a slip in the year is caught by it.</summary>
    private const int MostDays = 400;

    /// <param name="who">Who says so, for the audit.</param>
    public async Task<AbsenceOutcome> RunAsync(
        Charter charter, Absence absence, string who, CancellationToken cancellationToken)
    {
        if (Check(charter, absence) is { } refused)
        {
            return refused;
        }

        var change = await absences.PutAsync(charter.Id, absence, cancellationToken);
        await audit.AppendOnceAsync(
            charter.Id,
            "absence-announced",
            $"{Keys.Absence(absence.Member, absence.From)} {change}",
            who,
            $"until {absence.Until:yyyy-MM-dd}",
            cancellationToken);
        return new AbsenceOutcome.Announced(absence, await HandOverAsync(charter, absence, who, cancellationToken));
    }

    private AbsenceOutcome.Refused? Check(Charter charter, Absence absence)
    {
        if (charter.Members.All(member => member.Id != absence.Member))
        {
            var known = string.Join(", ", charter.Members.Select(member => member.Id));
            return new("member", $"\"{absence.Member}\" is no member; those are {known}.");
        }

        if (absence.Until < absence.From)
        {
            return new("until", $"The last day, {absence.Until:yyyy-MM-dd}, is before the first, {absence.From:yyyy-MM-dd}.");
        }

        if (absence.Until.DayNumber - absence.From.DayNumber >= MostDays)
        {
            return new("until", string.Create(CultureInfo.InvariantCulture, $"An absence has at most {MostDays} days."));
        }

        return absence.Until < charter.DayOf(clock.GetUtcNow())
            ? new("until", $"The last day, {absence.Until:yyyy-MM-dd}, is past.")
            : null;
    }

    /// <summary>
    /// Somebody else takes the chair of the meetings ahead. One without a chair, as before its draft, waits for its turn.
    /// </summary>
    private async Task<IReadOnlyList<Meeting>> HandOverAsync(
        Charter charter, Absence absence, string who, CancellationToken cancellationToken)
    {
        var ahead = (await meetings.SinceAsync(charter.Id, clock.GetUtcNow(), cancellationToken))
            .Where(meeting => meeting.State == MeetingState.Ahead
                && meeting.Chair == absence.Member
                && absence.Includes(charter.DayOf(meeting)))
            .OrderBy(meeting => meeting.Start);
        var changed = new List<Meeting>();
        foreach (var meeting in ahead)
        {
            var next = await propose.RunAsync(charter, meeting, cancellationToken);
            if (await setChair.RunAsync(charter, meeting.Row, next?.Id, who, cancellationToken) is CallOutcome.Done done)
            {
                changed.Add(done.Meeting);
            }
        }

        return changed;
    }
}

/// <summary>Takes an absence back: the member comes after all. A chair that was handed over stays so.</summary>
public sealed class WithdrawAbsence(AbsenceStore absences, AuditLog audit)
{
    /// <returns>False when there was no such absence.</returns>
    public async Task<bool> RunAsync(
        Charter charter, string member, DateOnly from, string who, CancellationToken cancellationToken)
    {
        while (await absences.FindAsync(charter.Id, member, from, cancellationToken) is { } change)
        {
            // On record before the row goes: whoever tries again after a crash would find no row, and nothing to put on record.
            await audit.AppendOnceAsync(
                charter.Id, "absence-withdrawn", $"{Keys.Absence(member, from)} {change}", who, "", cancellationToken);
            if (await absences.TryRemoveAsync(charter.Id, member, from, change, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }
}
