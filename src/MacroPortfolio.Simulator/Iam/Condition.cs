using System.Globalization;
using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.Iam;

/// <summary>How a condition treats a key with several values.</summary>
public enum Quantifier
{
    One,
    ForAnyValue,
    ForAllValues,
}

/// <summary>One line of a Condition block. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html</summary>
public sealed record Condition(Quantifier Quantifier, string Operator, bool IfExists, string Key, IReadOnlyList<string> Values)
{
    private static readonly Dictionary<string, Func<string, string, bool>> Comparisons = new()
    {
        ["StringEquals"] = (wanted, actual) => wanted == actual,
        ["StringEqualsIgnoreCase"] = (wanted, actual) => wanted.Equals(actual, StringComparison.OrdinalIgnoreCase),
        ["StringLike"] = (wanted, actual) => Wildcard.Match(wanted, actual),
        ["ArnEquals"] = ArnLike,
        ["ArnLike"] = ArnLike,
        ["Bool"] = (wanted, actual) => wanted.Equals(actual, StringComparison.OrdinalIgnoreCase),
        ["NumericEquals"] = Ordered(Number, order => order == 0),
        ["NumericLessThan"] = Ordered(Number, order => order < 0),
        ["NumericLessThanEquals"] = Ordered(Number, order => order <= 0),
        ["NumericGreaterThan"] = Ordered(Number, order => order > 0),
        ["NumericGreaterThanEquals"] = Ordered(Number, order => order >= 0),
        ["DateEquals"] = Ordered(Date, order => order == 0),
        ["DateLessThan"] = Ordered(Date, order => order < 0),
        ["DateLessThanEquals"] = Ordered(Date, order => order <= 0),
        ["DateGreaterThan"] = Ordered(Date, order => order > 0),
        ["DateGreaterThanEquals"] = Ordered(Date, order => order >= 0),
    };

    private static readonly Dictionary<string, string> Negations = new()
    {
        ["StringNotEquals"] = "StringEquals",
        ["StringNotEqualsIgnoreCase"] = "StringEqualsIgnoreCase",
        ["StringNotLike"] = "StringLike",
        ["ArnNotEquals"] = "ArnEquals",
        ["ArnNotLike"] = "ArnLike",
        ["NumericNotEquals"] = "NumericEquals",
        ["DateNotEquals"] = "DateEquals",
    };

    public static IReadOnlyList<Condition> ParseBlock(JsonNode? block) => block switch
    {
        null => [],
        JsonObject operators => [.. operators.SelectMany(entry => ParseOperator(entry.Key, entry.Value))],
        _ => throw new MalformedPolicyException("Condition is not a JSON object."),
    };

    public bool Holds(IReadOnlyDictionary<string, IReadOnlyList<string>> keys)
    {
        var present = keys.TryGetValue(Key.ToLowerInvariant(), out var actual) && actual.Count > 0;
        if (Operator == "Null")
            return Values.Any(value => value.Equals(present ? "false" : "true", StringComparison.OrdinalIgnoreCase));

        var negated = Negations.TryGetValue(Operator, out var positive);
        if (!present)
            // A key that is not there fits no value: that satisfies "not", ForAllValues and IfExists.
            return IfExists || Quantifier == Quantifier.ForAllValues || (negated && Quantifier == Quantifier.One);

        var compare = Comparisons[positive ?? Operator];
        bool Fits(string value) => Values.Any(wanted => compare(wanted, value)) != negated;
        return Quantifier == Quantifier.ForAnyValue || (Quantifier == Quantifier.One && !negated) ? actual!.Any(Fits) : actual!.All(Fits);
    }

    private static IEnumerable<Condition> ParseOperator(string text, JsonNode? block)
    {
        var parts = text.Split(':');
        var quantifier = parts switch
        {
            [_] => Quantifier.One,
            ["ForAnyValue", _] => Quantifier.ForAnyValue,
            ["ForAllValues", _] => Quantifier.ForAllValues,
            _ => throw new MalformedPolicyException($"'{text}' is no condition operator."),
        };
        var ifExists = parts[^1].EndsWith("IfExists", StringComparison.Ordinal);
        var name = ifExists ? parts[^1][..^"IfExists".Length] : parts[^1];
        if (!Comparisons.ContainsKey(name) && !Negations.ContainsKey(name) && (name != "Null" || ifExists))
        {
            var known = string.Join(", ", [.. Comparisons.Keys, .. Negations.Keys, "Null"]);
            throw new MalformedPolicyException($"'{text}' is no condition operator known here; known: {known}.");
        }

        if (block is not JsonObject keys)
            throw new MalformedPolicyException($"Condition {text} is not a JSON object.");
        return keys.Select(entry => new Condition(quantifier, name, ifExists, entry.Key, WithoutVariables(Statement.Texts(entry.Value, entry.Key))));
    }

    private static IReadOnlyList<string> WithoutVariables(IReadOnlyList<string> values) =>
        values.FirstOrDefault(value => value.Contains("${", StringComparison.Ordinal)) is { } variable
            ? throw new MalformedPolicyException($"'{variable}' has a policy variable, which the simulator does not know.")
            : values;

    private static bool ArnLike(string wanted, string actual)
    {
        var (patterns, parts) = (wanted.Split(':', 6), actual.Split(':', 6));
        return patterns.Length == 6 && parts.Length == 6 && patterns.Zip(parts).All(pair => Wildcard.Match(pair.First, pair.Second));
    }

    private static Func<string, string, bool> Ordered<T>(Func<string, T?> read, Func<int, bool> accept) where T : struct, IComparable<T> =>
        (wanted, actual) => read(wanted) is { } right && read(actual) is { } left && accept(left.CompareTo(right));

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? Date(string text) =>
        long.TryParse(text, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date
        : null;
}
