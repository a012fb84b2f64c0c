using MacroPortfolio.Simulator.Front;

namespace MacroPortfolio.Simulator.Iam.Operations;

/// <summary>What IAM does not take as a role's trust policy although it is a policy.</summary>
internal static class TrustRules
{
    private const string Subject = $"{OidcProviders.GitHub}:sub";

    /// <exception cref="AwsException">The whole of GitHub would be trusted, or somebody who does not exist.</exception>
    public static void Check(Policy trust, Identities identities)
    {
        foreach (var statement in trust.Statements)
        {
            var principals = statement.Callers?.Names ?? [];
            if (principals.FirstOrDefault(principal => IsNobody(principal, identities)) is { } nobody)
                throw new AwsException(400, "MalformedPolicyDocument", $"Invalid principal in policy: \"AWS\":\"{nobody["AWS:".Length..]}\"");
            if (statement.Allows && principals.Any(IsGitHub) && !statement.Conditions.Any(LimitsSubject))
            {
                throw new AwsException(400, "MalformedPolicyDocument",
                    $"A role that trusts {OidcProviders.GitHub} must evaluate {Subject} in its trust policy, and not by a wildcard alone.");
            }
        }
    }

    private static bool IsGitHub(string principal) => principal.StartsWith("Federated:", StringComparison.Ordinal) && principal.EndsWith($":oidc-provider/{OidcProviders.GitHub}", StringComparison.Ordinal);

    /// <summary>What holds without the key, or for every value of it, limits nothing.</summary>
    private static bool LimitsSubject(Condition condition) =>
        condition is { Key: Subject, IfExists: false, Quantifier: not Quantifier.ForAllValues, Operator: "StringEquals" or "StringLike" or "StringEqualsIgnoreCase" }
        && condition.Values.All(value => value.Trim('*', '?').Length > 0);

    /// <summary>A role or user of an account that this world has, and who is not there.</summary>
    private static bool IsNobody(string principal, Identities identities)
    {
        if (!principal.StartsWith("AWS:arn:", StringComparison.Ordinal) || principal.Split(':') is not [_, _, _, "iam", _, var id, var thing] || identities.Account(id) is not { } account)
            return false;
        var arn = principal["AWS:".Length..];
        return thing.Split('/')[0] switch
        {
            "role" => account.Roles.All.All(role => role.Arn != arn),
            "user" => account.Users.All.All(user => user.Arn != arn),
            _ => false,
        };
    }
}
