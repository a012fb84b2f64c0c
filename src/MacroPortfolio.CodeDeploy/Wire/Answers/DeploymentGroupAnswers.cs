using Amazon.CodeDeploy.Model;

namespace Amazon.CodeDeploy.Wire;

internal static class DeploymentGroupAnswers
{
    public static readonly Structure<AutoScalingGroup> AutoScalingGroup = new Structure<AutoScalingGroup>()
        .Text("hook", (x, value) => x.Hook = value)
        .Text("name", (x, value) => x.Name = value)
        .Text("terminationHook", (x, value) => x.TerminationHook = value);

    public static readonly Structure<ECSService> ECSService = new Structure<ECSService>()
        .Text("clusterName", (x, value) => x.ClusterName = value)
        .Text("serviceName", (x, value) => x.ServiceName = value);

    public static readonly Structure<LastDeploymentInfo> LastDeploymentInfo = new Structure<LastDeploymentInfo>()
        .Moment("createTime", (x, value) => x.CreateTime = value)
        .Text("deploymentId", (x, value) => x.DeploymentId = value)
        .Moment("endTime", (x, value) => x.EndTime = value)
        .Text("status", (x, value) => x.Status = value);

    public static readonly Structure<TriggerConfig> TriggerConfig = new Structure<TriggerConfig>()
        .Texts("triggerEvents", (x, value) => x.TriggerEvents = value)
        .Text("triggerName", (x, value) => x.TriggerName = value)
        .Text("triggerTargetArn", (x, value) => x.TriggerTargetArn = value);

    public static readonly Structure<DeploymentGroupInfo> DeploymentGroupInfo = new Structure<DeploymentGroupInfo>()
        .Member("alarmConfiguration", RollbackAnswers.AlarmConfiguration, (x, value) => x.AlarmConfiguration = value)
        .Text("applicationName", (x, value) => x.ApplicationName = value)
        .Member("autoRollbackConfiguration", RollbackAnswers.AutoRollbackConfiguration, (x, value) => x.AutoRollbackConfiguration = value)
        .List("autoScalingGroups", AutoScalingGroup, (x, value) => x.AutoScalingGroups = value)
        .Member("blueGreenDeploymentConfiguration", BlueGreenAnswers.BlueGreenDeploymentConfiguration, (x, value) => x.BlueGreenDeploymentConfiguration = value)
        .Text("computePlatform", (x, value) => x.ComputePlatform = value)
        .Text("deploymentConfigName", (x, value) => x.DeploymentConfigName = value)
        .Text("deploymentGroupId", (x, value) => x.DeploymentGroupId = value)
        .Text("deploymentGroupName", (x, value) => x.DeploymentGroupName = value)
        .Member("deploymentStyle", BlueGreenAnswers.DeploymentStyle, (x, value) => x.DeploymentStyle = value)
        .List("ec2TagFilters", TagsAnswers.EC2TagFilter, (x, value) => x.Ec2TagFilters = value)
        .Member("ec2TagSet", TagsAnswers.EC2TagSet, (x, value) => x.Ec2TagSet = value)
        .List("ecsServices", ECSService, (x, value) => x.EcsServices = value)
        .Member("lastAttemptedDeployment", LastDeploymentInfo, (x, value) => x.LastAttemptedDeployment = value)
        .Member("lastSuccessfulDeployment", LastDeploymentInfo, (x, value) => x.LastSuccessfulDeployment = value)
        .Member("loadBalancerInfo", LoadBalancerAnswers.LoadBalancerInfo, (x, value) => x.LoadBalancerInfo = value)
        .List("onPremisesInstanceTagFilters", TagsAnswers.TagFilter, (x, value) => x.OnPremisesInstanceTagFilters = value)
        .Member("onPremisesTagSet", TagsAnswers.OnPremisesTagSet, (x, value) => x.OnPremisesTagSet = value)
        .Text("outdatedInstancesStrategy", (x, value) => x.OutdatedInstancesStrategy = value)
        .Text("serviceRoleArn", (x, value) => x.ServiceRoleArn = value)
        .Member("targetRevision", RevisionAnswers.RevisionLocation, (x, value) => x.TargetRevision = value)
        .Flag("terminationHookEnabled", (x, value) => x.TerminationHookEnabled = value)
        .List("triggerConfigurations", TriggerConfig, (x, value) => x.TriggerConfigurations = value);

    public static readonly Structure<GetDeploymentGroupResponse> GetDeploymentGroupResponse = new Structure<GetDeploymentGroupResponse>()
        .Member("deploymentGroupInfo", DeploymentGroupInfo, (x, value) => x.DeploymentGroupInfo = value);

    public static readonly Structure<BatchGetDeploymentGroupsResponse> BatchGetDeploymentGroupsResponse = new Structure<BatchGetDeploymentGroupsResponse>()
        .List("deploymentGroupsInfo", DeploymentGroupInfo, (x, value) => x.DeploymentGroupsInfo = value)
        .Text("errorMessage", (x, value) => x.ErrorMessage = value);

    public static readonly Structure<ListDeploymentGroupsResponse> ListDeploymentGroupsResponse = new Structure<ListDeploymentGroupsResponse>()
        .Text("applicationName", (x, value) => x.ApplicationName = value)
        .Texts("deploymentGroups", (x, value) => x.DeploymentGroups = value)
        .Text("nextToken", (x, value) => x.NextToken = value);
}
