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
        if (map["Version"]?.ToString() is not (null or "2012-10-17" or "2008-10-17"))
            throw new MalformedPolicyException($"Version is '{map["Version"]}'; 2012-10-17 and 2008-10-17 are possible.");
        // One that does not say it is of the old one, which has no variables.
        var hasVariables = map["Version"]?.ToString() == "2012-10-17";
        return map["Statement"] switch
        {
            JsonArray several when several.Count > 0 => new Policy(document, [.. several.Select(one => Statement.Parse(one, kind, hasVariables))]),
            JsonObject one => new Policy(document, [Statement.Parse(one, kind, hasVariables)]),
            _ => throw new MalformedPolicyException("it has no Statement."),
        };
    }

    /// <summary>What policies say that hang on whoever asks.</summary>
    public static Verdict Judge(IEnumerable<Policy> policies, PolicyRequest request) =>
        Sum(policies.SelectMany(policy => policy.Statements).Where(statement => statement.Matches(request)));

    /// <summary>What the policy says of who asks, and how closely it names the one that it allows.</summary>
    /// <param name="hasBoundary">A Deny with NotPrincipal strikes everyone who has a permissions boundary.</param>
    public (Verdict Verdict, Naming Naming) JudgeCaller(PolicyRequest request, Caller caller, bool hasBoundary)
    {
        var matching = Statements.Where(statement => statement.Matches(request))
            .Select(statement => (Statement: statement, Naming: hasBoundary && statement is { Allows: false, Callers.Negated: true } ? Naming.Anyone : statement.Callers!.Naming(caller)))
            .Where(one => one.Naming != Naming.None)
            .ToList();
        return (Sum(matching.Select(one => one.Statement)), matching.Where(one => one.Statement.Allows).Select(one => one.Naming).DefaultIfEmpty().Max());
    }

    private static Verdict Sum(IEnumerable<Statement> matching) =>
        matching.Aggregate(Verdict.NotMentioned, (verdict, statement) => !statement.Allows || verdict == Verdict.Denied ? Verdict.Denied : Verdict.Allowed);
}

/// <summary>What is asked of policies.</summary>
public sealed record PolicyRequest(string Action, string Resource, ContextKeys Keys);

public sealed class MalformedPolicyException(string message) : Exception(message);
