using MacroPortfolio.Simulator.Jobs;

namespace MacroPortfolio.Simulator.GitHub;

/// <summary>
/// The deployment that GitHub makes for the environment that a job names. It is of the commit of the run and nobody's payload; its status leads to the job.
/// When a job ends nobody tells, so it stays in progress. https://docs.github.com/actions/how-tos/deploy/configure-and-manage-deployments/control-deployments
/// </summary>
public static class EnvironmentDeployment
{
    /// <param name="server">The address of GitHub's pages.</param>
    public static void Begin(GitHubStore store, Job job, string server)
    {
        if (job is not { MakesDeployment: true, Environment: { } environment } || store.Find(job.Repository.Name) is not { } repository)
            return;

        // Of a pull request's run the head: GitHub keeps runs and their checks by it.
        var made = repository.Deployments.Add(new Deployment(
            0, job.Pull?.HeadSha ?? job.Sha, job.Pull?.HeadRef ?? job.RefName, "deploy", null, environment, environment, null,
            Transient: false, Production: environment == "production", Shapes.ActionsBot, default, default, []));
        var page = $"{server}/{job.Repository.Name}/actions/runs/{job.RunId}/job/{job.CheckRunId}";
        repository.Deployments.AddStatus(made.Id, new DeploymentStatus(0, "in_progress", "", environment, "", page, Shapes.ActionsBot, default), autoInactive: true);
    }
}
