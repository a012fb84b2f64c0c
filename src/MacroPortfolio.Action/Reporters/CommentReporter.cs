using MacroPortfolio.Action.Aws;
using MacroPortfolio.Action.GitHub;
using MacroPortfolio.Action.Runner;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Reporting;
using Octokit;

namespace MacroPortfolio.Action.Reporters;

/// <summary>Keeps the change's comment up to date: on its pull requests, open or merged, written from what CodeDeploy says now.</summary>
internal sealed class CommentReporter(
    GitHubApi github, ChangePulls pulls, CodeDeployReader reader, RepositoryName repository, ApplicationName application, Uri? tryIt, string runUrl, Log log) : IReporter
{
    public async Task ReportAsync(RunEvent happened, CancellationToken ct)
    {
        if (happened is not RunEvent.Ended { Report: var report })
        {
            return;
        }

        try
        {
            await CommentAsync(report, ct);
        }
        catch (ForbiddenException ex)
        {
            await log.WarnAsync($"The pull request comment could not be written: {GitHubApi.Words(ex).TrimEnd('.', ' ')}. Give the job 'permissions: pull-requests: write', or set comment: false.");
        }
        catch (ApiException ex)
        {
            await log.WarnAsync($"The pull request comment could not be written: {GitHubApi.Words(ex).TrimEnd('.', ' ')}.");
        }
    }

    private async Task CommentAsync(RunReport report, CancellationToken ct)
    {
        var found = await pulls.FindAsync(report.Subjects, ct);
        if (found.Count == 0)
        {
            return;
        }

        var stages = await reader.StagesAsync(ct);
        foreach (var (number, commit) in found)
        {
            var body = CommentMarkdown.Render(application, commit, report, stages, tryIt, runUrl);
            await github.UpsertCommentAsync(repository, number, CommentMarkdown.MarkerOf(application), body, ct);
        }
    }
}
