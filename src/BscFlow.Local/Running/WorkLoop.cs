using Azure;
using BscFlow.Telemetry;
using BscFlow.Workflow;

namespace BscFlow.Local.Running;

/// <summary>Stands for the timers of the Functions host: looks each second for what is due, and has it done.</summary>
public sealed partial class WorkLoop(Clock clock, StepPump pump, LookSoon looks, ILogger<WorkLoop> log) : BackgroundService
{
    /// <summary>A step that leaves its own work due would be queued for ever.</summary>
    private const int MostRounds = 1_000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryPoll = TimeSpan.FromMilliseconds(200);

    /// <summary>A step that was given up is due still, and is begun again at the next tick.</summary>
    private static readonly TimeSpan AfterGivingUp = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Does what is due, and what becomes due by that, until nothing is left.</summary>
    /// <returns>False when a step was given up and is due still, or when there is no end.</returns>
    public async Task<bool> SettleAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            for (var round = 0; round < MostRounds; round++)
            {
                var pumped = await pump.DoSomeAsync(cancellationToken);
                if (pumped == Pumped.GaveUp)
                {
                    return false;
                }

                if (pumped == Pumped.Some)
                {
                    continue;
                }

                if (pump.HasRetries || looks.Waits)
                {
                    // A step that failed would be put on the queue a second time by a tick, and one that waits would be passed over.
                    await Task.Delay(RetryPoll, cancellationToken);
                }
                else if (await clock.TickAsync(cancellationToken) == 0)
                {
                    return true;
                }
            }

            LogNoEnd();
            return false;
        }
        finally
        {
            _turn.Release();
        }
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var settled = false;
            try
            {
                settled = await SettleAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested && IsOfStorage(e))
            {
                var why = ErrorWords.Of(e);
                LogNoStorage(why);
            }

            await Task.Delay(settled ? Interval : AfterGivingUp, stoppingToken);
        }
    }

    /// <summary>Refused, no answer, or none in time; the SDK gathers what several tries brought.</summary>
    private static bool IsOfStorage(Exception failed) => failed switch
    {
        RequestFailedException or OperationCanceledException => true,
        AggregateException several => several.InnerExceptions.Any(IsOfStorage),
        _ => false,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "There is no end of what is due; looking again in a minute")]
    private partial void LogNoEnd();

    [LoggerMessage(Level = LogLevel.Error, Message = "Storage does not answer: {Reason}")]
    private partial void LogNoStorage(string reason);
}
