using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Meetings;
using BscFlow.Votes;
using Microsoft.Extensions.Logging;

namespace BscFlow.Workflow;

/// <summary>Puts on the queue what is due. It may tick late, twice, or on two machines at once: every step is safe to repeat.</summary>
public sealed partial class Clock(
    CharterStore charters,
    CommitteeStateStore states,
    MeetingStore meetings,
    MotionStore motions,
    Outbox outbox,
    StepQueue queue,
    TimeProvider time,
    ILogger<Clock> log)
{
    /// <summary>A meeting older than this is history: no step is due for it any more.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(400);

    /// <summary>How far ahead to look for the next thing that happens.</summary>
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(400);

    /// <summary>Queues what is due for every committee. One committee's bad charter does not keep the others waiting.</summary>
    /// <returns>How many steps were queued.</returns>
    public async Task<int> TickAsync(CancellationToken cancellationToken)
    {
        var queued = 0;
        await foreach (var committee in charters.ListAsync(cancellationToken))
        {
            try
            {
                queued += await TickAsync(committee, cancellationToken);
            }
            catch (InvalidCharterException invalid)
            {
                LogInvalidCharter(committee, invalid.Message);
            }
        }

        return queued;
    }

    /// <summary>Queues what is due for one committee.</summary>
    public async Task<int> TickAsync(string committee, CancellationToken cancellationToken)
    {
        if (await charters.FindAsync(committee, cancellationToken) is not { } charter)
        {
            return 0;
        }

        var now = time.GetUtcNow();
        var plan = await PlanAsync(charter, now, now + charter.LeadTimes.Draft, cancellationToken);
        var due = plan.Where(planned => planned.At <= now).Select(planned => planned.Step).ToList();
        await foreach (var key in outbox.WaitingAsync(committee, cancellationToken))
        {
            due.Add(new Step(committee, StepKind.SendMail, key));
        }

        await Task.WhenAll(due.Select(step => queue.AddAsync(step, cancellationToken)));
        return due.Count;
    }

    /// <summary>The next moment at which something becomes due, in any committee; null when nothing is in sight.</summary>
    public async Task<DateTimeOffset?> NextAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        DateTimeOffset? next = null;
        await foreach (var committee in charters.ListAsync(cancellationToken))
        {
            if (await charters.FindAsync(committee, cancellationToken) is { } charter)
            {
                var plan = await PlanAsync(charter, now, now + Horizon, cancellationToken);
                next = plan.Select(planned => (DateTimeOffset?)planned.At).Where(at => at > now).Append(next).Min();
            }
        }

        return next;
    }

    private async Task<IEnumerable<PlannedStep>> PlanAsync(
        Charter charter, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var state = await states.GetAsync(charter.Id, cancellationToken);
        var known = await meetings.SinceAsync(charter.Id, now - Memory, cancellationToken);
        var occurrences = MeetingCalendar.Of(charter).Between(now - charter.Meetings.Length, until);
        return Schedule.Plan(charter, state, known, occurrences, now)
            .Concat(Schedule.Plan(charter, await motions.PendingAsync(charter.Id, cancellationToken), now));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The charter of {Committee} cannot be used: {Errors}")]
    private partial void LogInvalidCharter(string committee, string errors);
}
