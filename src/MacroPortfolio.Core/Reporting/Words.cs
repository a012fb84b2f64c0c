using System.Globalization;
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

    private static readonly LocalDateTimePattern Local = LocalDateTimePattern.CreateWithInvariantCulture("ddd uuuu'-'MM'-'dd' 'HH':'mm");

    private static readonly InstantPattern Second = InstantPattern.CreateWithInvariantCulture("HH':'mm':'ss");

    /// <summary>The time of day in UTC.</summary>
    public static string ClockTime(Instant? instant) => instant is { } known ? Second.Format(known) : "–";

    public static string Time(Instant? instant) => instant is { } known ? Minute.Format(known) : "an unknown time";

    /// <summary>In a zone that people have asked for, with its name beside it.</summary>
    public static string Time(Instant instant, DateTimeZone zone) => zone == DateTimeZone.Utc ? Time(instant) : $"{Local.Format(instant.InZone(zone).LocalDateTime)} {zone.Id}";

    /// <summary><c>45 s</c>, <c>5 min</c>, <c>2 h 10 min</c>, <c>3 d 4 h</c>.</summary>
    public static string Long(Duration duration)
    {
        var span = Duration.Max(duration, Duration.Zero).ToTimeSpan();
        return span switch
        {
            { TotalSeconds: < 120 } => $"{(int)span.TotalSeconds} s",
            { TotalHours: < 1 } => $"{(int)span.TotalMinutes} min",
            { TotalDays: < 1 } => $"{(int)span.TotalHours} h{(span.Minutes > 0 ? $" {span.Minutes} min" : "")}",
            _ => $"{(int)span.TotalDays} d{(span.Hours > 0 ? $" {span.Hours} h" : "")}",
        };
    }

    /// <summary>Empty where there is no console that we know, or what the service calls an id is none.</summary>
    public static string ConsoleUrl(RegionName region, DeploymentId id) =>
        region.ConsoleHost is { } host && DeploymentId.TryParse(id.Value ?? "", out _) ? $"https://{host}/codesuite/codedeploy/deployments/{id}?region={region}" : "";

    /// <summary><c>2 of 4 instances done, 1 in progress, 1 failed</c>.</summary>
    public static string Counts(Counts? counts) => counts switch
    {
        null => "CodeDeploy has not counted instances yet",
        _ => string.Join(", ", new[]
        {
            $"{counts.Succeeded} of {counts.Total} instances done",
            Part(counts.InProgress, "in progress"),
            Part(counts.Pending, "pending"),
            Part(counts.Ready, "ready"),
            Part(counts.Failed, "failed"),
            Part(counts.Skipped, "skipped"),
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
        Outcome.Superseded => "⏭️",
        Outcome.Planned or Outcome.Created or Outcome.StillRunning => "⏳",
        Outcome.Held => "⏸️",
        Outcome.RolledBack => "↩️",
        _ => "❌",
    };

    /// <summary><c>i-1, i-2 and 35 more</c>.</summary>
    public static string Names(IReadOnlyList<string> instances, int most) => instances.Count <= most
        ? string.Join(", ", instances)
        : $"{string.Join(", ", instances.Take(most))} and {instances.Count - most} more";

    /// <summary><c>812 bytes</c>, <c>3.4 KB</c>, <c>1.2 GB</c>, in thousands.</summary>
    public static string Bytes(long count) => count switch
    {
        < 1_000 => Some(count, "byte"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{count / 1e3:0.#} KB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{count / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{count / 1e9:0.##} GB"),
    };

    /// <summary><c>1 instance</c>, <c>2 instances</c>.</summary>
    public static string Some(long count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    /// <summary>The fleet is not what it was when the deployment was seen before.</summary>
    public static string FleetChange(long before, long now, Fleet fleet) => now > before
        ? $"{Some(now - before, "instance")} joined the deployment, {now} now"
        : $"{Some(before - now, "instance")} left the deployment, {now} now{(fleet.AutoScalingGroups.Count > 0 ? "; Auto Scaling may have ended them" : "")}";

    /// <summary>What a blue/green deployment waits for, and how to let it go on.</summary>
    public static string Ready(DeploymentId id, Fleet fleet)
    {
        var deadline = fleet.BlueGreen is { StopsUnlessContinued: true } rule ? $" Unless somebody sends it over, the deployment is stopped {rule.WaitMinutes} minutes after it became ready." : "";
        return $"the replacement instances have the revision, and traffic still goes to the original ones.{deadline} To send it over, press 'Reroute traffic' in the console or run: "
            + $"aws deploy continue-deployment --deployment-id {id} --deployment-wait-type READY_WAIT";
    }

    /// <summary>What may take long without anything being wrong; empty when there is nothing of the kind.</summary>
    public static string Patience(Fleet fleet, Observation now) => fleet.LoadBalancers.Count > 0 && now.Counts is { InProgress: > 0 }
        ? "; behind a load balancer an instance waits in BlockTraffic for its connections to drain (the target group's deregistration delay, 300 s unless set otherwise) and in AllowTraffic until it is healthy, which is normal up to an hour each"
        : "";

    /// <summary>The plan, a line each.</summary>
    public static IEnumerable<string> PlanLines(Plan plan)
    {
        yield return $"{plan.Verb} {plan.Application} in {plan.Region} as {plan.CallerArn}";
        foreach (var note in plan.Notes)
        {
            yield return note;
        }

        foreach (var group in plan.Groups)
        {
            var title = group.Title is { } words ? $" \"{PlainText.Cut(words, 100)}\"" : "";
            yield return group.Existing is { } existing
                ? $"{group.Group}: watch {existing} of {group.Revision.Label}{title}; nothing is created"
                : $"{group.Group}: {group.Revision.Label}{title}{(group.Previous is { } previous ? $", in place of {previous.Label}" : ", the first deployment that would succeed there")}";
            yield return group.State.LastAttempted is { } last
                ? $"  last deployment: {last.Id} of {last.Revision.Label}, {last.Status} {Time(last.Ended ?? last.Created)}{(group.State.LastFleet is { } fleet ? $", {fleet} instances then" : "")}, by {last.By}"
                : "  last deployment: none";
            yield return $"  {group.State.Health.InWords(group.State.LastFleet)}; this run accepts {(plan.Watch.MaxFailed == FailureAllowance.None ? "no failed instance" : $"{plan.Watch.MaxFailed} failed instance{(plan.Watch.MaxFailed is { Amount: 1, IsPercentage: false } ? "" : "s")}")}";
            yield return $"  automatic rollback: {RollbackWords(group)}";
            foreach (var line in FleetWords(group.State.Fleet))
            {
                yield return $"  {line}";
            }

            if (group.WayBack is { } back)
            {
                yield return $"  should it fail: back to {back.Revision.Label}, which this run deploys unless CodeDeploy does";
            }

            if (Before(group.First) is { Length: > 0 } before)
            {
                yield return $"  {before}";
            }
        }
    }

    /// <summary>A deployment that exists already, and why nothing is created.</summary>
    public static string Attaching(PastDeployment to, bool ours) => (ours, to.Phase.IsOver()) switch
    {
        (true, true) => $"{to.Id} was made by this run before and is {to.Status}; nothing is created",
        (true, false) => $"{to.Id} was made by this run before and is {to.Status}: watching it on, nothing is created",
        (false, _) => $"{to.Id} of the same revision, made by {to.By}, is {to.Status}: watching it, nothing is created",
    };

    /// <summary>What comes before the deployment; empty when nothing does.</summary>
    private static string Before(Turn first) => first switch
    {
        Turn.Wait { For: var other } => $"{other.Id} of {other.Revision.Label}, made by {other.By}, is {other.Status} there and has to end first",
        Turn.Clear { Away: var away } => $"{away.Id} of {away.Revision.Label}, made by {away.By}, is {away.Status} there and will be stopped first",
        Turn.LetPass { Stopped: var stopped } => $"{stopped.Id} of {stopped.Revision.Label}, made by a later run, was stopped there; this run waits some seconds for what may have stopped it to deploy",
        Turn.Compare { Newer: var newer } => $"a later run has deployed there already: {newer.Id} of {newer.Revision.Label}, made by {newer.By}; nothing is created, whether that contains this revision (superseded) or not (held)",
        _ => "",
    };

    private static string RollbackWords(GroupPlan group) => group.Settings.AutoRollback switch
    {
        AutoRollback.Off => "off for this deployment",
        AutoRollback.At at => $"{string.Join(", ", at.Events)} for this deployment",
        _ => group.State.AutoRollbackEvents.Count == 0 ? "the group has none" : $"{string.Join(", ", group.State.AutoRollbackEvents)} as the group says",
    };

    private static IEnumerable<string> FleetWords(Fleet fleet)
    {
        if (fleet.BlueGreen is { } rule)
        {
            var reroute = rule.StopsUnlessContinued ? $"traffic is rerouted when somebody says so, within {rule.WaitMinutes} minutes of Ready, or it is stopped" : "traffic is rerouted as soon as they have it";
            yield return $"blue/green: replacement instances get the revision; {reroute}";
        }

        if (fleet.LoadBalancers.Count > 0)
        {
            yield return $"behind {string.Join(", ", fleet.LoadBalancers)}: connections drain before an instance is worked on, which may take as long as the target group's deregistration delay";
        }

        if (fleet.AutoScalingGroups.Count > 0)
        {
            yield return $"Auto Scaling ({string.Join(", ", fleet.AutoScalingGroups)}): instances launched meanwhile get the last successful revision first"
                + (fleet.UpdatesNewcomers ? ", and CodeDeploy updates them after this" : " and stay on it, as the group says; deploy again with update-outdated-instances-only");
        }
    }

    private static string Part(long count, string what) => count > 0 ? $"{count} {what}" : "";
}
