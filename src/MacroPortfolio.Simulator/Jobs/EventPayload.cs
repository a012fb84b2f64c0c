using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.Jobs;

/// <summary>
/// The event that started a run, as GitHub writes it to <c>event.json</c>: the parts that actions read.
/// https://docs.github.com/en/webhooks/webhook-events-and-payloads
/// </summary>
internal static class EventPayload
{
    private static readonly string NoCommit = new('0', 40);

    /// <param name="server">The address of GitHub's pages.</param>
    public static JsonObject Of(Job job, Commit head, string server)
    {
        var payload = job.Event switch
        {
            "push" => Push(job, head, server),
            "pull_request" => PullRequest(job, job.Pull!, server),
            "workflow_dispatch" => new JsonObject { ["inputs"] = new JsonObject(), ["ref"] = job.Ref, ["workflow"] = job.Workflow },
            "schedule" => new JsonObject { ["schedule"] = "0 3 * * *", ["workflow"] = job.Workflow },
            _ => [],
        };
        payload["repository"] = Repository(job, server);
        payload["sender"] = User(job.Actor, server);
        return payload;
    }

    private static JsonObject Push(Job job, Commit head, string server) => new()
    {
        ["ref"] = job.Ref,
        ["before"] = head.Parents.Count > 0 ? head.Parents[0] : NoCommit,
        ["after"] = head.Sha,
        ["base_ref"] = null,
        ["created"] = false,
        ["deleted"] = false,
        ["forced"] = false,
        ["compare"] = $"{server}/{job.Repository.Name}/compare/{(head.Parents.Count > 0 ? head.Parents[0] : NoCommit)[..12]}...{head.Sha[..12]}",
        ["commits"] = new JsonArray(Describe(head, job, server)),
        ["head_commit"] = Describe(head, job, server),
        ["pusher"] = new JsonObject { ["name"] = job.Actor, ["email"] = $"{job.Actor}@users.noreply.github.com" },
    };

    private static JsonObject PullRequest(Job job, PullOfJob pull, string server) => new()
    {
        ["action"] = pull.World.State == "open" ? "synchronize" : "closed",
        ["number"] = pull.World.Number,
        ["pull_request"] = new JsonObject
        {
            ["number"] = pull.World.Number,
            ["html_url"] = $"{server}/{job.Repository.Name}/pull/{pull.World.Number}",
            ["title"] = pull.World.Title,
            ["body"] = null,
            ["state"] = pull.World.State == "open" ? "open" : "closed",
            ["merged"] = pull.World.State == "merged",
            ["draft"] = false,
            ["merge_commit_sha"] = job.Sha,
            ["user"] = User(pull.World.Author, server),
            ["labels"] = new JsonArray([.. pull.World.Labels.Select(label => new JsonObject { ["name"] = label })]),
            ["head"] = Side(job, pull.HeadRef, pull.HeadSha, server),
            ["base"] = Side(job, pull.BaseRef, pull.BaseSha, server),
        },
    };

    private static JsonObject Side(Job job, string branch, string sha, string server) => new()
    {
        ["label"] = $"{job.Owner}:{branch}",
        ["ref"] = branch,
        ["sha"] = sha,
        ["user"] = User(job.Owner, server),
        ["repo"] = Repository(job, server),
    };

    private static JsonObject Describe(Commit commit, Job job, string server) => new()
    {
        ["id"] = commit.Sha,
        ["tree_id"] = commit.Tree,
        ["distinct"] = true,
        ["message"] = commit.Message,
        ["timestamp"] = commit.Date,
        ["url"] = $"{server}/{job.Repository.Name}/commit/{commit.Sha}",
        ["author"] = new JsonObject { ["name"] = commit.Author, ["email"] = commit.Email },
        ["committer"] = new JsonObject { ["name"] = commit.Author, ["email"] = commit.Email },
    };

    private static JsonObject Repository(Job job, string server) => new()
    {
        ["id"] = job.Repository.Id,
        ["name"] = job.Repository.Name[(job.Owner.Length + 1)..],
        ["full_name"] = job.Repository.Name,
        ["private"] = true,
        ["fork"] = false,
        ["visibility"] = "private",
        ["default_branch"] = job.Repository.DefaultBranch,
        ["html_url"] = $"{server}/{job.Repository.Name}",
        ["owner"] = new JsonObject
        {
            ["login"] = job.Owner,
            ["id"] = job.Repository.OwnerId,
            ["type"] = "Organization",
            ["html_url"] = $"{server}/{job.Owner}",
        },
    };

    private static JsonObject User(string login, string server) => new()
    {
        ["login"] = login,
        ["id"] = Account.IdOf(login),
        ["type"] = login.EndsWith("[bot]", StringComparison.Ordinal) ? "Bot" : "User",
        ["html_url"] = $"{server}/{login}",
    };
}
