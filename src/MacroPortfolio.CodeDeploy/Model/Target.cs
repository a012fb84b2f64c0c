using Amazon.Runtime;

namespace Amazon.CodeDeploy.Model;

public class ListDeploymentTargetsRequest : AmazonCodeDeployRequest
{
    public string DeploymentId { get; set; }
    public string NextToken { get; set; }
    public Dictionary<string, List<string>> TargetFilters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public class ListDeploymentTargetsResponse : AmazonWebServiceResponse
{
    public string NextToken { get; set; }
    public List<string> TargetIds { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public class BatchGetDeploymentTargetsRequest : AmazonCodeDeployRequest
{
    public string DeploymentId { get; set; }
    public List<string> TargetIds { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public class BatchGetDeploymentTargetsResponse : AmazonWebServiceResponse
{
    public List<DeploymentTarget> DeploymentTargets { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public class DeploymentTarget
{
    public CloudFormationTarget CloudFormationTarget { get; set; }
    public DeploymentTargetType DeploymentTargetType { get; set; }
    public ECSTarget EcsTarget { get; set; }
    public InstanceTarget InstanceTarget { get; set; }
    public LambdaTarget LambdaTarget { get; set; }
}

public class InstanceTarget
{
    public string DeploymentId { get; set; }
    public TargetLabel InstanceLabel { get; set; }
    public DateTime? LastUpdatedAt { get; set; }
    public List<LifecycleEvent> LifecycleEvents { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public TargetStatus Status { get; set; }
    public string TargetArn { get; set; }
    public string TargetId { get; set; }
}

public class LambdaTarget
{
    public string DeploymentId { get; set; }
    public LambdaFunctionInfo LambdaFunctionInfo { get; set; }
    public DateTime? LastUpdatedAt { get; set; }
    public List<LifecycleEvent> LifecycleEvents { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public TargetStatus Status { get; set; }
    public string TargetArn { get; set; }
    public string TargetId { get; set; }
}

public class LambdaFunctionInfo
{
    public string CurrentVersion { get; set; }
    public string FunctionAlias { get; set; }
    public string FunctionName { get; set; }
    public string TargetVersion { get; set; }
    public double? TargetVersionWeight { get; set; }
}

public class ECSTarget
{
    public string DeploymentId { get; set; }
    public DateTime? LastUpdatedAt { get; set; }
    public List<LifecycleEvent> LifecycleEvents { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public TargetStatus Status { get; set; }
    public string TargetArn { get; set; }
    public string TargetId { get; set; }
    public List<ECSTaskSet> TaskSetsInfo { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public class ECSTaskSet
{
    public long? DesiredCount { get; set; }
    public string Identifer { get; set; }
    public long? PendingCount { get; set; }
    public long? RunningCount { get; set; }
    public string Status { get; set; }
    public TargetGroupInfo TargetGroup { get; set; }
    public TargetLabel TaskSetLabel { get; set; }
    public double? TrafficWeight { get; set; }
}

public class CloudFormationTarget
{
    public string DeploymentId { get; set; }
    public DateTime? LastUpdatedAt { get; set; }
    public List<LifecycleEvent> LifecycleEvents { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public string ResourceType { get; set; }
    public TargetStatus Status { get; set; }
    public string TargetId { get; set; }
    public double? TargetVersionWeight { get; set; }
}

public class LifecycleEvent
{
    public Diagnostics Diagnostics { get; set; }
    public DateTime? EndTime { get; set; }
    public string LifecycleEventName { get; set; }
    public DateTime? StartTime { get; set; }
    public LifecycleEventStatus Status { get; set; }
}

public class Diagnostics
{
    public LifecycleErrorCode ErrorCode { get; set; }
    public string LogTail { get; set; }
    public string Message { get; set; }
    public string ScriptName { get; set; }
}
