using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Iam;

/// <summary>Checks who signed a request, and what that one may do.</summary>
/// <param name="time">
/// The world's clock: it ends temporary credentials. Signatures carry the time of the client's machine, so they are judged by this machine's, as far off as the
/// world has its services' clock.
/// </param>
public sealed class Guard(WorldFile world, Identities identities, TimeProvider time, IamLog? log = null) : IGuard
{
    private const string Streaming = $"STREAMING-{SignatureV4.Algorithm}-PAYLOAD";
    private const string StreamingWithTrailer = $"{Streaming}-TRAILER";
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan SkewInS3 = TimeSpan.FromMinutes(15);
    private readonly IamLog log = log ?? IamLog.None;
    private long requests;

    public Principal Authenticate(Exchange exchange, string service)
    {
        AwsException Refuse(Refusal refusal, string detail = "") => Refusals.In(service, refusal, detail);

        var claim = Read(exchange, service) ?? throw Refuse(Refusal.Missing);
        var key = identities.Key(claim.AccessKeyId) ?? throw Refuse(Refusal.UnknownKey);
        exchange.Principal = key.Principal.Arn;
        if (key.SessionToken != claim.SessionToken)
            throw Refuse(Refusal.WrongToken);
        if (key.Expires <= time.GetUtcNow())
            throw Refuse(Refusal.ExpiredToken);
        CheckScope(claim, service);
        CheckTime(claim, service);
        CheckHeaders(claim, exchange.Http.Request, service);

        var payload = PayloadHash(exchange, claim, service);
        if (!ChunkedPayload.Same(SignatureV4.Sign(claim.PartsOf(exchange.Http, payload), claim.Timestamp, claim.Scope, key.Secret), claim.Signature))
            throw Refuse(Refusal.WrongSignature);
        if (payload is Streaming or StreamingWithTrailer && !ChunkedPayload.IsSigned(exchange.Body, claim, key.Secret, payload == StreamingWithTrailer))
            throw Refuse(Refusal.WrongSignature);
        return key.Principal with { Origin = OriginOf(exchange, service) };
    }

    public Origin OriginOf(Exchange exchange, string service)
    {
        var agent = exchange.Http.Request.Headers.UserAgent;
        return new Origin(
            Interlocked.Increment(ref requests), service, exchange.Operation, agent.Count == 0 ? null : agent.ToString(), exchange.Http.Connection.RemoteIpAddress?.ToString());
    }

    public void Demand(Principal principal, Access access)
    {
        var decision = Decide(principal, access);
        if (!decision.IsAllowed)
            throw Refusals.NotAllowed(principal, access.Action, access.Resource, decision);
    }

    public Decision Decide(Principal principal, Access access)
    {
        var (account, identity) = (identities.Account(principal.Account), identities.Of(principal));
        var ballot = new Ballot(
            account?.ServiceControl ?? [], identity is null ? [] : account!.PoliciesOf(identity), identity?.Boundary, principal.Session?.Policies, access.ResourcePolicy);
        var keys = RequestKeys.Of(world, principal.Origin, time).AddAll(RequestKeys.Of(principal, identity));
        return Decide(principal.Origin, access, new Caller("AWS", principal.Arn, principal.Account, (identity as Role)?.Arn), ballot, keys);
    }

    /// <summary>For one who has no keys but the word of a provider: only the resource has a say.</summary>
    public Decision Decide(Origin origin, Access access, Caller caller) =>
        Decide(origin, access, caller, new Ballot([], [], null, null, access.ResourcePolicy), RequestKeys.Of(world, origin, time));

    private Decision Decide(Origin? origin, Access access, Caller caller, Ballot ballot, ContextKeys keys)
    {
        var request = new PolicyRequest(access.Action, access.Resource, keys.Add("aws:ResourceAccount", access.ResourceAccount ?? caller.Account).AddAll(access.Keys));
        var decision = ballot.Decide(request, caller, access.ResourceAccount is null || access.ResourceAccount == caller.Account, access.IsDoor);
        log.Write(origin, access, caller, request, ballot, decision);
        return decision;
    }

