using System.Text;
using System.Text.Json;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using MacroPortfolio.Action.Runner;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Action.Aws;

/// <summary>Whose credentials act, and the ARN that AWS knows them by.</summary>
internal sealed record Identity(AWSCredentials Credentials, Func<CancellationToken, Task<string>> CallerArnAsync);

/// <summary>
/// Credentials follow what was asked, not what lies about: a role and the job's OIDC variables make a web identity; a role without them is refused in a job
/// and assumed from the standard chain elsewhere; no role is the standard chain. Nothing is handed to later steps.
/// </summary>
internal static class Credentials
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(15);

    public static async Task<Identity> OpenAsync(CommonInputs inputs, RunnerEnvironment runner, HttpClient http, Connections connections, Log log, TimeProvider time, CancellationToken ct)
    {
        switch (inputs.Role, runner.IdTokenRequest)
        {
            case ({ } role, var (url, token)):
                var web = new WebIdentity(inputs, role, new IdTokens(http, url, token, time), connections, log);
                await BeforeAnything(web.GetCredentialsAsync().WaitAsync(ct));
                return new Identity(web, _ => Task.FromResult(web.CallerArn));

            case ({ } role, null) when runner.InActions:
                throw new DeployException(
                    Outcome.NoAccess,
                    $"This job may not ask GitHub for an OIDC token, so it cannot assume {role}.",
                    "Give the job 'permissions: { id-token: write, contents: read }'. A reusable workflow needs it from its caller as well; runs for pull requests from forks and of Dependabot never get it.");

            case ({ } role, null):
                var assumed = new AssumedRole(inputs, role, Chain(runner, inputs.AllowInstanceRole), connections);
                await BeforeAnything(Guarded(role, inputs, null, assumed.GetCredentialsAsync).WaitAsync(ct));
                return new Identity(assumed, _ => Task.FromResult(assumed.CallerArn));

            default:
                var chain = Chain(runner, inputs.AllowInstanceRole);
                return new Identity(chain, token => BeforeAnything(CallerAsync(chain, inputs.Region, connections, token)));
        }
    }

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

    private static async Task<string> CallerAsync(AWSCredentials credentials, RegionName region, Connections connections, CancellationToken ct)
    {
        using var sts = Client(credentials, region, connections);
        try
        {
            return (await sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), ct)).Arn;
        }
        catch (Exception ex) when (AwsErrors.Translate(ex, "ask AWS STS who is calling", "") is TransientException unreachable)
        {
            throw unreachable;
        }
        catch (AmazonServiceException ex)
        {
            throw new DeployException(Outcome.NoAccess, $"AWS does not accept the credentials of the environment: {ex.Message}", "Renew them, or give role-to-assume.", ex);
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
    }

    private static DeployException NoCredentials(Exception ex) => new(
        Outcome.NoAccess,
        "There are no AWS credentials: role-to-assume is not given and the standard chain (environment, web identity file, profile) has none.",
        "Give role-to-assume and the job 'permissions: id-token: write'; with allow-instance-role: true the runner's own instance role is used.",
        ex);

    private static AmazonSecurityTokenServiceClient Client(AWSCredentials credentials, RegionName region, Connections connections) => new(
        credentials,
        new AmazonSecurityTokenServiceConfig { RegionEndpoint = RegionEndpoint.GetBySystemName(region.Value), AuthenticationRegion = region.Value, HttpClientFactory = connections, Timeout = CallTimeout });

    /// <summary>Says in words why a role was refused.</summary>
    private static async Task<T> Guarded<T>(RoleArn role, CommonInputs inputs, Secret? token, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (AmazonSecurityTokenServiceException ex) when ((int)ex.StatusCode is >= 400 and < 500)
        {
            var claims = token is { } jwt ? $" The token says sub '{Claim(jwt, "sub")}' and aud '{Claim(jwt, "aud")}'." : "";
            throw new DeployException(
                Outcome.NoAccess,
                $"AWS refused to let this run assume {role} ({ex.ErrorCode}): {ex.Message}{claims}",
                token is null
                    ? "Check that these credentials may call sts:AssumeRole on the role, and that the role's trust policy names them."
                    : $"The role's trust policy must allow sts:AssumeRoleWithWebIdentity to the account's OIDC provider token.actions.githubusercontent.com, with token.actions.githubusercontent.com:aud = {inputs.Audience} and :sub = the token's. A job's 'environment:' changes sub.",
                ex);
        }
        catch (Exception ex) when (AwsErrors.Translate(ex, $"ask AWS STS for a session of {role}", "") is TransientException unreachable)
        {
            throw unreachable;
        }
    }

    /// <summary>A claim for people to read. AWS verifies the token; here nothing is decided by it.</summary>
    private static string Claim(Secret token, string name)
    {
        try
        {
            var payload = token.Value.Split('.')[1].Replace('-', '+').Replace('_', '/');
            using var claims = JsonDocument.Parse(Convert.FromBase64String(payload.PadRight((payload.Length + 3) / 4 * 4, '=')));
            return claims.RootElement.TryGetProperty(name, out var value) ? value.ToString() : "(none)";
        }
        catch (Exception ex) when (ex is FormatException or JsonException or IndexOutOfRangeException or DecoderFallbackException)
        {
            return "(unreadable)";
        }
    }

    private static async Task MaskAsync(Log log, Amazon.SecurityToken.Model.Credentials credentials)
    {
        await log.MaskAsync(new Secret(credentials.SecretAccessKey));
        await log.MaskAsync(new Secret(credentials.SessionToken));
        await log.MaskAsync(new Secret(credentials.AccessKeyId));
    }

    private static RefreshingAWSCredentials.CredentialsRefreshState State(Amazon.SecurityToken.Model.Credentials credentials) =>
        new(new ImmutableCredentials(credentials.AccessKeyId, credentials.SecretAccessKey, credentials.SessionToken), credentials.Expiration!.Value.ToUniversalTime());

    /// <summary>A session of the role by the job's identity. It is renewed before it expires, each time with a fresh token.</summary>
    private sealed class WebIdentity : RefreshingAWSCredentials
    {
        private readonly CommonInputs inputs;
        private readonly RoleArn role;
        private readonly IdTokens tokens;
        private readonly Connections connections;
        private readonly Log log;

        public WebIdentity(CommonInputs inputs, RoleArn role, IdTokens tokens, Connections connections, Log log)
        {
            (this.inputs, this.role, this.tokens, this.connections, this.log) = (inputs, role, tokens, connections, log);
            PreemptExpiryTime = TimeSpan.FromMinutes(5);
        }

        public string CallerArn { get; private set; } = "";

        protected override CredentialsRefreshState GenerateNewCredentials() => GenerateNewCredentialsAsync().GetAwaiter().GetResult();

        protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
        {
            // While GitHub answers, the client is made.
            var asked = tokens.GetAsync(inputs.Audience, CancellationToken.None);
            using var sts = Client(new AnonymousAWSCredentials(), inputs.Region, connections);
            var token = await asked;
            await log.MaskAsync(token);
            var request = new AssumeRoleWithWebIdentityRequest
            {
                RoleArn = role.Value,
                RoleSessionName = inputs.SessionName,
                DurationSeconds = inputs.SessionSeconds,
                WebIdentityToken = token.Value,
            };
            var answer = await Guarded(role, inputs, token, () => sts.AssumeRoleWithWebIdentityAsync(request));
            await MaskAsync(log, answer.Credentials);
            CallerArn = answer.AssumedRoleUser.Arn;
            return State(answer.Credentials);
        }
    }

    /// <summary>A session of the role by other credentials, as from a laptop.</summary>
    private sealed class AssumedRole(CommonInputs inputs, RoleArn role, AWSCredentials source, Connections connections) : RefreshingAWSCredentials
    {
        public string CallerArn { get; private set; } = "";

        protected override CredentialsRefreshState GenerateNewCredentials() => GenerateNewCredentialsAsync().GetAwaiter().GetResult();

        protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
        {
            using var sts = Client(source, inputs.Region, connections);
            var answer = await sts.AssumeRoleAsync(new AssumeRoleRequest { RoleArn = role.Value, RoleSessionName = inputs.SessionName, DurationSeconds = inputs.SessionSeconds });
            CallerArn = answer.AssumedRoleUser.Arn;
            return State(answer.Credentials);
        }
    }
}
