using Amazon.Runtime;

namespace Amazon.CodeDeploy.Model;

public class GetDeploymentGroupRequest : AmazonCodeDeployRequest
{
    public string ApplicationName { get; set; }
    public string DeploymentGroupName { get; set; }
}

public class GetDeploymentGroupResponse : AmazonWebServiceResponse
{
    public DeploymentGroupInfo DeploymentGroupInfo { get; set; }
}

public class BatchGetDeploymentGroupsRequest : AmazonCodeDeployRequest
{
    public string ApplicationName { get; set; }
    public List<string> DeploymentGroupNames { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public class BatchGetDeploymentGroupsResponse : AmazonWebServiceResponse
{
    public List<DeploymentGroupInfo> DeploymentGroupsInfo { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public string ErrorMessage { get; set; }
}

public class ListDeploymentGroupsRequest : AmazonCodeDeployRequest
{
    public string ApplicationName { get; set; }
    public string NextToken { get; set; }
}

public class ListDeploymentGroupsResponse : AmazonWebServiceResponse
{
    public string ApplicationName { get; set; }
    public List<string> DeploymentGroups { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public string NextToken { get; set; }
}

public class DeploymentGroupInfo
{
    public AlarmConfiguration AlarmConfiguration { get; set; }
    public string ApplicationName { get; set; }
    public AutoRollbackConfiguration AutoRollbackConfiguration { get; set; }
    public List<AutoScalingGroup> AutoScalingGroups { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public BlueGreenDeploymentConfiguration BlueGreenDeploymentConfiguration { get; set; }
    public ComputePlatform ComputePlatform { get; set; }
    public string DeploymentConfigName { get; set; }
    public string DeploymentGroupId { get; set; }
    public string DeploymentGroupName { get; set; }
    public DeploymentStyle DeploymentStyle { get; set; }
    public List<EC2TagFilter> Ec2TagFilters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public EC2TagSet Ec2TagSet { get; set; }
    public List<ECSService> EcsServices { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public LastDeploymentInfo LastAttemptedDeployment { get; set; }
    public LastDeploymentInfo LastSuccessfulDeployment { get; set; }
    public LoadBalancerInfo LoadBalancerInfo { get; set; }
    public List<TagFilter> OnPremisesInstanceTagFilters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public OnPremisesTagSet OnPremisesTagSet { get; set; }
    public OutdatedInstancesStrategy OutdatedInstancesStrategy { get; set; }
    public string ServiceRoleArn { get; set; }
    public RevisionLocation TargetRevision { get; set; }
    public bool? TerminationHookEnabled { get; set; }
    public List<TriggerConfig> TriggerConfigurations { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public class LastDeploymentInfo
{
    public DateTime? CreateTime { get; set; }
    public string DeploymentId { get; set; }
    public DateTime? EndTime { get; set; }
    public DeploymentStatus Status { get; set; }
}

public class AutoScalingGroup
{
    public string Hook { get; set; }
    public string Name { get; set; }
    public string TerminationHook { get; set; }
}

public class ECSService
{
    public string ClusterName { get; set; }
    public string ServiceName { get; set; }
}

public class TriggerConfig
{
    public List<string> TriggerEvents { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public string TriggerName { get; set; }
    public string TriggerTargetArn { get; set; }
}
