using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Core.Releases;

/// <summary>What a run's deployments amount to. Pure: the last observations and the limits in, outcome and reason out.</summary>
public static class Verdict
{
    /// <summary>One deployment.</summary>
    /// <param name="decided">What ended the run as a whole before this deployment did, if anything.</param>
    public static (Outcome Outcome, string Reason) Of(
        GroupPlan plan, Observation? seen, IReadOnlyList<Target> targets, Observation? rollback, DeploymentId? rollbackId, FailureAllowance maxFailed, bool vanished, Outcome? decided) => seen switch
        {
            _ when vanished => (Outcome.Failed, $"CodeDeploy no longer knows the deployment of {plan.Group}, so how it ended could not be confirmed."),
            { Phase: Phase.Succeeded } when seen.Revision.DiffersFrom(plan.Revision) =>
                (Outcome.Failed, $"The deployment to {plan.Group} succeeded with {seen.Revision.Label}, and {plan.Revision.Label} was meant."),
            { Phase: Phase.Succeeded } when Missed(seen, targets) is var (missed, all) && maxFailed.Allows(missed, all) => (Outcome.Succeeded, Success(plan, seen, missed, all)),
            { Phase: Phase.Succeeded } when Missed(seen, targets) is var (missed, all) =>
                (Outcome.Failed, $"{Cause(targets)}CodeDeploy calls the deployment to {plan.Group} succeeded, but {missed} of {all} instances do not have the revision and max-failed-instances is {maxFailed}."),
            { Phase: Phase.Failed or Phase.Stopped } => AfterFailure(plan, seen, targets, rollback, rollbackId, maxFailed),
            _ when decided is Outcome.Created => (Outcome.Created, $"The deployment to {plan.Group} was created."),
            { Status: "Ready" } when decided is Outcome.StillRunning => (Outcome.StillRunning, $"{plan.Group}: {Words.Ready(seen.Id, plan.State.Fleet)}. This run waits no longer."),
            { } when decided is Outcome.StillRunning => (Outcome.StillRunning, $"The deployment to {plan.Group} is {seen.Status} and goes on; only this run waits no longer, as its timeout says."),
            _ => (decided ?? Outcome.Failed, $"The deployment to {plan.Group} is {seen?.Status ?? "not seen yet"}."),
        };

    /// <summary>What most failed instances failed of, as a sentence to put first; empty when none failed. CodeDeploy's own message names neither event nor script.</summary>
    public static string Cause(IReadOnlyList<Target> targets, Phase? phase = null) =>
        Failures.Of(targets, phase) is [var commonest, ..] ? $"{commonest.Instances.Count} of {targets.Count} instances {commonest.How}. " : "";

    /// <summary>One deployment after the gates were asked of it, and after the way back where it was taken.</summary>
    /// <param name="back">Null where this run has taken nothing back.</param>
    public static GroupResult After(GroupResult result, IReadOnlyList<GateResult> gates, GroupResult? back)
    {
        var failed = result.Outcome == Outcome.Succeeded && GateRules.Worst(gates) == GateVerdict.Fail ? $"{result.Plan.Group} had {result.Plan.Revision.Label}, which failed a gate." : result.Reason;
        return back switch
        {
            { Outcome: Outcome.Succeeded } => result with { Outcome = Outcome.RolledBack, Back = back, Reason = $"{failed} {result.Plan.Group} was taken back to {back.Plan.Revision.Label} by {back.Id}." },
            not null => result with { Outcome = Outcome.Failed, Back = back, Reason = $"{failed} The way back to {back.Plan.Revision.Label} did not arrive: {back.Reason}" },
            null when result.Outcome == Outcome.Succeeded && GateRules.Worst(gates) == GateVerdict.Fail => result with { Outcome = Outcome.Failed, Reason = $"{failed} It was not taken back." },
            null => result,
        };
    }

    /// <summary>The whole run with what its gates said: what they could not tell is left to a person.</summary>
    public static Outcome Of(IReadOnlyList<GroupResult> results, IReadOnlyList<GateResult> gates) =>
        Of(results) is Outcome.Succeeded && GateRules.Worst(gates) == GateVerdict.Inconclusive ? Outcome.Held : Of(results);

    /// <summary>The whole run: good only where everything is good; rolled back only where everything it touched is back.</summary>
    public static Outcome Of(IReadOnlyList<GroupResult> results)
    {
        var outcomes = results.Select(result => result.Outcome).ToHashSet();
        var touched = results.Where(result => result.Id is not null).ToList();
        return outcomes switch
        {
            _ when outcomes.All(outcome => outcome == Outcome.Superseded) => Outcome.Superseded,
            _ when outcomes.All(outcome => outcome is Outcome.Succeeded or Outcome.Superseded) => Outcome.Succeeded,
            _ when outcomes.Contains(Outcome.Cancelled) => Outcome.Cancelled,
            _ when touched.Count == 0 && outcomes.Count == 1 => outcomes.Single(),
            _ when outcomes.All(outcome => outcome is Outcome.Succeeded or Outcome.Superseded or Outcome.Held) => Outcome.Held,
            _ when touched.Count > 0 && touched.All(result => result.Outcome == Outcome.RolledBack) => Outcome.RolledBack,
            _ => Outcome.Failed,
        };
    }

