using System.Collections.Concurrent;
using MacroPortfolio.Simulator.CodeDeploy.Shapes;
using MacroPortfolio.Simulator.CodeDeploy.State;
using IHost = MacroPortfolio.Simulator.Fleet.IHost;

namespace MacroPortfolio.Simulator.CodeDeploy.Engine;

/// <summary>Carries deployments out, each in a task of its own: created, queued, in progress, over, and its rollback after it.</summary>
public sealed class DeploymentEngine(Account account, IReadOnlyList<IHost> hosts, CodeDeploySettings settings, TimeProvider time) : IAsyncDisposable
{
    private readonly InstanceRun instanceRun = new(account, time);
    private readonly ConcurrentDictionary<Task, string> running = new();
    private readonly CancellationTokenSource shutdown = new();

    /// <summary>Takes the deployment into the account. The caller holds its gate.</summary>
    public void Start(Deployment deployment)
    {
        account.Add(deployment);
        var registeredBy = $"Application revision registered by Deployment ID: {deployment.Id}";
        Account.Register(deployment.Group.Application, deployment.Revision, registeredBy, deployment.CreateTime).Use(deployment.CreateTime);
        if (shutdown.IsCancellationRequested)
            return;
        var run = Task.Run(() => RunAsync(deployment, shutdown.Token), CancellationToken.None);
        running[run] = deployment.Id;
        _ = run.ContinueWith(ended => running.TryRemove(ended, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>The caller holds the account's gate.</summary>
    public void Stop(Deployment deployment, bool? rollback)
    {
        var now = time.GetUtcNow();
        deployment.RequestStop(rollback);
        deployment.SkipPending(now);
        if (!deployment.HasStarted)
            deployment.End(DeploymentStatus.Stopped, DeploymentErrors.ManualStop, now);
    }

    public async ValueTask DisposeAsync()
    {
        await shutdown.CancelAsync();
        while (!running.IsEmpty)
            await Task.WhenAll(running.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        shutdown.Dispose();
    }

    private async Task RunAsync(Deployment deployment, CancellationToken ct)
    {
        try
        {
            await CarryOutAsync(deployment, ct);
        }
        catch (Exception ex) when (!ct.IsCancellationRequested)
        {
            // A mistake of the simulator. Told where people look, rather than by a deployment that never ends.
            Change(deployment, () => deployment.End(DeploymentStatus.Failed, new("INTERNAL_ERROR", ex.ToString()), time.GetUtcNow()));
        }
    }

    private async Task CarryOutAsync(Deployment deployment, CancellationToken ct)
    {
        await Task.Delay(settings.Created, time, ct);
        Change(deployment, deployment.Queue);
        await Task.Delay(settings.Queued, time, ct);
        var health = Begin(deployment);
        await DeployAsync(deployment, health, ct);
        Change(deployment, () => End(deployment, health));

        if (!Rollback.IsWanted(deployment))
            return;
        await Task.Delay(settings.BeforeRollback, time, ct);
        lock (account.Gate)
        {
            if (Rollback.Make(account, deployment, time.GetUtcNow()) is { } rollback)
                Start(rollback);
        }
    }

    private MinimumHealthy Begin(Deployment deployment)
    {
        lock (account.Gate)
        {
            var group = deployment.Group;
            var found = hosts.Where(host => TagFilters.Match(group, host.Tags)).ToList();
            var wanted = deployment.UpdateOutdatedInstancesOnly
                ? found.Where(host => Schedule.IsOutdated(group.History(host.Id), deployment.Revision))
                : found;
            var now = time.GetUtcNow();
            var obstacle = Obstacle(group, found.Count);
            Target[] targets = obstacle is null
                ? [.. Schedule.Order(wanted, host => group.History(host.Id), deployment.Revision).Select(host => new Target(host, now))]
                : [];
            if (deployment.IsOver)
                return MinimumHealthy.Of(deployment.Config.MinimumHealthyHosts, 0);
            deployment.Start(targets, now);
            if (obstacle is not null)
                deployment.End(DeploymentStatus.Failed, obstacle, now);
            return MinimumHealthy.Of(deployment.Config.MinimumHealthyHosts, targets.Length);
        }
    }

    /// <summary>Why a deployment ends as soon as it starts.</summary>
    private ErrorInformation? Obstacle(DeploymentGroup group, int instances) =>
        account.Has(group) ? instances switch
        {
            0 => DeploymentErrors.NoInstances,
            > Quotas.InstancesPerDeployment => DeploymentErrors.OverMaxInstances,
            _ => null,
        }
        : account.Applications.ContainsKey(group.Application.Name) ? DeploymentErrors.GroupMissing
        : DeploymentErrors.ApplicationMissing;

    private async Task DeployAsync(Deployment deployment, MinimumHealthy health, CancellationToken ct)
    {
        var waiting = new Queue<Target>(deployment.Targets);
        var busy = new List<Task>();
        while (true)
        {
            while (busy.Count < Room(deployment, health) && waiting.TryDequeue(out var next))
                busy.Add(instanceRun.RunAsync(next, deployment, ct));
            if (busy.Count == 0)
                return;
            var ended = await Task.WhenAny(busy);
            busy.Remove(ended);
            await ended;
        }
    }

    private int Room(Deployment deployment, MinimumHealthy health)
    {
        lock (account.Gate)
            return health.Room(deployment.Count(TargetStatus.Failed));
    }

    private void End(Deployment deployment, MinimumHealthy health)
    {
        var now = time.GetUtcNow();
        if (deployment.StopRequested)
            deployment.End(DeploymentStatus.Stopped, DeploymentErrors.ManualStop, now);
        else if (health.Fleet == 0 || health.Succeeds(deployment.Count(TargetStatus.Succeeded)))
            deployment.End(DeploymentStatus.Succeeded, null, now);
        else
            deployment.End(DeploymentStatus.Failed, DeploymentErrors.HealthConstraints, now);
    }

    private void Change(Deployment deployment, Action change)
    {
        lock (account.Gate)
        {
            if (!deployment.IsOver)
                change();
        }
    }
}
