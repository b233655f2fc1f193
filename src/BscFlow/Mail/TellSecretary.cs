using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Mail.Messages;
using BscFlow.Storage;

namespace BscFlow.Mail;

/// <summary>
/// Writes to the secretaries what needs a person: of mails by itself, of all else what another room has it say.
/// </summary>
public sealed class TellSecretary(MailRenderer renderer, Outbox outbox, SiteLinks links)
{
    private const string MailRefused = "refused";
    private const string MailLimit = "limit";

    /// <summary>A mail will never leave. That a mail about it does not leave either is told nobody: it would never end.</summary>
    public async Task OfRefusedMailAsync(Charter charter, string key, string reason, CancellationToken cancellationToken)
    {
        if (key.StartsWith(MailRefused, StringComparison.Ordinal)
            || await outbox.FindAsync(charter.Id, key, cancellationToken) is not { } queued)
        {
            return;
        }

        // Of one that went to many, one notice stands for all.
        var notice = queued.Mail.Bulk is null ? key : string.Join('|', key.Split('|')[..^1]);
        await RunAsync(
            charter,
            MailRefused,
            notice,
            reader => new MailRefusedMail
            {
                Reader = reader,
                Committee = charter.Name,
                To = queued.Mail.To,
                MailSubject = queued.Mail.Subject,
                Reason = reason,
            },
            cancellationToken);
    }

    /// <summary>Whether a mail is one of <see cref="OfMailLimitAsync"/>, which leaves though the limit is reached.</summary>
    public static bool IsOfMailLimit(string key) => key.StartsWith($"{MailLimit}|", StringComparison.Ordinal);

    /// <summary>A committee was to send more mails in an hour than it may; said once an hour.</summary>
    public Task OfMailLimitAsync(Charter charter, DateTimeOffset hour, int limit, CancellationToken cancellationToken) =>
        RunAsync(
            charter,
            MailLimit,
            Keys.Instant(hour),
            reader => new MailLimitMail
            {
                Reader = reader,
                Committee = charter.Name,
                Limit = limit,
                Hour = hour,
                Desk = links.Desk(charter),
            },
            cancellationToken);

    /// <summary>A mail came in that a person should look at.</summary>
    /// <param name="notice">Of all mails with the same the first is told of.</param>
    public Task OfMailAsync(Charter charter, CollectedMail mail, string notice, CancellationToken cancellationToken) =>
        RunAsync(
            charter,
            "incoming",
            notice,
            reader => new MailNeedsPersonMail
            {
                Reader = reader,
                Committee = charter.Name,
                From = mail.From,
                MailSubject = mail.Subject,
                What = mail.Reason,
                Written = mail.Text,
                Desk = links.DeskMail(charter),
            },
            cancellationToken);

    /// <param name="subject">Of all mails of a kind with the same the first is told of.</param>
    /// <returns>The keys of the mails that are new.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(
        Charter charter, string kind, string subject, Func<Reader, Message> write, CancellationToken cancellationToken)
    {
        var mails = new List<OutgoingMail>();
        foreach (var address in charter.Secretaries)
        {
            var secretary = Addressee.OfSecretary(charter, address);
            var mail = await renderer.RenderAsync(write(secretary.Reader));
            mails.Add(mail.To(Keys.SecretaryMail(kind, subject, address), secretary.Recipient, asText: false));
        }

        return await outbox.QueueAsync(charter.Id, mails, cancellationToken);
    }
}
