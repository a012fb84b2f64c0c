using MacroPortfolio.Simulator.Front;

namespace MacroPortfolio.Simulator.Iam;

/// <summary>Why a signature is not accepted.</summary>
public enum Refusal
{
    Missing,
    Incomplete,
    UnknownKey,
    WrongToken,
    ExpiredToken,
    WrongSignature,
    WrongRegion,
    WrongTime,
    WrongPayload,
    UnsignedHeaders,
    PresignedExpired,
}

/// <summary>The same refusal in the words of each family of services: the JSON protocols, the query protocol (STS), EC2 and S3 each have their own.</summary>
public static class Refusals
{
    private const string Mismatch = "The request signature we calculated does not match the signature you provided.";
    private const string MismatchAdvice = "Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";
    private const string InvalidToken = "The security token included in the request is invalid.";

    public static AwsException In(string service, Refusal refusal, string detail = "") => service switch
    {
        "s3" => InS3(refusal, detail),
        "ec2" => InEc2(refusal, detail),
        "sts" or "iam" or "cloudformation" or "monitoring" => InQuery(refusal, detail),
        _ => InJson(refusal, detail),
    };

    public static AwsException NotAllowed(Principal principal, string action, string resource, Decision decision)
    {
        var shown = action.StartsWith("s3:", StringComparison.Ordinal) ? $"\"{resource}\"" : resource;
        var why = decision.Verdict == Verdict.Denied
            ? $"with an explicit deny in {(decision.Kind[0] == 'i' ? "an" : "a")} {decision.Kind}"
            : $"because no {decision.Kind} allows the {action} action";
        var text = $"User: {principal.Arn} is not authorized to perform: {action} on resource: {shown} {why}";
        return action.Split(':')[0] switch
        {
            "ec2" => new AwsException(403, "UnauthorizedOperation", $"You are not authorized to perform this operation. {text}"),
            "s3" or "sts" or "cloudwatch" => new AwsException(403, "AccessDenied", text),
            _ => new AwsException(400, "AccessDeniedException", text),
        };
    }

    private static AwsException InJson(Refusal refusal, string detail) => refusal switch
    {
        Refusal.Missing => new AwsException(400, "MissingAuthenticationTokenException", "Missing Authentication Token"),
        Refusal.Incomplete => new AwsException(400, "IncompleteSignatureException", detail),
        Refusal.UnknownKey or Refusal.WrongToken => new AwsException(400, "UnrecognizedClientException", InvalidToken),
        Refusal.ExpiredToken => new AwsException(400, "ExpiredTokenException", "The security token included in the request is expired"),
        Refusal.WrongSignature or Refusal.WrongPayload => new AwsException(400, "InvalidSignatureException", $"{Mismatch} {MismatchAdvice}"),
        _ => new AwsException(400, "InvalidSignatureException", detail),
    };

    private static AwsException InQuery(Refusal refusal, string detail) => refusal switch
    {
        Refusal.Missing => new AwsException(403, "MissingAuthenticationToken", "Request is missing Authentication Token"),
        Refusal.Incomplete => new AwsException(400, "IncompleteSignature", detail),
        Refusal.UnknownKey or Refusal.WrongToken => new AwsException(403, "InvalidClientTokenId", InvalidToken),
        Refusal.ExpiredToken => new AwsException(403, "ExpiredToken", "The security token included in the request is expired"),
        Refusal.WrongSignature or Refusal.WrongPayload => new AwsException(403, "SignatureDoesNotMatch", $"{Mismatch} {MismatchAdvice}"),
        _ => new AwsException(403, "SignatureDoesNotMatch", detail),
    };

    private static AwsException InEc2(Refusal refusal, string detail) => refusal switch
    {
        Refusal.Missing => new AwsException(400, "MissingParameter", "The request must contain the parameter AWSAccessKeyId"),
        Refusal.Incomplete => new AwsException(400, "IncompleteSignature", detail),
        Refusal.ExpiredToken => new AwsException(400, "RequestExpired", "Request has expired."),
        _ => new AwsException(401, "AuthFailure", "AWS was not able to validate the provided access credentials"),
    };

    private static AwsException InS3(Refusal refusal, string detail) => refusal switch
    {
        Refusal.Missing => new AwsException(403, "AccessDenied", "Access Denied"),
        Refusal.Incomplete => new AwsException(400, "AuthorizationHeaderMalformed", $"The authorization header is malformed; {detail}"),
        Refusal.UnknownKey => new AwsException(403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records."),
        Refusal.WrongToken => new AwsException(400, "InvalidToken", "The provided token is malformed or otherwise invalid."),
        Refusal.ExpiredToken => new AwsException(400, "ExpiredToken", "The provided token has expired."),
        Refusal.WrongSignature => new AwsException(403, "SignatureDoesNotMatch", $"{Mismatch} Check your key and signing method."),
        Refusal.WrongPayload => new AwsException(400, "XAmzContentSHA256Mismatch",
            "The provided 'x-amz-content-sha256' header does not match what was computed."),
        Refusal.WrongTime => new AwsException(403, "RequestTimeTooSkewed", "The difference between the request time and the current time is too large."),
        Refusal.UnsignedHeaders => new AwsException(403, "AccessDenied", "There were headers present in the request which were not signed"),
        Refusal.PresignedExpired => new AwsException(403, "AccessDenied", "Request has expired"),
        _ => new AwsException(400, "AuthorizationHeaderMalformed", $"The authorization header is malformed; {detail}"),
    };
}
