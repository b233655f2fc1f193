using BscFlow.Workflow;
using Microsoft.Azure.Functions.Worker;

namespace BscFlow.Functions;

/// <summary>What the Functions host calls by time.</summary>
public sealed class Timers(Clock clock)
{
    [Function("Clock")]
    public Task Clock([TimerTrigger("%BSCFLOW_CLOCK%")] TimerInfo timer, CancellationToken cancellationToken) =>
        clock.TickAsync(cancellationToken);
}
