using MacroPortfolio.Core.Inputs;

namespace MacroPortfolio.Core.Planning;

/// <summary>The environment of GitHub's in which it is recorded what became of a group's deployment.</summary>
/// <param name="Url">Where the group can be tried; null when it is not known.</param>
public sealed record StageEnvironment(string Name, Uri? Url)
{
    private const string Production = "production";

    /// <summary>Names of environments are the same in any case.</summary>
    public bool IsProduction => string.Equals(Name, Production, StringComparison.OrdinalIgnoreCase);

    /// <summary>The plan with an environment for each group that has one and does not name it itself.</summary>
    /// <param name="job">The environment that the job names; null: none.</param>
    public static Plan Into(Plan plan, string? job, Uri? url) =>
        plan with { Groups = [.. plan.Groups.Select(group => group with { Environment = group.Environment ?? Of(plan.Verb, group.Group, job, url) })] };

    /// <summary>What deploy's groups are to each other nobody says, so its record is kept where the job has said that it deploys to.</summary>
    private static StageEnvironment? Of(string verb, DeploymentGroupName group, string? job, Uri? url) => verb switch
    {
        "gray" or "promote" or "rollback" => new StageEnvironment(group == Planner.DefaultStages[^1] ? Production : group.Value, url),
        _ when job is { Length: > 0 } named => new StageEnvironment(named, url),
        _ => null,
    };
}
