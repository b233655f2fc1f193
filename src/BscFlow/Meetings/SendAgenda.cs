using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Meetings.Messages;
using BscFlow.Storage;

namespace BscFlow.Meetings;

/// <summary>Invites everyone to a drafted meeting, and mails each the agenda.</summary>
public sealed class SendAgenda(
    MeetingStore meetings,
    AbsenceStore absences,
    MeetingAgenda agendas,
    InviteToMeeting invite,
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
        var quorum = InviteToMeeting.QuorumOf(charter, meeting);
        var away = await AwayAsync(charter, meeting, cancellationToken);
        var eventId = await invite.RunAsync(charter, meeting, cancellationToken);

        // On record at once: who cancels the meeting from now on takes the invitation back.
        if (await meetings.TryUpdateAsync(meeting with { EventId = eventId }, cancellationToken) is not { } invited)
        {
            return;
        }

        meeting = invited;
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
                    .. agenda.OpenVotes.Select(vote => new PendingVote(
                        vote.Title, vote.Standing, mail.Links.Motion(charter, vote.Id))),
                ],
                Quorum = quorum,
                Away = away,
                Page = mail.Links.Meeting(charter, meeting),
            },
            cancellationToken);
        await audit.AppendOnceAsync(
            charter.Id, "agenda-sent", Keys.Instant(meeting.Start), "clock", $"{addressees.Count} readers", cancellationToken);
        await meetings.TryUpdateAsync(
            meeting with { AgendaSentAt = clock.GetUtcNow() }, cancellationToken);
    }

    private async Task<IReadOnlyList<string>> AwayAsync(
        Charter charter, Meeting meeting, CancellationToken cancellationToken)
    {
        var day = charter.DayOf(meeting);
        var away = (await absences.SinceAsync(charter.Id, day, cancellationToken)).On(day);
        return [.. new Roster(charter).On(day).Where(member => away.Contains(member.Id)).Select(member => member.Name)];
    }

    private static IReadOnlyList<OwnedActions> ByOwner(Charter charter, IReadOnlyList<ActionItem> open) =>
    [
        .. open
            .SelectMany(item => item.Owners.DefaultIfEmpty(""), (item, owner) => (item, owner))
            .GroupBy(entry => entry.owner, entry => entry.item)
            .Select(items => new OwnedActions(items.Key.Length > 0 ? charter.NameOf(items.Key) : "Nobody named", [.. items])),
    ];
}
