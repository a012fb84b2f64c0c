using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Releases;

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
    /// <summary>The stages of an application without a release file, in the order of promotion.</summary>
    public static IReadOnlyList<DeploymentGroupName> DefaultStages { get; } = [new("gray"), new("stable")];

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

    /// <summary>Promotes exactly what <paramref name="from"/> runs, or says why not.</summary>
    /// <param name="asked">The revision that was asked for; null for what <paramref name="from"/> runs.</param>
    public static Decision Promote(Basis basis, Revision? asked, GroupState from, GroupHistory into, WatchSettings watch)
    {
        const string afterGray = "Run promote again when it has.";
        var to = into.State;
        if (Own("promote", basis, into, StartSettings.Default) is { } own)
        {
            return new Decision.Go(PlanOf("promote", basis, StartSettings.Default, watch, [own]));
        }

        return from.LastAttempted switch
        {
            null => new Decision.Held($"{from.Name} has no deployment, so there is nothing that was tried.", $"Deploy to {from.Name} first."),
            { Phase: not (Phase.Succeeded or Phase.Failed or Phase.Stopped) } running => new Decision.Held($"{from.Name} has not succeeded yet: {running.Id} is {running.Status}.", afterGray),
            { Phase: not Phase.Succeeded } ended => new Decision.Held($"{from.Name} has not succeeded: its last deployment {ended.Id} of {ended.Revision.Label} is {ended.Status}.", $"Deploy to {from.Name} again, then promote."),
            { Counts: { } counts } partly when !WithinLimit(partly, watch.MaxFailed) =>
                new Decision.Held($"{from.Name} has not wholly succeeded: {counts.Missed} of {counts.Total} instances of {partly.Id} do not have {partly.Revision.Label}.", $"Deploy to {from.Name} again, then promote."),
            { Revision: var loose } when !loose.SameAs(loose) =>
                new Decision.Held($"{from.Name} runs {loose.Label}, which names neither a version nor an eTag (or is not known here), so it cannot be promised that {to.Name} would get the same bytes.", $"Deploy it to {from.Name} with ?versionId= or ?eTag=, then promote."),
            { } proved when asked is not null && !asked.SameAs(proved.Revision) =>
                new Decision.Held($"{from.Name} runs {proved.Revision.Label}, not {asked.Label}, so {asked.Label} is not proved.", $"Deploy {asked.Label} to {from.Name} first, or promote what it runs."),
            { Revision: var same } when to.LastAttempted is { Phase: Phase.Succeeded } current && current.Revision.SameAs(same) && WithinLimit(current, watch.MaxFailed) =>
                new Decision.Held($"{to.Name} already runs {same.Label} since {current.Id}.", "There is nothing to promote."),
            { Revision: var revision } =>
                new Decision.Go(PlanOf("promote", basis, StartSettings.Default, watch, [Begun(GroupPlanOf("promote", basis, to, revision, DeploymentSettings.Default), into, StartSettings.Default)])),
        };
    }

    /// <summary>Takes the last stage that has a deployment, and earlier ones that run the same revision, back to the last known good revision of each.</summary>
    /// <param name="stages">In the order of promotion.</param>
    /// <param name="only">Roll back this stage alone.</param>
    /// <param name="to">Go back to this revision instead of the last known good one.</param>
    public static Decision Rollback(Basis basis, IReadOnlyList<GroupHistory> stages, DeploymentGroupName? only, Revision? to, string? reason, WatchSettings watch)
    {
        // A run that is repeated decides from what was there before it, and finds what it has done already.
        var before = stages.Select(stage => stage with { Deployments = [.. stage.Deployments.SkipWhile(past => IsOf(basis.Run, "rollback", past))] }).ToList();
        var last = before.LastOrDefault(stage => ToTakeBack(stage.Deployments) is not null && (only is null || stage.State.Name == only));
        if (last is null || ToTakeBack(last.Deployments) is not { } bad)
        {
            return new Decision.Refused($"{(only is { } name ? $"{name} has no" : "No stage has a")} deployment, so there is nothing to roll back.", "");
        }

        var affected = before.TakeWhile(stage => stage != last)
            .Where(stage => only is null && ToTakeBack(stage.Deployments)?.Revision.DiffersFrom(bad.Revision) is false)
            .Append(last)
            .Reverse()
            .ToList();
        if (affected.SelectMany(stage => stage.Deployments).FirstOrDefault(past => !past.Phase.IsOver() && past.IsWayBack) is { } underWay)
        {
            return new Decision.Held($"{underWay.Group} is being rolled back already: {underWay.Id} to {underWay.Revision.Label} is {underWay.Status}.", "Watch it with the input deployment-id of deploy.");
        }

        var plans = new List<GroupPlan>();
        foreach (var stage in affected)
        {
            var now = stages.First(known => known.State.Name == stage.State.Name);
            if (Own("rollback", basis, now, StartSettings.WayBack) is { } own)
            {
                plans.Add(own);
                continue;
            }

            if ((to ?? LastKnownGood(stage.Deployments, bad.Revision, watch.MaxFailed)?.Revision) is not { } good)
            {
                return new Decision.Refused(
                    $"{stage.State.Name} runs {bad.Revision.Label} and no earlier revision has succeeded there, so there is nothing to go back to.",
                    "Deploy a revision that works, or name one with 'to'.");
            }

            plans.Add(Begun(GroupPlanOf("rollback", basis, stage.State, good, BackwardSettings with { Description = reason }), now, StartSettings.WayBack));
        }

        return new Decision.Go(PlanOf("rollback", basis, StartSettings.WayBack, watch, plans));
    }

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

    private static bool WithinLimit(PastDeployment past, FailureAllowance maxFailed) => past.Counts is not { } counts || maxFailed.Allows(counts.Missed, counts.Total);

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
