using System.Text;
using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.CloudFormation.Templates;

/// <summary>What references lead to while a stack is made.</summary>
public interface ISurroundings
{
    /// <summary>A parameter's, pseudo parameter's or resource's value.</summary>
    JsonNode? Ref(string name);

    string Attribute(string resource, string name);

    /// <summary>The value that another stack exports.</summary>
    string Import(string name);
}

/// <summary>Works functions out. A value that is none (<c>AWS::NoValue</c>) is null, and what holds it does without.</summary>
public sealed class Functions(Template template, ISurroundings surroundings)
{
    public static IReadOnlySet<string> Names { get; } = new HashSet<string>
    {
        "Fn::And", "Fn::Base64", "Fn::Contains", "Fn::Equals", "Fn::FindInMap", "Fn::GetAtt", "Fn::If", "Fn::ImportValue", "Fn::Join", "Fn::Not", "Fn::Or", "Fn::Select", "Fn::Split", "Fn::Sub",
    };

    public JsonNode? Resolve(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } map when map.First() is { Key: "Ref" or ['F', 'n', ':', ':', ..] } function => Call(function.Key, function.Value),
        JsonObject map => new JsonObject(map.Select(member => KeyValuePair.Create(member.Key, Resolve(member.Value))).Where(member => member.Value is not null)),
        JsonArray list => new JsonArray([.. list.Select(Resolve).Where(item => item is not null)]),
        _ => node?.DeepClone(),
    };

    public string Text(JsonNode? node) => Plain(Resolve(node));

    /// <summary>Whether a condition of the template holds; none holds always.</summary>
    public bool Holds(string? condition) => condition is null || Truth(template.Conditions[condition] ?? throw Error($"unresolved condition {condition}"));

    public bool Truth(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } map when map.First() is var (name, value) => name switch
        {
            "Condition" => Holds($"{value}"),
            "Fn::And" => Items(name, value, 2, 10).All(Truth),
            "Fn::Or" => Items(name, value, 2, 10).Any(Truth),
            "Fn::Not" => !Truth(Items(name, value, 1, 1)[0]),
            "Fn::Equals" => Items(name, value, 2, 2) is var pair && Text(pair[0]) == Text(pair[1]),
            "Fn::Contains" => Items(name, value, 2, 2) is var pair && (Resolve(pair[0]) as JsonArray ?? []).Any(item => Plain(item) == Text(pair[1])),
            _ => throw Error($"{name} is no condition"),
        },
        _ => throw Error($"{node?.ToJsonString()} is no condition"),
    };

    /// <summary>A scalar as the text that functions join and compare.</summary>
    public static string Plain(JsonNode? node) => node switch
    {
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag ? "true" : "false",
        JsonValue value => value.ToString(),
        _ => throw Error($"text is expected where {node?.ToJsonString() ?? "nothing"} is"),
    };

    private JsonNode? Call(string name, JsonNode? argument) => name switch
    {
        "Ref" => surroundings.Ref(Plain(argument))?.DeepClone(),
        "Fn::GetAtt" => Items(name, argument, 2, 2) is var pair ? surroundings.Attribute(Plain(pair[0]), Text(pair[1])) : null,
        "Fn::If" => Items(name, argument, 3, 3) is var choice ? Resolve(choice[Holds(Plain(choice[0])) ? 1 : 2]) : null,
        "Fn::Sub" => argument is JsonArray ? Sub(Plain(Items(name, argument, 2, 2)[0]), argument[1] as JsonObject ?? []) : Sub(Plain(argument), []),
        "Fn::Join" => Items(name, argument, 2, 2) is var join ? string.Join(Plain(join[0]), List(name, join[1]).Select(Plain)) : null,
        "Fn::Split" => Items(name, argument, 2, 2) is var split ? new JsonArray([.. Text(split[1]).Split(Plain(split[0])).Select(part => JsonValue.Create(part))]) : null,
        "Fn::Select" => Items(name, argument, 2, 2) is var select ? Select(Text(select[0]), List(name, select[1])) : null,
        "Fn::FindInMap" => Items(name, argument, 3, 3) is var keys ? Find(Text(keys[0]), Text(keys[1]), Text(keys[2])) : null,
        "Fn::ImportValue" => surroundings.Import(Text(argument)),
        "Fn::Base64" => Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(argument))),
        _ => throw Error($"{name} cannot be used here"),
    };

    private string Sub(string text, JsonObject own) => References.SubName().Replace(text, match => match.Groups[1].Value switch
    {
        var name when own.ContainsKey(name) => Text(own[name]),
        var name when !References.Pseudo.Contains(name) && name.Split('.', 2) is [var resource, var attribute] => surroundings.Attribute(resource, attribute),
        var name => Plain(surroundings.Ref(name)),
    }).Replace("${!", "${", StringComparison.Ordinal);

    private static JsonNode? Select(string index, JsonArray list) => int.TryParse(index, out var at) && at >= 0 && at < list.Count
        ? list[at]?.DeepClone()
        : throw Error("Fn::Select cannot select nonexistent value at index " + index);

    private JsonNode? Find(string map, string first, string second) => template.Mappings[map]?[first]?[second]?.DeepClone()
        ?? throw Error($"Unable to get mapping for {map}::{first}::{second}");

    private JsonArray List(string name, JsonNode? node) => Resolve(node) as JsonArray ?? throw Error($"{name} needs a list");

    private static JsonArray Items(string name, JsonNode? node, int least, int most) => node is JsonArray list && list.Count >= least && list.Count <= most
        ? list
        : throw Error($"{name} needs a list of {(least == most ? least : $"{least} to {most}")}");

    private static Front.AwsException Error(string what) => TemplateText.Invalid($"Template error: {what}");
}
