using Azure;
using BscFlow.Telemetry;
using Microsoft.Extensions.Logging;

namespace BscFlow.Mail;

/// <summary>
/// Erases the raw mails of secret ballots whose receipts have left: their blobs, and the messages in the mailbox.
/// </summary>
public sealed partial class EraseSecretMail(
    IMailbox mailbox, MailStore store, RawMails raws, Outbox outbox, ILogger<EraseSecretMail> log)
{
    /// <summary>
    /// Safe to run again. One that cannot be erased, as under a legal hold, keeps no other; it is tried each time.
    /// </summary>
    public async Task RunAsync(string committee, CancellationToken cancellationToken)
    {
        await foreach (var mail in store.ListSecretAsync(committee, cancellationToken))
        {
            try
            {
                if (await IsAnsweredAsync(mail, cancellationToken))
                {
                    // Ours first: what the mailbox withholds is then at least nowhere else.
                    await raws.EraseAsync(committee, mail.RawId, cancellationToken);
                    await mailbox.EraseAsync(mail.Mailbox, mail.GraphId, cancellationToken);
                    await store.ErasedAsync(mail, cancellationToken);
                }
            }
            catch (Exception kept) when (kept is MailboxUnavailableException or MailRefusedException or RequestFailedException)
            {
                LogNotErased(committee, mail.Id, ErrorWords.Of(kept));
            }
        }
    }

    /// <summary>A receipt that was refused never leaves.</summary>
    private async Task<bool> IsAnsweredAsync(CollectedMail mail, CancellationToken cancellationToken) =>
        mail.EraseAfter is null
        || await outbox.FindAsync(mail.CastIn ?? mail.Committee, mail.EraseAfter, cancellationToken)
            is null or { Sent: not null } or { Refused: not null };

    /// <remarks>The operator's log shows it as long as it lasts: what a voter was promised is not kept.</remarks>
    [LoggerMessage(Level = LogLevel.Error, Message = "The secret mail {Id} of {Committee} could not be erased: {Error}")]
    private partial void LogNotErased(string committee, string id, string error);
}
