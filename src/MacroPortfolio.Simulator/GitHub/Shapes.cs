using System.Text;
using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.GitHub;

/// <summary>What GitHub's JSON has in many places.</summary>
public static class Shapes
{
    /// <summary>The account that a job's token writes as.</summary>
    public const string ActionsBot = "github-actions[bot]";

    private const long ActionsBotId = 41898282;

    /// <summary>Where the parts of a repository are, below its own address.</summary>
    private static readonly (string Name, string Path)[] RepositoryUrls =
    [
        ("archive_url", "/{archive_format}{/ref}"),
        ("assignees_url", "/assignees{/user}"),
        ("blobs_url", "/git/blobs{/sha}"),
        ("branches_url", "/branches{/branch}"),
        ("collaborators_url", "/collaborators{/collaborator}"),
        ("comments_url", "/comments{/number}"),
        ("commits_url", "/commits{/sha}"),
        ("compare_url", "/compare/{base}...{head}"),
        ("contents_url", "/contents/{+path}"),
        ("contributors_url", "/contributors"),
        ("deployments_url", "/deployments"),
        ("downloads_url", "/downloads"),
        ("events_url", "/events"),
        ("forks_url", "/forks"),
        ("git_commits_url", "/git/commits{/sha}"),
        ("git_refs_url", "/git/refs{/sha}"),
        ("git_tags_url", "/git/tags{/sha}"),
        ("hooks_url", "/hooks"),
        ("issue_comment_url", "/issues/comments{/number}"),
        ("issue_events_url", "/issues/events{/number}"),
        ("issues_url", "/issues{/number}"),
        ("keys_url", "/keys{/key_id}"),
        ("labels_url", "/labels{/name}"),
        ("languages_url", "/languages"),
        ("merges_url", "/merges"),
        ("milestones_url", "/milestones{/number}"),
        ("notifications_url", "/notifications{?since,all,participating}"),
        ("pulls_url", "/pulls{/number}"),
        ("releases_url", "/releases{/id}"),
        ("stargazers_url", "/stargazers"),
        ("statuses_url", "/statuses/{sha}"),
        ("subscribers_url", "/subscribers"),
        ("subscription_url", "/subscription"),
        ("tags_url", "/tags"),
        ("teams_url", "/teams"),
        ("trees_url", "/git/trees{/sha}"),
    ];

    public static string? Instant(DateTimeOffset? time) => time?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");

    public static string NodeId(string kind, long id) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"0:{kind}{id}"));

    public static JsonObject User(Links links, string login, long? id = null)
    {
        var bot = login.EndsWith("[bot]", StringComparison.Ordinal);
        var number = login == ActionsBot ? ActionsBotId : id ?? AccountId(login);
        var api = $"{links.Api}/users/{Uri.EscapeDataString(login)}";
        return new JsonObject
        {
            ["login"] = login,
            ["id"] = number,
            ["node_id"] = NodeId(bot ? "Bot" : "User", number),
            ["avatar_url"] = $"{links.Html}/avatars/u/{number}?v=4",
            ["gravatar_id"] = "",
            ["url"] = api,
            ["html_url"] = bot ? $"{links.Html}/apps/{login[..^"[bot]".Length]}" : $"{links.Html}/{login}",
            ["followers_url"] = $"{api}/followers",
            ["following_url"] = $"{api}/following{{/other_user}}",
            ["gists_url"] = $"{api}/gists{{/gist_id}}",
            ["starred_url"] = $"{api}/starred{{/owner}}{{/repo}}",
            ["subscriptions_url"] = $"{api}/subscriptions",
            ["organizations_url"] = $"{api}/orgs",
            ["repos_url"] = $"{api}/repos",
            ["events_url"] = $"{api}/events{{/privacy}}",
            ["received_events_url"] = $"{api}/received_events",
            ["type"] = bot ? "Bot" : "User",
            ["user_view_type"] = "public",
            ["site_admin"] = false,
        };
    }

    /// <param name="whole">As the repository itself is answered, with more than inside of other things.</param>
    public static JsonObject Repository(Links links, GitHubRepository repository, bool whole = false)
    {
        var (world, api, page) = (repository.World, links.Repository(repository), links.Page(repository));
        var host = new Uri(links.Html).Authority;
        var open = world.Pulls.Count(pull => pull.State == "open");
        var shape = new JsonObject
        {
            ["id"] = world.Id,
            ["node_id"] = NodeId("Repository", world.Id),
            ["name"] = repository.Name.Split('/')[1],
            ["full_name"] = repository.Name,
            ["private"] = true,
            ["owner"] = User(links, repository.Owner, world.OwnerId),
            ["html_url"] = page,
            ["description"] = null,
            ["fork"] = false,
            ["url"] = api,
        };
        foreach (var (name, path) in RepositoryUrls)
            shape[name] = api + path;
        shape["git_url"] = $"git://{host}/{repository.Name}.git";
        shape["ssh_url"] = $"git@{host}:{repository.Name}.git";
        shape["clone_url"] = $"{page}.git";
        shape["svn_url"] = page;
        shape["mirror_url"] = null;
        shape["default_branch"] = world.DefaultBranch;
        shape["visibility"] = "private";
        foreach (var name in (string[])["archived", "disabled", "has_projects", "has_wiki", "has_pages", "has_downloads", "has_discussions", "is_template", "web_commit_signoff_required"])
            shape[name] = false;
        foreach (var name in (string[])["has_issues", "allow_forking"])
            shape[name] = true;
        shape["topics"] = new JsonArray();
        foreach (var name in (string[])["language", "license", "homepage"])
            shape[name] = null;
        foreach (var name in (string[])["size", "forks_count", "forks", "stargazers_count", "watchers_count", "watchers"])
            shape[name] = 0;
        foreach (var name in (string[])["open_issues_count", "open_issues"])
            shape[name] = open;
        foreach (var name in (string[])["created_at", "updated_at", "pushed_at"])
            shape[name] = Instant(repository.Created);
        if (whole)
            (shape["network_count"], shape["subscribers_count"]) = (0, 0);
        return shape;
    }

    /// <summary>An id that the same name always has (FNV-1a).</summary>
    public static long AccountId(string login) => login.Aggregate(2166136261u, (hash, c) => (hash ^ c) * 16777619u) % 100_000_000;
}
