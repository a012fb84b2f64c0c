using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.CodeDeploy.Shapes;

/// <param name="Type">HOST_COUNT, FLEET_PERCENT, or MOST_CONCURRENCY, which only CodeDeployDefault.OneAtATime has.</param>
public sealed record MinimumHealthyHosts(string? Type, int? Value);

/// <summary>One Availability Zone after the other.</summary>
public sealed record ZonalConfig(long? FirstZoneMonitorDurationInSeconds, long? MonitorDurationInSeconds, MinimumHealthyHosts? MinimumHealthyHostsPerZone);

public sealed record DeploymentConfigInfo(
    string DeploymentConfigId, string DeploymentConfigName, MinimumHealthyHosts MinimumHealthyHosts, DateTimeOffset CreateTime, string ComputePlatform, ZonalConfig? ZonalConfig);

public sealed record CreateDeploymentConfigRequest(
    string? DeploymentConfigName, MinimumHealthyHosts? MinimumHealthyHosts, JsonNode? TrafficRoutingConfig, string? ComputePlatform, ZonalConfig? ZonalConfig);

public sealed record CreateDeploymentConfigResponse(string DeploymentConfigId);

public sealed record DeploymentConfigRequest(string? DeploymentConfigName);

public sealed record GetDeploymentConfigResponse(DeploymentConfigInfo DeploymentConfigInfo);

public sealed record ListDeploymentConfigsRequest(string? NextToken);

public sealed record ListDeploymentConfigsResponse(IReadOnlyList<string> DeploymentConfigsList, string? NextToken);
