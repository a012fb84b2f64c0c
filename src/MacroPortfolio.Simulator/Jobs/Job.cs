using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Jobs;

/// <summary>One attempt of one job, with everything decided.</summary>
/// <param name="Sha">What GITHUB_SHA says; for a pull request its synthetic merge.</param>
/// <param name="Pull">Only in pull request events.</param>
/// <param name="MakesDeployment">GitHub makes a deployment for the environment.</param>
/// <param name="RequestToken">What the runner shows for ID tokens and to its own services.</param>
public sealed record Job(
    RepositoryWorld Repository, long RunId, long RunNumber, int Attempt, string Sha, string Ref, PullOfJob? Pull, string Event, string Workflow,
    string WorkflowName, string Actor, string TriggeringActor, string? Environment, bool MakesDeployment, bool MayRequestIdToken,
    IReadOnlyDictionary<string, string> TokenPermissions, string RequestToken, string GitHubToken)
{
    public string Owner => Repository.Name.Split('/')[0];

    public string RefName => Ref.Split('/', 3) is [_, _, var name] ? name : Ref;

    public string RefType => Ref.StartsWith("refs/tags/", StringComparison.Ordinal) ? "tag" : "branch";

    public long CheckRunId => (RunId * 10) + Attempt;

    public string IdTokenPath => $"{Runner.IdTokenPath}{RunId}/{Attempt}";

    public override string ToString() => $"run {RunId}, attempt {Attempt}";
}

/// <param name="HeadSha">The commit that the pull request offers.</param>
/// <param name="BaseSha">The tip of what it would be merged into.</param>
public sealed record PullOfJob(PullWorld World, string HeadRef, string BaseRef, string HeadSha, string BaseSha);

/// <summary>A job that can run: its environment, in the order in which it is written.</summary>
public sealed record StartedJob(Job Job, IReadOnlyList<KeyValuePair<string, string>> Variables)
{
    public string this[string name] => Variables.Single(variable => variable.Key == name).Value;
}

/// <summary>A GitHub account, which the world names but does not number.</summary>
public static class Account
{
    /// <summary>Always the same number for the same name.</summary>
    public static long IdOf(string login) =>
        login.Aggregate(2_166_136_261L, (hash, letter) => (hash ^ char.ToLowerInvariant(letter)) * 16_777_619 & 0x3FFF_FFFF);
}
