namespace MacroPortfolio.Simulator.Iam;

/// <summary>The condition keys of a request with their values. Names are the same in any case.</summary>
public sealed class ContextKeys
{
    /// <summary>Keys that have a list of values even where it has one: only ForAnyValue and ForAllValues can look at them.</summary>
    private static readonly HashSet<string> Lists = new(StringComparer.OrdinalIgnoreCase) { "aws:TagKeys", "sts:TransitiveTagKeys", "s3:RequestObjectTagKeys" };

    private readonly Dictionary<string, IReadOnlyList<string>> _values = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyDictionary<string, IReadOnlyList<string>> All => _values;

    public static bool IsList(string name) => Lists.Contains(name);

    /// <summary>A key without a value is not there.</summary>
    public ContextKeys Add(string name, string? value)
    {
        if (value is not null)
            _values[name] = [value];
        return this;
    }

    public ContextKeys AddList(string name, IEnumerable<string> values)
    {
        if (values.ToList() is { Count: > 0 } some)
            _values[name] = some;
        return this;
    }

    /// <summary>One key for each tag: <c>aws:RequestTag/team</c>.</summary>
    public ContextKeys AddTags(string prefix, IEnumerable<KeyValuePair<string, string>> tags)
    {
        foreach (var (key, value) in tags)
            _values[$"{prefix}/{key}"] = [value];
        return this;
    }

    public ContextKeys AddAll(ContextKeys others)
    {
        foreach (var (name, values) in others._values)
            _values[name] = values;
        return this;
    }

    public IReadOnlyList<string>? Find(string name) => _values.GetValueOrDefault(name);

    /// <summary>Null also for a list.</summary>
    public string? Single(string name) => !IsList(name) && _values.TryGetValue(name, out var values) && values is [var value] ? value : null;
}
