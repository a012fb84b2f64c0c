using System.Text;
using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.GitHub;

/// <summary>What GitHub's JSON has in many places.</summary>
public static class Shapes
{
    /// <summary>The account that a job's token writes as.</summary>
    public const string ActionsBot = "github-actions[bot]";

    private const long ActionsBotId = 41898282;

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

    public static JsonObject Repository(Links links, GitHubRepository repository)
    {
        var (world, api) = (repository.World, links.Repository(repository));
        return new JsonObject
        {
            ["id"] = world.Id,
            ["node_id"] = NodeId("Repository", world.Id),
            ["name"] = repository.Name.Split('/')[1],
            ["full_name"] = repository.Name,
            ["private"] = true,
            ["owner"] = User(links, repository.Owner, world.OwnerId),
            ["html_url"] = links.Page(repository),
            ["description"] = null,
            ["fork"] = false,
            ["url"] = api,
            ["archive_url"] = $"{api}/{{archive_format}}{{/ref}}",
            ["branches_url"] = $"{api}/branches{{/branch}}",
            ["commits_url"] = $"{api}/commits{{/sha}}",
            ["compare_url"] = $"{api}/compare/{{base}}...{{head}}",
            ["contents_url"] = $"{api}/contents/{{+path}}",
            ["deployments_url"] = $"{api}/deployments",
            ["git_commits_url"] = $"{api}/git/commits{{/sha}}",
            ["issue_comment_url"] = $"{api}/issues/comments{{/number}}",
            ["issues_url"] = $"{api}/issues{{/number}}",
            ["pulls_url"] = $"{api}/pulls{{/number}}",
            ["statuses_url"] = $"{api}/statuses/{{sha}}",
            ["clone_url"] = $"{links.Page(repository)}.git",
            ["default_branch"] = world.DefaultBranch,
            ["visibility"] = "private",
            ["archived"] = false,
            ["disabled"] = false,
            ["has_issues"] = true,
            ["has_projects"] = false,
            ["has_wiki"] = false,
            ["has_pages"] = false,
            ["is_template"] = false,
            ["allow_forking"] = true,
            ["topics"] = new JsonArray(),
            ["language"] = null,
            ["license"] = null,
            ["homepage"] = null,
            ["size"] = 0,
            ["forks_count"] = 0,
            ["forks"] = 0,
            ["stargazers_count"] = 0,
            ["watchers_count"] = 0,
            ["watchers"] = 0,
            ["open_issues_count"] = world.Pulls.Count(pull => pull.State == "open"),
            ["open_issues"] = world.Pulls.Count(pull => pull.State == "open"),
            ["created_at"] = Instant(repository.Created),
            ["updated_at"] = Instant(repository.Created),
            ["pushed_at"] = Instant(repository.Created),
        };
    }

    /// <summary>An id that the same name always has (FNV-1a).</summary>
    public static long AccountId(string login) => login.Aggregate(2166136261u, (hash, c) => (hash ^ c) * 16777619u) % 100_000_000;
}
