using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.Iam;

/// <summary>One statement of a policy: it speaks about a request when all its elements match, and then allows or denies it.</summary>
public sealed record Statement(bool Allows, IReadOnlyList<string> Principals, Patterns Actions, Patterns Resources, IReadOnlyList<Condition> Conditions)
{
    public static Statement Parse(JsonNode? node, PolicyKind kind)
    {
        if (node is not JsonObject map)
            throw new MalformedPolicyException("a Statement is not a JSON object.");
        RefuseUnknown(map,
        [
            "Sid", "Effect", "Action", "NotAction", "Condition",
            .. kind == PolicyKind.Identity ? (string[])[] : ["Principal"],
            .. kind == PolicyKind.Trust ? (string[])[] : ["Resource", "NotResource"],
        ]);
        return new Statement(
            map["Effect"]?.ToString() switch
            {
                "Allow" => true,
                "Deny" => false,
                var other => throw new MalformedPolicyException($"Effect is '{other}'; Allow and Deny are possible."),
            },
            kind == PolicyKind.Identity ? [] : ParsePrincipals(map["Principal"]),
            Patterns.Parse(map, "Action", ignoreCase: true),
            kind == PolicyKind.Trust ? Patterns.Anything : Patterns.Parse(map, "Resource", ignoreCase: false),
            Condition.ParseBlock(map["Condition"]));
    }

    public bool Matches(PolicyRequest request) =>
        Actions.Match(request.Action)
        && Resources.Match(request.Resource)
        && (Principals.Count == 0 || Principals.Any(principal => principal == "*" || request.Callers.Contains(principal)))
        && Conditions.All(condition => condition.Holds(request.Keys));

    internal static void RefuseUnknown(JsonObject map, string[] known)
    {
        if (map.Select(entry => entry.Key).FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            throw new MalformedPolicyException($"'{unknown}' is not possible here; known: {string.Join(", ", known)}.");
    }

    internal static IReadOnlyList<string> Texts(JsonNode? node, string name) => node switch
    {
        JsonArray several => [.. several.Select(one => Text(one, name))],
        _ => [Text(node, name)],
    };

    private static string Text(JsonNode? node, string name) => node is JsonValue value
        ? value.TryGetValue<string>(out var text) ? text : value.ToJsonString()
        : throw new MalformedPolicyException($"{name} holds something that is not text.");

    private static IReadOnlyList<string> ParsePrincipals(JsonNode? node) => node switch
    {
        JsonValue value when value.ToString() == "*" => ["*"],
        JsonObject kinds when kinds.Count > 0 => [.. kinds.SelectMany(kind => Texts(kind.Value, "Principal").Select(name => Named(kind.Key, name)))],
        _ => throw new MalformedPolicyException("Principal is missing, or neither \"*\" nor an object."),
    };

    private static string Named(string kind, string name) => kind switch
    {
        "AWS" when name == "*" => "*",
        // An account is short for its root user's ARN, which stands for everyone in it whose own policies allow the call.
        "AWS" when name.Length == 12 && name.All(char.IsAsciiDigit) => $"AWS:arn:aws:iam::{name}:root",
        "AWS" or "Federated" or "Service" => $"{kind}:{name}",
        _ => throw new MalformedPolicyException($"'{kind}' is no kind of Principal; known: AWS, Federated, Service."),
    };
}

/// <summary>Names that an element lists, with <c>*</c> and <c>?</c>, or with <c>Not</c> before it everything but those.</summary>
public sealed record Patterns(IReadOnlyList<string> List, bool Negated, bool IgnoreCase)
{
    public static Patterns Anything { get; } = new(["*"], Negated: false, IgnoreCase: false);

    public static Patterns Parse(JsonObject statement, string element, bool ignoreCase) => (statement[element], statement[$"Not{element}"]) switch
    {
        ({ } named, null) => new Patterns(Statement.Texts(named, element), Negated: false, ignoreCase),
        (null, { } others) => new Patterns(Statement.Texts(others, $"Not{element}"), Negated: true, ignoreCase),
        _ => throw new MalformedPolicyException($"a Statement needs either {element} or Not{element}."),
    };

    public bool Match(string text) => List.Any(pattern => Wildcard.Match(pattern, text, IgnoreCase)) != Negated;
}
