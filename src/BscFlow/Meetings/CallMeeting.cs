using BscFlow.Committee;
using BscFlow.Storage;

namespace BscFlow.Meetings;

/// <summary>What became of the wish to hold a meeting, or not to.</summary>
public abstract record CallOutcome
{
    /// <summary>It is on the books; the mails follow by themselves.</summary>
    public sealed record Done(Meeting Meeting) : CallOutcome;

    /// <summary>It cannot be. Nothing was written.</summary>
    public sealed record Refused(string Reason) : CallOutcome;

    public sealed record NoSuchMeeting : CallOutcome;
}

/// <summary>Puts a special meeting on the books; draft, agenda and invitation follow as for any other.</summary>
public sealed class CallSpecialMeeting(MeetingStore meetings, AuditLog audit, TimeProvider clock)
{
    public const string WrongLength = "A meeting lasts between five minutes and a day.";

    /// <param name="length">Null: as long as the charter's.</param>
    public static bool Lasts(TimeSpan? length) =>
        length is null || (length >= TimeSpan.FromMinutes(5) && length <= TimeSpan.FromDays(1));

    public async Task<CallOutcome> RunAsync(
        Charter charter, DateTimeOffset start, TimeSpan? length, string reason, string who, CancellationToken cancellationToken)
    {
        start = start.ToUniversalTime();
        start = start.AddTicks(-(start.Ticks % TimeSpan.TicksPerMinute));
        if (start <= clock.GetUtcNow())
        {
            return new CallOutcome.Refused($"A meeting is called ahead of time; {start:yyyy-MM-dd HH:mm} UTC is past.");
        }

        if (!Lasts(length))
        {
            return new CallOutcome.Refused(WrongLength);
        }

        if (await meetings.AtAsync(charter.Id, start, cancellationToken) is { } same)
        {
            if (same is { Special: true, State: not MeetingState.Cancelled } && same.Reason == reason)
            {
                // Asked again, perhaps after a crash that came before the event was on record.
                return await CalledAsync(charter, same, who, cancellationToken);
            }

            var state = same.State == MeetingState.Cancelled ? "was cancelled" : "is on the books";
            return new CallOutcome.Refused($"A meeting at that time {state}: {same.Title()}. Choose another minute.");
        }

        if (MeetingCalendar.Of(charter).At(start) is { Cancelled: false })
        {
            return new CallOutcome.Refused("The committee meets at that time by its calendar; the meeting drafts itself.");
        }

        var called = await meetings.ClaimAsync(
            new Meeting
            {
                Committee = charter.Id,
                Number = null,
                Start = start,
                Length = length ?? charter.Meetings.Length,
                Special = true,
                Reason = reason,
            },
            cancellationToken);
        return await CalledAsync(charter, called, who, cancellationToken);
    }

    private async Task<CallOutcome> CalledAsync(Charter charter, Meeting called, string who, CancellationToken cancellationToken)
    {
        await audit.AppendOnceAsync(
            charter.Id, "special-meeting-called", Keys.Instant(called.Start), who, called.Reason ?? "", cancellationToken);
        return new CallOutcome.Done(called);
    }
}

/// <summary>Takes a meeting off the books: one with a number, or a date of the calendar that has none yet.</summary>
/// <remarks>Whether a number that was given stays used is the charter's choice.</remarks>
public sealed class CancelMeeting(MeetingStore meetings, AuditLog audit, TimeProvider clock)
{
    public async Task<CallOutcome> RunAsync(
        Charter charter, string row, string reason, string who, CancellationToken cancellationToken)
    {
        if (await meetings.FindAsync(charter.Id, row, cancellationToken) is not { } meeting)
        {
            return new CallOutcome.NoSuchMeeting();
        }

        if (meeting.State == MeetingState.Cancelled && meeting.Reason == reason)
        {
            // Asked again, perhaps after a crash that came before the event was on record.
            return await CancelledAsync(charter, meeting, who, cancellationToken);
        }

        if (meeting.State != MeetingState.Ahead || meeting.Start <= clock.GetUtcNow())
        {
            return new CallOutcome.Refused(meeting.State == MeetingState.Cancelled
                ? $"{Capital(meeting.Title())} is cancelled already."
                : $"{Capital(meeting.Title())} has begun or is over; only a meeting ahead can be cancelled.");
        }

        var cancelled = meeting with { State = MeetingState.Cancelled, Reason = reason };
        var stored = charter.Meetings.CancelledKeepsNumber
            ? await meetings.TryUpdateAsync(cancelled, cancellationToken)
            : await meetings.TryTakeNumberAsync(cancelled, cancellationToken);
        if (stored is null)
        {
            return new CallOutcome.Refused("The meeting was changed at the same moment; look at it and try again.");
        }

        return await CancelledAsync(charter, stored, who, cancellationToken);
    }

    /// <summary>Cancels the meeting that the calendar holds at a moment, drafted or not.</summary>
    public async Task<CallOutcome> RunAsync(
        Charter charter, DateTimeOffset start, string reason, string who, CancellationToken cancellationToken)
    {
        if (await meetings.AtAsync(charter.Id, start, cancellationToken) is { } drafted)
        {
            return await RunAsync(charter, drafted.Row, reason, who, cancellationToken);
        }

        if (MeetingCalendar.Of(charter).At(start) is not { Cancelled: false } occurrence)
        {
            return new CallOutcome.NoSuchMeeting();
        }

        var stored = await meetings.TryAddAsync(
            new Meeting
            {
                Committee = charter.Id,
                Number = null,
                Start = occurrence.Start.ToUniversalTime(),
                Length = occurrence.Length,
                State = MeetingState.Cancelled,
                Reason = reason,
            },
            cancellationToken);
        if (stored is null)
        {
            return new CallOutcome.Refused("That meeting is cancelled already.");
        }

        return await CancelledAsync(charter, stored, who, cancellationToken);
    }

    private async Task<CallOutcome> CancelledAsync(
        Charter charter, Meeting cancelled, string who, CancellationToken cancellationToken)
    {
        await audit.AppendOnceAsync(
            charter.Id, "meeting-cancelled", Keys.Instant(cancelled.Start), who, cancelled.Reason ?? "", cancellationToken);
        return new CallOutcome.Done(cancelled);
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
