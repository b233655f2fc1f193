using System.Globalization;
using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Mail.Messages;
using BscFlow.Publishing;
using BscFlow.Storage;

namespace BscFlow.Workflow;

/// <summary>Writes to the secretaries about what needs a person.</summary>
public sealed class TellSecretary(MailRenderer renderer, Outbox outbox, StepQueue queue, SiteLinks links, TimeProvider clock)
{
    private const string MailRefused = "refused";
    private const string MailLimit = "limit";

    /// <summary>
    /// A step was tried as often as it may be, and given up: told once a day as long as it lasts, in a mail that leaves at once. Of
    /// what a mailbox does not do it is told once whichever mail it was: a mail about each would wait as they do, and bring about
    /// the next.
    /// </summary>
    public async Task OfFailedStepAsync(
        Charter charter, Step step, int failures, string lastError, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var about = step.Kind is StepKind.SendMail ? charter.Mailbox : step.Subject;
        var added = await QueueAsync(
            charter,
            "failed",
            string.Create(CultureInfo.InvariantCulture, $"{step.Kind}|{about}|{now:yyyyMMdd}"),
            reader => new StepFailedMail
            {
                Reader = reader,
                Committee = charter.Name,
                Step = step.Kind,
                StepSubject = step.Subject,
                Failures = failures,
                LastTried = now,
                LastError = lastError,
                Desk = links.Desk(charter),
            },
            cancellationToken);
        await Task.WhenAll(added.Select(key => queue.AddAsync(new Step(charter.Id, StepKind.SendMail, key), cancellationToken)));
    }

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
        await QueueAsync(
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
    public Task OfMailLimitAsync(Charter charter, DateTimeOffset hour, int limit, CancellationToken cancellationToken) => QueueAsync(
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

    /// <summary>Nominations are over, and the vote that was to follow could not be opened.</summary>
    public Task OfNominationsAsync(
        Charter charter, string id, string title, string what, CancellationToken cancellationToken) => QueueAsync(
            charter,
            "nominations",
            id,
            reader => new NeedsPersonMail
            {
                Reader = reader,
                Committee = charter.Name,
                Motion = title,
                What = what,
                Desk = links.Desk(charter),
            },
            cancellationToken);

    /// <summary>A mail came in that a person should look at.</summary>
    /// <param name="notice">Of all mails with the same the first is told of.</param>
    public Task OfMailAsync(Charter charter, CollectedMail mail, string notice, CancellationToken cancellationToken) =>
        QueueAsync(
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

    /// <returns>The keys of the mails that are new.</returns>
    private async Task<IReadOnlyList<string>> QueueAsync(
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
