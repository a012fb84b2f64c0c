using MacroPortfolio.Simulator.CodeDeploy.Engine;
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
}

/// <summary>One instance in one deployment.</summary>
public sealed class Target(IHost host, DateTimeOffset now)
{
    public IHost Host { get; } = host;
    public TargetStatus Status { get; private set; } = TargetStatus.Pending;
    public DateTimeOffset LastUpdated { get; private set; } = now;
    public IReadOnlyList<TargetEvent> Events { get; } = [.. Lifecycle.InPlace.Select(name => new TargetEvent(name))];

    public void Start(DateTimeOffset now) => Become(TargetStatus.InProgress, now);

    public void Start(TargetEvent lifecycleEvent, DateTimeOffset now)
    {
        lifecycleEvent.Start(now);
        LastUpdated = now;
    }

    public void End(TargetEvent lifecycleEvent, EventResult result, DateTimeOffset now)
    {
        lifecycleEvent.End(result, now);
        LastUpdated = now;
    }

    public void Succeed(DateTimeOffset now) => Become(TargetStatus.Succeeded, now);

    /// <summary>What has not run yet will not.</summary>
    public void Fail(DateTimeOffset now) => Abandon(TargetStatus.Failed, now);

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
    public void End(EventResult result, DateTimeOffset now)
    {
        Status = result.Succeeded ? TargetStatus.Succeeded : TargetStatus.Failed;
        Result = result;
        EndTime = now;
    }

    public void Skip() => Status = TargetStatus.Skipped;
}
