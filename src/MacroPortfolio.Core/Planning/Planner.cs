using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning.Stages;
using MacroPortfolio.Core.Releases;
using NodaTime;

namespace MacroPortfolio.Core.Planning;

/// <summary>The run of a workflow that a deployment is made by; it makes the deployment's marker.</summary>
/// <param name="Repository"><c>owner/name</c>, as the runner gives it.</param>
public sealed record RunIdentity(string Repository, long Run, int Attempt, string Job, string Step);

/// <summary>What every plan starts from.</summary>
/// <param name="Run">Null outside GitHub Actions.</param>
/// <param name="Titles">First lines of commit messages, as far as they could be read.</param>
public sealed record Basis(string CallerArn, RegionName Region, ApplicationName Application, RunIdentity? Run, IReadOnlyDictionary<CommitId, string> Titles)
{
    /// <summary>Of which commits bundles were built, by the revision's text, as far as that could be read.</summary>
    public IReadOnlyDictionary<string, Origin> Origins { get; init; } = new Dictionary<string, Origin>();
}

/// <summary>A group and its deployments, newest first.</summary>
public sealed record GroupHistory(GroupState State, IReadOnlyList<PastDeployment> Deployments);

/// <summary>Decides, from the inputs and from what CodeDeploy says, what a run does. Pure, and complete before any write.</summary>
public static class Planner
{
    public static Decision Deploy(
        string verb, Basis basis, Revision revision, IReadOnlyList<GroupHistory> groups, DeploymentSettings settings, StartSettings start, WatchSettings watch)
    {
        var plans = groups.Select(group => Begun(GroupPlanOf(verb, basis, group.State, revision, settings), group, start)).ToList();
        return plans.Select(plan => plan.First).OfType<Turn.Held>().FirstOrDefault() is { } held
            ? new Decision.Held(held.Why, held.Next)
            : new Decision.Go(PlanOf(verb, basis, start, watch, plans));
    }

    public static Plan Watch(Basis basis, WatchSettings watch, GroupState group, PastDeployment existing) => PlanOf("deploy", basis, StartSettings.Default, watch,
    [
        GroupPlanOf("deploy", basis, group, existing.Revision, DeploymentSettings.Default) with { First = new Turn.Attach(existing, Ours: true), Description = existing.Description ?? "" },
    ]);

    /// <summary>A revision to the groups of a stage, with what the stage asks of it afterwards and the way back.</summary>
    /// <param name="words">For the deployments' descriptions.</param>
    /// <param name="atLeast">How long pages are asked at least.</param>
    public static Decision ToStage(string verb, Basis basis, Revision revision, StageHistory into, string? words, Duration atLeast, WatchSettings watch)
    {
        var settings = DeploymentSettings.Default with { Config = into.Stage.DeploymentConfig, Description = words };
        var plans = into.Groups.Select(group => WithWayBack(Begun(GroupPlanOf(verb, basis, group.State, revision, settings), group, StartSettings.Default), basis, into, group, watch)).ToList();
        return plans.Select(plan => plan.First).OfType<Turn.Held>().FirstOrDefault() is { } held
            ? new Decision.Held(held.Why, held.Next)
            : new Decision.Go(PlanOf(verb, basis, StartSettings.Default, watch, plans) with { Proving = ProvingOf(into.Stage, atLeast), MaxParallel = into.Stage.MaxParallel });
    }

    /// <summary>What an earlier attempt of this very step has promoted, whatever the rules say by now: what already runs is not stopped. Null when there is nothing of the kind.</summary>
    public static Decision.Go? Repeated(string verb, Basis basis, StageHistory into, WatchSettings watch)
    {
        var plans = into.Groups.Select(group => Own(verb, basis, group, StartSettings.Default) is { } own ? WithWayBack(own, basis, into, group, watch) : null).ToList();
        return plans.Count > 0 && !plans.Contains(null)
            ? new Decision.Go(PlanOf(verb, basis, StartSettings.Default, watch, [.. plans.OfType<GroupPlan>()]) with { Proving = ProvingOf(into.Stage, Duration.Zero), MaxParallel = into.Stage.MaxParallel })
            : null;
    }

