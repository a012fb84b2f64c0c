using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.Iam;

/// <summary>One statement of a policy: it speaks about a request when all its elements match, and then allows or denies it.</summary>
/// <param name="Callers">Null in identity policies, which are about whom they hang on.</param>
public sealed record Statement(bool Allows, Callers? Callers, Patterns Actions, Patterns Resources, IReadOnlyList<Condition> Conditions, bool HasVariables)
{
    public static Statement Parse(JsonNode? node, PolicyKind kind, bool hasVariables)
    {
        if (node is not JsonObject map)
            throw new MalformedPolicyException("a Statement is not a JSON object.");
        RefuseUnknown(map,
        [
            "Sid", "Effect", "Action", "NotAction", "Condition",
            .. kind == PolicyKind.Identity ? (string[])[] : ["Principal", "NotPrincipal"],
            .. kind == PolicyKind.Trust ? (string[])[] : ["Resource", "NotResource"],
        ]);
        return new Statement(
            map["Effect"]?.ToString() switch
            {
                "Allow" => true,
                "Deny" => false,
                var other => throw new MalformedPolicyException($"Effect is '{other}'; Allow and Deny are possible."),
            },
            kind == PolicyKind.Identity ? null : Callers.Parse(map),
            Patterns.Parse(map, "Action"),
            kind == PolicyKind.Trust ? Patterns.Anything : Patterns.Parse(map, "Resource"),
            Condition.ParseBlock(map["Condition"]),
            hasVariables);
    }

    /// <summary>Whether it speaks about the request, whoever asks.</summary>
    public bool Matches(PolicyRequest request) =>
        Actions.MatchAction(request.Action)
        && Resources.MatchResource(request.Resource, HasVariables ? request.Keys : null)
        && Conditions.All(condition => condition.Holds(request.Keys, HasVariables));

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
}

/// <summary>Names that an element lists, with <c>*</c> and <c>?</c>, or with <c>Not</c> before it everything but those.</summary>
public sealed record Patterns(IReadOnlyList<string> List, bool Negated)
{
    public static Patterns Anything { get; } = new(["*"], Negated: false);

    public static Patterns Parse(JsonObject statement, string element) => (statement[element], statement[$"Not{element}"]) switch
    {
        ({ } named, null) => new Patterns(Statement.Texts(named, element), Negated: false),
        (null, { } others) => new Patterns(Statement.Texts(others, $"Not{element}"), Negated: true),
        _ => throw new MalformedPolicyException($"a Statement needs either {element} or Not{element}."),
    };

    public bool MatchAction(string action) => List.Any(pattern => Wildcard.Match(pattern, action, ignoreCase: true)) != Negated;

    /// <param name="keys">Null: the document is from before there were variables.</param>
    public bool MatchResource(string resource, ContextKeys? keys) =>
        Negated ? List.All(pattern => MatchArn(pattern, resource, keys) == false) : List.Any(pattern => MatchArn(pattern, resource, keys) == true);

    /// <summary>
    /// Each part of an ARN for itself; one that ends early with a star goes on with stars. Null when it hangs on a variable that has no value: that is neither
    /// a match nor what Not turns into one.
    /// </summary>
    private static bool? MatchArn(string pattern, string resource, ContextKeys? keys)
    {
        if (pattern == "*" || pattern == resource)
            return true;
        var (patterns, parts) = (pattern.Split(':', 6), resource.Split(':', 6));
        if (parts.Length < 6 || (patterns.Length < 6 && !pattern.EndsWith('*')))
            return false;
        if (!patterns.Take(5).Zip(parts).All(pair => Wildcard.Match(pair.First, pair.Second, ignoreCase: true)))
            return false;
        if (patterns.Length < 6)
            return true;

        var filled = keys is null ? patterns[5] : Variables.Fill(patterns[5], keys);
        return filled is not null ? Wildcard.Match(filled, parts[5])
            : Kind(patterns[5], parts[2]) == Kind(parts[5], parts[2]) ? null
            : false;
    }

    /// <summary>What a resource begins with that says of which kind it is: <c>deploymentgroup:</c>, <c>role/</c>; S3 has none.</summary>
    private static string Kind(string resource, string service) => service == "s3" ? "" : resource[..(resource.IndexOfAny([':', '/']) + 1)];
}
