using System.Text;
using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.GitHub;

/// <summary>The repository, its commits and its files.</summary>
public static class RepositoryRoutes
{
    private const int ListedCommits = 250;
    private const int ListedFiles = 300;
    private const long InlineBytes = 1024 * 1024;
    private const long ServedBytes = 100 * InlineBytes;

    public static IEnumerable<Route> Routes =>
    [
        new("GET", "/repos/{owner}/{repo}", "metadata=read", "repos/repos#get-a-repository",
            (call, _) => Task.FromResult(new GitHubAnswer(200, Shapes.Repository(call.Links, call.Repository, whole: true)))),
        new("GET", "/repos/{owner}/{repo}/commits/{ref}", "contents=read", "commits/commits#get-a-commit", CommitAsync),
        new("GET", "/repos/{owner}/{repo}/compare/{basehead}", "contents=read", "commits/commits#compare-two-commits", CompareAsync),
        new("GET", "/repos/{owner}/{repo}/contents/{path}", "contents=read", "repos/contents#get-repository-content", ContentAsync),
        new("GET", "/repos/{owner}/{repo}/contents", "contents=read", "repos/contents#get-repository-content", ContentAsync),
    ];

    public static async Task<GitCommit> CommitAsync(GitHubCall call, string name, CancellationToken ct) =>
        await call.Repository.RequiredHistory.FindAsync(name, ct) ?? throw new GitHubException(422, $"No commit found for SHA: {name}");

    private static async Task<GitHubAnswer> CommitAsync(GitHubCall call, CancellationToken ct)
    {
        var commit = await CommitAsync(call, call["ref"], ct);
        var files = await call.Repository.RequiredHistory.ChangesAsync(commit.FirstParent, commit.Sha, ct);
        var shape = CommitShapes.Commit(call.Links, call.Repository, commit);
        var (additions, deletions) = (files.Sum(file => file.Additions), files.Sum(file => file.Deletions));
        shape["stats"] = new JsonObject { ["total"] = additions + deletions, ["additions"] = additions, ["deletions"] = deletions };
        shape["files"] = CommitShapes.Files(call.Links, call.Repository, commit.Sha, [.. files.Take(ListedFiles)]);
        return new GitHubAnswer(200, shape);
    }

    private static async Task<GitHubAnswer> CompareAsync(GitHubCall call, CancellationToken ct)
    {
        if (call["basehead"].Split("...") is not [var from, var to])
            throw GitHubException.NotFound();
        var history = call.Repository.RequiredHistory;
        var (start, end) = (await history.FindAsync(Local(call, from), ct), await history.FindAsync(Local(call, to), ct));
        if (start is null || end is null)
            throw GitHubException.NotFound();
        var comparison = await history.CompareAsync(start.Sha, end.Sha, ct) ?? throw new GitHubException(404, $"No common ancestor between {from} and {to}.");

        var paging = call.Query("page") is null && call.Query("per_page") is null ? null : Paging.Of(call);
        // Unpaged, GitHub tells the newest of too many; paged, it begins with the oldest.
        var count = paging is null ? ListedCommits : Math.Clamp(comparison.Ahead - ((paging.Page - 1) * paging.PerPage), 0, paging.PerPage);
        var skip = paging is null ? 0 : Math.Max(0, comparison.Ahead - (paging.Page * paging.PerPage));
        var commits = await history.BetweenAsync(start.Sha, end.Sha, skip, count, ct);
        var files = await history.ChangesAsync(comparison.MergeBase, end.Sha, ct);
        var mergeBase = (await history.FindAsync(comparison.MergeBase, ct))!;
        var (api, page) = ($"{call.Links.Repository(call.Repository)}/compare/{from}...{to}", $"{call.Links.Page(call.Repository)}/compare/{from}...{to}");
        return new GitHubAnswer(200, new JsonObject
        {
            ["url"] = api,
            ["html_url"] = page,
            ["permalink_url"] = $"{call.Links.Page(call.Repository)}/compare/{call.Repository.Owner}:{start.Sha[..7]}...{call.Repository.Owner}:{end.Sha[..7]}",
            ["diff_url"] = $"{page}.diff",
            ["patch_url"] = $"{page}.patch",
            ["base_commit"] = CommitShapes.Commit(call.Links, call.Repository, start),
            ["merge_base_commit"] = CommitShapes.Commit(call.Links, call.Repository, mergeBase),
            ["status"] = (comparison.Ahead, comparison.Behind) switch
            {
                (0, 0) => "identical",
                (_, 0) => "ahead",
                (0, _) => "behind",
                _ => "diverged",
            },
            ["ahead_by"] = comparison.Ahead,
            ["behind_by"] = comparison.Behind,
            ["total_commits"] = comparison.Ahead,
            ["commits"] = new JsonArray([.. commits.Select(commit => CommitShapes.Commit(call.Links, call.Repository, commit))]),
            ["files"] = paging is { Page: > 1 } ? [] : CommitShapes.Files(call.Links, call.Repository, end.Sha, [.. files.Take(ListedFiles)]),
        }, paging?.Link(call, comparison.Ahead));
    }

