using MacroPortfolio.Simulator.CodeDeploy.Shapes;

namespace MacroPortfolio.Simulator.CodeDeploy.State;

public sealed class DeploymentGroup
{
    public required string Id { get; init; }
    public required Application Application { get; init; }
    public required string Name { get; set; }
    public required string ConfigName { get; set; }
    public required string ServiceRoleArn { get; set; }
    public IReadOnlyList<Ec2TagFilter> Ec2TagFilters { get; set; } = [];
    public Ec2TagSet? Ec2TagSet { get; set; }
    public IReadOnlyList<string> AutoScalingGroups { get; set; } = [];
    public AlarmConfiguration? Alarms { get; set; }
    public AutoRollbackConfiguration? AutoRollback { get; set; }
    public IReadOnlyList<TriggerConfig> Triggers { get; set; } = [];
    public Traffic Traffic { get; set; } = Traffic.None;
    public string OutdatedInstancesStrategy { get; set; } = "UPDATE";
    public bool TerminationHookEnabled { get; set; }

    /// <summary>What this group has done to each instance, by instance id.</summary>
    public Dictionary<string, InstanceHistory> Instances { get; } = new(StringComparer.Ordinal);

    public InstanceHistory History(string instanceId) => Instances.GetValueOrDefault(instanceId, InstanceHistory.None);
}

/// <summary>What a group knows of an instance.</summary>
/// <param name="Revision">The last one that was deployed to it successfully.</param>
/// <param name="LastFailed">Whether the last deployment to it failed: CodeDeploy calls it unhealthy then.</param>
public sealed record InstanceHistory(RevisionLocation? Revision, bool LastFailed)
{
    public static InstanceHistory None { get; } = new(null, LastFailed: false);
}
