using Amazon.Runtime;

namespace Amazon.CodeDeploy.Model;

public class GetDeploymentConfigRequest : AmazonCodeDeployRequest
{
    public string DeploymentConfigName { get; set; }
}

public class GetDeploymentConfigResponse : AmazonWebServiceResponse
{
    public DeploymentConfigInfo DeploymentConfigInfo { get; set; }
}

public class DeploymentConfigInfo
{
    public ComputePlatform ComputePlatform { get; set; }
    public DateTime? CreateTime { get; set; }
    public string DeploymentConfigId { get; set; }
    public string DeploymentConfigName { get; set; }
    public MinimumHealthyHosts MinimumHealthyHosts { get; set; }
    public TrafficRoutingConfig TrafficRoutingConfig { get; set; }
    public ZonalConfig ZonalConfig { get; set; }
}

public class MinimumHealthyHosts
{
    public MinimumHealthyHostsType Type { get; set; }
    public int? Value { get; set; }
}

public class ZonalConfig
{
    public long? FirstZoneMonitorDurationInSeconds { get; set; }
    public MinimumHealthyHostsPerZone MinimumHealthyHostsPerZone { get; set; }
    public long? MonitorDurationInSeconds { get; set; }
}

public class MinimumHealthyHostsPerZone
{
    public MinimumHealthyHostsPerZoneType Type { get; set; }
    public int? Value { get; set; }
}

public class TrafficRoutingConfig
{
    public TimeBasedCanary TimeBasedCanary { get; set; }
    public TimeBasedLinear TimeBasedLinear { get; set; }
    public TrafficRoutingType Type { get; set; }
}

public class TimeBasedCanary
{
    public int? CanaryInterval { get; set; }
    public int? CanaryPercentage { get; set; }
}

public class TimeBasedLinear
{
    public int? LinearInterval { get; set; }
    public int? LinearPercentage { get; set; }
}
