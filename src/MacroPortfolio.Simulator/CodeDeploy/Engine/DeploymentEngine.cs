using System.Collections.Concurrent;
using MacroPortfolio.Simulator.CodeDeploy.Shapes;
using MacroPortfolio.Simulator.CodeDeploy.State;
using MacroPortfolio.Simulator.Fleet;

namespace MacroPortfolio.Simulator.CodeDeploy.Engine;

/// <summary>Carries deployments out, each in a task of its own: created, queued, in progress, over, and its rollback after it.</summary>
public sealed class DeploymentEngine : IAsyncDisposable
{
    private readonly InPlaceCourse inPlace;
    private readonly BlueGreenCourse blueGreen;
    private readonly ConcurrentDictionary<Task, string> running = new();
    private readonly CancellationTokenSource shutdown = new();
    private readonly Account account;
    private readonly Roster roster;
    private readonly CodeDeploySettings settings;
    private readonly TimeProvider time;

    public DeploymentEngine(Account account, Roster roster, Agenda agenda, CodeDeploySettings settings, TimeProvider time)
    {
        (this.account, this.roster, this.settings, this.time) = (account, roster, settings, time);
        var batches = new Batches(account, new InstanceRun(account, roster, settings, time), time);
        inPlace = new(account, roster, agenda, batches, time);
        blueGreen = new(account, roster, agenda, batches, settings, time);
    }

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
    public void Stop(Deployment deployment, bool? rollback) => Stop(deployment, DeploymentErrors.ManualStop, rollback);

    /// <summary>An alarm that is activated stops what watches it, and what starts to watch it while it is active.</summary>
    public void SetAlarm(string name, string state)
    {
        lock (account.Gate)
        {
            account.Alarms.Set(name, state, time.GetUtcNow());
            foreach (var deployment in account.Deployments.Where(deployment => !deployment.IsOver))
                StopOnAlarm(deployment);
        }
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
        Change(deployment, () => StopOnAlarm(deployment));
        await (deployment.Traffic.IsBlueGreen && deployment.OnlyInstance is null ? blueGreen.RunAsync(deployment, ct) : inPlace.RunAsync(deployment, ct));
        await FollowUpAsync(deployment, ct);
    }

    private async Task FollowUpAsync(Deployment ended, CancellationToken ct)
    {
        // Auto Scaling abandons the launch of an instance that could not be deployed to.
        if (ended is { OnlyInstance: { } instance, Status: not DeploymentStatus.Succeeded })
            roster.Terminate(instance);

        var goesBack = Rollback.IsWanted(ended);
        if (goesBack)
            await Task.Delay(settings.BeforeRollback, time, ct);
        lock (account.Gate)
        {
            var now = time.GetUtcNow();
            if ((goesBack ? Rollback.Make(account, ended, now) : AutoUpdate.Make(account, roster, ended, now)) is { } next)
                Start(next);
        }
    }

    private void StopOnAlarm(Deployment deployment)
    {
        if (account.Alarms.Against(deployment) is { Count: > 0 } active)
            Stop(deployment, DeploymentErrors.AlarmActive(active), rollback: null);
    }

    private void Stop(Deployment deployment, ErrorInformation reason, bool? rollback)
    {
        var now = time.GetUtcNow();
        deployment.RequestStop(reason, rollback);
        deployment.SkipPending(now);
        if (!deployment.HasStarted)
            deployment.End(DeploymentStatus.Stopped, deployment.StopReason, now);
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
