using System.Runtime.InteropServices;

namespace MacroPortfolio.Simulator.Jobs;

/// <summary>
/// The environment of a container action's step. https://github.com/actions/runner/blob/v2.336.0/src/Runner.Worker/GitHubContext.cs
/// and https://github.com/actions/runner/blob/v2.336.0/src/Runner.Worker/Handlers/ContainerActionHandler.cs
/// </summary>
internal static class JobVariables
{
    /// <summary>The files by which a step speaks to its runner; each has a variable <c>GITHUB_...</c>.</summary>
    public static readonly string[] CommandFiles = ["ENV", "OUTPUT", "PATH", "STATE", "STEP_SUMMARY"];

    /// <param name="url">The address of the simulator.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(Job job, JobFolder folder, string url, string region)
    {
        var services = $"{url}{Runner.ServicesPath}";
        var variables = new Dictionary<string, string>
        {
            ["CI"] = "true",
            ["HOME"] = folder.Home,
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_ACTION"] = "__self",
            ["GITHUB_ACTION_REF"] = "",
            ["GITHUB_ACTION_REPOSITORY"] = "",
            ["GITHUB_ACTOR"] = job.Actor,
            ["GITHUB_ACTOR_ID"] = Account.IdOf(job.Actor).ToString(),
            ["GITHUB_API_URL"] = $"{url}/api/v3",
            ["GITHUB_BASE_REF"] = job.Pull?.BaseRef ?? "",
            ["GITHUB_EVENT_NAME"] = job.Event,
            ["GITHUB_EVENT_PATH"] = folder.EventFile,
            ["GITHUB_GRAPHQL_URL"] = $"{url}/api/graphql",
            ["GITHUB_HEAD_REF"] = job.Pull?.HeadRef ?? "",
            ["GITHUB_JOB"] = "deploy",
            ["GITHUB_REF"] = job.Ref,
            ["GITHUB_REF_NAME"] = job.RefName,
            ["GITHUB_REF_PROTECTED"] = "false",
            ["GITHUB_REF_TYPE"] = job.RefType,
            ["GITHUB_REPOSITORY"] = job.Repository.Name,
            ["GITHUB_REPOSITORY_ID"] = job.Repository.Id.ToString(),
            ["GITHUB_REPOSITORY_OWNER"] = job.Owner,
            ["GITHUB_REPOSITORY_OWNER_ID"] = job.Repository.OwnerId.ToString(),
            ["GITHUB_RETENTION_DAYS"] = "90",
            ["GITHUB_RUN_ATTEMPT"] = job.Attempt.ToString(),
            ["GITHUB_RUN_ID"] = job.RunId.ToString(),
            ["GITHUB_RUN_NUMBER"] = job.RunNumber.ToString(),
            ["GITHUB_SERVER_URL"] = url,
            ["GITHUB_SHA"] = job.Sha,
            ["GITHUB_TRIGGERING_ACTOR"] = job.TriggeringActor,
            ["GITHUB_WORKFLOW"] = job.WorkflowName,
            ["GITHUB_WORKFLOW_REF"] = $"{job.Repository.Name}/{job.Workflow}@{job.Ref}",
            ["GITHUB_WORKFLOW_SHA"] = job.Sha,
            ["GITHUB_WORKSPACE"] = folder.Workspace(job.Repository.Name),
            ["RUNNER_ARCH"] = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "ARM64" : "X64",
            ["RUNNER_ENVIRONMENT"] = "github-hosted",
            ["RUNNER_NAME"] = "GitHub Actions 1",
            ["RUNNER_OS"] = "Linux",
            ["RUNNER_TEMP"] = folder.Temp,
            ["RUNNER_TOOL_CACHE"] = folder.ToolCache,
            ["RUNNER_WORKSPACE"] = folder.Workspaces,
            ["ACTIONS_RUNTIME_URL"] = services,
            ["ACTIONS_RUNTIME_TOKEN"] = job.RequestToken,
            ["ACTIONS_CACHE_URL"] = services,
            ["ACTIONS_RESULTS_URL"] = services,
            ["INPUT_GITHUB-TOKEN"] = job.GitHubToken,
            ["AWS_ENDPOINT_URL"] = url,
            ["AWS_REGION"] = region,
        };
        foreach (var name in CommandFiles)
            variables[$"GITHUB_{name}"] = folder.CommandFile(name);
        if (job.MayRequestIdToken)
        {
            // It has a query already, as GitHub's has: clients that append "?audience=" are wrong.
            variables["ACTIONS_ID_TOKEN_REQUEST_URL"] = $"{url}{job.IdTokenPath}?api-version=2.0";
            variables["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = job.RequestToken;
        }

        return [.. variables];
    }
}
