using System.Globalization;
using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.Front;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MacroPortfolio.Simulator.CloudFormation.Templates;

/// <summary>
/// A template's text as JSON values, be it YAML or JSON. Short forms of functions (<c>!Ref x</c>) become the long ones, so that all else meets one form of each.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
/// </summary>
public static class TemplateText
{
    /// <summary>What the API takes within a request.</summary>
    private const int MostBytes = 51_200;

    /// <exception cref="AwsException">It is no template.</exception>
    public static JsonObject Read(string text)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(text) > MostBytes)
            throw Invalid($"1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to {MostBytes}");
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException ex)
        {
            throw Invalid($"Template format error: YAML not well-formed. (line {ex.Start.Line}, column {ex.Start.Column})");
        }

        return stream.Documents.Count == 1 && Convert(stream.Documents[0].RootNode) is JsonObject root
            ? root
            : throw Invalid("Template format error: unsupported structure.");
    }

    internal static AwsException Invalid(string message) => new(400, "ValidationError", message);

    private static JsonNode? Convert(YamlNode node)
    {
        if (!node.Anchor.IsEmpty)
            throw Invalid($"Template error: YAML aliases are not allowed in CloudFormation templates (line {node.Start.Line})");
        JsonNode? value = node switch
        {
            YamlScalarNode scalar => Scalar(scalar),
            YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Convert)]),
            YamlMappingNode mapping => Map(mapping),
            _ => throw Invalid($"Template format error: {node.NodeType} is not supported (line {node.Start.Line})."),
        };
        return node.Tag is { IsEmpty: false, IsNonSpecific: false, Value: ['!', .. var name] } ? Function(name, value, node.Start.Line) : value;
    }

    private static JsonObject Map(YamlMappingNode mapping)
    {
        var map = new JsonObject();
        foreach (var (key, value) in mapping.Children)
        {
            if (key is not YamlScalarNode { Value: { } name })
                throw Invalid($"Template format error: a key must be text (line {key.Start.Line}).");
            map[name] = Convert(value);
        }

        return map;
    }

    private static JsonObject Function(string name, JsonNode? value, long line) => name switch
    {
        "Ref" or "Condition" => new() { [name] = value },
        // Of GetAtt alone the short form has one text with a dot.
        "GetAtt" when value is JsonValue text && text.ToString().Split('.', 2) is [var resource, var attribute] => new() { ["Fn::GetAtt"] = new JsonArray(resource, attribute) },
        _ when Functions.Names.Contains($"Fn::{name}") => new() { [$"Fn::{name}"] = value },
        _ => throw Invalid($"Template format error: unsupported value for tag !{name} (line {line})."),
    };

    private static JsonValue? Scalar(YamlScalarNode scalar) => (scalar.Style, scalar.Value) switch
    {
        (not ScalarStyle.Plain, var text) => JsonValue.Create(text),
        (_, null or "" or "~" or "null") => null,
        (_, "true" or "false") => JsonValue.Create(scalar.Value == "true"),
        (_, var text) when IsNumber(text) => JsonValue.Create(long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)),
        (_, var text) => JsonValue.Create(text),
    };

    /// <summary>A number whose text is not changed by being one: an account id may begin with 0.</summary>
    private static bool IsNumber(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == text;
}
