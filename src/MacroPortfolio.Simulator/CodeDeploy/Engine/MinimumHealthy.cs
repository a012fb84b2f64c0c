using MacroPortfolio.Simulator.CodeDeploy.Shapes;

namespace MacroPortfolio.Simulator.CodeDeploy.Engine;

/// <summary>What a deployment config means for a number of instances. https://docs.aws.amazon.com/codedeploy/latest/userguide/instances-health.html</summary>
/// <param name="Fleet">How many instances the deployment has.</param>
/// <param name="Minimum">How many of them must stay, and in the end be, healthy.</param>
/// <param name="AtOnce">How many are deployed to at a time. 0: none can be taken out of service, and the deployment fails before it touches one.</param>
/// <param name="OnlyTheLastMayFail">As with CodeDeployDefault.OneAtATime, which keeps all instances but one healthy all the time.</param>
public sealed record MinimumHealthy(int Fleet, int Minimum, int AtOnce, bool OnlyTheLastMayFail)
{
    public static MinimumHealthy Of(MinimumHealthyHosts hosts, int fleet) => (hosts.Type, hosts.Value ?? 0) switch
    {
        ("HOST_COUNT", var count) => Keep(count, fleet),
        ("FLEET_PERCENT", var percent) => Keep(RoundUp(percent, fleet), fleet),
        ("MOST_CONCURRENCY", var atOnce) => new(fleet, Math.Max(0, fleet - atOnce), Math.Min(atOnce, fleet), OnlyTheLastMayFail: true),
        var (type, _) => throw new ArgumentException($"No minimum healthy hosts type: {type}", nameof(hosts)),
    };

    /// <summary>At least one instance must succeed whatever the config says.</summary>
    public bool Succeeds(int succeeded) => succeeded >= Math.Max(1, Minimum);

    /// <summary>Whether another instance is tried after so many have failed. False also means that the deployment can no longer succeed.</summary>
    public bool GoesOn(int failed) => OnlyTheLastMayFail ? failed == 0 : Succeeds(Fleet - failed);

    private static MinimumHealthy Keep(int minimum, int fleet) => new(fleet, minimum, Math.Max(0, fleet - minimum), OnlyTheLastMayFail: false);

    /// <summary>Percentages become whole instances upwards: 95 % of 10 are 10.</summary>
    private static int RoundUp(int percent, int fleet) => (percent * fleet + 99) / 100;
}
