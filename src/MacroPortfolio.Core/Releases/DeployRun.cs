using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Planning.Stages;
using MacroPortfolio.Core.Reporting;
using NodaTime;

namespace MacroPortfolio.Core.Releases;

/// <summary>
/// Carries out a plan: creates its deployments, watches them to their end, asks the stage's gates, takes back what failed where the stage says so, and says how it went.
/// One loop: wait, observe, report.
/// </summary>
/// <param name="chance">Keeps runs that meet the same trouble out of step.</param>
public sealed class DeployRun(IDeployer deployer, IGateSource gates, IReporter reporter, TimeProvider time, Random chance)
{
    private static readonly Duration LongestSilence = Duration.FromSeconds(60);

    // The runner sends SIGTERM 7.5 s after SIGINT: by then all of these are over.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(3.5);
    private static readonly TimeSpan LastLookPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastWordPatience = TimeSpan.FromSeconds(2);

    /// <summary>GitHub gives what runs after a cancellation five minutes.</summary>
    private static readonly Duration SettlePatience = Duration.FromMinutes(2);

    /// <summary>Whoever stops a deployment to make room needs some moments to create the next.</summary>
    private static readonly TimeSpan[] SuccessorLooks = [TimeSpan.Zero, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4)];

    private const int LooksUntilVanished = 3;

    private readonly List<Watched> all = [];
    private readonly List<string> lacking = [];
    private readonly Dictionary<Watched, GroupResult> back = [];
    private IReadOnlyList<GateResult> judged = [];
    private Instant began;
    private Instant watching;
    private Instant lastSaid;

    public async Task<RunReport> RunAsync(Plan plan, Stopping stopping)
    {
        var stop = stopping.Requested;
        began = watching = lastSaid = Now;
        all.AddRange(plan.Groups.Select(group => new Watched(group, new Beginning(deployer, plan, group, time, chance, SayAsync))));
        try
        {
            var (inTime, waited) = (true, Duration.Zero);
            foreach (var wave in Waves(plan))
            {
                if (!inTime || all.TakeWhile(watched => watched != wave[0]).FirstOrDefault(watched => HasFailed(plan, watched)) is not null)
                {
                    await LeaveAsync(plan, wave, stop);
                    continue;
                }

                foreach (var watched in wave)
                {
                    await BeginAsync(watched, stop);
                }

                stop.ThrowIfCancellationRequested();
                watching = Now;
                if (plan.Watch.Wait)
                {
                    inTime = await WatchAsync(plan.Watch with { Timeout = plan.Watch.Timeout - waited }, stop);
                    waited += Now - watching;
                }
            }

            if (!plan.Watch.Wait)
            {
                return await EndAsync(plan, Outcome.Created, "", stop);
            }

            await ReadTargetsAsync(stop);
            foreach (var watched in all)
            {
                await FindSuccessorAsync(plan.Application, watched, stop);
            }

            if (inTime && plan.Proving is { } proving)
            {
                await ProveAsync(plan, proving, stopping);
                stop.ThrowIfCancellationRequested();
            }

            return await EndAsync(plan, inTime ? null : Outcome.StillRunning, "", stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            var words = await CancelAsync(plan, stopping.LastMoment);
            using var brief = new CancellationTokenSource(LastWordPatience, time);
            return await EndAsync(plan, Outcome.Cancelled, words, brief.Token);
        }
        catch (DeployException lost)
        {
            return await EndAsync(plan, lost.Outcome, $"{lost.Message} {lost.Next}", stop, lost.Details);
        }
    }

    /// <summary>Settles deployments that a process left behind which was ended before it could: those that still run are treated as a cancelled run treats its own.</summary>
    /// <param name="plan">Of deployments that exist.</param>
    /// <returns>Whether nothing is left to do, with the report.</returns>
    public async Task<(RunReport Report, bool Settled)> SettleAsync(Plan plan, CancellationToken ct)
    {
        began = watching = lastSaid = Now;
        all.AddRange(plan.Groups.Select(group => new Watched(group, new Beginning(deployer, plan, group, time, chance, SayAsync)) { Begun = new Begun(group.Existing!.Value, Ours: true) }));
        var patience = new Patience(SettlePatience, time, chance, (words, token) => SayAsync(new RunEvent.Trouble(words), token));
        await patience.AskAsync(() => LookAsync(ct), "Asking again.", ct);
        var words = await Task.WhenAll(all.Select(watched => CancelAsync(plan, watched, ct, ct)));
        await ReadTargetsAsync(ct);
        var over = all.TrueForAll(watched => watched.Seen?.Phase.IsOver() is true);
        return (await EndAsync(plan, over ? null : Outcome.Cancelled, string.Join(" ", words.OfType<string>()), ct), !all.Exists(watched => watched.StillRuns));
    }

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    private IEnumerable<Watched[]> Waves(Plan plan) => plan.MaxParallel is > 0 and var most ? all.Chunk(most) : [[.. all]];

    private static bool HasFailed(Plan plan, Watched watched) => watched.Result(plan.Watch, null).Outcome is not (Outcome.Succeeded or Outcome.Superseded);

    /// <summary>What has not started does not start once something failed.</summary>
    private async Task LeaveAsync(Plan plan, IEnumerable<Watched> wave, CancellationToken stop)
    {
        var failed = all.Where(watched => watched.Begun is not null && HasFailed(plan, watched)).Select(watched => watched.Plan.Group.Value).ToList();
        foreach (var watched in wave)
        {
            watched.Refusal = new DeployException(
                Outcome.Held, $"Nothing was deployed to {watched.Plan.Group}, because {Words.Names(failed, 5)} came first and {(failed.Count == 1 ? "has" : "have")} not succeeded.", "");
            await SayAsync(new RunEvent.NotStarted(watched.Plan, watched.Refusal), stop);
        }
    }

    /// <summary>Asks the gates of what is deployed, and takes back what this run has touched where a deployment or a gate failed.</summary>
    private async Task ProveAsync(Plan plan, Proving proving, Stopping stopping)
    {
        var outcome = Verdict.Of([.. all.Select(watched => watched.Result(plan.Watch, null))]);
        if (outcome == Outcome.Succeeded && proving.Gates.Count > 0)
        {
            await SayAsync(new RunEvent.Judging(proving), stopping.Requested);
            var now = new GateRun(gates, time);
            var asked = proving.Gates.Where(gate => gate is not Gate.Checks { For: var patience } || patience > Duration.Zero);
            judged = await now.JudgeAsync(asked, plan.Groups[0].Revision, all.Max(watched => watched.Seen?.Ended), isThere: true, proving.AtLeast, waits: true, stopping.Requested);
            await SayAsync(new RunEvent.Judged(proving.Stage, judged), stopping.Requested);
        }

        var failed = outcome is Outcome.Failed or Outcome.RolledBack || GateRules.Worst(judged) == GateVerdict.Fail;
        if (failed && proving.RollsBack)
        {
            await TakeBackAsync(plan, stopping);
        }
    }

    /// <summary>What this run has touched, newest first. Where CodeDeploy has gone back to the same revision already, nothing is left to do.</summary>
    private async Task TakeBackAsync(Plan plan, Stopping stopping)
    {
        var ways = new List<(Watched Watched, GroupPlan Back)>();
        foreach (var watched in Enumerable.Reverse(all).Where(watched => watched is { Begun.Ours: true, IsUntouched: false }))
        {
            if (watched.Plan.WayBack is not { } way)
            {
                await SayAsync(new RunEvent.NoWayBack(watched.Plan), stopping.Requested);
            }
            else if (!watched.IsBackAt(way.Revision, plan.Watch.MaxFailed) && await IsStillOursAsync(plan, watched, stopping.Requested))
            {
                ways.Add((watched, way));
            }
        }

        if (ways.Count == 0)
        {
            return;
        }

        var start = StartSettings.Default with { OnBusy = OnBusy.Fail };
        var watch = plan.Watch with { Wait = true, OnCancel = OnCancel.Leave };
        var wayBack = plan with { Verb = "rollback", Start = start, Watch = watch, Groups = [.. ways.Select(way => way.Back)], Proving = null, MaxParallel = 0, Notes = [] };
        await SayAsync(new RunEvent.TakingBack(wayBack), stopping.Requested);
        var report = await new DeployRun(deployer, gates, new WayBackReporter(reporter), time, chance).RunAsync(wayBack, stopping);
        foreach (var (way, result) in ways.Zip(report.Groups))
        {
            back[way.Watched] = result;
        }
    }

    /// <summary>Whoever has deployed since does not want to be taken back.</summary>
    private async Task<bool> IsStillOursAsync(Plan plan, Watched watched, CancellationToken stop)
    {
        var patience = new Patience(SettlePatience, time, chance, (words, ct) => SayAsync(new RunEvent.Trouble(words), ct));
        try
        {
            var now = await patience.AskAsync(() => deployer.HistoryAsync(plan.Application, watched.Plan.Group, stop), "Asking again; the way back waits for it.", stop);
            if (now.TakeWhile(past => past.Id != watched.Id).FirstOrDefault(past => past.IsBySomebody && !(past.IsWayBack && past.Marker?.Run == watched.Plan.Marker?.Run)) is not { } newer)
            {
                return true;
            }

            await SayAsync(new RunEvent.Trouble($"{watched.Plan.Group} is not taken back, because {newer.Id} of {newer.Revision.Label}, made by {newer.By}, came after {watched.Id}."), stop);
        }
        catch (Exception ex) when (ex is TransientException or DeployException)
        {
            await SayAsync(new RunEvent.Trouble($"{watched.Plan.Group} is not taken back, because it is not known what was deployed there since: {ex.Message}"), stop);
        }

        return false;
    }

    private async Task BeginAsync(Watched watched, CancellationToken stop)
    {
        try
        {
            watched.Begun = await watched.Beginning.BeginAsync(stop);
        }
        catch (DeployException ex)
        {
            // The plan has read it: what is no longer known now is not the input's fault.
            watched.Refusal = ex.Outcome == Outcome.BadInput
                ? new DeployException(Outcome.Failed, $"{watched.Plan.Group} or what belongs to it has disappeared since this run began. {ex.Message}", "Nothing was created. Look who changed it, and run again.", ex)
                : ex;
            await SayAsync(new RunEvent.NotStarted(watched.Plan, watched.Refusal), stop);
        }
    }

    /// <summary>Our deployment was stopped, and not by us: a later run that makes room for its own does that, and then there is nothing to mend here.</summary>
    private async Task FindSuccessorAsync(ApplicationName application, Watched watched, CancellationToken stop)
    {
        if (watched is not { Begun.Ours: true, Plan.Marker: { Verb: not "rollback" } mine, Seen: { Phase: Phase.Stopped, Error: null or { Code: "MANUAL_STOP" } } seen })
        {
            return;
        }

        try
        {
            foreach (var pause in SuccessorLooks)
            {
                await Task.Delay(pause, time, stop);
                var now = await deployer.HistoryAsync(application, watched.Plan.Group, stop);
                if (now.TakeWhile(past => past.Id != seen.Id).FirstOrDefault(past => past.Marker is { } other && mine.IsOlderThan(other)) is { } newer)
                {
                    watched.Successor = await deployer.ContainsAsync(newer.Revision, watched.Plan.Revision, stop) is true ? newer : null;
                    return;
                }
            }
        }
        catch (Exception ex) when (ex is TransientException or DeployException)
        {
            await SayAsync(new RunEvent.Trouble($"Why {seen.Id} was stopped could not be found out: {ex.Message}"), stop);
        }
    }

    /// <summary>True when everything ended; false when the time ran out first.</summary>
    private async Task<bool> WatchAsync(WatchSettings settings, CancellationToken stop)
    {
        var looks = new List<Sighting>();
        for (var troubles = 0; all.Any(Unfinished);)
        {
            var elapsed = Now - watching;
            if (elapsed >= settings.Timeout)
            {
                return false;
            }

            var pause = Duration.Min(PollSchedule.Next(looks, elapsed, troubles), settings.Timeout - elapsed);
            await BreakSilenceAsync(pause, stop);
            await Task.Delay(pause.ToTimeSpan(), time, stop);
            try
            {
                await LookAsync(stop);
                troubles = 0;
            }
            catch (TransientException ex)
            {
                troubles++;
                await SayAsync(new RunEvent.Trouble($"{ex.Message} Looking again; what is deployed is not affected."), stop);
            }

            looks.Add(Sighting.Of(Now - watching, troubles == 0 ? [.. all.Where(watched => watched.Id is not null).Select(watched => watched.Seen?.Counts)] : []));
        }

        return true;
    }

    /// <returns>How many deployments were seen.</returns>
    private async Task<int> LookAsync(CancellationToken stop)
    {
        var open = all.Where(Unfinished).ToDictionary(watched => watched.Current, watched => watched);
        var seen = await deployer.ObserveAsync([.. open.Keys], stop);
        foreach (var now in seen)
        {
            await UpdateAsync(open[now.Id], now, stop);
            open.Remove(now.Id);
        }

        foreach (var watched in open.Values)
        {
            watched.Missing++;
        }

        return seen.Count;
    }

    private async Task UpdateAsync(Watched watched, Observation now, CancellationToken stop)
    {
        var before = watched.Seen;
        watched.Seen = now;
        watched.Missing = 0;
        if (before is null || before.Status != now.Status || before.Counts != now.Counts)
        {
            await SayAsync(new RunEvent.Changed(watched.Plan, before, now, watched.FollowsRollback), stop);
        }

        if (now.Counts is { } counts && counts.Failed > watched.FailuresRead)
        {
            await SayFailedInstancesAsync(watched, now.Phase, counts.Failed, stop);
        }

        if (!watched.FollowsRollback && now.RollsBackByItself)
        {
            watched.OverSince ??= Now;
            if (now.RollbackId is { } rollback)
            {
                watched.Follow(rollback);
                await SayAsync(new RunEvent.RollingBack(watched.Plan, now.Id, rollback), stop);
            }
        }
    }

    /// <summary>Instances that cannot be read now are asked for again at the next look: what the look has seen is followed all the same.</summary>
    private async Task SayFailedInstancesAsync(Watched watched, Phase phase, long failures, CancellationToken stop)
    {
        try
        {
            var failed = await deployer.TargetsAsync(watched.Current, failedOnly: true, stop);
            foreach (var failure in Failures.Of([.. failed.Where(target => !watched.KnownFailures.ContainsKey(target.Id))], phase))
            {
                var before = watched.KnownFailures.Values.Count(failure.SameCause);
                foreach (var instance in failure.Instances)
                {
                    watched.KnownFailures.Add(instance, failure);
                }

                await SayAsync(new RunEvent.InstancesFailed(watched.Plan, watched.Current, failure, before), stop);
            }

            watched.FailuresRead = failures;
        }
        catch (TransientException ex)
        {
            await SayAsync(new RunEvent.Trouble($"The failed instances of {watched.Current} could not be read: {ex.Message}"), stop);
        }
        catch (DeployException ex)
        {
            // How it ends can be seen without them.
            watched.FailuresRead = failures;
            await LackAsync($"The failed instances of {watched.Current} cannot be read, so it will not be known why they failed: {ex.Message} {ex.Next}", ex, stop);
        }
    }

    /// <summary>A permission that only the explanation lacks: it is told once, with what to add.</summary>
    private async Task LackAsync(string words, DeployException why, CancellationToken stop)
    {
        if (lacking.Count == 0)
        {
            lacking.AddRange(why.Details);
            await SayAsync(new RunEvent.Trouble(words), stop);
        }
    }

    private bool Unfinished(Watched watched) => watched switch
    {
        { Id: null } or { Vanished: true } => false,
        { Seen: null } => true,
        { Seen: { } seen } when !seen.Phase.IsOver() => true,
        { FollowsRollback: false, Seen.AwaitsItsRollback: true, OverSince: { } since } => Now - since < Observation.RollbackPatience,
        _ => false,
    };

    private async Task BreakSilenceAsync(Duration pause, CancellationToken stop)
    {
        if (Now - lastSaid + pause <= LongestSilence)
        {
            return;
        }

        foreach (var watched in all.Where(Unfinished))
        {
            if (watched.Seen is { } seen)
            {
                await SayAsync(new RunEvent.Unchanged(watched.Plan, seen, Now - began), stop);
            }
        }
    }

    /// <summary>The instances of every deployment that was made, for the report. What cannot be read is left out: the outcome does not hang on it.</summary>
    private async Task ReadTargetsAsync(CancellationToken stop)
    {
        foreach (var watched in all)
        {
            if (watched.Id is { } id)
            {
                try
                {
                    watched.Targets = await deployer.TargetsAsync(id, failedOnly: false, stop);
                }
                catch (TransientException ex)
                {
                    await SayAsync(new RunEvent.Trouble($"The instances of {id} could not be read: {ex.Message}"), stop);
                }
                catch (DeployException ex)
                {
                    await LackAsync($"The instances of {id} cannot be read: {ex.Message} {ex.Next}", ex, stop);
                }
            }
        }
    }

    /// <summary>What must still happen after a cancellation ignores the token that was cancelled. What is known to run is told to stop first, and at once.</summary>
    private async Task<string> CancelAsync(Plan plan, CancellationToken lastMoment)
    {
        using var patience = new CancellationTokenSource(StopPatience, time);
        var words = (await Task.WhenAll(all.Select(watched => CancelAsync(plan, watched, patience.Token, lastMoment)))).OfType<string>().ToList();
        var said = words.Count == 0 ? "Nothing was running." : string.Join(" ", words);
        using var brief = new CancellationTokenSource(LastLookPatience, time);
        await InTimeAsync(ReadTargetsAsync(brief.Token));
        await InTimeAsync(SayAsync(new RunEvent.Cancelling(said), brief.Token));
        return said;
    }

    /// <returns>Null where there is nothing to say.</returns>
    private async Task<string?> CancelAsync(Plan plan, Watched watched, CancellationToken patience, CancellationToken lastMoment)
    {
        if (watched is { Id: null, Beginning.IsUncertain: true })
        {
            if (await watched.Beginning.AfterCancelAsync(lastMoment) is not { } late)
            {
                return watched.Beginning.IsUncertain
                    ? $"The job was cancelled while it was not known whether the deployment to {watched.Plan.Group} had been created. None described '{watched.Plan.Description}' was found since; stop it if it appears and is not wanted."
                    : null;
            }

            watched.Begun = new Begun(late, Ours: true);
            using var soon = new CancellationTokenSource(StopPatience, time);
            var said = await CancelAsync(plan, watched, soon.Token, lastMoment);
            await InTimeAsync(SayAsync(new RunEvent.Started(watched.Plan, late), soon.Token));
            return said;
        }

        return watched switch
        {
            { Id: null, Refusal: { } refusal } => $"{refusal.Message} {refusal.Next}",
            { Id: null } or { Seen.Phase: Phase.Succeeded or Phase.Failed or Phase.Stopped } => null,
            { FollowsRollback: true } => $"CodeDeploy's rollback {watched.Current} goes on: it is the way back to something that works, and is never stopped halfway.",
            { Begun.Ours: false } => $"{watched.Current} was not made by this run and goes on.",
            _ when plan.Watch.OnCancel == OnCancel.Leave => $"{watched.Current} is left running, as on-cancel says. {Verdict.Reattach(plan, [watched.Current])}",
            _ => await StopAsync(watched, plan.Watch.OnCancel == OnCancel.StopAndRollback, patience),
        };
    }

    private async Task<string> StopAsync(Watched watched, bool rollBack, CancellationToken ct)
    {
        try
        {
            var answer = await deployer.StopAsync(watched.Current, rollBack, ct);
            return $"{watched.Current} was told to stop ({answer}){(rollBack ? " and to roll back" : "")}; instances that were in the middle of an event may be left half deployed.";
        }
        catch (Exception ex) when (ex is TransientException or DeployException or OperationCanceledException)
        {
            watched.StillRuns = true;
            return $"{watched.Current} could not be told to stop: {(ex is OperationCanceledException ? "no answer in time." : ex.Message)} It may still be running.";
        }
    }

    private async Task<RunReport> EndAsync(Plan plan, Outcome? decided, string words, CancellationToken ct, IReadOnlyList<string>? details = null)
    {
        var results = all.Select(watched => Verdict.After(watched.Result(plan.Watch, decided), judged, back.GetValueOrDefault(watched))).ToList();
        var refused = decided == Outcome.Created && results.Any(result => result.Outcome != Outcome.Created);
        var outcome = decided is { } known && !refused ? known : Verdict.Of(results, judged);
        var reason = words.Length > 0 ? words : Verdict.Reason(outcome, results, judged);
        var report = new RunReport(outcome, plan.Verb, plan.Application.Value, plan.Region, reason, Verdict.Next(outcome, plan, results), began, Now, results)
        {
            Details = details ?? [.. all.SelectMany(watched => watched.Refusal?.Details ?? []), .. lacking],
            Gates = judged,
            Notes = plan.Notes,
            IsSettled = !all.Exists(watched => watched.StillRuns || watched is { Id: null, Beginning.IsUncertain: true }),
        };
        await InTimeAsync(SayAsync(new RunEvent.Ended(report), ct));
        return report;
    }

    /// <summary>What could not be read or told in time does not change what happened.</summary>
    private static async Task InTimeAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            // There is no time left for it.
        }
    }

    /// <summary>A reporter that hangs holds up nothing beyond what the token allows.</summary>
    private async Task SayAsync(RunEvent happened, CancellationToken ct)
    {
        lastSaid = Now;
        await reporter.ReportAsync(happened, ct).WaitAsync(ct);
    }

    /// <summary>A way back is a part of the run that it belongs to, which tells itself how it ended.</summary>
    private sealed class WayBackReporter(IReporter reporter) : IReporter
    {
        public Task ReportAsync(RunEvent happened, CancellationToken ct) => happened is RunEvent.Ended ? Task.CompletedTask : reporter.ReportAsync(new RunEvent.OnTheWayBack(happened), ct);
    }

    /// <summary>A deployment under watch, and after it CodeDeploy's own rollback of it.</summary>
    private sealed class Watched(GroupPlan plan, Beginning beginning)
    {
        private Observation? own;
        private Observation? rollback;
        private DeploymentId? rollbackId;

        public GroupPlan Plan => plan;
        public Beginning Beginning => beginning;
        public Begun? Begun { get; set; }
        public DeploymentId? Id => Begun?.Id;

        /// <summary>The deployment that ours was stopped for.</summary>
        public PastDeployment? Successor { get; set; }
        public DeployException? Refusal { get; set; }

        /// <summary>How many looks in a row have not found it.</summary>
        public int Missing { get; set; }

        /// <summary>One that was just made need not be known everywhere at once.</summary>
        public bool Vanished => Missing >= LooksUntilVanished;

        /// <summary>It was to be stopped and could not be told to.</summary>
        public bool StillRuns { get; set; }
        public Instant? OverSince { get; set; }
        public IReadOnlyList<Target> Targets { get; set; } = [];
        public Dictionary<string, Failure> KnownFailures { get; } = [];
        public long FailuresRead { get; set; }
        public bool FollowsRollback => rollbackId is not null;
        public DeploymentId Current => rollbackId ?? Id!.Value;

        public Observation? Seen
        {
            get => FollowsRollback ? rollback : own;
            set => (own, rollback) = FollowsRollback ? (own, value) : (value, rollback);
        }

        /// <summary>It ended before any instance was begun, so there is nothing to take back.</summary>
        public bool IsUntouched => own is not null && Verdict.Untouched(own);

        /// <summary>CodeDeploy itself has gone back to the revision.</summary>
        public bool IsBackAt(Revision revision, FailureAllowance maxFailed) =>
            rollback is { Phase: Phase.Succeeded } done && done.Revision.SameAs(revision) && (done.Counts is not { } counts || maxFailed.Allows(counts.Missed, counts.Total));

        public void Follow(DeploymentId id)
        {
            rollbackId = id;
            Missing = 0;
            FailuresRead = 0;
            KnownFailures.Clear();
        }

        public GroupResult Result(WatchSettings watch, Outcome? decided)
        {
            var (outcome, reason) = Refusal is { } refusal ? (refusal.Outcome, $"{refusal.Message} {refusal.Next}".TrimEnd())
                : Successor is { } newer ? (Outcome.Superseded, $"{Id} was stopped for {newer.Id} of {newer.Revision.Label}, made by {newer.By}, which contains {plan.Revision.Label}.")
                : Verdict.Of(plan, own, Targets, rollback, rollbackId, watch.MaxFailed, Vanished, decided);
            return new GroupResult(plan, Id, own, Targets, rollback, outcome, reason);
        }
    }
}
