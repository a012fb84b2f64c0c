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

    /// <summary>A sentence that is longer is cut, so that the page is whole: a page that is cut may end within code, and what follows it would act.</summary>
    private const int LongestSentence = 2_000;

    private const int LongestLabel = 300;
    private const int LongestName = 100;
    private const int MostHints = 3;

    /// <summary>Hidden in the body; by it and its author the comment is found again.</summary>
    public static string MarkerOf(ApplicationName application) => $"<!-- macro-portfolio-action comment for {application} -->";

    /// <param name="commit">The change that the pull request brought.</param>
    /// <param name="stages">In the order of promotion, production last.</param>
    /// <param name="tryIt">Where the group of this run can be tried; null when it is not known.</param>
    /// <param name="runUrl">The workflow run.</param>
    public static string Render(ApplicationName application, CommitId commit, RunReport report, IReadOnlyList<StageNow> stages, Uri? tryIt, string runUrl)
    {
        var page = new StringBuilder($"{MarkerOf(application)}\n### {Words.Symbol(report.Outcome)} {Headline(application, commit, report, stages)}\n\n");
        if (tryIt is not null && report.Outcome == Outcome.Succeeded)
        {
            page.Append($"**Try it:** <{tryIt.AbsoluteUri}>\n\n");
        }

        foreach (var note in report.Notes.Where(note => note.StartsWith(Promotion.OverrideBy, StringComparison.Ordinal)))
        {
            page.Append($"{Text(note)}\n\n");
        }

        if (report.Outcome != Outcome.Succeeded)
        {
            page.Append(report.Service is { } service ? $"{SummaryMarkdown.Contact(service)}\n\n" : "");
            page.Append($"{Text(report.Reason)}\n\n");
            page.AppendJoin("", report.Hints.Take(MostHints).Select(hint => $"**What to do:** {Text(hint)}\n\n"));
        }

        if (stages.LastOrDefault(stage => stage.Good is not null) is { Good: { } production } last)
        {
            page.Append($"{Markdown.Text(last.Group.Value)} runs {Code(production.Revision)} since {Words.Time(production.Ended)}.\n\n");
        }

        var end = new StringBuilder(report.Next.Length > 0 ? $"\n**Next:** {Text(report.Next)}\n" : "")
            .Append($"\n<sub>{Markdown.Text(report.Verb)} by [this run]({runUrl}), {Words.Time(report.Ended)}. This comment is kept up to date.</sub>\n");
        page.Append("| stage | this change | runs | since | last deployment |\n| --- | --- | --- | --- | --- |\n");
        foreach (var (index, row) in stages.Select(stage => Row(report.Region, commit, stage)).Index())
        {
            if (page.Length + row.Length + end.Length + LongestName > Limit)
            {
                page.Append($"| and {stages.Count - index} more | | | | |\n");
                break;
            }

            page.Append(row);
        }

        return page.Append(end).ToString();
    }

    private static string Row(RegionName region, CommitId commit, StageNow stage)
    {
        var latest = stage.Latest is { } deployment ? $"{SummaryMarkdown.Link(region, deployment.Id)} {Markdown.Text(Words.Status(deployment.Status), LongestName)}" : "none yet";
        return $"| {Markdown.Code(stage.Group.Value, LongestName)} | {(Runs(stage, commit) ? "yes" : "no")} | {(stage.Good is { } good ? Code(good.Revision) : "–")} | {(stage.Good is { } since ? Words.Time(since.Ended) : "–")} | {latest} |\n";
    }

    private static string Text(string text) => Markdown.Text(text, LongestSentence);

    private static string Code(Revision revision) => Markdown.Code(revision.Label, LongestLabel);

    /// <summary>In markdown: the commit is meant as one.</summary>
    private static string Headline(ApplicationName application, CommitId commit, RunReport report, IReadOnlyList<StageNow> stages)
    {
        var group = Names(", ", report.Groups.Select(result => result.Plan.Group.Value));
        var name = Markdown.Text(application.Value);
        var now = stages.Where(stage => Runs(stage, commit)).Select(stage => stage.Group.Value).ToList();
        return (report.Outcome, report.Verb) switch
        {
            (Outcome.Succeeded, "rollback") => $"{name}: rolled back in {group}",
            (Outcome.Succeeded, _) when now.Count > 0 => $"{name}: {commit.Abbreviated} is in {Names(" and ", now)}",
            (Outcome.Succeeded, _) => $"{name}: {report.Verb} to {group} succeeded",
            (Outcome.RolledBack, _) => $"{name}: {report.Verb} to {group} failed and was rolled back",
            (Outcome.Failed, _) => $"{name}: {report.Verb} to {group} failed",
            (Outcome.StillRunning or Outcome.Created, _) => $"{name}: {report.Verb} to {group} is still deploying",
            (Outcome.Cancelled, _) => $"{name}: {report.Verb} to {group} was stopped",
            (Outcome.Superseded, _) => $"{name}: {report.Verb} to {group} was replaced by a later run",
            (Outcome.Held, _) => $"{name}: {report.Verb} is held",
            _ => $"{name}: {report.Verb}: {report.Outcome.Word()}",
        };
    }

    private static bool Runs(StageNow stage, CommitId commit) => stage.Good?.Revision.Commit == commit;

    private static string Names(string between, IEnumerable<string> groups) => Markdown.Text(string.Join(between, groups), LongestLabel);
}
