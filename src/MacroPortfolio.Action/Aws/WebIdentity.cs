using Amazon.Runtime;
using Amazon.SecurityToken.Model;
using MacroPortfolio.Action.Runner;
using MacroPortfolio.Core.Inputs;

namespace MacroPortfolio.Action.Aws;

/// <summary>A session of the role by the job's identity. It is renewed before it expires, each time with a fresh token.</summary>
internal sealed class WebIdentity : RefreshingAWSCredentials
{
    private readonly SessionRequest asked;
    private readonly IdTokens tokens;
    private readonly SecurityTokens security;
    private readonly Log log;

    public WebIdentity(SessionRequest asked, IdTokens tokens, SecurityTokens security, Log log)
    {
        (this.asked, this.tokens, this.security, this.log) = (asked, tokens, security, log);
        PreemptExpiryTime = TimeSpan.FromMinutes(5);
    }

    public string CallerArn { get; private set; } = "";

    protected override CredentialsRefreshState GenerateNewCredentials() => GenerateNewCredentialsAsync().GetAwaiter().GetResult();

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        var token = await tokens.GetAsync(asked.Audience, CancellationToken.None);
        await log.MaskAsync(token);
        using var sts = security.Client(new AnonymousAWSCredentials(), asked.Region);
        var request = new AssumeRoleWithWebIdentityRequest
        {
            RoleArn = asked.Role.Value,
            RoleSessionName = asked.SessionName,
            DurationSeconds = asked.Seconds,
            WebIdentityToken = token.Value,
        };
        var answer = await security.AskAsync(
            asked.Role,
            () => sts.AssumeRoleWithWebIdentityAsync(request),
            (code, error, tries) => TrustDiagnosis.Explain(asked, TokenClaims.Read(token), code, error.Message, tries, error));
        var arn = SecurityTokens.ArnOf(asked.Role, answer.Credentials, answer.AssumedRoleUser);
        await log.MaskAsync(new Secret(answer.Credentials.SecretAccessKey));
        await log.MaskAsync(new Secret(answer.Credentials.SessionToken));
        await log.MaskAsync(new Secret(answer.Credentials.AccessKeyId));
        CallerArn = arn;
        return AssumedRole.State(answer.Credentials);
    }
}
