using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Releases;
using NodaTime;

namespace MacroPortfolio.Core.Planning;

/// <summary>What CodeDeploy says of a deployment group at the moment of planning.</summary>
/// <param name="AutoRollbackEvents">The events at which CodeDeploy rolls the group back by itself; empty when it does not.</param>
/// <param name="Health">Of the config that the run will use: the group's own, unless an input names another.</param>
/// <param name="LastSuccessful">Null when no deployment succeeded yet.</param>
public sealed record GroupState(
    DeploymentGroupName Name,
    HealthRule Health,
    IReadOnlyList<string> AutoRollbackEvents,
    PastDeployment? LastAttempted,
    PastDeployment? LastSuccessful)
{
    public Fleet Fleet { get; init; } = Fleet.Plain;

    /// <summary>How many instances the last deployment had; the group's tags may match others by now.</summary>
    public long? LastFleet => LastAttempted?.Counts?.Total ?? LastSuccessful?.Counts?.Total;
}

/// <summary>What stands around a group's instances and makes its deployments take longer, or the instances change meanwhile.</summary>
/// <param name="LoadBalancers">Those that instances are taken out of and put back into; empty where traffic is not controlled.</param>
/// <param name="UpdatesNewcomers">CodeDeploy updates instances that Auto Scaling launches during a deployment once it has ended.</param>
/// <param name="BlueGreen">Null for a deployment in place.</param>
public sealed record Fleet(IReadOnlyList<string> LoadBalancers, IReadOnlyList<string> AutoScalingGroups, bool UpdatesNewcomers, BlueGreen? BlueGreen)
{
    public static Fleet Plain { get; } = new([], [], true, null);
}

/// <param name="StopsUnlessContinued">Traffic is rerouted only when somebody says so, and after the wait the deployment is stopped.</param>
/// <param name="WaitMinutes">How long a deployment is Ready before that.</param>
public sealed record BlueGreen(bool StopsUnlessContinued, int WaitMinutes);

/// <summary>A deployment of the group's history.</summary>
/// <param name="Status">CodeDeploy's own word for the phase.</param>
/// <param name="Creator">Who made it: <c>user</c>, <c>codeDeployRollback</c>, <c>autoscaling</c>, ...</param>
public sealed record PastDeployment(
    DeploymentId Id,
    DeploymentGroupName Group,
    Revision Revision,
    Phase Phase,
    string Status,
    Instant? Created,
    Instant? Ended,
    Counts? Counts,
    string Creator,
    string? Description)
{
    public Marker? Marker => Marker.Find(Description);

    /// <summary>Somebody asked for it; CodeDeploy makes rollbacks and Auto Scaling's deployments by itself.</summary>
    public bool IsBySomebody => Creator == "user";

    public bool IsWayBack => Creator == "codeDeployRollback" || Marker?.Verb == "rollback";

    /// <summary>Who or what made the deployment, for people.</summary>
    public string By => (Creator, Marker) switch
    {
        ("codeDeployRollback", _) => "CodeDeploy's rollback",
        (_, { } marker) => $"{marker.Verb}, run {marker.Run} of {marker.Repository}",
        ("user", _) => "somebody outside this action",
        var (creator, _) => creator,
    };
}
