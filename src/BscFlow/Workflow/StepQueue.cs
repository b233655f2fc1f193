using Azure.Storage.Queues;
using BscFlow.Storage;

namespace BscFlow.Workflow;

/// <summary>The queue of steps to do.</summary>
public sealed class StepQueue(QueueServiceClient queues)
{
    private readonly QueueClient _steps = queues.GetQueueClient(Keys.StepsQueue);

    public Task AddAsync(Step step, CancellationToken cancellationToken) =>
        _steps.SendMessageAsync(step.ToMessage(), cancellationToken);

    /// <summary>The same, for a step that nobody is to begin before a while has passed.</summary>
    public Task AddAsync(Step step, TimeSpan notBefore, CancellationToken cancellationToken) =>
        _steps.SendMessageAsync(step.ToMessage(), visibilityTimeout: notBefore, cancellationToken: cancellationToken);
}
