using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace MacroPortfolio.Simulator.World;

/// <summary>Compares a document with the records that it is to become, and tells every difference at once (the serializer stops at the first).</summary>
internal sealed class Shape(IReadOnlyDictionary<string, long> lines, JsonSerializerOptions options)
{
    private readonly List<string> _errors = [];

    /// <summary>What is wrong. A key without a value counts as not given and is taken out of the document.</summary>
    public IReadOnlyList<string> Check(JsonNode root, Type type)
    {
        Compare(root, options.GetTypeInfo(type), "");
        return _errors;
    }

    private void Compare(JsonNode? node, JsonTypeInfo type, string path)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object when node is JsonObject map:
                CompareObject(map, type, path);
                break;
            case JsonTypeInfoKind.Enumerable when node is JsonArray list:
                for (var index = 0; index < list.Count; index++)
                    Compare(list[index], options.GetTypeInfo(type.ElementType!), $"{path}[{index}]");
                break;
            case JsonTypeInfoKind.Dictionary when node is JsonObject map:
                foreach (var (name, value) in map)
                    Compare(value, options.GetTypeInfo(type.ElementType!), $"{path}.{name}");
                break;
            case JsonTypeInfoKind.None when node is not null && Reads(node, type):
                break;
            default:
                _errors.Add($"{At(path)} is {Shown(node)} where {Expected(type, node)}.");
                break;
        }
    }

    private void CompareObject(JsonObject map, JsonTypeInfo type, string path)
    {
        foreach (var name in map.Where(entry => entry.Value is null).Select(entry => entry.Key).ToList())
            map.Remove(name);

        var known = type.Properties.ToDictionary(property => property.Name);
        foreach (var (name, value) in map)
        {
            var child = path.Length == 0 ? name : $"{path}.{name}";
            if (known.TryGetValue(name, out var property))
                Compare(value, options.GetTypeInfo(property.PropertyType), child);
            else
                _errors.Add($"{At(child)} is not known. Known here: {string.Join(", ", known.Keys.Order(StringComparer.Ordinal))}.");
        }

        _errors.AddRange(type.Properties.Where(property => property.IsRequired && !map.ContainsKey(property.Name))
            .Select(property => $"{At(path)} lacks '{property.Name}'."));
    }

    private bool Reads(JsonNode node, JsonTypeInfo type)
    {
        try
        {
            _ = node.Deserialize(type.Type, options);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private string At(string path) => Place.Say(path, lines);

    private static string Shown(JsonNode? node) => node switch
    {
        null => "empty",
        JsonObject => "a mapping",
        JsonArray => "a list",
        _ => node.ToJsonString(),
    };

    private static string Expected(JsonTypeInfo type, JsonNode? node) => Expected(type.Kind, Nullable.GetUnderlyingType(type.Type) ?? type.Type, node);

    private static string Expected(JsonTypeInfoKind kind, Type type, JsonNode? node) => kind switch
    {
        JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "a mapping is expected",
        JsonTypeInfoKind.Enumerable => "a list is expected",
        _ when type == typeof(string) => node is JsonValue ? "text is expected; put it in quotes" : "text is expected",
        _ when type == typeof(bool) => "true or false is expected",
        _ when type == typeof(int) || type == typeof(long) => "a whole number is expected",
        _ when type == typeof(double) => "a number is expected",
        _ => "a value is expected",
    };
}

/// <summary>A place in the world file, in words.</summary>
internal static class Place
{
    /// <summary>The path with its line, or with the line of the nearest part of it that was written.</summary>
    public static string Say(string path, IReadOnlyDictionary<string, long> lines)
    {
        var name = path.Length == 0 ? "The world" : path;
        for (var part = path; ; part = part[..Math.Max(part.LastIndexOfAny(['.', '[']), 0)])
        {
            if (lines.TryGetValue(part, out var line))
                return $"{name} (line {line})";
            if (part.Length == 0)
                return name;
        }
    }
}
