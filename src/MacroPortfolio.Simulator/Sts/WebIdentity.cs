using System.Text.Json.Nodes;
using System.Xml.Linq;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.Iam;
using MacroPortfolio.Simulator.Oidc;

namespace MacroPortfolio.Simulator.Sts;

/// <summary>AssumeRoleWithWebIdentity: a token that GitHub signed for a role whose trust policy fits the token's claims.</summary>
public sealed class WebIdentity(Identities identities, TimeProvider time)
{
    private const string Provider = OidcProviders.GitHub;
    private const string Action = "sts:AssumeRoleWithWebIdentity";

    /// <summary>The claims that AWS hands to trust policies, beside sub and aud.</summary>
    private static readonly string[] ConditionClaims =
        ["actor", "actor_id", "job_workflow_ref", "repository", "repository_id", "workflow", "ref", "environment", "enterprise_id"];

    public async Task<IReadOnlyList<XElement>> AssumeAsync(Query query, Exchange exchange)
    {
        var parameters = new Parameters(query);
        var arnText = parameters.Text("RoleArn", 20, 2048);
        var session = parameters.SessionName();
        var tokenText = parameters.Text("WebIdentityToken", 4, 20_000);
        var duration = parameters.Duration();
        parameters.Check();
        parameters.Refuse("Policy", "PolicyArns.member.1.arn", "ProviderId");
        var arn = Parameters.Role(arnText);

        var claims = await VerifyAsync(tokenText, arn);
        exchange.Principal = claims.Subject;

        var provider = OidcProviders.ArnOf(arn.Partition, arn.Account);
        var role = identities.Role(arn);
        var request = new PolicyRequest(Action, arn.Text, [$"Federated:{provider}"], KeysOf(claims, session));
        if (role is null || Policy.Judge([role.Trust], request) != Verdict.Allowed)
            throw new AwsException(403, "AccessDenied", $"Not authorized to perform {Action}");
        Sessions.CheckDuration(duration, role);

        var key = identities.Issue(role, session, time.GetUtcNow(), duration);
        return
        [
            new XElement("SubjectFromWebIdentityToken", claims.Subject),
            new XElement("Audience", claims.Audience),
            .. Sessions.Describe(key),
            new XElement("Provider", provider),
        ];
    }

    private async Task<TokenClaims> VerifyAsync(string text, RoleArn arn)
    {
        if (!JsonWebToken.TryRead(text, out var token))
            throw Invalid("The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)");

        var claims = new TokenClaims(token.Claims);
        var provider = ProviderOf(arn);
        if (claims.Issuer != Claims.Issuer || (provider is null && !IsOutside(arn)))
            throw Invalid($"No OpenIDConnect provider found in your account for {claims.Issuer}");
        if (!(await SigningKey.GetAsync()).TryVerify(token))
            throw Invalid(
                "Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity documentation for requirements");

        var now = time.GetUtcNow().ToUnixTimeSeconds();
        if (claims.Expires <= now)
            throw new AwsException(400, "ExpiredTokenException",
                $"Token expired: current date/time {now} must be before the expiration date/time {claims.Expires}");
        if (claims.NotBefore > now)
            throw Invalid($"Token is not yet valid: current date/time {now} must be after the not before date/time {claims.NotBefore}");
        if (!(provider?.ClientIds ?? [OidcProviders.Audience(arn.Partition)]).Contains(claims.Audience))
            throw Invalid("Incorrect token audience");
        return claims;
    }

    private OidcProvider? ProviderOf(RoleArn arn) => identities.Account(arn.Account)?.Providers.Find(OidcProviders.ArnOf(arn.Partition, arn.Account));

    /// <summary>AWS tells nothing of an account that it does not let one into; an account without roles is outside this world.</summary>
    private bool IsOutside(RoleArn arn) => identities.Account(arn.Account) is not { } account || account.Roles.All.Count == 0;

    private static Dictionary<string, IReadOnlyList<string>> KeysOf(TokenClaims claims, string session)
    {
        var keys = new Dictionary<string, IReadOnlyList<string>>
        {
            [$"{Provider}:aud"] = [claims.Audience],
            [$"{Provider}:sub"] = [claims.Subject],
            ["aws:federatedprovider"] = [Provider],
            ["sts:rolesessionname"] = [session],
        };
        foreach (var name in ConditionClaims)
        {
            if (claims[name] is { } value)
                keys[$"{Provider}:{name}"] = [value];
        }

        return keys;
    }

    private static AwsException Invalid(string message) => new(400, "InvalidIdentityToken", message);

    private sealed class TokenClaims(JsonObject claims)
    {
        public string? this[string name] => claims[name]?.ToString();

        public string Issuer => this["iss"] ?? "";
        public string Subject => this["sub"] ?? "";
        public string Audience => this["aud"] ?? "";
        public long Expires => long.TryParse(this["exp"], out var seconds) ? seconds : 0;
        public long NotBefore => long.TryParse(this["nbf"], out var seconds) ? seconds : 0;
    }
}
