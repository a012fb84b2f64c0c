using MacroPortfolio.Simulator.CodeDeploy.Shapes;
using MacroPortfolio.Simulator.CodeDeploy.State;
using IHost = MacroPortfolio.Simulator.Fleet.IHost;

namespace MacroPortfolio.Simulator.CodeDeploy.Engine;

/// <summary>Which instances come first. https://docs.aws.amazon.com/codedeploy/latest/userguide/instances-health.html</summary>
public static class Schedule
{
    /// <summary>Unhealthy instances, then those of unknown health, those on another revision, and those on this one already.</summary>
    public static IEnumerable<IHost> Order(IEnumerable<IHost> hosts, Func<IHost, InstanceHistory> history, RevisionLocation revision) =>
        hosts.OrderBy(host => history(host) switch
        {
            { LastFailed: true } => 0,
            { Revision: null } => 1,
            { Revision: var current } when current != revision => 2,
            _ => 3,
        });

    /// <summary>For updateOutdatedInstancesOnly.</summary>
    public static bool IsOutdated(InstanceHistory history, RevisionLocation revision) => history.LastFailed || history.Revision != revision;
}
