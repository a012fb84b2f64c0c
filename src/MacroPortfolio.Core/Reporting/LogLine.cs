using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Core.Reporting;

/// <summary>What the log shows. Whoever writes it neutralises every line; the kinds say how a line may look, not what may be trusted.</summary>
public abstract record LogLine
{
    private LogLine() { }

    public sealed record Text(string Words) : LogLine;

    /// <summary>Begins a group that can be folded.</summary>
    public sealed record Open(string Title) : LogLine;

    public sealed record Close : LogLine;

    /// <summary>Words of an instance's script.</summary>
    public sealed record Quote(string Words) : LogLine;

    /// <summary>A line to copy: nothing of ours stands before it.</summary>
    public sealed record Verbatim(string Words) : LogLine;

    /// <summary>Shown beside the log too.</summary>
    public sealed record Problem(string Title, string Words) : LogLine;

    public sealed record Warning(string Words) : LogLine;

    /// <summary>The lines of an event.</summary>
    public static IReadOnlyList<LogLine> Of(RunEvent happened) => happened switch
    {
        RunEvent.Planned planned =>
        [
            new Open(planned.DryRun ? "Plan (dry run: nothing is created)" : "Plan"),
            .. Words.PlanLines(planned.Plan).Select(line => new Text(line)),
            new Close(),
        ],
        RunEvent.Clearing clearing => [new Text($"{clearing.Group.Group}: stopping {clearing.Id}, which is in flight")],
        RunEvent.Started started => [new Text($"{started.Group.Group}: {started.Id} created for {started.Group.Revision.Label}")],
        RunEvent.NotStarted not => [new Text($"{not.Group.Group}: not created. {not.Why.Message} {not.Why.Next}")],
        RunEvent.Changed { Now: var now } changed => [new Text($"{changed.Group.Group}: {(changed.IsRollback ? "rollback " : "")}{now.Id} {Words.Status(now.Status)}, {Words.Counts(now.Counts)}")],
        RunEvent.Unchanged { Now: var now } unchanged => [new Text($"{unchanged.Group.Group}: {now.Id} still {Words.Status(now.Status)} after {Durations.Clock(unchanged.Since)}, {Words.Counts(now.Counts)}")],
        RunEvent.InstanceFailed failed => Failure(failed),
        RunEvent.RollingBack rolling => [new Text($"{rolling.Group.Group}: CodeDeploy rolls {rolling.Failed} back with {rolling.Rollback}")],
        RunEvent.Trouble trouble => [new Text(trouble.What)],
        RunEvent.Cancelling cancelling => [new Text($"Cancelled. {cancelling.What}")],
        RunEvent.Ended ended => Ending(ended.Report),
        _ => [],
    };

    private static IReadOnlyList<LogLine> Failure(RunEvent.InstanceFailed failed)
    {
        var tail = failed.Target.FailedEvent?.Diagnostics?.LogTail ?? "";
        return tail.Length == 0
            ? [new Text($"{failed.Group.Group}: {Words.Failure(failed.Target)}")]
            : [new Open($"{failed.Group.Group}: {Words.Failure(failed.Target)}"), new Quote(tail), new Close()];
    }

    private static List<LogLine> Ending(RunReport report)
    {
        var lines = new List<LogLine>();
        foreach (var result in report.Groups)
        {
            if (result.Id is { } id && Words.ConsoleUrl(report.Region, id) is { Length: > 0 } url)
            {
                lines.Add(new Text($"{result.Plan.Group}: {url}"));
            }
        }

        if (report.Outcome is Outcome.Failed or Outcome.BadInput or Outcome.RolledBack or Outcome.NoAccess or Outcome.Held or Outcome.StillRunning or Outcome.Cancelled)
        {
            lines.Add(new Problem(Words.Headline(report), $"{report.Reason}{(report.Next.Length > 0 ? $" {report.Next}" : "")}"));
        }

        lines.Add(new Text($"{Words.Headline(report)} after {Durations.Clock(report.Took)}. {report.Reason}"));
        if (report.Next.Length > 0)
        {
            lines.Add(new Text($"Next: {report.Next}"));
        }

        lines.AddRange(AwsCommand.LogLines(report));
        return lines;
    }
}
