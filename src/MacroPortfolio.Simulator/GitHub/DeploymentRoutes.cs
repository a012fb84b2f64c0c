using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.GitHub;

/// <summary>Deployments as GitHub records them. https://docs.github.com/rest/deployments</summary>
public static class DeploymentRoutes
{
    private const string List = "/repos/{owner}/{repo}/deployments";
    private const string One = List + "/{deployment_id}";
    private const int DescriptionLength = 140;
    private static readonly string[] States = ["error", "failure", "inactive", "in_progress", "queued", "pending", "success"];

    public static IEnumerable<Route> Routes =>
    [
        new("GET", List, "deployments=read", "deployments/deployments#list-deployments", ListAsync),
        new("POST", List, "deployments=write", "deployments/deployments#create-a-deployment", CreateAsync),
        new("GET", One, "deployments=read", "deployments/deployments#get-a-deployment", (call, _) => Answer(call, 200, Deployment(call))),
        new("DELETE", One, "deployments=write", "deployments/deployments#delete-a-deployment", Delete),
        new("GET", One + "/statuses", "deployments=read", "deployments/statuses#list-deployment-statuses", Statuses),
        new("POST", One + "/statuses", "deployments=write", "deployments/statuses#create-a-deployment-status", CreateStatus),
        new("GET", One + "/statuses/{status_id}", "deployments=read", "deployments/statuses#get-a-deployment-status", Status),
    ];

    private static Task<GitHubAnswer> ListAsync(GitHubCall call, CancellationToken ct)
    {
        bool Asked(string name, string value) => call.Query(name) is not { Length: > 0 } wanted || wanted == "none" || wanted == value;
        var deployments = call.Repository.Deployments.All().Reverse()
            .Where(one => Asked("sha", one.Sha) && Asked("ref", one.Ref) && Asked("task", one.Task) && Asked("environment", one.Environment)).ToList();
        var paging = Paging.Of(call);
        var page = paging.Of(deployments).Select(deployment => DeploymentShapes.Deployment(call.Links, call.Repository, deployment));
        return Task.FromResult(new GitHubAnswer(200, new JsonArray([.. page]), paging.Link(call, deployments.Count)));
    }

    private static async Task<GitHubAnswer> CreateAsync(GitHubCall call, CancellationToken ct)
    {
        var json = call.Json();
        var reference = json.RequiredText("ref");
        var environment = json.Text("environment") ?? "production";
        var contexts = json.Texts("required_contexts");
        var payload = json.ObjectOrText("payload");
        var sha = await call.Repository.RequiredHistory.ResolveAsync(reference, ct) ?? throw new GitHubException(422, $"No ref found for: {reference}");
        if ((json.Flag("auto_merge") ?? true) && await AutoMergeAsync(call.Repository, reference, sha, ct) is { } merged)
            return merged;

        DemandContexts(call.Repository, reference, sha, contexts);
        return await Answer(call, 201, call.Repository.Deployments.Add(new Deployment(
            0, sha, reference, json.Text("task") ?? "deploy", payload, environment, environment, json.Text("description"),
            json.Flag("transient_environment") ?? false, json.Flag("production_environment") ?? environment == "production",
            Shapes.ActionsBot, default, default, [])));
    }

    /// <summary>
    /// Unless told not to, GitHub merges the default branch into a branch that is behind it, and creates no deployment. That it would is all that is
    /// answered here: the repository is the world's, and stays as it is.
    /// </summary>
    private static async Task<GitHubAnswer?> AutoMergeAsync(GitHubRepository repository, string reference, string sha, CancellationToken ct)
    {
        var (history, main) = (repository.RequiredHistory, repository.World.DefaultBranch);
        if (reference == main || await history.ResolveAsync($"heads/{reference}", ct) != sha)
            return null;
        if (await history.ResolveAsync(main, ct) is not { } tip || await history.ContainsAsync(sha, tip, ct))
            return null;
        return await history.ConflictAsync(sha, tip, ct)
            ? throw new GitHubException(409, $"Conflict merging {main} into {reference}.")
            : new GitHubAnswer(202, new JsonObject { ["message"] = $"Auto-merged {main} into {reference} on deployment." });
    }

