namespace MacroPortfolio.Simulator.World;

/// <summary>The clock of the services, where it is ahead of the machine's or behind. Only what it shows differs; time passes as it does elsewhere.</summary>
public sealed class ServiceClock(TimeProvider machine, WorldFile world) : TimeProvider
{
    public static TimeSpan Skew(WorldFile world) => TimeSpan.FromSeconds(world.ClockSkewSeconds);

    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => machine.GetUtcNow() + Skew(world);

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);
}
