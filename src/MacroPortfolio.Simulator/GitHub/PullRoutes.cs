using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.GitHub;

/// <summary>Pull requests, by number and by commit.</summary>
public static class PullRoutes
{
    public static IEnumerable<Route> Routes =>
    [
        new("GET", "/repos/{owner}/{repo}/commits/{ref}/pulls", "pull_requests=read",
            "commits/commits#list-pull-requests-associated-with-a-commit", OfCommitAsync),
        new("GET", "/repos/{owner}/{repo}/pulls/{pull_number}", "pull_requests=read", "pulls/pulls#get-a-pull-request", GetAsync),
    ];

    private static async Task<GitHubAnswer> OfCommitAsync(GitHubCall call, CancellationToken ct)
    {
        var commit = await RepositoryRoutes.CommitAsync(call, call["ref"], ct);
        var pulls = await call.Repository.PullHistory().OfAsync(commit.Sha, ct);
        var paging = Paging.Of(call);
        var page = paging.Of(pulls).Select(facts => PullShapes.Pull(call.Links, call.Repository, facts, whole: false));
        return new GitHubAnswer(200, new JsonArray([.. page]), paging.Link(call, pulls.Count));
    }

    private static async Task<GitHubAnswer> GetAsync(GitHubCall call, CancellationToken ct)
    {
        var pull = call.Repository.Pull(call.Number("pull_number")) ?? throw GitHubException.NotFound();
        var facts = await call.Repository.PullHistory().FactsAsync(pull, ct);
        var shape = PullShapes.Pull(call.Links, call.Repository, facts, whole: true);
        await AddSizeAsync(call.Repository.RequiredHistory, facts, shape, ct);
        return new GitHubAnswer(200, shape);
    }

    private static async Task AddSizeAsync(GitHistory history, PullFacts facts, JsonObject shape, CancellationToken ct)
    {
        var (from, to) = facts.Merge is { } merge ? (merge.FirstParent, merge.Sha) : (facts.Base?.Sha, facts.Head?.Sha);
        var comparison = from is not null && to is not null ? await history.CompareAsync(from, to, ct) : null;
        var files = comparison is null ? [] : await history.ChangesAsync(comparison.MergeBase, comparison.Head, ct);
        shape["commits"] = comparison?.Ahead ?? 0;
        shape["additions"] = files.Sum(file => file.Additions);
        shape["deletions"] = files.Sum(file => file.Deletions);
        shape["changed_files"] = files.Count;
    }
}
