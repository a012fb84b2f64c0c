using Amazon.CodeDeploy;
using Amazon.Runtime;
using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Action.Aws;

/// <summary>What an error of CodeDeploy means here and what to do about it. The code decides, because the type depends on what an operation declares.</summary>
internal static class AwsErrors
{
    /// <param name="doing">What was tried: <c>read deployment group gray</c>.</param>
    /// <param name="permission">The IAM action and resource that it takes.</param>
    public static Exception Translate(Exception error, string doing, string permission) => error switch
    {
        DeployException or OperationCanceledException => error,
        AmazonCodeDeployException { ErrorCode: { } code } known => Translate(known, code, doing, permission),
        AmazonServiceException { StatusCode: >= System.Net.HttpStatusCode.InternalServerError or System.Net.HttpStatusCode.TooManyRequests or 0 } => Unreachable(error, doing),
        AmazonServiceException service => new DeployException(Outcome.Failed, $"AWS would not {doing}: {service.Message}", "", error),
        HttpRequestException or IOException or TimeoutException or AmazonUnmarshallingException => Unreachable(error, doing),
        AmazonClientException client => new DeployException(Outcome.NoAccess, $"Could not {doing}: {client.Message}", "Check region and credentials.", error),
        _ => error,
    };

    private static Exception Translate(AmazonCodeDeployException error, string code, string doing, string permission) => code switch
    {
        "AccessDeniedException" or "AccessDenied" or "UnauthorizedOperation" =>
            new DeployException(Outcome.NoAccess, $"AWS does not allow this role to {doing}: {error.Message}", $"Add {permission} to the role's permissions.", error),
        "ExpiredTokenException" or "ExpiredToken" or "UnrecognizedClientException" or "InvalidClientTokenId" or "InvalidSignatureException" or "MissingAuthenticationTokenException" =>
            new DeployException(Outcome.NoAccess, $"AWS does not accept the credentials any more, so this run could not {doing} ({code}): {error.Message}", "Renew the credentials; with role-to-assume in a job this happens by itself.", error),
        "ApplicationDoesNotExistException" or "DeploymentGroupDoesNotExistException" or "DeploymentConfigDoesNotExistException" or "DeploymentDoesNotExistException" or "InvalidDeploymentIdException" =>
            new DeployException(Outcome.BadInput, $"Could not {doing}: {error.Message}", "Check the name, the region and the account.", error),
        "DeploymentLimitExceededException" =>
            new DeployException(Outcome.Held, $"The group is busy: {error.Message}", "Run again when the other deployment has ended.", error),
        "InvalidGitHubAccountTokenException" or "GitHubAccountTokenDoesNotExistException" =>
            new DeployException(Outcome.Failed, $"CodeDeploy cannot reach the repository on GitHub: {error.Message}", "Connect the application to GitHub once, in the CodeDeploy console: Create deployment, My application is stored in GitHub, Connect.", error),
        "ThrottlingException" or "Throttling" or "RequestLimitExceeded" or "TooManyRequestsException" or "InternalFailure" or "ServiceUnavailable" or "InternalServerError" => Unreachable(error, doing),
        _ when error.StatusCode >= System.Net.HttpStatusCode.InternalServerError => Unreachable(error, doing),
        _ => new DeployException(Outcome.Failed, $"CodeDeploy would not {doing} ({code}): {error.Message}", "", error),
    };

    private static TransientException Unreachable(Exception error, string doing) =>
        new($"Could not {doing}: {(error is AmazonServiceException { ErrorCode: { } code } ? $"{code}: " : "")}{error.Message.TrimEnd('.')}.", error);
}
