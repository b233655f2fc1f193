using BscFlow.Local.Running;
using BscFlow.Workflow;

namespace BscFlow.Local.Time;

/// <summary>
/// Moves the clock, and stops on the way at each moment at which something becomes due until it is done: a day that is jumped
/// over goes by as it would have.
/// </summary>
public sealed class TimeTravel(MovableClock time, Clock schedule, WorkLoop work) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Moves the clock and waits until all that became due is done.</summary>
    public Task MoveToAsync(DateTimeOffset instant, CancellationToken cancellationToken) =>
        InTurnAsync(() => WalkAsync(instant, cancellationToken), cancellationToken);

    /// <summary>Moves the clock by a span from where it stands when the turn comes.</summary>
    public Task MoveByAsync(TimeSpan span, CancellationToken cancellationToken) =>
        InTurnAsync(() => WalkAsync(time.GetUtcNow() + span, cancellationToken), cancellationToken);

    /// <summary>Moves the clock to the next moment at which something becomes due; where nothing is in sight it stays.</summary>
    public Task MoveToNextAsync(CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            await work.SettleAsync(cancellationToken);
            if (await schedule.NextAsync(cancellationToken) is { } next)
            {
                time.MoveTo(next);
                await work.SettleAsync(cancellationToken);
            }
        },
        cancellationToken);

    public void Dispose() => _turn.Dispose();

    private async Task WalkAsync(DateTimeOffset end, CancellationToken cancellationToken)
    {
        await work.SettleAsync(cancellationToken);
        while (await schedule.NextAsync(cancellationToken) is { } next && next <= end)
        {
            time.MoveTo(next);
            await work.SettleAsync(cancellationToken);
        }

        time.MoveTo(end);
        await work.SettleAsync(cancellationToken);
    }

    private async Task InTurnAsync(Func<Task> move, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await move();
        }
        finally
        {
            _turn.Release();
        }
    }
}
