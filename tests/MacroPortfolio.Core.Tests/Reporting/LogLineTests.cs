using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;
using NodaTime;

namespace MacroPortfolio.Core.Tests.Reporting;

public sealed class LogLineTests
{
    private static readonly PastDeployment Old = Some.Past(1, Some.GitHub('b'), "InProgress") with { Id = new DeploymentId("d-OLD000000") };

    private static readonly GroupPlan Gray = Some.GroupPlan();

    private static readonly GroupPlan Balanced = Some.GroupPlan(state: Some.Group() with { Fleet = new Fleet(["tg-web"], [], true, null) });

    private static readonly GroupPlan Scaled = Some.GroupPlan(state: Some.Group() with { Fleet = new Fleet([], ["web-asg"], false, null) });

    private static readonly GroupPlan BlueGreen = Some.GroupPlan(state: Some.Group() with { Fleet = new Fleet(["tg-web"], ["web-asg"], true, new BlueGreen(true, 60)) });

    private static RunEvent.InstancesFailed Failing(int before, params Target[] targets) => new RunEvent.InstancesFailed(Gray, new DeploymentId("d-GRAY00000"), Failures.Of(targets).Single(), before);

    private static string Log(params RunEvent[] events) => string.Join("\n", events.SelectMany(LogLine.Of).Select(line => line switch
    {
        LogLine.Text text => $"      {text.Words}",
        LogLine.Open open => $"open  {open.Title}",
        LogLine.Close => "close",
        LogLine.Quote quote => $"quote {quote.Title} / {quote.Words}",
        LogLine.Problem problem => $"PROBLEM {problem.Title} / {problem.Words}{(problem.Failure is { Script: var script } ? $" / {script} of {problem.Revision?.Label}" : "")}",
        LogLine.Warning warning => $"WARNING {warning.Words}",
        _ => "a kind of line that this test does not know",
    }));

    [Fact]
    public void The_plan_comes_first()
    {
        var history = Some.Group("gray", Some.Past(2, Some.GitHub('c'), "InProgress", Some.Counts(succeeded: 1, inProgress: 1)), Some.Past(1, Some.GitHub('b'))) with
        {
            AutoRollbackEvents = ["DEPLOYMENT_FAILURE"],
        };
        var plan = Some.Plan(
            "rollback",
            Some.Watch(maxFailed: new FailureAllowance(10, true)),
            Some.GroupPlan(state: history) with { First = new Turn.Clear(Old), Title = "Show yields per maturity" },
            Some.GroupPlan("stable") with { Settings = DeploymentSettings.Default with { AutoRollback = new AutoRollback.Off() } },
            Some.GroupPlan("blue") with { First = new Turn.Attach(Some.Past(1, Some.GitHub(), "InProgress") with { Id = new DeploymentId("d-BLUE00000") }, Ours: true), Settings = DeploymentSettings.Default with { AutoRollback = new AutoRollback.At(["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"]) } });

        Approved.Match(Log(new RunEvent.Planned(plan, DryRun: false), new RunEvent.Planned(Some.Plan(), DryRun: true)));
    }

    [Fact]
    public void Then_what_happens_a_line_each() => Approved.Match(Log(
        new RunEvent.Clearing(Gray, Old),
        new RunEvent.Queued(Gray, Old),
        new RunEvent.Creating(Gray),
        new RunEvent.Attached(Gray, Some.Made(3, Some.Marked()), Ours: true),
        new RunEvent.Attached(Gray, Some.Made(3, Some.Marked(), "Succeeded"), Ours: true),
        new RunEvent.Attached(Gray, Old, Ours: false),
        new RunEvent.Started(Gray, new DeploymentId("d-GRAY00000")),
        new RunEvent.NotStarted(Gray, Some.NoAccess),
        new RunEvent.Changed(Gray, null, Some.Seen("Created"), IsRollback: false),
        new RunEvent.Changed(Gray, null, Some.Seen("InProgress", Some.Counts(1, 1, 1, 1, 1, 1)), IsRollback: false),
        new RunEvent.Changed(Gray, null, Some.Seen("Succeeded", Some.Counts(succeeded: 6), "d-ROLLBACK0"), IsRollback: true),
        new RunEvent.Unchanged(Gray, Some.Seen("Baking", Some.Counts(succeeded: 6)), Duration.FromMinutes(61)),
        new RunEvent.Changed(Gray, Some.Seen("InProgress", Some.Counts(1, inProgress: 3)), Some.Seen("InProgress", Some.Counts(1, inProgress: 4)), IsRollback: false),
        new RunEvent.Changed(Scaled, Some.Seen("InProgress", Some.Counts(1, inProgress: 3)), Some.Seen("InProgress", Some.Counts(1, inProgress: 1)), IsRollback: false),
        new RunEvent.Changed(BlueGreen, Some.Seen("InProgress", Some.Counts(ready: 1, inProgress: 1)), Some.Seen("Ready", Some.Counts(ready: 2)), IsRollback: false),
        new RunEvent.Unchanged(BlueGreen, Some.Seen("Ready", Some.Counts(ready: 2)), Duration.FromMinutes(2)),
        new RunEvent.Unchanged(Balanced, Some.Seen("InProgress", Some.Counts(1, inProgress: 1)), Duration.FromMinutes(4)),
        Failing(0, Some.Failed("i-1", logTail: "")),
        Failing(0, Some.Failed("i-2", logTail: "[stdout]one\n[stderr]two"), Some.Failed("i-6"), Some.Failed("i-7"), Some.Failed("i-8")),
        Failing(4, Some.Failed("i-9")),
        Failing(0, Some.Failed("i-3", logTail: "", script: "", message: "The agent did not answer")),
        Failing(0, new Target("i-4", "Failed", [new TargetEvent("Install", "Failed", null, null, null)])),
        Failing(0, new Target("i-5", "Failed", [])),
        new RunEvent.RollingBack(Gray, new DeploymentId("d-GRAY00000"), new DeploymentId("d-ROLLBACK0")),
        new RunEvent.Trouble("CodeDeploy asks for fewer calls."),
        new RunEvent.Cancelling("d-GRAY00000 was told to stop (Pending).")));

