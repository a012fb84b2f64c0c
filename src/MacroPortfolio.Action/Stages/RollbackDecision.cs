using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Planning.Stages;
using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Action.Stages;

/// <summary>Stages back to what was good there, whatever bake, windows, freezes and gates say.</summary>
internal sealed class RollbackDecision(RollbackInputs inputs, Staging staging) : IStagedDecision
{
    private readonly IReadOnlyList<Stage> wanted = inputs.Stage is { } only ? [staging.Find(only, "stage")] : staging.File.Stages;

    public Uri? Url => null;

    public Task<Cloud> OpenAsync() => staging.ToRollBackAsync(wanted[^1]);

    public async Task<Decision> DecideAsync(Cloud cloud)
    {
        var own = staging.WhereToRollBack(wanted[^1]).Role;
        var histories = await Task.WhenAll(wanted.Select(async stage => await staging.HistoryAsync(stage == wanted[^1] ? cloud : await staging.ToReadAsync(stage, own), stage)));
        var basis = await cloud.BasisAsync([inputs.To, .. histories.SelectMany(stage => stage.Groups).Select(group => Planner.Good(group, inputs.Watch.MaxFailed)?.Revision)], staging.Stop);
        var decision = Planner.Rollback(basis, histories, inputs.Stage, inputs.To, inputs.Reason, inputs.Watch);
        if (decision is not Decision.Go { Plan: var plan })
        {
            return decision;
        }

        var stages = plan.Groups.Select(group => staging.File.Find(group.Stage!.Value)!).Distinct().ToList();
        if (!inputs.Common.DryRun && stages.Select(staging.WhereToRollBack).Distinct().Count() > 1)
        {
            return new Decision.Refused(
                $"{Words.Names([.. stages.Select(stage => stage.Name.Value)], 10)} are to be taken back, and they have roles of their own, of which a job has one.",
                $"Run rollback once for each, later stages first: {string.Join(", then ", stages.Select(stage => $"stage: {stage.Name}"))}.");
        }

        return await GoneAsync(cloud, plan, histories) ?? decision;
    }

    /// <summary>What nobody can download any more brings nobody back. What is older is offered, not taken.</summary>
    private async Task<Decision.Refused?> GoneAsync(Cloud cloud, Plan plan, IReadOnlyList<StageHistory> histories)
    {
        foreach (var group in plan.Groups.Where(group => group.First is not Turn.Attach))
        {
            if (await cloud.GoneAsync(group.Revision, staging.Stop) is { } why)
            {
                var older = histories.SelectMany(stage => stage.Groups).First(known => known.State.Name == group.Group).Deployments.Where(past => past.Revision.DiffersFrom(group.Revision)).ToList();
                return new Decision.Refused(
                    $"{group.Group} would go back to {group.Revision.Label}, and that is gone: {why}",
                    Planner.ToTakeBack(older) is { } bad && Planner.LastKnownGood(older, bad.Revision, inputs.Watch.MaxFailed) is { } good
                        ? $"The next older one that succeeded there is {good.Revision.Label}: to: {good.Revision.Text}"
                        : "No older revision has succeeded there. Deploy one that works, or name one with 'to'.");
            }
        }

        return null;
    }
}
