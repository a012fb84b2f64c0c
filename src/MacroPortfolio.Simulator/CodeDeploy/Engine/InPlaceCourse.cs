using MacroPortfolio.Simulator.CodeDeploy.State;
using MacroPortfolio.Simulator.Fleet;
using IHost = MacroPortfolio.Simulator.Fleet.IHost;

namespace MacroPortfolio.Simulator.CodeDeploy.Engine;

/// <summary>The group's own instances, updated where they are.</summary>
public sealed class InPlaceCourse(Account account, Roster roster, Agenda agenda, Batches batches, TimeProvider time)
{
    public async Task RunAsync(Deployment deployment, CancellationToken ct)
    {
        if (Begin(deployment) is not { } health)
            return;
        await batches.RunAsync(
            deployment, Leg.Whole(Events(deployment)), deployment.Targets, health.AtOnce, () => health.GoesOn(deployment.Lost), ct);
        lock (account.Gate)
            End(deployment, health);
    }

    /// <summary>Null when the deployment was over before it began.</summary>
    private MinimumHealthy? Begin(Deployment deployment)
    {
        lock (account.Gate)
        {
            if (deployment.IsOver)
                return null;
            var group = deployment.Group;
            var found = Found(deployment);
            var wanted = deployment.UpdateOutdatedInstancesOnly
                ? found.Where(host => Schedule.IsOutdated(group.History(host.Id), deployment.Revision))
                : found;
            var now = time.GetUtcNow();
            Target[] targets =
                [.. Schedule.Order(wanted, host => group.History(host.Id), deployment.Revision).Select(host => new Target(host, Events(deployment), now))];
            deployment.Start(found.Select(host => host.Id), targets, now);
            agenda.Began(deployment.Number);
            if (found.Count == 0)
                deployment.End(DeploymentStatus.Failed, DeploymentErrors.NoInstances, now);
            return deployment.IsOver ? null : MinimumHealthy.Of(deployment.Config.MinimumHealthyHosts, targets.Length);
        }
    }

    private IReadOnlyList<IHost> Found(Deployment deployment) => deployment.OnlyInstance is { } id
        ? [.. roster.Running.Where(host => host.Id == id)]
        : Membership.Of(deployment.Group, roster);

    private void End(Deployment deployment, MinimumHealthy health)
    {
        var now = time.GetUtcNow();
        if (deployment.StopRequested)
            deployment.End(DeploymentStatus.Stopped, deployment.StopReason, now);
        else if (health.Fleet == 0 || health.Succeeds(deployment.Count(TargetStatus.Succeeded)))
            deployment.End(DeploymentStatus.Succeeded, null, now);
        else
            deployment.End(DeploymentStatus.Failed, DeploymentErrors.HealthConstraints, now);
    }

    private static IReadOnlyList<string> Events(Deployment deployment) =>
        deployment.Traffic.IsControlled ? Lifecycle.WithTrafficControl : Lifecycle.Installing;
}
