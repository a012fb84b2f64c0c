using System.Text.Json.Nodes;
using System.Xml.Linq;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.Iam;
using MacroPortfolio.Simulator.Oidc;

namespace MacroPortfolio.Simulator.Sts;

/// <summary>AssumeRoleWithWebIdentity: a token that GitHub signed for a role whose trust policy fits the token's claims.</summary>
public sealed class WebIdentity(Identities identities, Guard guard, TimeProvider time)
{
    private const string Provider = OidcProviders.GitHub;
    private const string Action = "sts:AssumeRoleWithWebIdentity";

    /// <summary>The claims that AWS hands to trust policies, beside sub and aud.</summary>
    private static readonly string[] ConditionClaims =
        ["actor", "actor_id", "job_workflow_ref", "repository", "repository_id", "repository_owner_id", "workflow", "ref", "environment", "enterprise_id"];

    public async Task<IReadOnlyList<XElement>> AssumeAsync(Query query, Exchange exchange)
    {
        var parameters = new Parameters(query);
        var arnText = parameters.Text("RoleArn", 20, 2048);
        var session = parameters.SessionName();
        var tokenText = parameters.Text("WebIdentityToken", 4, 20_000);
        var duration = parameters.Duration();
        parameters.Check();
        parameters.Refuse("ProviderId");
        var arn = Parameters.Role(arnText);
        var asked = SessionRequest.Read(query, new Parameters(query), identities.Account(arn.Account));

        var claims = await VerifyAsync(tokenText, arn);
        exchange.Principal = claims.Subject;

        var provider = OidcProviders.ArnOf(arn.Partition, arn.Account);
        var role = identities.Role(arn);
        if (role is null || !guard.Decide(guard.OriginOf(exchange, "sts"), Door(role, claims, session), new Caller("Federated", provider, arn.Account)).IsAllowed)
            throw new AwsException(403, "AccessDenied", $"Not authorized to perform {Action}");
        Sessions.CheckDuration(duration, role);

        var carried = new Session { FederatedProvider = Provider, Policies = asked.Policies, Issued = time.GetUtcNow() };
        var key = identities.Issue(role, session, time.GetUtcNow(), duration, carried);
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

    private static Access Door(Role role, TokenClaims claims, string session)
    {
        var keys = new ContextKeys()
            .Add($"{Provider}:aud", claims.Audience)
            .Add($"{Provider}:sub", claims.Subject)
            .Add("aws:FederatedProvider", Provider)
            .Add("sts:RoleSessionName", session)
            .AddTags("aws:ResourceTag", role.Tags)
            .AddTags("iam:ResourceTag", role.Tags);
        foreach (var name in ConditionClaims)
            keys.Add($"{Provider}:{name}", claims[name]);
        return new Access(Action, role.Arn) { ResourceAccount = role.RoleArn.Account, ResourcePolicy = role.Trust, IsDoor = true, Keys = keys };
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
