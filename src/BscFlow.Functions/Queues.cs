using BscFlow.Storage;
using BscFlow.Workflow;
using Microsoft.Azure.Functions.Worker;

namespace BscFlow.Functions;

/// <summary>What the Functions host calls for each message of a queue.</summary>
public sealed class Queues(StepRunner steps)
{
    [Function("Step")]
    public Task Step([QueueTrigger(Keys.StepsQueue)] string message, CancellationToken cancellationToken) =>
        steps.RunAsync(message, cancellationToken);

    /// <summary>Mails that are to leave.</summary>
    [Function("Mail")]
    public Task Mail([QueueTrigger(Keys.MailQueue)] string message, CancellationToken cancellationToken) =>
        steps.RunAsync(message, cancellationToken);

    /// <summary>The host gives up on a step after its last try and moves it to this queue.</summary>
    [Function("StepFailed")]
    public Task StepFailed([QueueTrigger(Keys.PoisonStepsQueue)] string message, CancellationToken cancellationToken) =>
        steps.GiveUpAsync(message, cancellationToken);

    [Function("MailFailed")]
    public Task MailFailed([QueueTrigger(Keys.PoisonMailQueue)] string message, CancellationToken cancellationToken) =>
        steps.GiveUpAsync(message, cancellationToken);
}
