using System.Collections.Immutable;

namespace MacroPortfolio.Simulator.Iam;

/// <summary>Who signed a request.</summary>
/// <param name="Arn"><c>arn:aws:iam::A:user/N</c> or <c>arn:aws:sts::A:assumed-role/R/SESSION</c>.</param>
public sealed record Principal(string Account, string Arn, string UserId)
{
    /// <summary>What came with the role that was taken; null for a user.</summary>
    public Session? Session { get; init; }

    /// <summary>Of the request that was signed.</summary>
    public Origin? Origin { get; init; }
}

/// <summary>What a session of a role carries beside the role itself.</summary>
public sealed record Session
{
    /// <summary>The keys differ by more than their case.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The keys of the tags that every session taken from this one carries too.</summary>
    public ImmutableSortedSet<string> TransitiveKeys { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Who is behind it. Once it is set it stays in every session taken from this one.</summary>
    public string? SourceIdentity { get; init; }

    /// <summary>The issuer of the token that it was taken with; null where keys were signed with.</summary>
    public string? FederatedProvider { get; init; }

    /// <summary>What it may do is what these allow too; null: no such limit.</summary>
    public IReadOnlyList<Policy>? Policies { get; init; }

    public DateTimeOffset? Issued { get; init; }
}

/// <summary>What a service asks of IAM for each request.</summary>
public interface IGuard
{
    /// <summary>Verifies the signature (SigV4) for this service and returns who signed, noting it on the exchange.</summary>
    /// <exception cref="Front.AwsException">With AWS's codes: MissingAuthenticationTokenException, UnrecognizedClientException, InvalidSignatureException, ExpiredTokenException, ... (S3 and STS: their own names for the same).</exception>
    Principal Authenticate(Front.Exchange exchange, string service);

    /// <summary>Returns when the policies that have a say allow it; else throws AccessDeniedException with AWS's text.</summary>
    void Demand(Principal principal, Access access);
}

public static class GuardDemands
{
    /// <summary>Demands the action on a resource of the principal's own account on which no policy hangs.</summary>
    public static void Demand(this IGuard guard, Principal principal, string action, string resource) => guard.Demand(principal, new Access(action, resource));
}
