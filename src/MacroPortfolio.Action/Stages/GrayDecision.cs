using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Planning.AppSpec;
using MacroPortfolio.Core.Planning.Stages;
using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Action.Stages;

/// <summary>A revision to the first stage, when its calendar is open.</summary>
/// <param name="findings">What is wrong with the AppSpec of a commit; null where nobody can tell.</param>
internal sealed class GrayDecision(GrayInputs inputs, Task<IReadOnlyList<AppSpecFinding>?> findings, Staging staging) : IStagedDecision
{
    private readonly Stage into = inputs.Stage is { } name ? staging.Find(name, "stage") : staging.File.Stages[0];

    public Uri? Url => into.Environment.Url;

    public Task<Cloud> OpenAsync() => staging.ToWriteAsync(into);

    public async Task<Decision> DecideAsync(Cloud cloud)
    {
        var reading = staging.HistoryAsync(cloud, into);
        if (inputs.Revision is Revision.Bundle && Held(await reading) is { } early)
        {
            return early;
        }

        var revision = await cloud.DeployableAsync(inputs.Revision, inputs.Bucket, reading, staging.Stop);
        var basis = await cloud.BasisAsync([revision], staging.Stop);
        var history = await reading;
        if (Planner.Repeated("gray", basis, history, inputs.Watch) is { } again)
        {
            return again;
        }

        if (Held(history) is { } held)
        {
            return held;
        }

        await cloud.JudgeAsync(revision, await findings);
        var decision = Planner.ToStage("gray", basis, revision, history, null, inputs.WatchBake, inputs.Watch);
        return decision is Decision.Go { Plan: var plan } ? new Decision.Go(plan with { Notes = [.. Promotion.CalendarNotes(history, staging.Zone, staging.Now)] }) : decision;
    }

    /// <summary>Null when the stage is open.</summary>
    private Decision.Held? Held(StageHistory history) => Promotion.Time(history, staging.Zone, staging.Now).ToList() is [_, ..] objections ? Promotion.Hold(objections) : null;
}
