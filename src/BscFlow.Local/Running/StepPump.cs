using System.Collections.Concurrent;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using BscFlow.Storage;
using BscFlow.Telemetry;
using BscFlow.Workflow;

namespace BscFlow.Local.Running;

/// <summary>What came of looking at the queue.</summary>
public enum Pumped
{
    /// <summary>No step could be received.</summary>
    Nothing,

    /// <summary>Some steps were done, or have failed and will be tried again.</summary>
    Some,

    /// <summary>A step has failed five times and was moved to the poison queue.</summary>
    GaveUp,
}

/// <summary>Takes steps from their queues and has them done, by the rules of the Functions host.</summary>
public sealed partial class StepPump(QueueServiceClient queues, StepRunner runner, ILogger<StepPump> log)
{
    private const int AtOnce = 16;

    /// <summary>How long a step that a killed run had begun stays hidden.</summary>
    private static readonly TimeSpan Leased = TimeSpan.FromMinutes(2);

    /// <summary>Each with where a message of it goes that is given up. Mails leave when nothing else is to be done.</summary>
    private readonly (QueueClient Queue, QueueClient Poison)[] _queues =
    [
        (queues.GetQueueClient(Keys.StepsQueue), queues.GetQueueClient(Keys.PoisonStepsQueue)),
        (queues.GetQueueClient(Keys.MailQueue), queues.GetQueueClient(Keys.PoisonMailQueue)),
    ];

    private readonly ConcurrentDictionary<string, byte> _failed = new();

    /// <summary>How long a step that failed for the first time waits; each further wait is twice as long.</summary>
    internal TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether a step has failed and is to be tried again shortly.</summary>
    public bool HasRetries => !_failed.IsEmpty;

    /// <summary>Does some of the steps that are on a queue, all at once.</summary>
    public async Task<Pumped> DoSomeAsync(CancellationToken cancellationToken)
    {
        foreach (var (queue, poison) in _queues)
        {
            QueueMessage[] messages = await queue.ReceiveMessagesAsync(AtOnce, Leased, cancellationToken);
            if (messages.Length > 0)
            {
                var done = await Task.WhenAll(messages.Select(message => DoAsync(message, queue, poison, cancellationToken)));
                return done.All(one => one) ? Pumped.Some : Pumped.GaveUp;
            }
        }

        return Pumped.Nothing;
    }

    /// <returns>False when the step was given up.</returns>
    private async Task<bool> DoAsync(
        QueueMessage message, QueueClient queue, QueueClient poison, CancellationToken cancellationToken)
    {
        var given = false;
        try
        {
            await runner.RunAsync(message.Body.ToString(), cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever a step throws, the others go on; the message is tried again, as the Functions host does it.
            LogFailed(e, Signals.Anonymous(message.Body.ToString()), message.DequeueCount);
            if (message.DequeueCount < StepRunner.Tries)
            {
                await ComeAgainAsync(message, queue, cancellationToken);
                return true;
            }

            given = true;
            await poison.SendMessageAsync(message.Body, cancellationToken: cancellationToken);
            await GiveUpAsync(message, cancellationToken);
        }

        _failed.TryRemove(message.MessageId, out _);
        await DeleteAsync(message, queue, cancellationToken);
        return !given;
    }

    private async Task ComeAgainAsync(QueueMessage message, QueueClient queue, CancellationToken cancellationToken)
    {
        var pause = FirstPause * (1 << (int)(message.DequeueCount - 1));
        _failed[message.MessageId] = 0;
        try
        {
            await queue.UpdateMessageAsync(
                message.MessageId, message.PopReceipt, visibilityTimeout: pause, cancellationToken: cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == StatusCodes.Status404NotFound)
        {
            // It took longer than its lease and was received again; whoever has it now tries it again, or has done it.
            _failed.TryRemove(message.MessageId, out _);
        }
    }

    private async Task GiveUpAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await runner.GiveUpAsync(message.Body.ToString(), cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotTold(e, Signals.Anonymous(message.Body.ToString()));
        }
    }

    private static async Task DeleteAsync(QueueMessage message, QueueClient queue, CancellationToken cancellationToken)
    {
        try
        {
            await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == StatusCodes.Status404NotFound)
        {
            // It took longer than its lease and was received again; whoever has it now deletes it.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The step {Step} failed in try {Try}")]
    private partial void LogFailed(Exception e, string step, long @try);

    [LoggerMessage(Level = LogLevel.Error, Message = "The secretary could not be told that the step {Step} was given up")]
    private partial void LogNotTold(Exception e, string step);
}
