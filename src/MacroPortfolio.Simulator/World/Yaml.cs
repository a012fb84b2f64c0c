using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MacroPortfolio.Simulator.World;

/// <summary>A YAML document as JSON values, with the line of every value by its path (<c>iam.roles[0].arn</c>).</summary>
public sealed record YamlDocument(JsonNode? Root, IReadOnlyDictionary<string, long> Lines);

/// <summary>
/// Reads YAML with the types of the core schema (https://yaml.org/spec/1.2.2/#103-core-schema): <c>no</c> and <c>on</c> are text, and what is quoted
/// stays text.
/// </summary>
public static partial class Yaml
{
    /// <exception cref="WorldException">It is not YAML, or has no JSON form.</exception>
    public static YamlDocument Parse(string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException ex)
        {
            throw new WorldException([$"line {ex.Start.Line}: {ex.Message}"]);
        }

        if (stream.Documents.Count > 1)
            throw new WorldException([$"line {stream.Documents[1].RootNode.Start.Line}: there is a second document; one is expected."]);

        var reading = new Reading();
        var root = stream.Documents.Count == 0 ? null : reading.Convert(stream.Documents[0].RootNode, "");
        return new YamlDocument(root, reading.Lines);
    }

    private sealed class Reading
    {
        private readonly HashSet<YamlNode> _open = new(ReferenceEqualityComparer.Instance);

        public Dictionary<string, long> Lines { get; } = [];

        public JsonNode? Convert(YamlNode node, string path)
        {
            Lines[path] = node.Start.Line;
            if (node is YamlScalarNode scalar)
                return Scalar(scalar);

            if (!_open.Add(node))
                throw new WorldException([$"line {node.Start.Line}: the alias at {path} contains itself."]);
            JsonNode collection = node switch
            {
                YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select((child, index) => Convert(child, $"{path}[{index}]"))]),
                YamlMappingNode mapping => Map(mapping, path),
                _ => throw new WorldException([$"line {node.Start.Line}: {node.NodeType} is not expected."]),
            };
            _open.Remove(node);
            return collection;
        }

        private JsonObject Map(YamlMappingNode mapping, string path)
        {
            var map = new JsonObject();
            foreach (var (name, value) in Entries(mapping))
            {
                var child = path.Length == 0 ? name : $"{path}.{name}";
                map[name] = Convert(value, child);
            }

            return map;
        }

        /// <summary>The mapping's own keys, then those that it merges in (<c>&lt;&lt;: *base</c>); what comes first wins.</summary>
        private static List<(string Name, YamlNode Value)> Entries(YamlMappingNode mapping)
        {
            var entries = new List<(string, YamlNode)>();
            var seen = new HashSet<string>();
            foreach (var (key, value) in mapping.Children.Where(entry => !IsMerge(entry.Key)))
            {
                var name = (key as YamlScalarNode)?.Value ?? throw new WorldException([$"line {key.Start.Line}: a key must be a plain word."]);
                seen.Add(name);
                entries.Add((name, value));
            }

            foreach (var merged in mapping.Children.Where(entry => IsMerge(entry.Key)).SelectMany(entry => Merged(entry.Value)))
                entries.AddRange(Entries(merged).Where(entry => seen.Add(entry.Name)));
            return entries;
        }

        private static bool IsMerge(YamlNode key) => key is YamlScalarNode { Value: "<<", Style: ScalarStyle.Plain };

        private static IEnumerable<YamlMappingNode> Merged(YamlNode value) => value switch
        {
            YamlMappingNode one => [one],
            YamlSequenceNode several when several.Children.All(child => child is YamlMappingNode) => several.Children.Cast<YamlMappingNode>(),
            _ => throw new WorldException([$"line {value.Start.Line}: '<<' merges mappings, and this is none."]),
        };

        private static JsonValue? Scalar(YamlScalarNode scalar)
        {
            var text = scalar.Value ?? "";
            var isText = scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any) || scalar.Tag == "tag:yaml.org,2002:str";
            return isText ? JsonValue.Create(text) : Plain(text, scalar.Start.Line);
        }

        private static JsonValue? Plain(string text, long line) => text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => JsonValue.Create(true),
            "false" or "False" or "FALSE" => JsonValue.Create(false),
            _ when Integer().IsMatch(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, null, out var number) => JsonValue.Create(number),
            _ when Octal().IsMatch(text) => JsonValue.Create(System.Convert.ToInt64(text[2..], 8)),
            _ when Hexadecimal().IsMatch(text) => JsonValue.Create(System.Convert.ToInt64(text[2..], 16)),
            _ when Real().IsMatch(text) => JsonValue.Create(double.Parse(text, NumberStyles.Float, null)),
            _ when NotFinite().IsMatch(text) => throw new WorldException([$"line {line}: {text} is no number that can be used here."]),
            _ => JsonValue.Create(text),
        };
    }

    [GeneratedRegex(@"^[-+]?[0-9]+$")]
    private static partial Regex Integer();

    [GeneratedRegex(@"^0o[0-7]{1,20}$")]
    private static partial Regex Octal();

    [GeneratedRegex(@"^0x[0-9a-fA-F]{1,15}$")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")]
    private static partial Regex Real();

    [GeneratedRegex(@"^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$")]
    private static partial Regex NotFinite();
}
