using MacroPortfolio.Simulator.CodeDeploy.Engine;

namespace MacroPortfolio.Simulator.Faults;

/// <summary>What can go wrong, with the keys that belong to it.</summary>
/// <param name="Needs">Keys that it cannot be without.</param>
/// <param name="Takes">Keys that it can have.</param>
public sealed record FaultKind(string Name, string[] Needs, string[] Takes)
{
    public const string Throttled = "throttled";
    public const string Status = "status";
    public const string Error = "error";
    public const string Refused = "refused";
    public const string ResetAfterRead = "reset-after-read";
    public const string AnswerLost = "answer-lost";
    public const string Late = "late";
    public const string Truncated = "truncated";
    public const string Halved = "halved";
    public const string Empty = "empty";
    public const string Hold = "hold";

    public const string AgentSilent = "agent-silent";
    public const string AgentDies = "agent-dies";
    public const string Slow = "slow";
    public const string DiskFull = "disk-full";

    /// <summary>The lifecycle events in which the agent writes what can be too much for a disk.</summary>
    public static IReadOnlyList<string> WhereDisksAreWritten { get; } = [Lifecycle.DownloadBundle, Lifecycle.Install];

    public static IReadOnlyList<FaultKind> OfRequests { get; } =
    [
        new(Throttled, [], ["limit", "status", "retry-after"]),
        new(Status, ["status"], ["body", "retry-after"]),
        new(Error, [], ["error", "status", "message"]),
        new(Refused, [], []),
        new(ResetAfterRead, [], []),
        new(AnswerLost, [], []),
        new(Late, ["seconds"], []),
        new(Truncated, [], []),
        new(Halved, [], []),
        new(Empty, [], []),
        new(Hold, [], ["at"]),
    ];

    public static IReadOnlyList<FaultKind> OfInstances { get; } =
    [
        new(AgentSilent, [], []),
        new(AgentDies, [], ["seconds"]),
        new(Slow, ["factor"], []),
        new(DiskFull, [], []),
    ];
}
