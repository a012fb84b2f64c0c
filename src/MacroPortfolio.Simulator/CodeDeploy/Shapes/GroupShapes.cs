using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace MacroPortfolio.Simulator.CodeDeploy.Shapes;

/// <param name="Type">KEY_ONLY, VALUE_ONLY or KEY_AND_VALUE.</param>
public sealed record Ec2TagFilter(
    [property: JsonPropertyName("Key")] string? Key,
    [property: JsonPropertyName("Value")] string? Value,
    [property: JsonPropertyName("Type")] string? Type);

/// <summary>A list of lists: an instance must match one filter of each.</summary>
public sealed record Ec2TagSet(IReadOnlyList<IReadOnlyList<Ec2TagFilter?>?>? Ec2TagSetList);

public sealed record Alarm(string? Name);

public sealed record AlarmConfiguration(bool? Enabled, bool? IgnorePollAlarmFailure, IReadOnlyList<Alarm?>? Alarms);

/// <param name="Events">DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_ALARM, DEPLOYMENT_STOP_ON_REQUEST.</param>
public sealed record AutoRollbackConfiguration(bool? Enabled, IReadOnlyList<string?>? Events);

public sealed record DeploymentStyle(string? DeploymentType, string? DeploymentOption)
{
    public const string BlueGreen = "BLUE_GREEN";
    public const string WithTrafficControl = "WITH_TRAFFIC_CONTROL";

    public static DeploymentStyle InPlace { get; } = new("IN_PLACE", "WITHOUT_TRAFFIC_CONTROL");
}

public sealed record BlueGreenDeploymentConfiguration(
    BlueInstanceTerminationOption? TerminateBlueInstancesOnDeploymentSuccess,
    DeploymentReadyOption? DeploymentReadyOption,
    GreenFleetProvisioningOption? GreenFleetProvisioningOption)
{
    [JsonIgnore]
    public bool CopiesAutoScalingGroup => GreenFleetProvisioningOption?.Action == "COPY_AUTO_SCALING_GROUP";
}

/// <param name="Action">TERMINATE or KEEP_ALIVE.</param>
public sealed record BlueInstanceTerminationOption(string? Action, int? TerminationWaitTimeInMinutes);

/// <param name="ActionOnTimeout">CONTINUE_DEPLOYMENT or STOP_DEPLOYMENT.</param>
public sealed record DeploymentReadyOption(string? ActionOnTimeout, int? WaitTimeInMinutes);

/// <param name="Action">DISCOVER_EXISTING or COPY_AUTO_SCALING_GROUP.</param>
public sealed record GreenFleetProvisioningOption(string? Action);

/// <param name="Hook">The name of the lifecycle hook that CodeDeploy installs.</param>
public sealed record AutoScalingGroup(string Name, string Hook);

public sealed record LoadBalancer(string? Name);

/// <param name="ElbInfoList">Classic Load Balancers.</param>
/// <param name="TargetGroupInfoList">Target groups of Application and Network Load Balancers.</param>
public sealed record LoadBalancerInfo(
    IReadOnlyList<LoadBalancer?>? ElbInfoList, IReadOnlyList<LoadBalancer?>? TargetGroupInfoList, JsonArray? TargetGroupPairInfoList)
{
    [JsonIgnore]
    public bool IsEmpty => ElbInfoList is null or { Count: 0 } && TargetGroupInfoList is null or { Count: 0 };
}

public sealed record TriggerConfig(string? TriggerName, string? TriggerTargetArn, IReadOnlyList<string?>? TriggerEvents);

public sealed record LastDeploymentInfo(string DeploymentId, string Status, DateTimeOffset? EndTime, DateTimeOffset CreateTime);

