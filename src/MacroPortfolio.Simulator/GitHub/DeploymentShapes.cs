using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.GitHub;

/// <summary>Deployments and their statuses, as GitHub's JSON has them.</summary>
public static class DeploymentShapes
{
    public static JsonObject Deployment(Links links, GitHubRepository repository, Deployment deployment)
    {
        var url = $"{links.Repository(repository)}/deployments/{deployment.Id}";
        return new JsonObject
        {
            ["url"] = url,
            ["id"] = deployment.Id,
            ["node_id"] = Shapes.NodeId("Deployment", deployment.Id),
            ["task"] = deployment.Task,
            ["original_environment"] = deployment.OriginalEnvironment,
            ["environment"] = deployment.Environment,
            ["description"] = deployment.Description,
            ["created_at"] = Shapes.Instant(deployment.Created),
            ["updated_at"] = Shapes.Instant(deployment.Updated),
            ["statuses_url"] = $"{url}/statuses",
            ["repository_url"] = links.Repository(repository),
            ["creator"] = Shapes.User(links, deployment.Creator),
            ["sha"] = deployment.Sha,
            ["ref"] = deployment.Ref,
            ["payload"] = deployment.Payload?.DeepClone() ?? new JsonObject(),
            ["transient_environment"] = deployment.Transient,
            ["production_environment"] = deployment.Production,
            ["performed_via_github_app"] = null,
        };
    }

    public static JsonObject Status(Links links, GitHubRepository repository, long deployment, DeploymentStatus status)
    {
        var url = $"{links.Repository(repository)}/deployments/{deployment}";
        return new JsonObject
        {
            ["url"] = $"{url}/statuses/{status.Id}",
            ["id"] = status.Id,
            ["node_id"] = Shapes.NodeId("DeploymentStatus", status.Id),
            ["state"] = status.State,
            ["creator"] = Shapes.User(links, status.Creator),
            ["description"] = status.Description,
            ["environment"] = status.Environment,
            ["target_url"] = status.LogUrl,
            ["created_at"] = Shapes.Instant(status.Created),
            ["updated_at"] = Shapes.Instant(status.Created),
            ["deployment_url"] = url,
            ["repository_url"] = links.Repository(repository),
            ["environment_url"] = status.EnvironmentUrl,
            ["log_url"] = status.LogUrl,
            ["performed_via_github_app"] = null,
        };
    }
}
