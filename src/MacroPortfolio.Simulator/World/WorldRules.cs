using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MacroPortfolio.Simulator.CodeDeploy.Engine;
using MacroPortfolio.Simulator.Faults;
using MacroPortfolio.Simulator.Iam;
using MacroPortfolio.Simulator.Jobs;

namespace MacroPortfolio.Simulator.World;

/// <summary>A rule that the world breaks, with the path of the value that breaks it.</summary>
public sealed record BrokenRule(string Path, string Problem)
{
    internal string Say(IReadOnlyDictionary<string, long> lines) => $"{Place.Say(Path, lines)} {Problem}";
}

/// <summary>What must hold in a world beyond the kinds of its values.</summary>
public static partial class WorldRules
{
    private const double Day = 86_400;

    private static readonly string[] PredefinedConfigs = ["CodeDeployDefault.AllAtOnce", "CodeDeployDefault.HalfAtATime", "CodeDeployDefault.OneAtATime"];

    private static readonly string[] RollbackEvents = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"];

    public static IReadOnlyList<BrokenRule> Check(WorldFile world) =>
    [
        .. When(!AccountId().IsMatch(world.Account), "account", $"is '{world.Account}', which is not twelve digits."),
        .. When(!RegionName().IsMatch(world.Region), "region", $"is '{world.Region}', which is not the name of a region (ap-east-1)."),
        .. When(!(Math.Abs(world.ClockSkewSeconds) <= Day), "clock-skew-seconds", $"is {world.ClockSkewSeconds}; a day either way is possible."),
        .. CheckRepositories(world.GitHub.Repositories),
        .. CheckJob(world.GitHub),
        .. CheckAccounts(world),
        .. CheckFaults(world),
    ];

    public static IReadOnlyList<BrokenRule> CheckFaults(WorldFile world) =>
        [.. Each(world.Faults, "faults", (fault, path) => FaultRules.Check(fault, world, path))];

    private static IEnumerable<BrokenRule> CheckRepositories(IReadOnlyList<RepositoryWorld> repositories) =>
    [
        .. Repeated(repositories, repository => repository.Name, "github.repositories", "name"),
        .. Each(repositories, "github.repositories", (repository, path) =>
        [
            .. When(!RepositoryName().IsMatch(repository.Name), $"{path}.name", $"is '{repository.Name}', which is not owner/name."),
            .. When(repository.Git is { } git && !Directory.Exists(git), $"{path}.git", $"is no folder: {repository.Git}"),
            .. Repeated(repository.Pulls, pull => pull.Number.ToString(), $"{path}.pulls", "number"),
            .. Each(repository.Pulls, $"{path}.pulls", (pull, at) => OneOf(pull.State, ["open", "closed", "merged"], $"{at}.state")),
        ]),
    ];

    private static IEnumerable<BrokenRule> CheckJob(GitHubWorld github)
    {
        const string path = "github.job";
        var job = github.Job;
        var names = github.Repositories.Select(repository => repository.Name).ToList();
        return
        [
            .. When(job.Repository is { } name && !names.Contains(name), $"{path}.repository",
                $"is '{job.Repository}', which is none of this world's repositories ({string.Join(", ", names)})."),
            .. When(!job.Ref.StartsWith("refs/", StringComparison.Ordinal), $"{path}.ref", $"is '{job.Ref}', which is not a full name (refs/heads/main)."),
            .. OneOf(job.IdToken, ["write", "none"], $"{path}.id-token"),
            .. When(!TokenPermissions.TryParse(job.TokenPermissions, out _, out var problem), $"{path}.token-permissions", problem),
        ];
    }

