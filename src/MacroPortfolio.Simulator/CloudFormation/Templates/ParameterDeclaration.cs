using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MacroPortfolio.Simulator.CloudFormation.Templates;

/// <summary>A parameter and what it takes. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html</summary>
public sealed record ParameterDeclaration(string Name, string Type, string? Default, string? Description, bool NoEcho, JsonObject Constraints)
{
    private static readonly string[] Members =
        ["Type", "Default", "Description", "NoEcho", "AllowedPattern", "AllowedValues", "ConstraintDescription", "MaxLength", "MinLength", "MaxValue", "MinValue"];

    public bool IsList => Type is "CommaDelimitedList" || Type.StartsWith("List<", StringComparison.Ordinal);

    private bool IsNumber => Type is "Number" or "List<Number>";

    /// <summary>Its value is the name of a parameter of SSM, whose value counts.</summary>
    private bool IsStored => Type.StartsWith("AWS::SSM::Parameter::Value<", StringComparison.Ordinal);

    public IReadOnlyList<string> AllowedValues => [.. (Constraints[nameof(AllowedValues)] as JsonArray ?? []).Select(value => $"{value}")];

    public static ParameterDeclaration Parse(string name, JsonNode? node)
    {
        if (node is not JsonObject parameter || parameter[nameof(Type)] is not JsonValue type)
            throw TemplateText.Invalid($"Template format error: Every Parameters object must contain a Type member. ({name})");
        if (parameter.Select(member => member.Key).Except(Members).FirstOrDefault() is { } unknown)
            throw TemplateText.Invalid($"Invalid template parameter property '{unknown}'");
        var text = type.ToString();
        if (!(text is "String" or "Number" or "CommaDelimitedList" || text.StartsWith("List<", StringComparison.Ordinal) || text.StartsWith("AWS::", StringComparison.Ordinal)))
            throw TemplateText.Invalid($"Template format error: Unrecognized parameter type: {text}");
        return new ParameterDeclaration(name, text, Text(parameter[nameof(Default)]), parameter[nameof(Description)]?.ToString(), Text(parameter[nameof(NoEcho)]) == "true", parameter);
    }

    /// <summary>The text as functions see it.</summary>
    /// <exception cref="Front.AwsException">It is not what the parameter takes.</exception>
    public JsonNode Read(string text)
    {
        IReadOnlyList<string> values = IsList ? [.. text.Split(',').Select(one => one.Trim()).Where(one => one.Length > 0)] : [text];
        foreach (var value in values)
            Check(value);
        return IsList ? new JsonArray([.. values.Select(value => JsonValue.Create(value))]) : JsonValue.Create(IsStored ? Stored(text) : text);
    }

    private void Check(string value)
    {
        if (IsNumber && !decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out _))
            throw TemplateText.Invalid($"Parameter '{Name}' must be a number.");
        if (Constraints["AllowedPattern"] is { } pattern)
            Demand(Regex.IsMatch(value, $@"\A(?:{pattern})\z", RegexOptions.ECMAScript, TimeSpan.FromSeconds(1)), $"must match pattern {pattern}");
        if (AllowedValues is { Count: > 0 } allowed)
            Demand(allowed.Contains(value), $"must be one of AllowedValues ({string.Join(", ", allowed)})");
        if (Limit("MinLength") is { } shortest)
            Demand(value.Length >= shortest, $"must contain at least {shortest} characters");
        if (Limit("MaxLength") is { } longest)
            Demand(value.Length <= longest, $"must contain at most {longest} characters");
        if (Limit("MinValue") is { } least)
            Demand(Number(value) >= least, $"must be a number not less than {least}");
        if (Limit("MaxValue") is { } most)
            Demand(Number(value) <= most, $"must be a number not greater than {most}");
    }

    private void Demand(bool holds, string constraint)
    {
        if (holds)
            return;
        throw TemplateText.Invalid(Constraints["ConstraintDescription"] is { } words ? $"Parameter {Name} failed to satisfy constraint: {words}" : $"Parameter '{Name}' {constraint}");
    }

    private decimal? Limit(string name) => Constraints[name] is { } limit ? Number(Text(limit)!) : null;

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The simulator has no SSM. Of AWS's own parameters those of images are what templates ask for.</summary>
    private static string Stored(string path) => path.Contains("ami", StringComparison.Ordinal)
        ? "ami-0123456789abcdef0"
        : throw TemplateText.Invalid($"Unable to fetch parameters [{path}] from parameter store for this account.");

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<bool>(out var flag) ? (flag ? "true" : "false") : node?.ToString();
}
