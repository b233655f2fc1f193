namespace BscFlow.Mail;

/// <summary>Erases the raw mails of secret ballots whose receipts have left: their blobs, and the messages in the mailbox.</summary>
public sealed class EraseSecretMail(IMailbox mailbox, MailStore store, RawMails raws, Outbox outbox)
{
    /// <summary>Safe to run again.</summary>
    public async Task RunAsync(string committee, CancellationToken cancellationToken)
    {
        await foreach (var mail in store.ListSecretAsync(committee, cancellationToken))
        {
            if (await IsAnsweredAsync(mail, cancellationToken))
            {
                await mailbox.EraseAsync(mail.Mailbox, mail.GraphId, cancellationToken);
                await raws.EraseAsync(committee, mail.RawId, cancellationToken);
                await store.ErasedAsync(mail, cancellationToken);
            }
        }
    }

    /// <summary>A receipt that was refused never leaves.</summary>
    private async Task<bool> IsAnsweredAsync(CollectedMail mail, CancellationToken cancellationToken) =>
        mail.EraseAfter is null
        || await outbox.FindAsync(mail.CastIn ?? mail.Committee, mail.EraseAfter, cancellationToken)
            is null or { Sent: not null } or { Refused: not null };
}