    /// <summary>Takes the last stage that has a deployment, and earlier ones that run the same revision, back to the last known good revision of each.</summary>
    /// <param name="stages">In the order of promotion.</param>
    /// <param name="only">Roll back this stage alone.</param>
    /// <param name="to">Go back to this revision instead of the last known good one.</param>
    public static Decision Rollback(Basis basis, IReadOnlyList<StageHistory> stages, StageName? only, Revision? to, string? reason, WatchSettings watch)
    {
        // A run that is repeated decides from what was there before it, and finds what it has done already.
        var before = stages.SelectMany(stage => stage.Groups.Select(group => (stage.Stage, Now: group, Group: group with { Deployments = [.. group.Deployments.SkipWhile(past => IsOf(basis.Run, "rollback", past))] }))).ToList();
        var last = before.LastOrDefault(known => ToTakeBack(known.Group.Deployments) is not null && (only is null || known.Stage.Name == only)).Stage;
        if (last is null)
        {
            return new Decision.Refused($"{(only is { } name ? $"{name} has no" : "No stage has a")} deployment, so there is nothing to roll back.", "");
        }

        var bad = before.Where(known => known.Stage == last).Select(known => ToTakeBack(known.Group.Deployments)).OfType<PastDeployment>().ToList();
        var affected = before
            .Where(known => ToTakeBack(known.Group.Deployments) is { } there
                && (known.Stage == last || (only is null && bad.Exists(past => there.Revision.DiffersFrom(past.Revision) is false))))
            .Where(known => known.Stage == last || stages.TakeWhile(stage => stage.Stage != last).Any(stage => stage.Stage == known.Stage))
            .Reverse()
            .ToList();
        if (affected.SelectMany(known => known.Group.Deployments).FirstOrDefault(past => !past.Phase.IsOver() && past.IsWayBack) is { } underWay)
        {
            return new Decision.Held($"{underWay.Group} is being rolled back already: {underWay.Id} to {underWay.Revision.Label} is {underWay.Status}.", "Watch it with the input deployment-id of deploy.");
        }

        var plans = new List<GroupPlan>();
        foreach (var (stage, now, group) in affected)
        {
            if (Own("rollback", basis, now, StartSettings.WayBack) is { } own)
            {
                plans.Add(own with { Stage = stage.Name, Environment = stage.Environment });
                continue;
            }

            var there = ToTakeBack(group.Deployments)!.Revision;
            if ((to ?? LastKnownGood(group.Deployments, there, watch.MaxFailed)?.Revision) is not { } good)
            {
                return new Decision.Refused(
                    $"{group.State.Name} runs {there.Label} and no earlier revision has succeeded there, so there is nothing to go back to.",
                    "Deploy a revision that works, or name one with 'to'.");
            }

            plans.Add(Begun(GroupPlanOf("rollback", basis, group.State, good, BackwardSettings with { Description = reason }), now, StartSettings.WayBack) with { Stage = stage.Name, Environment = stage.Environment });
        }

        return new Decision.Go(PlanOf("rollback", basis, StartSettings.WayBack, watch, plans));
    }

    /// <summary>What the group would go back to; null where there is nothing.</summary>
    public static PastDeployment? Good(GroupHistory group, FailureAllowance maxFailed) => ToTakeBack(group.Deployments) is { } bad ? LastKnownGood(group.Deployments, bad.Revision, maxFailed) : null;

    /// <summary>
    /// The newest deployment that succeeded within the limit with another revision than the bad one, and whose revision nobody has rolled back from since.
    /// Instances that Auto Scaling has launched say nothing of a revision's worth.
    /// </summary>
    /// <param name="deployments">Newest first.</param>
    public static PastDeployment? LastKnownGood(IReadOnlyList<PastDeployment> deployments, Revision bad, FailureAllowance maxFailed)
    {
        var takenBack = new List<Revision>();
        for (var at = 0; at < deployments.Count; at++)
        {
            var past = deployments[at];
            var good = past.Phase == Phase.Succeeded
                && past.Creator is not ("autoscaling" or "autoscalingTermination")
                && WithinLimit(past, maxFailed)
                && past.Revision is not Revision.Unrecognised
                && past.Revision.DiffersFrom(bad)
                && takenBack.All(past.Revision.DiffersFrom);
            if (good)
            {
                return past;
            }

            if (past.IsWayBack && ToTakeBack([.. deployments.Skip(at + 1)]) is { } before)
            {
                takenBack.Add(before.Revision);
            }
        }

        return null;
    }

    /// <summary>The deployment that a way back leads away from: the newest, but for ways back that did not arrive.</summary>
    /// <param name="deployments">Newest first.</param>
    public static PastDeployment? ToTakeBack(IReadOnlyList<PastDeployment> deployments) =>
        deployments.FirstOrDefault(past => past.Phase == Phase.Succeeded || !past.IsWayBack) ?? (deployments is [var newest, ..] ? newest : null);

