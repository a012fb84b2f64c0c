using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Reporting;
using NodaTime;

namespace MacroPortfolio.Core.Releases;

/// <summary>Carries out a plan: creates its deployments, watches them to their end, and says how it went. One loop: wait, observe, report.</summary>
public sealed class DeployRun(IDeployer deployer, IReporter reporter, TimeProvider time)
{
    /// <summary>A deployment's own rollback may show some time after it has ended.</summary>
    private static readonly Duration RollbackPatience = Duration.FromSeconds(60);

    private static readonly Duration LongestSilence = Duration.FromSeconds(60);
    private static readonly TimeSpan CreatePatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LastWordPatience = TimeSpan.FromSeconds(2);

    private readonly List<Watched> all = [];
    private Instant began;
    private Instant lastSaid;

    /// <param name="stop">Cancelled when the job is: deployments are then treated as the plan's <see cref="WatchSettings.OnCancel"/> says.</param>
    public async Task<RunReport> RunAsync(Plan plan, CancellationToken stop)
    {
        began = lastSaid = Now;
        all.AddRange(plan.Groups.Select(group => new Watched(group)));
        try
        {
            foreach (var watched in all)
            {
                await BeginAsync(plan, watched, stop);
            }

            stop.ThrowIfCancellationRequested();
            if (!plan.Watch.Wait)
            {
                return await EndAsync(plan, Outcome.Created, "", stop);
            }

            var inTime = await WatchAsync(plan.Watch, stop);
            await ReadTargetsAsync(stop);
            return await EndAsync(plan, inTime ? null : Outcome.StillRunning, "", stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            var words = await CancelAsync(plan.Watch.OnCancel);
            using var brief = new CancellationTokenSource(LastWordPatience, time);
            return await EndAsync(plan, Outcome.Cancelled, words, brief.Token);
        }
        catch (DeployException lost)
        {
            return await EndAsync(plan, lost.Outcome, $"{lost.Message} {lost.Next}", stop, lost.Details);
        }
    }

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    private async Task BeginAsync(Plan plan, Watched watched, CancellationToken stop)
    {
        if (watched.Plan.Existing is { } existing)
        {
            watched.Id = existing;
            return;
        }

        stop.ThrowIfCancellationRequested();
        try
        {
            if (watched.Plan.StopFirst is { } running)
            {
                await ClearAsync(plan.Watch, watched.Plan, running, stop);
            }

            watched.Id = await AnswerAsync(deployer.StartAsync(plan.Application, watched.Plan), stop);
            await SayAsync(new RunEvent.Started(watched.Plan, watched.Id.Value), stop);
        }
        catch (TimeoutException)
        {
            watched.Refusal = new DeployException(
                Outcome.Cancelled,
                "The job was cancelled while CodeDeploy had not yet answered the request to create the deployment.",
                $"Look for a deployment of {plan.Application}/{watched.Plan.Group} described '{watched.Plan.Description}' and stop it if it is not wanted.");
        }
        catch (DeployException refusal)
        {
            watched.Refusal = refusal;
            await SayAsync(new RunEvent.NotStarted(watched.Plan, refusal), stop);
        }
    }

    /// <summary>Once begun, a create request is not given up with the job: the answer has some seconds still, because only its id can be stopped.</summary>
    private async Task<DeploymentId> AnswerAsync(Task<DeploymentId> create, CancellationToken stop)
    {
        try
        {
            return await create.WaitAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !create.IsCompleted)
        {
            return await create.WaitAsync(CreatePatience, time, CancellationToken.None);
        }
    }

    /// <summary>Stops what runs in the group and waits until it is over, because CodeDeploy takes one deployment a group.</summary>
    private async Task ClearAsync(WatchSettings settings, GroupPlan group, DeploymentId running, CancellationToken stop)
    {
        await SayAsync(new RunEvent.Clearing(group, running), stop);
        try
        {
            await deployer.StopAsync(running, rollBack: false, stop);
        }
        catch (TransientException ex)
        {
            throw new DeployException(Outcome.Failed, $"{running} could not be told to stop: {ex.Message}", $"Nothing was created for {group.Group}. Run again.", ex);
        }

        var looks = new List<Sighting>();
        for (var troubles = 0; Now - began < settings.Timeout;)
        {
            try
            {
                if (await deployer.ObserveAsync([running], stop) is not [{ } now] || now.Phase.IsOver())
                {
                    return;
                }

                troubles = 0;
                if (Now - lastSaid > LongestSilence / 2)
                {
                    await SayAsync(new RunEvent.Unchanged(group, now, Now - began), stop);
                }
            }
            catch (TransientException ex)
            {
                troubles++;
                await SayAsync(new RunEvent.Trouble($"{ex.Message} Looking again; nothing is created before {running} has ended."), stop);
            }

            var pause = PollSchedule.Next(looks, Now - began, troubles);
            looks.Add(new Sighting(Now - began, null, 0));
            await Task.Delay(pause.ToTimeSpan(), time, stop);
        }

        throw new DeployException(Outcome.Held, $"{running} was told to stop but has not ended in time, and {group.Group} takes one deployment at a time.", "Run again when it has ended.");
    }

    /// <summary>True when everything ended; false when the time ran out first.</summary>
    private async Task<bool> WatchAsync(WatchSettings settings, CancellationToken stop)
    {
        var looks = new List<Sighting>();
        for (var troubles = 0; all.Any(Unfinished);)
        {
            var elapsed = Now - began;
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

            looks.Add(Sighting.Of(Now - began, troubles == 0 ? [.. all.Where(watched => watched.Id is not null).Select(watched => watched.Seen?.Counts)] : []));
        }

        return true;
    }

    private async Task LookAsync(CancellationToken stop)
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
            watched.Vanished = true;
        }
    }

    private async Task UpdateAsync(Watched watched, Observation now, CancellationToken stop)
    {
        var before = watched.Seen;
        watched.Seen = now;
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
    }

    private bool Unfinished(Watched watched) => watched switch
    {
        { Id: null } or { Vanished: true } => false,
        { Seen: null } => true,
        { Seen: { } seen } when !seen.Phase.IsOver() => true,
        { FollowsRollback: false, Seen: { RollsBackByItself: true, RollbackId: null, RollbackMessage: null }, OverSince: { } since } => Now - since < RollbackPatience,
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
                catch (Exception ex) when (ex is TransientException or DeployException)
                {
                    await SayAsync(new RunEvent.Trouble($"The instances of {id} could not be read: {ex.Message}"), stop);
                }
            }
        }
    }

    /// <summary>What must still happen after a cancellation ignores the token that was cancelled.</summary>
    private async Task<string> CancelAsync(OnCancel policy)
    {
        var words = new List<string>();
        var open = all.Where(watched => watched.Id is not null && watched.Seen?.Phase.IsOver() is not true).ToList();
        using var patience = new CancellationTokenSource(StopPatience, time);
        words.AddRange(await Task.WhenAll(open.Select(watched => watched switch
        {
            { FollowsRollback: true } => Task.FromResult($"CodeDeploy's rollback {watched.Current} goes on: it is the way back to something that works, and is never stopped halfway."),
            _ when policy == OnCancel.Leave => Task.FromResult($"{watched.Current} is left running, as on-cancel says."),
            _ => StopAsync(watched, policy == OnCancel.StopAndRollback, patience.Token),
        })));
        words.AddRange(all.Select(watched => watched.Refusal).OfType<DeployException>().Select(refusal => $"{refusal.Message} {refusal.Next}"));
        var said = words.Count == 0 ? "Nothing was running." : string.Join(" ", words);
        await SayAsync(new RunEvent.Cancelling(said), patience.Token);
        return said;
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
            return $"{watched.Current} could not be told to stop: {(ex is OperationCanceledException ? "no answer in time." : ex.Message)} It may still be running.";
        }
    }

    private async Task<RunReport> EndAsync(Plan plan, Outcome? decided, string words, CancellationToken ct, IReadOnlyList<string>? details = null)
    {
        var results = all.Select(watched => watched.Result(plan.Watch, decided)).ToList();
        var refused = decided == Outcome.Created && results.Any(result => result.Outcome != Outcome.Created);
        var outcome = decided is { } known && !refused ? known : Verdict.Of(results);
        var reason = words.Length > 0 ? words : Verdict.Reason(outcome, results);
        var report = new RunReport(outcome, plan.Verb, plan.Application.Value, plan.Region, reason, Verdict.Next(outcome, plan, results), began, Now, results)
        {
            Details = details ?? [.. all.SelectMany(watched => watched.Refusal?.Details ?? [])],
        };
        await SayAsync(new RunEvent.Ended(report), ct);
        return report;
    }

    private async Task SayAsync(RunEvent happened, CancellationToken ct)
    {
        lastSaid = Now;
        await reporter.ReportAsync(happened, ct);
    }

    /// <summary>A deployment under watch, and after it CodeDeploy's own rollback of it.</summary>
    private sealed class Watched(GroupPlan plan)
    {
        private Observation? own;
        private Observation? rollback;
        private DeploymentId? rollbackId;

        public GroupPlan Plan => plan;
        public DeploymentId? Id { get; set; }
        public DeployException? Refusal { get; set; }
        public bool Vanished { get; set; }
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

        public void Follow(DeploymentId id)
        {
            rollbackId = id;
            FailuresRead = 0;
            KnownFailures.Clear();
        }

        public GroupResult Result(WatchSettings watch, Outcome? decided)
        {
            var (outcome, reason) = Refusal is { } refusal
                ? (refusal.Outcome, $"{refusal.Message} {refusal.Next}")
                : Verdict.Of(plan, own, Targets, rollback, rollbackId, watch.MaxFailed, Vanished, decided);
            return new GroupResult(plan, Id, own, Targets, rollback, outcome, reason);
        }
    }
}
