using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.Iam;

/// <summary>What a policy document hangs on: a user or role (what it may do), a role's door (who may take it), or another resource (who may do what with it).</summary>
public enum PolicyKind
{
    Identity,
    Trust,
    Resource,
}

/// <summary>How a set of policies answers a request. An explicit deny wins over everything, and silence is a refusal too.</summary>
public enum Verdict
{
    NotMentioned,
    Allowed,
    Denied,
}

/// <summary>An IAM policy document. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html</summary>
public sealed record Policy(JsonNode Document, IReadOnlyList<Statement> Statements)
{
    /// <exception cref="MalformedPolicyException">IAM would not take it, or it uses what the simulator does not know.</exception>
    public static Policy Parse(JsonNode document, PolicyKind kind)
    {
        if (document is not JsonObject map)
            throw new MalformedPolicyException("it is not a JSON object.");
        Statement.RefuseUnknown(map, ["Version", "Id", "Statement"]);
        return map["Statement"] switch
        {
            JsonArray several when several.Count > 0 => new Policy(document, [.. several.Select(one => Statement.Parse(one, kind))]),
            JsonObject one => new Policy(document, [Statement.Parse(one, kind)]),
            _ => throw new MalformedPolicyException("it has no Statement."),
        };
    }

    public static Verdict Judge(IEnumerable<Policy> policies, PolicyRequest request)
    {
        var matching = policies.SelectMany(policy => policy.Statements).Where(statement => statement.Matches(request)).ToList();
        return matching switch
        {
            [] => Verdict.NotMentioned,
            _ when matching.Any(statement => !statement.Allows) => Verdict.Denied,
            _ => Verdict.Allowed,
        };
    }
}

/// <summary>What is asked of policies.</summary>
/// <param name="Callers">
/// The names that a Principal element may call the caller by, each with its kind: <c>AWS:arn:...</c>, <c>Federated:arn:...</c>. Empty for identity policies.
/// </param>
/// <param name="Keys">Condition keys (lower case) and their values.</param>
public sealed record PolicyRequest(string Action, string Resource, IReadOnlyList<string> Callers, IReadOnlyDictionary<string, IReadOnlyList<string>> Keys);

public sealed class MalformedPolicyException(string message) : Exception(message);
