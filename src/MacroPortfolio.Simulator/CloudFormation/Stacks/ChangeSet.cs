namespace MacroPortfolio.Simulator.CloudFormation.Stacks;

/// <param name="Action">Add, Modify or Remove.</param>
/// <param name="Replaces">Of Modify: whether another thing takes the place of the one that is there.</param>
/// <param name="Properties">Of Modify: which differ.</param>
public sealed record ResourceChange(string Action, string LogicalId, string? PhysicalId, string Type, bool Replaces, IReadOnlyList<string> Properties);

/// <summary>What a stack would become. It waits for somebody who has looked at it.</summary>
/// <param name="CreatesStack">Its stack is there only for it.</param>
public sealed record ChangeSet(string Id, string Name, string? Description, StackRequest Request, bool CreatesStack, IReadOnlyList<ResourceChange> Changes, DateTimeOffset Created)
{
    public const string Nothing = "The submitted information didn't contain changes. Submit different information to create a change set.";

    public string? Failure { get; init; }

    public string Status => Failure is null ? "CREATE_COMPLETE" : "FAILED";

    public string ExecutionStatus { get; init; } = "AVAILABLE";
}
