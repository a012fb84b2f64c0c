using MacroPortfolio.Simulator.CodeDeploy.Shapes;
using MacroPortfolio.Simulator.CodeDeploy.State;
using MacroPortfolio.Simulator.Fleet;
using IHost = MacroPortfolio.Simulator.Fleet.IHost;

namespace MacroPortfolio.Simulator.CodeDeploy.Engine;

/// <summary>Which running instances are meant: those that tags match, and those of Auto Scaling groups.</summary>
public static class Membership
{
    public static IReadOnlyList<IHost> Of(DeploymentGroup group, Roster roster) => Of(group.Ec2TagFilters, group.Ec2TagSet, group.AutoScalingGroups, roster);

    public static IReadOnlyList<IHost> Of(TargetInstances targets, Roster roster) =>
        Of(targets.TagFilters ?? [], targets.Ec2TagSet, targets.AutoScalingGroups ?? [], roster);

    private static IReadOnlyList<IHost> Of(IReadOnlyList<Ec2TagFilter?> filters, Ec2TagSet? set, IReadOnlyList<string?> autoScalingGroups, Roster roster) =>
        [.. roster.Running.Where(host => TagFilters.Match(filters, set, roster.Tags(host)) ||
            (roster.AutoScalingGroup(host) is { } name && autoScalingGroups.Contains(name)))];
}
