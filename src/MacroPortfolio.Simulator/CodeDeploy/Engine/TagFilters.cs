using MacroPortfolio.Simulator.CodeDeploy.Shapes;

namespace MacroPortfolio.Simulator.CodeDeploy.Engine;

/// <summary>Which instances are meant by tags.</summary>
public static class TagFilters
{
    public static bool Match(IReadOnlyList<Ec2TagFilter?> filters, Ec2TagSet? set, IReadOnlyDictionary<string, string> tags) =>
        set?.Ec2TagSetList is { Count: > 0 } groups
            ? groups.All(group => group!.Any(filter => Matches(filter!, tags)))
            : filters.Any(filter => Matches(filter!, tags));

    private static bool Matches(Ec2TagFilter filter, IReadOnlyDictionary<string, string> tags) => filter.Type switch
    {
        "KEY_ONLY" => tags.ContainsKey(filter.Key ?? ""),
        "VALUE_ONLY" => tags.Values.Contains(filter.Value ?? ""),
        _ => tags.TryGetValue(filter.Key ?? "", out var value) && value == (filter.Value ?? ""),
    };
}
