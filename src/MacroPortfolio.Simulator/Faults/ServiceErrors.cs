using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.GitHub;

namespace MacroPortfolio.Simulator.Faults;

/// <summary>What each service says when it is overloaded or broken, and the errors that it is known for.</summary>
public static class ServiceErrors
{
    private const string Unknown = "The request processing has failed because of an unknown error, exception or failure.";
    private const string Overloaded = "The request has failed due to a temporary failure of the server.";

    private static readonly ServiceError[] Sts =
    [
        new(400, "Throttling", "Rate exceeded"),
        new(500, "InternalFailure", Unknown),
        new(503, "ServiceUnavailable", Overloaded),
        new(400, "IDPCommunicationError", "The identity provider that was asked to verify the incoming identity token could not be reached."),
        new(403, "IDPRejectedClaim", "The identity provider (IdP) reported that authentication failed."),
        new(400, "InvalidIdentityToken",
            "Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity documentation for requirements"),
        new(400, "ExpiredTokenException", "The web identity token that was passed is expired or is not valid."),
        new(403, "ExpiredToken", "The security token included in the request is expired"),
        new(403, "RegionDisabledException", "STS is not activated in this region for account:123456789012. Your account administrator can activate STS in this region using the IAM Console."),
        new(400, "MalformedPolicyDocument", "The policy document is malformed."),
        new(400, "PackedPolicyTooLarge", "Packed size of session tags consumes more than the limit."),
        new(403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity"),
        new(403, "InvalidClientTokenId", "The security token included in the request is invalid."),
        new(403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided."),
        new(400, "ValidationError", "Request ARN is invalid"),
    ];

    /// <summary>Beside its exceptions (<see cref="CodeDeploy.Protocol.KnownErrors"/>), which are 400.</summary>
    private static readonly ServiceError[] CodeDeployCommon =
    [
        new(400, "ThrottlingException", "Rate exceeded"),
        new(500, "InternalFailure", Unknown),
        new(503, "ServiceUnavailable", Overloaded),
        new(400, "AccessDeniedException", "You do not have sufficient access to perform this action."),
        new(400, "ExpiredTokenException", "The security token included in the request is expired"),
        new(400, "UnrecognizedClientException", "The security token included in the request is invalid."),
        new(400, "InvalidSignatureException", "The request signature we calculated does not match the signature you provided."),
        new(400, "IncompleteSignatureException", "The request signature does not conform to AWS standards."),
        new(400, "MissingAuthenticationTokenException", "Missing Authentication Token"),
        new(400, "UnknownOperationException", ""),
        new(403, "OptInRequired", "The AWS access key ID needs a subscription for the service."),
    ];

    private static readonly ServiceError[] S3 =
    [
        new(503, "SlowDown", "Please reduce your request rate."),
        new(500, "InternalError", "We encountered an internal error. Please try again."),
        new(503, "ServiceUnavailable", "Service is unable to handle request."),
        new(403, "AccessDenied", "Access Denied"),
        new(400, "ExpiredToken", "The provided token has expired."),
        new(400, "InvalidToken", "The provided token is malformed or otherwise invalid."),
        new(403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records."),
        new(403, "RequestTimeTooSkewed", "The difference between the request time and the current time is too large."),
        new(400, "RequestTimeout", "Your socket connection to the server was not read from or written to within the timeout period."),
        new(404, "NoSuchBucket", "The specified bucket does not exist"),
        new(404, "NoSuchKey", "The specified key does not exist."),
        new(404, "NoSuchVersion", "The specified version does not exist."),
        new(409, "OperationAborted", "A conflicting conditional operation is currently in progress against this resource. Please try again."),
        new(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold"),
    ];

    private static readonly ServiceError[] Ec2 =
    [
        new(503, "RequestLimitExceeded", "Request limit exceeded."),
        new(500, "InternalError", "An internal error has occurred"),
        new(503, "Unavailable", "The server is overloaded and can't handle the request."),
        new(403, "UnauthorizedOperation", "You are not authorized to perform this operation."),
        new(401, "AuthFailure", "AWS was not able to validate the provided access credentials"),
        new(400, "RequestExpired", "Request has expired."),
        new(401, "OptInRequired", "You are not subscribed to this service."),
    ];

    private static readonly ServiceError[] Monitoring =
    [
        new(400, "Throttling", "Rate exceeded"),
        new(500, "InternalFailure", Unknown),
        new(503, "ServiceUnavailable", Overloaded),
        new(403, "AccessDenied", "You do not have sufficient access to perform this action."),
        new(400, "InvalidNextToken", "The next token specified is invalid."),
    ];

    private static readonly ServiceError[] Iam =
    [
        new(400, "Throttling", "Rate exceeded"),
        new(500, "ServiceFailure", Unknown),
        new(503, "ServiceUnavailable", Overloaded),
        new(403, "AccessDenied", "You do not have sufficient access to perform this action."),
        new(404, "NoSuchEntity", "The entity cannot be found."),
        new(409, "EntityAlreadyExists", "The entity already exists."),
        new(409, "ConcurrentModification", "The request was rejected because multiple requests to change this object were submitted simultaneously. Wait a few minutes and submit your request again."),
        new(409, "LimitExceeded", "The request was rejected because it attempted to create resources beyond the current AWS account limits."),
        new(400, "MalformedPolicyDocument", "The policy document is malformed."),
    ];

    private static readonly ServiceError[] CloudFormation =
    [
        new(400, "Throttling", "Rate exceeded"),
        new(500, "InternalFailure", Unknown),
        new(503, "ServiceUnavailable", Overloaded),
        new(403, "AccessDenied", "You do not have sufficient access to perform this action."),
        new(400, "ValidationError", "The input fails to satisfy the constraints specified by an AWS service."),
        new(400, "InsufficientCapabilitiesException", "Requires capabilities : [CAPABILITY_NAMED_IAM]"),
        new(400, "LimitExceededException", "The quota for the resource has already been reached."),
    ];

    /// <summary>The errors of a service that a fault can name without saying their status.</summary>
    public static IReadOnlyList<ServiceError> KnownTo(string service) => service switch
    {
        "sts" => Sts,
        "codedeploy" =>
        [
            .. CodeDeployCommon,
            .. CodeDeploy.Protocol.KnownErrors.All.Where(name => CodeDeployCommon.All(common => common.Code != name)).Select(name => new ServiceError(400, name, "")),
        ],
        "s3" => S3,
        "ec2" => Ec2,
        "monitoring" => Monitoring,
        "iam" => Iam,
        "cloudformation" => CloudFormation,
        _ => [],
    };

    /// <param name="status">Of GitHub: 403 or 429.</param>
    public static ServiceError Throttled(string service, string? limit, int? status) => (service, limit) switch
    {
        ("github", "primary") => new(status ?? 403, "", RateLimits.PrimaryText) { Documentation = RateLimits.Documentation },
        ("github", _) => new(status ?? 403, "", RateLimits.SecondaryText) { Documentation = RateLimits.SecondaryDocumentation },
        ("oidc", _) => new(429, "RequestBlockedException", "Request was blocked due to exceeding usage of resource 'Count' in namespace 'User'."),
        _ => KnownTo(service)[0],
    };

    /// <summary>What the service itself says with the status: 429, 500 or 503. Other ones are said by what stands before it.</summary>
    public static ServiceError OfStatus(string service, int status) => (service, status) switch
    {
        ("github", 503) => new(503, "", "Service unavailable"),
        ("github", 429) => Throttled(service, null, status),
        ("github", _) => new(status, "", "Server Error"),
        ("oidc", 429) => Throttled(service, null, status),
        ("oidc", _) => new(status, "ServiceException", "The service is unavailable."),
        (_, 429) => new(429, "TooManyRequestsException", "Rate exceeded"),
        (_, 503) => KnownTo(service)[2],
        _ => KnownTo(service)[1],
    };

    /// <summary>An error by its code; what is not said is as the service is known to say it.</summary>
    public static ServiceError Of(string service, string? code, int? status, string? message)
    {
        var known = KnownTo(service).FirstOrDefault(error => error.Code == code);
        return new ServiceError(status ?? known?.Status ?? 400, code ?? "", message ?? known?.Message ?? "");
    }
}
