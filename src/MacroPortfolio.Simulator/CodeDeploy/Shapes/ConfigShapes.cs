using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.CodeDeploy.Shapes;

/// <param name="Type">HOST_COUNT, FLEET_PERCENT, or MOST_CONCURRENCY, which only CodeDeployDefault.OneAtATime has.</param>
public sealed record MinimumHealthyHosts(string? Type, int? Value);

public sealed record DeploymentConfigInfo(
    string DeploymentConfigId, string DeploymentConfigName, MinimumHealthyHosts MinimumHealthyHosts, DateTimeOffset CreateTime, string ComputePlatform);

public sealed record CreateDeploymentConfigRequest(
    string? DeploymentConfigName, MinimumHealthyHosts? MinimumHealthyHosts, JsonNode? TrafficRoutingConfig, string? ComputePlatform, JsonNode? ZonalConfig);

public sealed record CreateDeploymentConfigResponse(string DeploymentConfigId);

public sealed record DeploymentConfigRequest(string? DeploymentConfigName);

public sealed record GetDeploymentConfigResponse(DeploymentConfigInfo DeploymentConfigInfo);

public sealed record ListDeploymentConfigsRequest(string? NextToken);

public sealed record ListDeploymentConfigsResponse(IReadOnlyList<string> DeploymentConfigsList, string? NextToken);
