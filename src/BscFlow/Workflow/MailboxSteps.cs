using BscFlow.Mail;
using Microsoft.Extensions.Logging;

namespace BscFlow.Workflow;

/// <summary>The steps that are done once a mailbox, whichever committees share it, and when they are due.</summary>
public sealed partial class MailboxSteps(
    MailboxDirectory directory,
    MailboxCalendar calendar,
    CollectMail collectMail,
    RenewSubscription renewSubscription,
    TellSecretary tellSecretary,
    StepQueue queue,
    TimeProvider clock,
    ILogger<MailboxSteps> log)
{
    /// <summary>How long a mailbox of a charter that somebody put into storage by hand may go unnoticed.</summary>
    private static readonly TimeSpan RollCall = TimeSpan.FromMinutes(15);

    /// <summary>A renewal that is on the queue and not done after this is queued again.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromHours(1);

    private DateTimeOffset? _rollCalled;

    public static bool Does(Step step) =>
        step.Kind is StepKind.CollectMail or StepKind.CollectMailAnew or StepKind.RenewSubscription;

    /// <summary>Queues what is due for the mailboxes: a read every five minutes, a renewal each day.</summary>
    /// <returns>How many steps were queued.</returns>
    public async Task<int> TickAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (_rollCalled is null || now - _rollCalled >= RollCall)
        {
            await CallRollAsync(now, cancellationToken);
            _rollCalled = now;
        }

        var queued = 0;
        await foreach (var due in calendar.DueAsync(now, cancellationToken))
        {
            // Noted first: a step that is then not queued, because this process died, comes up again as one that was not done.
            var (look, renew) = (due.Look <= now, due.Renew <= now);
            await calendar.SaveAsync(
                due with { Look = look ? now + CollectMail.Interval : due.Look, Renew = renew ? now + Retry : due.Renew },
                cancellationToken);
            if (look)
            {
                await queue.AddAsync(Step.OfMailbox(StepKind.CollectMail, due.Address), cancellationToken);
                queued++;
            }

            if (renew)
            {
                await queue.AddAsync(Step.OfMailbox(StepKind.RenewSubscription, due.Address), cancellationToken);
                queued++;
            }
        }

        return queued;
    }

    /// <summary>Does one step; safe to do again.</summary>
    /// <returns>Ids of the committees for which something may have become due.</returns>
    public async Task<IReadOnlyCollection<string>> RunAsync(Step step, CancellationToken cancellationToken)
    {
        switch (step.Kind)
        {
            case StepKind.CollectMail or StepKind.CollectMailAnew:
                var collected = await collectMail.RunAsync(
                    step.Subject, anew: step.Kind is StepKind.CollectMailAnew, cancellationToken);
                return collected is Collected.Done done ? done.Committees : [];
            case StepKind.RenewSubscription:
                if (await renewSubscription.RunAsync(step.Subject, cancellationToken))
                {
                    await calendar.RenewedAsync(step.Subject, clock.GetUtcNow() + RenewSubscription.Interval, cancellationToken);
                }

                return [];
            default:
                throw new InvalidOperationException($"{step.Kind} is no step of a mailbox.");
        }
    }

    /// <summary>Tells the secretaries of all committees that share the mailbox.</summary>
    /// <param name="lastError">Why it failed, for a person.</param>
    public async Task GiveUpAsync(Step step, string lastError, CancellationToken cancellationToken)
    {
        if (step.Kind is StepKind.RenewSubscription)
        {
            LogDead();
        }

        foreach (var charter in (await directory.FindAsync(step.Subject, cancellationToken))?.Charters ?? [])
        {
            await tellSecretary.OfFailedMailboxAsync(charter, step, StepRunner.Tries, lastError, cancellationToken);
        }
    }

    private async Task CallRollAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var used = (await directory.AllAsync(cancellationToken))
            .Select(mailbox => mailbox.Address).ToHashSet(StringComparer.OrdinalIgnoreCase);
        await foreach (var due in calendar.AllAsync(cancellationToken))
        {
            if (!used.Remove(due.Address))
            {
                await calendar.RemoveAsync(due, cancellationToken);
            }
        }

        foreach (var address in used)
        {
            await calendar.SaveAsync(new MailboxDue(address, now, now), cancellationToken);
        }
    }

    /// <remarks>The operator's alert asks for this event by its name.</remarks>
    [LoggerMessage(
        Level = LogLevel.Error,
        EventName = "SubscriptionDead",
        Message = "Graph does not go on telling of new mail in a mailbox; it is found by the clock alone")]
    private partial void LogDead();
}
