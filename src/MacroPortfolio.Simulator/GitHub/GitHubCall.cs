using System.Text.Json;
using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.Front;

namespace MacroPortfolio.Simulator.GitHub;

/// <summary>A request that was let through, on its way to an answer.</summary>
/// <param name="Values">The parameters of the path.</param>
public sealed record GitHubCall(Exchange Exchange, GitHubRepository Repository, IReadOnlyDictionary<string, string> Values, Links Links)
{
    public string this[string name] => Values[name];

    public string? Query(string name) => Exchange.Http.Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    /// <summary>A number in the path; what is none names nothing.</summary>
    public long Number(string name) => long.TryParse(Values[name], out var number) ? number : throw GitHubException.NotFound();

    public JsonObject Json()
    {
        try
        {
            return JsonNode.Parse(Exchange.Body) as JsonObject ?? throw new GitHubException(400, "Body should be a JSON object");
        }
        catch (JsonException)
        {
            throw new GitHubException(400, "Problems parsing JSON");
        }
    }
}

/// <summary>The fields of a request's JSON.</summary>
public static class JsonFields
{
    public static string RequiredText(this JsonObject json, string name) =>
        json.Text(name) ?? throw new GitHubException(422, $"Invalid request.\n\n\"{name}\" wasn't supplied.");

    public static string? Text(this JsonObject json, string name) => json[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        var other => throw Mistyped(name, other, "a string"),
    };

    public static bool? Flag(this JsonObject json, string name) => json[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
        var other => throw Mistyped(name, other, "a boolean"),
    };

    public static IReadOnlyList<string>? Texts(this JsonObject json, string name) => json[name] switch
    {
        null => null,
        JsonArray array when array.All(item => item is JsonValue value && value.TryGetValue<string>(out _)) =>
            [.. array.Select(item => item!.GetValue<string>())],
        var other => throw Mistyped(name, other, "an array"),
    };

    /// <summary>An object, or text that may hold anything.</summary>
    public static JsonNode? ObjectOrText(this JsonObject json, string name) => json[name] switch
    {
        null => null,
        JsonObject value => value.DeepClone(),
        JsonValue value when value.TryGetValue<string>(out _) => value.DeepClone(),
        var other => throw Mistyped(name, other, "an object"),
    };

    private static GitHubException Mistyped(string name, JsonNode value, string kind) =>
        new(422, $"Invalid request.\n\nFor 'properties/{name}', {value.ToJsonString()} is not {kind}.");
}
