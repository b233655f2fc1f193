using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Mail;
using BscFlow.Meetings.Messages;
using BscFlow.Storage;

namespace BscFlow.Meetings;

/// <summary>Tells who wrote to a meeting's agenda, or to its minutes, what was made of it.</summary>
public sealed class AnswerParticipant(MeetingStore meetings, TellSender tellSender, SiteLinks links)
{
    /// <param name="items">What stands on an agenda now; empty where it was not plain what was to.</param>
    /// <param name="meeting">On whose agenda; null: it waits for the next meeting.</param>
    /// <param name="answered">Key of the mail of ours that it answers; null where it answers none.</param>
    public Task OfAgendaAsync(
        Charter charter,
        CollectedMail mail,
        IReadOnlyList<string> items,
        Meeting? meeting,
        string? answered,
        CancellationToken cancellationToken) => tellSender.RunAsync(
            charter,
            mail,
            MailKey.AgendaReceipt,
            items.Count > 0 || answered is null ? mail.Id : Keys.ShortHash(answered),
            answered,
            reader => new AgendaTakenMail
            {
                Reader = reader,
                Committee = charter.Name,
                MailSubject = mail.Subject,
                Items = items,
                Meeting = meeting is null ? null : MeetingFacts.Of(charter, meeting),
                Page = meeting is null ? links.Front(charter) : links.Meeting(charter, meeting),
            },
            cancellationToken);

    /// <param name="row">Of the meeting.</param>
    /// <param name="how">What was made of it, where it is settled.</param>
    public async Task OfObjectionAsync(
        Charter charter,
        CollectedMail mail,
        string row,
        ObjectionStage stage,
        string how,
        CancellationToken cancellationToken)
    {
        if (await meetings.FindAsync(charter.Id, row, cancellationToken) is not { } meeting)
        {
            return;
        }

        await tellSender.RunAsync(
            charter,
            mail,
            stage is ObjectionStage.Settled ? "objection-settled" : "objection-receipt",
            mail.Id,
            answered: null,
            reader => new ObjectionAnswerMail
            {
                Reader = reader,
                Committee = charter.Name,
                MailSubject = mail.Subject,
                Meeting = MeetingFacts.Of(charter, meeting),
                Stage = stage,
                Settlement = how,
                Page = links.Meeting(charter, meeting),
            },
            cancellationToken);
    }
}
