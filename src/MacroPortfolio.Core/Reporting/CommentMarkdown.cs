using System.Text;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Core.Reporting;

/// <summary>What a deployment group runs, as CodeDeploy says it after the run.</summary>
/// <param name="Latest">The last deployment of the group, whatever became of it.</param>
/// <param name="Good">The last one that succeeded.</param>
public sealed record StageNow(DeploymentGroupName Group, PastDeployment? Latest, PastDeployment? Good);

/// <summary>The one comment that follows a change on its pull request. It is written anew from what CodeDeploy says each time, so it never remembers anything wrong.</summary>
public static class CommentMarkdown
{
    /// <summary>GitHub's limit is 65,536 characters: 422 "Body is too long".</summary>
    private const int Limit = 65_536;

    /// <summary>Hidden in the body; by it and its author the comment is found again.</summary>
    public static string MarkerOf(ApplicationName application) => $"<!-- macro-portfolio-action comment for {application} -->";

    /// <param name="commit">The change that the pull request brought.</param>
    /// <param name="stages">In the order of promotion, production last.</param>
    /// <param name="tryIt">Where the group of this run can be tried; null when it is not known.</param>
    /// <param name="runUrl">The workflow run.</param>
    public static string Render(ApplicationName application, CommitId commit, RunReport report, IReadOnlyList<StageNow> stages, Uri? tryIt, string runUrl)
    {
        var page = new StringBuilder($"{MarkerOf(application)}\n### {Words.Symbol(report.Outcome)} {Markdown.Text(Headline(application, commit, report, stages))}\n\n");
        if (tryIt is not null && report.Outcome == Outcome.Succeeded)
        {
            page.Append($"**Try it:** <{tryIt.AbsoluteUri}>\n\n");
        }

        if (report.Outcome != Outcome.Succeeded)
        {
            page.Append(report.Service is { } service ? $"{SummaryMarkdown.Contact(service)}\n\n" : "");
            page.Append($"{Markdown.Text(report.Reason)}\n\n");
            page.AppendJoin("", report.Hints.Select(hint => $"**What to do:** {Markdown.Text(hint)}\n\n"));
        }

        if (stages.LastOrDefault(stage => stage.Good is not null) is { Good: { } production } last)
        {
            page.Append($"{Markdown.Text(last.Group.Value)} runs {Markdown.Code(production.Revision.Label)} since {Words.Time(production.Ended)}.\n\n");
        }

        page.Append("| stage | this change | runs | since | last deployment |\n| --- | --- | --- | --- | --- |\n");
        foreach (var stage in stages)
        {
            var latest = stage.Latest is { } deployment ? $"{Link(report.Region, deployment.Id)} {Markdown.Text(Words.Status(deployment.Status))}" : "none yet";
            page.Append($"| {Markdown.Code(stage.Group.Value)} | {(Runs(stage, commit) ? "yes" : "no")} | {(stage.Good is { } good ? Markdown.Code(good.Revision.Label) : "–")} | {(stage.Good is { } since ? Words.Time(since.Ended) : "–")} | {latest} |\n");
        }

        if (report.Next.Length > 0)
        {
            page.Append($"\n**Next:** {Markdown.Text(report.Next)}\n");
        }

        page.Append($"\n<sub>{Markdown.Text(report.Verb)} by [this run]({runUrl}), {Words.Time(report.Ended)}. This comment is kept up to date.</sub>\n");
        return PlainText.Cut(page.ToString(), Limit);
    }

    private static string Headline(ApplicationName application, CommitId commit, RunReport report, IReadOnlyList<StageNow> stages)
    {
        var group = string.Join(", ", report.Groups.Select(result => result.Plan.Group.Value));
        var now = stages.Where(stage => Runs(stage, commit)).Select(stage => stage.Group.Value).ToList();
        return (report.Outcome, report.Verb) switch
        {
            (Outcome.Succeeded, "rollback") => $"{application}: rolled back in {group}",
            (Outcome.Succeeded, _) when now.Count > 0 => $"{application}: {commit.Abbreviated} is in {string.Join(" and ", now)}",
            (Outcome.Succeeded, _) => $"{application}: {report.Verb} to {group} succeeded",
            (Outcome.RolledBack, _) => $"{application}: {report.Verb} to {group} failed and was rolled back",
            (Outcome.Failed, _) => $"{application}: {report.Verb} to {group} failed",
            (Outcome.StillRunning or Outcome.Created, _) => $"{application}: {report.Verb} to {group} is still deploying",
            (Outcome.Cancelled, _) => $"{application}: {report.Verb} to {group} was stopped",
            (Outcome.Superseded, _) => $"{application}: {report.Verb} to {group} was replaced by a later run",
            (Outcome.Held, _) => $"{application}: {report.Verb} is held",
            _ => $"{application}: {report.Verb}: {report.Outcome.Word()}",
        };
    }

    private static bool Runs(StageNow stage, CommitId commit) => stage.Good?.Revision.Commit == commit;

    private static string Link(RegionName region, DeploymentId id) => Words.ConsoleUrl(region, id) is { Length: > 0 } url ? $"[{id}]({url})" : Markdown.Code(id.Value);
}
