using BscFlow.Committee;
using BscFlow.Minutes;
using BscFlow.Storage;

namespace BscFlow.Meetings;

/// <summary>
/// Takes something that a person wants discussed. It stands on the agenda of a drafted meeting that is still ahead, in the draft
/// of its minutes and on its page; where there is none, it waits for the next one to be drafted.
/// </summary>
public sealed class AddAgendaItem(
    AgendaStore agenda, MeetingStore meetings, MinutesStore minutes, ShowChanges showChanges, AuditLog audit, TimeProvider clock)
{
    /// <param name="text">One line of plain text.</param>
    /// <param name="who">Who sends it in, for the audit.</param>
    public Task<Meeting?> RunAsync(
        Charter charter, string text, string? proposedBy, string who, CancellationToken cancellationToken)
    {
        var id = Keys.AgendaItem(clock.GetUtcNow(), 0, $"{Guid.NewGuid():N}");
        return RunAsync(charter, [(id, text)], proposedBy, who, asked: null, cancellationToken);
    }

    /// <summary>The same for several that may be brought again, such as the lines of a mail: each is taken once.</summary>
    /// <param name="items">Each with its id, as <see cref="Keys.AgendaItem"/> makes it; the same each time.</param>
    /// <param name="asked">Start of the meeting for which they are meant; once it has begun, they are for the next one.</param>
    /// <returns>The meeting on whose agenda they stand; null while they wait for one.</returns>
    public async Task<Meeting?> RunAsync(
        Charter charter,
        IReadOnlyList<(string Id, string Text)> items,
        string? proposedBy,
        string who,
        DateTimeOffset? asked,
        CancellationToken cancellationToken)
    {
        var meeting = await FindAsync(charter, asked, cancellationToken);
        foreach (var (id, text) in items)
        {
            await agenda.AddAsync(
                new AgendaItem { Committee = charter.Id, Id = id, Text = text, ProposedBy = proposedBy, Meeting = meeting?.Start },
                cancellationToken);
            await audit.AppendOnceAsync(charter.Id, "agenda-item-added", id, who, text, cancellationToken);
        }

        if (meeting is not null && await ChangeDraftAsync(charter, meeting, cancellationToken))
        {
            await showChanges(charter, cancellationToken);
        }

        return meeting;
    }

    private async Task<Meeting?> FindAsync(Charter charter, DateTimeOffset? asked, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var ahead = (await meetings.SinceAsync(charter.Id, now, cancellationToken))
            .Where(meeting => meeting is { State: MeetingState.Ahead, DraftedAt: not null } && meeting.Start > now)
            .OrderBy(meeting => meeting.Start)
            .ToList();

        // A key names a meeting by the minute.
        return ahead.Find(meeting => asked is { } start && Keys.Instant(meeting.Start) == Keys.Instant(start))
            ?? ahead.FirstOrDefault();
    }

    /// <summary>Once somebody writes minutes in the draft, it is theirs.</summary>
    private async Task<bool> ChangeDraftAsync(Charter charter, Meeting meeting, CancellationToken cancellationToken)
    {
        var year = charter.DayOf(meeting).Year;
        var items = await agenda.ForMeetingAsync(charter.Id, meeting.Start, cancellationToken);
        while (meeting is { MinutesSavedAt: null, MinutesBegunAt: null }
            && await minutes.FindAsync(charter.Id, year, meeting.Row, cancellationToken) is { } draft
            && MeetingDraft.WithItems(draft.Text, items) is var changed)
        {
            if (changed == draft.Text
                || await minutes.TrySaveAsync(charter.Id, year, meeting.Row, changed, draft.ETag, cancellationToken) is not null)
            {
                return true;
            }
        }

        return false;
    }
}
