namespace MacroPortfolio.Simulator.GitHub;

/// <summary>Whom a token stands for: a job of a repository.</summary>
/// <param name="Permissions">As in a workflow's <c>permissions</c>: <c>pull-requests</c> to <c>read</c>, <c>write</c> or <c>none</c>.</param>
/// <param name="Actor">Who started the job. What the job writes is not theirs but of <c>github-actions[bot]</c>.</param>
public sealed record GitHubCaller(string Repository, IReadOnlyDictionary<string, string> Permissions, string Actor)
{
    /// <param name="accepted">As GitHub's header says it: <c>issues=write; pull_requests=write</c>, each alternative enough.</param>
    public bool May(string accepted) => accepted.Split(';', StringSplitOptions.TrimEntries).Any(alternative => alternative.Split('=') switch
    {
        // Every token may read the metadata of its repository.
        ["metadata", "read"] => true,
        [var name, var level] => Permissions.GetValueOrDefault(name.Replace('_', '-')) is { } granted && (granted == "write" || granted == level),
        _ => false,
    });
}
