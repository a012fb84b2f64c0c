namespace MacroPortfolio.Simulator.GitHub;

/// <param name="Status">queued, in_progress or completed.</param>
/// <param name="Conclusion">Of a completed one: success, failure, neutral, cancelled, skipped, timed_out, action_required or stale.</param>
public sealed record CheckRun(string Sha, string Name, string Status, string? Conclusion, DateTimeOffset? Started, DateTimeOffset? Completed)
{
    public long Id { get; init; }

    /// <summary>As the commit statuses that a deployment requires call it.</summary>
    public string State => Status != "completed" ? "pending" : Conclusion switch
    {
        "success" or "neutral" or "skipped" => "success",
        _ => "failure",
    };
}

/// <summary>The check runs of a repository. No API writes them: the simulated jobs and tests do, in code.</summary>
public sealed class CheckRuns(Func<long> nextId)
{
    private readonly Lock gate = new();
    private readonly List<CheckRun> runs = [];

    /// <summary>All runs of a commit, newest first.</summary>
    public IReadOnlyList<CheckRun> Of(string sha)
    {
        lock (gate)
            return [.. runs.Where(run => run.Sha == sha).Reverse()];
    }

    /// <summary>The newest run of each name.</summary>
    public IReadOnlyList<CheckRun> LatestOf(string sha) => [.. Of(sha).DistinctBy(run => run.Name)];

    /// <summary>Adds a run, or with an id that is known writes over that one.</summary>
    public CheckRun Put(CheckRun run)
    {
        lock (gate)
        {
            var kept = run.Id == 0 ? run with { Id = nextId() } : run;
            runs.RemoveAll(other => other.Id == kept.Id);
            runs.Add(kept);
            return kept;
        }
    }
}
