using MacroPortfolio.Simulator.CodeDeploy.Shapes;
using MacroPortfolio.Simulator.CodeDeploy.State;
using MacroPortfolio.Simulator.Fleet;
using IHost = MacroPortfolio.Simulator.Fleet.IHost;

namespace MacroPortfolio.Simulator.CodeDeploy.Engine;

/// <summary>The group's own instances, updated where they are: all together, or one Availability Zone after the other.</summary>
public sealed class InPlaceCourse(Account account, Roster roster, Agenda agenda, Batches batches, TimeProvider time)
{
    public async Task RunAsync(Deployment deployment, CancellationToken ct)
    {
        if (!Begin(deployment))
            return;
        var health = MinimumHealthy.Of(deployment.Config.MinimumHealthyHosts, deployment.Targets.Count);
        var zones = Zone.Of(deployment);
        var leg = Leg.Whole(Events(deployment));
        foreach (var zone in zones)
        {
            await batches.RunAsync(deployment, leg, zone.Targets, () => Math.Min(health.Room(deployment.Lost), zone.Room), ct);
            if (!zone.HasPassed || health.Room(deployment.Lost) == 0 || deployment.StopRequested)
                break;
            if (zone != zones[^1])
                await BakeAsync(deployment, zone.Monitored, ct);
        }

        lock (account.Gate)
            End(deployment, health.Fleet == 0 || (health.Succeeds(deployment.Count(TargetStatus.Succeeded)) && zones.All(zone => zone.HasPassed)));
    }

    /// <summary>False when the deployment is over already.</summary>
    private bool Begin(Deployment deployment)
    {
        lock (account.Gate)
        {
            if (deployment.IsOver)
                return false;
            var group = deployment.Group;
            var found = Found(deployment);
            var wanted = deployment.UpdateOutdatedInstancesOnly
                ? found.Where(host => Schedule.IsOutdated(group.History(host.Id), deployment.Revision))
                : found;
            var now = time.GetUtcNow();
            var obstacle = Obstacle(group, found.Count);
            Target[] targets = obstacle is null
                ? [.. Schedule.Order(wanted, host => group.History(host.Id), deployment.Revision).Select(host => new Target(host, Events(deployment), now))]
                : [];
            deployment.Start(found.Select(host => host.Id), targets, now);
            agenda.Began(deployment.Number);
            if (obstacle is not null)
                deployment.End(DeploymentStatus.Failed, obstacle, now);
            return !deployment.IsOver;
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

    /// <summary>Watches what a zone does before the next one gets the revision; alarms are what would stop it.</summary>
    private async Task BakeAsync(Deployment deployment, TimeSpan duration, CancellationToken ct)
    {
        if (duration == TimeSpan.Zero)
            return;
        lock (account.Gate)
            deployment.Bake();
        await deployment.Stopping.ComesWithinAsync(duration, time, ct);
        lock (account.Gate)
            deployment.Resume();
    }

    private IReadOnlyList<IHost> Found(Deployment deployment) => deployment.OnlyInstance is { } id
        ? [.. roster.Running.Where(host => host.Id == id)]
        : Membership.Of(deployment.Group, roster);

    private void End(Deployment deployment, bool isHealthy)
    {
        var now = time.GetUtcNow();
        if (deployment.StopRequested)
            deployment.End(DeploymentStatus.Stopped, deployment.StopReason, now);
        else if (isHealthy)
            deployment.End(DeploymentStatus.Succeeded, null, now);
        else
            deployment.End(DeploymentStatus.Failed, DeploymentErrors.HealthConstraints, now);
    }

    private static IReadOnlyList<string> Events(Deployment deployment) =>
        deployment.Traffic.IsControlled ? Lifecycle.WithTrafficControl : Lifecycle.Installing;
}
