using System.Text.Json.Serialization;

namespace MacroPortfolio.Simulator.CodeDeploy.Shapes;

public sealed record CreateDeploymentRequest
{
    public string? ApplicationName { get; init; }
    public string? DeploymentGroupName { get; init; }
    public RevisionLocation? Revision { get; init; }
    public string? DeploymentConfigName { get; init; }
    public string? Description { get; init; }
    public bool? IgnoreApplicationStopFailures { get; init; }
    public TargetInstances? TargetInstances { get; init; }
    public AutoRollbackConfiguration? AutoRollbackConfiguration { get; init; }
    public bool? UpdateOutdatedInstancesOnly { get; init; }
    public string? FileExistsBehavior { get; init; }
    public AlarmConfiguration? OverrideAlarmConfiguration { get; init; }
}

/// <summary>The replacement instances of a blue/green deployment.</summary>
public sealed record TargetInstances(IReadOnlyList<Ec2TagFilter?>? TagFilters, IReadOnlyList<string?>? AutoScalingGroups, Ec2TagSet? Ec2TagSet);

public sealed record CreateDeploymentResponse(string DeploymentId);

public sealed record DeploymentRequest(string? DeploymentId);

public sealed record GetDeploymentResponse(DeploymentInfo DeploymentInfo);

public sealed record BatchGetDeploymentsRequest(IReadOnlyList<string?>? DeploymentIds);

public sealed record BatchGetDeploymentsResponse(IReadOnlyList<DeploymentInfo> DeploymentsInfo);

public sealed record StopDeploymentRequest(string? DeploymentId, bool? AutoRollbackEnabled);

public sealed record StopDeploymentResponse(string Status, string StatusMessage);

public sealed record ContinueDeploymentRequest(string? DeploymentId, string? DeploymentWaitType);

public sealed record TimeRange(DateTimeOffset? Start, DateTimeOffset? End);

public sealed record ListDeploymentsRequest
{
    public string? ApplicationName { get; init; }
    public string? DeploymentGroupName { get; init; }
    public string? ExternalId { get; init; }
    public IReadOnlyList<string?>? IncludeOnlyStatuses { get; init; }
    public TimeRange? CreateTimeRange { get; init; }
    public string? NextToken { get; init; }
}

public sealed record ListDeploymentsResponse(IReadOnlyList<string> Deployments, string? NextToken);

public sealed record ErrorInformation(string Code, string Message);

public sealed record RollbackInfo(string? RollbackDeploymentId, string? RollbackTriggeringDeploymentId, string? RollbackMessage);

/// <summary>Updates of instances that were launched during a deployment, seen from it and from them.</summary>
public sealed record RelatedDeployments(string? AutoUpdateOutdatedInstancesRootDeploymentId, IReadOnlyList<string>? AutoUpdateOutdatedInstancesDeploymentIds);

public sealed record DeploymentOverview(
    [property: JsonPropertyName("Pending")] long Pending,
    [property: JsonPropertyName("InProgress")] long InProgress,
    [property: JsonPropertyName("Succeeded")] long Succeeded,
    [property: JsonPropertyName("Failed")] long Failed,
    [property: JsonPropertyName("Skipped")] long Skipped,
    [property: JsonPropertyName("Ready")] long Ready);

public sealed record DeploymentInfo
{
    public required string ApplicationName { get; init; }
    public required string DeploymentGroupName { get; init; }
    public required string DeploymentConfigName { get; init; }
    public required string DeploymentId { get; init; }
    public required RevisionLocation? PreviousRevision { get; init; }
    public required RevisionLocation Revision { get; init; }
    public required string Status { get; init; }
    public required ErrorInformation? ErrorInformation { get; init; }
    public required DateTimeOffset CreateTime { get; init; }
    public required DateTimeOffset? StartTime { get; init; }
    public required DateTimeOffset? CompleteTime { get; init; }
    public required DeploymentOverview? DeploymentOverview { get; init; }
    public required string? Description { get; init; }
    public required string Creator { get; init; }
    public required bool IgnoreApplicationStopFailures { get; init; }
    public required AutoRollbackConfiguration? AutoRollbackConfiguration { get; init; }
    public required bool UpdateOutdatedInstancesOnly { get; init; }
    public required RollbackInfo? RollbackInfo { get; init; }
    public required DeploymentStyle DeploymentStyle { get; init; }
    public required TargetInstances? TargetInstances { get; init; }
    public required BlueGreenDeploymentConfiguration? BlueGreenDeploymentConfiguration { get; init; }
    public required LoadBalancerInfo? LoadBalancerInfo { get; init; }
    public required bool InstanceTerminationWaitTimeStarted { get; init; }
    public required string FileExistsBehavior { get; init; }
    public IReadOnlyList<string> DeploymentStatusMessages { get; init; } = [];
    public required string ComputePlatform { get; init; }
    public required RelatedDeployments? RelatedDeployments { get; init; }
    public required AlarmConfiguration? OverrideAlarmConfiguration { get; init; }
}
