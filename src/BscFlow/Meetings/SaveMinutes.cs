using Azure;
using BscFlow.Committee;
using BscFlow.Minutes;
using BscFlow.Storage;

namespace BscFlow.Meetings;

/// <summary>What became of minutes that somebody sent in.</summary>
public abstract record SaveMinutesOutcome
{
    public sealed record Saved(ETag ETag) : SaveMinutesOutcome;

    /// <summary>Somebody else saved since the sender had read; both texts are kept.</summary>
    public sealed record LostRace(ETag Current, string KeptAs) : SaveMinutesOutcome;

    /// <summary>The text is not this meeting's minutes. Nothing was written.</summary>
    /// <param name="Line">1-based, in the text that was sent.</param>
    public sealed record Refused(string Reason, int Line) : SaveMinutesOutcome;

    public sealed record NoSuchMeeting : SaveMinutesOutcome;
}

/// <summary>Takes the minutes of a meeting, from a program or from a form.</summary>
public sealed class SaveMinutes(MeetingStore meetings, MinutesStore minutes, AuditLog audit, TimeProvider clock)
{
    /// <param name="over">The version that the sender had read.</param>
    /// <param name="who">Who sends it, for the audit.</param>
    public async Task<SaveMinutesOutcome> RunAsync(
        Charter charter, string row, string text, ETag over, string who, CancellationToken cancellationToken)
    {
        if (await meetings.FindAsync(charter.Id, row, cancellationToken) is not { } meeting)
        {
            return new SaveMinutesOutcome.NoSuchMeeting();
        }

        var day = charter.DayOf(meeting);
        if (Check(meeting, day, text) is { } refused)
        {
            return refused;
        }

        switch (await minutes.SaveAsync(charter.Id, day.Year, row, text, over, cancellationToken))
        {
            case SavedMinutes.LostRace lost:
                return new SaveMinutesOutcome.LostRace(lost.Current, lost.KeptAs);
            case SavedMinutes.Saved saved:
                await MarkAsync(charter, row, cancellationToken);
                await audit.AppendOnceAsync(
                    charter.Id, "minutes-saved", $"{row} {saved.ETag}", who, $"{text.Length} characters", cancellationToken);
                return new SaveMinutesOutcome.Saved(saved.ETag);
            default:
                throw new InvalidOperationException("A save has two outcomes.");
        }
    }

    /// <summary>Why a text cannot be the minutes of a meeting; null when it can.</summary>
    internal static SaveMinutesOutcome.Refused? Check(Meeting meeting, DateOnly day, string text)
    {
        if (text.IndexOf('\0', StringComparison.Ordinal) is >= 0 and var nul)
        {
            return new("There is a NUL in the text, which a file of minutes cannot have.", TextLines.NumberAt(text, nul));
        }

        var read = MinutesReader.Read(text).Meetings;
        var heading = SectionStart.Line(SectionStart.House, meeting.Number, day);
        return read switch
        {
            [] or [{ Mark: SectionStart.None }] => new($"There is no heading of a meeting, such as \"{heading}\".", 1),
            [var first, ..] when !string.IsNullOrWhiteSpace(text[..first.Offset].Trim('\uFEFF')) =>
                new("There is text before the heading of the meeting.", 1),
            [_, var second, ..] => new("A second meeting begins here; these are the minutes of one.", second.Line),
            [var only] when only.Number is { } number && number != meeting.Number =>
                new($"These are the minutes of meeting #{number}, sent in as those of {meeting.Title()}.", only.Line),
            [{ Date: null } only] => new($"The heading gives no date; write it as \"{heading}\".", only.Line),
            [var only] when only.Date is { } date && date != day =>
                new($"The heading says {date:yyyy-MM-dd}; {meeting.Title()} is on {day:yyyy-MM-dd}.", only.Line),
            _ => null,
        };
    }

    private async Task MarkAsync(Charter charter, string row, CancellationToken cancellationToken)
    {
        while (await meetings.FindAsync(charter.Id, row, cancellationToken) is { MinutesSavedAt: null } meeting
            && await meetings.TryUpdateAsync(meeting with { MinutesSavedAt = clock.GetUtcNow() }, cancellationToken) is null)
        {
            // Another change of the row came first; read it and mark it again.
        }
    }
}