    private static IEnumerable<BrokenRule> CheckIam(IamWorld iam) =>
    [
        .. Repeated(iam.Users, user => user.Name, "iam.users", "name"),
        .. Each(iam.Users, "iam.users", (user, path) =>
        [
            .. user.PermissionsBoundary is { } boundary ? CheckPolicy(boundary, PolicyKind.Identity, $"{path}.permissions-boundary") : [],
            .. CheckIdentityPolicies(user.Policies, path),
        ]),
        .. Repeated(iam.Roles, role => role.Arn, "iam.roles", "arn"),
        .. Each(iam.Roles, "iam.roles", (role, path) => When(
            iam.Roles.TakeWhile(other => other != role).Any(other => other.Arn != role.Arn && IsNamesake(other, role)), $"{path}.arn",
            $"is '{role.Arn}', and its account has a role of that name already: a path makes no other name.")),
        .. Each(iam.Roles, "iam.roles", (role, path) =>
        [
            .. When(!RoleArn.TryParse(role.Arn, out _), $"{path}.arn",
                $"is '{role.Arn}', which is not the ARN of a role (arn:aws:iam::123456789012:role/name)."),
            .. When(role.MaxSessionSeconds is < 900 or > 43_200, $"{path}.max-session-seconds", $"is {role.MaxSessionSeconds}; 900 to 43200 is possible."),
            .. CheckPolicy(role.Trust, PolicyKind.Trust, $"{path}.trust"),
            .. role.PermissionsBoundary is { } boundary ? CheckPolicy(boundary, PolicyKind.Identity, $"{path}.permissions-boundary") : [],
            .. CheckIdentityPolicies(role.Policies, path),
        ]),
        .. When(iam.SessionSeconds is { } seconds && !(seconds > 0 && seconds <= 43_200), "iam.session-seconds", $"is {iam.SessionSeconds}; above 0 and at most 43200 is possible."),
        .. When(iam is { TellsSessionEnd: false, SessionSeconds: null }, "iam.tells-session-end", "is false, which needs session-seconds: there is nothing to hide without it."),
        .. Each(iam.ServiceControlPolicies, "iam.service-control-policies", (policy, at) => CheckPolicy(policy, PolicyKind.Identity, at)),
    ];

    private static bool IsNamesake(RoleWorld left, RoleWorld right) =>
        RoleArn.TryParse(left.Arn, out var one) && RoleArn.TryParse(right.Arn, out var other) && (one.Account, one.Name) == (other.Account, other.Name);

    private static IEnumerable<BrokenRule> CheckIdentityPolicies(IReadOnlyList<JsonNode> policies, string path) =>
        Each(policies, $"{path}.policies", (policy, at) => CheckPolicy(policy, PolicyKind.Identity, at));

    private static IEnumerable<BrokenRule> CheckPolicy(JsonNode document, PolicyKind kind, string path)
    {
        try
        {
            _ = Policy.Parse(document, kind);
            return [];
        }
        catch (MalformedPolicyException ex)
        {
            return [new BrokenRule(path, $"is no policy document that IAM would take: {ex.Message}")];
        }
    }

    private static IEnumerable<BrokenRule> CheckCodeDeploy(WorldFile world)
    {
        var codedeploy = world.CodeDeploy;
        string[] scaled = [.. world.Instances.Select(instance => instance.AutoScalingGroup).OfType<string>().Distinct()];
        string[] configs = [.. PredefinedConfigs, .. codedeploy.DeploymentConfigs.Select(config => config.Name)];
        return
        [
            .. Seconds(codedeploy.AgentPatienceSeconds, "codedeploy.agent-patience-seconds"),
            .. Seconds(codedeploy.MinuteSeconds, "codedeploy.minute-seconds"),
            .. Seconds(codedeploy.EventPatienceSeconds, "codedeploy.event-patience-seconds"),
            .. Each(codedeploy.Alarms, "codedeploy.alarms", (alarm, path) =>
            [
                .. OneOf(alarm.State, ["OK", "ALARM", "INSUFFICIENT_DATA"], $"{path}.state"),
                .. Moment(alarm.AfterSeconds, alarm.AtDeployment, $"{path}.after-seconds", $"{path}.at-deployment"),
            ]),
            .. Repeated(codedeploy.Applications, application => application.Name, "codedeploy.applications", "name"),
            .. Each(codedeploy.Applications, "codedeploy.applications", (application, path) =>
            [
                .. OneOf(application.ComputePlatform, ["Server", "Lambda", "ECS"], $"{path}.compute-platform"),
                .. Repeated(application.DeploymentGroups, group => group.Name, $"{path}.deployment-groups", "name"),
                .. Each(application.DeploymentGroups, $"{path}.deployment-groups", (group, at) => CheckGroup(group, configs, scaled, at)),
            ]),
            .. Repeated(codedeploy.DeploymentConfigs, config => config.Name, "codedeploy.deployment-configs", "name"),
            .. Each(codedeploy.DeploymentConfigs, "codedeploy.deployment-configs", (config, path) =>
            [
                .. When(config.Name.StartsWith("CodeDeployDefault.", StringComparison.Ordinal), $"{path}.name",
                    $"is '{config.Name}'; names of one's own cannot start with CodeDeployDefault."),
                .. CheckHosts(config.MinimumHealthyHosts, $"{path}.minimum-healthy-hosts"),
                .. config.ZonalConfig is { } zonal ? CheckZones(zonal, $"{path}.zonal-config") : [],
            ]),
        ];
    }

