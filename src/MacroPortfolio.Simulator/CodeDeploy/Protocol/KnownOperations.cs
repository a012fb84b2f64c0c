using System.Collections.Frozen;

namespace MacroPortfolio.Simulator.CodeDeploy.Protocol;

/// <summary>The operations of the API.</summary>
public static class KnownOperations
{
    /// <summary>Those that the simulator answers.</summary>
    public static FrozenSet<string> Simulated { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        "BatchGetApplicationRevisions",
        "BatchGetApplications",
        "BatchGetDeploymentGroups",
        "BatchGetDeploymentInstances",
        "BatchGetDeploymentTargets",
        "BatchGetDeployments",
        "ContinueDeployment",
        "CreateApplication",
        "CreateDeployment",
        "CreateDeploymentConfig",
        "CreateDeploymentGroup",
        "DeleteApplication",
        "DeleteDeploymentConfig",
        "DeleteDeploymentGroup",
        "GetApplication",
        "GetApplicationRevision",
        "GetDeployment",
        "GetDeploymentConfig",
        "GetDeploymentGroup",
        "GetDeploymentInstance",
        "GetDeploymentTarget",
        "ListApplicationRevisions",
        "ListApplications",
        "ListDeploymentConfigs",
        "ListDeploymentGroups",
        "ListDeploymentInstances",
        "ListDeploymentTargets",
        "ListDeployments",
        "ListTagsForResource",
        "RegisterApplicationRevision",
        "SkipWaitTimeForInstanceTermination",
        "StopDeployment",
        "TagResource",
        "UntagResource",
        "UpdateDeploymentGroup");

    /// <summary>Those that it does not, so that it can tell them from names that nobody knows.</summary>
    public static FrozenSet<string> NotSimulated { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        "AddTagsToOnPremisesInstances",
        "BatchGetOnPremisesInstances",
        "DeleteGitHubAccountToken",
        "DeleteResourcesByExternalId",
        "DeregisterOnPremisesInstance",
        "GetOnPremisesInstance",
        "ListGitHubAccountTokenNames",
        "ListOnPremisesInstances",
        "PutLifecycleEventHookExecutionStatus",
        "RegisterOnPremisesInstance",
        "RemoveTagsFromOnPremisesInstances",
        "UpdateApplication");

    public static void Check(string operation)
    {
        if (NotSimulated.Contains(operation))
            throw Fault.NotSimulated($"the operation {operation}");
        if (!Simulated.Contains(operation))
            throw Fault.Of("UnknownOperation", $"CodeDeploy has no operation '{operation}'.");
    }
}
