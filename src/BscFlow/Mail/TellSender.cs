using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Mail.Messages;
using BscFlow.Storage;

namespace BscFlow.Mail;

/// <summary>Tells who wrote a mail what was made of it, below the mail that they answered.</summary>
/// <remarks>
/// Only whose address is proved and in the charter is told. What is not understood is answered once for each mail of ours, and an
/// answer to such an answer never, so that no two machines write to each other without end.
/// </remarks>
public sealed class TellSender(MailRenderer renderer, Outbox outbox, SiteLinks links, TimeProvider clock)
{
    /// <param name="mail">That was written.</param>
    /// <param name="subject">Of all mails of a kind with the same the first is answered.</param>
    /// <param name="answered">Key of the mail of ours that it answers; null where it answers none.</param>
    public async Task RunAsync(
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
            write(addressee.Reader) with { MyPage = links.MyPage(charter, addressee.Member, clock.GetUtcNow()) });
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
