using System.Diagnostics;
using Azure;
using BscFlow.Telemetry;
using Microsoft.Extensions.Logging;

namespace BscFlow.Workflow;

/// <summary>Has the clock look at a committee soon, because something of it was changed.</summary>
/// <remarks>
/// Whoever changes something does not wait for the look, which reads all that waits: the first is looked after at once, and those
/// of the next moment share one look at its end, however many they are.
/// </remarks>
public sealed partial class LookSoon(StepQueue queue, ILogger<LookSoon> log)
{
    /// <summary>The queue knows whole seconds.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private static readonly long Ticks = (long)(Moment.TotalSeconds * Stopwatch.Frequency);

    private readonly Lock _lock = new();

    /// <summary>When the last look that was asked for may begin, by committee.</summary>
    private readonly Dictionary<string, long> _begins = new(StringComparer.Ordinal);

    /// <summary>Whether a look waits for its moment.</summary>
    public bool Waits
    {
        get
        {
            lock (_lock)
            {
                return _begins.Values.Any(begins => begins > Stopwatch.GetTimestamp());
            }
        }
    }

    /// <remarks>
    /// What was changed is stored: that the queue does not answer is no failure of the change, and the clock comes by in any
    /// case.
    /// </remarks>
    public async Task RunAsync(string committee)
    {
        if (Claim(committee) is not { } wait)
        {
            return;
        }

        try
        {
            // Not given up when the caller leaves, for the change stays.
            await queue.AddAsync(new Step(committee, StepKind.LookAgain, ""), wait, CancellationToken.None);
        }
        catch (Exception failed) when (failed is RequestFailedException or AggregateException)
        {
            var why = ErrorWords.Of(failed);
            LogNotQueued(committee, why);
        }
    }

    /// <returns>How long the look is to wait; null where another one that waits serves as well.</returns>
    private TimeSpan? Claim(string committee)
    {
        lock (_lock)
        {
            var now = Stopwatch.GetTimestamp();
            var last = _begins.GetValueOrDefault(committee, now - (2 * Ticks));
            if (last > now)
            {
                return null;
            }

            var wait = now - last < Ticks ? Moment : TimeSpan.Zero;
            _begins[committee] = now + (wait == Moment ? Ticks : 0);
            return wait;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A look at {Committee} could not be asked for: {Error}")]
    private partial void LogNotQueued(string committee, string error);
}
