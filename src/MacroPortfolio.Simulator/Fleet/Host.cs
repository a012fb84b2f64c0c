using MacroPortfolio.Simulator.Fleet.Agent;
using MacroPortfolio.Simulator.Fleet.Machine;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Fleet;

/// <summary>One simulated instance. Its agent does for real what a revision's AppSpec says.</summary>
public sealed class Host : IHost, IAsyncDisposable
{
    private readonly Space _space;
    private readonly Download _download;
    private readonly Installer _installer;
    private readonly Hooks _hooks;
    private readonly TimeProvider _time;
    private readonly Action<string> _log;
    private readonly TimeSpan _eventDuration;
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly CancellationTokenSource _end = new();

    internal Host(
        InstanceWorld instance, Space space, string folder, int port, FleetOptions options, IBundleStore bundles, TimeProvider time, Action<string> log)
    {
        Id = instance.Id;
        Zone = instance.Zone;
        Tags = instance.Tags;
        Folder = folder;
        Port = port;
        _space = space;
        _time = time;
        _log = text => log($"{instance.Id}: {text}");
        _eventDuration = TimeSpan.FromSeconds(instance.EventSeconds);
        _download = new Download(space.Files, bundles);
        _installer = new Installer(space.Files, space.Accounts, _log);
        _hooks = new Hooks(space, options.RunScripts ? new ScriptRunner(space, options, time) : null, Variables(options), time, _log);
    }

    public string Id { get; }

    public string Zone { get; }

    public IReadOnlyDictionary<string, string> Tags { get; }

    /// <summary>A loopback port of the instance's own: <c>SIMULATOR_INSTANCE_PORT</c>.</summary>
    public int Port { get; }

    /// <summary>The instance's root as the machine sees it.</summary>
    public string Folder { get; }

    /// <summary>True: a copy-on-write view of the machine; false: only a folder.</summary>
    public bool IsView => _space is ViewSpace;

    public async Task<EventResult> RunAsync(string lifecycleEvent, HostDeployment deployment, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, _end.Token);
        await _oneAtATime.WaitAsync(stop.Token);
        try
        {
            var least = Task.Delay(_eventDuration, _time, stop.Token);
            var result = await Task.Run(() => ReportAsync(lifecycleEvent, deployment, stop.Token), stop.Token);
            await least;
            return result;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _oneAtATime.WaitAsync();
        await _space.DisposeAsync();
    }

    /// <summary>As in the agent, whatever goes wrong is the event's failure and never the agent's end.</summary>
    private async Task<EventResult> ReportAsync(string lifecycleEvent, HostDeployment deployment, CancellationToken ct)
    {
        try
        {
            _space.Files.MakeFolders(AgentFolders.Of(deployment).Deployment);
            return await ActAsync(lifecycleEvent, deployment, ct);
        }
        catch (Exception ex) when (ex is AgentException or BundleNotFoundException or IOException or UnauthorizedAccessException)
        {
            return EventResults.Failure(ex.Message);
        }
        catch (Exception ex) when (ex is not OperationCanceledException)
        {
            _log($"{lifecycleEvent} of {deployment.DeploymentId}: {ex}");
            return EventResults.Failure(ex.Message);
        }
    }

    private async Task<EventResult> ActAsync(string lifecycleEvent, HostDeployment deployment, CancellationToken ct)
    {
        switch (lifecycleEvent)
        {
            case LifecycleEvents.DownloadBundle:
                await _download.RunAsync(deployment, ct);
                return EventResults.Success;
            case LifecycleEvents.Install:
                await _installer.RunAsync(deployment, ct);
                return EventResults.Success;
            case var name when LifecycleEvents.OfTheService.Contains(name):
                return EventResults.Success;
            case var name when LifecycleEvents.All.Contains(name):
                return await _hooks.RunAsync(lifecycleEvent, deployment, ct);
            default:
                throw new AgentException($"Unsupported command type: {lifecycleEvent}.");
        }
    }

    private Dictionary<string, string> Variables(FleetOptions options) => new()
    {
        ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        ["SIMULATOR_INSTANCE_ID"] = Id,
        ["SIMULATOR_INSTANCE_PORT"] = $"{Port}",
        ["SIMULATOR_INSTANCE_ROOT"] = _space.RootForScripts,
        ["SIMULATOR_WEB_SERVER"] = options.WebServer,
    };
}