    /// <param name="required">Null: all that the commit has.</param>
    private static void DemandContexts(GitHubRepository repository, string reference, string sha, IReadOnlyList<string>? required)
    {
        var states = repository.CheckRuns.LatestOf(sha).ToDictionary(run => run.Name, run => run.State, StringComparer.Ordinal);
        var demanded = (required ?? [.. states.Keys]).Select(context => (Context: context, State: states.GetValueOrDefault(context, "pending"))).ToList();
        if (demanded.TrueForAll(one => one.State == "success"))
            return;
        throw new GitHubException(409, $"Conflict: Commit status checks failed for {reference}.",
        [
            new JsonObject
            {
                ["contexts"] = new JsonArray([.. demanded.Select(one => new JsonObject { ["context"] = one.Context, ["state"] = one.State })]),
                ["resource"] = "Deployment",
                ["field"] = "required_contexts",
                ["code"] = "invalid",
            },
        ]);
    }

    private static Task<GitHubAnswer> Delete(GitHubCall call, CancellationToken ct) =>
        call.Repository.Deployments.Delete(Deployment(call).Id)
            ? Task.FromResult(new GitHubAnswer(204, null))
            : throw new GitHubException(422, "We cannot delete an active deployment unless it is the only deployment in a given environment.");

    private static Task<GitHubAnswer> Statuses(GitHubCall call, CancellationToken ct)
    {
        var deployment = Deployment(call);
        var paging = Paging.Of(call);
        var page = paging.Of(deployment.Statuses.Reverse()).Select(status => DeploymentShapes.Status(call.Links, call.Repository, deployment.Id, status));
        return Task.FromResult(new GitHubAnswer(200, new JsonArray([.. page]), paging.Link(call, deployment.Statuses.Count)));
    }

    private static Task<GitHubAnswer> Status(GitHubCall call, CancellationToken ct)
    {
        var (deployment, id) = (Deployment(call), call.Number("status_id"));
        var status = deployment.Statuses.FirstOrDefault(status => status.Id == id) ?? throw GitHubException.NotFound();
        return Task.FromResult(new GitHubAnswer(200, DeploymentShapes.Status(call.Links, call.Repository, deployment.Id, status)));
    }

    private static Task<GitHubAnswer> CreateStatus(GitHubCall call, CancellationToken ct)
    {
        var (deployment, json) = (Deployment(call), call.Json());
        var state = json.RequiredText("state");
        if (!States.Contains(state))
            throw GitHubException.Invalid("DeploymentStatus", "custom", "state", "state is not included in the list");
        var description = json.Text("description") ?? "";
        if (description.EnumerateRunes().Count() > DescriptionLength)
            throw GitHubException.Invalid("DeploymentStatus", "custom", "description", $"description is too long (maximum is {DescriptionLength} characters)");
        var logUrl = Url(json, "log_url");
        var draft = new DeploymentStatus(
            0, state, description, json.Text("environment") ?? deployment.Environment, Url(json, "environment_url"),
            logUrl.Length > 0 ? logUrl : Url(json, "target_url"), Shapes.ActionsBot, default);
        var added = call.Repository.Deployments.AddStatus(deployment.Id, draft, json.Flag("auto_inactive") ?? true) ?? throw GitHubException.NotFound();
        return Task.FromResult(new GitHubAnswer(201, DeploymentShapes.Status(call.Links, call.Repository, deployment.Id, added)));
    }

    private static string Url(JsonObject json, string field)
    {
        var url = json.Text(field) ?? "";
        return url.Length == 0 || (Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https")
            ? url
            : throw GitHubException.Invalid("DeploymentStatus", "custom", field, $"{field} must use http(s) scheme");
    }

    private static Deployment Deployment(GitHubCall call) => call.Repository.Deployments.Find(call.Number("deployment_id")) ?? throw GitHubException.NotFound();

    private static Task<GitHubAnswer> Answer(GitHubCall call, int status, Deployment deployment) =>
        Task.FromResult(new GitHubAnswer(status, DeploymentShapes.Deployment(call.Links, call.Repository, deployment)));
}