    private static SignatureClaim? Read(Exchange exchange, string service)
    {
        try
        {
            return SignatureClaim.Read(exchange.Http.Request);
        }
        catch (FormatException ex)
        {
            throw Refusals.In(service, Refusal.Incomplete, ex.Message);
        }
    }

    private void CheckScope(SignatureClaim claim, string service)
    {
        // IAM is global, and STS also has its global endpoint: both sign for us-east-1. Where the address was given to it, the aws CLI signs for its own region.
        var isRegion = claim.Scope.Region == world.Region || (service is "sts" or "iam" && claim.Scope.Region == "us-east-1");
        if (!isRegion)
            throw Refusals.In(service, Refusal.WrongRegion, service == "s3"
                ? $"the region '{claim.Scope.Region}' is wrong; expecting '{world.Region}'"
                : $"Credential should be scoped to a valid region, not '{claim.Scope.Region}'. ");
        if (claim.Scope.Service != service)
            throw Refusals.In(service, Refusal.WrongRegion, service == "s3"
                ? $"incorrect service \"{claim.Scope.Service}\". This endpoint belongs to \"s3\"."
                : $"Credential should be scoped to correct service: '{service}'. ");
    }

    private void CheckTime(SignatureClaim claim, string service)
    {
        var now = TimeProvider.System.GetUtcNow() + ServiceClock.Skew(world);
        var skew = service == "s3" ? SkewInS3 : Skew;
        if (claim.Time > now + skew)
            throw Refusals.In(service, Refusal.WrongTime, $"Signature not yet current: {claim.Timestamp} is still later than {Limit(now, '+', skew)}");

        var (age, refusal) = claim.Lifetime is { } lifetime ? (lifetime, Refusal.PresignedExpired) : (skew, Refusal.WrongTime);
        if (claim.Time < now - age)
            throw Refusals.In(service, refusal, $"Signature expired: {claim.Timestamp} is now earlier than {Limit(now, '-', age)}");
    }

    private static string Limit(DateTimeOffset now, char sign, TimeSpan span)
    {
        var limit = sign == '+' ? now + span : now - span;
        return $"{limit.ToString(SignatureV4.TimestampFormat)} ({now.ToString(SignatureV4.TimestampFormat)} {sign} {(int)span.TotalMinutes} min.)";
    }

    private static void CheckHeaders(SignatureClaim claim, HttpRequest request, string service)
    {
        if (!claim.SignedHeaders.Contains("host", StringComparer.OrdinalIgnoreCase))
            throw Refusals.In(service, Refusal.UnsignedHeaders, "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
        var unsigned = request.Headers.Select(header => header.Key.ToLowerInvariant())
            .Where(name => name.StartsWith("x-amz-", StringComparison.Ordinal) && !claim.SignedHeaders.Contains(name, StringComparer.OrdinalIgnoreCase));
        if (service == "s3" && unsigned.Any())
            throw Refusals.In(service, Refusal.UnsignedHeaders);
    }

    /// <summary>What stands for the body in the signed text. Only S3 lets a client leave the body out of it, and says in a header what it did.</summary>
    private static string PayloadHash(Exchange exchange, SignatureClaim claim, string service)
    {
        if (service != "s3")
            return SignatureV4.Hash(exchange.Body);

        var said = exchange.Http.Request.Headers["x-amz-content-sha256"].ToString();
        return said switch
        {
            "" when claim.Lifetime is not null => "UNSIGNED-PAYLOAD",
            "" => throw new AwsException(400, "InvalidRequest", "Missing required header for this request: x-amz-content-sha256"),
            "UNSIGNED-PAYLOAD" or "STREAMING-UNSIGNED-PAYLOAD-TRAILER" or Streaming or StreamingWithTrailer => said,
            _ when said == SignatureV4.Hash(exchange.Body) => said,
            { Length: 64 } when said.All(char.IsAsciiHexDigit) => throw Refusals.In(service, Refusal.WrongPayload),
            _ => throw new AwsException(400, "InvalidArgument",
                $"x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, {Streaming} or a valid sha256 value."),
        };
    }
}
