using MacroPortfolio.Simulator.CodeDeploy.Shapes;

namespace MacroPortfolio.Simulator.CodeDeploy.State;

public enum DeploymentStatus
{
    Created,
    Queued,
    InProgress,
    Succeeded,
    Failed,
    Stopped,
}

public sealed class Deployment
{
    public const string User = "user";
    public const string Rollback = "codeDeployRollback";

    public required string Id { get; init; }

    /// <summary>Counts up with each deployment of the account.</summary>
    public required int Number { get; init; }
    public required DeploymentGroup Group { get; init; }
    public required DeploymentConfig Config { get; init; }
    public required RevisionLocation Revision { get; init; }
    public required RevisionLocation? PreviousRevision { get; init; }
    public required string? Description { get; init; }
    public required string Creator { get; init; }
    public required bool IgnoreApplicationStopFailures { get; init; }
    public required bool UpdateOutdatedInstancesOnly { get; init; }
    public required string FileExistsBehavior { get; init; }
    public required AutoRollbackConfiguration? AutoRollback { get; init; }
    public required AlarmConfiguration? OverrideAlarms { get; init; }
    public required DateTimeOffset CreateTime { get; init; }

    public DeploymentStatus Status { get; private set; } = DeploymentStatus.Created;
    public DateTimeOffset? StartTime { get; private set; }
    public DateTimeOffset? CompleteTime { get; private set; }
    public ErrorInformation? Error { get; private set; }
    public RollbackInfo? RollbackInfo { get; set; }
    public IReadOnlyList<Target> Targets { get; private set; } = [];

    /// <summary>No event starts any more; those that run end first.</summary>
    public bool StopRequested { get; private set; }

    /// <summary>What StopDeployment asked for; null leaves it to the configuration.</summary>
    public bool? RollbackOnStop { get; private set; }

    public bool IsOver => Status is DeploymentStatus.Succeeded or DeploymentStatus.Failed or DeploymentStatus.Stopped;

    /// <summary>Its instances are not known before.</summary>
    public bool HasStarted => Status is not (DeploymentStatus.Created or DeploymentStatus.Queued);

    public void Queue() => Status = DeploymentStatus.Queued;

    public void Start(IReadOnlyList<Target> targets, DateTimeOffset now)
    {
        Targets = targets;
        Status = DeploymentStatus.InProgress;
        StartTime = now;
    }

    public void RequestStop(bool? rollback)
    {
        StopRequested = true;
        RollbackOnStop ??= rollback;
    }

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

    public int Count(TargetStatus status) => Targets.Count(target => target.Status == status);
}
