using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Releases;
using NodaTime;

namespace MacroPortfolio.Core.Reporting;

/// <summary>What happens in a run, in the order in which it happens. Reporters listen to nothing else.</summary>
public abstract record RunEvent
{
    private RunEvent() { }

    public sealed record Planned(Plan Plan, bool DryRun) : RunEvent;

    /// <summary>A deployment in flight is being stopped before ours begins.</summary>
    public sealed record Clearing(GroupPlan Group, DeploymentId Id) : RunEvent;

    public sealed record Started(GroupPlan Group, DeploymentId Id) : RunEvent;

    public sealed record NotStarted(GroupPlan Group, DeployException Why) : RunEvent;

    /// <summary>A deployment has changed since it was last seen.</summary>
    public sealed record Changed(GroupPlan Group, Observation Now, bool IsRollback) : RunEvent;

    /// <summary>Nothing has changed for a while.</summary>
    public sealed record Unchanged(GroupPlan Group, Observation Now, Duration Since) : RunEvent;

    public sealed record InstanceFailed(GroupPlan Group, DeploymentId Id, Target Target) : RunEvent;

    /// <summary>CodeDeploy has begun to roll the group back by itself.</summary>
    public sealed record RollingBack(GroupPlan Group, DeploymentId Failed, DeploymentId Rollback) : RunEvent;

    public sealed record Trouble(string What) : RunEvent;

    public sealed record Cancelling(string What) : RunEvent;

    public sealed record Ended(RunReport Report) : RunEvent;
}

/// <summary>Where a run's events go.</summary>
public interface IReporter
{
    Task ReportAsync(RunEvent happened, CancellationToken ct);
}

/// <summary>How a run ended, for every reporter alike.</summary>
/// <param name="Reason">One line: what decided the outcome.</param>
/// <param name="Next">One line: what to do now; empty when there is nothing to do.</param>
/// <param name="Groups">In the plan's order; empty when nothing was planned.</param>
public sealed record RunReport(
    Outcome Outcome,
    string Verb,
    string Application,
    RegionName Region,
    string Reason,
    string Next,
    Instant Began,
    Instant Ended,
    IReadOnlyList<GroupResult> Groups)
{
    public Duration Took => Ended - Began;

    /// <summary>Of a dry run: where the comment would be kept; null where it was not asked.</summary>
    public WouldComment? WouldComment { get; init; }

    /// <summary>The revisions that the run is about: those it deployed or, for a way back, those it took away first; where nothing was planned, the one it was asked about.</summary>
    public IReadOnlyList<Revision> Subjects { get; init; } = Verb == "rollback"
        ? [.. Groups.Select(result => result.Plan.State.LastAttempted?.Revision).OfType<Revision>(), .. Groups.Select(result => result.Plan.Revision)]
        : [.. Groups.Select(result => result.Plan.Revision)];
}

/// <param name="Pulls">Null where they could not be found out.</param>
/// <param name="Words">One line.</param>
public sealed record WouldComment(IReadOnlyList<int>? Pulls, string Words);

/// <summary>How one deployment of the run ended.</summary>
/// <param name="Id">Null when it was not created.</param>
/// <param name="Last">As it was last seen; null when it never was.</param>
/// <param name="Targets">Its instances, empty when they could not be read.</param>
/// <param name="Rollback">CodeDeploy's own rollback of it, as last seen.</param>
public sealed record GroupResult(GroupPlan Plan, DeploymentId? Id, Observation? Last, IReadOnlyList<Target> Targets, Observation? Rollback, Outcome Outcome, string Reason)
{
    /// <summary>What the group runs now: known only where everything ended well or was taken back.</summary>
    public Revision? RunsNow => Outcome switch
    {
        Outcome.Succeeded => Last?.Revision ?? Plan.Revision,
        Outcome.RolledBack => Rollback?.Revision,
        _ => null,
    };
}
