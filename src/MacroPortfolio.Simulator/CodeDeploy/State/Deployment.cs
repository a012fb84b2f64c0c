using MacroPortfolio.Simulator.CodeDeploy.Shapes;

namespace MacroPortfolio.Simulator.CodeDeploy.State;

public enum DeploymentStatus
{
    Created,
    Queued,
    InProgress,

    /// <summary>A zone is watched before the next one.</summary>
    Baking,

    /// <summary>The replacement instances of a blue/green deployment wait for traffic.</summary>
    Ready,
    Succeeded,
    Failed,
    Stopped,
}

public sealed class Deployment
{
    public const string User = "user";
    public const string Rollback = "codeDeployRollback";
    public const string AutoScaling = "autoscaling";
    public const string AutoUpdate = "CodeDeployAutoUpdate";

    public required string Id { get; init; }

    /// <summary>Counts up with each deployment of the account.</summary>
    public required int Number { get; init; }
    public required DeploymentGroup Group { get; init; }
    public required DeploymentConfig Config { get; init; }
    public required RevisionLocation Revision { get; init; }
    public required RevisionLocation? PreviousRevision { get; init; }
    public string? Description { get; init; }
    public required string Creator { get; init; }
    public bool IgnoreApplicationStopFailures { get; init; }
    public bool UpdateOutdatedInstancesOnly { get; init; }
    public required string FileExistsBehavior { get; init; }
    public AutoRollbackConfiguration? AutoRollback { get; init; }
    public AlarmConfiguration? OverrideAlarms { get; init; }
    public required DateTimeOffset CreateTime { get; init; }

    /// <summary>As its group had it when the deployment was created.</summary>
    public required Traffic Traffic { get; init; }

    public TargetInstances? TargetInstances { get; init; }

    /// <summary>The instance that Auto Scaling launched and that this deployment is for. Null: it is for the group.</summary>
    public string? OnlyInstance { get; init; }

    /// <summary>The deployment whose newcomers this one updates.</summary>
    public Deployment? AutoUpdateRoot { get; init; }
    public List<Deployment> AutoUpdates { get; } = [];

    public DeploymentStatus Status { get; private set; } = DeploymentStatus.Created;
    public DateTimeOffset? StartTime { get; private set; }
    public DateTimeOffset? CompleteTime { get; private set; }
    public ErrorInformation? Error { get; private set; }
    public RollbackInfo? RollbackInfo { get; set; }
    public IReadOnlyList<Target> Targets { get; private set; } = [];

    /// <summary>The instances that the group had when it started, deployed to or not.</summary>
    public IReadOnlySet<string> Found { get; private set; } = new HashSet<string>();

    /// <summary>No event starts any more; those that run end first.</summary>
    public bool StopRequested => Stopping.HasCome;

    public Signal Stopping { get; } = new();

    /// <summary>Somebody continued it while it was ready.</summary>
    public Signal Continuing { get; } = new();

    /// <summary>Somebody cut the wait for the end of the original instances short.</summary>
    public Signal Terminating { get; } = new();

    public bool TerminationWaitStarted { get; private set; }

    /// <summary>Why it was stopped, where it was.</summary>
    public ErrorInformation? StopReason { get; private set; }

    /// <summary>What StopDeployment asked for; null leaves it to the configuration.</summary>
    public bool? RollbackOnStop { get; private set; }

    public bool IsOver => Status is DeploymentStatus.Succeeded or DeploymentStatus.Failed or DeploymentStatus.Stopped;

    /// <summary>Its instances are not known before.</summary>
    public bool HasStarted => Status is not (DeploymentStatus.Created or DeploymentStatus.Queued);

    public void Queue() => Status = DeploymentStatus.Queued;

    public void Start(IEnumerable<string> found, IReadOnlyList<Target> targets, DateTimeOffset now)
    {
        Found = found.ToHashSet(StringComparer.Ordinal);
        Targets = targets;
        Status = DeploymentStatus.InProgress;
        StartTime = now;
    }

    /// <summary>The first reason counts.</summary>
    public void RequestStop(ErrorInformation reason, bool? rollback)
    {
        StopReason ??= reason;
        Stopping.Come();
        RollbackOnStop ??= rollback;
    }

    public void Bake() => Status = DeploymentStatus.Baking;

    public void BecomeReady() => Status = DeploymentStatus.Ready;

    public void Resume() => Status = DeploymentStatus.InProgress;

    public void StartTerminationWait() => TerminationWaitStarted = true;

    public void SkipPending(DateTimeOffset now)
    {
        foreach (var target in Targets.Where(target => target.Status == TargetStatus.Pending))
            target.Skip(now);
    }

    public void End(DeploymentStatus status, ErrorInformation? error, DateTimeOffset now)
    {
        SkipPending(now);
        Status = status;
        Error = error;
        CompleteTime = now;
    }

    /// <summary>How many instances are not healthy after it.</summary>
    public int Lost => Count(TargetStatus.Failed) + Count(TargetStatus.Unknown);

    public int Count(TargetStatus status) => Targets.Count(target => target.Status == status);
}
