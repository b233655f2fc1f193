using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Meetings.Messages;
using BscFlow.Minutes;
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

/// <summary>
/// Puts a meeting's minutes into the year's file and onto the public pages, and its action items into the register.
/// </summary>
public sealed class PublishMinutes(
    MeetingStore meetings,
    MinutesStore minutes,
    RegisterActions register,
    ShowChanges showChanges,
    MeetingMail mail,
    MinutesMadePublic madePublic,
    CommitteeStateStore states,
    CollectMail collectMail,
    AuditLog audit,
    TimeProvider clock)
{
    /// <summary>The step: the time for objections is over, and those that came are settled.</summary>
    /// <exception cref="MailboxUnavailableException">
    /// An objection may be in the mailbox still; the step is tried again.
    /// </exception>
    public async Task RunAsync(Charter charter, string row, CancellationToken cancellationToken)
    {
        if (!IsDue(await meetings.FindAsync(charter.Id, row, cancellationToken), out var meeting))
        {
            return;
        }

        if (meeting.PublishedAt is null)
        {
            if (!await collectMail.IsInUntilAsync(charter.Mailbox, meeting.ObjectionsUntil!.Value, cancellationToken))
            {
                throw new MailboxUnavailableException(
                    $"The mail that came while members could object to {meeting.Title()} is not all in yet.", null, null, null);
            }

            // To look for mail may have brought an objection.
            if (!IsDue(await meetings.FindAsync(charter.Id, row, cancellationToken), out meeting))
            {
                return;
            }
        }

        await TryPublishAsync(charter, meeting, "clock", cancellationToken);
    }

    /// <summary>The secretary says so; members who could still object are not waited for.</summary>
    public async Task<PublishOutcome> PublishNowAsync(
        Charter charter, string row, string who, CancellationToken cancellationToken)
    {
        while (true)
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
                case var meeting when await TryPublishAsync(charter, meeting, who, cancellationToken):
                    return new PublishOutcome.Published();
            }
        }
    }

    private bool IsDue(Meeting? found, out Meeting meeting)
    {
        meeting = found!;
        return found is { State: MeetingState.Circulated }
            && (found.PublishedAt is not null || (found.ObjectionsUntil <= clock.GetUtcNow() && found.Objections.Count == 0));
    }

    /// <returns>False when the row changed meanwhile, perhaps by an objection; nothing was published then.</returns>
    private async Task<bool> TryPublishAsync(Charter charter, Meeting meeting, string who, CancellationToken cancellationToken)
    {
        // On the row before anything is public: whoever objects from now on is told that it is too late.
        var begun = meeting.PublishedAt is not null
            ? meeting
            : await meetings.TryUpdateAsync(meeting with { PublishedAt = clock.GetUtcNow() }, cancellationToken);
        if (begun is null)
        {
            return false;
        }

        var text = await PutAsync(charter, begun, who, cancellationToken);
        await TellAsync(charter, begun, cancellationToken);
        await audit.AppendOnceAsync(charter.Id, "minutes-published", meeting.Row, who, "", cancellationToken);
        await MarkAsync(begun with { State = MeetingState.Published, PublishedText = text }, cancellationToken);
        return true;
    }

    /// <summary>The list, or where there is none all who take part.</summary>
    private Task TellAsync(Charter charter, Meeting meeting, CancellationToken cancellationToken) => mail.QueueAsync(
        charter,
        meeting,
        MailKey.Published,
        charter.List is null ? MeetingMail.Addressees(charter, meeting) : Addressee.OfList(charter),
        addressee => new PublishedMail
        {
            Reader = addressee.Reader,
            Committee = charter.Name,
            Meeting = MeetingFacts.Of(charter, meeting),
            Page = mail.Links.Meeting(charter, meeting),
        },
        cancellationToken);

    /// <summary>Minutes that were changed after they were published; where nothing was changed, nothing is written.</summary>
    private async Task CorrectAsync(Charter charter, Meeting meeting, string who, CancellationToken cancellationToken)
    {
        var (year, stored) = await ReadAsync(charter, meeting, cancellationToken);
        var known = meeting.PublishedText is { } published
            ? published == stored.ETag.ToString()
            : await minutes.FindYearAsync(charter.Id, year, cancellationToken) is { } file
                && MinutesWriter.Put(MinutesReader.Read(file.Text), stored.Text) == file.Text;
        if (known)
        {
            return;
        }

        var text = await PutAsync(charter, meeting, who, cancellationToken);
        await audit.AppendOnceAsync(charter.Id, "minutes-corrected", $"{meeting.Row} {text}", who, "", cancellationToken);
        await MarkAsync(meeting with { PublishedText = text }, cancellationToken);
    }

    /// <returns>ETag of the text that is public now.</returns>
    private async Task<string> PutAsync(Charter charter, Meeting meeting, string who, CancellationToken cancellationToken)
    {
        var (year, stored) = await ReadAsync(charter, meeting, cancellationToken);
        await minutes.ChangeYearAsync(
            charter.Id, year, file => MinutesWriter.Put(MinutesReader.Read(file ?? ""), stored.Text), cancellationToken);
        await register.RunAsync(charter, stored.Text, cancellationToken);
        await showChanges(charter, cancellationToken);
        await madePublic(charter, meeting, stored.Text, who, cancellationToken);
        await states.NoteMinutesAsync(charter.Id, $"{meeting.Row} {stored.ETag}", cancellationToken);
        return stored.ETag.ToString();
    }

    /// <summary>Marks what is done; a change of the row by others in between stays.</summary>
    private async Task MarkAsync(Meeting done, CancellationToken cancellationToken)
    {
        var (state, text) = (done.State, done.PublishedText);
        while (await meetings.TryUpdateAsync(done, cancellationToken) is null
            && await meetings.FindAsync(done.Committee, done.Row, cancellationToken) is { } changed)
        {
            done = changed with { State = state, PublishedText = text };
        }
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
