using System.Text;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Core.Reporting;

/// <summary>The job summary of a run: what happened in a sentence, failures, then the picture and the table.</summary>
public static class SummaryMarkdown
{
    /// <summary>Failed instances beyond this are counted, not listed: GitHub refuses a summary over 1 MiB.</summary>
    private const int MostFailures = 20;

    private const int MostRows = 200;

    /// <summary>On a page of more letters than this, failures are named without their scripts' words, which the log has.</summary>
    private const int RoomForWords = 200_000;

    public static string Render(RunReport report)
    {
        var page = new StringBuilder();
        page.Append($"## {Words.Symbol(report.Outcome)} {Markdown.Text(Words.Headline(report))}\n\n{Markdown.Text(report.Reason)}\n\n");
        if (report.Next.Length > 0)
        {
            page.Append($"**Next:** {Markdown.Text(report.Next)}\n\n");
        }

        if (report.Groups.Count > 0)
        {
            AppendGroups(page, report);
        }

        foreach (var result in report.Groups)
        {
            AppendFailures(page, result);
            AppendInstances(page, result);
        }

        page.Append(AwsCommand.Section(report));
        return page.ToString();
    }

    private static void AppendGroups(StringBuilder page, RunReport report)
    {
        page.Append("| group | revision | before | deployment | status | instances |\n| --- | --- | --- | --- | --- | --- |\n");
        foreach (var result in report.Groups)
        {
            var title = result.Plan.Title is { } words ? $" {Markdown.Code(PlainText.Cut(words, 80))}" : "";
            var before = result.Plan.Previous is { } previous ? Markdown.Code(previous.Label) : "–";
            page.Append($"| {Markdown.Code(result.Plan.Group.Value)} | {Markdown.Code(result.Plan.Revision.Label)}{title} | {before} | {Deployment(report.Region, result.Id)} | {Status(result.Last, result.Outcome)} | {Markdown.Text(Words.Counts(result.Last?.Counts))} |\n");
            if (result.Rollback is { } rollback)
            {
                page.Append($"| {Markdown.Code(result.Plan.Group.Value)} | {Markdown.Code(rollback.Revision.Label)} (rollback by CodeDeploy) | {Markdown.Code(result.Plan.Revision.Label)} | {Deployment(report.Region, rollback.Id)} | {Markdown.Text(Words.Status(rollback.Status))} | {Markdown.Text(Words.Counts(rollback.Counts))} |\n");
            }
        }

        page.Append('\n');
    }

    private static string Status(Observation? last, Outcome outcome) => last is { } seen ? Markdown.Text(Words.Status(seen.Status)) : outcome.Word();

    private static string Deployment(RegionName region, DeploymentId? id) => id switch
    {
        null => "not created",
        { } known when Words.ConsoleUrl(region, known) is { Length: > 0 } url => $"[{known}]({url})",
        { } known => Markdown.Code(known.Value),
    };

    private static void AppendFailures(StringBuilder page, GroupResult result)
    {
        var failed = result.Targets.Where(target => target.Status == "Failed").ToList();
        if (failed.Count == 0)
        {
            return;
        }

        page.Append($"### Failed instances of {Markdown.Code(result.Plan.Group.Value)}\n\n");
        foreach (var target in failed.Take(MostFailures))
        {
            page.Append($"- {Markdown.Text(Words.Failure(target))}\n");
            if (page.Length < RoomForWords && target.FailedEvent?.Diagnostics is { LogTail.Length: > 0 } why)
            {
                page.Append($"\n<details><summary>the script's last words</summary>\n\n{Markdown.Block(PlainText.Lines(why.LogTail))}\n\n</details>\n\n");
            }
        }

        page.Append(failed.Count > MostFailures ? $"- and {failed.Count - MostFailures} more\n\n" : "\n");
    }

    private static void AppendInstances(StringBuilder page, GroupResult result)
    {
        if (result.Targets.Count == 0)
        {
            return;
        }

        page.Append(Timeline.Render($"{result.Plan.Group} {result.Id}", result.Targets));
        page.Append($"\n<details><summary>All instances of {Markdown.Text(result.Plan.Group.Value)}: {result.Targets.Count}</summary>\n\n| instance | status | last event | took |\n| --- | --- | --- | --- |\n");
        foreach (var target in result.Targets.Take(MostRows))
        {
            var last = target.Events.LastOrDefault(step => step.Started is not null);
            var took = target is { Started: { } started, Ended: { } ended } ? Durations.Clock(ended - started) : "–";
            page.Append($"| {Markdown.Code(target.Id)} | {Markdown.Text(target.Status)} | {Markdown.Text(last?.Name ?? "–")} | {took} |\n");
        }

        page.Append(result.Targets.Count > MostRows ? $"| and {result.Targets.Count - MostRows} more | | | |\n\n</details>\n\n" : "\n</details>\n\n");
    }
}