    internal static bool WithinLimit(PastDeployment past, FailureAllowance maxFailed) => past.Counts is not { } counts || maxFailed.Allows(counts.Missed, counts.Total);

    private static Proving ProvingOf(Stage stage, Duration atLeast) => new(stage.Name, stage.Gates, atLeast, stage.RollsBack);

    /// <summary>Decided before anything is created, from what was there before this run.</summary>
    private static GroupPlan WithWayBack(GroupPlan plan, Basis basis, StageHistory into, GroupHistory group, WatchSettings watch)
    {
        var before = plan.First is Turn.Attach { Ours: true, To: var own } ? group.Deployments.SkipWhile(past => past.Id != own.Id).Skip(1).ToList() : group.Deployments;
        plan = plan with { Stage = into.Stage.Name, Environment = into.Stage.Environment };
        return into.Stage.RollsBack && LastKnownGood(before, plan.Revision, watch.MaxFailed) is { } good
            ? plan with { WayBack = GroupPlanOf("rollback", basis, plan.State, good.Revision, BackwardSettings with { Description = $"back from {plan.Revision.Label}" }) }
            : plan;
    }

    /// <summary>The way back must not fail because the bad revision's own stop script does.</summary>
    private static DeploymentSettings BackwardSettings => DeploymentSettings.Default with { IgnoreApplicationStopFailures = true };

    /// <summary>What an earlier attempt of this very step has made in the group and what decides still; null when there is nothing of the kind.</summary>
    private static GroupPlan? Own(string verb, Basis basis, GroupHistory group, StartSettings start) =>
        group.Deployments.FirstOrDefault(past => IsOf(basis.Run, verb, past)) is { } made
        && Begun(GroupPlanOf(verb, basis, group.State, made.Revision, DeploymentSettings.Default), group, start) is { First: Turn.Attach { Ours: true, To: var own } } plan
            ? plan with { Revision = own.Revision, Description = own.Description ?? "" }
            : null;

    private static bool IsOf(RunIdentity? run, string verb, PastDeployment past) =>
        run is not null && past.IsBySomebody && past.Marker is { } marker && marker.Verb == verb && marker.SameStep(new Marker(marker.Subject, marker.Group, run.Repository, run.Run, run.Job, run.Step, verb, run.Attempt));

    private static GroupPlan Begun(GroupPlan plan, GroupHistory group, StartSettings start)
    {
        var first = Turn.Of(plan, group.Deployments, start);
        return plan with { First = first, State = first is Turn.Attach { Ours: true, To: var own } ? Before(own, group) : plan.State };
    }

    /// <summary>A run that is repeated tells what its deployment has changed, and so what was there before it.</summary>
    private static GroupState Before(PastDeployment own, GroupHistory group)
    {
        var earlier = group.Deployments.SkipWhile(past => past.Id != own.Id).Skip(1).ToList();
        return group.State with { LastAttempted = earlier.FirstOrDefault(), LastSuccessful = earlier.FirstOrDefault(past => past.Phase == Phase.Succeeded) };
    }

    private static Plan PlanOf(string verb, Basis basis, StartSettings start, WatchSettings watch, IReadOnlyList<GroupPlan> groups) =>
        new(verb, basis.CallerArn, basis.Region, basis.Application, start, watch, groups);

    private static GroupPlan GroupPlanOf(string verb, Basis basis, GroupState group, Revision revision, DeploymentSettings settings)
    {
        revision = revision is Revision.S3 { BuiltOf: null } s3 && basis.Origins.TryGetValue(s3.Text, out var origin) ? s3 with { BuiltOf = origin } : revision;
        var title = revision.Commit is { } commit ? basis.Titles.GetValueOrDefault(commit) : null;
        var marker = basis.Run is { } run ? new Marker(SubjectOf(revision), group.Name.Value, run.Repository, run.Run, run.Job, run.Step, verb, run.Attempt) : null;
        return new GroupPlan(group, revision, title, settings, marker?.Describe(settings.Description) ?? settings.Description ?? $"{SubjectOf(revision)} {group.Name} by hand ({verb})", marker);
    }

    /// <summary>A word of bounded length for the marker: long S3 keys keep their end.</summary>
    private static string SubjectOf(Revision revision)
    {
        var label = string.Concat(revision.Label.Select(letter => char.IsWhiteSpace(letter) ? '_' : letter));
        return label.Length <= 80 ? label : $"...{label[^77..]}";
    }
}
