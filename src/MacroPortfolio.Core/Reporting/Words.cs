using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Releases;
using NodaTime;
using NodaTime.Text;

namespace MacroPortfolio.Core.Reporting;

/// <summary>The sentences that log, summary and comment share.</summary>
public static class Words
{
    private static readonly InstantPattern Minute = InstantPattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd' 'HH':'mm' UTC'");

    public static string Time(Instant? instant) => instant is { } known ? Minute.Format(known) : "an unknown time";

    public static string ConsoleUrl(RegionName region, DeploymentId id) =>
        region.ConsoleHost is { } host ? $"https://{host}/codesuite/codedeploy/deployments/{id}?region={region}" : "";

    /// <summary><c>2 of 4 instances done, 1 in progress, 1 failed</c>.</summary>
    public static string Counts(Counts? counts) => counts switch
    {
        null => "CodeDeploy has not counted instances yet",
        _ => string.Join(", ", new[]
        {
            $"{counts.Succeeded} of {counts.Total} instances done",
            Some(counts.InProgress, "in progress"),
            Some(counts.Pending, "pending"),
            Some(counts.Ready, "ready"),
            Some(counts.Failed, "failed"),
            Some(counts.Skipped, "skipped"),
        }.Where(part => part.Length > 0)),
    };

    /// <summary>What CodeDeploy's word for a status means here.</summary>
    public static string Status(string status) => status switch
    {
        "Created" => "created",
        "Queued" => "queued",
        "InProgress" => "in progress",
        "Baking" => "baking: deployed, and watched by CodeDeploy",
        "Ready" => "ready: waiting for traffic to be rerouted",
        "Succeeded" => "succeeded",
        "Failed" => "failed",
        "Stopped" => "stopped",
        _ => $"'{status}', a status that this version does not know; taken as still running",
    };

    public static string Headline(RunReport report)
    {
        var what = report.Groups.Select(result => result.Plan.Group.Value).ToList() is { Count: > 0 } groups ? $"{report.Verb} {report.Application} to {string.Join(", ", groups)}" : $"{report.Verb} {report.Application}";
        return $"{what}: {report.Outcome.Word()}";
    }

    public static string Symbol(Outcome outcome) => outcome switch
    {
        Outcome.Succeeded => "✅",
        Outcome.Planned or Outcome.Created or Outcome.StillRunning => "⏳",
        Outcome.Held => "⏸️",
        Outcome.RolledBack => "↩️",
        _ => "❌",
    };

    /// <summary>One line a failed instance: where, which script, how.</summary>
    public static string Failure(Target target) => target.FailedEvent switch
    {
        { Diagnostics: { } why } step => $"{target.Id} failed in {step.Name}{(why.ScriptName.Length > 0 ? $": {why.ScriptName}" : "")}, {why.ErrorCode}: {why.Message}",
        { } step => $"{target.Id} failed in {step.Name}; CodeDeploy gives no diagnostics",
        null => $"{target.Id} is {target.Status}; CodeDeploy names no event that failed",
    };

    /// <summary>The plan, a line each.</summary>
    public static IEnumerable<string> PlanLines(Plan plan)
    {
        yield return $"{plan.Verb} {plan.Application} in {plan.Region} as {plan.CallerArn}";
        foreach (var group in plan.Groups)
        {
            var title = group.Title is { } words ? $" \"{PlainText.Cut(words, 100)}\"" : "";
            yield return group.Existing is { } existing
                ? $"{group.Group}: watch {existing} of {group.Revision.Label}{title}; nothing is created"
                : $"{group.Group}: {group.Revision.Label}{title}{(group.Previous is { } previous ? $", in place of {previous.Label}" : ", the first deployment that would succeed there")}";
            yield return group.State.LastAttempted is { } last
                ? $"  last deployment: {last.Id} of {last.Revision.Label}, {last.Status} {Time(last.Ended ?? last.Created)}{(group.State.LastFleet is { } fleet ? $", {fleet} instances then" : "")}, by {last.By}"
                : "  last deployment: none";
            yield return $"  {group.State.Health.InWords(group.State.LastFleet)}; this run accepts {(plan.Watch.MaxFailed == FailureAllowance.None ? "no failed instance" : $"{plan.Watch.MaxFailed} failed instances")}";
            yield return $"  automatic rollback: {RollbackWords(group)}";
            if (group.StopFirst is { } running)
            {
                yield return $"  {running} is in flight there and will be stopped first";
            }
        }
    }

    private static string RollbackWords(GroupPlan group) => group.Settings.AutoRollback switch
    {
        AutoRollback.Off => "off for this deployment",
        AutoRollback.At at => $"{string.Join(", ", at.Events)} for this deployment",
        _ => group.State.AutoRollbackEvents.Count == 0 ? "the group has none" : $"{string.Join(", ", group.State.AutoRollbackEvents)} as the group says",
    };

    private static string Some(long count, string what) => count > 0 ? $"{count} {what}" : "";
}
