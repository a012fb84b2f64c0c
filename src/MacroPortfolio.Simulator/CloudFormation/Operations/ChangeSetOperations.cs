using System.Xml.Linq;
using MacroPortfolio.Simulator.CloudFormation.Stacks;
using MacroPortfolio.Simulator.Front;

namespace MacroPortfolio.Simulator.CloudFormation.Operations;

/// <summary>What is asked of change sets.</summary>
internal static class ChangeSetOperations
{
    public static IReadOnlyList<XElement?> Create(CloudFormationCall call)
    {
        var (stack, name) = (StackFor(call), call.Text("ChangeSetName"));
        if (stack.ChangeSets.Exists(set => set.Name == name))
            throw new AwsException(400, "AlreadyExistsException", $"ChangeSet {name} already exists");
        var request = call.Request(stack, stack.Request);
        var changes = Comparison.Changes(stack, request, call.Work(request, stack), call.Types);
        var isNothing = stack.Request is not null && StackOperations.IsNothing(call, stack, request, changes);
        var set = new ChangeSet(call.ArnOf($"changeSet/{name}/{call.NewId()}"), name, call["Description"], request, stack.Request is null, changes, call.Now)
        {
            Failure = isNothing ? ChangeSet.Nothing : null,
            ExecutionStatus = isNothing ? "UNAVAILABLE" : "AVAILABLE",
        };
        if (call.Account.Find(stack.Id) is null)
        {
            stack.Turn("REVIEW_IN_PROGRESS", "User Initiated", call.Now);
            call.Account.Add(stack);
        }

        stack.ChangeSets.Add(set);
        return [new XElement("Id", set.Id), new XElement("StackId", stack.Id)];
    }

    public static IReadOnlyList<XElement?> Describe(CloudFormationCall call)
    {
        var (stack, set) = Find(call);
        return Render.ChangeSet(stack, set);
    }

    public static IReadOnlyList<XElement?> Execute(CloudFormationCall call)
    {
        var (stack, set) = Find(call);
        if (set.ExecutionStatus != "AVAILABLE")
            throw new AwsException(400, "InvalidChangeSetStatus", $"ChangeSet [{set.Id}] cannot be executed in its current status of [{set.Status}]");
        var run = call.Run(stack, set.Request.RoleArn);
        // The others were compared with what the stack is no more.
        stack.ChangeSets.Clear();
        stack.ChangeSets.Add(set with { ExecutionStatus = "EXECUTE_COMPLETE" });
        stack.ChangeSetId = set.Id;
        if (set.CreatesStack)
            run.Create(set.Request, call["DisableRollback"] == "true" ? "DO_NOTHING" : "ROLLBACK");
        else
            run.Update(set.Request);
        return [];
    }

    public static IReadOnlyList<XElement?> Delete(CloudFormationCall call)
    {
        var (stack, set) = Find(call);
        stack.ChangeSets.Remove(set);
        return [];
    }

    public static IReadOnlyList<XElement?> List(CloudFormationCall call)
    {
        var stack = call.Stack();
        return [new XElement("Summaries", stack.ChangeSets.Select(set => new XElement("member", Render.Heading(stack, set))))];
    }

    internal static ChangeSet Find(Stack stack, string nameOrId) => stack.ChangeSets.Find(set => set.Id == nameOrId || set.Name == nameOrId)
        ?? throw new AwsException(404, "ChangeSetNotFound", $"ChangeSet [{nameOrId}] does not exist");

    private static (Stack Stack, ChangeSet Set) Find(CloudFormationCall call)
    {
        var name = call.Text("ChangeSetName");
        if (call["StackName"] is not null)
            return call.Stack() is var named ? (named, Find(named, name)) : default;
        var stack = call.Account.Living.FirstOrDefault(one => one.ChangeSets.Exists(set => set.Id == name));
        call.Demand(stack?.Name ?? "*");
        return stack is null ? throw new AwsException(404, "ChangeSetNotFound", $"ChangeSet [{name}] does not exist") : (stack, Find(stack, name));
    }

    /// <summary>The stack that is there, or one to be.</summary>
    private static Stack StackFor(CloudFormationCall call)
    {
        var name = call.Text("StackName");
        call.Demand(name);
        var existing = call.Account.Find(name);
        if (call["ChangeSetType"] != "CREATE")
        {
            var stack = existing ?? throw CloudFormationCall.Invalid($"Stack [{name}] does not exist");
            StackOperations.CheckChangeable(stack);
            return stack;
        }

        return existing switch
        {
            null => StackOperations.New(call, call.StackName()),
            { Status: "REVIEW_IN_PROGRESS" } => existing,
            _ => throw CloudFormationCall.Invalid($"Stack [{name}] already exists and cannot be created again with the changeSet [{call["ChangeSetName"]}]."),
        };
    }
}
