using MacroPortfolio.Action.Aws;
using MacroPortfolio.Action.GitHub;
using MacroPortfolio.Action.Runner;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Reporting;
using Octokit;

namespace MacroPortfolio.Action.Reporters;

/// <summary>Keeps the change's comment up to date: on its pull requests, open or merged, written from what CodeDeploy says now.</summary>
internal sealed class CommentReporter(
    GitHubApi github,
    ChangePulls pulls,
    CodeDeployReader reader,
    RepositoryName repository,
    ApplicationName application,
    Uri? tryIt,
    string runUrl,
    Func<string, string> hide,
    Log log,
    TimeProvider time) : IReporter
{
    /// <summary>By so much a comment may delay the end of a run, whatever GitHub does.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public async Task ReportAsync(RunEvent happened, CancellationToken ct)
    {
        if (happened is not RunEvent.Ended { Report: var report })
        {
            return;
        }

        using var late = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            await CommentAsync(report, either.Token);
        }
        catch (ApiException ex)
        {
            var remedy = ex is ForbiddenException && !GitHubApi.IsAboutRate(ex) ? " Give the job 'permissions: pull-requests: write', or set comment: false." : "";
            await log.WarnAsync($"The pull request comment could not be written: {GitHubApi.Words(ex).TrimEnd('.', ' ')}.{remedy}");
        }
        catch (Exception ex) when (ex is HttpRequestException or TimeoutException)
        {
            await log.WarnAsync($"The pull request comment could not be written: {ex.Message.TrimEnd('.', ' ')}. The next run brings it up to date.");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            await log.WarnAsync($"The pull request comment could not be written within {Limit.TotalSeconds:0} s. The next run brings it up to date.");
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
            await github.UpsertCommentAsync(repository, number, CommentMarkdown.MarkerOf(application), hide(body), ct);
        }
    }
}
