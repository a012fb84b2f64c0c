using MacroPortfolio.Simulator.Iam;

namespace MacroPortfolio.Simulator.World;

/// <summary>What must hold in each account of a world, and between them.</summary>
public static partial class WorldRules
{
    private static IEnumerable<BrokenRule> CheckAccounts(WorldFile world)
    {
        IReadOnlyList<(string Path, WorldFile World)> all =
            [.. world.EachAccount().Select((account, index) => (index == 0 ? "" : $"accounts[{index - 1}].", account))];
        var described = all.Select(one => one.World.Account).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Each(world.Accounts, "accounts", (account, path) =>
                When(!AccountId().IsMatch(account.Account), $"{path}.account", $"is '{account.Account}', which is not twelve digits.")),
            .. Repeated(all, one => one.World.Account, one => $"{one.Path}account"),
            .. all.SelectMany(one => CheckAccount(one.World).Select(broken => broken with { Path = $"{one.Path}{broken.Path}" })),
            .. Repeated(Listed(all, one => one.Iam.Users, "iam.users"), one => one.Item.AccessKeyId, one => $"{one.Path}.access-key-id"),
            .. Repeated(Listed(all, one => one.S3.Buckets, "s3.buckets"), one => one.Item.Name, one => $"{one.Path}.name"),
            .. Repeated(Listed(all, one => one.Instances, "instances"), one => one.Item.Id, one => $"{one.Path}.id"),
            .. all.SelectMany((one, index) => CheckOwner(one.World, one.Path, index == 0 ? described : null)),
        ];
    }

    private static IEnumerable<BrokenRule> CheckAccount(WorldFile account) =>
    [
        .. CheckIam(account.Iam),
        .. CheckCodeDeploy(account),
        .. Each(account.S3.Buckets, "s3.buckets", (bucket, path) => bucket.Policy is { } policy ? CheckPolicy(policy, PolicyKind.Resource, $"{path}.policy") : []),
        .. CheckInstances(account.Instances),
    ];

    /// <summary>A role stands in its own account's list. The first list may also have roles of accounts that the world does not describe.</summary>
    private static IEnumerable<BrokenRule> CheckOwner(WorldFile account, string prefix, HashSet<string>? described) =>
        Each(account.Iam.Roles, $"{prefix}iam.roles", (role, path) => When(
            RoleArn.TryParse(role.Arn, out var arn) && arn.Account != account.Account && described?.Contains(arn.Account) != false,
            $"{path}.arn", $"is '{role.Arn}', a role of another account than {account.Account}, in whose list it stands."));

    private static IEnumerable<(T Item, string Path)> Listed<T>(IEnumerable<(string Path, WorldFile World)> accounts, Func<WorldFile, IReadOnlyList<T>> list, string name) =>
        accounts.SelectMany(account => list(account.World).Select((item, index) => (item, $"{account.Path}{name}[{index}]")));

    private static IEnumerable<BrokenRule> Repeated<T>(IEnumerable<T> items, Func<T, string> key, Func<T, string> path) =>
        items.GroupBy(key).SelectMany(same => same.Skip(1)).Select(again => new BrokenRule(path(again), $"is '{key(again)}', which is there already."));
}
