using MacroPortfolio.Simulator.Front;

namespace MacroPortfolio.Simulator.CloudFormation.Stacks;

/// <summary>The stacks of one account.</summary>
public sealed class StackAccount(string id)
{
    private readonly List<Stack> _stacks = [];

    public string Id { get; } = id;

    /// <summary>One operation at a time: it is done when its request is answered.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Those that are there, the newest first.</summary>
    public IReadOnlyList<Stack> Living => [.. _stacks.Where(stack => !stack.IsGone).Reverse()];

    /// <summary>Names and values that stacks give to others.</summary>
    public IEnumerable<(Stack Stack, StackOutput Output)> Exports => Living.SelectMany(stack => stack.Outputs.Where(output => output.ExportName is not null).Select(output => (stack, output)));

    public void Add(Stack stack) => _stacks.Add(stack);

    public void Remove(Stack stack) => _stacks.Remove(stack);

    /// <summary>By name those that are there, by id also those that are gone.</summary>
    public Stack? Find(string nameOrId) => _stacks.FindLast(stack => stack.Id == nameOrId) ?? _stacks.FindLast(stack => !stack.IsGone && stack.Name == nameOrId);

    public Stack Get(string nameOrId) => Find(nameOrId) ?? throw new AwsException(400, "ValidationError", $"Stack with id {nameOrId} does not exist");
}
