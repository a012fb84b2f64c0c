using System.Collections.Concurrent;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Iam;

/// <summary>A role of the world with its documents read.</summary>
public sealed record Role(RoleArn Arn, string Id, TimeSpan MaxSession, Policy Trust, IReadOnlyList<Policy> Policies, Policy? Boundary);

/// <summary>Policies of one kind that a request must pass.</summary>
/// <param name="Kind">As AWS calls it when they refuse.</param>
public sealed record Layer(string Kind, IReadOnlyList<Policy> Policies);

/// <summary>Keys that sign requests. Temporary ones have a session token and an end.</summary>
public sealed record AccessKey(string Id, string Secret, string? SessionToken, DateTimeOffset? Expires, Principal Principal)
{
    /// <summary>What its owner is told of its end.</summary>
    public DateTimeOffset? ToldEnd { get; init; } = Expires;

    public override string ToString() => Id;
}

/// <summary>Who exists in the world's accounts: users and roles, their policies and their keys.</summary>
public sealed class Identities
{
    private readonly IamWorld _iam;
    private readonly Chance _chance;
    private readonly ConcurrentDictionary<string, AccessKey> _keys = new();
    private readonly Dictionary<string, IReadOnlyList<Policy>> _userPolicies = [];
    private readonly List<Role> _roles = [];
    private readonly IReadOnlyList<Policy> _serviceControl;

    public Identities(WorldFile world)
    {
        _iam = world.Iam;
        _chance = new Chance(world.Seed, "iam");
        _serviceControl = [.. world.Iam.ServiceControlPolicies.Select(document => Policy.Parse(document, PolicyKind.Identity))];
        foreach (var user in world.Iam.Users)
        {
            var arn = $"arn:{Partition(world.Region)}:iam::{world.Account}:user/{user.Name}";
            var principal = new Principal(world.Account, arn, $"AIDA{_chance.Text(17, Chance.Capitals)}");
            _keys[user.AccessKeyId] = new AccessKey(user.AccessKeyId, user.SecretAccessKey, null, null, principal);
            _userPolicies[principal.Arn] = [.. user.Policies.Select(document => Policy.Parse(document, PolicyKind.Identity))];
        }

        foreach (var role in world.Iam.Roles)
        {
            if (!RoleArn.TryParse(role.Arn, out var arn))
                throw new WorldException([$"'{role.Arn}' is not the ARN of a role."]);
            _roles.Add(new Role(arn, $"AROA{_chance.Text(17, Chance.Capitals)}", TimeSpan.FromSeconds(role.MaxSessionSeconds),
                Policy.Parse(role.Trust, PolicyKind.Trust), [.. role.Policies.Select(document => Policy.Parse(document, PolicyKind.Identity))],
                role.PermissionsBoundary is { } boundary ? Policy.Parse(boundary, PolicyKind.Identity) : null));
        }
    }

    public IReadOnlyList<Role> Roles => _roles;

    public AccessKey? Key(string id) => _keys.GetValueOrDefault(id);

    public Role? Role(RoleArn arn) => _roles.Find(role => role.Arn == arn);

    /// <summary>The role whose session this is; null for a user.</summary>
    public Role? RoleOf(Principal principal) =>
        principal.Arn.Split('/') is [var prefix, var name, _] && prefix.EndsWith(":assumed-role", StringComparison.Ordinal)
            ? _roles.Find(role => role.Arn.Account == principal.Account && role.Arn.Name == name)
            : null;

    /// <summary>What a request of the principal's must pass, in the order in which AWS looks. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html</summary>
    public IReadOnlyList<Layer> LayersOf(Principal principal)
    {
        var role = RoleOf(principal);
        return
        [
            .. _serviceControl.Count > 0 ? (Layer[])[new("service control policy", _serviceControl)] : [],
            .. role?.Boundary is { } boundary ? (Layer[])[new("permissions boundary", [boundary])] : [],
            new("identity-based policy", role?.Policies ?? _userPolicies.GetValueOrDefault(principal.Arn) ?? []),
        ];
    }

    /// <summary>Temporary keys for a session of a role, for as long as was asked for unless the world has it otherwise.</summary>
    public AccessKey Issue(Role role, string sessionName, DateTimeOffset now, TimeSpan asked)
    {
        var expires = now + (_iam.SessionSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : asked);
        var principal = new Principal(role.Arn.Account, role.Arn.Session(sessionName), $"{role.Id}:{sessionName}");
        var (id, secret, token) = ($"ASIA{_chance.Text(16, Chance.Capitals)}", _chance.Text(40, Chance.Letters), _chance.Text(356, Chance.Letters));
        return _keys[id] = new AccessKey(id, secret, token, expires, principal) { ToldEnd = _iam.TellsSessionEnd ? expires : now + asked };
    }

    private static string Partition(string region) => region switch
    {
        _ when region.StartsWith("cn-", StringComparison.Ordinal) => "aws-cn",
        _ when region.StartsWith("us-gov-", StringComparison.Ordinal) => "aws-us-gov",
        _ => "aws",
    };
}
