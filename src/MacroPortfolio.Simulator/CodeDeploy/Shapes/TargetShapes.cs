namespace MacroPortfolio.Simulator.CodeDeploy.Shapes;

public sealed record Diagnostics(string ErrorCode, string ScriptName, string Message, string LogTail);

public sealed record LifecycleEvent(
    string LifecycleEventName, Diagnostics? Diagnostics, DateTimeOffset? StartTime, DateTimeOffset? EndTime, string Status);

public sealed record InstanceTarget(
    string DeploymentId,
    string TargetId,
    string TargetArn,
    string Status,
    DateTimeOffset LastUpdatedAt,
    IReadOnlyList<LifecycleEvent> LifecycleEvents,
    string InstanceLabel);

public sealed record DeploymentTarget(string DeploymentTargetType, InstanceTarget InstanceTarget);

public sealed record ListDeploymentTargetsRequest(
    string? DeploymentId, string? NextToken, IReadOnlyDictionary<string, IReadOnlyList<string?>?>? TargetFilters);

public sealed record ListDeploymentTargetsResponse(IReadOnlyList<string> TargetIds, string? NextToken);

public sealed record BatchGetDeploymentTargetsRequest(string? DeploymentId, IReadOnlyList<string?>? TargetIds);

public sealed record BatchGetDeploymentTargetsResponse(IReadOnlyList<DeploymentTarget> DeploymentTargets);

public sealed record GetDeploymentTargetRequest(string? DeploymentId, string? TargetId);

public sealed record GetDeploymentTargetResponse(DeploymentTarget DeploymentTarget);

/// <summary>The same as <see cref="InstanceTarget"/> in the deprecated operations that older clients call.</summary>
public sealed record InstanceSummary(
    string DeploymentId, string InstanceId, string Status, DateTimeOffset LastUpdatedAt, IReadOnlyList<LifecycleEvent> LifecycleEvents, string InstanceType);

public sealed record ListDeploymentInstancesRequest(
    string? DeploymentId, string? NextToken, IReadOnlyList<string?>? InstanceStatusFilter, IReadOnlyList<string?>? InstanceTypeFilter);

public sealed record ListDeploymentInstancesResponse(IReadOnlyList<string> InstancesList, string? NextToken);

public sealed record GetDeploymentInstanceRequest(string? DeploymentId, string? InstanceId);

public sealed record GetDeploymentInstanceResponse(InstanceSummary InstanceSummary);

public sealed record BatchGetDeploymentInstancesRequest(string? DeploymentId, IReadOnlyList<string?>? InstanceIds);

public sealed record BatchGetDeploymentInstancesResponse(IReadOnlyList<InstanceSummary> InstancesSummary, string? ErrorMessage);
