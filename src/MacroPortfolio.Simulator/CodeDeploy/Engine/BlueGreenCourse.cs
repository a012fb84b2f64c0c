using MacroPortfolio.Simulator.CodeDeploy.Shapes;
using MacroPortfolio.Simulator.CodeDeploy.State;
using MacroPortfolio.Simulator.Fleet;
using IHost = MacroPortfolio.Simulator.Fleet.IHost;

namespace MacroPortfolio.Simulator.CodeDeploy.Engine;

/// <summary>Replacement instances get the revision, then the traffic; original ones lose it, and perhaps their lives.</summary>
public sealed class BlueGreenCourse(Account account, Roster roster, Agenda agenda, Batches batches, CodeDeploySettings settings, TimeProvider time)
{
    /// <summary>What actionOnTimeout STOP_DEPLOYMENT waits without a time of its own.</summary>
    private const int LongestReadyMinutes = 60;

    public async Task RunAsync(Deployment deployment, CancellationToken ct)
    {
        if (!Begin(deployment))
            return;
        var (green, blue) = (Labelled(deployment, Target.Replacement), Labelled(deployment, Target.Original));
        var health = MinimumHealthy.Of(deployment.Config.MinimumHealthyHosts, green.Count);

        await batches.RunAsync(deployment, Leg.Preparing, green, () => health.Room(Lost(green)), ct);
        if (Ends(deployment, health.Succeeds(Count(green, TargetStatus.Ready))) || !await MayOpenAsync(deployment, ct))
            return;

        var ready = green.Where(target => target.Status == TargetStatus.Ready).ToList();
        await batches.RunAsync(deployment, Leg.Opening, ready, () => health.Succeeds(green.Count - Lost(green)) ? health.AtOnce : 0, ct);
        if (Ends(deployment, health.Succeeds(Count(green, TargetStatus.Succeeded))))
            return;

        // One original instance that cannot be taken out of the load balancer fails the deployment.
        await batches.RunAsync(deployment, Leg.Closing, blue, () => blue.Count, ct);
        if (Ends(deployment, blue.All(target => target.Status == TargetStatus.Succeeded)))
            return;

        Move(deployment);
        await RetireAsync(deployment, blue, ct);
        if (Ends(deployment, isHealthy: true))
            return;
        lock (account.Gate)
            deployment.End(DeploymentStatus.Succeeded, null, time.GetUtcNow());
    }

    /// <summary>False when the deployment is over already.</summary>
    private bool Begin(Deployment deployment)
    {
        lock (account.Gate)
        {
            if (deployment.IsOver)
                return false;
            var group = Membership.Of(deployment.Group, roster);
            var replacements = Provision(deployment, group);
            var originals = group.Except(replacements ?? []);
            var now = time.GetUtcNow();
            deployment.Start(
                group.Select(host => host.Id),
                [
                    .. (replacements ?? []).Select(host => new Target(host, Lifecycle.Replacing, now, Target.Replacement)),
                    .. originals.Select(host => new Target(host, Lifecycle.Blocking, now, Target.Original)),
                ],
                now);
            agenda.Began(deployment.Number);
            if (replacements is null)
                deployment.End(DeploymentStatus.Failed, DeploymentErrors.TooFewSpares, now);
            else if (replacements.Count == 0)
                deployment.End(DeploymentStatus.Failed, DeploymentErrors.NoInstances, now);
            return !deployment.IsOver;
        }
    }

    /// <summary>The replacement instances; null where the Auto Scaling group cannot launch as many as there are.</summary>
    private IReadOnlyList<IHost>? Provision(Deployment deployment, IReadOnlyList<IHost> group)
    {
        if (deployment.TargetInstances is { } targets)
            return Membership.Of(targets, roster);
        var spares = roster.Spares(deployment.Group.AutoScalingGroups).Take(group.Count).ToList();
        return spares.Count < group.Count ? null : [.. spares.Select(spare => roster.Launch(spare.Id, CopyOf(deployment))).OfType<IHost>()];
    }

    /// <summary>Where the group wants it so, waits to be continued; that nobody did stops the deployment.</summary>
    private async Task<bool> MayOpenAsync(Deployment deployment, CancellationToken ct)
    {
        if (deployment.Traffic.BlueGreen?.DeploymentReadyOption is not { ActionOnTimeout: "STOP_DEPLOYMENT" } option)
            return true;
        lock (account.Gate)
            deployment.BecomeReady();
        await Signal.AnyComesWithinAsync(
            [deployment.Continuing, deployment.Stopping], (option.WaitTimeInMinutes ?? LongestReadyMinutes) * settings.Minute, time, ct);
        lock (account.Gate)
        {
            if (!deployment.Continuing.HasCome || deployment.StopRequested)
                deployment.End(DeploymentStatus.Stopped, deployment.StopReason ?? DeploymentErrors.NotContinued, time.GetUtcNow());
            else
                deployment.Resume();
            return !deployment.IsOver;
        }
    }

    private async Task RetireAsync(Deployment deployment, IReadOnlyList<Target> blue, CancellationToken ct)
    {
        if (deployment.Traffic.BlueGreen?.TerminateBlueInstancesOnDeploymentSuccess is not { Action: "TERMINATE" } option)
            return;
        lock (account.Gate)
            deployment.StartTerminationWait();
        await Signal.AnyComesWithinAsync(
            [deployment.Terminating, deployment.Stopping], (option.TerminationWaitTimeInMinutes ?? 0) * settings.Minute, time, ct);
        if (deployment.StopRequested)
            return;
        foreach (var target in blue)
            roster.Terminate(target.Host.Id);
    }

    /// <summary>The replacement instances are the group's own from now on.</summary>
    private void Move(Deployment deployment)
    {
        lock (account.Gate)
        {
            var (group, targets) = (deployment.Group, deployment.TargetInstances ?? new(null, [CopyOf(deployment)], null));
            group.Ec2TagFilters = [.. (targets.TagFilters ?? []).OfType<Ec2TagFilter>()];
            group.Ec2TagSet = targets.Ec2TagSet;
            group.AutoScalingGroups = [.. (targets.AutoScalingGroups ?? []).OfType<string>()];
        }
    }

    /// <summary>Ends a deployment that was stopped, or that is not healthy. True: it is over.</summary>
    private bool Ends(Deployment deployment, bool isHealthy)
    {
        lock (account.Gate)
        {
            if (deployment.StopRequested)
                deployment.End(DeploymentStatus.Stopped, deployment.StopReason, time.GetUtcNow());
            else if (!isHealthy)
                deployment.End(DeploymentStatus.Failed, DeploymentErrors.HealthConstraints, time.GetUtcNow());
            return deployment.IsOver;
        }
    }

    /// <summary>What CodeDeploy calls the Auto Scaling group that it makes.</summary>
    private static string CopyOf(Deployment deployment) => $"CodeDeploy_{deployment.Group.Name}_{deployment.Id}";

    private static IReadOnlyList<Target> Labelled(Deployment deployment, string label) => [.. deployment.Targets.Where(target => target.Label == label)];

    private static int Count(IReadOnlyList<Target> targets, TargetStatus status) => targets.Count(target => target.Status == status);

    private static int Lost(IReadOnlyList<Target> targets) => Count(targets, TargetStatus.Failed) + Count(targets, TargetStatus.Unknown);
}
