using System.Globalization;
using System.Text;

namespace MacroPortfolio.Action.Aws;

/// <summary>IAM actions on a resource, as one statement of a policy allows them.</summary>
internal sealed record Permission(string Resource, params IReadOnlyList<string> Actions)
{
    public override string ToString() => $"{string.Join(" and ", Actions)} on {Resource}";
}

/// <summary>Statements of IAM policies, laid out to be read and pasted. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html</summary>
internal static class PolicyJson
{
    public static IReadOnlyList<string> Allow(Permission permission) =>
    [
        "{",
        """  "Effect": "Allow",""",
        $"""  "Action": [{string.Join(", ", permission.Actions.Select(Text))}],""",
        $"""  "Resource": {Text(permission.Resource)}""",
        "}",
    ];

    /// <summary>The statement of a role's trust policy that lets a job in by its token.</summary>
    /// <param name="provider">The ARN of the account's OIDC provider.</param>
    /// <param name="issuer">The issuer without its scheme, as condition keys have it.</param>
    public static IReadOnlyList<string> TrustToken(string provider, string issuer, string audience, string subject) =>
    [
        "{",
        """  "Effect": "Allow",""",
        $$"""  "Principal": { "Federated": {{Text(provider)}} },""",
        """  "Action": "sts:AssumeRoleWithWebIdentity",""",
        """  "Condition": {""",
        """    "StringEquals": {""",
        $"      {Text($"{issuer}:aud")}: {Text(Literal(audience))},",
        $"      {Text($"{issuer}:sub")}: {Text(Literal(subject))}",
        "    }",
        "  }",
        "}",
    ];

    /// <summary>The statement of a role's trust policy that lets another identity of AWS in.</summary>
    /// <param name="externalId">What it has to name; null: nothing.</param>
    public static IReadOnlyList<string> TrustCaller(string caller, IReadOnlyList<string> actions, string? externalId) =>
    [
        "{",
        """  "Effect": "Allow",""",
        $$"""  "Principal": { "AWS": {{Text(caller)}} },""",
        $"""  "Action": {(actions is [var only] ? Text(only) : $"[{string.Join(", ", actions.Select(Text))}]")}{(externalId is null ? "" : ",")}""",
        .. externalId is null ? (string[])[] : [$$"""  "Condition": { "StringEquals": { "sts:ExternalId": {{Text(Literal(externalId))}} } }"""],
        "}",
    ];

    /// <summary>In a condition <c>${...}</c> would be a variable.</summary>
    private static string Literal(string value) => value.Replace("${", "${$}{", StringComparison.Ordinal);

    /// <summary>Only what is plain in a log too goes as it is, so that nothing that makes a line harmless there changes the value. '#' could begin a command of the runner's.</summary>
    private static string Text(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var letter in value)
        {
            _ = letter is >= ' ' and <= '~' and not ('"' or '\\' or '#')
                ? text.Append(letter)
                : text.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
        }

        return text.Append('"').ToString();
    }
}
