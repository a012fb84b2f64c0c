using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.GitHub;

/// <summary>Pull requests, as GitHub's JSON has them.</summary>
public static class PullShapes
{
    /// <param name="whole">As the pull request itself is answered, with more than in a list.</param>
    public static JsonObject Pull(Links links, GitHubRepository repository, PullFacts facts, bool whole)
    {
        var (pull, api, page) = (facts.Pull, links.Repository(repository), $"{links.Page(repository)}/pull/{facts.Pull.Number}");
        var merged = facts.Merged ? facts.Merge?.Committer.Date ?? repository.Created : (DateTimeOffset?)null;
        var created = facts.Head?.Author.Date is { } written && (merged is null || written < merged) ? written : merged ?? repository.Created;
        var id = (repository.World.Id * 1000) + pull.Number;
        var shape = new JsonObject
        {
            ["url"] = $"{api}/pulls/{pull.Number}",
            ["id"] = id,
            ["node_id"] = Shapes.NodeId("PullRequest", id),
            ["html_url"] = page,
            ["diff_url"] = $"{page}.diff",
            ["patch_url"] = $"{page}.patch",
            ["issue_url"] = $"{api}/issues/{pull.Number}",
            ["number"] = pull.Number,
            ["state"] = pull.State == "open" ? "open" : "closed",
            ["locked"] = false,
            ["title"] = pull.Title,
            ["user"] = Shapes.User(links, pull.Author),
            ["body"] = null,
            ["created_at"] = Shapes.Instant(created),
            ["updated_at"] = Shapes.Instant(merged ?? created),
            ["closed_at"] = pull.State == "open" ? null : Shapes.Instant(merged ?? created),
            ["merged_at"] = Shapes.Instant(merged),
            ["merge_commit_sha"] = facts.Merge?.Sha,
            ["assignee"] = null,
            ["assignees"] = new JsonArray(),
            ["requested_reviewers"] = new JsonArray(),
            ["requested_teams"] = new JsonArray(),
            ["labels"] = new JsonArray([.. pull.Labels.Select(label => Label(api, label))]),
            ["milestone"] = null,
            ["draft"] = false,
            ["commits_url"] = $"{api}/pulls/{pull.Number}/commits",
            ["review_comments_url"] = $"{api}/pulls/{pull.Number}/comments",
            ["review_comment_url"] = $"{api}/pulls/comments{{/number}}",
            ["comments_url"] = $"{api}/issues/{pull.Number}/comments",
            ["statuses_url"] = $"{api}/statuses/{facts.Head?.Sha}",
            ["head"] = End(links, repository, pull.Head, facts.Head),
            ["base"] = End(links, repository, pull.Base, facts.Merge?.FirstParent ?? facts.Base?.Sha),
            ["_links"] = new JsonObject
            {
                ["self"] = Href($"{api}/pulls/{pull.Number}"),
                ["html"] = Href(page),
                ["issue"] = Href($"{api}/issues/{pull.Number}"),
                ["comments"] = Href($"{api}/issues/{pull.Number}/comments"),
                ["review_comments"] = Href($"{api}/pulls/{pull.Number}/comments"),
                ["review_comment"] = Href($"{api}/pulls/comments{{/number}}"),
                ["commits"] = Href($"{api}/pulls/{pull.Number}/commits"),
                ["statuses"] = Href($"{api}/statuses/{facts.Head?.Sha}"),
            },
            ["author_association"] = "MEMBER",
            ["auto_merge"] = null,
            ["active_lock_reason"] = null,
        };
        if (whole)
        {
            shape["merged"] = facts.Merged;
            shape["mergeable"] = pull.State == "open" ? true : null;
            shape["rebaseable"] = pull.State == "open" ? true : null;
            shape["mergeable_state"] = pull.State == "open" ? "clean" : "unknown";
            shape["merged_by"] = facts.Merged ? Shapes.User(links, pull.Author) : null;
            shape["comments"] = repository.Comments.Of(pull.Number).Count;
            shape["review_comments"] = 0;
            shape["maintainer_can_modify"] = false;
        }

        return shape;
    }

    private static JsonObject End(Links links, GitHubRepository repository, string name, GitCommit? commit) => End(links, repository, name, commit?.Sha);

    private static JsonObject End(Links links, GitHubRepository repository, string name, string? sha) => new()
    {
        ["label"] = $"{repository.Owner}:{name}",
        ["ref"] = name,
        ["sha"] = sha,
        ["user"] = Shapes.User(links, repository.Owner, repository.World.OwnerId),
        ["repo"] = Shapes.Repository(links, repository),
    };

    private static JsonObject Label(string api, string name) => new()
    {
        ["id"] = Shapes.AccountId(name),
        ["node_id"] = Shapes.NodeId("Label", Shapes.AccountId(name)),
        ["url"] = $"{api}/labels/{Uri.EscapeDataString(name)}",
        ["name"] = name,
        ["color"] = "ededed",
        ["default"] = false,
        ["description"] = "",
    };

    private static JsonObject Href(string url) => new() { ["href"] = url };
}
