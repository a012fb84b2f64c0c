using MacroPortfolio.Simulator.CodeDeploy.Engine;
using MacroPortfolio.Simulator.CodeDeploy.Protocol;
using MacroPortfolio.Simulator.CodeDeploy.Shapes;
using MacroPortfolio.Simulator.CodeDeploy.State;
using MacroPortfolio.Simulator.CodeDeploy.Validation;
using MacroPortfolio.Simulator.Fleet;

namespace MacroPortfolio.Simulator.CodeDeploy.Operations;

public sealed class DeploymentOperations(Account account, Roster roster, DeploymentEngine engine, Paging paging, TimeProvider time)
{
    public object Create(ApiCall call)
    {
        var request = call.Read<CreateDeploymentRequest>();
        var (applicationName, groupName) = (Names.Application(request.ApplicationName), Names.Group(request.DeploymentGroupName));
        var arn = account.Arns.DeploymentGroup(applicationName, groupName);
        call.Demand(arn);
        var group = account.Group(applicationName, groupName);
        var configName = request.DeploymentConfigName is null ? group.ConfigName : Names.Config(request.DeploymentConfigName);

        // Note 1 of https://docs.aws.amazon.com/codedeploy/latest/userguide/auth-and-access-control-permissions-reference.html
        call.Demand("GetDeploymentConfig", account.Arns.DeploymentConfig(configName));
        call.DemandEither("GetApplicationRevision", "RegisterApplicationRevision", account.Arns.Application(applicationName));
        if (request.OverrideAlarmConfiguration is not null)
            call.Demand("UpdateDeploymentGroup", arn);

        if (group.Application.ComputePlatform != Application.Server)
            throw Fault.NotSimulated($"deployments to the compute platform {group.Application.ComputePlatform}");
        var revision = RevisionRules.Read(request.Revision);
        var config = account.Config(configName);
        Check(request, group);
        if (account.Active(group) is { } active)
            throw Fault.Of("DeploymentLimitExceeded", $"The Deployment Group '{groupName}' already has an active Deployment '{active.Id}'");

        var deployment = new Deployment
        {
            Id = account.Ids.Deployment(),
            Number = account.NextNumber,
            Group = group,
            Config = config,
            Revision = revision,
            PreviousRevision = account.LastSuccessful(group)?.Revision,
            Description = request.Description,
            Creator = Deployment.User,
            IgnoreApplicationStopFailures = request.IgnoreApplicationStopFailures ?? false,
            UpdateOutdatedInstancesOnly = request.UpdateOutdatedInstancesOnly ?? false,
            FileExistsBehavior = request.FileExistsBehavior ?? "DISALLOW",
            AutoRollback = request.AutoRollbackConfiguration ?? group.AutoRollback,
            OverrideAlarms = request.OverrideAlarmConfiguration,
            CreateTime = time.GetUtcNow(),
            Traffic = group.Traffic,
            TargetInstances = request.TargetInstances,
        };
        engine.Start(deployment);
        return new CreateDeploymentResponse(deployment.Id);
    }

    public object Get(ApiCall call) => new GetDeploymentResponse(Render.Info(Find(call, call.Read<DeploymentRequest>().DeploymentId)));

    public object BatchGet(ApiCall call)
    {
        var ids = Values.Batch(call.Read<BatchGetDeploymentsRequest>().DeploymentIds, 25, "DeploymentIdRequired", Names.DeploymentId);
        foreach (var id in ids)
            call.Demand(ArnOf(id));

        // Unknown ids are left out: the operation declares no DeploymentDoesNotExistException.
        return new BatchGetDeploymentsResponse([.. account.Deployments.Where(deployment => ids.Contains(deployment.Id)).Select(Render.Info)]);
    }

    public object List(ApiCall call)
    {
        var request = call.Read<ListDeploymentsRequest>();
        var group = Group(call, request);
        Values.AllOf(request.IncludeOnlyStatuses, "InvalidDeploymentStatus", "Created", "Queued", "InProgress", "Baking", "Succeeded", "Failed", "Stopped", "Ready");
        var range = request.CreateTimeRange;
        if (range?.Start > range?.End)
            throw Fault.Of("InvalidTimeRange", "The start of the time range is after its end.");

        var statuses = request.IncludeOnlyStatuses is { Count: > 0 } some ? some : null;
        var wanted = account.Deployments.Reverse().Where(deployment =>
            request.ExternalId is null
            && (group is null || deployment.Group == group)
            && (statuses is null || statuses.Contains(deployment.Status.ToString()))
            && (range?.Start is not { } start || deployment.CreateTime >= start)
            && (range?.End is not { } end || deployment.CreateTime <= end));
        var (page, next) = paging.Page("deployments", wanted, NewestFirst, request.NextToken);
        return new ListDeploymentsResponse([.. page.Select(deployment => deployment.Id)], next);
    }

