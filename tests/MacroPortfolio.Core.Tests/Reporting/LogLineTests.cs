using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;
using NodaTime;

namespace MacroPortfolio.Core.Tests.Reporting;

public sealed class LogLineTests
{
    private static readonly GroupPlan Gray = Some.GroupPlan();

    private static string Log(params RunEvent[] events) => string.Join("\n", events.SelectMany(LogLine.Of).Select(line => line switch
    {
        LogLine.Text text => $"      {text.Words}",
        LogLine.Open open => $"open  {open.Title}",
        LogLine.Close => "close",
        LogLine.Quote quote => $"quote {quote.Words}",
        LogLine.Problem problem => $"PROBLEM {problem.Title} / {problem.Words}",
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
            Some.GroupPlan(state: history) with { StopFirst = new DeploymentId("d-OLD000000"), Title = "Show yields per maturity" },
            Some.GroupPlan("stable") with { Settings = DeploymentSettings.Default with { AutoRollback = new AutoRollback.Off() } },
            Some.GroupPlan("blue") with { Existing = new DeploymentId("d-BLUE00000"), Settings = DeploymentSettings.Default with { AutoRollback = new AutoRollback.At(["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"]) } });

        Approved.Match(Log(new RunEvent.Planned(plan, DryRun: false), new RunEvent.Planned(Some.Plan(), DryRun: true)));
    }

    [Fact]
    public void Then_what_happens_a_line_each() => Approved.Match(Log(
        new RunEvent.Clearing(Gray, new DeploymentId("d-OLD000000")),
        new RunEvent.Started(Gray, new DeploymentId("d-GRAY00000")),
        new RunEvent.NotStarted(Gray, Some.NoAccess),
        new RunEvent.Changed(Gray, Some.Seen("Created"), IsRollback: false),
        new RunEvent.Changed(Gray, Some.Seen("InProgress", Some.Counts(1, 1, 1, 1, 1, 1)), IsRollback: false),
        new RunEvent.Changed(Gray, Some.Seen("Succeeded", Some.Counts(succeeded: 6), "d-ROLLBACK0"), IsRollback: true),
        new RunEvent.Unchanged(Gray, Some.Seen("Baking", Some.Counts(succeeded: 6)), Duration.FromMinutes(61)),
        new RunEvent.InstanceFailed(Gray, new DeploymentId("d-GRAY00000"), Some.Failed("i-1", logTail: "")),
        new RunEvent.InstanceFailed(Gray, new DeploymentId("d-GRAY00000"), Some.Failed("i-2", logTail: "[stdout]one\n[stderr]two")),
        new RunEvent.InstanceFailed(Gray, new DeploymentId("d-GRAY00000"), Some.Failed("i-3", logTail: "", script: "", message: "The agent did not answer")),
        new RunEvent.InstanceFailed(Gray, new DeploymentId("d-GRAY00000"), new Target("i-4", "Failed", [new TargetEvent("Install", "Failed", null, null, null)])),
        new RunEvent.InstanceFailed(Gray, new DeploymentId("d-GRAY00000"), new Target("i-5", "Failed", [])),
        new RunEvent.RollingBack(Gray, new DeploymentId("d-GRAY00000"), new DeploymentId("d-ROLLBACK0")),
        new RunEvent.Trouble("CodeDeploy asks for fewer calls."),
        new RunEvent.Cancelling("d-GRAY00000 was told to stop (Pending).")));

    [Fact]
    public void Then_how_it_ended() => Approved.Match(Log(
        new RunEvent.Ended(Some.Report(verb: "gray", next: "Try it, then promote it.", results: Some.Result())),
        new RunEvent.Ended(Some.Report(Outcome.Failed, reason: "stable failed.", results: [Some.Result(), Some.Result("stable", Outcome.Failed)])),
        new RunEvent.Ended(Some.Report(Outcome.Held, "promote", "gray has not succeeded yet.", "Run promote again when it has.")),
        new RunEvent.Ended(Some.Report(results: Some.Result()) with { Region = new RegionName("us-iso-east-1") })));

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