    [Fact]
    public void Then_how_it_ended() => Approved.Match(Log(
        new RunEvent.Ended(Some.Report(verb: "gray", next: "Try it, then promote it.", results: Some.Result())),
        new RunEvent.Ended(Some.Report(Outcome.Failed, reason: "stable failed.", results: [Some.Result(), Some.Result("stable", Outcome.Failed)])),
        new RunEvent.Ended(Some.Report(Outcome.Held, "promote", "gray has not succeeded yet.", "Run promote again when it has.")),
        new RunEvent.Ended(Some.Report(results: Some.Result()) with { Region = new RegionName("us-iso-east-1") })));

    [Fact]
    public void A_plan_says_what_stands_around_the_instances() =>
        Approved.Match(Log(new RunEvent.Planned(Some.Plan("deploy", Some.Watch(), Gray, Balanced, Scaled, BlueGreen), DryRun: false)));

    [Fact]
    public void A_failure_is_explained_by_cause_with_a_hint_and_whom_to_turn_to() => Approved.Match(Log(new RunEvent.Ended(Some.Report(
        Outcome.Failed,
        reason: "3 of 5 instances failed in ApplicationStart: scripts/start.sh, ScriptFailed. The deployment to gray failed.",
        next: "Mend the cause and deploy again.",
        results: Some.Result(
            outcome: Outcome.Failed,
            last: Some.Seen("Failed", Some.Counts(succeeded: 1, failed: 4), error: Some.HealthConstraints),
            targets: [Some.Good("i-1"), Some.Failed("i-2"), Some.Failed("i-3", "nothing to say"), Some.Failed("i-4"), new Target("i-5", "Unknown", [])])) with
    { Service = new ServiceContact("acme/portfolio", "https://acme.example/runbook") })));

    [Fact]
    public void A_failure_before_any_instance_has_its_hint_in_the_reason() => Approved.Match(Log(new RunEvent.Ended(Some.Report(
        Outcome.Failed,
        reason: "The deployment to gray failed.",
        next: "Mend the cause and deploy again.",
        results: Some.Result(outcome: Outcome.Failed, last: Some.Seen("Failed", error: new DeploymentError("NO_INSTANCES", "no instances were found")))))));

    [Fact]
    public void Failures_that_the_run_allows_are_warnings() =>
        LogLine.Of(new RunEvent.Ended(Some.Report(results: Some.Result(targets: [Some.Good("i-1"), Some.Failed("i-2")]))))
            .Select(line => line.GetType()).Should().Contain(typeof(LogLine.Warning)).And.NotContain(typeof(LogLine.Problem));

    [Fact]
    public void Of_many_causes_as_many_are_shown_as_GitHub_keeps()
    {
        var targets = Enumerable.Range(0, 30).Select(number => Some.Failed($"i-{number}", message: $"cause {number}")).ToArray();

        LogLine.Of(new RunEvent.Ended(Some.Report(Outcome.Failed, results: Some.Result(outcome: Outcome.Failed, targets: targets)))).OfType<LogLine.Problem>().Should().HaveCount(9);
    }

    [Theory]
    [InlineData(Outcome.Succeeded, false)]
    [InlineData(Outcome.Created, false)]
    [InlineData(Outcome.Planned, false)]
    [InlineData(Outcome.Failed, true)]
    [InlineData(Outcome.RolledBack, true)]
    [InlineData(Outcome.NoAccess, true)]
    [InlineData(Outcome.Held, true)]
    [InlineData(Outcome.StillRunning, true)]
    [InlineData(Outcome.Cancelled, true)]
    public void What_did_not_go_well_is_shown_beside_the_log_too(Outcome outcome, bool shown) =>
        LogLine.Of(new RunEvent.Ended(Some.Report(outcome))).OfType<LogLine.Problem>().Any().Should().Be(shown);
}
