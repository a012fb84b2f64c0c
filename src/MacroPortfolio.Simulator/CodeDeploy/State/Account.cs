using System.Diagnostics.CodeAnalysis;
using MacroPortfolio.Simulator.CodeDeploy.Protocol;
using MacroPortfolio.Simulator.CodeDeploy.Shapes;
using MacroPortfolio.Simulator.CodeDeploy.Validation;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.CodeDeploy.State;

/// <summary>All that CodeDeploy holds for the account. Whoever reads or changes it holds <see cref="Gate"/>.</summary>
public sealed class Account
{
    private readonly List<Deployment> deployments = [];
    private readonly Dictionary<string, Deployment> deploymentsById = new(StringComparer.Ordinal);

    public Account(WorldFile world, TimeProvider time)
    {
        Arns = new(world.Region, world.Account);
        Ids = new(world.Seed);
        var now = time.GetUtcNow();
        Alarms = new(world.CodeDeploy.Alarms.Select(alarm => alarm.Name), now);
        foreach (var (name, hosts) in DeploymentConfig.Predefined)
            Add(new DeploymentConfig(Ids.Resource(), name, hosts, now));
        foreach (var config in world.CodeDeploy.DeploymentConfigs)
            Add(new DeploymentConfig(Ids.Resource(), config.Name, Read(config.MinimumHealthyHosts), now, Read(config.ZonalConfig)));
        foreach (var application in world.CodeDeploy.Applications)
            Add(application, world.GitHub.Repositories is [var first, ..] ? first.Name.Split('/')[0] : "github", now);
    }

