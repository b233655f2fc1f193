using BscFlow.Committee;
using BscFlow.Mail;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BscFlow.Workflow;

/// <summary>The steps that are done once a mailbox, whichever committees share it, and when they are due.</summary>
public sealed partial class MailboxSteps(
    MailboxDirectory directory,
    MailboxCalendar calendar,
    CollectMail collectMail,
    RenewSubscription renewSubscription,
    TellOfFailedStep tellOfFailedStep,
    StepQueue queue,
    IOptions<GraphOptions> graph,
    TimeProvider clock,
    ILogger<MailboxSteps> log)
{
    /// <summary>A renewal that is on the queue and not done after this is queued again.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromHours(1);

    private const int AtOnce = 8;

    public static bool Does(Step step) => Does(step.Kind);

    public static bool Does(StepKind kind) =>
        kind is StepKind.CollectMail or StepKind.CollectMailAnew or StepKind.RenewSubscription;

    /// <summary>
    /// Queues what is due for the mailboxes: a renewal each day, and a read every five minutes, or every hour while Graph tells
    /// of new mail in time.
    /// </summary>
    /// <returns>How many steps were queued.</returns>
    public async Task<int> TickAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = await calendar.DueAsync(now, cancellationToken).ToListAsync(cancellationToken);
        var queued = 0;
        await Parallel.ForEachAsync(
            due,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (mailbox, token) => Interlocked.Add(ref queued, await QueueAsync(mailbox, now, token)));
        return queued;
    }

    /// <summary>Has the mailbox of a committee looked at from now on.</summary>
    public async Task EnterAsync(Charter charter, CancellationToken cancellationToken)
    {
        if (await directory.EnterAsync(charter, cancellationToken))
        {
            await calendar.EnterAsync(charter.Mailbox, clock.GetUtcNow(), cancellationToken);
        }
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
                await (collected switch
                {
                    Collected.Done { WasLate: true } =>
                        calendar.DistrustAsync(step.Subject, clock.GetUtcNow(), cancellationToken),
                    Collected.NotUsed => calendar.RemoveAsync(step.Subject, cancellationToken),
                    _ => Task.CompletedTask,
                });

                return collected is Collected.Done done ? done.Committees : [];
            case StepKind.RenewSubscription:
                await RenewAsync(step.Subject, cancellationToken);
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

        // It is looked at soon again, whatever it was, and not in an hour.
        await calendar.DistrustAsync(step.Subject, clock.GetUtcNow(), cancellationToken);
        foreach (var charter in (await directory.FindAsync(step.Subject, cancellationToken))?.Charters ?? [])
        {
            await tellOfFailedStep.RunAsync(charter, step, StepRunner.Tries, lastError, cancellationToken);
        }
    }

    private async Task RenewAsync(string address, CancellationToken cancellationToken)
    {
        var renewal = await renewSubscription.RunAsync(address, cancellationToken);
        var now = clock.GetUtcNow();
        await (renewal switch
        {
            Renewal.Told told => calendar.RenewedAsync(address, now + RenewSubscription.Interval, told.Until, cancellationToken),
            Renewal.OutOfReach => calendar.RenewedAsync(address, now + RenewSubscription.Interval, told: now, cancellationToken),
            _ => calendar.DistrustAsync(address, now, cancellationToken),
        });
    }

    /// <returns>How many steps were queued.</returns>
    private async Task<int> QueueAsync(MailboxDue due, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Noted first: a step that is then not queued, because this process died, comes up again as one that was not done.
        var (look, renew) = (due.Look <= now, due.Renew <= now);
        var pause = due.Told > now ? graph.Value.LookWhileTold : CollectMail.Interval;
        await calendar.PutOffAsync(due.Address, look ? now + pause : null, renew ? now + Retry : null, cancellationToken);
        StepKind[] kinds =
            [.. look ? (StepKind[])[StepKind.CollectMail] : [], .. renew ? (StepKind[])[StepKind.RenewSubscription] : []];
        await Task.WhenAll(kinds.Select(kind => queue.AddAsync(Step.OfMailbox(kind, due.Address), cancellationToken)));
        return kinds.Length;
    }

    /// <remarks>The operator's alert asks for this event by its name.</remarks>
    [LoggerMessage(
        Level = LogLevel.Error,
        EventName = "SubscriptionDead",
        Message = "Graph does not go on telling of new mail in a mailbox; it is found by the clock alone")]
    private partial void LogDead();
}
