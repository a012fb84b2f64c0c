using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Reporting;
using NodaTime;

namespace MacroPortfolio.Core.Releases;

/// <summary>The deployment that a run has come to.</summary>
/// <param name="Ours">Made by this step of this run; one of somebody else is only watched.</param>
internal sealed record Begun(DeploymentId Id, bool Ours);

/// <summary>
/// Brings one intended deployment into being exactly once: it attaches to its own where an earlier attempt made it, waits its turn, creates, and where the answer
/// was lost looks for its own before it asks again. Check and create stand side by side, and CodeDeploy takes one deployment a group, so whoever loses a race begins anew.
/// </summary>
internal sealed class Beginning(IDeployer deployer, Plan plan, GroupPlan group, TimeProvider time, Random chance, Func<RunEvent, CancellationToken, Task> say)
{
    /// <summary>How long a service that cannot be asked is asked again before the run gives up; nothing is deployed meanwhile.</summary>
    private static readonly Duration Stubbornness = Duration.FromMinutes(10);

    private static readonly Duration Silence = Duration.FromSeconds(30);
    private static readonly TimeSpan CreatePatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    /// <summary>The clocks of AWS and of the runner may differ by as much.</summary>
    private static readonly Duration ClockDifference = Duration.FromMinutes(5);

    /// <summary>Between the looks at the group after an answer was lost: what was created shows at once as a rule, but nobody promises it.</summary>
    private static readonly TimeSpan[] Looks = [TimeSpan.Zero, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)];

    /// <summary>What stops a deployment to deploy itself has done so by then.</summary>
    private static readonly TimeSpan Courtesy = TimeSpan.FromSeconds(10);

    private readonly HashSet<DeploymentId> letPass = [];
    private readonly Instant began = Instant.FromDateTimeOffset(time.GetUtcNow());
    private readonly Patience queue = new(plan.Start.QueueTimeout, time, chance, (words, ct) => say(new RunEvent.Trouble(words), ct));
    private readonly Patience creating = new(Stubbornness, time, chance, (words, ct) => say(new RunEvent.Trouble(words), ct));
    private readonly Patience asking = new(Stubbornness, time, chance, (words, ct) => say(new RunEvent.Trouble(words), ct));
    private Task<DeploymentId>? request;

    /// <summary>True from the moment of a create request on, until it is certain whether it was carried out.</summary>
    public bool IsUncertain { get; private set; }

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <exception cref="DeployException">There will be no deployment of this run; the outcome says as what it ends.</exception>
    public async Task<Begun> BeginAsync(CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();

        // The plan is some round trips old, and the group may not be as it was.
        for (var turn = group.First is Turn.Create ? await LookAsync(stop) : group.First; ; turn = await LookAsync(stop))
        {
            stop.ThrowIfCancellationRequested();
            switch (turn)
            {
                case Turn.Attach attach:
                    await say(new RunEvent.Attached(group, attach.To, attach.Ours), stop);
                    return new Begun(attach.To.Id, attach.Ours);

                case Turn.Held held:
                    throw new DeployException(Outcome.Held, held.Why, held.Next);

                case Turn.Compare compare:
                    throw await GiveWayAsync(compare.Newer, stop);

                case Turn.Clear clear:
                    await StopAsync(clear.Away, stop);
                    await WaitAsync(clear.Away, stop);
                    break;

                case Turn.Wait wait:
                    await WaitAsync(wait.For, stop);
                    break;

                case Turn.LetPass { Stopped.Id: var stopped } when letPass.Add(stopped):
                    await Task.Delay(Courtesy, time, stop);
                    break;

                case Turn.Create or Turn.LetPass when await CreateAsync(stop) is { } id:
                    await say(new RunEvent.Started(group, id), stop);
                    IsUncertain = false;
                    return new Begun(id, Ours: true);
            }
        }
    }

    /// <summary>
    /// What a cancelled run still has to find out: the answer to a create request is awaited for some seconds, because only an id can be stopped;
    /// after that, and where the answer was lost, the group is looked at every second as long as there is time.
    /// </summary>
    /// <returns>Null when no deployment of ours was found.</returns>
    public async Task<DeploymentId?> AfterCancelAsync(CancellationToken lastMoment)
    {
        if (request is { IsCompletedSuccessfully: true })
        {
            return await request;
        }

        try
        {
            if (IsUncertain && request is { IsCompleted: false })
            {
                return await request.WaitAsync(CreatePatience, time, lastMoment);
            }
        }
        catch (Exception ex) when (ex is TimeoutException or UnansweredException or OperationCanceledException)
        {
            // It is looked for.
        }
        catch (Exception ex) when (ex is DeployException or BusyException or TransientException)
        {
            IsUncertain = false;
        }

        while (IsUncertain && !lastMoment.IsCancellationRequested)
        {
            try
            {
                if (request is { IsCompletedSuccessfully: true })
                {
                    return await request;
                }

                if (await FindAsync(lastMoment) is { } own)
                {
                    return own;
                }

                await Task.Delay(Glance, time, lastMoment);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }

        return null;
    }

    private async Task<DeploymentId?> CreateAsync(CancellationToken stop)
    {
        await say(new RunEvent.Creating(group), stop);
        stop.ThrowIfCancellationRequested();
        var before = IsUncertain;
        IsUncertain = true;
        try
        {
            request = deployer.StartAsync(plan.Application, group);
            return await request.WaitAsync(stop);
        }
        catch (BusyException ex)
        {
            IsUncertain = before;
            await queue.PauseAsync($"{ex.Message} Looking at the group again.", new DeployException(Outcome.Held, ex.Message, "Run again when the other deployment has ended.", ex), stop);
        }
        catch (TransientException ex)
        {
            IsUncertain = before;
            await creating.PauseAsync($"{ex.Message} Nothing was created; asking again.", NothingCreated(ex), stop);
        }
        catch (UnansweredException ex)
        {
            await say(new RunEvent.Trouble($"{ex.Message} It may have been created all the same: looking for it."), stop);
            foreach (var pause in Looks)
            {
                await Task.Delay(pause, time, stop);
                if (await FindAsync(stop) is { } own)
                {
                    IsUncertain = false;
                    return own;
                }
            }

            await creating.PauseAsync($"No deployment described '{group.Description}' is there. Asking again.", NotCertain(ex), stop);
        }
        catch (DeployException)
        {
            IsUncertain = false;
            throw;
        }

        return null;
    }

    /// <summary>The group as it is now. What cannot be read is asked for again for some minutes.</summary>
    private async Task<Turn> LookAsync(CancellationToken stop)
    {
        try
        {
            var now = await asking.AskAsync(() => deployer.HistoryAsync(plan.Application, group.Group, stop), "Asking again; nothing is created meanwhile.", stop);
            return IsUncertain && now.FirstOrDefault(IsOwn) is { } own ? new Turn.Attach(own, Ours: true) : Turn.Of(group, now, plan.Start);
        }
        catch (TransientException ex)
        {
            throw IsUncertain ? NotCertain(ex) : NothingCreated(ex);
        }
    }

    private async Task<DeploymentId?> FindAsync(CancellationToken ct)
    {
        try
        {
            return (await deployer.HistoryAsync(plan.Application, group.Group, ct)).FirstOrDefault(IsOwn)?.Id;
        }
        catch (Exception ex) when (ex is TransientException or DeployException)
        {
            return null;
        }
    }

    /// <summary>What this very process has made. Without a marker, descriptions of one revision are alike, so only a new deployment can be it.</summary>
    private bool IsOwn(PastDeployment past) =>
        past.IsBySomebody && past.Description == group.Description
        && (group.Marker is not null || (past.Created >= began - ClockDifference && past.Id != group.State.LastAttempted?.Id));

    private async Task<DeployException> GiveWayAsync(PastDeployment newer, CancellationToken stop)
    {
        var there = $"A later run has deployed to {group.Group}: {newer.Id} of {newer.Revision.Label}, made by {newer.By}, is {newer.Status}.";
        return await deployer.ContainsAsync(newer.Revision, group.Revision, stop) switch
        {
            true => new DeployException(Outcome.Superseded, $"{there} It contains {group.Revision.Label}, so there is nothing left to deploy.", ""),
            false => new DeployException(Outcome.Held, $"{there} It does not contain {group.Revision.Label}, which would undo it.", "To go back use rollback, or insist: true."),
            null => new DeployException(Outcome.Held, $"{there} Whether it contains {group.Revision.Label} could not be found out.", "If it does not, and you want to go back, use rollback or insist: true."),
        };
    }

    private async Task StopAsync(PastDeployment away, CancellationToken stop)
    {
        await say(new RunEvent.Clearing(group, away), stop);
        try
        {
            await asking.AskAsync(() => deployer.StopAsync(away.Id, rollBack: false, stop), $"{away.Id} has to be stopped first; asking again.", stop);
        }
        catch (TransientException ex)
        {
            throw NothingCreated(ex);
        }
    }

    /// <summary>Until a deployment in the way is over, and CodeDeploy's own rollback of it, if it makes one, has begun: that is waited for next.</summary>
    private async Task WaitAsync(PastDeployment other, CancellationToken stop)
    {
        await say(new RunEvent.Queued(group, other), stop);
        var (waited, lastSaid, looks, failed) = (Now, Now, new List<Sighting>(), 0);
        Instant? over = null;
        while (true)
        {
            try
            {
                if (await deployer.ObserveAsync([other.Id], stop) is not [{ } now])
                {
                    return;
                }

                failed = 0;
                over = now.Phase.IsOver() ? over ?? Now : null;
                if (over is { } since && !(now.AwaitsItsRollback && Now - since < Observation.RollbackPatience))
                {
                    return;
                }

                if (Now - lastSaid > Silence)
                {
                    await say(new RunEvent.Unchanged(group, now, Now - waited), stop);
                    lastSaid = Now;
                }
            }
            catch (TransientException ex)
            {
                failed++;
                if (failed == 1 || Now - lastSaid > Silence)
                {
                    await say(new RunEvent.Trouble($"{ex.Message} Looking again; nothing is created before {other.Id} has ended."), stop);
                    lastSaid = Now;
                }
            }

            if (Now - began >= plan.Start.QueueTimeout)
            {
                throw new DeployException(
                    Outcome.Held,
                    $"{group.Group} takes one deployment at a time, and {other.Id} of {other.Revision.Label}, made by {other.By}, has not ended within the {Durations.Clock(plan.Start.QueueTimeout)} that this run waits.",
                    "Nothing was created. Run again when it has ended.");
            }

            var pause = Duration.Min(PollSchedule.Next(looks, Now - waited, failed), plan.Start.QueueTimeout - (Now - began));
            looks.Add(new Sighting(Now - waited, null, 0));
            await Task.Delay(pause.ToTimeSpan(), time, stop);
        }
    }

    private DeployException NothingCreated(Exception ex) =>
        new(Outcome.Failed, $"{ex.Message} It was asked again and again for {Durations.Clock(Stubbornness)}.", $"Nothing was created for {group.Group}. Run again.", ex);

    private DeployException NotCertain(Exception ex) => new(
        Outcome.Failed,
        $"{ex.Message} No deployment described '{group.Description}' was found afterwards, so most likely none was created, but that is not certain.",
        "Run again: a deployment that was created all the same is found and watched.",
        ex);
}
