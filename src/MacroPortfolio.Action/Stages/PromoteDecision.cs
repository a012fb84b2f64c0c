using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Planning.Stages;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Action.Stages;

/// <summary>What has proved itself in a stage to the next one, when nothing speaks against it.</summary>
internal sealed class PromoteDecision(PromoteInputs inputs, Staging staging) : IStagedDecision
{
    private Stage? into;

    public Uri? Url => into?.Environment.Url;

    public async Task<Cloud> OpenAsync()
    {
        into = inputs.To is { } name ? staging.Find(name, "to") : await NextAsync();
        return await staging.ToWriteAsync(into);
    }

    public async Task<Decision> DecideAsync(Cloud cloud)
    {
        var from = staging.File.Before(into!) ?? throw new DeployException(
            Outcome.BadInput,
            $"Input 'to' is '{into!.Name}', the first stage: nothing comes before it that a revision could have proved itself in.",
            $"Deploy to it with gray. Stages are {Words.Names([.. staging.File.Stages.Select(stage => stage.Name.Value)], 20)}.");
        var histories = await Task.WhenAll(HistoryAsync(from), staging.HistoryAsync(cloud, into!));
        var facts = new PromotionFacts(histories[0], histories[1], inputs.Revision, inputs.Watch.MaxFailed, staging.Zone, staging.Now)
        {
            Override = inputs.Override is { } reason ? new Override(reason) : null,
        };
        var (candidate, _) = Promotion.Candidate(facts);
        var basis = await cloud.BasisAsync([candidate], staging.Stop);
        if (candidate is not { } revision)
        {
            return Promotion.Decide(facts, basis, [], inputs.Watch);
        }

        facts = facts with { People = await staging.PeopleAsync(cloud, facts, revision), NewerIsThere = await staging.NewerAsync(cloud, facts, revision) };
        var decision = Promotion.Decide(facts, basis, [], inputs.Watch);

        // They take a minute, so they are asked only where nothing else stands in the way.
        return decision is Decision.Go { Plan.Groups: var groups } && from.Gates.Count > 0 && !groups.All(group => group.First is Turn.Attach { Ours: true })
            ? Promotion.Decide(facts, basis, await staging.GatesAsync(cloud, facts, revision, inputs.GateHeaders), inputs.Watch)
            : decision;
    }

    /// <summary>The first stage that does not run what the one before it runs; the last where all run the same.</summary>
    private async Task<Stage> NextAsync()
    {
        var stages = staging.File.Stages;
        if (stages.Count == 1)
        {
            throw new DeployException(Outcome.BadInput, $"There is one stage only, {stages[0].Name}, so there is nothing to promote to.", "Add a stage to the release file.");
        }

        for (var at = 1; at < stages.Count - 1; at++)
        {
            var (before, here) = (await HistoryAsync(stages[at - 1]), await HistoryAsync(stages[at]));
            if (before.Current(inputs.Watch.MaxFailed) is { } revision && here.Current(inputs.Watch.MaxFailed)?.SameAs(revision) is not true)
            {
                return stages[at];
            }
        }

        return stages[^1];
    }

    private async Task<StageHistory> HistoryAsync(Stage stage) => await staging.HistoryAsync(await staging.ToReadAsync(stage, into?.Access.ToAssume), stage);
}
