using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MacroPortfolio.EndToEnd.Tests.Harness;

/// <summary>A cloud with a role for everything that can be amiss with one.</summary>
public sealed class CloudOfRoles : Cloud
{
    private const string Account = "123456789012";
    private const string OtherAccount = "210987654321";

    /// <summary>Its account has no provider for GitHub.</summary>
    public const string Elsewhere = $"arn:aws:iam::{OtherAccount}:role/deploy";

    /// <summary>In no account of this world.</summary>
    public const string Nowhere = "arn:aws:iam::111111111111:role/deploy";

    public const string Denied = $"arn:aws:iam::{Account}:role/denied";
    public const string Bounded = $"arn:aws:iam::{Account}:role/bounded";

    private static readonly string[] Actions =
    [
        "GetDeploymentGroup", "GetDeploymentConfig", "BatchGetDeployments", "CreateDeployment", "GetDeployment", "ListDeployments", "ListDeploymentGroups",
        "BatchGetDeploymentGroups", "ListDeploymentTargets", "StopDeployment",
    ];

    public CloudOfRoles()
        : base(6)
    {
    }

    /// <summary>A role that may do all of CodeDeploy but this.</summary>
    public static string Without(string action) => $"arn:aws:iam::{Account}:role/without-{action}";

    protected override string Adapt(string world) => world.Replace(
        "  roles:\n",
        $$"""
          roles:
            - arn: {{Elsewhere}}
              trust: { Statement: [{ Effect: Allow, Principal: { AWS: "arn:aws:iam::{{OtherAccount}}:root" }, Action: "sts:AssumeRole" }] }
        {{string.Concat(Actions.Select(action => Role(Without(action), $"{{ Effect: Allow, NotAction: 'codedeploy:{action}', Resource: '*' }}")))}}
        {{Role(Denied, "{ Effect: Allow, Action: '*', Resource: '*' }, { Effect: Deny, Action: 'codedeploy:CreateDeployment', Resource: '*' }")}}
        {{Role(Bounded, "{ Effect: Allow, Action: '*', Resource: '*' }")}}
              permissions-boundary: { Statement: [{ Effect: Allow, Action: ['codedeploy:*Get*', 'codedeploy:List*'], Resource: '*' }] }

        """,
        StringComparison.Ordinal);

    private static string Role(string arn, string statements) => $$"""
            - arn: {{arn}}
              trust:
                Statement:
                  - Effect: Allow
                    Principal: { Federated: "arn:aws:iam::{{Account}}:oidc-provider/token.actions.githubusercontent.com" }
                    Action: "sts:AssumeRoleWithWebIdentity"
                    Condition: { StringLike: { "token.actions.githubusercontent.com:sub": "repo:{{World.Repository}}:*" } }
              policies: [{ Statement: [{{statements}}] }]

        """;
}

/// <summary>A cloud whose repository has the form of sub that carries ids.</summary>
public sealed class CloudOfIds : Cloud
{
    public CloudOfIds()
        : base(1)
    {
    }

    protected override string Adapt(string world) => world.Replace("      git: ./site\n", "      git: ./site\n      immutable-sub: true\n", StringComparison.Ordinal);
}

internal static partial class Shown
{
    /// <summary>The policy statements that a text offers to be pasted.</summary>
    public static IReadOnlyList<JsonNode> Statements(string text) => [.. Block().Matches(text).Select(found => JsonNode.Parse(found.Groups[1].Value)!)];

    [GeneratedRegex(@"^(\{\n.*?\n\}),?$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
