using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Mail.Messages;
using BscFlow.Meetings;
using BscFlow.Publishing;
using BscFlow.Storage;

namespace BscFlow.Mail;

/// <summary>Tells who wrote a mail what was made of it, below the mail that they answered.</summary>
/// <remarks>
/// Only whose address is proved and in the charter is told. What is not understood is answered once for each mail of ours, and an
/// answer to such an answer never, so that no two machines write to each other without end.
/// </remarks>
public sealed class TellSender(MailRenderer renderer, Outbox outbox, SiteLinks links, MeetingStore meetings, TimeProvider clock)
{
    /// <param name="answered">Key of the mail of ours that it answers.</param>
    public async Task OfActionsAsync(
        Charter charter, CollectedMail mail, string answered, ActionAnswers answers, CancellationToken cancellationToken)
    {
        var isDigest = MailKey.Read(answered) is { Kind: MailKey.Digest };
        var isUnderstood = answers.Taken.Count > 0 || answers.Unknown.Count > 0;
        if (!isDigest && !answers.Taken.Any(answer => answer.Changed))
        {
            return;
        }

        await QueueAsync(
            charter,
            mail,
            MailKey.ActionReceipt,
            isUnderstood ? mail.Id : Keys.ShortHash(answered),
            answered,
            reader => new ActionsTakenMail
            {
                Reader = reader,
                Committee = charter.Name,
                MailSubject = mail.Subject,
                Answers = answers,
                Page = links.Actions(charter),
            },
            cancellationToken);
    }

    /// <param name="items">What stands on an agenda now; empty where it was not plain what was to.</param>
    /// <param name="meeting">On whose agenda; null: it waits for the next meeting.</param>
    /// <param name="answered">Key of the mail of ours that it answers; null where it answers none.</param>
    public Task OfAgendaAsync(
        Charter charter,
        CollectedMail mail,
        IReadOnlyList<string> items,
        Meeting? meeting,
        string? answered,
        CancellationToken cancellationToken) => QueueAsync(
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

        await QueueAsync(
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

    /// <param name="subject">Of all mails of a kind with the same the first is answered.</param>
    private async Task QueueAsync(
        Charter charter,
        CollectedMail mail,
        string kind,
        string subject,
        string? answered,
        Func<Reader, MailAnswer> write,
        CancellationToken cancellationToken)
    {
        if (Correspondent.Find(charter, mail.From, charter.DayOf(mail.Received)) is not { } sender)
        {
            return;
        }

        var addressee = Addressee.Of(charter, sender);
        var rendered = await renderer.RenderAsync(
            write(addressee.Reader) with { MyPage = links.MyPage(charter, addressee, clock.GetUtcNow()) });
        await outbox.QueueAsync(
            charter.Id,
            [
                rendered.To(Keys.MailAboutMail(kind, subject, addressee.Key), addressee.Recipient, addressee.PlainText) with
                {
                    InThreadOf = answered,
                },
            ],
            cancellationToken);
    }
}
