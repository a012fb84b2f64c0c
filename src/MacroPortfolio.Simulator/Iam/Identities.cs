using System.Collections.Concurrent;
using System.Collections.Immutable;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Iam;

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
    private readonly Chance _chance;
    private readonly IamAccount _first;
    private readonly ConcurrentDictionary<string, AccessKey> _keys = new();
    private readonly ConcurrentDictionary<string, IamAccount> _accounts = new();

    public Identities(WorldFile world)
    {
        Partition = PartitionOf(world.Region);
        _chance = new Chance(world.Seed, "iam");
        foreach (var one in world.EachAccount())
            _accounts[one.Account] = new IamAccount(one.Account, one.Iam);
        _first = _accounts[world.Account];
        foreach (var one in world.EachAccount())
        {
            foreach (var user in one.Iam.Users)
                Add(user, _accounts[one.Account]);
            foreach (var role in one.Iam.Roles)
                Add(role);
        }
    }

    /// <summary>The accounts that the world describes, and those that its roles' ARNs mention.</summary>
    public IReadOnlyCollection<IamAccount> Accounts => [.. _accounts.Values];

    public IReadOnlyList<Role> Roles => [.. _first.Roles.All, .. _accounts.Values.Where(account => account != _first).SelectMany(account => account.Roles.All)];

    /// <summary>The part of an ARN that says in which of AWS's clouds the world is.</summary>
    public string Partition { get; }

    public IamAccount? Account(string id) => _accounts.GetValueOrDefault(id);

    public void Add(AccessKey key) => _keys[key.Id] = key;

    public AccessKey? Key(string id) => _keys.GetValueOrDefault(id);

    public Role? Role(RoleArn arn) => Account(arn.Account)?.Roles.Find(arn.Name) is { } role && role.RoleArn == arn ? role : null;

    /// <summary>The role whose session this is; null for a user.</summary>
    public Role? RoleOf(Principal principal) =>
        principal.Arn.Split('/') is [var prefix, var name, _] && prefix.EndsWith(":assumed-role", StringComparison.Ordinal)
            ? Account(principal.Account)?.Roles.Find(name)
            : null;

    /// <summary>The user or role that the principal is or has taken; null when it is gone.</summary>
    public Identity? Of(Principal principal) => RoleOf(principal) ?? (Identity?)Account(principal.Account)?.Users.All.FirstOrDefault(user => user.Arn == principal.Arn);

    /// <summary>An id as IAM gives them: AIDA for users, AROA for roles.</summary>
    public string NewId(string prefix) => $"{prefix}{_chance.Text(17, Chance.Capitals)}";

    /// <summary>Temporary keys for a session of a role, for as long as was asked for unless the world has it otherwise.</summary>
    public AccessKey Issue(Role role, string sessionName, DateTimeOffset now, TimeSpan asked, Session? session = null)
    {
        var settings = Account(role.RoleArn.Account)?.Settings ?? _first.Settings;
        var expires = now + (settings.SessionSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : asked);
        var principal = new Principal(role.RoleArn.Account, role.RoleArn.Session(sessionName), $"{role.Id}:{sessionName}") { Session = session };
        var (id, secret, token) = ($"ASIA{_chance.Text(16, Chance.Capitals)}", _chance.Text(40, Chance.Letters), _chance.Text(356, Chance.Letters));
        return _keys[id] = new AccessKey(id, secret, token, expires, principal) { ToldEnd = settings.TellsSessionEnd ? expires : now + asked };
    }

    private void Add(UserWorld user, IamAccount account)
    {
        var added = new User(user.Name, $"arn:{Partition}:iam::{account.Id}:user/{user.Name}", NewId("AIDA"))
        {
            Policies = Identity.Numbered(user.Policies.Select(Read)),
            Boundary = user.PermissionsBoundary is { } boundary ? Read(boundary) : null,
            Tags = user.Tags.ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
        account.Users.Add(added);
        Add(new AccessKey(user.AccessKeyId, user.SecretAccessKey, null, null, new Principal(account.Id, added.Arn, added.Id)));
    }

    private void Add(RoleWorld role)
    {
        if (!RoleArn.TryParse(role.Arn, out var arn))
            throw new WorldException([$"'{role.Arn}' is not the ARN of a role."]);
        var account = _accounts.GetOrAdd(arn.Account, id => new IamAccount(id, _first.Settings));
        var added = new Role(arn, NewId("AROA"), TimeSpan.FromSeconds(role.MaxSessionSeconds), Policy.Parse(role.Trust, PolicyKind.Trust))
        {
            Policies = Identity.Numbered(role.Policies.Select(Read)),
            Boundary = role.PermissionsBoundary is { } boundary ? Read(boundary) : null,
            Tags = role.Tags.ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
        account.Roles.Add(added);
        OidcProviders.Imply(account, added);
    }

    private static Policy Read(System.Text.Json.Nodes.JsonNode document) => Policy.Parse(document, PolicyKind.Identity);

    private static string PartitionOf(string region) => region switch
    {
        _ when region.StartsWith("cn-", StringComparison.Ordinal) => "aws-cn",
        _ when region.StartsWith("us-gov-", StringComparison.Ordinal) => "aws-us-gov",
        _ => "aws",
    };
}
