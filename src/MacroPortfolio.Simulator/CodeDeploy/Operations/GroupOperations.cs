using MacroPortfolio.Simulator.CodeDeploy.Protocol;
using MacroPortfolio.Simulator.CodeDeploy.Shapes;
using MacroPortfolio.Simulator.CodeDeploy.State;
using MacroPortfolio.Simulator.CodeDeploy.Validation;
using MacroPortfolio.Simulator.Fleet;

namespace MacroPortfolio.Simulator.CodeDeploy.Operations;

public sealed class GroupOperations(Account account, Roster roster, Paging paging)
{
    public object Create(ApiCall call)
    {
        var request = call.Read<CreateDeploymentGroupRequest>();
        var (applicationName, name) = (Names.Application(request.ApplicationName), Names.Group(request.DeploymentGroupName));
        var arn = account.Arns.DeploymentGroup(applicationName, name);
        call.Demand(arn, TagOperations.KeysOf(request.Tags));
        var application = account.Application(applicationName);
        if (application.ComputePlatform != Application.Server)
            throw Fault.NotSimulated($"deployment groups of the compute platform {application.ComputePlatform}");
        CheckFree(application, name);
        if (string.IsNullOrEmpty(request.ServiceRoleArn))
            throw Fault.Of("RoleRequired", "The service role ARN is required.");
        GroupRules.Check(request);
        CheckScaled(request.AutoScalingGroups);
        GroupRules.Check(Traffic.None.With(request), request.AutoScalingGroups ?? []);
        TagOperations.Check(request.Tags);
        if (application.Groups.Count >= Quotas.GroupsPerApplication)
        {
            throw Fault.Of(
                "DeploymentGroupLimitExceeded",
                $"The application {applicationName} has {Quotas.GroupsPerApplication} deployment groups already, which are the most that it can have.");
        }

        call.DemandPassRole(request.ServiceRoleArn);

        var group = new DeploymentGroup
        {
            Id = account.Ids.Resource(),
            Application = application,
            Name = name,
            ConfigName = Config(request.DeploymentConfigName) ?? DeploymentConfig.OneAtATime,
            ServiceRoleArn = request.ServiceRoleArn,
        };
        Apply(request, group);
        application.Groups.Add(name, group);
        TagOperations.Put(account, arn, request.Tags);
        return new CreateDeploymentGroupResponse(group.Id);
    }

    public object Update(ApiCall call)
    {
        var request = call.Read<UpdateDeploymentGroupRequest>();
        var (applicationName, name) = (Names.Application(request.ApplicationName), Names.Group(request.CurrentDeploymentGroupName));
        call.Demand(account.Arns.DeploymentGroup(applicationName, name));
        var newName = request.NewDeploymentGroupName is null ? name : Names.Group(request.NewDeploymentGroupName);
        var group = account.Group(applicationName, name);
        if (newName != name)
            CheckFree(group.Application, newName);
        GroupRules.Check(request);
        CheckScaled(request.AutoScalingGroups);
        GroupRules.Check(group.Traffic.With(request), request.AutoScalingGroups ?? group.AutoScalingGroups);
        if (request.ServiceRoleArn is { Length: > 0 } role)
            call.DemandPassRole(role);

        group.ConfigName = Config(request.DeploymentConfigName) ?? group.ConfigName;
        group.ServiceRoleArn = request.ServiceRoleArn is { Length: > 0 } newRole ? newRole : group.ServiceRoleArn;
        Apply(request, group);
        Rename(group, newName);
        return new HooksNotCleanedUpResponse([]);
    }

    public object Delete(ApiCall call)
    {
        var request = call.Read<DeploymentGroupRequest>();
        var (application, name) = (Names.Application(request.ApplicationName), Names.Group(request.DeploymentGroupName));
        var arn = account.Arns.DeploymentGroup(application, name);
        call.Demand(arn);

