using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Meetings.Messages;
using BscFlow.Minutes;
using BscFlow.Storage;

namespace BscFlow.Meetings;

/// <summary>Tells everyone that a meeting does not take place, and writes so into the year's file.</summary>
public sealed class TellCancellation(
    MeetingStore meetings,
    AgendaStore agenda,
    MinutesStore minutes,
    IMailbox mailbox,
    InviteToMeeting invite,
    MeetingMail mail,
    ShowChanges showChanges,
    AuditLog audit,
    TimeProvider clock)
{
    public async Task RunAsync(Charter charter, string row, CancellationToken cancellationToken)
    {
        if (await meetings.FindAsync(charter.Id, row, cancellationToken)
            is not { State: MeetingState.Cancelled, CancellationToldAt: null } meeting)
        {
            return;
        }

        if (meeting is { EventId: null, DraftedAt: not null })
        {
            // Whoever sent the agenda may have died between the invitation and its note: to invite again finds the event.
            var sent = await invite.RunAsync(charter, meeting, cancellationToken);
            if (await meetings.TryUpdateAsync(meeting with { EventId = sent }, cancellationToken) is not { } noted)
            {
                return;
            }

            meeting = noted;
        }

        if (meeting.EventId is { } invited)
        {
            await mailbox.CancelInvitationAsync(charter.Mailbox, invited, meeting.Reason ?? "", cancellationToken);
        }

        var after = await meetings.SinceAsync(charter.Id, meeting.Start, cancellationToken);
        var next = NextMeeting.After(charter, after, meeting.Start) is { } ahead ? MeetingFacts.Of(charter, ahead) : null;
        await mail.QueueAsync(
            charter,
            meeting,
            "cancellation",
            MeetingMail.Addressees(charter, meeting),
            addressee => new CancellationMail
            {
                Reader = addressee.Reader,
                Committee = charter.Name,
                Meeting = MeetingFacts.Of(charter, meeting) with { Number = meeting.Number ?? meeting.FormerNumber },
                Reason = meeting.Reason,
                Next = next,
            },
            cancellationToken);
        await agenda.ReleaseAsync(charter.Id, meeting.Start, cancellationToken);

        var day = charter.DayOf(meeting);
        var section = MinutesWriter.WriteCancelled(meeting.Number, day, meeting.Reason);
        await minutes.ChangeYearAsync(
            charter.Id, day.Year, file => MinutesWriter.Put(MinutesReader.Read(file ?? ""), section), cancellationToken);
        await showChanges(charter, cancellationToken);
        await audit.AppendOnceAsync(
            charter.Id, "cancellation-told", Keys.Instant(meeting.Start), "clock", meeting.Reason ?? "", cancellationToken);
        await meetings.TryUpdateAsync(meeting with { CancellationToldAt = clock.GetUtcNow() }, cancellationToken);
    }
}