public sealed record DeploymentGroupInfo
{
    public required string ApplicationName { get; init; }
    public required string DeploymentGroupId { get; init; }
    public required string DeploymentGroupName { get; init; }
    public required string DeploymentConfigName { get; init; }
    public required IReadOnlyList<Ec2TagFilter> Ec2TagFilters { get; init; }
    public required Ec2TagSet? Ec2TagSet { get; init; }
    public IReadOnlyList<Ec2TagFilter> OnPremisesInstanceTagFilters { get; init; } = [];
    public required IReadOnlyList<AutoScalingGroup> AutoScalingGroups { get; init; }
    public required string ServiceRoleArn { get; init; }
    public required RevisionLocation? TargetRevision { get; init; }
    public required IReadOnlyList<TriggerConfig> TriggerConfigurations { get; init; }
    public required AlarmConfiguration? AlarmConfiguration { get; init; }
    public required AutoRollbackConfiguration? AutoRollbackConfiguration { get; init; }
    public required DeploymentStyle DeploymentStyle { get; init; }
    public required BlueGreenDeploymentConfiguration? BlueGreenDeploymentConfiguration { get; init; }
    public required LoadBalancerInfo? LoadBalancerInfo { get; init; }
    public required string OutdatedInstancesStrategy { get; init; }
    public required LastDeploymentInfo? LastSuccessfulDeployment { get; init; }
    public required LastDeploymentInfo? LastAttemptedDeployment { get; init; }
    public required string ComputePlatform { get; init; }
    public required bool TerminationHookEnabled { get; init; }
}

/// <summary>What CreateDeploymentGroup and UpdateDeploymentGroup have in common.</summary>
public abstract record DeploymentGroupSettings
{
    public string? ApplicationName { get; init; }
    public string? DeploymentConfigName { get; init; }
    public IReadOnlyList<Ec2TagFilter?>? Ec2TagFilters { get; init; }
    public Ec2TagSet? Ec2TagSet { get; init; }
    public JsonArray? OnPremisesInstanceTagFilters { get; init; }
    public JsonNode? OnPremisesTagSet { get; init; }
    public IReadOnlyList<string?>? AutoScalingGroups { get; init; }
    public string? ServiceRoleArn { get; init; }
    public IReadOnlyList<TriggerConfig>? TriggerConfigurations { get; init; }
    public AlarmConfiguration? AlarmConfiguration { get; init; }
    public AutoRollbackConfiguration? AutoRollbackConfiguration { get; init; }
    public string? OutdatedInstancesStrategy { get; init; }
    public DeploymentStyle? DeploymentStyle { get; init; }
    public BlueGreenDeploymentConfiguration? BlueGreenDeploymentConfiguration { get; init; }
    public LoadBalancerInfo? LoadBalancerInfo { get; init; }
    public JsonArray? EcsServices { get; init; }
    public bool? TerminationHookEnabled { get; init; }
}

public sealed record CreateDeploymentGroupRequest : DeploymentGroupSettings
{
    public string? DeploymentGroupName { get; init; }
    public IReadOnlyList<Tag?>? Tags { get; init; }
}

public sealed record UpdateDeploymentGroupRequest : DeploymentGroupSettings
{
    public string? CurrentDeploymentGroupName { get; init; }
    public string? NewDeploymentGroupName { get; init; }
}

public sealed record CreateDeploymentGroupResponse(string DeploymentGroupId);

/// <summary>Of UpdateDeploymentGroup and DeleteDeploymentGroup: the hooks that were in Auto Scaling groups never outlive their deployment group here.</summary>
public sealed record HooksNotCleanedUpResponse(IReadOnlyList<string> HooksNotCleanedUp);

public sealed record DeploymentGroupRequest(string? ApplicationName, string? DeploymentGroupName);

public sealed record GetDeploymentGroupResponse(DeploymentGroupInfo DeploymentGroupInfo);

public sealed record ListDeploymentGroupsRequest(string? ApplicationName, string? NextToken);

public sealed record ListDeploymentGroupsResponse(string ApplicationName, IReadOnlyList<string> DeploymentGroups, string? NextToken);

public sealed record BatchGetDeploymentGroupsRequest(string? ApplicationName, IReadOnlyList<string?>? DeploymentGroupNames);

public sealed record BatchGetDeploymentGroupsResponse(IReadOnlyList<DeploymentGroupInfo> DeploymentGroupsInfo, string? ErrorMessage);