    public object Stop(ApiCall call)
    {
        var request = call.Read<StopDeploymentRequest>();
        var deployment = FindUnscoped(call, request.DeploymentId);
        if (deployment.IsOver)
            throw Fault.Of("DeploymentAlreadyCompleted", $"The deployment {deployment.Id} is already completed: {deployment.Status}");

        engine.Stop(deployment, request.AutoRollbackEnabled);
        return new StopDeploymentResponse(
            deployment.IsOver ? "Succeeded" : "Pending", "No more commands will be scheduled for execution in the deployment instances");
    }

    public object Continue(ApiCall call)
    {
        var request = call.Read<ContinueDeploymentRequest>();
        var deployment = FindUnscoped(call, request.DeploymentId);
        Values.OneOf(request.DeploymentWaitType, "InvalidDeploymentWaitType", "READY_WAIT", "TERMINATION_WAIT");

        RequireBlueGreen(deployment);
        var isWaiting = request.DeploymentWaitType == "TERMINATION_WAIT" ? deployment.TerminationWaitStarted : deployment.Status == DeploymentStatus.Ready;
        if (!isWaiting)
            throw Fault.Of("DeploymentIsNotInReadyState", $"The deployment {deployment.Id} does not have a status of Ready and can't continue yet: {deployment.Status}");
        (request.DeploymentWaitType == "TERMINATION_WAIT" ? deployment.Terminating : deployment.Continuing).Come();
        return new NoOutput();
    }

    public object SkipWait(ApiCall call)
    {
        var deployment = FindUnscoped(call, call.Read<DeploymentRequest>().DeploymentId);
        RequireBlueGreen(deployment);
        if (!deployment.TerminationWaitStarted)
            throw Fault.Of("DeploymentNotStarted", $"The deployment {deployment.Id} does not wait for the termination of instances yet.");
        deployment.Terminating.Come();
        return new NoOutput();
    }

    private static void RequireBlueGreen(Deployment deployment)
    {
        if (!deployment.Traffic.IsBlueGreen)
            throw Fault.Of("UnsupportedActionForDeploymentType", $"Only blue/green deployments wait, and the deployment {deployment.Id} is in place.");
        if (deployment.IsOver)
            throw Fault.Of("DeploymentAlreadyCompleted", $"The deployment {deployment.Id} is already completed: {deployment.Status}");
    }

    /// <summary>The newest sorts first.</summary>
    private static string NewestFirst(Deployment deployment) => (int.MaxValue - deployment.Number).ToString("D10");

    private void Check(CreateDeploymentRequest request, DeploymentGroup group)
    {
        Names.Description(request.Description);
        GroupRules.Check(request.TargetInstances, group.Traffic);
        if (request.TargetInstances?.AutoScalingGroups?.FirstOrDefault(name => !roster.HasAutoScalingGroup(name)) is { } unknown)
            throw Fault.Of("InvalidAutoScalingGroup", $"No Auto Scaling group was found for the name: {unknown}");
        if (request.TargetInstances is { } targets && Membership.Of(targets, roster).Count == 0)
            throw Fault.Of("InvalidTargetInstances", "A specified tag is not currently applied to any instances.");
        ConfigurationRules.Check(request.OverrideAlarmConfiguration);
        ConfigurationRules.Check(request.AutoRollbackConfiguration);
        Values.OneOf(request.FileExistsBehavior, "InvalidFileExistsBehavior", "DISALLOW", "OVERWRITE", "RETAIN");
    }

    private Deployment Find(ApiCall call, string? deploymentId)
    {
        var id = Names.DeploymentId(deploymentId);
        call.Demand(ArnOf(id));
        return Existing(id);
    }

    /// <summary>For the actions that IAM does not know by deployment group.</summary>
    private Deployment FindUnscoped(ApiCall call, string? deploymentId)
    {
        var id = Names.DeploymentId(deploymentId);
        call.Demand(Arns.Everything);
        return Existing(id);
    }

    private Deployment Existing(string id) =>
        account.TryDeployment(id, out var deployment)
            ? deployment
            : throw Fault.Of("DeploymentDoesNotExist", $"The deployment {id} could not be found");

    /// <summary>That of its group; that there is no such deployment is only for those who may see all.</summary>
    private string ArnOf(string id) => account.TryDeployment(id, out var deployment) ? account.ArnOf(deployment.Group) : account.Arns.AnyDeploymentGroup;

    /// <summary>Application and group are given both or neither.</summary>
    private DeploymentGroup? Group(ApiCall call, ListDeploymentsRequest request)
    {
        if (request is { ApplicationName: null, DeploymentGroupName: null })
        {
            call.Demand(account.Arns.AnyDeploymentGroup);
            return null;
        }

        var (application, group) = (Names.Application(request.ApplicationName), Names.Group(request.DeploymentGroupName));
        call.Demand(account.Arns.DeploymentGroup(application, group));
        return account.Group(application, group);
    }
}
