using System.Globalization;
using Azure;
using BscFlow.Committee;
using BscFlow.Editing;
using BscFlow.Minutes;
using BscFlow.Storage;

namespace BscFlow.Meetings;

/// <summary>A text in somebody's editor.</summary>
/// <param name="Original">What it was made of; empty where the editor cannot tell.</param>
/// <param name="Over">The version of <paramref name="Original"/>.</param>
/// <param name="Finished">The minutes are written: from now on they go their way to the members.</param>
public sealed record MinutesEdit(string Text, string Original, ETag Over, bool Finished);

/// <summary>What became of an edit.</summary>
public abstract record EditOutcome
{
    private EditOutcome()
    {
    }

    /// <param name="Text">As it is stored: what was sent, with what somebody else had saved meanwhile.</param>
    /// <param name="Merged">Whether it differs from what was sent.</param>
    public sealed record Saved(string Text, ETag ETag, bool Merged) : EditOutcome;

    /// <summary>Somebody else saved and changed the same words. Nothing was written; both versions are in the text.</summary>
    /// <param name="Text">To be edited on.</param>
    /// <param name="Theirs">What stands; the original of the next edit.</param>
    /// <param name="Line">1-based, in the text.</param>
    public sealed record Conflict(string Text, string Theirs, ETag Current, int Line) : EditOutcome;

    /// <param name="Line">1-based, in the text that was sent.</param>
    public sealed record Refused(string Reason, int Line) : EditOutcome;

    public sealed record NoSuchMeeting : EditOutcome;
}

/// <summary>Saves minutes while they are written, by several people at once where need be.</summary>
public sealed class EditMinutes(MeetingStore meetings, MinutesStore minutes, AuditLog audit, TimeProvider clock)
{
    /// <param name="who">Who writes, for the audit.</param>
    public async Task<EditOutcome> RunAsync(
        Charter charter, string row, MinutesEdit edit, string who, CancellationToken cancellationToken)
    {
        if (await meetings.FindAsync(charter.Id, row, cancellationToken) is not { } meeting)
        {
            return new EditOutcome.NoSuchMeeting();
        }

        var day = charter.DayOf(meeting);
        var text = edit.Text;
        if (ThreeWayMerge.FindConflict(text) is { } mark)
        {
            return new EditOutcome.Refused("Here two people wrote. Choose what stays, and take the marks out.", mark);
        }

        if (SaveMinutes.Check(meeting, day, text) is { } refused)
        {
            return new EditOutcome.Refused(refused.Reason, refused.Line);
        }

        var (original, over) = (edit.Original, edit.Over);
        while (true)
        {
            // The mark comes first: from then on the text is somebody's, and no longer shown as an agenda.
            await MarkAsync(
                charter,
                row,
                begun => begun with { MinutesBegunAt = begun.MinutesBegunAt ?? clock.GetUtcNow() },
                cancellationToken);
            if (await minutes.TrySaveAsync(charter.Id, day.Year, row, text, over, cancellationToken) is { } etag)
            {
                await RecordAsync(charter, row, edit.Finished, etag, who, cancellationToken);
                return new EditOutcome.Saved(text, etag, text != edit.Text);
            }

            if (await minutes.FindAsync(charter.Id, day.Year, row, cancellationToken) is not { } current)
            {
                return new EditOutcome.NoSuchMeeting();
            }

            var merged = ThreeWayMerge.Merge(original, text, current.Text);
            if (merged.ConflictLine is { } line)
            {
                return new EditOutcome.Conflict(merged.Text, current.Text, current.ETag, line);
            }

            (original, text, over) = (current.Text, merged.Text, current.ETag);
        }
    }

    private async Task RecordAsync(
        Charter charter, string row, bool finished, ETag etag, string who, CancellationToken cancellationToken)
    {
        if (finished)
        {
            await MarkAsync(
                charter,
                row,
                written => written with { MinutesSavedAt = written.MinutesSavedAt ?? clock.GetUtcNow() },
                cancellationToken);
            await audit.AppendOnceAsync(charter.Id, "minutes-saved", $"{row} {etag}", who, "", cancellationToken);
            return;
        }

        // While somebody writes, one event an hour says so.
        var hour = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH'Z'", CultureInfo.InvariantCulture);
        await audit.AppendOnceAsync(charter.Id, "minutes-edited", $"{row} {hour} {who}", who, "", cancellationToken);
    }

    private async Task MarkAsync(Charter charter, string row, Func<Meeting, Meeting> mark, CancellationToken cancellationToken)
    {
        while (await meetings.FindAsync(charter.Id, row, cancellationToken) is { } meeting
            && mark(meeting) is var marked
            && marked != meeting
            && await meetings.TryUpdateAsync(marked, cancellationToken) is null)
        {
            // Another change of the row came first; read it and mark it again.
        }
    }
}
