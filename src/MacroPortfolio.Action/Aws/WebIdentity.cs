using Amazon.Runtime;
using Amazon.SecurityToken.Model;
using MacroPortfolio.Action.Runner;

namespace MacroPortfolio.Action.Aws;

/// <summary>Sessions of the role by the job's identity, each with a fresh token.</summary>
internal sealed class WebIdentity(SessionRequest asked, IdTokens tokens, SecurityTokens security, Log log)
{
    /// <summary>Of the last token; empty before the first.</summary>
    public TokenClaims Claims { get; private set; } = new(new Dictionary<string, string>());

    public async Task<Session> OpenAsync(CancellationToken ct)
    {
        var token = await tokens.GetAsync(asked.Audience, ct);
        await log.MaskAsync(token);
        Claims = TokenClaims.Read(token);
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
            () => sts.AssumeRoleWithWebIdentityAsync(request, ct),
            (code, error, tries) => TrustDiagnosis.Explain(asked, Claims, code, error.Message, tries, error),
            ct);
        return await security.SessionAsync(asked, answer.Credentials, answer.AssumedRoleUser);
    }
}
