using System.Collections.Concurrent;
using System.Diagnostics;

namespace BscFlow.Workflow;

/// <summary>Has a mailbox read soon, because somebody says that there is new mail.</summary>
/// <remarks>
/// A hundred answers in a second are a hundred notifications and one look: a read waits on the queue for a moment, and while it
/// waits no second one is queued.
/// </remarks>
public sealed class HintOfMail(StepQueue queue)
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, long> _waiting = new(StringComparer.OrdinalIgnoreCase);

    public async Task RunAsync(string mailbox, CancellationToken cancellationToken)
    {
        var now = Stopwatch.GetTimestamp();
        var ours = now + (long)(Moment.TotalSeconds * Stopwatch.Frequency);

        // Until its time is up, whoever receives the step receives it later than this mail.
        if (_waiting.AddOrUpdate(mailbox, ours, (_, until) => until > now ? until : ours) == ours)
        {
            await queue.AddAsync(Step.OfMailbox(StepKind.CollectMail, mailbox), Moment, cancellationToken);
        }
    }
}
