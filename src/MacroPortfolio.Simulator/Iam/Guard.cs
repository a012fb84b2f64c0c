using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Iam;

/// <summary>Checks who signed a request, and what that one may do.</summary>
/// <param name="time">
/// The world's clock: it ends temporary credentials. Signatures carry the time of the client's machine, so they are judged by this machine's, as far off as the
/// world has its services' clock.
/// </param>
public sealed class Guard(WorldFile world, Identities identities, TimeProvider time) : IGuard
{
    private const string Streaming = $"STREAMING-{SignatureV4.Algorithm}-PAYLOAD";
    private const string StreamingWithTrailer = $"{Streaming}-TRAILER";
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan SkewInS3 = TimeSpan.FromMinutes(15);

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
        return key.Principal;
    }

    public void Demand(Principal principal, string action, string resource)
    {
        var (verdict, kind) = Ask(principal, action, resource);
        if (verdict != Verdict.Allowed)
            throw Refusals.NotAllowed(principal, action, resource, verdict, kind);
    }

    /// <summary>What the principal's own policies say, within the limits that others set.</summary>
    public Verdict Judge(Principal principal, string action, string resource) => Ask(principal, action, resource).Verdict;

    /// <summary>A deny anywhere wins; otherwise every kind of policy must allow.</summary>
    private (Verdict Verdict, string Kind) Ask(Principal principal, string action, string resource)
    {
        var request = new PolicyRequest(action, resource, [], KeysOf(principal));
        var answers = LayersOf(principal).Select(layer => (Verdict: Policy.Judge(layer.Policies, request), layer.Kind)).ToList();
        return answers.Where(answer => answer.Verdict == Verdict.Denied)
            .Concat(answers.Where(answer => answer.Verdict == Verdict.NotMentioned))
            .Append((Verdict.Allowed, ""))
            .First();
    }

    /// <summary>What a request of the principal's must pass, in the order in which AWS looks. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html</summary>
    private IReadOnlyList<Layer> LayersOf(Principal principal)
    {
        var account = identities.Account(principal.Account);
        var identity = identities.Of(principal);
        return
        [
            .. account is { ServiceControl.Count: > 0 } ? (Layer[])[new("service control policy", account.ServiceControl)] : [],
            .. identity?.Boundary is { } boundary ? (Layer[])[new("permissions boundary", [boundary])] : [],
            new("identity-based policy", identity is null ? [] : account!.PoliciesOf(identity)),
        ];
    }

    private Dictionary<string, IReadOnlyList<string>> KeysOf(Principal principal) => new()
    {
        ["aws:principalarn"] = [identities.RoleOf(principal)?.Arn ?? principal.Arn],
        ["aws:principalaccount"] = [principal.Account],
        ["aws:userid"] = [principal.UserId],
        ["aws:requestedregion"] = [world.Region],
        ["aws:currenttime"] = [time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'")],
        ["aws:epochtime"] = [time.GetUtcNow().ToUnixTimeSeconds().ToString()],
        // The loopback connection stands for the encrypted one to the real cloud.
        ["aws:securetransport"] = ["true"],
    };

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

/// <summary>Policies of one kind that a request must pass.</summary>
/// <param name="Kind">As AWS calls it when they refuse.</param>
internal sealed record Layer(string Kind, IReadOnlyList<Policy> Policies);
