using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Xml;
using Amazon.CodeDeploy;
using Amazon.Runtime;
using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Action.Aws;

/// <summary>What an error of CodeDeploy means here and what to do about it. The code decides, because the type depends on what an operation declares.</summary>
internal static class AwsErrors
{
    /// <param name="doing">What was tried: <c>read deployment group gray</c>.</param>
    /// <param name="needed">What it takes, the call's own permission first.</param>
    public static Exception Translate(Exception error, string doing, params IReadOnlyList<Permission> needed) => error switch
    {
        DeployException => error,
        // The SDK's own time limit shows as a cancellation that nobody asked for.
        OperationCanceledException { InnerException: TimeoutException late } => Unreachable(late, doing),
        OperationCanceledException => error,
        // An answer that cannot be read is not a refusal, whatever its status: the SDK calls it a service's error of HTTP 200.
        AmazonUnmarshallingException => Unreachable(error, doing),
        AmazonCodeDeployException { ErrorCode: { } code } known => Translate(known, code, doing, needed),
        AmazonServiceException { StatusCode: >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests or 0 } => Unreachable(error, doing),
        AmazonServiceException service => new DeployException(Outcome.Failed, $"AWS would not {doing}: {service.Message}", "", error),
        HttpRequestException or IOException or TimeoutException or AmazonUnmarshallingException => Unreachable(error, doing),
        _ when IsUnreadable(error) => Unreachable(error, doing),
        AmazonClientException client => new DeployException(Outcome.NoAccess, $"Could not {doing}: {client.Message}", "Check region and credentials.", error),
        _ => error,
    };

    /// <summary>What the SDK makes of an answer that no service of AWS gave: whatever its readers of XML, JSON, times and numbers stumble over.</summary>
    public static bool IsUnreadable(Exception error) => error is XmlException or JsonException or FormatException or InvalidOperationException or ArgumentException or ArithmeticException;

    /// <summary>AWS does not take the credentials themselves, whatever they may do; null for any other error.</summary>
    public static DeployException? Unaccepted(string? code, Exception error, string doing)
    {
        DeployException Refused(string what, string next) => new(Outcome.NoAccess, $"{what}, so this run could not {doing} ({code}): {error.Message}", next, error);
        bool Says(string words) => error.Message.Contains(words, StringComparison.Ordinal);

        return code switch
        {
            "ExpiredTokenException" or "ExpiredToken" or "RequestExpired" =>
                Refused("AWS says that the credentials have expired", "Renew them; with role-to-assume in a job this happens by itself."),
            "InvalidSignatureException" or "SignatureDoesNotMatch" or "RequestTimeTooSkewed" when Says("Signature expired") || Says("not yet current") || code == "RequestTimeTooSkewed" =>
                Refused("The clock of this machine differs from AWS's by more than AWS allows", "Set the runner's clock (chronyd or systemd-timesyncd must be running) and run again."),
            "InvalidSignatureException" or "SignatureDoesNotMatch" or "IncompleteSignature" or "IncompleteSignatureException" =>
                Refused("AWS does not accept the signature", "The secret access key does not belong to the access key id, or a proxy changes requests. Give role-to-assume, or renew the keys."),
            "UnrecognizedClientException" or "InvalidClientTokenId" or "InvalidAccessKeyId" or "InvalidToken" or "AuthFailure" =>
                Refused("AWS does not know the credentials", "Renew them, or give role-to-assume. AWS says the same where the account has not enabled the region, and where the keys are of another partition (China, GovCloud)."),
            "OptInRequired" or "SubscriptionRequiredException" or "RegionDisabledException" =>
                Refused("The account has not enabled the service in this region", "Enable the region for the account (aws account enable-region), or choose another with aws-region."),
            "MissingAuthenticationTokenException" or "MissingAuthenticationToken" =>
                Refused("The request reached AWS without a signature", "Look for a proxy that takes the header Authorization away."),
            _ => null,
        };
    }

    /// <summary>True when a request that failed was certainly not carried out: it was turned away, or never sent.</summary>
    public static bool IsUndone(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            var undone = cause switch
            {
                AmazonServiceException { StatusCode: HttpStatusCode.TooManyRequests or HttpStatusCode.BadRequest } => true,
                HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError } => true,
                SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.TryAgain or SocketError.HostUnreachable or SocketError.NetworkUnreachable } => true,
                _ => false,
            };
            if (undone)
            {
                return true;
            }
        }

        return false;
    }

    private static Exception Translate(AmazonCodeDeployException error, string code, string doing, IReadOnlyList<Permission> needed) => code switch
    {
        "AccessDeniedException" or "AccessDenied" or "UnauthorizedOperation" => Denial.Explain(code, error.Message, doing, needed, error),
        _ when Unaccepted(code, error, doing) is { } unaccepted => unaccepted,
        "ApplicationDoesNotExistException" or "DeploymentGroupDoesNotExistException" or "DeploymentConfigDoesNotExistException" or "DeploymentDoesNotExistException" or "InvalidDeploymentIdException" =>
            new DeployException(Outcome.BadInput, $"Could not {doing}: {error.Message}", "Check the name, the region and the account.", error),
        "DeploymentLimitExceededException" =>
            new DeployException(Outcome.Held, $"The group is busy: {error.Message}", "Run again when the other deployment has ended.", error),
        "InvalidGitHubAccountTokenException" or "GitHubAccountTokenDoesNotExistException" =>
            new DeployException(Outcome.Failed, $"CodeDeploy cannot reach the repository on GitHub: {error.Message}", "Connect the application to GitHub once, in the CodeDeploy console: Create deployment, My application is stored in GitHub, Connect.", error),
        "ThrottlingException" or "Throttling" or "RequestLimitExceeded" or "TooManyRequestsException" or "InternalFailure" or "ServiceUnavailable" or "InternalServerError" => Unreachable(error, doing),
        _ when error.StatusCode >= HttpStatusCode.InternalServerError => Unreachable(error, doing),
        _ => new DeployException(Outcome.Failed, $"CodeDeploy would not {doing} ({code}): {error.Message}", "", error),
    };

    /// <summary>Where the answer has neither code nor words, the SDK's own point at an inner exception that nobody sees here.</summary>
    private static string Words(Exception error) => error switch
    {
        AmazonServiceException { ErrorCode: { Length: > 0 } code } => $"{code}: {error.Message.TrimEnd('.')}",
        AmazonUnmarshallingException => "the answer cannot be read",
        AmazonServiceException { StatusCode: not 0 and var status } => $"the answer was HTTP {(int)status}, without a code of AWS's",
        _ => error.Message.TrimEnd('.'),
    };

    private static TransientException Unreachable(Exception error, string doing) =>
        new($"Could not {doing}: {Words(error)}.{Reachability.Hint(error)}", error)
        {
            IsReached = error is AmazonServiceException { StatusCode: not 0 } or AmazonUnmarshallingException || IsUnreadable(error),
        };
}