    /// <summary>A name may say whose branch it is: <c>acme:main</c>.</summary>
    private static string Local(GitHubCall call, string name) =>
        name.StartsWith($"{call.Repository.Owner}:", StringComparison.OrdinalIgnoreCase) ? name[(call.Repository.Owner.Length + 1)..] : name;

    private static async Task<GitHubAnswer> ContentAsync(GitHubCall call, CancellationToken ct)
    {
        var path = call.Values.GetValueOrDefault("path", "").Trim('/');
        var reference = call.Query("ref") ?? call.Repository.World.DefaultBranch;
        var history = call.Repository.RequiredHistory;
        var sha = await history.ResolveAsync(reference, ct) ?? throw new GitHubException(404, $"No commit found for the ref {reference}");
        var (entry, children) = await history.TreeAsync(sha, path, ct) ?? throw GitHubException.NotFound();
        if (entry is null or { Kind: "tree" })
            return new GitHubAnswer(200, new JsonArray([.. children.Select(child => Entry(call, child, reference))]));

        if (entry.Size > ServedBytes)
            throw new GitHubException(403, "This API returns blobs up to 100 MB in size. The requested blob is too large to fetch via the API.");
        if (entry.Kind == "blob" && RawType(call) is { } type)
            return new GitHubAnswer(200, null, Raw: new RawFile(type, await history.BlobAsync(entry.Sha, ct)));

        var shape = Entry(call, entry, reference);
        if (entry.Mode == "120000")
            shape["target"] = Encoding.UTF8.GetString(await history.BlobAsync(entry.Sha, ct));
        else if (entry.Kind == "blob")
            (shape["content"], shape["encoding"]) = entry.Size > InlineBytes ? ("", "none") : (Base64(await history.BlobAsync(entry.Sha, ct)), "base64");
        return new GitHubAnswer(200, shape);
    }

    private static string? RawType(GitHubCall call) => call.Exchange.Http.Request.Headers.Accept.ToString()
        .Split(',').Select(accepted => accepted.Split(';')[0].Trim())
        .FirstOrDefault(type => type.StartsWith("application/vnd.github.", StringComparison.Ordinal) && type.Contains("raw", StringComparison.Ordinal));

    private static JsonObject Entry(GitHubCall call, TreeEntry entry, string reference)
    {
        var path = string.Join('/', entry.Path.Split('/').Select(Uri.EscapeDataString));
        var api = call.Links.Repository(call.Repository);
        var (self, git, html) = (
            $"{api}/contents/{path}?ref={Uri.EscapeDataString(reference)}",
            $"{api}/git/{(entry.Kind == "tree" ? "trees" : "blobs")}/{entry.Sha}",
            $"{call.Links.Page(call.Repository)}/{(entry.Kind == "tree" ? "tree" : "blob")}/{reference}/{path}");
        return new JsonObject
        {
            ["name"] = entry.Path.Split('/')[^1],
            ["path"] = entry.Path,
            ["sha"] = entry.Sha,
            ["size"] = entry.Size ?? 0,
            ["url"] = self,
            ["html_url"] = html,
            ["git_url"] = git,
            ["download_url"] = entry.Kind == "blob" ? $"{call.Links.Page(call.Repository)}/raw/{reference}/{path}" : null,
            ["type"] = (entry.Kind, entry.Mode) switch
            {
                ("tree", _) => "dir",
                ("commit", _) => "submodule",
                (_, "120000") => "symlink",
                _ => "file",
            },
            ["_links"] = new JsonObject { ["self"] = self, ["git"] = git, ["html"] = html },
        };
    }

    /// <summary>Lines of 60 characters, as GitHub breaks them.</summary>
    private static string Base64(byte[] bytes) => string.Concat(Convert.ToBase64String(bytes).Chunk(60).Select(line => $"{new string(line)}\n"));
}
