using Amazon.CodeDeploy.Model;

namespace Amazon.CodeDeploy.Wire;

internal static class DeploymentAnswers
{
    public static readonly Structure<CreateDeploymentResponse> CreateDeploymentResponse = new Structure<CreateDeploymentResponse>()
        .Text("deploymentId", (x, value) => x.DeploymentId = value);

    public static readonly Structure<DeploymentOverview> DeploymentOverview = new Structure<DeploymentOverview>()
        .Long("Failed", (x, value) => x.Failed = value)
        .Long("InProgress", (x, value) => x.InProgress = value)
        .Long("Pending", (x, value) => x.Pending = value)
        .Long("Ready", (x, value) => x.Ready = value)
        .Long("Skipped", (x, value) => x.Skipped = value)
        .Long("Succeeded", (x, value) => x.Succeeded = value);

    public static readonly Structure<ErrorInformation> ErrorInformation = new Structure<ErrorInformation>()
        .Text("code", (x, value) => x.Code = value)
        .Text("message", (x, value) => x.Message = value);

    public static readonly Structure<RelatedDeployments> RelatedDeployments = new Structure<RelatedDeployments>()
        .Texts("autoUpdateOutdatedInstancesDeploymentIds", (x, value) => x.AutoUpdateOutdatedInstancesDeploymentIds = value)
        .Text("autoUpdateOutdatedInstancesRootDeploymentId", (x, value) => x.AutoUpdateOutdatedInstancesRootDeploymentId = value);

    public static readonly Structure<TargetInstances> TargetInstances = new Structure<TargetInstances>()
        .Texts("autoScalingGroups", (x, value) => x.AutoScalingGroups = value)
        .Member("ec2TagSet", TagsAnswers.EC2TagSet, (x, value) => x.Ec2TagSet = value)
        .List("tagFilters", TagsAnswers.EC2TagFilter, (x, value) => x.TagFilters = value);

    public static readonly Structure<DeploymentInfo> DeploymentInfo = new Structure<DeploymentInfo>()
        .Text("additionalDeploymentStatusInfo", (x, value) => x.AdditionalDeploymentStatusInfo = value)
        .Text("applicationName", (x, value) => x.ApplicationName = value)
        .Member("autoRollbackConfiguration", RollbackAnswers.AutoRollbackConfiguration, (x, value) => x.AutoRollbackConfiguration = value)
        .Member("blueGreenDeploymentConfiguration", BlueGreenAnswers.BlueGreenDeploymentConfiguration, (x, value) => x.BlueGreenDeploymentConfiguration = value)
        .Moment("completeTime", (x, value) => x.CompleteTime = value)
        .Text("computePlatform", (x, value) => x.ComputePlatform = value)
        .Moment("createTime", (x, value) => x.CreateTime = value)
        .Text("creator", (x, value) => x.Creator = value)
        .Text("deploymentConfigName", (x, value) => x.DeploymentConfigName = value)
        .Text("deploymentGroupName", (x, value) => x.DeploymentGroupName = value)
        .Text("deploymentId", (x, value) => x.DeploymentId = value)
        .Text("deploymentMode", (x, value) => x.DeploymentMode = value)
        .Member("deploymentOverview", DeploymentOverview, (x, value) => x.DeploymentOverview = value)
        .Texts("deploymentStatusMessages", (x, value) => x.DeploymentStatusMessages = value)
        .Member("deploymentStyle", BlueGreenAnswers.DeploymentStyle, (x, value) => x.DeploymentStyle = value)
        .Text("description", (x, value) => x.Description = value)
        .Member("errorInformation", ErrorInformation, (x, value) => x.ErrorInformation = value)
        .Text("externalId", (x, value) => x.ExternalId = value)
        .Text("fileExistsBehavior", (x, value) => x.FileExistsBehavior = value)
        .Flag("ignoreApplicationStopFailures", (x, value) => x.IgnoreApplicationStopFailures = value)
        .Flag("instanceTerminationWaitTimeStarted", (x, value) => x.InstanceTerminationWaitTimeStarted = value)
        .Member("loadBalancerInfo", LoadBalancerAnswers.LoadBalancerInfo, (x, value) => x.LoadBalancerInfo = value)
        .Member("overrideAlarmConfiguration", RollbackAnswers.AlarmConfiguration, (x, value) => x.OverrideAlarmConfiguration = value)
        .Member("previousRevision", RevisionAnswers.RevisionLocation, (x, value) => x.PreviousRevision = value)
        .Member("relatedDeployments", RelatedDeployments, (x, value) => x.RelatedDeployments = value)
        .Member("revision", RevisionAnswers.RevisionLocation, (x, value) => x.Revision = value)
        .Member("rollbackInfo", RollbackAnswers.RollbackInfo, (x, value) => x.RollbackInfo = value)
        .Moment("startTime", (x, value) => x.StartTime = value)
        .Text("status", (x, value) => x.Status = value)
        .Member("targetInstances", TargetInstances, (x, value) => x.TargetInstances = value)
        .Flag("updateOutdatedInstancesOnly", (x, value) => x.UpdateOutdatedInstancesOnly = value);

    public static readonly Structure<GetDeploymentResponse> GetDeploymentResponse = new Structure<GetDeploymentResponse>()
        .Member("deploymentInfo", DeploymentInfo, (x, value) => x.DeploymentInfo = value);

    public static readonly Structure<BatchGetDeploymentsResponse> BatchGetDeploymentsResponse = new Structure<BatchGetDeploymentsResponse>()
        .List("deploymentsInfo", DeploymentInfo, (x, value) => x.DeploymentsInfo = value);

    public static readonly Structure<ListDeploymentsResponse> ListDeploymentsResponse = new Structure<ListDeploymentsResponse>()
        .Texts("deployments", (x, value) => x.Deployments = value)
        .Text("nextToken", (x, value) => x.NextToken = value);

    public static readonly Structure<StopDeploymentResponse> StopDeploymentResponse = new Structure<StopDeploymentResponse>()
        .Text("status", (x, value) => x.Status = value)
        .Text("statusMessage", (x, value) => x.StatusMessage = value);
}
