using BscFlow.Local.Time;
using Microsoft.Extensions.Time.Testing;

namespace BscFlow.Tests.Local.Time;

public sealed class MovableClockTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2025, 10, 1, 9, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _real = new(Start);
    private readonly TemporaryFolder _folder = new();

    private string FilePath => Path.Combine(_folder.Path, "clock.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_runs_on_from_where_it_was_moved_to()
    {
        var clock = new MovableClock(_real);

        clock.MoveTo(Start.AddDays(7));
        _real.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal(Start.AddDays(7).AddMinutes(3), clock.GetUtcNow());
    }

    [Fact]
    public void It_is_never_moved_back()
    {
        var clock = new MovableClock(_real);
        clock.MoveTo(Start.AddDays(7));

        clock.MoveTo(Start.AddDays(6));

        Assert.Equal(Start.AddDays(7), clock.GetUtcNow());
    }

    [Fact]
    public void It_stands_still_when_the_real_clock_is_set_back()
    {
        var real = new SteppingTime { Now = Start };
        var clock = new MovableClock(real);
        real.Now = Start.AddMinutes(-5);

        Assert.Equal(Start, clock.GetUtcNow());
    }

    [Fact]
    public void A_timer_fires_when_the_clock_is_moved_past_it_and_only_once()
    {
        var clock = new MovableClock(_real);
        var fired = 0;
        using var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromDays(60), Timeout.InfiniteTimeSpan);

        clock.MoveTo(Start.AddDays(59));
        Assert.Equal(0, fired);
        clock.MoveTo(Start.AddDays(61));
        clock.MoveTo(Start.AddDays(200));

        Assert.Equal(1, fired);
    }

    [Fact]
    public void A_timer_fires_in_its_own_time_when_nobody_moves_the_clock()
    {
        var clock = new MovableClock(_real);
        var fired = 0;
        using var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromDays(60), Timeout.InfiniteTimeSpan);

        _real.Advance(TimeSpan.FromDays(60) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, fired);
        _real.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(1, fired);
    }

    [Fact]
    public void A_periodic_timer_that_was_jumped_over_fires_once_and_keeps_its_period()
    {
        var clock = new MovableClock(_real);
        var fired = 0;
        using var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5));

        clock.MoveTo(Start.AddDays(1));
        Assert.Equal(1, fired);
        _real.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(2, fired);
    }

    [Fact]
    public void A_timer_that_was_stopped_does_not_fire()
    {
        var clock = new MovableClock(_real);
        var fired = 0;
        using var stopped = clock.CreateTimer(_ => fired++, null, TimeSpan.FromMinutes(5), Timeout.InfiniteTimeSpan);
        var disposed = clock.CreateTimer(_ => fired++, null, TimeSpan.FromMinutes(5), Timeout.InfiniteTimeSpan);

        stopped.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        disposed.Dispose();
        clock.MoveTo(Start.AddDays(1));

        Assert.Equal(0, fired);
        Assert.False(disposed.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public async Task A_delay_ends_when_the_clock_is_moved_past_it()
    {
        var clock = new MovableClock(TimeProvider.System);
        var delay = Task.Delay(TimeSpan.FromDays(30), clock, TestContext.Current.CancellationToken);
        var other = Task.Delay(TimeSpan.FromDays(32), clock, TestContext.Current.CancellationToken);

        clock.MoveTo(clock.GetUtcNow().AddDays(31));
        await delay;

        Assert.False(other.IsCompleted);
    }

    [Fact]
    public void Elapsed_time_contains_the_moves()
    {
        var clock = new MovableClock(_real);
        var before = clock.GetTimestamp();

        clock.MoveTo(Start.AddHours(2));
        _real.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(TimeSpan.FromMinutes(121), clock.GetElapsedTime(before));
    }

    [Fact]
    public void A_clock_that_is_started_again_goes_on_and_real_time_has_passed()
    {
        new MovableClock(_real, new ClockFile(FilePath), start: null).MoveTo(Start.AddDays(7));
        _real.Advance(TimeSpan.FromHours(1));

        var again = new MovableClock(_real, new ClockFile(FilePath), start: null);

        Assert.Equal(Start.AddDays(7).AddHours(1), again.GetUtcNow());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"offset":"soon"}""")]
    public void A_file_that_no_clock_wrote_is_named(string text)
    {
        File.WriteAllText(FilePath, text);

        var e = Assert.Throws<InvalidDataException>(() => new MovableClock(_real, new ClockFile(FilePath), start: null));

        Assert.StartsWith($"{FilePath}: not a clock's file", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_threads_see_a_clock_that_never_goes_back()
    {
        var clock = new MovableClock(TimeProvider.System);
        var mover = Task.Run(() =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                clock.MoveTo(clock.GetUtcNow().AddMinutes(1));
            }
        }, TestContext.Current.CancellationToken);
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            var (time, stamp) = (clock.GetUtcNow(), clock.GetTimestamp());
            while (!mover.IsCompleted)
            {
                var (nextTime, nextStamp) = (clock.GetUtcNow(), clock.GetTimestamp());
                Assert.True(nextTime >= time && nextStamp >= stamp);
                (time, stamp) = (nextTime, nextStamp);
            }
        }, TestContext.Current.CancellationToken));

        await Task.WhenAll([mover, .. readers]);
    }

    private sealed class SteppingTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
