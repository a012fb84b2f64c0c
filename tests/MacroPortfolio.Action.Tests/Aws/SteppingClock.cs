namespace MacroPortfolio.Action.Tests.Aws;

/// <summary>
/// A clock that jumps from one pause of the program to the next, so that hours pass in seconds. While a call's time limit runs it stands: what is on the
/// wire takes no time. (A time limit is a <see cref="CancellationTokenSource"/>; a pause is none.)
/// </summary>
internal sealed class SteppingClock : TimeProvider
{
    private readonly Lock sync = new();
    private readonly List<Pending> timers = [];
    private readonly DateTimeOffset start = System.GetUtcNow();
    private TimeSpan elapsed;

    public TimeSpan Elapsed
    {
        get
        {
            lock (sync)
            {
                return elapsed;
            }
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => start + Elapsed;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Pending(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time pass until the work is done.</summary>
    public async Task<T> PassAsync<T>(Task<T> work)
    {
        while (!work.IsCompleted)
        {
            if (!Step())
            {
                await Task.Yield();
            }
        }

        return await work;
    }

    private bool Step()
    {
        Pending next;
        lock (sync)
        {
            if (timers.Count == 0 || timers.Exists(timer => timer.IsLimit))
            {
                return false;
            }

            next = timers.MinBy(timer => timer.Due)!;
            timers.Remove(next);
            elapsed = next.Due > elapsed ? next.Due : elapsed;
        }

        next.Fire();
        return true;
    }

    private sealed class Pending(SteppingClock clock, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan Due { get; private set; }
        public bool IsLimit => state is CancellationTokenSource;

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.sync)
            {
                clock.timers.Remove(this);
                if (dueTime >= TimeSpan.Zero)
                {
                    Due = clock.elapsed + dueTime;
                    clock.timers.Add(this);
                }
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
