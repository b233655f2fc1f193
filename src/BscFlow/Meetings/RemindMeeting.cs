using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Meetings.Messages;
using BscFlow.Storage;

namespace BscFlow.Meetings;

/// <summary>The day before: who is coming, and whether quorum is in sight.</summary>
public sealed class RemindMeeting(
    MeetingStore meetings, AbsenceStore absences, IMailbox mailbox, MeetingMail mail, AuditLog audit, TimeProvider clock)
{
    public async Task RunAsync(Charter charter, string row, CancellationToken cancellationToken)
    {
        if (await meetings.FindAsync(charter.Id, row, cancellationToken)
                is not { State: MeetingState.Ahead, EventId: { } invited, RemindedAt: null } meeting
            || meeting.Start <= clock.GetUtcNow())
        {
            return;
        }

        var answers = await mailbox.GetAnswersAsync(charter.Mailbox, invited, cancellationToken);
        var day = charter.DayOf(meeting);
        var away = (await absences.SinceAsync(charter.Id, day, cancellationToken)).On(day);

        // Who said to be away and then accepts has changed their mind; silence has not.
        Answer Of(Member member) => answers
            .FirstOrDefault(answer => member.Addresses.Contains(answer.Address, StringComparer.OrdinalIgnoreCase))?.Answer switch
        {
            null or Answer.None => away.Contains(member.Id) ? Answer.Declined : Answer.None,
            { } given => given,
        };

        var members = new Roster(charter).On(day);
        var addressees = MeetingMail.Addressees(charter, meeting);
        await mail.QueueAsync(
            charter,
            meeting,
            MeetingMail.Reminder,
            addressees,
            addressee => new ReminderMail
            {
                Reader = addressee.Reader,
                Committee = charter.Name,
                Meeting = MeetingFacts.Of(charter, meeting),
                Answers = [.. members.Select(member => new MemberAnswer(member.Name, Of(member)))],
                QuorumNeeded = InviteToMeeting.QuorumOf(charter, meeting).Needed,
                Own = addressee.Member is { } self ? Of(self) : null,
                Page = mail.Links.Meeting(charter, meeting),
            },
            cancellationToken);
        await audit.AppendOnceAsync(
            charter.Id, "members-reminded", Keys.Instant(meeting.Start), "clock", "", cancellationToken);
        await meetings.TryUpdateAsync(meeting with { RemindedAt = clock.GetUtcNow() }, cancellationToken);
    }
}
