using System.Text;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Core.Reporting;

/// <summary>The job summary of a run: what happened in a sentence, why it failed and what to do, then the picture and the tables.</summary>
public static class SummaryMarkdown
{
    /// <summary>Causes of a deployment beyond this are counted, not told.</summary>
    private const int MostCauses = 10;

    private const int MostInstances = 20;
    private const int MostRows = 200;

    /// <summary>GitHub refuses a summary over 1 MiB. On a page of more letters than this, failures are told without their scripts' words, which the log has.</summary>
    private const int RoomForWords = 200_000;

    public static string Render(RunReport report)
    {
        var page = new StringBuilder($"## {Words.Symbol(report.Outcome)} {Markdown.Text(Words.Headline(report))}\n\n");
        if (report.Service is { } service)
        {
            page.Append($"{Contact(service)}\n\n");
        }

        page.Append($"{Markdown.Text(report.Reason)}\n\n");
        foreach (var result in report.Groups)
        {
            AppendFailures(page, result);
        }

        foreach (var hint in report.Groups.Where(result => result.Failures.Count == 0).Select(result => result.Hint).Where(hint => hint.Length > 0).Distinct())
        {
            page.Append($"**What to do:** {Markdown.Text(hint)}\n\n");
        }

        if (report.Next.Length > 0)
        {
            page.Append($"**Next:** {Markdown.Text(report.Next)}\n\n");
        }

        page.Append(Details.InMarkdown(report.Details));
        if (report.Groups.Count > 0)
        {
            AppendGroups(page, report);
        }

        foreach (var result in report.Groups)
        {
            AppendInstances(page, result);
        }

        return page.ToString();
    }

    internal static string Contact(ServiceContact service)
    {
        var owner = service.Owner is { } name ? $"**Owner:** {Markdown.Text(name)}" : "";
        var runbook = service.Runbook is { } place ? $"**Runbook:** {(Uri.TryCreate(place, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps ? $"<{address.AbsoluteUri}>" : Markdown.Text(place))}" : "";
        return string.Join(" · ", new[] { owner, runbook }.Where(part => part.Length > 0));
    }

    private static void AppendFailures(StringBuilder page, GroupResult result)
    {
        foreach (var failure in result.Failures.Take(MostCauses))
        {
            page.Append($"### {failure.Instances.Count} of {result.Targets.Count} instances of {Markdown.Code(result.Plan.Group.Value)} {Markdown.Text(failure.How)}\n\n");
            if (failure.Message.Length > 0)
            {
                page.Append($"{Markdown.Text(failure.Message)}\n\n");
            }

            if (Hints.Of(failure) is { Length: > 0 } hint)
            {
                page.Append($"**What to do:** {Markdown.Text(hint)}\n\n");
            }

            if (failure.Tail.Length > 0 && page.Length < RoomForWords)
            {
                page.Append($"{Markdown.Block(PlainText.Lines(failure.Tail))}\n\n");
            }

            var more = failure.Instances.Count > MostInstances ? $" and {failure.Instances.Count - MostInstances} more" : "";
            page.Append($"On {string.Join(", ", failure.Instances.Take(MostInstances).Select(Markdown.Code))}{more}.\n\n");
        }

        if (result.Failures.Count > MostCauses)
        {
            page.Append($"And {Words.Some(result.Failures.Count - MostCauses, "more cause")}, on {Words.Some(result.Failures.Skip(MostCauses).Sum(failure => failure.Instances.Count), "instance")}; the table of instances has them.\n\n");
        }
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

    /// <summary>The picture, and the same in a table for readers without it: what failed first.</summary>
    private static void AppendInstances(StringBuilder page, GroupResult result)
    {
        if (result.Targets.Count == 0)
        {
            return;
        }

        page.Append(Timeline.Render($"{result.Plan.Group} {result.Id}", result.Targets));
        page.Append($"\n<details><summary>All instances of {Markdown.Text(result.Plan.Group.Value)}: {result.Targets.Count}</summary>\n\n| instance | status | last event | began | took |\n| --- | --- | --- | --- | --- |\n");
        var rows = result.Targets.OrderBy(target => target.Status is "Succeeded" or "Skipped" ? 1 : 0).ToList();
        foreach (var target in rows.Take(MostRows))
        {
            var last = target.FailedEvent ?? target.Events.LastOrDefault(step => step.Started is not null);
            var took = target is { Started: { } started, Ended: { } ended } ? Durations.Clock(ended - started) : "–";
            page.Append($"| {Markdown.Code(target.Id)} | {Markdown.Text(target.Status)} | {Markdown.Text(last?.Name ?? "–")} | {Words.ClockTime(target.Started)} | {took} |\n");
        }

        page.Append(rows.Count > MostRows ? $"| and {rows.Count - MostRows} more | | | | |\n\n</details>\n\n" : "\n</details>\n\n");
    }
}
