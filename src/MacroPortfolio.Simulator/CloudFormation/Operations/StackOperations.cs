using System.Xml.Linq;
using MacroPortfolio.Simulator.CloudFormation.Stacks;
using MacroPortfolio.Simulator.Front;

namespace MacroPortfolio.Simulator.CloudFormation.Operations;

/// <summary>What is asked of stacks.</summary>
internal static class StackOperations
{
    public static IReadOnlyList<XElement?> Create(CloudFormationCall call)
    {
        var name = call.StackName();
        call.Demand(name);
        if (call.Account.Find(name) is not null)
            throw new AwsException(400, "AlreadyExistsException", $"Stack [{name}] already exists");
        var stack = New(call, name);
        var request = call.Request(stack, null);
        call.Account.Add(stack);
        call.Run(stack, request.RoleArn).Create(request, call["DisableRollback"] == "true" ? "DO_NOTHING" : call["OnFailure"] ?? "ROLLBACK");
        return [new XElement("StackId", stack.Id)];
    }

    public static IReadOnlyList<XElement?> Update(CloudFormationCall call)
    {
        var stack = call.Stack();
        CheckChangeable(stack);
        var request = call.Request(stack, stack.Request);
        if (IsNothing(call, stack, request, Comparison.Changes(stack, request, call.Work(request, stack), call.Types)))
            throw CloudFormationCall.Invalid("No updates are to be performed.");
        call.Run(stack, request.RoleArn).Update(request);
        return [new XElement("StackId", stack.Id)];
    }

    public static IReadOnlyList<XElement?>? Delete(CloudFormationCall call)
    {
        var name = call.Text("StackName");
        call.Demand(name);
        // A stack that is not there is deleted already.
        if (call.Account.Find(name) is not { IsGone: false } stack)
            return null;
        call.Run(stack, call["RoleARN"] ?? stack.Request?.RoleArn).Delete();
        return null;
    }

    public static IReadOnlyList<XElement?> Describe(CloudFormationCall call)
    {
        var name = call["StackName"];
        call.Demand(name);
        var stacks = name is null ? call.Account.Living : [call.Account.Get(name)];
        return [new XElement("Stacks", stacks.Select(Render.Stack))];
    }

    public static IReadOnlyList<XElement?> DescribeEvents(CloudFormationCall call)
    {
        var stack = call.Stack();
        return [new XElement("StackEvents", stack.Events.AsEnumerable().Reverse().Select(one => Render.Event(stack, one)))];
    }

    public static IReadOnlyList<XElement?> DescribeResources(CloudFormationCall call)
    {
        var stack = call.Stack();
        return [new XElement("StackResources", stack.Resources.Values.Where(one => call["LogicalResourceId"] is not { } id || one.Id == id).Select(one => Render.Resource("member", "Timestamp", stack, one)))];
    }

    public static IReadOnlyList<XElement?> DescribeResource(CloudFormationCall call)
    {
        var (stack, id) = (call.Stack(), call.Text("LogicalResourceId"));
        return stack.Resources.TryGetValue(id, out var resource)
            ? [Render.Resource("StackResourceDetail", "LastUpdatedTimestamp", stack, resource)]
            : throw CloudFormationCall.Invalid($"Resource {id} does not exist for stack {stack.Name}");
    }

    public static IReadOnlyList<XElement?> ListExports(CloudFormationCall call)
    {
        call.Demand(null);
        return
        [
            new XElement("Exports", call.Account.Exports.Select(export => new XElement("member",
                new XElement("ExportingStackId", export.Stack.Id), new XElement("Name", export.Output.ExportName), new XElement("Value", export.Output.Value)))),
        ];
    }

    internal static Stack New(CloudFormationCall call, string name) => new(call.ArnOf($"stack/{name}/{call.NewId()}"), name, call.Now);

    internal static void CheckChangeable(Stack stack)
    {
        if (!stack.CanChange)
            throw CloudFormationCall.Invalid($"Stack:{stack.Id} is in {stack.Status} state and can not be updated.");
    }

    /// <summary>Tags and outputs are part of a stack too.</summary>
    internal static bool IsNothing(CloudFormationCall call, Stack stack, StackRequest request, IReadOnlyList<ResourceChange> changes) =>
        changes.Count == 0
        && request.Tags.ToHashSet().SetEquals(stack.Request?.Tags ?? new Dictionary<string, string>())
        && call.Work(request, stack).Outputs(request.Template).SequenceEqual(stack.Outputs);
}
