using Amazon.Runtime;

namespace Amazon.CodeDeploy.Model;

public class CreateDeploymentRequest : AmazonCodeDeployRequest
{
    public string ApplicationName { get; set; }
    public AutoRollbackConfiguration AutoRollbackConfiguration { get; set; }
    public string DeploymentConfigName { get; set; }
    public string DeploymentGroupName { get; set; }
    public DeploymentMode DeploymentMode { get; set; }
    public string Description { get; set; }
    public FileExistsBehavior FileExistsBehavior { get; set; }
    public bool? IgnoreApplicationStopFailures { get; set; }
    public AlarmConfiguration OverrideAlarmConfiguration { get; set; }
    public RevisionLocation Revision { get; set; }
    public TargetInstances TargetInstances { get; set; }
    public bool? UpdateOutdatedInstancesOnly { get; set; }
}

public class CreateDeploymentResponse : AmazonWebServiceResponse
{
    public string DeploymentId { get; set; }
}

public class GetDeploymentRequest : AmazonCodeDeployRequest
{
    public string DeploymentId { get; set; }
}

public class GetDeploymentResponse : AmazonWebServiceResponse
{
    public DeploymentInfo DeploymentInfo { get; set; }
}

public class BatchGetDeploymentsRequest : AmazonCodeDeployRequest
{
    public List<string> DeploymentIds { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public class BatchGetDeploymentsResponse : AmazonWebServiceResponse
{
    public List<DeploymentInfo> DeploymentsInfo { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public class ListDeploymentsRequest : AmazonCodeDeployRequest
{
    public string ApplicationName { get; set; }
    public TimeRange CreateTimeRange { get; set; }
    public string DeploymentGroupName { get; set; }
    public string ExternalId { get; set; }
    public List<string> IncludeOnlyStatuses { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public string NextToken { get; set; }
}

public class ListDeploymentsResponse : AmazonWebServiceResponse
{
    public List<string> Deployments { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public string NextToken { get; set; }
}

public class StopDeploymentRequest : AmazonCodeDeployRequest
{
    public bool? AutoRollbackEnabled { get; set; }
    public string DeploymentId { get; set; }
}

public class StopDeploymentResponse : AmazonWebServiceResponse
{
    public StopStatus Status { get; set; }
    public string StatusMessage { get; set; }
}

public class ContinueDeploymentRequest : AmazonCodeDeployRequest
{
    public string DeploymentId { get; set; }
    public DeploymentWaitType DeploymentWaitType { get; set; }
}

public class ContinueDeploymentResponse : AmazonWebServiceResponse;

public class DeploymentInfo
{
    public string AdditionalDeploymentStatusInfo { get; set; }
    public string ApplicationName { get; set; }
    public AutoRollbackConfiguration AutoRollbackConfiguration { get; set; }
    public BlueGreenDeploymentConfiguration BlueGreenDeploymentConfiguration { get; set; }
    public DateTime? CompleteTime { get; set; }
    public ComputePlatform ComputePlatform { get; set; }
    public DateTime? CreateTime { get; set; }
    public DeploymentCreator Creator { get; set; }
    public string DeploymentConfigName { get; set; }
    public string DeploymentGroupName { get; set; }
    public string DeploymentId { get; set; }
    public DeploymentMode DeploymentMode { get; set; }
    public DeploymentOverview DeploymentOverview { get; set; }
    public List<string> DeploymentStatusMessages { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public DeploymentStyle DeploymentStyle { get; set; }
    public string Description { get; set; }
    public ErrorInformation ErrorInformation { get; set; }
    public string ExternalId { get; set; }
    public FileExistsBehavior FileExistsBehavior { get; set; }
    public bool? IgnoreApplicationStopFailures { get; set; }
    public bool? InstanceTerminationWaitTimeStarted { get; set; }
    public LoadBalancerInfo LoadBalancerInfo { get; set; }
    public AlarmConfiguration OverrideAlarmConfiguration { get; set; }
    public RevisionLocation PreviousRevision { get; set; }
    public RelatedDeployments RelatedDeployments { get; set; }
    public RevisionLocation Revision { get; set; }
    public RollbackInfo RollbackInfo { get; set; }
    public DateTime? StartTime { get; set; }
    public DeploymentStatus Status { get; set; }
    public TargetInstances TargetInstances { get; set; }
    public bool? UpdateOutdatedInstancesOnly { get; set; }
}

public class DeploymentOverview
{
    public long? Failed { get; set; }
    public long? InProgress { get; set; }
    public long? Pending { get; set; }
    public long? Ready { get; set; }
    public long? Skipped { get; set; }
    public long? Succeeded { get; set; }
}

public class ErrorInformation
{
    public ErrorCode Code { get; set; }
    public string Message { get; set; }
}

public class RelatedDeployments
{
    public List<string> AutoUpdateOutdatedInstancesDeploymentIds { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public string AutoUpdateOutdatedInstancesRootDeploymentId { get; set; }
}

public class TargetInstances
{
    public List<string> AutoScalingGroups { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public EC2TagSet Ec2TagSet { get; set; }
    public List<EC2TagFilter> TagFilters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public class TimeRange
{
    public DateTime? End { get; set; }
    public DateTime? Start { get; set; }
}
