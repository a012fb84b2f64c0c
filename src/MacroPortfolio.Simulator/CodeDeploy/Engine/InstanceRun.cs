using System.Collections.Concurrent;
using MacroPortfolio.Simulator.CodeDeploy.Shapes;
using MacroPortfolio.Simulator.CodeDeploy.State;
using MacroPortfolio.Simulator.Fleet;
using IHost = MacroPortfolio.Simulator.Fleet.IHost;

namespace MacroPortfolio.Simulator.CodeDeploy.Engine;

/// <summary>Takes one instance through the events of a deployment. An agent works on one deployment at a time; others wait for it.</summary>
public sealed class InstanceRun(Account account, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> agents = new(StringComparer.Ordinal);

    public async Task RunAsync(Target target, Deployment deployment, CancellationToken ct)
    {
        var agent = agents.GetOrAdd(target.Host.Id, _ => new(1, 1));
        await agent.WaitAsync(ct);
        try
        {
            if (Begin(target))
                await DeployAsync(target, deployment, ct);
        }
        finally
        {
            agent.Release();
        }
    }

    private async Task DeployAsync(Target target, Deployment deployment, CancellationToken ct)
    {
        var order = Order(deployment);
        foreach (var lifecycleEvent in target.Events)
        {
            if (!Begin(lifecycleEvent, target, deployment))
                return;
            var result = await ResultAsync(target.Host, lifecycleEvent.Name, order, ct);
            if (!End(lifecycleEvent, result, target, deployment))
                return;
        }
    }

    /// <summary>False when the target was skipped while it waited.</summary>
    private bool Begin(Target target)
    {
        lock (account.Gate)
        {
            if (target.Status != TargetStatus.Pending)
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

    private bool End(TargetEvent lifecycleEvent, EventResult result, Target target, Deployment deployment)
    {
        lock (account.Gate)
        {
            var now = time.GetUtcNow();
            target.End(lifecycleEvent, result, now);
            if (!result.Succeeded && !(deployment.IgnoreApplicationStopFailures && lifecycleEvent.Name == Lifecycle.ApplicationStop))
            {
                Fail(target, deployment, now);
                return false;
            }

            if (lifecycleEvent == target.Events[^1])
            {
                target.Succeed(now);
                deployment.Group.Instances[target.Host.Id] = new(deployment.Revision, LastFailed: false);
            }

            return true;
        }
    }

    private static void Fail(Target target, Deployment deployment, DateTimeOffset now)
    {
        target.Fail(now);
        deployment.Group.Instances[target.Host.Id] = deployment.Group.History(target.Host.Id) with { LastFailed = true };
    }

    private static async Task<EventResult> ResultAsync(IHost host, string lifecycleEvent, HostDeployment order, CancellationToken ct)
    {
        try
        {
            return await host.RunAsync(lifecycleEvent, order, ct);
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
