using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Minutes;
using BscFlow.Publishing;
using BscFlow.Storage;

namespace BscFlow.Meetings;

/// <summary>What became of the wish to publish.</summary>
public abstract record PublishOutcome
{
    /// <summary>They are published, now or before.</summary>
    public sealed record Published : PublishOutcome;

    public sealed record NotYet(string Reason) : PublishOutcome;

    public sealed record NoSuchMeeting : PublishOutcome;
}

/// <summary>Puts a meeting's minutes into the year's file and onto the public pages, and its action items into the register.</summary>
public sealed class PublishMinutes(
    MeetingStore meetings,
    MinutesStore minutes,
    RegisterActions register,
    PublishSite publishSite,
    AuditLog audit,
    TimeProvider clock)
{
    /// <summary>The step: the time for objections is over, and those that came are settled.</summary>
    public async Task RunAsync(Charter charter, string row, CancellationToken cancellationToken)
    {
        if (await meetings.FindAsync(charter.Id, row, cancellationToken) is { State: MeetingState.Circulated } meeting
            && meeting.ObjectionsUntil <= clock.GetUtcNow()
            && meeting.Objections.Count == 0)
        {
            await PublishAsync(charter, meeting, "clock", cancellationToken);
        }
    }

    /// <summary>The secretary says so; members who could still object are not waited for.</summary>
    public async Task<PublishOutcome> PublishNowAsync(
        Charter charter, string row, string who, CancellationToken cancellationToken)
    {
        switch (await meetings.FindAsync(charter.Id, row, cancellationToken))
        {
            case null:
                return new PublishOutcome.NoSuchMeeting();
            case { State: MeetingState.Published } published:
                await CorrectAsync(charter, published, who, cancellationToken);
                return new PublishOutcome.Published();
            case { State: MeetingState.Cancelled }:
                return new PublishOutcome.NotYet("The meeting was cancelled; there are no minutes of it.");
            case { MinutesSavedAt: null }:
                return new PublishOutcome.NotYet("Nobody has saved minutes of this meeting yet.");
            case var meeting when meeting.End > clock.GetUtcNow():
                return new PublishOutcome.NotYet("The meeting is not over yet.");
            case var meeting:
                await PublishAsync(charter, meeting, who, cancellationToken);
                return new PublishOutcome.Published();
        }
    }

    private async Task PublishAsync(Charter charter, Meeting meeting, string who, CancellationToken cancellationToken)
    {
        await PutAsync(charter, meeting, cancellationToken);
        await audit.AppendOnceAsync(charter.Id, "minutes-published", meeting.Row, who, "", cancellationToken);
        await meetings.TryUpdateAsync(
            meeting with { State = MeetingState.Published, PublishedAt = clock.GetUtcNow() }, cancellationToken);
    }

    /// <summary>Minutes that were changed after they were published; where nothing was changed, nothing is written.</summary>
    private async Task CorrectAsync(Charter charter, Meeting meeting, string who, CancellationToken cancellationToken)
    {
        var (year, stored) = await ReadAsync(charter, meeting, cancellationToken);
        if (await minutes.FindYearAsync(charter.Id, year, cancellationToken) is { } file
            && MinutesWriter.Put(MinutesReader.Read(file.Text), stored.Text) == file.Text)
        {
            return;
        }

        await PutAsync(charter, meeting, cancellationToken);
        await audit.AppendOnceAsync(
            charter.Id, "minutes-corrected", $"{meeting.Row} {stored.ETag}", who, "", cancellationToken);
    }

    private async Task PutAsync(Charter charter, Meeting meeting, CancellationToken cancellationToken)
    {
        var (year, stored) = await ReadAsync(charter, meeting, cancellationToken);
        await minutes.ChangeYearAsync(
            charter.Id, year, file => MinutesWriter.Put(MinutesReader.Read(file ?? ""), stored.Text), cancellationToken);
        await register.RunAsync(charter, stored.Text, cancellationToken);
        await publishSite.RunAsync(charter, cancellationToken);
    }

    private async Task<(int Year, StoredMinutes Stored)> ReadAsync(
        Charter charter, Meeting meeting, CancellationToken cancellationToken)
    {
        var year = charter.DayOf(meeting).Year;
        return await minutes.FindAsync(charter.Id, year, meeting.Row, cancellationToken) is { } stored
            ? (year, stored)
            : throw new InvalidOperationException($"The minutes of {meeting.Title()} of {charter.Id} are not in their blob.");
    }
}
