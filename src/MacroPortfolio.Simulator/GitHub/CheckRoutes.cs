using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.GitHub;

/// <summary>The checks of a commit.</summary>
public static class CheckRoutes
{
    public static IEnumerable<Route> Routes =>
    [
        new("GET", "/repos/{owner}/{repo}/commits/{ref}/check-runs", "checks=read", "checks/runs#list-check-runs-for-a-git-reference", ListAsync),
    ];

    private static async Task<GitHubAnswer> ListAsync(GitHubCall call, CancellationToken ct)
    {
        var commit = await RepositoryRoutes.CommitAsync(call, call["ref"], ct);
        var all = call.Query("filter") == "all" ? call.Repository.CheckRuns.Of(commit.Sha) : call.Repository.CheckRuns.LatestOf(commit.Sha);
        var runs = all.Where(run => call.Query("check_name") is not { } name || run.Name == name)
            .Where(run => call.Query("status") is not { } status || run.Status == status).ToList();
        var paging = Paging.Of(call);
        var page = paging.Of(runs).Select(run => Shape(call.Links, call.Repository, run));
        var body = new JsonObject { ["total_count"] = runs.Count, ["check_runs"] = new JsonArray([.. page]) };
        return new GitHubAnswer(200, body, paging.Link(call, runs.Count));
    }

    private static JsonObject Shape(Links links, GitHubRepository repository, CheckRun run) => new()
    {
        ["id"] = run.Id,
        ["name"] = run.Name,
        ["node_id"] = Shapes.NodeId("CheckRun", run.Id),
        ["head_sha"] = run.Sha,
        ["external_id"] = "",
        ["url"] = $"{links.Repository(repository)}/check-runs/{run.Id}",
        ["html_url"] = $"{links.Page(repository)}/runs/{run.Id}",
        ["details_url"] = $"{links.Page(repository)}/runs/{run.Id}",
        ["status"] = run.Status,
        ["conclusion"] = run.Conclusion,
        ["started_at"] = Shapes.Instant(run.Started),
        ["completed_at"] = Shapes.Instant(run.Completed),
        ["output"] = new JsonObject
        {
            ["title"] = null,
            ["summary"] = null,
            ["text"] = null,
            ["annotations_count"] = 0,
            ["annotations_url"] = $"{links.Repository(repository)}/check-runs/{run.Id}/annotations",
        },
        ["check_suite"] = new JsonObject { ["id"] = run.Id },
        ["app"] = new JsonObject { ["id"] = 15368, ["slug"] = "github-actions", ["name"] = "GitHub Actions" },
        ["pull_requests"] = new JsonArray(),
    };
}
