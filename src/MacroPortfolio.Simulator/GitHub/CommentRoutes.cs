using System.Globalization;
using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.GitHub;

/// <summary>Comments on pull requests, which GitHub keeps as comments on issues.</summary>
public static class CommentRoutes
{
    /// <summary>GitHub counts characters, not the halves that UTF-16 has of some.</summary>
    private const int MaximumLength = 65_536;
    private const string Read = "issues=read; pull_requests=read";
    private const string Write = "issues=write; pull_requests=write";

    public static IEnumerable<Route> Routes =>
    [
        new("GET", "/repos/{owner}/{repo}/issues/{issue_number}/comments", Read, "issues/comments#list-issue-comments", List),
        new("POST", "/repos/{owner}/{repo}/issues/{issue_number}/comments", Write, "issues/comments#create-an-issue-comment", Create),
        new("GET", "/repos/{owner}/{repo}/issues/comments/{comment_id}", Read, "issues/comments#get-an-issue-comment", Get),
        new("PATCH", "/repos/{owner}/{repo}/issues/comments/{comment_id}", Write, "issues/comments#update-an-issue-comment", Update),
        new("DELETE", "/repos/{owner}/{repo}/issues/comments/{comment_id}", Write, "issues/comments#delete-an-issue-comment", Delete),
    ];

    private static Task<GitHubAnswer> List(GitHubCall call, CancellationToken ct)
    {
        // What is no time selects nothing out.
        _ = DateTimeOffset.TryParse(call.Query("since"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since);
        var comments = call.Repository.Comments.Of(PullNumber(call)).Where(comment => comment.Updated >= since).ToList();
        var paging = Paging.Of(call);
        var page = paging.Of(comments).Select(comment => Shape(call.Links, call.Repository, comment));
        return Task.FromResult(new GitHubAnswer(200, new JsonArray([.. page]), paging.Link(call, comments.Count)));
    }

    private static Task<GitHubAnswer> Create(GitHubCall call, CancellationToken ct)
    {
        var number = PullNumber(call);
        return Answer(call, 201, call.Repository.Comments.Add(number, Shapes.ActionsBot, Body(call)));
    }

    private static Task<GitHubAnswer> Get(GitHubCall call, CancellationToken ct) => Answer(call, 200, call.Repository.Comments.Find(call.Number("comment_id")));

    private static Task<GitHubAnswer> Update(GitHubCall call, CancellationToken ct)
    {
        var id = call.Number("comment_id");
        return Answer(call, 200, call.Repository.Comments.Find(id) is null ? null : call.Repository.Comments.Edit(id, Body(call)));
    }

    private static Task<GitHubAnswer> Delete(GitHubCall call, CancellationToken ct) =>
        call.Repository.Comments.Delete(call.Number("comment_id")) ? Task.FromResult(new GitHubAnswer(204, null)) : throw GitHubException.NotFound();

    private static Task<GitHubAnswer> Answer(GitHubCall call, int status, Comment? comment) =>
        Task.FromResult(new GitHubAnswer(status, Shape(call.Links, call.Repository, comment ?? throw GitHubException.NotFound())));

    private static int PullNumber(GitHubCall call) => call.Repository.Pull(call.Number("issue_number"))?.Number ?? throw GitHubException.NotFound();

    private static string Body(GitHubCall call)
    {
        var body = call.Json().RequiredText("body");
        if (string.IsNullOrWhiteSpace(body))
            throw GitHubException.Invalid("IssueComment", "unprocessable", "data", "Body cannot be blank");
        if (body.EnumerateRunes().Count() > MaximumLength)
            throw GitHubException.Invalid("IssueComment", "unprocessable", "data", $"Body is too long (maximum is {MaximumLength} characters)");
        return body;
    }

    private static JsonObject Shape(Links links, GitHubRepository repository, Comment comment) => new()
    {
        ["url"] = $"{links.Repository(repository)}/issues/comments/{comment.Id}",
        ["html_url"] = $"{links.Page(repository)}/pull/{comment.Number}#issuecomment-{comment.Id}",
        ["issue_url"] = $"{links.Repository(repository)}/issues/{comment.Number}",
        ["id"] = comment.Id,
        ["node_id"] = Shapes.NodeId("IssueComment", comment.Id),
        ["user"] = Shapes.User(links, comment.Login),
        ["created_at"] = Shapes.Instant(comment.Created),
        ["updated_at"] = Shapes.Instant(comment.Updated),
        ["body"] = comment.Body,
        ["author_association"] = comment.Login == Shapes.ActionsBot ? "NONE" : "MEMBER",
        ["reactions"] = Reactions($"{links.Repository(repository)}/issues/comments/{comment.Id}/reactions"),
        ["performed_via_github_app"] = null,
    };

    private static JsonObject Reactions(string url)
    {
        var reactions = new JsonObject { ["url"] = url, ["total_count"] = 0 };
        foreach (var kind in (string[])["+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes"])
            reactions[kind] = 0;
        return reactions;
    }
}
