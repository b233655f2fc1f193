using BscFlow.Local.Time;

namespace BscFlow.Tests.Scenarios;

/// <summary>
/// The clock of a mail server beside a run: it shows what the run's clock shows, move by move, also while the run is dead. A
/// server that stayed behind would refuse what the run asks for, such as a subscription that ends too far in its future.
/// </summary>
/// <param name="begin">What it shows before the run has started.</param>
internal sealed class FollowingClock(string clockFile, DateTimeOffset begin) : TimeProvider
{
    private readonly ClockFile _file = new(clockFile);
    private readonly Lock _lock = new();
    private DateTimeOffset _latest = begin;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            if (_file.Read() is { } offset && base.GetUtcNow() + offset is var now && now > _latest)
            {
                _latest = now;
            }

            return _latest;
        }
    }
}
