using System.Buffers.Text;
using System.Text.Json;
using MacroPortfolio.Action.Aws;
using MacroPortfolio.Core.Inputs;

namespace MacroPortfolio.Action.Tests.Aws;

/// <summary>Tokens as GitHub makes them, with a signature that nothing here looks at.</summary>
internal static class Tokens
{
    public const string Signature = "c2lnbmF0dXJl";

    public static Dictionary<string, object?> Job(string context = "environment:staging", string owner = "acme", string name = "site", bool immutable = false, string audience = "sts.amazonaws.com")
    {
        var workflow = $"{owner}/{name}/.github/workflows/deploy.yml@refs/heads/main";
        return new()
        {
            ["iss"] = "https://token.actions.githubusercontent.com",
            ["aud"] = audience,
            ["sub"] = $"repo:{(immutable ? $"{owner}@600100/{name}@700200" : $"{owner}/{name}")}:{context}",
            ["environment"] = context.StartsWith("environment:", StringComparison.Ordinal) ? context["environment:".Length..].Replace("%3A", ":", StringComparison.Ordinal) : null,
            ["ref"] = "refs/heads/main",
            ["event_name"] = context == "pull_request" ? "pull_request" : "push",
            ["repository"] = $"{owner}/{name}",
            ["repository_id"] = "700200",
            ["repository_owner"] = owner,
            ["repository_owner_id"] = "600100",
            ["job_workflow_ref"] = workflow,
            ["workflow_ref"] = workflow,
            ["actor"] = "dana",
            ["iat"] = 1_790_000_000,
            ["nbf"] = 1_790_000_000,
            ["exp"] = 1_790_000_300,
        };
    }

    public static Secret Sign(IReadOnlyDictionary<string, object?> claims) => new(
        $"eyJhbGciOiJSUzI1NiJ9.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims.Where(claim => claim.Value is not null).ToDictionary()))}.{Signature}");

    public static TokenClaims Claims(IReadOnlyDictionary<string, object?> claims) => TokenClaims.Read(Sign(claims));
}
