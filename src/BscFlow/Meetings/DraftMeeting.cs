using BscFlow.Committee;
using BscFlow.Minutes;
using BscFlow.Storage;

namespace BscFlow.Meetings;

/// <summary>
/// Puts the next meeting on the books: number, chair by rotation, and a draft of its minutes with what is to be
/// discussed. The row is claimed first and marked last; in between everything can be done again.
/// </summary>
public sealed class DraftMeeting(
    MeetingStore meetings,
    ProposeChair propose,
    MeetingAgenda agendas,
    MinutesStore minutes,
    ShowChanges showChanges,
    AuditLog audit,
    TimeProvider clock)
{
    /// <param name="start">Of an occurrence of the calendar, or of a meeting that was called.</param>
    public async Task RunAsync(Charter charter, DateTimeOffset start, CancellationToken cancellationToken)
    {
        var meeting = await meetings.AtAsync(charter.Id, start, cancellationToken)
            ?? await ClaimAsync(charter, start, cancellationToken);
        if (meeting is not { State: MeetingState.Ahead, DraftedAt: null })
        {
            return;
        }

        if (meeting.Chair is null)
        {
            var chair = await propose.RunAsync(charter, meeting, cancellationToken);
            if (await meetings.TryUpdateAsync(meeting with { Chair = chair?.Id }, cancellationToken) is not { } chaired)
            {
                return;
            }

            meeting = chaired;
        }

        var agenda = await agendas.TakeAsync(charter, meeting, cancellationToken);
        var draft = MeetingDraft.Compose(charter, meeting, agenda);
        var day = charter.DayOf(meeting);
        await minutes.AddAsync(
            charter.Id, day.Year, meeting.Row, draft, text => SaveMinutes.Check(meeting, day, text) is null, cancellationToken);
        await showChanges(charter, cancellationToken);
        await audit.AppendOnceAsync(
            charter.Id, "meeting-drafted", Keys.Instant(meeting.Start), "clock", meeting.Title(), cancellationToken);
        await meetings.TryUpdateAsync(meeting with { DraftedAt = clock.GetUtcNow() }, cancellationToken);
    }

    private async Task<Meeting?> ClaimAsync(Charter charter, DateTimeOffset start, CancellationToken cancellationToken)
    {
        // The charter may have changed since the step was queued.
        var occurrence = MeetingCalendar.Of(charter).At(start);
        return occurrence is null or { Cancelled: true }
            ? null
            : await meetings.ClaimAsync(
                new Meeting
                {
                    Committee = charter.Id,
                    Number = null,
                    Start = occurrence.Start.ToUniversalTime(),
                    Length = occurrence.Length,
                    Special = occurrence.Special,
                },
                cancellationToken);
    }
}
