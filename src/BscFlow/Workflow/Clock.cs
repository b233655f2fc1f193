using System.Collections.Concurrent;
using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Meetings;
using BscFlow.Telemetry;
using BscFlow.Votes;
using BscFlow.Votes.Nominations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BscFlow.Workflow;

/// <summary>
/// Puts on the queue what is due. It may tick late, twice, or on two machines at once: every step is safe to repeat.
/// </summary>
public sealed partial class Clock(
    CharterStore charters,
    CommitteeStateStore states,
    MeetingStore meetings,
    MotionStore motions,
    NominationStore nominations,
    Outbox outbox,
    StepQueue queue,
    DueList dueList,
    MailboxSteps mailboxSteps,
    StepFailures failures,
    IOptions<BscFlowOptions> options,
    TimeProvider time,
    ILogger<Clock> log)
{
    /// <summary>A meeting older than this is history: no step is due for it any more.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(400);

    /// <summary>How far ahead to look for the next thing that happens.</summary>
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(400);

    /// <summary>
    /// A committee is looked at this often though nothing was said to be due: who changed something may have died.
    /// </summary>
    private static readonly TimeSpan AtLeastEvery = TimeSpan.FromHours(1);

    /// <summary>What is on the queue and not done after this is queued again.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(5);

    /// <summary>How long a charter that somebody put into storage by hand may go unnoticed.</summary>
    private static readonly TimeSpan RollCall = TimeSpan.FromMinutes(15);

    private const int CommitteesAtOnce = 8;

    private static readonly Dictionary<string, DateTimeOffset> None = [];

    /// <summary>
    /// When each mail that waits was put on the queue by this process, by committee: every step that is done finds all that wait.
    /// Who starts anew knows none, and queues them again.
    /// </summary>
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, DateTimeOffset>> _mails = new(
        StringComparer.Ordinal);

    /// <summary>Queues what is due for every committee. What is wrong with one committee keeps no other waiting.</summary>
    /// <remarks>Only committees whose time has come are looked at: an idle tick costs a query and a write.</remarks>
    /// <returns>How many steps were queued.</returns>
    public async Task<int> TickAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var due = await dueList.ReadAsync(now, cancellationToken);
        var committees = due.Committees;
        var called = due.RollCalled;
        if (called is null || now - called >= RollCall)
        {
            var all = await charters.ListAsync(cancellationToken).ToListAsync(cancellationToken);
            committees = [.. committees, .. await dueList.EnterAsync(all, now, cancellationToken)];
            called = now;
        }

        var queued = 0;
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = CommitteesAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(committees, atOnce, async (committee, token) =>
        {
            try
            {
                Interlocked.Add(ref queued, await TickAsync(committee, token));
            }
            catch (InvalidCharterException invalid)
            {
                LogInvalidCharter(committee, ErrorWords.Of(invalid));
            }
            catch (Exception failed) when (!token.IsCancellationRequested)
            {
                var why = ErrorWords.WithTrace(failed);
                LogNotLookedAt(committee, why);
            }
        });

        try
        {
            // After the committees, some of which may bring a new mailbox.
            queued += await mailboxSteps.TickAsync(cancellationToken);
        }
        finally
        {
            // What the mailboxes lack keeps no committee from being called in its turn.
            await dueList.TickedAsync(now, called.Value, cancellationToken);
        }

        return queued;
    }

    /// <summary>What this clock shows.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Queues what is due for one committee, and notes when to look at it again.</summary>
    public async Task<int> TickAsync(string committee, CancellationToken cancellationToken)
    {
        while (true)
        {
            var known = await dueList.FindAsync(committee, cancellationToken);
            if (await charters.FindAsync(committee, cancellationToken) is not { } charter)
            {
                await dueList.RemoveAsync(committee, cancellationToken);
                return 0;
            }

            await mailboxSteps.EnterAsync(charter, cancellationToken);
            var now = time.GetUtcNow();
            var (due, mails, next, again) = await DueAsync(charter, now, cancellationToken);

            // Whoever noted another time since may have seen a newer state: look again. A note whose steps then are not queued,
            // because this process died, comes up again as any step does that was queued and not done.
            if (await dueList.TryNoteAsync(committee, next, known, cancellationToken))
            {
                await Task.WhenAll(due.Select(step => queue.AddAsync(step, cancellationToken)));
                _mails[committee] = mails;
                if (again is { } at)
                {
                    await queue.AddAsync(new Step(committee, StepKind.LookAgain, ""), at - now, cancellationToken);
                }

                return due.Count;
            }
        }
    }

    /// <summary>What is due for a committee.</summary>
    /// <param name="Mails">When each mail that waits was put on the queue.</param>
    /// <param name="Next">When to look again.</param>
    /// <param name="Again">
    /// When to do so without waiting for a tick: whoever let mails to many go sees to the next ones, which may leave a minute
    /// later.
    /// </param>
    private sealed record FoundDue(
        List<Step> Due, Dictionary<string, DateTimeOffset> Mails, DateTimeOffset Next, DateTimeOffset? Again);

    private async Task<FoundDue> DueAsync(Charter charter, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var latest = now + AtLeastEvery;
        var (planned, refresh) = await PlanAsync(charter, now, latest + charter.LeadTimes.Draft, cancellationToken);
        var plan = planned.Append(refresh).ToList();
        var due = new List<Step>();
        foreach (var (step, at) in plan.Where(planned => planned.At <= now))
        {
            due.Add(step);
            Signals.ClockLateness.Record(
                (now - at).TotalSeconds, new KeyValuePair<string, object?>("kind", step.Kind.ToString()));
        }

        var waiting = await outbox.WaitingAsync(charter.Id, cancellationToken).ToListAsync(cancellationToken);
        var released = await outbox.ReleaseAsync(charter, waiting.Count, cancellationToken);
        List<Step> mails =
        [
            .. waiting
                .Concat(released.Keys)
                .Distinct(StringComparer.Ordinal)
                .Select(key => new Step(charter.Id, StepKind.SendMail, key)),
        ];
        due.AddRange(mails);
        var held = await HoldBackAsync(due, charter.Id, now, cancellationToken);

        // What was put on the queue lately is there, or has failed and comes back.
        var lately = _mails.GetValueOrDefault(charter.Id, None);
        due.RemoveAll(step => step.Kind is StepKind.SendMail
            && lately.TryGetValue(step.Subject, out var at) && at <= now && now - at < Retry);
        var queued = due.ToHashSet();
        var onQueue = mails
            .Where(step => queued.Contains(step) || lately.ContainsKey(step.Subject))
            .ToDictionary(
                step => step.Subject,
                step => queued.Contains(step) ? now : lately[step.Subject],
                StringComparer.Ordinal);

        var next = plan.Select(planned => planned.At).Where(at => at > now)
            .Concat(held)
            .Append(due.Count > 0 ? now + Retry : latest)
            .Append(released.Next ?? latest)
            .Concat(onQueue.Values.Select(at => at + Retry).Where(at => at > now))
            .Min();
        return new(due, onQueue, next, released.Keys.Count > 0 ? released.Next : null);
    }

    /// <summary>
    /// Takes off what is due the steps that were given up and are not to be tried yet; forgets those that are due no more.
    /// </summary>
    /// <returns>When those that were taken off are to be tried.</returns>
    private async Task<IReadOnlyList<DateTimeOffset>> HoldBackAsync(
        List<Step> due, string committee, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var held = new List<DateTimeOffset>();
        foreach (var given in await failures.GivenUpAsync(committee, cancellationToken))
        {
            if (!due.Contains(given.Step))
            {
                await failures.ForgetAsync(given.Step, cancellationToken);
            }
            else if (given.NextTry > now)
            {
                due.Remove(given.Step);
                held.Add(given.NextTry);
            }
        }

        return held;
    }

    /// <summary>
    /// The next moment at which something becomes due, in any committee; null when nothing is in sight. That a page tells of
    /// another day is nothing that happens.
    /// </summary>
    public async Task<DateTimeOffset?> NextAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        DateTimeOffset? next = null;
        await foreach (var committee in charters.ListAsync(cancellationToken))
        {
            if (await charters.FindAsync(committee, cancellationToken) is { } charter)
            {
                var (plan, _) = await PlanAsync(charter, now, now + Horizon, cancellationToken);
                var release = await outbox.NextReleaseAsync(charter, cancellationToken);
                next = plan
                    .Select(planned => (DateTimeOffset?)planned.At)
                    .Append(release)
                    .Where(at => at > now)
                    .Append(next)
                    .Min();
            }
        }

        return next;
    }

    private async Task<(IEnumerable<PlannedStep> Plan, PlannedStep Refresh)> PlanAsync(
        Charter charter, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var state = await states.GetAsync(charter.Id, cancellationToken);
        var known = await meetings.SinceAsync(charter.Id, now - Memory, cancellationToken);
        var occurrences = MeetingCalendar.Of(charter).Between(now - charter.Meetings.Length, until);
        var plan = Schedule.Plan(charter, state, known, occurrences, now)
            .Concat(Schedule.Plan(charter, await motions.PendingAsync(charter.Id, cancellationToken), now))
            .Concat(Schedule.Plan(charter, await nominations.PendingAsync(charter.Id, cancellationToken), now));
        if (options.Value.GitHub.ContainsKey(charter.Id))
        {
            plan = plan.Concat(Schedule.Offer(charter, state, now));
        }

        return (plan, Schedule.Refresh(charter, state, known));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What is due for {Committee} could not be found out: {Error}")]
    private partial void LogNotLookedAt(string committee, string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "The charter of {Committee} cannot be used: {Errors}")]
    private partial void LogInvalidCharter(string committee, string errors);
}
