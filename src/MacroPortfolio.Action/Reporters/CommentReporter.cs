using MacroPortfolio.Action.Aws;
using MacroPortfolio.Action.GitHub;
using MacroPortfolio.Action.Runner;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Reporting;
using Octokit;

namespace MacroPortfolio.Action.Reporters;

/// <summary>Keeps the change's comment up to date: found by commit on its pull requests, open or merged, written from what CodeDeploy says now.</summary>
internal sealed class CommentReporter(
    GitHubApi github, CodeDeployReader reader, RepositoryName repository, ApplicationName application, Uri? tryIt, string runUrl, Log log) : IReporter
{
    /// <summary>A commit of a long-lived branch may belong to many pull requests; the first ones are those that brought it.</summary>
    private const int MostPulls = 5;

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
        var pulls = new Dictionary<int, CommitId>();
        foreach (var commit in Commits(report))
        {
            foreach (var number in (await github.PullsAsync(repository, commit, ct)).Take(MostPulls))
            {
                pulls.TryAdd(number, commit);
            }
        }

        if (pulls.Count == 0)
        {
            return;
        }

        var stages = await reader.StagesAsync(ct);
        foreach (var (number, commit) in pulls)
        {
            var body = CommentMarkdown.Render(application, commit, report, stages, tryIt, runUrl);
            await github.UpsertCommentAsync(repository, number, CommentMarkdown.MarkerOf(application), body, ct);
        }
    }

    /// <summary>The changes that the run is about, as far as they are commits of this repository. A way back is about the change that is taken back, too.</summary>
    private IEnumerable<CommitId> Commits(RunReport report) => report.Subjects
        .OfType<Revision.GitHub>()
        .Where(hub => hub.Repository == repository)
        .Select(hub => hub.Id)
        .Distinct();
}
