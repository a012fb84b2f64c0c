using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.SecurityToken.Model;
using MacroPortfolio.Action.Runner;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Releases;
using NodaTime;

namespace MacroPortfolio.Action.Aws;

/// <summary>Whose credentials act, and the ARN that AWS knows them by.</summary>
/// <param name="KnownArn">The ARN as far as it is known without asking; empty before.</param>
internal sealed record Identity(AWSCredentials Credentials, Func<CancellationToken, Task<string>> CallerArnAsync, Func<string> KnownArn) : IDisposable
{
    /// <summary>Of the job's token; empty where there is none.</summary>
    public Func<TokenClaims> Claims { get; init; } = () => new TokenClaims(new Dictionary<string, string>());

    /// <summary>Whose session this one is taken from, and renewed by.</summary>
    public Identity? From { get; init; }

    public void Dispose()
    {
        (Credentials as IDisposable)?.Dispose();
        From?.Dispose();
    }
}

/// <summary>
/// Credentials follow what was asked, not what lies about: a role and the job's OIDC variables make a web identity; a role without them is refused in a job
/// and assumed from the standard chain elsewhere; no role is the standard chain. Nothing is handed to later steps.
/// </summary>
internal static class Credentials
{
    /// <summary>How long GitHub and STS are asked again that answer, but cannot give a token or a session now. A refusal is no such answer.</summary>
    private static readonly Duration StartPatience = Duration.FromMinutes(5);

    public static async Task<Identity> OpenAsync(CommonInputs inputs, RunnerEnvironment runner, HttpClient http, Connections connections, Log log, TimeProvider time, CancellationToken ct)
    {
        var security = new SecurityTokens(connections, log, time);
        SessionRequest Session(RoleArn role, int most = int.MaxValue) => new(role, inputs.Audience, inputs.SessionName, Math.Min(inputs.SessionSeconds, most), inputs.Region);
        async Task<Identity> SessionAsync(RoleArn role, Func<CancellationToken, Task<Session>> open)
        {
            var credentials = new SessionCredentials(role, open, log, time);
            var patience = new Patience(StartPatience, time, Random.Shared, (words, _) => log.SayAsync(words)) { Unreached = Duration.Zero };
            await BeforeAnything(patience.AskAsync(() => credentials.GetCredentialsAsync().WaitAsync(ct), "Asking again; nothing was created yet.", ct));
            return new Identity(credentials, _ => Task.FromResult(credentials.CallerArn), () => credentials.CallerArn);
        }

        switch (inputs.Role, runner.IdTokenRequest)
        {
            case ({ } role, var (url, token)):
                var job = new WebIdentity(Session(role), new IdTokens(http, url, token, time), security, log);
                return await HopAsync(role, await SessionAsync(role, job.OpenAsync), () => SessionFacts.Of(runner, job.Claims)) with { Claims = () => job.Claims };

            case ({ } role, null) when runner.InActions:
                throw TrustDiagnosis.NoToken(role, runner.Fork, runner.IsDependabot);

            case ({ } role, null):
                var person = new AssumedRole(Session(role), Chain(runner, inputs.AllowInstanceRole), security) { ExternalId = inputs.Hop is null ? inputs.ExternalId : null };
                return await HopAsync(role, await SessionAsync(role, person.OpenAsync), () => SessionFacts.Of(runner, new TokenClaims(new Dictionary<string, string>())));

            default:
                var chain = Chain(runner, inputs.AllowInstanceRole);
                var known = inputs.AllowedAccounts.Count > 0 ? Allowed(await BeforeAnything(CallerAsync(chain, inputs.Region, security, ct)), inputs.AllowedAccounts) : "";
                return new Identity(chain, async token => known = known.Length > 0 ? known : await BeforeAnything(CallerAsync(chain, inputs.Region, security, token)), () => known);
        }

        async Task<Identity> HopAsync(RoleArn from, Identity first, Func<SessionFacts> facts)
        {
            if (inputs.Hop is not { } hop)
            {
                return first;
            }

            try
            {
                var further = new AssumedRole(Session(hop.Role, RoleHop.MostSeconds), first.Credentials, security) { ExternalId = inputs.ExternalId, Facts = hop.SessionTags ? facts : null, From = from.Value };
                return await SessionAsync(hop.Role, further.OpenAsync) with { From = first };
            }
            catch
            {
                first.Dispose();
                throw;
            }
        }
    }

    /// <summary>Nobody knows the account of credentials that lie about before it is asked for.</summary>
    private static string Allowed(string caller, IReadOnlyList<AccountId> allowed) => caller.Split(':') is [_, _, _, _, var account, ..] && allowed.Any(known => known.Value == account)
        ? caller
        : throw new DeployException(Outcome.NoAccess, $"The credentials are those of {caller}, whose account is none of allowed-account-ids ({string.Join(", ", allowed)}).", "Nothing was asked of that account but its name. Give role-to-assume, or log in to the right account.");

    private static AWSCredentials Chain(RunnerEnvironment runner, bool allowInstanceRole)
    {
        if (runner.InActions && !allowInstanceRole)
        {
            // On a self-hosted runner the machine's own role would otherwise act for whoever can start a job.
            Environment.SetEnvironmentVariable("AWS_EC2_METADATA_DISABLED", "true");
            Environment.SetEnvironmentVariable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", null);
            Environment.SetEnvironmentVariable("AWS_CONTAINER_CREDENTIALS_FULL_URI", null);
        }

        try
        {
            return DefaultAWSCredentialsIdentityResolver.GetCredentials();
        }
        catch (AmazonClientException ex)
        {
            throw NoCredentials(ex);
        }
    }

    private static async Task<string> CallerAsync(AWSCredentials credentials, RegionName region, SecurityTokens security, CancellationToken ct)
    {
        const string doing = "ask AWS STS who is calling";
        using var sts = security.Client(credentials, region, retries: 2);
        try
        {
            return (await sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), ct)).Arn;
        }
        catch (AmazonServiceException ex) when (AwsErrors.Unaccepted(ex.ErrorCode, ex, doing) is { } unaccepted)
        {
            throw unaccepted;
        }
        catch (Exception ex) when (AwsErrors.Translate(ex, doing) is TransientException unreachable)
        {
            throw unreachable;
        }
        catch (AmazonServiceException ex)
        {
            throw new DeployException(Outcome.NoAccess, $"AWS does not accept the credentials of the environment ({ex.ErrorCode}): {ex.Message}", "Renew them, or give role-to-assume.", ex);
        }
        catch (AmazonClientException ex)
        {
            throw NoCredentials(ex);
        }
    }

    /// <summary>During the watch, looking again helps when STS cannot be reached; at the start it ends the run.</summary>
    private static async Task<T> BeforeAnything<T>(Task<T> call)
    {
        try
        {
            return await call;
        }
        catch (TransientException ex)
        {
            throw new DeployException(Outcome.Failed, ex.Message, "Nothing was created; run again.", ex);
        }
        catch (AmazonClientException ex)
        {
            throw AwsErrors.Translate(ex, "use the session");
        }
    }

    private static DeployException NoCredentials(Exception ex) => new(
        Outcome.NoAccess,
        "There are no AWS credentials: role-to-assume is not given and the standard chain (environment, web identity file, profile) has none.",
        "Give role-to-assume and the job 'permissions: id-token: write'; with allow-instance-role: true the runner's own instance role is used.",
        ex);
}
