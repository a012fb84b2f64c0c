using Amazon.Runtime;
using Amazon.SecurityToken.Model;
using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Action.Aws;

/// <summary>A session of the role by other credentials, as from a laptop.</summary>
internal sealed class AssumedRole(SessionRequest asked, AWSCredentials source, SecurityTokens security) : RefreshingAWSCredentials
{
    public string CallerArn { get; private set; } = "";

    public static CredentialsRefreshState State(Amazon.SecurityToken.Model.Credentials credentials) =>
        new(new ImmutableCredentials(credentials.AccessKeyId, credentials.SecretAccessKey, credentials.SessionToken), credentials.Expiration!.Value.ToUniversalTime());

    protected override CredentialsRefreshState GenerateNewCredentials() => GenerateNewCredentialsAsync().GetAwaiter().GetResult();

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        using var sts = security.Client(source, asked.Region);
        var request = new AssumeRoleRequest { RoleArn = asked.Role.Value, RoleSessionName = asked.SessionName, DurationSeconds = asked.Seconds };
        var answer = await security.AskAsync(asked.Role, () => sts.AssumeRoleAsync(request), (code, error, tries) => Explain(code, error, tries));
        CallerArn = SecurityTokens.ArnOf(asked.Role, answer.Credentials, answer.AssumedRoleUser);
        return State(answer.Credentials);
    }

    private DeployException Explain(string code, AmazonServiceException error, int tries)
    {
        if (AwsErrors.Unaccepted(code, error, $"ask for a session of {asked.Role}") is { } unaccepted)
        {
            return unaccepted;
        }

        if (code is not ("AccessDenied" or "AccessDeniedException"))
        {
            return TrustDiagnosis.Explain(asked, new TokenClaims(new Dictionary<string, string>()), code, error.Message, tries, error);
        }

        var caller = Denial.Read(error.Message).Caller;
        var needed = new Permission(asked.Role.Value, "sts:AssumeRole");
        return new DeployException(
            Outcome.NoAccess,
            $"AWS refused to let {(caller.Length > 0 ? caller : "these credentials")} assume {asked.Role} ({code}): {error.Message}",
            "Both sides must allow it: a policy of the caller, and the trust policy of the role. The statements are in the log and in the summary.",
            error)
        {
            Details =
            [
                $"AWS says ({code}{(tries > 1 ? $", asked {tries} times" : "")})",
                $"  {error.Message}",
                "",
                $"A policy of {(caller.Length > 0 ? Denial.Who(caller) : "the caller")} needs the statement",
                .. PolicyJson.Allow(needed),
                "",
                $"The trust policy of {asked.Role.Name} needs the statement (AWS says the same where there is no such role)",
                .. PolicyJson.TrustCaller(caller.Length > 0 ? caller : "THE CALLER'S ARN"),
            ],
        };
    }
}
