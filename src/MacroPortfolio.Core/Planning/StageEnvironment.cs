namespace MacroPortfolio.Core.Planning;

/// <summary>The environment of GitHub's in which it is recorded what became of a group's deployment.</summary>
/// <param name="Url">Where the group can be tried; null when it is not known.</param>
public sealed record StageEnvironment(string Name, Uri? Url)
{
    private const string Production = "production";

    /// <summary>Names of environments are the same in any case.</summary>
    public bool IsProduction => string.Equals(Name, Production, StringComparison.OrdinalIgnoreCase);

    /// <summary>The plan with an environment for each group: its stage's or, where a group is deployed to and no stage, the one that the job has said it deploys to.</summary>
    /// <param name="job">The environment that the job names; null: none.</param>
    /// <param name="url">Goes before what the release file says.</param>
    public static Plan Into(Plan plan, string? job, Uri? url) => plan with { Groups = [.. plan.Groups.Select(group => group with { Environment = Of(group, job, url) })] };

    private static StageEnvironment? Of(GroupPlan group, string? job, Uri? url) => (group.Environment, job) switch
    {
        ({ } stage, _) => stage with { Url = url ?? stage.Url },
        (null, { Length: > 0 } named) => new StageEnvironment(named, url),
        _ => null,
    };
}
