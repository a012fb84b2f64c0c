using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.GitHub;

/// <summary>What a commit holds.</summary>
public static class TreeRoutes
{
    private const int Listed = 100_000;

    public static IEnumerable<Route> Routes =>
    [
        new("GET", "/repos/{owner}/{repo}/git/trees/{tree_sha}", "contents=read", "git/trees#get-a-tree", TreeAsync),
    ];

    private static async Task<GitHubAnswer> TreeAsync(GitHubCall call, CancellationToken ct)
    {
        var history = call.Repository.RequiredHistory;
        var commit = await history.FindAsync(call["tree_sha"], ct) ?? throw GitHubException.NotFound();
        // Any value switches it on, even false, as GitHub says.
        var entries = await history.WholeTreeAsync(commit.Sha, call.Query("recursive") is not null, ct);
        var api = $"{call.Links.Repository(call.Repository)}/git";
        return new GitHubAnswer(200, new JsonObject
        {
            ["sha"] = commit.Tree,
            ["url"] = $"{api}/trees/{commit.Tree}",
            ["tree"] = new JsonArray([.. entries.Take(Listed).Select(entry => Shape(api, entry))]),
            ["truncated"] = entries.Count > Listed,
        });
    }

    private static JsonObject Shape(string api, TreeEntry entry)
    {
        var shape = new JsonObject { ["path"] = entry.Path, ["mode"] = entry.Mode, ["type"] = entry.Kind, ["sha"] = entry.Sha };
        if (entry.Size is { } size)
            shape["size"] = size;
        if (entry.Kind != "commit")
            shape["url"] = $"{api}/{entry.Kind}s/{entry.Sha}";
        return shape;
    }
}
