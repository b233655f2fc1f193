namespace BscFlow.Local.Time;

/// <summary>
/// A clock that runs at the usual speed and can be moved forward, never back. Timers made by it fire as soon as it is moved
/// past them. All members can be called from any thread.
/// </summary>
public sealed class MovableClock : TimeProvider
{
    /// <summary>The system's timers take 49 days at most; a timer that is due later looks again after this long.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly HashSet<MovableTimer> _armed = [];
    private readonly TimeProvider _real;
    private readonly ClockFile? _file;
    private readonly TimeSpan _firstOffset;
    private TimeSpan _offset;
    private DateTimeOffset _latest;

    /// <summary>A clock that shows the real time until it is moved, and forgets its moves.</summary>
    public MovableClock(TimeProvider real)
        : this(real, file: null, start: null)
    {
    }

    /// <param name="real">The time that passes outside.</param>
    /// <param name="file">Where its moves are kept, so that it goes on from there when the program is started again.</param>
    /// <param name="start">Where it begins; a clock that has gone past it already stays. Null: where the real one is.</param>
    /// <exception cref="InvalidDataException">The file is not one that a clock has written.</exception>
    public MovableClock(TimeProvider real, ClockFile? file, DateTimeOffset? start)
    {
        _real = real;
        _file = file;
        var now = real.GetUtcNow();
        var kept = file?.Read();
        if (start is { } begin && (kept is null || now + kept < begin))
        {
            kept = begin - now;
            file?.Write(kept.Value);
        }

        _firstOffset = _offset = kept ?? TimeSpan.Zero;
        _latest = now + _offset;
    }

    public override TimeZoneInfo LocalTimeZone => _real.LocalTimeZone;

    public override long TimestampFrequency => _real.TimestampFrequency;

    /// <remarks>Does not follow a real clock that is set back.</remarks>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return Now();
        }
    }

    /// <remarks>Follows the moves, so that an elapsed time and a timer of the same length agree.</remarks>
    public override long GetTimestamp()
    {
        lock (_lock)
        {
            var moved = _offset - _firstOffset;
            return _real.GetTimestamp() + (long)(moved.TotalSeconds * TimestampFrequency);
        }
    }

    /// <summary>Moves the clock forward. An instant that has passed already changes nothing.</summary>
    public void MoveTo(DateTimeOffset instant)
    {
        lock (_lock)
        {
            var by = instant - Now();
            if (by <= TimeSpan.Zero)
            {
                return;
            }

            // Kept first: whoever saw a time must not see an earlier one after a crash.
            _file?.Write(_offset + by);
            _offset += by;
            foreach (var timer in _armed.ToArray())
            {
                timer.Aim(Now());
            }
        }
    }

    /// <remarks>
    /// A periodic timer that the clock jumped over fires once, not once for every period that was left out. The callback runs
    /// on the thread pool.
    /// </remarks>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new MovableTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private DateTimeOffset Now()
    {
        var now = _real.GetUtcNow() + _offset;
        return _latest = now > _latest ? now : _latest;
    }

    /// <summary>All of its state is guarded by the clock's lock.</summary>
    private sealed class MovableTimer : ITimer
    {
        private readonly MovableClock _clock;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private readonly ITimer _timer;
        private DateTimeOffset _due;
        private TimeSpan _period;
        private bool _disposed;

        public MovableTimer(MovableClock clock, TimerCallback callback, object? state)
        {
            _clock = clock;
            _callback = callback;
            _state = state;
            _timer = clock._real.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.InfiniteTimeSpan);
            ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
            lock (_clock._lock)
            {
                if (_disposed)
                {
                    return false;
                }

                _period = period;
                if (dueTime == Timeout.InfiniteTimeSpan)
                {
                    Disarm();
                    return true;
                }

                var now = _clock.Now();
                Arm(now + dueTime, now);
                return true;
            }
        }

        /// <summary>Sets the real timer to what is left until this one is due.</summary>
        public void Aim(DateTimeOffset now)
        {
            var left = _due > now ? _due - now : TimeSpan.Zero;
            _timer.Change(left < LongestWait ? left : LongestWait, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            lock (_clock._lock)
            {
                _disposed = true;
                Disarm();
            }

            _timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            lock (_clock._lock)
            {
                _disposed = true;
                Disarm();
            }

            return _timer.DisposeAsync();
        }

        private void Arm(DateTimeOffset due, DateTimeOffset now)
        {
            _due = due;
            _clock._armed.Add(this);
            Aim(now);
        }

        private void Disarm()
        {
            _clock._armed.Remove(this);
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        private void Fire()
        {
            lock (_clock._lock)
            {
                // Another thread may have disarmed or moved it between the real timer's end and here.
                var now = _clock.Now();
                if (!_clock._armed.Contains(this))
                {
                    return;
                }

                if (_due > now)
                {
                    Aim(now);
                    return;
                }

                if (_period > TimeSpan.Zero)
                {
                    Arm(_due + _period > now ? _due + _period : now + _period, now);
                }
                else
                {
                    Disarm();
                }
            }

            _callback(_state);
        }
    }
}
