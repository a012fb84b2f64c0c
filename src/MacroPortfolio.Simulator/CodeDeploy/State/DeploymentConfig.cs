using MacroPortfolio.Simulator.CodeDeploy.Shapes;

namespace MacroPortfolio.Simulator.CodeDeploy.State;

public sealed record DeploymentConfig(string Id, string Name, MinimumHealthyHosts MinimumHealthyHosts, DateTimeOffset CreateTime, ZonalConfig? Zones = null)
{
    public const string PredefinedPrefix = "CodeDeployDefault.";
    public const string OneAtATime = PredefinedPrefix + "OneAtATime";
    public const string HalfAtATime = PredefinedPrefix + "HalfAtATime";
    public const string AllAtOnce = PredefinedPrefix + "AllAtOnce";

    public bool IsPredefined => Name.StartsWith(PredefinedPrefix, StringComparison.Ordinal);

    /// <summary>The predefined ones for the Server platform, with the values that GetDeploymentConfig answers.</summary>
    public static IEnumerable<(string Name, MinimumHealthyHosts Hosts)> Predefined { get; } =
    [
        (AllAtOnce, new("FLEET_PERCENT", 0)),
        (HalfAtATime, new("FLEET_PERCENT", 50)),
        (OneAtATime, new("MOST_CONCURRENCY", 1)),
    ];
}
