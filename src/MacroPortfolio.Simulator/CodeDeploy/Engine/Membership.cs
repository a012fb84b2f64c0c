using MacroPortfolio.Simulator.CodeDeploy.State;
using MacroPortfolio.Simulator.Fleet;
using IHost = MacroPortfolio.Simulator.Fleet.IHost;

namespace MacroPortfolio.Simulator.CodeDeploy.Engine;

/// <summary>Which running instances a group means: those that its tags match, and those of its Auto Scaling groups.</summary>
public static class Membership
{
    public static IReadOnlyList<IHost> Of(DeploymentGroup group, Roster roster) => [.. roster.Running.Where(host => Includes(group, host, roster))];

    private static bool Includes(DeploymentGroup group, IHost host, Roster roster) =>
        TagFilters.Match(group, roster.Tags(host)) || (roster.AutoScalingGroup(host) is { } name && group.AutoScalingGroups.Contains(name));
}
