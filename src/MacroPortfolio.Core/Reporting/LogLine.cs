using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Core.Reporting;

/// <summary>What the log shows. Whoever writes it neutralises every line; the kinds say how a line may look, not what may be trusted.</summary>
public abstract record LogLine
{
    private LogLine() { }

    /// <summary>GitHub keeps ten errors of a step; one is that of the run as a whole.</summary>
    private const int MostProblems = 8;

    public sealed record Text(string Words) : LogLine;

    /// <summary>Begins a group that can be folded.</summary>
    public sealed record Open(string Title) : LogLine;

    public sealed record Close : LogLine;

    /// <summary>Words of an instance's script, to be folded.</summary>
    public sealed record Quote(string Title, string Words) : LogLine;

    /// <summary>Lines to read and to copy, with nothing before them.</summary>
    public sealed record Verbatim(IReadOnlyList<string> Lines) : LogLine;

    /// <summary>Shown beside the log too, and at the script where there is one.</summary>
    /// <param name="Failure">The failure whose script it is about; its name is text from an instance.</param>
    /// <param name="Revision">What the script is part of.</param>
    public sealed record Problem(string Title, string Words, Failure? Failure = null, Revision? Revision = null) : LogLine;

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
        RunEvent.Clearing clearing => [new Text($"{clearing.Group.Group}: stopping {clearing.Away.Id} of {clearing.Away.Revision.Label}, made by {clearing.Away.By}, which is in flight")],
        RunEvent.Queued queued => [new Text($"{queued.Group.Group}: waiting for {queued.For.Id} of {queued.For.Revision.Label}, made by {queued.For.By}, to end")],
        RunEvent.Attached attached => [new Text($"{attached.Group.Group}: {Words.Attaching(attached.To, attached.Ours)}")],
        RunEvent.Started started => [new Text($"{started.Group.Group}: {started.Id} created for {started.Group.Revision.Label}")],
        RunEvent.Judging { Proving: var proving } => [new Text($"{proving.Stage}: asking {Words.Names([.. proving.Gates.Select(gate => gate.Name)], 5)}")],
        RunEvent.Judged judged => [.. judged.Gates.Select(gate => gate.Verdict == GateVerdict.Pass
            ? (LogLine)new Text($"{judged.Stage}: gate {gate.Gate} passes: {gate.Why}")
            : new Problem($"{judged.Stage}: gate {gate.Gate}", $"The gate {(gate.Verdict == GateVerdict.Fail ? "fails" : "is inconclusive")}: {gate.Why}"))],
        RunEvent.TakingBack taking => [.. taking.Plan.Groups.Select(group => new Text($"{group.Group}: taking it back to {group.Revision.Label}"))],
        RunEvent.OnTheWayBack { Happened: var inner } => Of(inner),
        RunEvent.NoWayBack none => [new Text($"{none.Group.Group}: no earlier revision has succeeded there, so there is nothing to go back to")],
        RunEvent.NotStarted not => [new Text($"{not.Group.Group}: not created. {not.Why.Message} {not.Why.Next}")],
        RunEvent.Changed changed => [.. Change(changed).Select(line => new Text($"{changed.Group.Group}: {line}"))],
        RunEvent.Unchanged { Now: var now } unchanged =>
            [new Text($"{unchanged.Group.Group}: {now.Id} still {Words.Status(now.Status)} after {Durations.Clock(unchanged.Since)}, {Words.Counts(now.Counts)}{Words.Patience(unchanged.Group.State.Fleet, now)}")],
        RunEvent.InstancesFailed failed => Failing(failed),
        RunEvent.RollingBack rolling => [new Text($"{rolling.Group.Group}: CodeDeploy rolls {rolling.Failed} back with {rolling.Rollback}")],
        RunEvent.Trouble trouble => [new Text(trouble.What)],
        RunEvent.Cancelling cancelling => [new Text($"Cancelled. {cancelling.What}")],
        RunEvent.Ended ended => Ending(ended.Report),
        _ => [],
    };

    private static IEnumerable<string> Change(RunEvent.Changed changed)
    {
        var now = changed.Now;
        yield return $"{(changed.IsRollback ? "rollback " : "")}{now.Id} {Words.Status(now.Status)}, {Words.Counts(now.Counts)}";
        if (changed.Before?.Counts is { } before && now.Counts is { } counts && before.Total != counts.Total)
        {
            yield return Words.FleetChange(before.Total, counts.Total, changed.Group.State.Fleet);
        }

        if (now.Status == "Ready" && changed.Before?.Status != "Ready")
        {
            yield return Words.Ready(now.Id, changed.Group.State.Fleet);
        }
    }

    /// <summary>A cause is told with its last words when it is new, and counted after that.</summary>
    private static IReadOnlyList<LogLine> Failing(RunEvent.InstancesFailed failed)
    {
        var (group, failure) = (failed.Group.Group, failed.Failure);
        if (failed.Before > 0)
        {
            return [new Text($"{group}: {Words.Some(failure.Instances.Count, "more instance")} {failure.How}, {failed.Before + failure.Instances.Count} by now")];
        }

        var told = new Text($"{group}: {Words.Names(failure.Instances, 3)} {failure.How}{(failure.Message.Length > 0 ? $": {failure.Message}" : "")}");
        return failure.Tail.Length == 0 ? [told] : [told, QuoteOf(failure)];
    }

    private static Quote QuoteOf(Failure failure) => new($"Last words of {(failure.Script.Length > 0 ? failure.Script : failure.Event)}", failure.Tail);

    private static List<LogLine> Ending(RunReport report)
    {
        var lines = new List<LogLine>();
        if (report.Service is { } service)
        {
            lines.Add(new Text(service.InWords));
        }

        foreach (var (result, failure) in report.Groups.SelectMany(result => result.Failures.Select(failure => (result, failure))).Take(MostProblems))
        {
            lines.AddRange(Explanation(result, failure));
        }

        foreach (var result in report.Groups)
        {
            if (result.Id is { } id && Words.ConsoleUrl(report.Region, id) is { Length: > 0 } url)
            {
                lines.Add(new Text($"{result.Plan.Group}: {url}"));
            }
        }

        lines.AddRange(Details.InLog(report.Details));
        var ended = $"{Words.Headline(report)} after {Durations.Clock(report.Took)}.";
        if (report.Outcome is Outcome.Succeeded or Outcome.Superseded or Outcome.Planned or Outcome.Created)
        {
            lines.Add(new Text($"{ended} {report.Reason}"));
            lines.AddRange(report.Next.Length > 0 ? [new Text($"Next: {report.Next}")] : []);
            lines.AddRange(AwsCommand.LogLines(report));
            return lines;
        }

        // Hints of failures on instances stand with the failures.
        var hints = report.Groups.Where(result => result.Failures.Count == 0).Select(result => result.Hint);
        lines.Add(new Problem(Words.Headline(report), string.Join(" ", hints.Distinct().Prepend(report.Reason).Append(report.Next).Where(part => part.Length > 0))));
        lines.Add(new Text(ended));
        return lines;
    }

    private static IEnumerable<LogLine> Explanation(GroupResult result, Failure failure)
    {
        var (count, all) = (failure.Instances.Count, result.Targets.Count);
        var hint = Hints.Of(failure) is { Length: > 0 } known ? $" What to do: {known}" : "";
        var words = $"{result.Plan.Group}: {count} of {all} instances {failure.How}{(failure.Message.Length > 0 ? $". {failure.Message.TrimEnd('.')}" : "")}.{hint}";
        yield return result.Outcome == Outcome.Succeeded
            ? new Warning(words)
            : new Problem($"{failure.Event ?? failure.Status} on {count} of {all} instances of {result.Plan.Group}", words, failure, result.Plan.Revision);
        yield return new Text($"  {Words.Names(failure.Instances, 10)}");
        if (failure.Tail.Length > 0)
        {
            yield return QuoteOf(failure);
        }
    }
}