    public Lock Gate { get; } = new();
    public Arns Arns { get; }
    public Ids Ids { get; }
    public SortedDictionary<string, Application> Applications { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, DeploymentConfig> Configs { get; } = new(StringComparer.Ordinal);

    public Alarms Alarms { get; }

    /// <summary>By the ARN of what they are on.</summary>
    public Dictionary<string, SortedDictionary<string, string>> Tags { get; } = new(StringComparer.Ordinal);

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Deployment> Deployments => deployments;

    public Application Application(string name) =>
        Applications.TryGetValue(name, out var application)
            ? application
            : throw Fault.Of("ApplicationDoesNotExist", $"No application found for name: {name}");

    public DeploymentGroup Group(string application, string name) =>
        Application(application).Groups.TryGetValue(name, out var group)
            ? group
            : throw Fault.Of("DeploymentGroupDoesNotExist", $"No Deployment Group found for name: {name}");

    public DeploymentConfig Config(string name) =>
        Configs.TryGetValue(name, out var config)
            ? config
            : throw Fault.Of("DeploymentConfigDoesNotExist", $"No Deployment Configuration found for name: {name}");

    public bool TryDeployment(string id, [NotNullWhen(true)] out Deployment? deployment) => deploymentsById.TryGetValue(id, out deployment);

    /// <summary>False once it, or its application, was deleted.</summary>
    public bool Has(DeploymentGroup group) =>
        Applications.GetValueOrDefault(group.Application.Name) == group.Application && group.Application.Groups.GetValueOrDefault(group.Name) == group;

    public string ArnOf(DeploymentGroup group) => Arns.DeploymentGroup(group.Application.Name, group.Name);

    public IEnumerable<Deployment> Of(DeploymentGroup group) => deployments.Where(deployment => deployment.Group == group);

    public Deployment? Active(DeploymentGroup group) => Of(group).FirstOrDefault(deployment => !deployment.IsOver);

    /// <summary>The last one that says what the group should run; what Auto Scaling deploys to newcomers follows it.</summary>
    public Deployment? LastSuccessful(DeploymentGroup group) =>
        Of(group).LastOrDefault(deployment => deployment is { Status: DeploymentStatus.Succeeded, OnlyInstance: null });

    public int NextNumber => deployments.Count + 1;

    public void Add(Deployment deployment)
    {
        deployments.Add(deployment);
        deploymentsById.Add(deployment.Id, deployment);
    }

    /// <summary>The revision as the application's registry has it, registered now if it was not.</summary>
    public static RegisteredRevision Register(Application application, RevisionLocation location, string? description, DateTimeOffset now)
    {
        var registered = application.Revisions.Find(revision => revision.Location == location);
        if (registered is null)
            application.Revisions.Add(registered = new() { Location = location, Description = description, RegisterTime = now });
        return registered;
    }

    private void Add(DeploymentConfig config) => Configs.Add(config.Name, config);

    private void Add(ApplicationWorld world, string gitHubAccount, DateTimeOffset now)
    {
        var application = new Application
        {
            Id = Ids.Resource(),
            Name = world.Name,
            ComputePlatform = world.ComputePlatform,
            CreateTime = now,
            GitHubAccountName = world.LinkedToGithub ? gitHubAccount : null,
        };
        Applications.Add(application.Name, application);
        foreach (var group in world.DeploymentGroups)
            application.Groups.Add(group.Name, Group(application, group));
    }

    private static ZonalConfig? Read(ZonalConfigWorld? world) => world is null ? null : ConfigurationRules.Read(new ZonalConfig(
        world.FirstZoneMonitorDurationInSeconds,
        world.MonitorDurationInSeconds,
        world.MinimumHealthyHostsPerZone is { } hosts ? new(hosts.Type, hosts.Value) : null));

    private static MinimumHealthyHosts Read(MinimumHealthyHostsWorld world) => ConfigurationRules.Read(new MinimumHealthyHosts(world.Type, world.Value));

    /// <summary>A group of the world that names a load balancer controls its traffic.</summary>
    private static Traffic Read(DeploymentGroupWorld world)
    {
        var balanced = world.LoadBalancers.Count + world.TargetGroups.Count > 0;
        return new(
            new(world.BlueGreen is null ? "IN_PLACE" : DeploymentStyle.BlueGreen, balanced ? DeploymentStyle.WithTrafficControl : DeploymentStyle.InPlace.DeploymentOption),
            balanced ? new(Named(world.LoadBalancers), Named(world.TargetGroups), null) : null,
            Read(world.BlueGreen),
            TimeSpan.FromSeconds(world.DrainSeconds),
            TimeSpan.FromSeconds(world.RegisterSeconds));

        static IReadOnlyList<LoadBalancer>? Named(IReadOnlyList<string> names) => names.Count == 0 ? null : [.. names.Select(name => new LoadBalancer(name))];
    }

    private static BlueGreenDeploymentConfiguration? Read(BlueGreenWorld? world) => world is null ? null : new(
        new(world.Originals, world.Originals == "TERMINATE" ? world.TerminationWaitMinutes : null),
        new(world.OnReady, world.OnReady == "STOP_DEPLOYMENT" ? world.ReadyWaitMinutes : null),
        new(world.Provisioning));

    private DeploymentGroup Group(Application application, DeploymentGroupWorld world)
    {
        var group = new DeploymentGroup
        {
            Id = Ids.Resource(),
            Application = application,
            Name = world.Name,
            ConfigName = Config(world.DeploymentConfig).Name,
            ServiceRoleArn = Arns.Role("CodeDeployServiceRole"),
            Ec2TagFilters = [.. world.Ec2TagFilters.Select(filter => new Ec2TagFilter(filter.Key, filter.Value, filter.Type))],
            Alarms = world.Alarms.Count == 0 ? null : new(Enabled: true, IgnorePollAlarmFailure: false, [.. world.Alarms.Select(name => new Alarm(name))]),
            AutoRollback = world.AutoRollback.Count == 0 ? null : new(Enabled: true, world.AutoRollback),
            Traffic = Read(world),
            AutoScalingGroups = world.AutoScalingGroups,
            OutdatedInstancesStrategy = world.OutdatedInstancesStrategy,
        };

        // The world file is held to the rules of the API: what could not have been created should not be there.
        GroupRules.Check(new CreateDeploymentGroupRequest
        {
            Ec2TagFilters = group.Ec2TagFilters,
            AlarmConfiguration = group.Alarms,
            AutoRollbackConfiguration = group.AutoRollback,
            DeploymentStyle = group.Traffic.Style,
            LoadBalancerInfo = group.Traffic.LoadBalancers,
            BlueGreenDeploymentConfiguration = group.Traffic.BlueGreen,
        });
        GroupRules.Check(group.Traffic, group.AutoScalingGroups);
        return group;
    }
}
