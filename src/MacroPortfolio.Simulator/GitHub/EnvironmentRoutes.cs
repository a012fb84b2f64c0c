using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.GitHub;

/// <summary>Environments and their rules.</summary>
public static class EnvironmentRoutes
{
    public static IEnumerable<Route> Routes =>
    [
        new("GET", "/repos/{owner}/{repo}/environments/{environment_name}", "actions=read", "deployments/environments#get-an-environment",
            (call, _) => Task.FromResult(new GitHubAnswer(200, Shape(call, Find(call))))),
    ];

    private static EnvironmentWorld Find(GitHubCall call) =>
        call.Repository.World.Environments.FirstOrDefault(environment => string.Equals(environment.Name, Uri.UnescapeDataString(call["environment_name"]), StringComparison.OrdinalIgnoreCase))
        ?? throw GitHubException.NotFound();

    private static JsonObject Shape(GitHubCall call, EnvironmentWorld environment)
    {
        var id = 1 + call.Repository.World.Environments.ToList().IndexOf(environment);
        var rules = new JsonArray();
        if (environment.WaitMinutes > 0)
            rules.Add(new JsonObject { ["id"] = (id * 10) + 1, ["node_id"] = Shapes.NodeId("GateRule", (id * 10) + 1), ["type"] = "wait_timer", ["wait_timer"] = environment.WaitMinutes });
        if (environment.Reviewers.Count > 0)
        {
            rules.Add(new JsonObject
            {
                ["id"] = (id * 10) + 2,
                ["node_id"] = Shapes.NodeId("GateRule", (id * 10) + 2),
                ["type"] = "required_reviewers",
                ["prevent_self_review"] = false,
                ["reviewers"] = new JsonArray([.. environment.Reviewers.Select(login => new JsonObject { ["type"] = "User", ["reviewer"] = Shapes.User(call.Links, login) })]),
            });
        }

        if (environment.ProtectedBranches)
            rules.Add(new JsonObject { ["id"] = (id * 10) + 3, ["node_id"] = Shapes.NodeId("GateRule", (id * 10) + 3), ["type"] = "branch_policy" });
        return new JsonObject
        {
            ["id"] = id,
            ["node_id"] = Shapes.NodeId("Environment", id),
            ["name"] = environment.Name,
            ["url"] = $"{call.Links.Repository(call.Repository)}/environments/{Uri.EscapeDataString(environment.Name)}",
            ["html_url"] = $"{call.Links.Page(call.Repository)}/deployments/activity_log?environments_filter={Uri.EscapeDataString(environment.Name)}",
            ["created_at"] = Shapes.Instant(call.Repository.Created),
            ["updated_at"] = Shapes.Instant(call.Repository.Created),
            ["protection_rules"] = rules,
            ["deployment_branch_policy"] = environment.ProtectedBranches ? new JsonObject { ["protected_branches"] = true, ["custom_branch_policies"] = false } : null,
        };
    }
}
