using MacroPortfolio.Simulator.CodeDeploy.Shapes;

namespace MacroPortfolio.Simulator.CodeDeploy.Engine;

/// <summary>
/// What a deployment config means for a number of instances: never may so many be out of service that fewer than the minimum are healthy.
/// An instance is out of service while it is deployed to, and stays so when that failed.
/// https://docs.aws.amazon.com/codedeploy/latest/userguide/instances-health.html#minimum-healthy-hosts
/// </summary>
/// <param name="Fleet">How many instances the deployment has.</param>
/// <param name="Minimum">How many of them must stay, and in the end be, healthy.</param>
public sealed record MinimumHealthy(int Fleet, int Minimum)
{
    public static MinimumHealthy Of(MinimumHealthyHosts hosts, int fleet) => (hosts.Type, hosts.Value ?? 0) switch
    {
        ("HOST_COUNT", var count) => new(fleet, count),
        ("FLEET_PERCENT", var percent) => new(fleet, RoundUp(percent, fleet)),

        // All but so many are kept healthy all the time; hence only the last instance of CodeDeployDefault.OneAtATime may fail.
        ("MOST_CONCURRENCY", var atOnce) => new(fleet, Math.Max(0, fleet - atOnce)),
        var (type, _) => throw new ArgumentException($"No minimum healthy hosts type: {type}", nameof(hosts)),
    };

    /// <summary>How many are deployed to at a time. 0: none can be taken out of service, and the deployment fails before it touches one.</summary>
    public int AtOnce => Room(failed: 0);

    /// <summary>How many can be deployed to at a time when so many have failed. 0 ends the deployment: another failure would break the minimum.</summary>
    public int Room(int failed) => Math.Max(0, Fleet - Minimum - failed);

    /// <summary>At least one instance must succeed whatever the config says.</summary>
    public bool Succeeds(int succeeded) => succeeded >= Math.Max(1, Minimum);

    /// <summary>Percentages become whole instances upwards: 95 % of 10 are 10.</summary>
    private static int RoundUp(int percent, int fleet) => (percent * fleet + 99) / 100;
}
