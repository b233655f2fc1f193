using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Mail.Messages;
using BscFlow.Storage;

namespace BscFlow.Meetings;

/// <summary>Asks the chair for minutes that are still missing; where nobody was in the chair, the secretaries.</summary>
public sealed class AskForMinutes(MeetingStore meetings, MeetingMail mail, AuditLog audit, TimeProvider clock)
{
    public async Task RunAsync(Charter charter, string row, CancellationToken cancellationToken)
    {
        if (await meetings.FindAsync(charter.Id, row, cancellationToken)
            is not { State: MeetingState.Ahead, MinutesSavedAt: null, MinutesAskedAt: null } meeting)
        {
            return;
        }

        await mail.QueueAsync(
            charter,
            meeting,
            "minutes",
            Asked(charter, meeting),
            addressee => new MinutesRequestMail
            {
                Reader = addressee.Reader,
                Committee = charter.Name,
                Meeting = MeetingFacts.Of(charter, meeting),
                Form = mail.Links.MinutesForm(charter, meeting),
                Template = mail.Links.MinutesTemplate(charter, meeting),
            },
            cancellationToken);
        await audit.AppendOnceAsync(
            charter.Id, "minutes-asked-for", Keys.Instant(meeting.Start), "clock", meeting.Chair ?? "", cancellationToken);
        await meetings.TryUpdateAsync(meeting with { MinutesAskedAt = clock.GetUtcNow() }, cancellationToken);
    }

    private static IEnumerable<Addressee> Asked(Charter charter, Meeting meeting) =>
        new Roster(charter).ById(meeting.Chair ?? "") is { } chair
            ? [Addressee.Of(chair)]
            : charter.Secretaries.Select(secretary => Addressee.OfSecretary(charter, secretary));
}
