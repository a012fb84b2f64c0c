namespace MacroPortfolio.Core.Planning;

/// <summary>How many instances a deployment config takes at a time, and how many must succeed, from its minimum of healthy hosts.</summary>
/// <param name="Config">The config's name.</param>
/// <param name="Type">HOST_COUNT, FLEET_PERCENT, or what else the service says: GetDeploymentConfig answers MOST_CONCURRENCY for OneAtATime.</param>
public sealed record HealthRule(string Config, string? Type, int? Value)
{
    /// <summary>What the config means for a fleet of this size, in words. A config that cannot work for the fleet says so.</summary>
    public string InWords(long? fleet) => fleet is { } size and > 0 ? $"{Config}: {Meaning(size)}" : $"{Config}; how many instances that is will be known when CodeDeploy has started";

    /// <summary>More instances would have to stay healthy than may be, so that none could be deployed to.</summary>
    public bool IsImpossibleFor(long fleet) => fleet > 0 && Config != "CodeDeployDefault.OneAtATime" && MinimumHealthy(fleet) is { } minimum && minimum >= fleet;

    private string Meaning(long fleet)
    {
        if (Config == "CodeDeployDefault.OneAtATime")
        {
            return fleet == 1 ? "one instance, which must succeed" : $"one of {fleet} instances at a time; CodeDeploy itself would let the last one fail";
        }

        if (MinimumHealthy(fleet) is not { } minimum)
        {
            return $"minimum of healthy hosts is {Type ?? "not given"} {Value}, which this program does not know how to read";
        }

        if (minimum >= fleet)
        {
            return $"{minimum} of {fleet} instances would have to stay healthy, so no instance can be deployed to and CodeDeploy will fail with HEALTH_CONSTRAINTS";
        }

        var atOnce = fleet - minimum;
        var taken = atOnce == fleet ? $"all {fleet} instances at once" : $"at most {atOnce} of {fleet} instances at a time";
        return $"{taken}; CodeDeploy itself would be content with {Math.Max(1, minimum)} of {fleet}";
    }

    /// <summary>Percentages are rounded up to whole instances; the predefined half is rounded up too (9 instances: 5).</summary>
    private long? MinimumHealthy(long fleet) => (Type, Value) switch
    {
        ("HOST_COUNT", { } count) => count,
        ("FLEET_PERCENT", { } percent) => (fleet * percent + 99) / 100,
        _ => null,
    };
}
