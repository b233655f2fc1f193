using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Meetings.Messages;
using BscFlow.Minutes;
using BscFlow.Storage;

namespace BscFlow.Meetings;

/// <summary>
/// Sends saved minutes to everyone, who may object until a date; their action items are in the register from then on.
/// </summary>
public sealed class CirculateMinutes(
    MeetingStore meetings, MinutesStore minutes, RegisterActions register, MeetingMail mail, AuditLog audit, TimeProvider clock)
{
    public async Task RunAsync(Charter charter, string row, CancellationToken cancellationToken)
    {
        if (await meetings.FindAsync(charter.Id, row, cancellationToken)
            is not { State: MeetingState.Ahead, MinutesSavedAt: not null } meeting)
        {
            return;
        }

        // The deadline is on record before a mail tells it, so that a second run tells the same one.
        if (meeting.ObjectionsUntil is null)
        {
            var until = clock.GetUtcNow() + charter.LeadTimes.Objections;
            if (await meetings.TryUpdateAsync(meeting with { ObjectionsUntil = until }, cancellationToken) is not { } dated)
            {
                return;
            }

            meeting = dated;
        }

        var stored = await minutes.FindAsync(charter.Id, charter.DayOf(meeting).Year, row, cancellationToken)
            ?? throw new InvalidOperationException($"The minutes of {meeting.Title()} of {charter.Id} are not in their blob.");
        await register.RunAsync(charter, stored.Text, cancellationToken);
        await mail.QueueAsync(
            charter,
            meeting,
            "circulation",
            MeetingMail.Addressees(charter, meeting),
            addressee => new CirculationMail
            {
                Reader = addressee.Reader,
                Committee = charter.Name,
                Meeting = MeetingFacts.Of(charter, meeting),
                Markdown = stored.Text,
                ObjectionsUntil = meeting.ObjectionsUntil!.Value,
                Remarks = Remarks(charter, stored.Text),
                Page = mail.Links.Meeting(charter, meeting),
            },
            cancellationToken);
        await audit.AppendOnceAsync(
            charter.Id, "minutes-circulated", Keys.Instant(meeting.Start), "clock", "", cancellationToken);
        await meetings.TryUpdateAsync(
            meeting with { State = MeetingState.Circulated, CirculatedAt = clock.GetUtcNow() }, cancellationToken);
    }

    private static IReadOnlyList<string> Remarks(Charter charter, string text) =>
        [.. MinutesLinter.LintAlone("minutes", MinutesReader.Read(text), charter).Select(finding => finding.Message)];
}
