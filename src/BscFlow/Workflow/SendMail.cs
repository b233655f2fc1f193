using BscFlow.Committee;
using BscFlow.Mail;

namespace BscFlow.Workflow;

/// <summary>Lets one queued mail leave; tells the secretary of one that never will.</summary>
public sealed class SendMail(Outbox outbox, TellSecretary tellSecretary)
{
    /// <param name="key">Of the outbox.</param>
    /// <exception cref="MailboxUnavailableException">Now is no time; the step is tried again.</exception>
    public async Task RunAsync(Charter charter, string key, CancellationToken cancellationToken)
    {
        if (await outbox.SendAsync(charter, key, cancellationToken) is SendOutcome.Refused refused)
        {
            await tellSecretary.OfRefusedMailAsync(charter, key, refused.Reason, cancellationToken);
        }
    }
}
