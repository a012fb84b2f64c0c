using System.Collections.Immutable;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Iam;

/// <summary>Who a user or role is to IAM, and what hangs on it. It is changed by putting another in its place.</summary>
public abstract record Identity(string Name, string Arn, string Id)
{
    /// <summary>Inline policies, by name.</summary>
    public ImmutableSortedDictionary<string, Policy> Policies { get; init; } = ImmutableSortedDictionary.Create<string, Policy>(StringComparer.Ordinal);

    /// <summary>ARNs of managed policies.</summary>
    public ImmutableList<string> Attached { get; init; } = [];

    /// <summary>What the policies cannot go beyond; null: no limit.</summary>
    public Policy? Boundary { get; init; }

    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    internal static ImmutableSortedDictionary<string, Policy> Numbered(IEnumerable<Policy> policies) =>
        policies.Select((policy, index) => KeyValuePair.Create($"policy-{index + 1:D2}", policy)).ToImmutableSortedDictionary(StringComparer.Ordinal);
}

public sealed record User(string Name, string Arn, string Id) : Identity(Name, Arn, Id);

public sealed record Role(RoleArn RoleArn, string Id, TimeSpan MaxSession, Policy Trust) : Identity(RoleArn.Name, RoleArn.Text, Id)
{
    public string? Description { get; init; }

    /// <summary>Roles of the world's file have been there for ever.</summary>
    public DateTimeOffset Created { get; init; } = DateTimeOffset.UnixEpoch;
}

public sealed record ManagedPolicy(string Arn, Policy Policy)
{
    /// <summary>How often its document was replaced, counted from 1.</summary>
    public int Version { get; init; } = 1;
}

/// <summary>What instances get a role by.</summary>
public sealed record InstanceProfile(string Name, string Arn, string Id, DateTimeOffset Created)
{
    /// <summary>The names of roles, of which IAM takes one.</summary>
    public ImmutableList<string> Roles { get; init; } = [];
}

/// <summary>An issuer of tokens whose subjects roles of the account may trust.</summary>
/// <param name="Url">Without the scheme, as ARNs and condition keys have it.</param>
public sealed record OidcProvider(string Arn, string Url, ImmutableList<string> ClientIds);

/// <summary>IAM of one account. What is in it can change while the simulator runs.</summary>
/// <param name="Settings">How the world has its sessions.</param>
public sealed record IamAccount(string Id, IamWorld Settings)
{
    public Register<User> Users { get; } = new(user => user.Name);

    /// <summary>By name: a path makes no difference to that.</summary>
    public Register<Role> Roles { get; } = new(role => role.Name);

    /// <summary>By ARN. Policies of AWS's own are there once they were put there.</summary>
    public Register<ManagedPolicy> ManagedPolicies { get; } = new(policy => policy.Arn);

    public Register<InstanceProfile> InstanceProfiles { get; } = new(profile => profile.Name);

    /// <summary>By ARN.</summary>
    public Register<OidcProvider> Providers { get; } = new(provider => provider.Arn);

    public IReadOnlyList<Policy> ServiceControl { get; } = [.. Settings.ServiceControlPolicies.Select(document => Policy.Parse(document, PolicyKind.Identity))];

    /// <summary>What the identity's own policies are now, inline and attached.</summary>
    public IReadOnlyList<Policy> PoliciesOf(Identity identity) =>
        [.. identity.Policies.Values, .. identity.Attached.Select(ManagedPolicies.Find).OfType<ManagedPolicy>().Select(managed => managed.Policy)];
}
