using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using MacroPortfolio.Action.Runner;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Action.Aws;

/// <summary>How STS is asked for a session: at most twice, so that a refusal is known in seconds and fills nobody's audit trail.</summary>
internal sealed class SecurityTokens(Connections connections, Log log, TimeProvider time)
{
    private const int Tries = 2;
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>A role or trust policy made moments ago, as by the job before this one, is not known everywhere at once: IAM is eventually consistent. One more try costs less than a run.</summary>
    private static readonly TimeSpan PropagationPause = TimeSpan.FromSeconds(2);

    /// <param name="retries">How often the SDK itself asks again; where we do, not at all.</param>
    public AmazonSecurityTokenServiceClient Client(AWSCredentials credentials, RegionName region, int retries = 0) => new(
        credentials,
        new AmazonSecurityTokenServiceConfig
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(region.Value),
            AuthenticationRegion = region.Value,
            HttpClientFactory = connections,
            Timeout = CallTimeout,
            MaxErrorRetry = retries,
            MaxStaleConnectionRetries = 0,
        });

    /// <param name="explain">What a refusal means: its code, its words, and how often STS was asked.</param>
    public async Task<T> AskAsync<T>(RoleArn role, Func<Task<T>> call, Func<string, AmazonServiceException, int, DeployException> explain, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await call();
            }
            catch (Exception ex) when (tries < Tries && !ct.IsCancellationRequested && PauseAfter(ex) is { } pause)
            {
                await log.SayAsync($"STS did not give a session of {role.Name}: {Words(ex)}. Asking once more in {pause.TotalSeconds:0} s.");
                await Task.Delay(pause, time, ct);
            }
            catch (AmazonServiceException ex) when (!IsTransient(ex) && ex.ErrorCode is { Length: > 0 } code)
            {
                throw explain(code, ex, tries);
            }
            catch (AmazonClientException ex)
            {
                throw new DeployException(
                    Outcome.NoAccess,
                    $"There are no AWS credentials to assume {role} with: {ex.Message}",
                    "Outside a job the standard chain is used: environment, web identity file, profile, instance. Log in, or set AWS_PROFILE.",
                    ex);
            }
            catch (Exception ex) when (ex is AmazonServiceException or HttpRequestException or IOException or TimeoutException || AwsErrors.IsUnreadable(ex))
            {
                throw new TransientException($"Could not ask AWS STS for a session of {role}: {Words(ex)}.{(ex is AmazonServiceException known && IsAboutIssuer(known) ? " Where it keeps happening, AWS cannot reach the issuer: a GitHub Enterprise Server must show its public keys to the internet." : Reachability.Hint(ex))}", ex)
                {
                    IsReached = ex is AmazonServiceException { StatusCode: not 0 } || AwsErrors.IsUnreadable(ex),
                };
            }
        }
    }

    /// <summary>
    /// The end is told by AWS's clock, from which that of this machine may differ: a session that would be over already, or live longer than was asked,
    /// is taken to live as long as was asked.
    /// </summary>
    public async Task<Session> SessionAsync(SessionRequest asked, Amazon.SecurityToken.Model.Credentials? given, AssumedRoleUser? user)
    {
        // What has not both of them is no answer of STS.
        if (given is not { AccessKeyId.Length: > 0, SecretAccessKey.Length: > 0, SessionToken.Length: > 0 } || user?.Arn is not { Length: > 0 } arn)
        {
            throw new TransientException($"AWS STS answered without a session of {asked.Role}.", new InvalidDataException());
        }

        await log.MaskAsync(new(given.SecretAccessKey), new(given.SessionToken), new(given.AccessKeyId));
        var most = TimeSpan.FromSeconds(asked.Seconds);
        var left = given.Expiration is { } end ? end.ToUniversalTime() - time.GetUtcNow().UtcDateTime : most;
        return new Session(new ImmutableCredentials(given.AccessKeyId, given.SecretAccessKey, given.SessionToken), left > TimeSpan.Zero && left < most ? left : most, arn);
    }

    private static TimeSpan? PauseAfter(Exception error) => error switch
    {
        AmazonServiceException { ErrorCode: "AccessDenied" or "AccessDeniedException" } denied when !denied.Message.Contains("explicit deny", StringComparison.Ordinal) => PropagationPause,
        AmazonServiceException service when IsTransient(service) => Pause,
        HttpRequestException or IOException or TimeoutException => Pause,
        _ => null,
    };

    private static bool IsTransient(AmazonServiceException error) => error switch
    {
        { StatusCode: >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests or 0 } => true,
        { ErrorCode: "Throttling" or "ThrottlingException" or "RequestLimitExceeded" or "RequestThrottled" } => true,
        _ => IsAboutIssuer(error),
    };

    /// <summary>AWS could not fetch the issuer's public keys, as happens when many jobs begin at once.</summary>
    private static bool IsAboutIssuer(AmazonServiceException error) => error switch
    {
        { ErrorCode: "IDPCommunicationError" or "IDPCommunicationErrorException" } => true,
        { ErrorCode: "InvalidIdentityToken" or "InvalidIdentityTokenException" } => error.Message.Contains("verification key", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static string Words(Exception error) => error is AmazonServiceException { ErrorCode: { Length: > 0 } code }
        ? $"{code}: {error.Message.TrimEnd('.', ' ')}"
        : error.Message.TrimEnd('.', ' ');
}
