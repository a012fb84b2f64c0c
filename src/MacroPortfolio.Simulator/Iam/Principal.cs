namespace MacroPortfolio.Simulator.Iam;

/// <summary>Who signed a request.</summary>
/// <param name="Arn"><c>arn:aws:iam::A:user/N</c> or <c>arn:aws:sts::A:assumed-role/R/SESSION</c>.</param>
public sealed record Principal(string Account, string Arn, string UserId);

/// <summary>What a service asks of IAM for each request.</summary>
public interface IGuard
{
    /// <summary>Verifies the signature (SigV4) for this service and returns who signed, noting it on the exchange.</summary>
    /// <exception cref="Front.AwsException">With AWS's codes: MissingAuthenticationTokenException, UnrecognizedClientException, InvalidSignatureException, ExpiredTokenException, ... (S3 and STS: their own names for the same).</exception>
    Principal Authenticate(Front.Exchange exchange, string service);

    /// <summary>Returns when the principal's policies allow the action on the resource; else throws AccessDeniedException with AWS's text.</summary>
    void Demand(Principal principal, string action, string resource);
}
