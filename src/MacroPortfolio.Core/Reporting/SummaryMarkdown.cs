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

    private const int LongestAddress = 500;

    /// <summary>Of a name in a table or a list.</summary>
    private const int LongestName = 100;

    private const int MostRows = 200;

    /// <summary>GitHub refuses a summary over 1 MiB, and steps of a job may share it with others of this action. What is beyond this is left out, section by section.</summary>
    private const int Limit = 1_000_000;

    /// <summary>On a page of more letters than this, no more causes are told; the log has them.</summary>
    private const int RoomForCauses = 200_000;

    public static string Render(RunReport report)
    {
        var page = new StringBuilder($"## {Words.Symbol(report.Outcome)} {Markdown.Text(Words.Headline(report))}\n\n");
        if (report.Service is { } service)
        {
            page.Append($"{Contact(service)}\n\n");
        }

        page.Append($"{Markdown.Text(report.Reason)}\n\n");
        if (report.Notes.Count > 0)
        {
            page.Append($"{string.Concat(report.Notes.Take(MostCauses).Select(note => $"- {Markdown.Text(note, 1_000)}\n"))}\n");
        }

        foreach (var result in report.Groups)
        {
            AppendFailures(page, result);
        }

        foreach (var hint in report.Groups.Where(result => result.Failures.Count == 0).Select(result => result.Hint).Where(hint => hint.Length > 0).Distinct().Take(MostCauses))
        {
            page.Append($"**What to do:** {Markdown.Text(hint)}\n\n");
        }

        if (report.Next.Length > 0)
        {
            page.Append($"**Next:** {Markdown.Text(report.Next)}\n\n");
        }

        List<string> sections = [Details.InMarkdown(report.Details), Groups(report), .. report.Groups.Select(result => Instances(result)), AwsCommand.Section(report)];
        var room = Limit - Encoding.UTF8.GetByteCount(page.ToString());
        foreach (var section in sections.TakeWhile(section => (room -= Encoding.UTF8.GetByteCount(section)) > 0))
        {
            page.Append(section);
        }

        return room > 0 ? page.ToString() : page.Append("There is more than a summary holds; the log has it.\n").ToString();
    }

    internal static string Contact(ServiceContact service)
    {
        var owner = service.Owner is { } name ? $"**Owner:** {Markdown.Text(name)}" : "";
        var runbook = service.Runbook is { } place ? $"**Runbook:** {(Address(place) is { } address ? $"<{address.AbsoluteUri}>" : Markdown.Text(place))}" : "";
        return string.Join(" · ", new[] { owner, runbook }.Where(part => part.Length > 0));
    }

    /// <summary>The beginning is looked at first: .NET takes two backslashes for a host, and of some that follow them it throws what is no failure to parse.</summary>
    private static Uri? Address(string place) =>
        place.Length <= LongestAddress && place.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(place, UriKind.Absolute, out var address) ? address : null;

    private static void AppendFailures(StringBuilder page, GroupResult result)
    {
        var told = 0;
        foreach (var failure in result.Failures.Take(MostCauses).TakeWhile(_ => page.Length < RoomForCauses))
        {
            page.Append($"### {failure.Instances.Count} of {result.Targets.Count} instances of {Markdown.Code(result.Plan.Group.Value)} {Markdown.Text(failure.How, 500)}\n\n");
            if (failure.Message.Length > 0)
            {
                page.Append($"{Markdown.Text(failure.Message, 1_000)}\n\n");
            }

            if (Hints.Of(failure) is { Length: > 0 } hint)
            {
                page.Append($"**What to do:** {Markdown.Text(hint)}\n\n");
            }

            if (failure.Tail.Length > 0)
            {
                page.Append($"{Markdown.Block(PlainText.Lines(failure.Tail))}\n\n");
            }

            var more = failure.Instances.Count > MostInstances ? $" and {failure.Instances.Count - MostInstances} more" : "";
            page.Append($"On {string.Join(", ", failure.Instances.Take(MostInstances).Select(id => Markdown.Code(id, LongestName)))}{more}.\n\n");
            told++;
        }

        if (result.Failures.Count > told)
        {
            page.Append($"And {Words.Some(result.Failures.Count - told, "more cause")}, on {Words.Some(result.Failures.Skip(told).Sum(failure => failure.Instances.Count), "instance")}; the table of instances has them.\n\n");
        }
    }

    private static string Groups(RunReport report)
    {
        if (report.Groups.Count == 0)
        {
            return "";
        }

        var page = new StringBuilder("| group | revision | before | deployment | status | instances |\n| --- | --- | --- | --- | --- | --- |\n");
        foreach (var result in report.Groups)
        {
            var title = result.Plan.Title is { } words ? $" {Markdown.Code(PlainText.Cut(words, 80))}" : "";
            var before = result.Plan.Previous is { } previous ? Markdown.Code(previous.Label) : "–";
            page.Append($"| {Markdown.Code(result.Plan.Group.Value)} | {Markdown.Code(result.Plan.Revision.Label)}{title} | {before} | {Deployment(report.Region, result.Id)} | {Status(result.Last, result.Outcome)} | {Markdown.Text(Words.Counts(result.Last?.Counts))} |\n");
            if (result.Back is { Last: { } own })
            {
                page.Append($"| {Markdown.Code(result.Plan.Group.Value)} | {Markdown.Code(own.Revision.Label)} (taken back by this run) | {Markdown.Code(result.Plan.Revision.Label)} | {Deployment(report.Region, own.Id)} | {Markdown.Text(Words.Status(own.Status))} | {Markdown.Text(Words.Counts(own.Counts))} |\n");
            }

            if (result.Rollback is { } rollback)
            {
                page.Append($"| {Markdown.Code(result.Plan.Group.Value)} | {Markdown.Code(rollback.Revision.Label)} (rollback by CodeDeploy) | {Markdown.Code(result.Plan.Revision.Label)} | {Deployment(report.Region, rollback.Id)} | {Markdown.Text(Words.Status(rollback.Status))} | {Markdown.Text(Words.Counts(rollback.Counts))} |\n");
            }
        }

        return page.Append('\n').ToString();
    }

    private static string Status(Observation? last, Outcome outcome) => last is { } seen ? Markdown.Text(Words.Status(seen.Status)) : outcome.Word();

    private static string Deployment(RegionName region, DeploymentId? id) => id is { } known ? Link(region, known) : "not created";

    internal static string Link(RegionName region, DeploymentId id) => Words.ConsoleUrl(region, id) is { Length: > 0 } url ? $"[{id}]({url})" : Markdown.Code(id.Value, LongestName);

    /// <summary>The picture, and the same in a table for readers without it: what failed first.</summary>
    private static string Instances(GroupResult result)
    {
        if (result.Targets.Count == 0)
        {
            return "";
        }

        var page = new StringBuilder(Timeline.Render($"{result.Plan.Group} {result.Id}", result.Targets));
        page.Append($"\n<details><summary>All instances of {Markdown.InHtml(result.Plan.Group.Value)}: {result.Targets.Count}</summary>\n\n| instance | status | last event | began | took |\n| --- | --- | --- | --- | --- |\n");
        var rows = result.Targets.OrderBy(target => target.Status is "Succeeded" or "Skipped" ? 1 : 0).ToList();
        foreach (var target in rows.Take(MostRows))
        {
            var last = target.FailedEvent ?? target.Events.LastOrDefault(step => step.Started is not null);
            var took = target is { Started: { } started, Ended: { } ended } && ended >= started ? Durations.Clock(ended - started) : "–";
            page.Append($"| {Markdown.Code(target.Id, LongestName)} | {Markdown.Text(target.Status, LongestName)} | {Markdown.Text(last?.Name ?? "–", LongestName)} | {Words.ClockTime(target.Started)} | {took} |\n");
        }

        return page.Append(rows.Count > MostRows ? $"| and {rows.Count - MostRows} more | | | | |\n\n</details>\n\n" : "\n</details>\n\n").ToString();
    }
}