        account.Applications.GetValueOrDefault(application)?.Groups.Remove(name);
        account.Tags.Remove(arn);
        return new HooksNotCleanedUpResponse([]);
    }

    public object Get(ApiCall call)
    {
        var request = call.Read<DeploymentGroupRequest>();
        var (application, name) = (Names.Application(request.ApplicationName), Names.Group(request.DeploymentGroupName));
        call.Demand(account.Arns.DeploymentGroup(application, name));

        return new GetDeploymentGroupResponse(Render.Info(account, account.Group(application, name)));
    }

    public object BatchGet(ApiCall call)
    {
        var request = call.Read<BatchGetDeploymentGroupsRequest>();
        var application = Names.Application(request.ApplicationName);
        var names = Values.Batch(request.DeploymentGroupNames, 100, "DeploymentGroupNameRequired", Names.Group);
        foreach (var name in names)
            call.Demand(account.Arns.DeploymentGroup(application, name));

        var groups = account.Application(application).Groups;
        var missing = names.Where(name => !groups.ContainsKey(name)).ToList();
        return new BatchGetDeploymentGroupsResponse(
            [.. names.Where(groups.ContainsKey).Select(name => Render.Info(account, groups[name]))],
            missing.Count == 0 ? null : $"No Deployment Group found for name: {string.Join(", ", missing)}");
    }

    public object List(ApiCall call)
    {
        var request = call.Read<ListDeploymentGroupsRequest>();
        var application = Names.Application(request.ApplicationName);
        call.Demand(account.Arns.Application(application));

        var (names, next) = paging.Page($"groups {application}", account.Application(application).Groups.Keys, name => name, request.NextToken);
        return new ListDeploymentGroupsResponse(application, names, next);
    }

    private string? Config(string? name) => name is null ? null : account.Config(Names.Config(name)).Name;

    private void CheckScaled(IReadOnlyList<string?>? names)
    {
        if (names?.FirstOrDefault(name => !roster.HasAutoScalingGroup(name)) is { } unknown)
            throw Fault.Of("InvalidAutoScalingGroup", $"No Auto Scaling group was found for the name: {unknown}");
    }

    private static void CheckFree(Application application, string name)
    {
        if (application.Groups.ContainsKey(name))
            throw Fault.Of("DeploymentGroupAlreadyExists", $"Deployment Group already exists: {name}");
    }

    /// <summary>What the request does not mention stays as it is; an empty list empties.</summary>
    private static void Apply(DeploymentGroupSettings settings, DeploymentGroup group)
    {
        if (settings.Ec2TagFilters is { } filters)
            (group.Ec2TagFilters, group.Ec2TagSet) = ([.. filters.Select(filter => filter!)], filters.Count > 0 ? null : group.Ec2TagSet);
        if (settings.Ec2TagSet is { } set)
            (group.Ec2TagSet, group.Ec2TagFilters) = (set, set.Ec2TagSetList is { Count: > 0 } ? [] : group.Ec2TagFilters);
        group.Alarms = settings.AlarmConfiguration ?? group.Alarms;
        group.AutoRollback = settings.AutoRollbackConfiguration ?? group.AutoRollback;
        group.AutoScalingGroups = settings.AutoScalingGroups is { } names ? [.. names.Select(name => name!)] : group.AutoScalingGroups;
        group.Traffic = group.Traffic.With(settings);
        group.Triggers = settings.TriggerConfigurations ?? group.Triggers;
        group.OutdatedInstancesStrategy = settings.OutdatedInstancesStrategy ?? group.OutdatedInstancesStrategy;
        group.TerminationHookEnabled = settings.TerminationHookEnabled ?? group.TerminationHookEnabled;
    }

    private void Rename(DeploymentGroup group, string name)
    {
        var before = account.ArnOf(group);
        group.Application.Groups.Remove(group.Name);
        group.Name = name;
        group.Application.Groups.Add(name, group);
        if (account.Tags.Remove(before, out var tags))
            account.Tags[account.ArnOf(group)] = tags;
    }
}
