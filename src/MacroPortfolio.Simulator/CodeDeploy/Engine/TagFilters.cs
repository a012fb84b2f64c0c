using MacroPortfolio.Simulator.CodeDeploy.Shapes;
using MacroPortfolio.Simulator.CodeDeploy.State;

namespace MacroPortfolio.Simulator.CodeDeploy.Engine;

/// <summary>Which instances a group means by its tags.</summary>
public static class TagFilters
{
    public static bool Match(DeploymentGroup group, IReadOnlyDictionary<string, string> tags) =>
        group.Ec2TagSet?.Ec2TagSetList is { Count: > 0 } groups
            ? groups.All(filters => filters!.Any(filter => Matches(filter!, tags)))
            : group.Ec2TagFilters.Any(filter => Matches(filter, tags));

    private static bool Matches(Ec2TagFilter filter, IReadOnlyDictionary<string, string> tags) => filter.Type switch
    {
        "KEY_ONLY" => tags.ContainsKey(filter.Key ?? ""),
        "VALUE_ONLY" => tags.Values.Contains(filter.Value ?? ""),
        _ => tags.TryGetValue(filter.Key ?? "", out var value) && value == (filter.Value ?? ""),
    };
}
