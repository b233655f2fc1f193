using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Meetings.Messages;
using BscFlow.Storage;

namespace BscFlow.Meetings;

/// <summary>
/// Asks the chair for minutes that are still missing; where nobody was in the chair, the secretaries. A week later, once, the
/// chair is asked again, and the secretaries are told.
/// </summary>
public sealed class AskForMinutes(MeetingStore meetings, MeetingMail mail, AuditLog audit, TimeProvider clock)
{
    /// <summary>From being asked to being asked again.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromDays(7);

    public async Task RunAsync(Charter charter, string row, CancellationToken cancellationToken)
    {
        if (await meetings.FindAsync(charter.Id, row, cancellationToken)
            is not { State: MeetingState.Ahead, MinutesSavedAt: null, MinutesAskedAgainAt: null } meeting)
        {
            return;
        }

        var now = clock.GetUtcNow();
        if (meeting.MinutesAskedAt is not { } asked)
        {
            await QueueAsync(charter, meeting, "minutes", Asked(charter, meeting), again: false, cancellationToken);
            await audit.AppendOnceAsync(
                charter.Id, "minutes-asked-for", Keys.Instant(meeting.Start), "clock", meeting.Chair ?? "", cancellationToken);
            await meetings.TryUpdateAsync(meeting with { MinutesAskedAt = now }, cancellationToken);
        }
        else if (asked + Patience <= now)
        {
            var readers = Asked(charter, meeting)
                .Concat(charter.Secretaries.Select(secretary => Addressee.OfSecretary(charter, secretary)))
                .DistinctBy(reader => reader.Address, StringComparer.OrdinalIgnoreCase);
            await QueueAsync(charter, meeting, "minutes-again", readers, again: true, cancellationToken);
            await audit.AppendOnceAsync(
                charter.Id,
                "minutes-asked-for-again",
                Keys.Instant(meeting.Start),
                "clock",
                meeting.Chair ?? "",
                cancellationToken);
            await meetings.TryUpdateAsync(meeting with { MinutesAskedAgainAt = now }, cancellationToken);
        }
    }

    private Task QueueAsync(
        Charter charter,
        Meeting meeting,
        string kind,
        IEnumerable<Addressee> readers,
        bool again,
        CancellationToken cancellationToken) => mail.QueueAsync(
            charter,
            meeting,
            kind,
            readers,
            addressee => new MinutesRequestMail
            {
                Reader = addressee.Reader,
                Committee = charter.Name,
                Meeting = MeetingFacts.Of(charter, meeting),
                Again = again,
                Form = mail.Links.MinutesForm(charter, meeting),
                Template = mail.Links.MinutesTemplate(charter, meeting),
            },
            cancellationToken);

    private static IEnumerable<Addressee> Asked(Charter charter, Meeting meeting) =>
        new Roster(charter).ById(meeting.Chair ?? "") is { } chair
            ? [Addressee.Of(chair)]
            : charter.Secretaries.Select(secretary => Addressee.OfSecretary(charter, secretary));
}
