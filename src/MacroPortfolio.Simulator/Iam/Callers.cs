using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.Iam;

/// <summary>How closely a Principal element names a caller: the closer, the less its own policies are asked.</summary>
public enum Naming
{
    None,

    /// <summary>Its account: everyone in it whose own policies allow the request.</summary>
    Account,

    /// <summary>The role whose session it is.</summary>
    Role,

    /// <summary>A star.</summary>
    Anyone,
    Itself,
}

/// <summary>Who asks, as Principal elements may call it.</summary>
/// <param name="Kind">AWS or Federated.</param>
/// <param name="Name">The ARN of the user, of the session, or of the provider that signed its token.</param>
/// <param name="Role">The ARN of the role whose session it is.</param>
public sealed record Caller(string Kind, string Name, string Account, string? Role = null);

/// <summary>Principal or NotPrincipal of a statement.</summary>
/// <param name="Names">Each with its kind: <c>AWS:arn:...</c>; <c>*</c> is anyone.</param>
public sealed record Callers(IReadOnlyList<string> Names, bool Negated)
{
    public static Callers Parse(JsonObject statement) => (statement["Principal"], statement["NotPrincipal"]) switch
    {
        ({ } named, null) => new Callers(Parse(named), Negated: false),
        (null, { } others) => new Callers(Parse(others), Negated: true),
        _ => throw new MalformedPolicyException("Principal is missing: a Statement needs either Principal or NotPrincipal."),
    };

    public Naming Naming(Caller caller)
    {
        var closest = Names.Select(name => Naming(name, caller)).DefaultIfEmpty().Max();
        return !Negated ? closest : closest == Iam.Naming.None ? Iam.Naming.Anyone : Iam.Naming.None;
    }

    private static Naming Naming(string name, Caller caller) =>
        name == "*" ? Iam.Naming.Anyone
        : name == $"{caller.Kind}:{caller.Name}" ? Iam.Naming.Itself
        : caller.Role is not null && name == $"{caller.Kind}:{caller.Role}" ? Iam.Naming.Role
        : caller.Kind == "AWS" && name.StartsWith("AWS:arn:", StringComparison.Ordinal) && name.EndsWith($":iam::{caller.Account}:root", StringComparison.Ordinal) ? Iam.Naming.Account
        : Iam.Naming.None;

    private static IReadOnlyList<string> Parse(JsonNode node) => node switch
    {
        JsonValue value when value.ToString() == "*" => ["*"],
        JsonObject kinds when kinds.Count > 0 => [.. kinds.SelectMany(kind => Statement.Texts(kind.Value, "Principal").Select(name => Named(kind.Key, name)))],
        _ => throw new MalformedPolicyException("Principal is neither \"*\" nor an object."),
    };

    private static string Named(string kind, string name) => kind switch
    {
        "AWS" when name == "*" => "*",
        // An account is short for its root user's ARN.
        "AWS" when name.Length == 12 && name.All(char.IsAsciiDigit) => $"AWS:arn:aws:iam::{name}:root",
        "AWS" or "Federated" or "Service" => $"{kind}:{name}",
        _ => throw new MalformedPolicyException($"'{kind}' is no kind of Principal; known: AWS, Federated, Service."),
    };
}
