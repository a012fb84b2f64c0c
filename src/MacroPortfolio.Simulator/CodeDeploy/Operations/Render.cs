using MacroPortfolio.Simulator.CodeDeploy.Shapes;
using MacroPortfolio.Simulator.CodeDeploy.State;

namespace MacroPortfolio.Simulator.CodeDeploy.Operations;

/// <summary>From what the account holds to what the API answers.</summary>
public static class Render
{
    public static ApplicationInfo Info(Application application) => new(
        application.Id,
        application.Name,
        application.CreateTime,
        application.GitHubAccountName is not null,
        application.GitHubAccountName,
        application.ComputePlatform);

    public static DeploymentConfigInfo Info(DeploymentConfig config) =>
        new(config.Id, config.Name, config.MinimumHealthyHosts, config.CreateTime, Application.Server, config.Zones);

    public static DeploymentGroupInfo Info(Account account, DeploymentGroup group)
    {
        var successful = account.LastSuccessful(group);
        return new()
        {
            ApplicationName = group.Application.Name,
            DeploymentGroupId = group.Id,
            DeploymentGroupName = group.Name,
            DeploymentConfigName = group.ConfigName,
            Ec2TagFilters = group.Ec2TagFilters,
            Ec2TagSet = group.Ec2TagSet,
            AutoScalingGroups = [.. group.AutoScalingGroups.Select(name => new AutoScalingGroup(name, $"CodeDeploy-managed-automatic-launch-deployment-hook-{group.Name}-{group.Id}"))],
            ServiceRoleArn = group.ServiceRoleArn,
            TargetRevision = successful?.Revision,
            TriggerConfigurations = group.Triggers,
            AlarmConfiguration = group.Alarms,
            AutoRollbackConfiguration = group.AutoRollback,
            DeploymentStyle = group.Traffic.Style,
            BlueGreenDeploymentConfiguration = group.Traffic.BlueGreen,
            LoadBalancerInfo = group.Traffic.LoadBalancers,
            OutdatedInstancesStrategy = group.OutdatedInstancesStrategy,
            LastSuccessfulDeployment = Last(successful),
            LastAttemptedDeployment = Last(account.Of(group).LastOrDefault()),
            ComputePlatform = group.Application.ComputePlatform,
            TerminationHookEnabled = group.TerminationHookEnabled,
        };
    }

    public static DeploymentInfo Info(Deployment deployment) => new()
    {
        ApplicationName = deployment.Group.Application.Name,
        DeploymentGroupName = deployment.Group.Name,
        DeploymentConfigName = deployment.Config.Name,
        DeploymentId = deployment.Id,
        PreviousRevision = deployment.PreviousRevision,
        Revision = deployment.Revision,
        Status = deployment.Status.ToString(),
        ErrorInformation = deployment.Error,
        CreateTime = deployment.CreateTime,
        StartTime = deployment.StartTime,
        CompleteTime = deployment.CompleteTime,
        DeploymentOverview = deployment.StartTime is null ? null : Overview(deployment),
        Description = deployment.Description,
        Creator = deployment.Creator,
        IgnoreApplicationStopFailures = deployment.IgnoreApplicationStopFailures,
        AutoRollbackConfiguration = deployment.AutoRollback,
        UpdateOutdatedInstancesOnly = deployment.UpdateOutdatedInstancesOnly,
        RollbackInfo = deployment.RollbackInfo,
        DeploymentStyle = deployment.Traffic.Style,
        TargetInstances = deployment.TargetInstances,
        BlueGreenDeploymentConfiguration = deployment.Traffic.BlueGreen,
        LoadBalancerInfo = deployment.Traffic.LoadBalancers,
        InstanceTerminationWaitTimeStarted = deployment.TerminationWaitStarted,
        FileExistsBehavior = deployment.FileExistsBehavior,
        ComputePlatform = deployment.Group.Application.ComputePlatform,
        RelatedDeployments = Related(deployment),
        OverrideAlarmConfiguration = deployment.OverrideAlarms,
    };

    public static RevisionInfo Info(Account account, Application application, RegisteredRevision revision) =>
        new(revision.Location, Generic(account, application, revision));

    /// <summary>The deployment groups are those whose target revision it is now.</summary>
    public static GenericRevisionInfo Generic(Account account, Application application, RegisteredRevision revision) => new(
        revision.Description,
        [.. application.Groups.Values.Where(group => account.LastSuccessful(group)?.Revision == revision.Location).Select(group => group.Name)],
        revision.FirstUsedTime,
        revision.LastUsedTime,
        revision.RegisterTime);

    public static DeploymentTarget Target(Account account, Deployment deployment, Target target) => new(
        "InstanceTarget",
        new(deployment.Id, target.Host.Id, account.Arns.Instance(target.Host.Id), target.Status.ToString(), target.LastUpdated, Events(target), target.Label));

    public static InstanceSummary Summary(Account account, Deployment deployment, Target target) => new(
        deployment.Id, account.Arns.Instance(target.Host.Id), target.Status.ToString(), target.LastUpdated, Events(target), target.Label);

    private static RelatedDeployments? Related(Deployment deployment) => deployment switch
    {
        { AutoUpdateRoot: { } root } => new(root.Id, null),
        { AutoUpdates: { Count: > 0 } updates } => new(null, [.. updates.Select(update => update.Id)]),
        _ => null,
    };

    private static LifecycleEvent[] Events(Target target) => [.. target.Events.Select(Event)];

    private static LifecycleEvent Event(TargetEvent source) => new(
        source.Name,
        source.Result is { } result ? new(result.ErrorCode, result.ScriptName, result.Message, result.LogTail) : null,
        source.StartTime,
        source.EndTime,
        source.Status.ToString());

    private static DeploymentOverview Overview(Deployment deployment) => new(
        deployment.Count(TargetStatus.Pending),
        deployment.Count(TargetStatus.InProgress),
        deployment.Count(TargetStatus.Succeeded),
        deployment.Count(TargetStatus.Failed),
        deployment.Count(TargetStatus.Skipped),
        deployment.Count(TargetStatus.Ready));

    private static LastDeploymentInfo? Last(Deployment? deployment) =>
        deployment is null ? null : new(deployment.Id, deployment.Status.ToString(), deployment.CompleteTime, deployment.CreateTime);
}
