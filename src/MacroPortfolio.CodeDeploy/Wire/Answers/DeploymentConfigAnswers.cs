using Amazon.CodeDeploy.Model;

namespace Amazon.CodeDeploy.Wire;

internal static class DeploymentConfigAnswers
{
    public static readonly Structure<MinimumHealthyHosts> MinimumHealthyHosts = new Structure<MinimumHealthyHosts>()
        .Text("type", (x, value) => x.Type = value)
        .Number("value", (x, value) => x.Value = value);

    public static readonly Structure<TimeBasedCanary> TimeBasedCanary = new Structure<TimeBasedCanary>()
        .Number("canaryInterval", (x, value) => x.CanaryInterval = value)
        .Number("canaryPercentage", (x, value) => x.CanaryPercentage = value);

    public static readonly Structure<TimeBasedLinear> TimeBasedLinear = new Structure<TimeBasedLinear>()
        .Number("linearInterval", (x, value) => x.LinearInterval = value)
        .Number("linearPercentage", (x, value) => x.LinearPercentage = value);

    public static readonly Structure<TrafficRoutingConfig> TrafficRoutingConfig = new Structure<TrafficRoutingConfig>()
        .Member("timeBasedCanary", TimeBasedCanary, (x, value) => x.TimeBasedCanary = value)
        .Member("timeBasedLinear", TimeBasedLinear, (x, value) => x.TimeBasedLinear = value)
        .Text("type", (x, value) => x.Type = value);

    public static readonly Structure<MinimumHealthyHostsPerZone> MinimumHealthyHostsPerZone = new Structure<MinimumHealthyHostsPerZone>()
        .Text("type", (x, value) => x.Type = value)
        .Number("value", (x, value) => x.Value = value);

    public static readonly Structure<ZonalConfig> ZonalConfig = new Structure<ZonalConfig>()
        .Long("firstZoneMonitorDurationInSeconds", (x, value) => x.FirstZoneMonitorDurationInSeconds = value)
        .Member("minimumHealthyHostsPerZone", MinimumHealthyHostsPerZone, (x, value) => x.MinimumHealthyHostsPerZone = value)
        .Long("monitorDurationInSeconds", (x, value) => x.MonitorDurationInSeconds = value);

    public static readonly Structure<DeploymentConfigInfo> DeploymentConfigInfo = new Structure<DeploymentConfigInfo>()
        .Text("computePlatform", (x, value) => x.ComputePlatform = value)
        .Moment("createTime", (x, value) => x.CreateTime = value)
        .Text("deploymentConfigId", (x, value) => x.DeploymentConfigId = value)
        .Text("deploymentConfigName", (x, value) => x.DeploymentConfigName = value)
        .Member("minimumHealthyHosts", MinimumHealthyHosts, (x, value) => x.MinimumHealthyHosts = value)
        .Member("trafficRoutingConfig", TrafficRoutingConfig, (x, value) => x.TrafficRoutingConfig = value)
        .Member("zonalConfig", ZonalConfig, (x, value) => x.ZonalConfig = value);

    public static readonly Structure<GetDeploymentConfigResponse> GetDeploymentConfigResponse = new Structure<GetDeploymentConfigResponse>()
        .Member("deploymentConfigInfo", DeploymentConfigInfo, (x, value) => x.DeploymentConfigInfo = value);
}
