using System.Collections.Concurrent;
using MacroPortfolio.Simulator.CodeDeploy.Shapes;
using MacroPortfolio.Simulator.CodeDeploy.State;
using MacroPortfolio.Simulator.Faults;
using MacroPortfolio.Simulator.Fleet;
using MacroPortfolio.Simulator.World;
using IHost = MacroPortfolio.Simulator.Fleet.IHost;

namespace MacroPortfolio.Simulator.CodeDeploy.Engine;

/// <summary>Takes one instance through a leg of a deployment. An agent works on one deployment at a time; others wait for it.</summary>
public sealed class InstanceRun(Account account, Roster roster, CodeDeploySettings settings, TimeProvider time)
{
    /// <summary>What the service says of an event that no agent took, in AWS's words.</summary>
    private static readonly EventResult NotTaken = new(
        "UnknownError",
        "",
        "CodeDeploy agent was not able to receive the lifecycle event. Check the CodeDeploy agent logs on your host and make sure the agent is running and " +
        "can connect to the CodeDeploy server.",
        "");

    private static readonly EventResult Done = new("Success", "", "Succeeded", "");

    private readonly ConcurrentDictionary<string, SemaphoreSlim> agents = new(StringComparer.Ordinal);

    public async Task RunAsync(Target target, Leg leg, Deployment deployment, CancellationToken ct)
    {
        var agent = agents.GetOrAdd(target.Host.Id, _ => new(1, 1));
        await agent.WaitAsync(ct);
        try
        {
            if (Begin(target, leg))
                await DeployAsync(target, leg, deployment, ct);
        }
        finally
        {
            agent.Release();
        }
    }

    private async Task DeployAsync(Target target, Leg leg, Deployment deployment, CancellationToken ct)
    {
        foreach (var lifecycleEvent in target.Events.Where(e => leg.Events.Contains(e.Name)))
        {
            if (!Begin(lifecycleEvent, target, deployment))
                return;
            var result = await ResultAsync(target, lifecycleEvent.Name, deployment, ct);
            if (!End(lifecycleEvent, result, target, deployment))
                return;
        }

        Arrive(target, leg, deployment);
    }

    /// <summary>False when the target was skipped while it waited.</summary>
    private bool Begin(Target target, Leg leg)
    {
        lock (account.Gate)
        {
            if (target.Status != leg.From)
                return false;
            target.Start(time.GetUtcNow());
            return true;
        }
    }

    /// <summary>False when the deployment was stopped: an instance that was under way counts as failed.</summary>
    private bool Begin(TargetEvent lifecycleEvent, Target target, Deployment deployment)
    {
        lock (account.Gate)
        {
            var now = time.GetUtcNow();
            if (deployment.StopRequested)
                Fail(target, deployment, now);
            else
                target.Start(lifecycleEvent, now);
            return !deployment.StopRequested;
        }
    }

    private bool End(TargetEvent lifecycleEvent, EventResult? result, Target target, Deployment deployment)
    {
        lock (account.Gate)
        {
            var now = time.GetUtcNow();
            target.End(lifecycleEvent, result, now);
            if (result is null)
            {
                target.Lose(now);
                MarkFailed(target, deployment);
                return false;
            }

            if (result.Succeeded || (deployment.IgnoreApplicationStopFailures && Lifecycle.OfTheLastRevision.Contains(lifecycleEvent.Name)))
                return true;
            Fail(target, deployment, now);
            return false;
        }
    }

    private void Arrive(Target target, Leg leg, Deployment deployment)
    {
        lock (account.Gate)
        {
            target.Arrive(leg.To, time.GetUtcNow());
            if (leg.To == TargetStatus.Succeeded && leg != Leg.Closing)
                deployment.Group.Instances[target.Host.Id] = new(deployment.Revision, LastFailed: false);
        }
    }

    private static void Fail(Target target, Deployment deployment, DateTimeOffset now)
    {
        target.Fail(now);
        MarkFailed(target, deployment);
    }

    private static void MarkFailed(Target target, Deployment deployment) =>
        deployment.Group.Instances[target.Host.Id] = deployment.Group.History(target.Host.Id) with { LastFailed = true };

    /// <summary>Null: nobody knows how the event ended.</summary>
    private async Task<EventResult?> ResultAsync(Target target, string lifecycleEvent, Deployment deployment, CancellationToken ct)
    {
        switch (lifecycleEvent)
        {
            case Lifecycle.BlockTraffic:
                await Task.Delay(deployment.Traffic.Drain, time, ct);
                return Done;
            case Lifecycle.AllowTraffic:
                await Task.Delay(deployment.Traffic.Register, time, ct);
                return Done;
            case var name when roster.TakesEvent(target.Host, name, out var fault):
                return await RunAsync(target.Host, name, deployment, fault, ct);
            default:
                await deployment.Stopping.ComesWithinAsync(settings.AgentPatience, time, ct);
                return NotTaken;
        }
    }

    private async Task<EventResult?> RunAsync(IHost host, string lifecycleEvent, Deployment deployment, FaultWorld? fault, CancellationToken ct)
    {
        var dies = fault?.Kind == FaultKind.AgentDies;
        using var death = new CancellationTokenSource(dies ? TimeSpan.FromSeconds(fault!.Seconds ?? 0) : Timeout.InfiniteTimeSpan, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct, roster.Gone(host.Id), death.Token);
        var started = time.GetTimestamp();
        try
        {
            var result = await host.RunAsync(lifecycleEvent, Order(deployment) with { DiskIsFull = fault?.Kind == FaultKind.DiskFull }, end.Token);
            await Task.Delay(time.GetElapsedTime(started) * ((fault?.Factor ?? 1) - 1), time, end.Token);
            return result;
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            // The service hears nothing of it: it waits as long as an event may take.
            if (dies)
                roster.Silence(host.Id, true);
            await deployment.Stopping.ComesWithinAsync(settings.EventPatience, time, ct);
            return null;
        }
        catch (Exception ex) when (!ct.IsCancellationRequested)
        {
            // A host says failures as values. One that breaks its word fails its event, not the deployment's task.
            return new("UnknownError", "", ex.Message, "");
        }
    }

    private static HostDeployment Order(Deployment deployment) => new(
        deployment.Id, deployment.Group.Id, deployment.Group.Name, deployment.Group.Application.Name, Source(deployment.Revision), deployment.FileExistsBehavior);

    private static BundleSource Source(RevisionLocation revision) => revision switch
    {
        { GitHubLocation: { } hub } => new BundleSource.GitHub(hub.Repository!, hub.CommitId!),
        { S3Location: { } s3 } => new BundleSource.S3(s3.Bucket!, s3.Key!, s3.Version, s3.ETag, s3.BundleType!),
        _ => throw new InvalidOperationException("A deployment was created without a bundle."),
    };
}
