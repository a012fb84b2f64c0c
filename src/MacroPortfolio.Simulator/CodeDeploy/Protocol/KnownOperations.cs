using System.Collections.Frozen;

namespace MacroPortfolio.Simulator.CodeDeploy.Protocol;

/// <summary>Operations of the real API that the simulator does not answer, so that it can tell them from names that nobody knows.</summary>
public static class KnownOperations
{
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
}
