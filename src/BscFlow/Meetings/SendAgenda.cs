using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Mail.Messages;
using BscFlow.Storage;
using BscFlow.Votes;

namespace BscFlow.Meetings;

/// <summary>Invites everyone to a drafted meeting, and mails each the agenda.</summary>
public sealed class SendAgenda(
    MeetingStore meetings,
    AbsenceStore absences,
    MeetingAgenda agendas,
    IMailbox mailbox,
    MeetingMail mail,
    AuditLog audit,
    TimeProvider clock)
{
    public async Task RunAsync(Charter charter, string row, CancellationToken cancellationToken)
    {
        if (await meetings.FindAsync(charter.Id, row, cancellationToken)
                is not { State: MeetingState.Ahead, DraftedAt: not null, AgendaSentAt: null } meeting
            || meeting.Start <= clock.GetUtcNow())
        {
            return;
        }

        var addressees = MeetingMail.Addressees(charter, meeting);
        var quorum = QuorumOf(charter, meeting);
        var away = await AwayAsync(charter, meeting, cancellationToken);
        var eventId = await InviteAsync(charter, meeting, addressees, quorum, cancellationToken);
        var agenda = await agendas.TakeAsync(charter, meeting, cancellationToken);
        await mail.QueueAsync(
            charter,
            meeting,
            MeetingMail.Agenda,
            addressees,
            addressee => new AgendaMail
            {
                Reader = addressee.Reader,
                Committee = charter.Name,
                Meeting = MeetingFacts.Of(charter, meeting),
                Reason = meeting.Reason,
                InTheChair = addressee.Member?.Id == meeting.Chair && meeting.Chair is not null,
                Agenda = agenda.Items,
                LeftOver = agenda.LeftOver,
                Actions = ByOwner(charter, agenda.OpenActions),
                Motions =
                [
                    .. agenda.OpenMotions.Select(motion => new PendingVote(
                        motion.Title, RuleWords.Standing(charter, motion), mail.Links.Motion(charter, motion.Id))),
                ],
                Quorum = quorum,
                Away = away,
                Page = mail.Links.Meeting(charter, meeting),
            },
            cancellationToken);
        await audit.AppendOnceAsync(
            charter.Id, "agenda-sent", Keys.Instant(meeting.Start), "clock", $"{addressees.Count} readers", cancellationToken);
        await meetings.TryUpdateAsync(
            meeting with { EventId = eventId, AgendaSentAt = clock.GetUtcNow() }, cancellationToken);
    }

    private async Task<IReadOnlyList<string>> AwayAsync(
        Charter charter, Meeting meeting, CancellationToken cancellationToken)
    {
        var day = charter.DayOf(meeting);
        var away = (await absences.SinceAsync(charter.Id, day, cancellationToken)).On(day);
        return [.. new Roster(charter).On(day).Where(member => away.Contains(member.Id)).Select(member => member.Name)];
    }

    private async Task<string> InviteAsync(
        Charter charter,
        Meeting meeting,
        IReadOnlyList<Addressee> addressees,
        QuorumNeed quorum,
        CancellationToken cancellationToken)
    {
        var note = new InvitationNote
        {
            Reader = Reader.Everyone,
            Committee = charter.Name,
            Meeting = MeetingFacts.Of(charter, meeting),
            Quorum = quorum,
            Page = mail.Links.Meeting(charter, meeting),
        };
        var text = await mail.RenderAsync(note);
        return await mailbox.InviteAsync(
            charter.Mailbox,
            new Invitation
            {
                TransactionId = $"{charter.Id}-{meeting.Row}-{Keys.Instant(meeting.Start)}",
                Subject = text.Subject,
                Html = text.Html,
                Start = meeting.Start,
                End = meeting.End,
                TimeZone = charter.TimeZone,
                Place = charter.Meetings.Place,
                Attendees = [.. addressees.Select(addressee => new Recipient(addressee.Reader.Name, addressee.Address))],
            },
            cancellationToken);
    }

    /// <summary>What the meeting needs to decide, if nobody joins or leaves before it.</summary>
    internal static QuorumNeed QuorumOf(Charter charter, Meeting meeting)
    {
        var inOffice = new Roster(charter).Size(charter.DayOf(meeting));
        return new QuorumNeed(charter.Quorum.Needed(inOffice), inOffice);
    }

    private static IReadOnlyList<OwnedActions> ByOwner(Charter charter, IReadOnlyList<ActionItem> open) =>
    [
        .. open
            .SelectMany(item => item.Owners.DefaultIfEmpty(""), (item, owner) => (item, owner))
            .GroupBy(entry => entry.owner, entry => entry.item)
            .Select(items => new OwnedActions(items.Key.Length > 0 ? charter.NameOf(items.Key) : "Nobody named", [.. items])),
    ];
}
