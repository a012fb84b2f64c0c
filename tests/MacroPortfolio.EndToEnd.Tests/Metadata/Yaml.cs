using YamlDotNet.RepresentationModel;

namespace MacroPortfolio.EndToEnd.Tests.Metadata;

/// <summary>A node of a YAML document as GitHub reads it: every scalar is its text, and what is not there is empty.</summary>
internal sealed class Yaml(YamlNode? node)
{
    public string? Text => (node as YamlScalarNode)?.Value;
    public bool Exists => node is not null;
    public bool IsMap => node is YamlMappingNode;
    public IReadOnlyList<string> Keys => [.. Map.Children.Keys.Select(key => ((YamlScalarNode)key).Value!)];
    public IReadOnlyList<Yaml> Items => node is YamlSequenceNode sequence ? [.. sequence.Children.Select(child => new Yaml(child))] : [];
    public IEnumerable<(string Key, Yaml Value)> Pairs => Keys.Select(key => (key, this[key]));

    public Yaml this[string key] => new(Map.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null);

    public static Yaml Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return new(stream.Documents[0].RootNode);
    }

    private YamlMappingNode Map => node as YamlMappingNode ?? [];
}
