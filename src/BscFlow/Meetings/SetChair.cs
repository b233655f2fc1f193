using System.Globalization;
using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Meetings.Messages;
using BscFlow.Minutes;
using BscFlow.Storage;

namespace BscFlow.Meetings;

/// <summary>
/// Puts another member in the chair than the rotation proposed, also in the draft and on the meeting's page. Where the agenda has
/// named the former one, both get a mail.
/// </summary>
public sealed class SetChair(
    MeetingStore meetings, MinutesStore minutes, ShowChanges showChanges, MeetingMail mail, AuditLog audit, TimeProvider clock)
{
    /// <param name="member">Id of a member in office on the day of the meeting; null: nobody.</param>
    public async Task<CallOutcome> RunAsync(
        Charter charter, string row, string? member, string who, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await meetings.FindAsync(charter.Id, row, cancellationToken) is not { } meeting)
            {
                return new CallOutcome.NoSuchMeeting();
            }

            var inOffice = new Roster(charter).On(charter.DayOf(meeting));
            if (member is not null && inOffice.All(person => person.Id != member))
            {
                return new CallOutcome.Refused(
                    $"\"{member}\" is no member in office that day; those are {string.Join(", ", inOffice.Select(p => p.Id))}.");
            }

            // The row last: whoever asks again after a crash finds the former chair in it, and the draft is looked at again.
            await ChangeDraftAsync(charter, meeting, member, cancellationToken);
            await TellAsync(charter, meeting, member, cancellationToken);
            var changes = meeting.ChairChanges + (meeting.Chair == member ? 0 : 1);
            if (await meetings.TryUpdateAsync(meeting with { Chair = member, ChairChanges = changes }, cancellationToken) is { } stored)
            {
                await showChanges(charter, cancellationToken);
                await audit.AppendOnceAsync(
                    charter.Id, "chair-set", $"{row} {stored.ETag}", who, member ?? "", cancellationToken);
                return new CallOutcome.Done(stored);
            }
        }
    }

    /// <summary>
    /// One mail a change and reader, also for who asks again after a crash: the row still has the number of the change then.
    /// </summary>
    private async Task TellAsync(Charter charter, Meeting meeting, string? member, CancellationToken cancellationToken)
    {
        if (meeting.Chair == member
            || meeting is not { State: MeetingState.Ahead, AgendaSentAt: not null }
            || meeting.Start <= clock.GetUtcNow())
        {
            return;
        }

        var facts = MeetingFacts.Of(charter, meeting with { Chair = member });
        await mail.QueueAsync(
            charter,
            meeting,
            string.Create(CultureInfo.InvariantCulture, $"chair-{meeting.ChairChanges}"),
            charter.Members.Where(person => person.Id == member || person.Id == meeting.Chair).Select(Addressee.Of),
            addressee => new ChairChangedMail
            {
                Reader = addressee.Reader,
                Committee = charter.Name,
                Meeting = facts,
                InTheChair = addressee.Member?.Id == member,
                Page = mail.Links.Meeting(charter, meeting),
            },
            cancellationToken);
    }

    /// <summary>Once somebody has written minutes, they say who was in the chair.</summary>
    private async Task ChangeDraftAsync(Charter charter, Meeting meeting, string? member, CancellationToken cancellationToken)
    {
        var year = charter.DayOf(meeting).Year;
        if (meeting is { MinutesSavedAt: null, MinutesBegunAt: null }
            && await minutes.FindAsync(charter.Id, year, meeting.Row, cancellationToken) is { } draft
            && MeetingDraft.WithChair(draft.Text, Name(meeting.Chair), Name(member)) is var changed
            && changed != draft.Text)
        {
            await minutes.SaveAsync(charter.Id, year, meeting.Row, changed, draft.ETag, cancellationToken);
        }

        string? Name(string? id) => id is null ? null : charter.NameOf(id);
    }
}
