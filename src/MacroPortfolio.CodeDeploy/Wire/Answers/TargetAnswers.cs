using Amazon.CodeDeploy.Model;

namespace Amazon.CodeDeploy.Wire;

internal static class TargetAnswers
{
    public static readonly Structure<ListDeploymentTargetsResponse> ListDeploymentTargetsResponse = new Structure<ListDeploymentTargetsResponse>()
        .Text("nextToken", (x, value) => x.NextToken = value)
        .Texts("targetIds", (x, value) => x.TargetIds = value);

    public static readonly Structure<Diagnostics> Diagnostics = new Structure<Diagnostics>()
        .Text("errorCode", (x, value) => x.ErrorCode = value)
        .Text("logTail", (x, value) => x.LogTail = value)
        .Text("message", (x, value) => x.Message = value)
        .Text("scriptName", (x, value) => x.ScriptName = value);

    public static readonly Structure<LifecycleEvent> LifecycleEvent = new Structure<LifecycleEvent>()
        .Member("diagnostics", Diagnostics, (x, value) => x.Diagnostics = value)
        .Moment("endTime", (x, value) => x.EndTime = value)
        .Text("lifecycleEventName", (x, value) => x.LifecycleEventName = value)
        .Moment("startTime", (x, value) => x.StartTime = value)
        .Text("status", (x, value) => x.Status = value);

    public static readonly Structure<CloudFormationTarget> CloudFormationTarget = new Structure<CloudFormationTarget>()
        .Text("deploymentId", (x, value) => x.DeploymentId = value)
        .Moment("lastUpdatedAt", (x, value) => x.LastUpdatedAt = value)
        .List("lifecycleEvents", LifecycleEvent, (x, value) => x.LifecycleEvents = value)
        .Text("resourceType", (x, value) => x.ResourceType = value)
        .Text("status", (x, value) => x.Status = value)
        .Text("targetId", (x, value) => x.TargetId = value)
        .Fraction("targetVersionWeight", (x, value) => x.TargetVersionWeight = value);

    public static readonly Structure<ECSTaskSet> ECSTaskSet = new Structure<ECSTaskSet>()
        .Long("desiredCount", (x, value) => x.DesiredCount = value)
        .Text("identifer", (x, value) => x.Identifer = value)
        .Long("pendingCount", (x, value) => x.PendingCount = value)
        .Long("runningCount", (x, value) => x.RunningCount = value)
        .Text("status", (x, value) => x.Status = value)
        .Member("targetGroup", LoadBalancerAnswers.TargetGroupInfo, (x, value) => x.TargetGroup = value)
        .Text("taskSetLabel", (x, value) => x.TaskSetLabel = value)
        .Fraction("trafficWeight", (x, value) => x.TrafficWeight = value);

    public static readonly Structure<ECSTarget> ECSTarget = new Structure<ECSTarget>()
        .Text("deploymentId", (x, value) => x.DeploymentId = value)
        .Moment("lastUpdatedAt", (x, value) => x.LastUpdatedAt = value)
        .List("lifecycleEvents", LifecycleEvent, (x, value) => x.LifecycleEvents = value)
        .Text("status", (x, value) => x.Status = value)
        .Text("targetArn", (x, value) => x.TargetArn = value)
        .Text("targetId", (x, value) => x.TargetId = value)
        .List("taskSetsInfo", ECSTaskSet, (x, value) => x.TaskSetsInfo = value);

    public static readonly Structure<InstanceTarget> InstanceTarget = new Structure<InstanceTarget>()
        .Text("deploymentId", (x, value) => x.DeploymentId = value)
        .Text("instanceLabel", (x, value) => x.InstanceLabel = value)
        .Moment("lastUpdatedAt", (x, value) => x.LastUpdatedAt = value)
        .List("lifecycleEvents", LifecycleEvent, (x, value) => x.LifecycleEvents = value)
        .Text("status", (x, value) => x.Status = value)
        .Text("targetArn", (x, value) => x.TargetArn = value)
        .Text("targetId", (x, value) => x.TargetId = value);

    public static readonly Structure<LambdaFunctionInfo> LambdaFunctionInfo = new Structure<LambdaFunctionInfo>()
        .Text("currentVersion", (x, value) => x.CurrentVersion = value)
        .Text("functionAlias", (x, value) => x.FunctionAlias = value)
        .Text("functionName", (x, value) => x.FunctionName = value)
        .Text("targetVersion", (x, value) => x.TargetVersion = value)
        .Fraction("targetVersionWeight", (x, value) => x.TargetVersionWeight = value);

    public static readonly Structure<LambdaTarget> LambdaTarget = new Structure<LambdaTarget>()
        .Text("deploymentId", (x, value) => x.DeploymentId = value)
        .Member("lambdaFunctionInfo", LambdaFunctionInfo, (x, value) => x.LambdaFunctionInfo = value)
        .Moment("lastUpdatedAt", (x, value) => x.LastUpdatedAt = value)
        .List("lifecycleEvents", LifecycleEvent, (x, value) => x.LifecycleEvents = value)
        .Text("status", (x, value) => x.Status = value)
        .Text("targetArn", (x, value) => x.TargetArn = value)
        .Text("targetId", (x, value) => x.TargetId = value);

    public static readonly Structure<DeploymentTarget> DeploymentTarget = new Structure<DeploymentTarget>()
        .Member("cloudFormationTarget", CloudFormationTarget, (x, value) => x.CloudFormationTarget = value)
        .Text("deploymentTargetType", (x, value) => x.DeploymentTargetType = value)
        .Member("ecsTarget", ECSTarget, (x, value) => x.EcsTarget = value)
        .Member("instanceTarget", InstanceTarget, (x, value) => x.InstanceTarget = value)
        .Member("lambdaTarget", LambdaTarget, (x, value) => x.LambdaTarget = value);

    public static readonly Structure<BatchGetDeploymentTargetsResponse> BatchGetDeploymentTargetsResponse = new Structure<BatchGetDeploymentTargetsResponse>()
        .List("deploymentTargets", DeploymentTarget, (x, value) => x.DeploymentTargets = value);
}
