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
    public sealed record Clearing(GroupPlan Group, PastDeployment Away) : RunEvent;

    /// <summary>A deployment in flight has to end before ours begins.</summary>
    public sealed record Queued(GroupPlan Group, PastDeployment For) : RunEvent;

    /// <summary>The request to create the deployment goes out next.</summary>
    public sealed record Creating(GroupPlan Group) : RunEvent;

    public sealed record Started(GroupPlan Group, DeploymentId Id) : RunEvent;

    /// <summary>Nothing is created: the deployment exists.</summary>
    /// <param name="Ours">An earlier attempt of this run made it, or the process that was here before.</param>
    public sealed record Attached(GroupPlan Group, PastDeployment To, bool Ours) : RunEvent;

    public sealed record NotStarted(GroupPlan Group, DeployException Why) : RunEvent;

    /// <summary>A deployment has changed since it was last seen.</summary>
    /// <param name="Before">Null when it is seen for the first time.</param>
    public sealed record Changed(GroupPlan Group, Observation? Before, Observation Now, bool IsRollback) : RunEvent;

    /// <summary>Nothing has changed for a while.</summary>
    public sealed record Unchanged(GroupPlan Group, Observation Now, Duration Since) : RunEvent;

    /// <summary>Instances have failed since the last look, all in the same way.</summary>
    /// <param name="Before">How many had failed in this way before; 0 when it is new.</param>
    public sealed record InstancesFailed(GroupPlan Group, DeploymentId Id, Failure Failure, int Before) : RunEvent;

    /// <summary>CodeDeploy has begun to roll the group back by itself.</summary>
    public sealed record RollingBack(GroupPlan Group, DeploymentId Failed, DeploymentId Rollback) : RunEvent;

    /// <summary>Everything is deployed, and the stage's gates are asked.</summary>
    public sealed record Judging(Proving Proving) : RunEvent;

    public sealed record Judged(StageName Stage, IReadOnlyList<GateResult> Gates) : RunEvent;

    /// <summary>What this run has touched is taken back by deployments of its own.</summary>
    public sealed record TakingBack(Plan Plan) : RunEvent;

    /// <summary>Something that happened on such a way back, which has no outputs, state or record of its own: no post stage stops it halfway.</summary>
    public sealed record OnTheWayBack(RunEvent Happened) : RunEvent;

    /// <summary>Nothing has succeeded in the group before.</summary>
    public sealed record NoWayBack(GroupPlan Group) : RunEvent;

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

    /// <summary>See <see cref="DeployException.Details"/>.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>What the stage's gates said; empty where none were asked.</summary>
    public IReadOnlyList<GateResult> Gates { get; init; } = [];

    /// <summary>See <see cref="Plan.Notes"/>.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>When what holds the run will have passed by itself; null when nothing does, it will not, or nobody knows.</summary>
    public Instant? Until { get; init; }

    /// <summary>False when something may run on that was to be stopped: the post stage is to try again.</summary>
    public bool IsSettled { get; init; } = true;

    /// <summary>Whose the application is; null when nothing is known of it, or nothing broke.</summary>
    public ServiceContact? Service { get; init; }

    /// <summary>What to do about what broke, each hint once.</summary>
    public IEnumerable<string> Hints => Groups.Select(result => result.Hint).Where(hint => hint.Length > 0).Distinct();

    /// <summary>Of a dry run: where the comment would be kept; null where it was not asked.</summary>
    public WouldComment? WouldComment { get; init; }

    /// <summary>What a run that deploys nothing has put into the bundle bucket.</summary>
    public Revision? Pushed { get; init; }

    /// <summary>The revisions that the run is about: those it deployed or, for a way back, those it took away first; where nothing was planned, the one it was asked about.</summary>
    public IReadOnlyList<Revision> Subjects { get; init; } = Verb == "rollback"
        ? [.. Groups.Select(result => result.Plan.State.LastAttempted?.Revision).OfType<Revision>(), .. Groups.Select(result => result.Plan.Revision)]
        : [.. Groups.Select(result => result.Plan.Revision)];
}

/// <summary>Who to turn to when an application breaks, as its release file says.</summary>
public sealed record ServiceContact(string? Owner, string? Runbook)
{
    public string InWords => string.Join(". ", new[] { Owner is null ? null : $"Owner: {Owner}", Runbook is null ? null : $"Runbook: {Runbook}" }.OfType<string>());
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
    /// <summary>What went wrong on its instances, the commonest cause first. After a cancelled job's stop the instances were read, the deployment was not.</summary>
    public IReadOnlyList<Failure> Failures { get; } = Releases.Failures.Of(Targets, Outcome == Outcome.Cancelled ? Phase.Stopped : Last?.Phase);

    /// <summary>What to do about it; empty when nothing is known, or nothing need be done.</summary>
    public string Hint => Outcome == Outcome.Succeeded ? ""
        : Failures is [var commonest, ..] && Hints.Of(commonest) is { Length: > 0 } hint ? hint
        : Last?.Error is { } error ? Hints.Of(error, Plan.State, Last.Counts)
        : "";

    /// <summary>This run's own way back, where it was needed.</summary>
    public GroupResult? Back { get; init; }

    /// <summary>What the group runs now: known only where everything ended well or was taken back.</summary>
    public Revision? RunsNow => Outcome switch
    {
        Outcome.Succeeded => Last?.Revision ?? Plan.Revision,
        Outcome.RolledBack => Back?.RunsNow ?? Rollback?.Revision,
        _ => null,
    };
}
