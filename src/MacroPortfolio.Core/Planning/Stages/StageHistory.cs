using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Releases;
using NodaTime;

namespace MacroPortfolio.Core.Planning.Stages;

/// <summary>A stage and what CodeDeploy tells of its groups, in the stage's order.</summary>
public sealed record StageHistory(Stage Stage, IReadOnlyList<GroupHistory> Groups)
{
    private const int ExpectationOf = 5;

    /// <summary>
    /// How a revision stood in this stage: since when, and for how long. It stood from the end of a deployment that succeeded there until something else began to be deployed,
    /// and in a stage of several groups for as long as it stood in all of them. Of several such times the longest counts.
    /// </summary>
    /// <returns>Null when it never succeeded in all groups.</returns>
    public Standing? Of(Revision revision, FailureAllowance maxFailed, Instant now)
    {
        var each = Groups.Select(group => Of(group, revision, maxFailed, now)).ToList();
        return each.Count == 0 || each.Contains(null)
            ? null
            : new Standing(each.Max(standing => standing!.Since), each.Min(standing => standing!.For), each.TrueForAll(standing => standing!.IsCurrent));
    }

    /// <summary>What the stage runs, as far as all its groups run the same; null otherwise.</summary>
    public Revision? Current(FailureAllowance maxFailed)
    {
        var each = Groups.Select(group => Changes(group).LastOrDefault()).ToList();
        return each is [{ } first, ..] && each.TrueForAll(past => past is { Phase: Phase.Succeeded } && Planner.WithinLimit(past, maxFailed) && past.Revision.SameAs(first.Revision)) ? first.Revision : null;
    }

    /// <summary>Whether a way back led away from the revision when it was last tried here.</summary>
    public bool WasTakenBack(Revision revision) => Groups.Any(group =>
    {
        var changes = Changes(group).ToList();
        var tried = changes.FindLastIndex(past => !past.IsWayBack && past.Revision.SameAs(revision));
        return tried >= 0 && changes.ElementAtOrDefault(tried + 1) is { IsWayBack: true } next && !next.Revision.SameAs(revision);
    });

    /// <summary>How long a deployment to the stage may be expected to take, as the last that succeeded did; null when none has.</summary>
    public Duration? Expected
    {
        get
        {
            var each = Groups.Select(group => group.Deployments
                .Where(past => past is { Phase: Phase.Succeeded, Created: not null, Ended: not null } && IsByIntent(past))
                .Take(ExpectationOf).Select(past => past.Ended!.Value - past.Created!.Value).DefaultIfEmpty(Duration.Zero).Max()).ToList();
            if (each.Count == 0 || each.Contains(Duration.Zero))
            {
                return null;
            }

            return Stage.MaxParallel is 0 ? each.Max() : each.Chunk(Stage.MaxParallel).Select(wave => wave.Max()).Aggregate(Duration.Zero, (sum, wave) => sum + wave);
        }
    }

    private static Standing? Of(GroupHistory group, Revision revision, FailureAllowance maxFailed, Instant now)
    {
        Standing? standing = null;
        var changes = Changes(group).ToList();
        for (var at = 0; at < changes.Count; at++)
        {
            if (changes[at] is { Phase: Phase.Succeeded, Ended: { } since } past && Planner.WithinLimit(past, maxFailed) && past.Revision.SameAs(revision))
            {
                var next = changes.ElementAtOrDefault(at + 1);
                var stood = Duration.Max((next is null ? now : next.Created ?? since) - since, Duration.Zero);
                standing = new Standing(since, Duration.Max(stood, standing?.For ?? Duration.Zero), next is null);
            }
        }

        return standing;
    }

    /// <summary>What has changed a group, oldest first: not what Auto Scaling launched, and not what ended before any instance was begun.</summary>
    private static IEnumerable<PastDeployment> Changes(GroupHistory group) => group.Deployments.Where(past => IsByIntent(past) && !IsUntouched(past)).Reverse();

    private static bool IsByIntent(PastDeployment past) => past.Creator is not ("autoscaling" or "autoscalingTermination");

    private static bool IsUntouched(PastDeployment past) => past is { Phase: Phase.Failed or Phase.Stopped, Counts.NoneBegun: true };
}

/// <param name="Since">When its last deployment had ended.</param>
/// <param name="For">How long it stood at a time, until now where it is current.</param>
/// <param name="IsCurrent">It runs there now.</param>
public sealed record Standing(Instant Since, Duration For, bool IsCurrent);
