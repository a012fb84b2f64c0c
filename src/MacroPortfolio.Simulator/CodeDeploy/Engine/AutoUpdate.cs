using MacroPortfolio.Simulator.CodeDeploy.State;
using MacroPortfolio.Simulator.Fleet;

namespace MacroPortfolio.Simulator.CodeDeploy.Engine;

/// <summary>
/// Brings instances that were launched during a deployment to its revision, where the group's outdatedInstancesStrategy is UPDATE.
/// https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateDeploymentGroup.html
/// </summary>
public static class AutoUpdate
{
    public static Deployment? Make(Account account, Roster roster, Deployment ended, DateTimeOffset now)
    {
        var group = ended.Group;
        var isWanted = ended is { Status: DeploymentStatus.Succeeded, OnlyInstance: null, Traffic.IsBlueGreen: false }
            && group.OutdatedInstancesStrategy == "UPDATE"
            && Membership.Of(group, roster).Any(host => !ended.Found.Contains(host.Id) && Schedule.IsOutdated(group.History(host.Id), ended.Revision));
        if (!isWanted || !account.Has(group))
            return null;

        var root = ended.AutoUpdateRoot ?? ended;
        var made = new Deployment
        {
            Id = account.Ids.Deployment(),
            Number = account.NextNumber,
            Group = group,
            Config = ended.Config,
            Revision = ended.Revision,
            PreviousRevision = ended.Revision,
            Creator = Deployment.AutoUpdate,
            IgnoreApplicationStopFailures = ended.IgnoreApplicationStopFailures,
            UpdateOutdatedInstancesOnly = true,
            FileExistsBehavior = ended.FileExistsBehavior,
            OverrideAlarms = ended.OverrideAlarms,
            Traffic = group.Traffic,
            AutoUpdateRoot = root,
            CreateTime = now,
        };
        root.AutoUpdates.Add(made);
        return made;
    }
}
