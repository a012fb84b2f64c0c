using MacroPortfolio.Core.Inputs;

namespace MacroPortfolio.Core.Checks;

/// <summary>An instance of EC2, as far as groups are concerned.</summary>
/// <param name="State">EC2's own word: running, stopped, ...</param>
public sealed record Ec2Instance(string Id, string State, IReadOnlyDictionary<string, string> Tags)
{
    public bool IsRunning => State == "running";

    public string Label => Tags.TryGetValue("Name", out var name) && name.Length > 0 ? $"{Id} ({name})" : Id;
}

/// <summary>A filter of a deployment group.</summary>
/// <param name="Type">KEY_ONLY, VALUE_ONLY or KEY_AND_VALUE; anything else matches nothing that is known.</param>
public sealed record TagFilter(string? Key, string? Value, string? Type)
{
    public bool Matches(Ec2Instance instance) => Type switch
    {
        "KEY_ONLY" => Key is not null && instance.Tags.ContainsKey(Key),
        "VALUE_ONLY" => instance.Tags.Values.Contains(Value ?? ""),
        _ => Key is not null && instance.Tags.TryGetValue(Key, out var value) && value == (Value ?? ""),
    };

    public override string ToString() => Type switch
    {
        "KEY_ONLY" => $"{Key} (any value)",
        "VALUE_ONLY" => $"any key with the value {Value}",
        _ => $"{Key}={Value}",
    };
}

/// <summary>Which instances a deployment group is about.</summary>
/// <param name="Tags">All of the lists must match, each by one of its filters.</param>
public sealed record Selection(IReadOnlyList<IReadOnlyList<TagFilter>> Tags, IReadOnlyList<string> AutoScalingGroups)
{
    private const string AutoScalingTag = "aws:autoscaling:groupName";

    public bool Matches(Ec2Instance instance) =>
        (Tags.Count > 0 && Tags.All(any => any.Any(filter => filter.Matches(instance))))
        || (instance.Tags.TryGetValue(AutoScalingTag, out var group) && AutoScalingGroups.Contains(group));

    public string InWords => string.Join("; ", new[]
    {
        Tags.Count == 0 ? null : string.Join(" and ", Tags.Select(any => any.Count == 1 ? $"{any[0]}" : $"({string.Join(" or ", any)})")),
        AutoScalingGroups.Count == 0 ? null : $"Auto Scaling group {string.Join(", ", AutoScalingGroups)}",
    }.OfType<string>());

    /// <summary>Values that instances have under the keys that are looked for, the likest first: the one that was meant is often among them.</summary>
    public IReadOnlyList<string> Near(IEnumerable<Ec2Instance> instances)
    {
        var wanted = Tags.SelectMany(any => any).ToList();
        var keys = wanted.Select(filter => filter.Key).OfType<string>().ToList();
        int Likeness(string value) => wanted.Max(filter => Alike(filter.Value ?? "", value));
        return
        [
            .. instances.Where(instance => instance.IsRunning)
                .SelectMany(instance => instance.Tags.Where(tag => keys.Contains(tag.Key, StringComparer.OrdinalIgnoreCase)))
                .GroupBy(tag => tag)
                .OrderByDescending(same => Likeness(same.Key.Value))
                .ThenByDescending(same => same.Count())
                .Take(3)
                .Select(same => $"{same.Key.Key}={same.Key.Value} on {same.Count()}"),
        ];
    }

    /// <summary>How many letters both begin with, whatever their case.</summary>
    private static int Alike(string one, string other) => one.Zip(other).TakeWhile(pair => char.ToUpperInvariant(pair.First) == char.ToUpperInvariant(pair.Second)).Count();
}

/// <summary>A deployment group as a check sees it.</summary>
/// <param name="Alarms">Those that CodeDeploy looks at; empty where it looks at none.</param>
public sealed record CheckedGroup(DeploymentGroupName Name, Selection Selection, IReadOnlyList<string> Alarms);
