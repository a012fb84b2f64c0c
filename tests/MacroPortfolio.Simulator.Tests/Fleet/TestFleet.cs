using MacroPortfolio.Simulator.Fleet;
using MacroPortfolio.Simulator.Fleet.Bundles;
using MacroPortfolio.Simulator.World;
using SimulatedFleet = MacroPortfolio.Simulator.Fleet.Fleet;

namespace MacroPortfolio.Simulator.Tests.Fleet;

public enum Mode
{
    Folder,
    View,
}

/// <summary>A running fleet over a temporary state folder.</summary>
internal sealed class TestFleet : IAsyncDisposable
{
    private static readonly string[] Events =
        ["ApplicationStop", "DownloadBundle", "BeforeInstall", "Install", "AfterInstall", "ApplicationStart", "ValidateService"];

    private readonly SimulatedFleet _fleet;
    private readonly StringWriter _log;
    private int _deployments;

    private TestFleet(SimulatedFleet fleet, string state, StringWriter log) => (_fleet, State, _log) = (fleet, state, log);

    public string State { get; }

    public string Log => _log.ToString();

    public IReadOnlyList<Host> Hosts => _fleet.Hosts;

    public Host Host => _fleet.Hosts[0];

    public string Behavior { get; set; } = "DISALLOW";

    public static Task<TestFleet> StartAsync(
        Mode mode,
        TestRepository repository,
        FleetOptions? options = null,
        TimeProvider? time = null,
        string? state = null,
        string? id = null,
        bool mustBeView = true) =>
        StartAsync(mode, new GitArchives(WorldOf(repository), "/"), options, time, state: state, id: id, mustBeView: mustBeView);

    public static async Task<TestFleet> StartAsync(
        Mode mode,
        IBundleStore bundles,
        FleetOptions? options = null,
        TimeProvider? time = null,
        int instances = 1,
        double eventSeconds = 0,
        string? state = null,
        string? id = null,
        bool mustBeView = true)
    {
        var world = new WorldFile
        {
            Instances = [.. Enumerable.Range(1, instances).Select(_ => new InstanceWorld { Id = id ?? $"i-{Guid.NewGuid():N}", EventSeconds = eventSeconds })],
        };
        state ??= Directory.CreateTempSubdirectory("fleet-state-").FullName;
        var log = new StringWriter();
        options = (options ?? new FleetOptions(RunScripts: true)) with { AllowViews = mode == Mode.View };
        var fleet = await SimulatedFleet.StartAsync(world, state, options, bundles, time ?? TimeProvider.System, log);
        var started = new TestFleet(fleet, state, log);
        if (mode == Mode.View && mustBeView)
            started.Host.IsView.Should().BeTrue(started.Log);
        return started;
    }

    public static WorldFile WorldOf(TestRepository repository) =>
        new() { GitHub = new GitHubWorld { Repositories = [new RepositoryWorld { Name = TestRepository.Name, Git = repository.Folder }] } };

    /// <summary>A file of the instance as the machine sees it.</summary>
    public string PathOf(string path) => Host.Folder + path;

    public string Read(string path) => File.ReadAllText(PathOf(path));

    public UnixFileMode ModeOf(string path) => new FileInfo(PathOf(path)).UnixFileMode;

    /// <summary>Where the agent keeps the things of a deployment.</summary>
    public string AgentPath(string path) => PathOf($"/opt/codedeploy-agent/deployment-root/{path}");

    public HostDeployment Deployment(string commit, string? id = null) => Deployment(new BundleSource.GitHub(TestRepository.Name, commit), id);

    public HostDeployment Deployment(BundleSource bundle, string? id = null) =>
        new(id ?? $"d-{++_deployments:D9}", "group-id", "gray", "macro-portfolio", bundle, Behavior);

    public Task<EventResult> RunAsync(string lifecycleEvent, HostDeployment deployment) => Host.RunAsync(lifecycleEvent, deployment, CancellationToken.None);

    /// <summary>Runs all events until one fails; the last result.</summary>
    public async Task<EventResult> DeployAsync(HostDeployment deployment)
    {
        foreach (var lifecycleEvent in Events)
        {
            if (await RunAsync(lifecycleEvent, deployment) is { Succeeded: false } failure)
                return failure;
        }

        return new EventResult("Success", "", "", "");
    }

    public Task<EventResult> DeployAsync(string commit) => DeployAsync(Deployment(commit));

    /// <summary>Deploys up to the event and returns its result; the ones before must succeed.</summary>
    public async Task<EventResult> RunUpToAsync(string lifecycleEvent, HostDeployment deployment)
    {
        foreach (var earlier in Events.TakeWhile(name => name != lifecycleEvent))
            (await RunAsync(earlier, deployment)).Should().Match<EventResult>(result => result.Succeeded);
        return await RunAsync(lifecycleEvent, deployment);
    }

    /// <summary>Ends the fleet and keeps its files.</summary>
    public ValueTask EndAsync() => _fleet.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        Directory.Delete(State, recursive: true);
    }
}