    private static IEnumerable<BrokenRule> CheckHosts(MinimumHealthyHostsWorld hosts, string path) =>
    [
        .. OneOf(hosts.Type, ["HOST_COUNT", "FLEET_PERCENT"], $"{path}.type"),
        .. When(hosts is { Value: < 0 } or { Type: "FLEET_PERCENT", Value: > 99 }, $"{path}.value",
            $"is {hosts.Value}; a count is 0 or more, a percentage 0 to 99."),
    ];

    private static IEnumerable<BrokenRule> CheckZones(ZonalConfigWorld zonal, string path) =>
    [
        .. Seconds(zonal.FirstZoneMonitorDurationInSeconds, $"{path}.first-zone-monitor-duration-in-seconds"),
        .. Seconds(zonal.MonitorDurationInSeconds, $"{path}.monitor-duration-in-seconds"),
        .. zonal.MinimumHealthyHostsPerZone is { } hosts ? CheckHosts(hosts, $"{path}.minimum-healthy-hosts-per-zone") : [],
    ];

    private static IEnumerable<BrokenRule> CheckBlueGreen(DeploymentGroupWorld group, BlueGreenWorld blueGreen, string path) =>
    [
        .. OneOf(blueGreen.Provisioning, ["DISCOVER_EXISTING", "COPY_AUTO_SCALING_GROUP"], $"{path}.provisioning"),
        .. OneOf(blueGreen.OnReady, ["CONTINUE_DEPLOYMENT", "STOP_DEPLOYMENT"], $"{path}.on-ready"),
        .. OneOf(blueGreen.Originals, ["KEEP_ALIVE", "TERMINATE"], $"{path}.originals"),
        .. Minutes(blueGreen.ReadyWaitMinutes, $"{path}.ready-wait-minutes"),
        .. Minutes(blueGreen.TerminationWaitMinutes, $"{path}.termination-wait-minutes"),
        .. When(group.LoadBalancers.Count + group.TargetGroups.Count == 0, path, "needs load-balancers or target-groups in its group."),
        .. When(blueGreen.Provisioning == "COPY_AUTO_SCALING_GROUP" && group.AutoScalingGroups.Count == 0, $"{path}.provisioning",
            "is 'COPY_AUTO_SCALING_GROUP', which needs auto-scaling-groups in its group."),
    ];

    private static IEnumerable<BrokenRule> Minutes(int minutes, string path) => When(minutes is < 0 or > 2880, path, $"is {minutes}; 0 to 2880 is possible.");

    private static IEnumerable<BrokenRule> CheckGroup(DeploymentGroupWorld group, string[] configs, string[] scaled, string path) =>
    [
        .. When(!configs.Contains(group.DeploymentConfig) && !IsOfOtherPlatform(group.DeploymentConfig), $"{path}.deployment-config",
            $"is '{group.DeploymentConfig}', which is none of {string.Join(", ", configs)}."),
        .. Seconds(group.DrainSeconds, $"{path}.drain-seconds"),
        .. Seconds(group.RegisterSeconds, $"{path}.register-seconds"),
        .. OneOf(group.OutdatedInstancesStrategy, ["UPDATE", "IGNORE"], $"{path}.outdated-instances-strategy"),
        .. group.BlueGreen is { } blueGreen ? CheckBlueGreen(group, blueGreen, $"{path}.blue-green") : [],
        .. Each(group.AutoScalingGroups, $"{path}.auto-scaling-groups", (name, at) =>
            When(!scaled.Contains(name), at, $"is '{name}', which no instance names as its auto-scaling-group ({string.Join(", ", scaled)}).")),
        .. Each(group.AutoRollback, $"{path}.auto-rollback", (name, at) => OneOf(name, RollbackEvents, at)),
        .. Each(group.Ec2TagFilters, $"{path}.ec2-tag-filters", (filter, at) => OneOf(filter.Type, ["KEY_AND_VALUE", "KEY_ONLY", "VALUE_ONLY"], $"{at}.Type")),
    ];

