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
    public static IReadOnlyList<Condition> ParseBlock(JsonNode? block) => block switch
    {
        null => [],
        JsonObject operators => [.. operators.SelectMany(entry => ParseOperator(entry.Key, entry.Value))],
        _ => throw new MalformedPolicyException("Condition is not a JSON object."),
    };

    /// <param name="hasVariables">False: <c>${...}</c> is text, as in documents before Version 2012-10-17.</param>
    public bool Holds(ContextKeys keys, bool hasVariables = true)
    {
        var actual = keys.Find(Key);
        if (Operator == "Null")
            return Values.Any(value => value.Equals(actual is null ? "true" : "false", StringComparison.OrdinalIgnoreCase));

        var negated = Operators.IsNegated(Operator, out var compare);
        if (actual is null)
            // A key that is not there fits no value: that satisfies "not", ForAllValues and IfExists.
            return IfExists || Quantifier == Quantifier.ForAllValues || (negated && Quantifier == Quantifier.One);

        var wanted = Values.Select(value => hasVariables ? Variables.Fill(value, keys) : value).ToList();
        // A variable without a value fits nothing, and "not" does not turn that around.
        bool Fits(string value) => negated
            ? wanted.All(one => one is not null && !compare(one, value))
            : wanted.Any(one => one is not null && compare(one, value));
        return Quantifier switch
        {
            Quantifier.ForAnyValue => actual.Any(Fits),
            Quantifier.ForAllValues => actual.All(Fits),
            _ => actual is [var only] && !ContextKeys.IsList(Key) && Fits(only),
        };
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
        if (!Operators.Known.Contains(name) && (name != "Null" || ifExists))
            throw new MalformedPolicyException($"'{text}' is no condition operator known here; known: {string.Join(", ", [.. Operators.Known, "Null"])}.");

        if (block is not JsonObject keys)
            throw new MalformedPolicyException($"Condition {text} is not a JSON object.");
        return keys.Select(entry => new Condition(quantifier, name, ifExists, entry.Key, Statement.Texts(entry.Value, entry.Key)));
    }
}
