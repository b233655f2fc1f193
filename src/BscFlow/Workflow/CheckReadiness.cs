using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Storage;

namespace BscFlow.Workflow;

/// <summary>Asks each part whether it is well. The answer is kept for a moment: anyone may ask, and asking costs.</summary>
public sealed class CheckReadiness(
    BlobServiceClient blobs,
    QueueServiceClient queues,
    DueList dueList,
    CharterStore charters,
    GraphConnection graph,
    MailboxStates mailboxes,
    RenewSubscription subscription,
    TimeProvider time) : IDisposable
{
    /// <summary>Three ticks of the clock.</summary>
    private static readonly TimeSpan ClockLate = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(20);

    /// <summary>Of many committees some stand for all.</summary>
    private const int MailboxesAsked = 5;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private (Readiness Readiness, long At)? _last;

    /// <summary>A step that has waited this long waits for something that is not coming.</summary>
    internal TimeSpan StepLate { get; set; } = TimeSpan.FromMinutes(15);

    public async Task<Readiness> RunAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_last is { } last && time.GetElapsedTime(last.At) < Kept)
            {
                return last.Readiness;
            }

            var readiness = Readiness.Of(await Task.WhenAll(
                AskAsync("storage", StorageAsync, cancellationToken),
                AskAsync("clock", ClockAsync, cancellationToken),
                AskAsync("steps", StepsAsync, cancellationToken),
                AskAsync("mailbox", MailboxAsync, cancellationToken),
                AskAsync("subscription", SubscriptionAsync, cancellationToken)));
            _last = (readiness, time.GetTimestamp());
            return readiness;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private static async Task<PartHealth> AskAsync(
        string part, Func<CancellationToken, Task<(bool Well, string Detail)>> ask, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            var (well, detail) = await ask(limit.Token);
            return new PartHealth(part, well, detail);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever is wrong with a part is what was asked. Messages of exceptions hold addresses, so they stay here.
            return new PartHealth(part, Well: false, Reason(e));
        }
    }

    private static string Reason(Exception exception) => exception switch
    {
        MailboxUnavailableException { Status: { } status } => Invariant($"The mailbox answered {(int)status}."),
        RequestFailedException { Status: not 0 } refused => Invariant($"Storage answered {refused.Status} {refused.ErrorCode}."),
        CredentialUnavailableException or AuthenticationFailedException => "The app's identity gets no token.",
        OperationCanceledException => Invariant($"No answer within {Patience.TotalSeconds} s."),
        InvalidCharterException => "A charter is not valid.",
        _ => "No answer.",
    };

    private async Task<(bool, string)> StorageAsync(CancellationToken cancellationToken)
    {
        await blobs.GetBlobContainerClient(Keys.ConfigContainer).GetPropertiesAsync(cancellationToken: cancellationToken);
        return (true, "Answers.");
    }

    private async Task<(bool, string)> ClockAsync(CancellationToken cancellationToken) =>
        await dueList.LastTickAsync(cancellationToken) is not { } ticked
            ? (false, "Has not ticked yet.")
            : (time.GetUtcNow() - ticked < ClockLate, Invariant($"Ticked at {ticked:u}."));

    /// <summary>The older of the steps at the heads of both queues.</summary>
    private async Task<(bool, string)> StepsAsync(CancellationToken cancellationToken)
    {
        var ages = await Task.WhenAll(AgeAsync(Keys.StepsQueue, cancellationToken), AgeAsync(Keys.MailQueue, cancellationToken));
        return ages.Max() is { } age
            ? (age < StepLate, Invariant($"The oldest has waited for {age.TotalSeconds:0} s."))
            : (true, "None waits.");
    }

    /// <summary>Of the step at the head of a queue, by storage's own clock on both ends; null where none waits.</summary>
    private async Task<TimeSpan?> AgeAsync(string queue, CancellationToken cancellationToken)
    {
        var answer = await queues.GetQueueClient(queue).PeekMessagesAsync(1, cancellationToken);
        return answer.Value is [{ InsertedOn: { } inserted }, ..]
            ? (answer.GetRawResponse().Headers.Date ?? inserted) - inserted
            : null;
    }

    private async Task<(bool, string)> MailboxAsync(CancellationToken cancellationToken)
    {
        var asked = 0;
        await foreach (var charter in SomeAsync(cancellationToken))
        {
            await graph.ReachAsync(charter.Mailbox, cancellationToken);
            asked++;
        }

        return (true, asked == 0 ? "There is no committee yet." : Invariant($"{asked} asked, all answer."));
    }

    /// <summary>Without one mail is found by the clock alone, some minutes late.</summary>
    private async Task<(bool, string)> SubscriptionAsync(CancellationToken cancellationToken)
    {
        if (!subscription.CanBeTold)
        {
            return (true, "The mailbox cannot reach this site; mail is found by the clock.");
        }

        var (asked, alive) = (0, 0);
        await foreach (var charter in SomeAsync(cancellationToken))
        {
            asked++;
            alive += (await mailboxes.FindSubscriptionAsync(charter.Mailbox, cancellationToken))?.Expires > time.GetUtcNow()
                ? 1
                : 0;
        }

        return (alive == asked, Invariant($"{alive} of {asked} that were looked at are alive."));
    }

    private async IAsyncEnumerable<Charter> SomeAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var found = 0;
        await foreach (var id in charters.ListAsync(cancellationToken))
        {
            if (await charters.FindAsync(id, cancellationToken) is { } charter)
            {
                yield return charter;
                if (++found == MailboxesAsked)
                {
                    yield break;
                }
            }
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