    /// <summary>Lambda and ECS have many predefined configs; an application of theirs can exist here, to be refused by name.</summary>
    private static bool IsOfOtherPlatform(string config) =>
        config.StartsWith("CodeDeployDefault.Lambda", StringComparison.Ordinal) || config.StartsWith("CodeDeployDefault.ECS", StringComparison.Ordinal);

    private static IEnumerable<BrokenRule> CheckInstances(IReadOnlyList<InstanceWorld> instances) =>
    [
        .. Each(instances, "instances", (instance, path) =>
        [
            .. When(!InstanceId().IsMatch(instance.Id), $"{path}.id",
                $"is '{instance.Id}'; an id has letters, digits, '-', '_' and '.' (it names a folder too)."),
            .. Seconds(instance.EventSeconds, $"{path}.event-seconds"),
            .. Moment(instance.JoinsAfterSeconds, instance.JoinsAtDeployment, $"{path}.joins-after-seconds", $"{path}.joins-at-deployment"),
            .. Moment(instance.LeavesAfterSeconds, instance.LeavesAtDeployment, $"{path}.leaves-after-seconds", $"{path}.leaves-at-deployment"),
            .. OneOf(instance.Agent, ["running", "silent"], $"{path}.agent"),
            .. When(instance.AgentSilentFrom is { } name && !Lifecycle.OfTheAgent.Contains(name), $"{path}.agent-silent-from",
                $"is '{instance.AgentSilentFrom}', which is none of {string.Join(", ", Lifecycle.OfTheAgent)}."),
        ]),
    ];

    private static IEnumerable<BrokenRule> When(bool broken, string path, string problem) => broken ? [new BrokenRule(path, problem)] : [];

    private static IEnumerable<BrokenRule> OneOf(string? value, string[] valid, string path) =>
        When(!valid.Contains(value), path, $"is '{value}', which is none of {string.Join(", ", valid)}.");

    private static IEnumerable<BrokenRule> Moment(double? seconds, int? deployment, string secondsPath, string deploymentPath) =>
    [
        .. Seconds(seconds, secondsPath),
        .. When(deployment < 1, deploymentPath, $"is {deployment}; deployments are counted from 1."),
    ];

    private static IEnumerable<BrokenRule> Seconds(double? seconds, string path) =>
        When(seconds is { } given && (!double.IsFinite(given) || given < 0), path, $"is {seconds}; 0 or more is possible.");

    private static IEnumerable<BrokenRule> Each<T>(IReadOnlyList<T> items, string path, Func<T, string, IEnumerable<BrokenRule>> check) =>
        items.SelectMany((item, index) => check(item, $"{path}[{index}]"));

    private static IEnumerable<BrokenRule> Repeated<T>(IReadOnlyList<T> items, Func<T, string> key, string path, string name) =>
        items.Select((item, index) => (Key: key(item), Index: index)).GroupBy(item => item.Key).SelectMany(same => same.Skip(1))
            .Select(again => new BrokenRule($"{path}[{again.Index}].{name}", $"is '{again.Key}', which is there already."));

    [GeneratedRegex(@"^\d{12}\z")]
    private static partial Regex AccountId();

    [GeneratedRegex(@"^[a-z]{2}(-[a-z]+)+-\d+\z")]
    private static partial Regex RegionName();

    [GeneratedRegex(@"^[A-Za-z0-9-]+/[A-Za-z0-9._-]+\z")]
    private static partial Regex RepositoryName();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*\z")]
    private static partial Regex InstanceId();
}
