using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Core.Planning;

/// <summary>What a run does about a group at one moment, from the group's deployments as they were just read. Pure; asked before every create request anew.</summary>
public abstract record Turn
{
    private Turn() { }

    /// <summary>Nothing stands in the way, and nothing of ours is there.</summary>
    public sealed record Create : Turn;

    /// <summary>The deployment exists, running or ended: it is watched and reported, nothing is created.</summary>
    /// <param name="Ours">It was made by this step of this run; a deployment of somebody else is never stopped with the job.</param>
    public sealed record Attach(PastDeployment To, bool Ours) : Turn;

    /// <summary>The group takes one deployment at a time, and this one has to end first.</summary>
    public sealed record Wait(PastDeployment For) : Turn;

    /// <summary>This one is in the way and is stopped first.</summary>
    public sealed record Clear(PastDeployment Away) : Turn;

    /// <summary>A later run has deployed, or does. Whether its revision contains ours decides: then there is nothing left to do, else a person has to say so.</summary>
    public sealed record Compare(PastDeployment Newer) : Turn;

    /// <summary>
    /// A later run's deployment was stopped and nothing has followed it. Where a still later run has stopped it to deploy itself, that comes within seconds, and this run must
    /// not slip in between; where somebody has cancelled it, this run may deploy after that time.
    /// </summary>
    public sealed record LetPass(PastDeployment Stopped) : Turn;

    /// <summary>Not now.</summary>
    public sealed record Held(string Why, string Next) : Turn;

    /// <summary>The run's own deployment decides first, then a later run's, then what is in flight.</summary>
    /// <param name="now">The group's deployments, newest first.</param>
    public static Turn Of(GroupPlan plan, IReadOnlyList<PastDeployment> now, StartSettings settings) =>
        Own(plan, now, settings) ?? Later(plan, now, settings) ?? InFlight(plan, now, settings) ?? Vacated(plan, now, settings) ?? (Turn)new Create();

    /// <summary>
    /// A run that is repeated finds what an earlier attempt has made. One that failed or was stopped is made anew by a later attempt only, and so is one that others
    /// have replaced since or that is to be insisted on: the same attempt twice is a process that died, and what it made is its result.
    /// </summary>
    private static Attach? Own(GroupPlan plan, IReadOnlyList<PastDeployment> now, StartSettings settings)
    {
        if (plan.Marker is not { } mine || now.FirstOrDefault(past => IsOwn(plan, mine, past)) is not { } own)
        {
            return null;
        }

        var found = new Attach(own, Ours: true);
        return own switch
        {
            { Marker.Attempt: var attempt } when attempt == mine.Attempt => found,
            { Phase: Phase.Failed or Phase.Stopped } => null,
            { Phase: Phase.Succeeded } => settings.Redeploy || now.First(past => past.Phase == Phase.Succeeded) != own ? null : found,
            _ => found,
        };
    }

    /// <summary>What a way back or a promotion is of follows from the group, which the run itself has changed: there the step alone tells.</summary>
    private static bool IsOwn(GroupPlan plan, Marker mine, PastDeployment past) =>
        past.Marker is { } marker && past.IsBySomebody && (mine.Verb is "rollback" or "promote"
            ? marker.SameStep(mine) && marker.Verb == mine.Verb
            : marker.SameDeployment(mine) && !past.Revision.DiffersFrom(plan.Revision));

    /// <summary>A way back is never too late: it is decided from what is there.</summary>
    private static Compare? Later(GroupPlan plan, IReadOnlyList<PastDeployment> now, StartSettings settings) =>
        plan.Marker is { Verb: not "rollback" } mine && !settings.Insist
        && now.FirstOrDefault(past => past.IsBySomebody && past.Phase is not (Phase.Failed or Phase.Stopped) && past.Marker is { } other && mine.IsOlderThan(other)) is { } newer
            ? new Compare(newer)
            : null;

    private static Turn? InFlight(GroupPlan plan, IReadOnlyList<PastDeployment> now, StartSettings settings)
    {
        if (now.FirstOrDefault(past => !past.Phase.IsOver()) is not { } busy)
        {
            return null;
        }

        return settings.OnBusy switch
        {
            OnBusy.Fail => new Held(Busy(plan, busy), "Run again when it has ended, or let the run wait: on-busy: queue."),
            OnBusy.Attach when busy.Revision.SameAs(plan.Revision) => new Attach(busy, Ours: false),
            OnBusy.Attach => new Held($"{Busy(plan, busy)} It is not {plan.Revision.Label}, so this run does not attach to it.", "Run again when it has ended."),
            OnBusy.Supersede when busy.IsBySomebody && busy.Marker is { Verb: not "rollback" } other && plan.Marker is { } mine && other.IsOlderThan(mine) => new Clear(busy),
            OnBusy.TakeOver when !busy.IsWayBack => new Clear(busy),
            _ => new Wait(busy),
        };
    }

    private static LetPass? Vacated(GroupPlan plan, IReadOnlyList<PastDeployment> now, StartSettings settings) =>
        plan.Marker is { Verb: not "rollback" } mine && !settings.Insist
        && now is [{ Phase: Phase.Stopped, IsBySomebody: true, Marker: { } other } newest, ..] && mine.IsOlderThan(other)
            ? new LetPass(newest)
            : null;

    private static string Busy(GroupPlan plan, PastDeployment busy) => $"{plan.Group} is busy: deployment {busy.Id} of {busy.Revision.Label}, made by {busy.By}, is {busy.Status}.";
}
