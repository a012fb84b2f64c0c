using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;

namespace MacroPortfolio.Core.Releases;

/// <summary>What a run needs from the thing that deploys. Implementations translate; they do not decide.</summary>
public interface IDeployer
{
    /// <summary>Reads the group's deployments, newest first, the last ones at least.</summary>
    /// <exception cref="TransientException">Looking again may help.</exception>
    Task<IReadOnlyList<PastDeployment>> HistoryAsync(ApplicationName application, DeploymentGroupName group, CancellationToken ct);

    /// <summary>Whether one revision contains another: it is the same, or a commit that descends from it. Null when that could not be found out.</summary>
    Task<bool?> ContainsAsync(Revision revision, Revision other, CancellationToken ct);

    /// <summary>Creates the deployment and returns its id. Never sends the request twice, and takes no token: once begun, its answer is awaited.</summary>
    /// <exception cref="BusyException">The group has a deployment in flight.</exception>
    /// <exception cref="UnansweredException">It may have been created or not.</exception>
    /// <exception cref="TransientException">It was certainly not created; asking again may help.</exception>
    /// <exception cref="DeployException">It could not be created; the outcome says as what the run ends.</exception>
    Task<DeploymentId> StartAsync(ApplicationName application, GroupPlan group);

    /// <summary>Reads deployments in as few calls as can be, in the order of the ids. One that has vanished is missing.</summary>
    /// <exception cref="TransientException">Looking again may help.</exception>
    /// <exception cref="DeployException">The right to look was lost.</exception>
    Task<IReadOnlyList<Observation>> ObserveAsync(IReadOnlyList<DeploymentId> ids, CancellationToken ct);

    /// <summary>Reads the instances of a deployment; with <paramref name="failedOnly"/> those that failed.</summary>
    Task<IReadOnlyList<Target>> TargetsAsync(DeploymentId id, bool failedOnly, CancellationToken ct);

    /// <summary>Asks for a stop and returns when the request was answered, in one of CodeDeploy's words. A deployment that is over already is left as it is.</summary>
    Task<string> StopAsync(DeploymentId id, bool rollBack, CancellationToken ct);
}
