using MacroPortfolio.Simulator.CodeDeploy.State;

namespace MacroPortfolio.Simulator.CodeDeploy.Engine;

/// <summary>What happens to an instance without a pause.</summary>
/// <param name="From">The status of a target that it is for.</param>
/// <param name="To">The status of a target that has all of it behind it.</param>
public sealed record Leg(TargetStatus From, IReadOnlyList<string> Events, TargetStatus To)
{
    /// <summary>A replacement instance gets the revision.</summary>
    public static Leg Preparing { get; } = new(TargetStatus.Pending, Lifecycle.Installing, TargetStatus.Ready);

    /// <summary>It gets traffic.</summary>
    public static Leg Opening { get; } = new(TargetStatus.Ready, Lifecycle.Allowing, TargetStatus.Succeeded);

    /// <summary>An original instance gets none any more.</summary>
    public static Leg Closing { get; } = new(TargetStatus.Pending, Lifecycle.Blocking, TargetStatus.Succeeded);

    public static Leg Whole(IReadOnlyList<string> events) => new(TargetStatus.Pending, events, TargetStatus.Succeeded);
}
