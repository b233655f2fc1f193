using Azure.Storage.Queues;
using BscFlow.Storage;

namespace BscFlow.Workflow;

/// <summary>The steps to do: mails that are to leave on one queue, all others on another.</summary>
public sealed class StepQueue(QueueServiceClient queues, TimeProvider clock)
{
    private readonly QueueClient _steps = queues.GetQueueClient(Keys.StepsQueue);
    private readonly QueueClient _mail = queues.GetQueueClient(Keys.MailQueue);

    public Task AddAsync(Step step, CancellationToken cancellationToken) =>
        QueueOf(step).SendMessageAsync(StepMessage.Write(step, clock.GetUtcNow()), cancellationToken);

    /// <summary>The same, for a step that nobody is to begin before a while has passed.</summary>
    public Task AddAsync(Step step, TimeSpan notBefore, CancellationToken cancellationToken) =>
        QueueOf(step).SendMessageAsync(
            StepMessage.Write(step, clock.GetUtcNow() + notBefore),
            visibilityTimeout: notBefore,
            cancellationToken: cancellationToken);

    private QueueClient QueueOf(Step step) => step.Kind is StepKind.SendMail ? _mail : _steps;
}
