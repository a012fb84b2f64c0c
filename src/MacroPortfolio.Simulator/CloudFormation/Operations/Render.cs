using System.Xml.Linq;
using MacroPortfolio.Simulator.CloudFormation.Stacks;
using MacroPortfolio.Simulator.Front;

namespace MacroPortfolio.Simulator.CloudFormation.Operations;

/// <summary>Stacks and what is of them, as answers have them.</summary>
internal static class Render
{
    public static XElement Stack(Stack stack) => new("member",
        new XElement("StackId", stack.Id),
        new XElement("StackName", stack.Name),
        Optional("ChangeSetId", stack.ChangeSetId),
        Optional("Description", stack.Request?.Template.Description),
        Parameters(stack.Request),
        new XElement("CreationTime", QueryProtocol.Instant(stack.Created)),
        Optional("LastUpdatedTime", stack.Updated is { } updated ? QueryProtocol.Instant(updated) : null),
        Optional("DeletionTime", stack.Deleted is { } deleted ? QueryProtocol.Instant(deleted) : null),
        new XElement("StackStatus", stack.Status),
        Optional("StackStatusReason", stack.Reason),
        new XElement("DisableRollback", "false"),
        new XElement("NotificationARNs"),
        Capabilities(stack.Request),
        stack.Outputs.Count == 0 ? null : new XElement("Outputs", stack.Outputs.Select(output => new XElement("member",
            new XElement("OutputKey", output.Name), new XElement("OutputValue", output.Value), Optional("Description", output.Description), Optional("ExportName", output.ExportName)))),
        Optional("RoleARN", stack.Request?.RoleArn),
        Tags(stack.Request),
        new XElement("DriftInformation", new XElement("StackDriftStatus", "NOT_CHECKED")),
        new XElement("EnableTerminationProtection", "false"));

    public static XElement Event(Stack stack, StackEvent one) => new("member",
        new XElement("StackId", stack.Id),
        new XElement("EventId", one.Id),
        new XElement("StackName", stack.Name),
        new XElement("LogicalResourceId", one.LogicalId),
        Optional("PhysicalResourceId", one.PhysicalId),
        new XElement("ResourceType", one.Type),
        new XElement("Timestamp", QueryProtocol.Instant(one.Time)),
        new XElement("ResourceStatus", one.Status),
        Optional("ResourceStatusReason", one.Reason));

    /// <param name="timestamp">What the answer calls the time of the last change.</param>
    public static XElement Resource(string name, string timestamp, Stack stack, StackResource resource) => new(name,
        new XElement("StackName", stack.Name),
        new XElement("StackId", stack.Id),
        new XElement("LogicalResourceId", resource.Id),
        Optional("PhysicalResourceId", resource.PhysicalId),
        new XElement("ResourceType", resource.Type),
        new XElement(timestamp, QueryProtocol.Instant(resource.Changed)),
        new XElement("ResourceStatus", resource.Status),
        Optional("ResourceStatusReason", resource.Reason),
        new XElement("DriftInformation", new XElement("StackResourceDriftStatus", "NOT_CHECKED")));

    public static IReadOnlyList<XElement?> ChangeSet(Stack stack, ChangeSet set) =>
    [
        .. Heading(stack, set),
        Parameters(set.Request),
        Capabilities(set.Request),
        Tags(set.Request),
        new XElement("NotificationARNs"),
        new XElement("Changes", set.Changes.Select(Change)),
    ];

    public static IReadOnlyList<XElement?> Heading(Stack stack, ChangeSet set) =>
    [
        new XElement("StackId", stack.Id),
        new XElement("StackName", stack.Name),
        new XElement("ChangeSetId", set.Id),
        new XElement("ChangeSetName", set.Name),
        new XElement("ExecutionStatus", set.ExecutionStatus),
        new XElement("Status", set.Status),
        Optional("StatusReason", set.Failure),
        new XElement("CreationTime", QueryProtocol.Instant(set.Created)),
        Optional("Description", set.Description),
        new XElement("IncludeNestedStacks", "false"),
    ];

    private static XElement Change(ResourceChange change) => new("member",
        new XElement("Type", "Resource"),
        new XElement("ResourceChange",
            new XElement("Action", change.Action),
            new XElement("LogicalResourceId", change.LogicalId),
            Optional("PhysicalResourceId", change.PhysicalId),
            new XElement("ResourceType", change.Type),
            change.Action != "Modify" ? null : new XElement("Replacement", change.Replaces ? "True" : "False"),
            new XElement("Scope", change.Properties.Count == 0 ? null : new XElement("member", "Properties")),
            new XElement("Details", change.Properties.Select(name => new XElement("member",
                new XElement("Target", new XElement("Attribute", "Properties"), new XElement("Name", name), new XElement("RequiresRecreation", change.Replaces ? "Conditionally" : "Never")),
                new XElement("Evaluation", "Static"),
                new XElement("ChangeSource", "DirectModification"))))));

    private static XElement? Parameters(StackRequest? request) => request is not { Parameters.Count: > 0 } ? null : new XElement("Parameters", request.Template.Parameters.Select(parameter =>
        new XElement("member", new XElement("ParameterKey", parameter.Name), new XElement("ParameterValue", parameter.NoEcho ? "****" : request.Parameters[parameter.Name]))));

    private static XElement? Capabilities(StackRequest? request) =>
        request is not { Capabilities.Count: > 0 } ? null : new XElement("Capabilities", request.Capabilities.Select(capability => new XElement("member", capability)));

    private static XElement Tags(StackRequest? request) =>
        new("Tags", (request?.Tags ?? new Dictionary<string, string>()).Select(tag => new XElement("member", new XElement("Key", tag.Key), new XElement("Value", tag.Value))));

    private static XElement? Optional(string name, string? value) => value is null ? null : new XElement(name, value);
}
