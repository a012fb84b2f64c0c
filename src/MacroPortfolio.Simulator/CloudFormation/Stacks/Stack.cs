using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.CloudFormation.Templates;

namespace MacroPortfolio.Simulator.CloudFormation.Stacks;

/// <summary>What a stack made of a declaration.</summary>
/// <param name="PhysicalId">What <c>Ref</c> gives; null where it was never made.</param>
/// <param name="Properties">Worked out.</param>
public sealed record StackResource(ResourceDeclaration Declaration, string? PhysicalId, JsonObject Properties, IReadOnlyDictionary<string, string> Attributes, string Status, string? Reason, DateTimeOffset Changed)
{
    public string Id => Declaration.Id;

    public string Type => Declaration.Type;
}

public sealed record StackEvent(string Id, string LogicalId, string? PhysicalId, string Type, string Status, string? Reason, DateTimeOffset Time);

public sealed record StackOutput(string Name, string Value, string? Description, string? ExportName);

/// <summary>What a caller asks a stack to be.</summary>
/// <param name="Parameters">All of them, as text.</param>
public sealed record StackRequest(Template Template, IReadOnlyDictionary<string, string> Parameters, IReadOnlyDictionary<string, string> Tags, IReadOnlyList<string> Capabilities, string? RoleArn);

/// <summary>One stack: what it is asked to be, and what became of it.</summary>
public sealed class Stack(string id, string name, DateTimeOffset created)
{
    public string Id { get; } = id;

    public string Name { get; } = name;

    public DateTimeOffset Created { get; } = created;

    public DateTimeOffset? Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }

    public string Status { get; private set; } = "REVIEW_IN_PROGRESS";

    public string? Reason { get; private set; }

    /// <summary>Null until it was first asked to be something.</summary>
    public StackRequest? Request { get; set; }

    public string? ChangeSetId { get; set; }

    /// <summary>What is there, in the order in which it was made.</summary>
    public OrderedDictionary<string, StackResource> Resources { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<StackOutput> Outputs { get; set; } = [];

    /// <summary>Names of other stacks' exports that it uses.</summary>
    public IReadOnlySet<string> Imports { get; set; } = new HashSet<string>();

    public List<ChangeSet> ChangeSets { get; } = [];

    /// <summary>Oldest first.</summary>
    public List<StackEvent> Events { get; } = [];

    public bool IsGone => Status == "DELETE_COMPLETE";

    /// <summary>Whether it can become something else. What could not be made at first can only be deleted.</summary>
    public bool CanChange => Status is "CREATE_COMPLETE" or "UPDATE_COMPLETE" or "UPDATE_ROLLBACK_COMPLETE";

    public void Turn(string status, string? reason, DateTimeOffset now)
    {
        (Status, Reason) = (status, reason);
        Note(Name, Id, "AWS::CloudFormation::Stack", status, reason, now);
    }

    public void Note(StackResource resource, DateTimeOffset now) => Note(resource.Id, resource.PhysicalId, resource.Type, resource.Status, resource.Reason, now);

    private void Note(string logicalId, string? physicalId, string type, string status, string? reason, DateTimeOffset now) =>
        Events.Add(new StackEvent($"{logicalId}-{status}-{Events.Count + 1:D4}", logicalId, physicalId, type, status, reason, now));
}