    public static string Reason(Outcome outcome, IReadOnlyList<GroupResult> results, IReadOnlyList<GateResult> gates)
    {
        var told = results.Where(result => outcome is Outcome.Succeeded or Outcome.Held || result.Outcome != Outcome.Succeeded).Select(result => result.Reason);
        var worst = gates.Where(gate => gate.Verdict != GateVerdict.Pass).OrderByDescending(gate => gate.Verdict).Select(gate => $"The gate {gate.Gate} {(gate.Verdict == GateVerdict.Fail ? "failed" : "is inconclusive")}: {gate.Why}.");
        return string.Join(" ", worst.Concat(told));
    }

    /// <summary>What to do now.</summary>
    public static string Next(Outcome outcome, Plan plan, IReadOnlyList<GroupResult> results) => (outcome, plan.Verb) switch
    {
        (Outcome.Succeeded, "gray") => $"Try it, then promote {plan.Groups[0].Revision.Label}, or roll it back.",
        (Outcome.StillRunning or Outcome.Created or Outcome.NoAccess, _) => Reattach(plan, [.. results.Where(result => result is { Id: not null } && result.Last?.Phase.IsOver() is not true).Select(result => result.Id!.Value)]),
        (Outcome.Failed, "deploy" or "gray" or "promote") => "Mend the cause and deploy again, or roll back to the last known good revision.",
        (Outcome.Held, _) when results.Any(result => result.Id is not null) => "Look what is the matter: then promote (a gate that stays inconclusive needs override with a reason), or roll back.",
        (Outcome.RolledBack, _) => "Mend the cause and deploy again.",
        _ => "",
    };

    private static string Success(GroupPlan plan, Observation seen, long missed, long all) =>
        $"{plan.Group} runs {seen.Revision.Label}{(missed > 0 ? $", without {missed} of {all} instances as max-failed-instances allows" : "")}.";

    /// <summary>How many instances ended without the revision, and out of how many. CodeDeploy's overview has no count for those that it lost.</summary>
    private static (long Missed, long All) Missed(Observation seen, IReadOnlyList<Target> targets)
    {
        var lost = targets.Count(target => target.Status == "Unknown");
        return ((seen.Counts?.Missed ?? 0) + lost, (seen.Counts?.Total ?? 0) + lost);
    }

    private static (Outcome, string) AfterFailure(GroupPlan plan, Observation seen, IReadOnlyList<Target> targets, Observation? rollback, DeploymentId? rollbackId, FailureAllowance maxFailed)
    {
        var what = seen.Phase == Phase.Stopped ? "was stopped" : "failed";
        var cause = Cause(targets, seen.Phase);
        var why = seen.Error switch
        {
            // Its long message only sums up what the cause or the hint says better.
            { Code: "HEALTH_CONSTRAINTS" } when cause.Length > 0 || Untouched(seen) => $"The deployment to {plan.Group} {what} (HEALTH_CONSTRAINTS).",
            { } error => $"The deployment to {plan.Group} {what}. {error.Code}: {error.Message}",
            null => $"The deployment to {plan.Group} {what}. CodeDeploy gives no reason.",
        };
        var reason = $"{cause}{why}";
        return rollback switch
        {
            { Phase: Phase.Succeeded } when rollback.Counts is not { } counts || maxFailed.Allows(counts.Missed, counts.Total) =>
                (Outcome.RolledBack, $"{reason} CodeDeploy rolled {plan.Group} back to {rollback.Revision.Label}."),
            { } when Untouched(seen) && Untouched(rollback) => (Outcome.Failed, $"{reason} Neither it nor CodeDeploy's rollback {rollback.Id} began an instance, so {plan.Group} runs what it ran before."),
            { } => (Outcome.Failed, $"{reason} CodeDeploy's rollback {rollback.Id} is {rollback.Status}: what {plan.Group} runs is not certain."),
            null when rollbackId is { } id => (Outcome.Failed, $"{reason} CodeDeploy's rollback {id} was not seen to its end."),
            null when seen is { RollsBackByItself: true } => (Outcome.Failed, $"{reason} CodeDeploy did not roll back{(seen.RollbackMessage is { } said ? $": {said.TrimEnd('.')}" : " within a minute")}."),
            null => (Outcome.Failed, reason),
        };
    }

    /// <summary>It ended before any instance was begun.</summary>
    internal static bool Untouched(Observation seen) => seen is { Phase: Phase.Failed or Phase.Stopped, Counts.NoneBegun: true };

    /// <summary>How to watch on; empty when there is nothing to watch.</summary>
    public static string Reattach(Plan plan, IReadOnlyList<DeploymentId> open)
    {
        var commands = open.Select(id => $"macro-portfolio deploy --application {plan.Application} --deployment-id {id} --aws-region {plan.Region}");
        return open.Count == 0 ? "" : $"Watch on with the input deployment-id ({string.Join(", ", open)}), or: {string.Join(" ; ", commands)}";
    }
}
