using BscFlow.Committee;
using BscFlow.Minutes;
using BscFlow.Publishing;
using BscFlow.Storage;

namespace BscFlow.Meetings;

/// <summary>
/// Puts the next meeting on the books: number, chair by rotation, and a draft of its minutes with what is to be
/// discussed. The row is claimed first and marked last; in between everything can be done again.
/// </summary>
public sealed class DraftMeeting(
    MeetingStore meetings,
    MeetingAgenda agendas,
    MinutesStore minutes,
    PublishSite publishSite,
    AuditLog audit,
    TimeProvider clock)
{
    private static readonly HashSet<string> Nobody = [];

    /// <param name="start">Of an occurrence of the calendar, or of a meeting that was called.</param>
    public async Task RunAsync(Charter charter, DateTimeOffset start, CancellationToken cancellationToken)
    {
        var known = await meetings.AllAsync(charter.Id, cancellationToken);
        var meeting = known.FirstOrDefault(other => other.Start == start)
            ?? await ClaimAsync(charter, start, cancellationToken);
        if (meeting is not { State: MeetingState.Ahead, DraftedAt: null })
        {
            return;
        }

        if (meeting.Chair is null)
        {
            var chair = ProposeChair(charter, meeting, known);
            if (await meetings.TryUpdateAsync(meeting with { Chair = chair?.Id }, cancellationToken) is not { } chaired)
            {
                return;
            }

            meeting = chaired;
        }

        var agenda = await agendas.TakeAsync(charter, meeting, cancellationToken);
        var draft = MeetingDraft.Compose(charter, meeting, agenda);
        await minutes.AddAsync(charter.Id, charter.DayOf(meeting).Year, meeting.Row, draft, cancellationToken);
        await publishSite.RunAsync(charter, cancellationToken);
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
                charter.Meetings,
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

    private static Member? ProposeChair(Charter charter, Meeting meeting, IReadOnlyList<Meeting> known)
    {
        var history = known
            .Where(other => other.Start < meeting.Start && other.State != MeetingState.Cancelled && other.Chair is not null)
            .Select(other => new ChairedMeeting(charter.DayOf(other), other.Chair!));
        return ChairRotation.Propose(charter, charter.DayOf(meeting), history, absent: Nobody);
    }
}
