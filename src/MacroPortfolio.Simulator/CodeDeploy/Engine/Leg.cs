using MacroPortfolio.Simulator.CodeDeploy.State;

namespace MacroPortfolio.Simulator.CodeDeploy.Engine;

/// <summary>What happens to an instance without a pause.</summary>
/// <param name="From">The status of a target that it is for.</param>
/// <param name="To">The status of a target that has all of it behind it.</param>
public sealed record Leg(TargetStatus From, IReadOnlyList<string> Events, TargetStatus To)
{
    public static Leg Whole(IReadOnlyList<string> events) => new(TargetStatus.Pending, events, TargetStatus.Succeeded);
}
