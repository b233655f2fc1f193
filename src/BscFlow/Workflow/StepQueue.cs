using Azure.Storage.Queues;
using BscFlow.Storage;

namespace BscFlow.Workflow;

/// <summary>The queue of steps to do.</summary>
public sealed class StepQueue(QueueServiceClient queues, TimeProvider clock)
{
    private readonly QueueClient _steps = queues.GetQueueClient(Keys.StepsQueue);

    public Task AddAsync(Step step, CancellationToken cancellationToken) =>
        _steps.SendMessageAsync(StepMessage.Write(step, clock.GetUtcNow()), cancellationToken);

    /// <summary>The same, for a step that nobody is to begin before a while has passed.</summary>
    public Task AddAsync(Step step, TimeSpan notBefore, CancellationToken cancellationToken) =>
        _steps.SendMessageAsync(
            StepMessage.Write(step, clock.GetUtcNow() + notBefore), visibilityTimeout: notBefore, cancellationToken: cancellationToken);
}
