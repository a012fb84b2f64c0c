using MacroPortfolio.Simulator.CodeDeploy.Shapes;
using MacroPortfolio.Simulator.CodeDeploy.State;

namespace MacroPortfolio.Simulator.CodeDeploy.Engine;

/// <summary>
/// The instances of a deployment in one Availability Zone; without a zonal config all of them.
/// https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ZonalConfig.html
/// </summary>
/// <param name="Minimum">How many of them must stay, and in the end be, healthy.</param>
/// <param name="Monitored">How long they are watched before the next zone.</param>
public sealed record Zone(IReadOnlyList<Target> Targets, int Minimum, TimeSpan Monitored)
{
    private static readonly MinimumHealthyHosts None = new("FLEET_PERCENT", 0);

    /// <summary>How many can be deployed to at a time now: what has failed stays out of service.</summary>
    public int Room => Math.Max(0, Targets.Count - Minimum - Targets.Count(target => target.Status is TargetStatus.Failed or TargetStatus.Unknown));

    /// <summary>Every instance had its turn: then enough of them are healthy, or the last would not have had its turn.</summary>
    public bool HasPassed => Targets.All(target => target.Status is TargetStatus.Succeeded or TargetStatus.Failed or TargetStatus.Unknown);

    /// <summary>In the order of their names.</summary>
    public static IReadOnlyList<Zone> Of(Deployment deployment) => deployment.Config.Zones is { } config
        ? [.. deployment.Targets.GroupBy(target => target.Host.Zone).OrderBy(zone => zone.Key, StringComparer.Ordinal).Select((zone, index) => Of(config, [.. zone], index))]
        : [new(deployment.Targets, 0, TimeSpan.Zero)];

    private static Zone Of(ZonalConfig config, IReadOnlyList<Target> targets, int index)
    {
        var first = index == 0 ? config.FirstZoneMonitorDurationInSeconds : null;
        return new(
            targets,
            MinimumHealthy.Of(config.MinimumHealthyHostsPerZone ?? None, targets.Count).Minimum,
            TimeSpan.FromSeconds(first ?? config.MonitorDurationInSeconds ?? 0));
    }
}
