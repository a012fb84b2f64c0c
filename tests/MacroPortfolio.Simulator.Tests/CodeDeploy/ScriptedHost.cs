using System.Collections.Concurrent;
using MacroPortfolio.Simulator.Fleet;

namespace MacroPortfolio.Simulator.Tests.CodeDeploy;

/// <summary>An instance whose events succeed at once unless a test says otherwise. It notes what it was told to run.</summary>
internal sealed class ScriptedHost(string id, params (string Key, string Value)[] tags) : IHost
{
    private readonly ConcurrentDictionary<string, Func<HostDeployment, Task<EventResult>>> script = new();
    private readonly ConcurrentQueue<(string Event, HostDeployment Deployment)> ran = new();

    public string Id { get; } = id;
    public string Zone { get; init; } = "ap-east-1a";
    public IReadOnlyDictionary<string, string> Tags { get; } = tags.ToDictionary(tag => tag.Key, tag => tag.Value);
    public IReadOnlyList<string> Events => [.. ran.Select(run => run.Event)];
    public IReadOnlyList<HostDeployment> Deployments => [.. ran.Select(run => run.Deployment).DistinctBy(deployment => deployment.DeploymentId)];

    /// <summary>Set when the service cancelled a running event.</summary>
    public bool WasCancelled { get; private set; }

    public static EventResult Success { get; } = new("Success", "scripts/run.sh", "Succeeded", "");

    public static EventResult Failure { get; } =
        new("ScriptFailed", "scripts/run.sh", "Script at specified location: scripts/run.sh failed with exit code 1", "[stderr]no");

    public ScriptedHost On(string lifecycleEvent, Func<HostDeployment, EventResult> result)
    {
        script[lifecycleEvent] = deployment => Task.FromResult(result(deployment));
        return this;
    }

    public ScriptedHost FailsAt(string lifecycleEvent) => On(lifecycleEvent, _ => Failure);

    /// <summary>Fails for one commit and succeeds for others.</summary>
    public ScriptedHost FailsFor(string commit, string lifecycleEvent = "ValidateService") =>
        On(lifecycleEvent, deployment => deployment.Bundle is BundleSource.GitHub hub && hub.CommitId == commit ? Failure : Success);

    public ScriptedHost ThrowsAt(string lifecycleEvent) => On(lifecycleEvent, _ => throw new InvalidOperationException("the disk is gone"));

    /// <summary>The event runs until the test ends it.</summary>
    public TaskCompletionSource<EventResult> HoldsAt(string lifecycleEvent)
    {
        var held = new TaskCompletionSource<EventResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        script[lifecycleEvent] = _ => held.Task;
        return held;
    }

    public async Task<EventResult> RunAsync(string lifecycleEvent, HostDeployment deployment, CancellationToken ct)
    {
        ran.Enqueue((lifecycleEvent, deployment));
        try
        {
            return script.TryGetValue(lifecycleEvent, out var result) ? await result(deployment).WaitAsync(ct) : Success;
        }
        catch (OperationCanceledException)
        {
            WasCancelled = true;
            throw;
        }
    }
}
