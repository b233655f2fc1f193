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
            case { State: MeetingState.Published }:
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
        var year = charter.DayOf(meeting).Year;
        var stored = await minutes.FindAsync(charter.Id, year, meeting.Row, cancellationToken)
            ?? throw new InvalidOperationException($"The minutes of {meeting.Title()} of {charter.Id} are not in their blob.");

        await minutes.ChangeYearAsync(
            charter.Id, year, file => MinutesWriter.Put(MinutesReader.Read(file ?? ""), stored.Text), cancellationToken);
        await register.RunAsync(charter, stored.Text, cancellationToken);
        await publishSite.RunAsync(charter, cancellationToken);
        await audit.AppendOnceAsync(charter.Id, "minutes-published", meeting.Row, who, "", cancellationToken);
        await meetings.TryUpdateAsync(
            meeting with { State = MeetingState.Published, PublishedAt = clock.GetUtcNow() }, cancellationToken);
    }
}
