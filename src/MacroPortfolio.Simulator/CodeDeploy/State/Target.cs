using MacroPortfolio.Simulator.Fleet;
using IHost = MacroPortfolio.Simulator.Fleet.IHost;

namespace MacroPortfolio.Simulator.CodeDeploy.State;

public enum TargetStatus
{
    Pending,
    InProgress,
    Succeeded,
    Failed,
    Skipped,
    Ready,
    Unknown,
}

/// <summary>One instance in one deployment.</summary>
public sealed class Target(IHost host, IReadOnlyList<string> events, DateTimeOffset now, string label = Target.Original)
{
    public const string Original = "Blue";
    public const string Replacement = "Green";

    /// <summary>Instances of an in-place deployment are original ones too.</summary>
    public string Label { get; } = label;
    public IHost Host { get; } = host;
    public TargetStatus Status { get; private set; } = TargetStatus.Pending;
    public DateTimeOffset LastUpdated { get; private set; } = now;
    public IReadOnlyList<TargetEvent> Events { get; } = [.. events.Select(name => new TargetEvent(name))];

    public void Start(DateTimeOffset now) => Become(TargetStatus.InProgress, now);

    public void Start(TargetEvent lifecycleEvent, DateTimeOffset now)
    {
        lifecycleEvent.Start(now);
        LastUpdated = now;
    }

    /// <param name="result">Null: nobody knows how it ended.</param>
    public void End(TargetEvent lifecycleEvent, EventResult? result, DateTimeOffset now)
    {
        lifecycleEvent.End(result, now);
        LastUpdated = now;
    }

    /// <summary>At the end of a leg.</summary>
    public void Arrive(TargetStatus status, DateTimeOffset now) => Become(status, now);

    /// <summary>What has not run yet will not.</summary>
    public void Fail(DateTimeOffset now) => Abandon(TargetStatus.Failed, now);

    /// <summary>Its instance is gone, and nobody knows what was done to it.</summary>
    public void Lose(DateTimeOffset now) => Abandon(TargetStatus.Unknown, now);

    public void Skip(DateTimeOffset now) => Abandon(TargetStatus.Skipped, now);

    private void Abandon(TargetStatus status, DateTimeOffset now)
    {
        foreach (var pending in Events.Where(e => e.Status == TargetStatus.Pending))
            pending.Skip();
        Become(status, now);
    }

    private void Become(TargetStatus status, DateTimeOffset now)
    {
        Status = status;
        LastUpdated = now;
    }
}

public sealed class TargetEvent(string name)
{
    public string Name { get; } = name;
    public TargetStatus Status { get; private set; } = TargetStatus.Pending;
    public EventResult? Result { get; private set; }
    public DateTimeOffset? StartTime { get; private set; }
    public DateTimeOffset? EndTime { get; private set; }

    public void Start(DateTimeOffset now)
    {
        Status = TargetStatus.InProgress;
        StartTime = now;
    }

    /// <summary>An event that had nothing to run has succeeded: the agent acknowledges its command as done.</summary>
    public void End(EventResult? result, DateTimeOffset now)
    {
        Status = result switch
        {
            null => TargetStatus.Unknown,
            { Succeeded: true } => TargetStatus.Succeeded,
            _ => TargetStatus.Failed,
        };
        Result = result;
        EndTime = now;
    }

    public void Skip() => Status = TargetStatus.Skipped;
}
