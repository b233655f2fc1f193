using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Telemetry;
using BscFlow.Votes.Mails;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BscFlow.Workflow;

/// <summary>Lets one queued mail leave; tells the secretary of one that never will.</summary>
public sealed partial class SendMail(
    Outbox outbox,
    MailAllowance allowance,
    FollowCalls followCalls,
    TellSecretary tellSecretary,
    IOptions<BscFlowOptions> options,
    TimeProvider clock,
    ILogger<SendMail> log)
{
    /// <param name="key">Of the outbox.</param>
    /// <exception cref="MailboxUnavailableException">Now is no time; the step is tried again.</exception>
    public async Task RunAsync(Charter charter, string key, CancellationToken cancellationToken)
    {
        if (IsLimited(key) && await allowance.TakeAsync(charter, cancellationToken) is var allowed and not Allowed.Yes)
        {
            // It goes on waiting, and is looked at again with all that wait.
            if (allowed is Allowed.NoMore)
            {
                LogLimit(charter.Id, options.Value.MailsAnHour);
                await tellSecretary.OfMailLimitAsync(charter, allowance.ThisHour, options.Value.MailsAnHour, cancellationToken);
            }

            return;
        }

        var outcome = await SendAsync(charter, key, cancellationToken);
        Signals.MailsSent.Add(
            outcome is SendOutcome.Sent { Before: false } or SendOutcome.Refused ? 1 : 0,
            new("committee", charter.Id), new("kind", key.Split('|')[0]), new("outcome", outcome.GetType().Name));
        if (outcome is SendOutcome.Refused refused)
        {
            LogRefused(Signals.Anonymous(key), charter.Id);
            if (await outbox.FindAsync(charter.Id, key, cancellationToken) is { } queued)
            {
                await followCalls.NoteAsync(
                    charter.Id, key, queued.Mail.To[0].Address, refused.Reason, clock.GetUtcNow(), cancellationToken);
            }

            await tellSecretary.OfRefusedMailAsync(charter, key, refused.Reason, cancellationToken);
        }
    }

    private async Task<SendOutcome> SendAsync(Charter charter, string key, CancellationToken cancellationToken)
    {
        var left = false;
        try
        {
            var outcome = await outbox.SendAsync(charter, key, cancellationToken);
            left = outcome is SendOutcome.Sent { Before: false };
            return outcome;
        }
        finally
        {
            if (!left && IsLimited(key))
            {
                await allowance.GiveBackAsync(charter);
            }
        }
    }

    /// <summary>
    /// A loop of mails is made of answers. What goes to a whole electorate is as much as the electorate is large, and is let go
    /// at the pace of the mailbox.
    /// </summary>
    private static bool IsLimited(string key) => !TellSecretary.IsOfMailLimit(key) && !MotionMail.IsToWholeElectorate(key);

    /// <remarks>
    /// The operator's alert asks for this event by its name; the reason may hold an address, so it is not logged.
    /// </remarks>
    [LoggerMessage(Level = LogLevel.Error, EventName = "MailRefused", Message = "The mail {Key} of {Committee} will never leave")]
    private partial void LogRefused(string key, string committee);

    [LoggerMessage(
        Level = LogLevel.Error, EventName = "MailLimit", Message = "{Committee} was to send more than {Limit} mails in an hour; they wait")]
    private partial void LogLimit(string committee, int limit);
}
