using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;
using NodaTime;

namespace MacroPortfolio.Core.Tests.Releases;

/// <summary>CodeDeploy's own rollback is a deployment of its own, which may appear some time after the failed one has ended.</summary>
public sealed class DeployRunRollbackTests
{
    private static readonly string[] OnFailure = ["DEPLOYMENT_FAILURE"];

    private readonly Rehearsal stage = new();

    private static Observation Failed(string? rollback = null, string? message = null) =>
        Some.Seen("Failed", Some.Counts(failed: 2), error: Some.HealthConstraints, rollsBackAt: OnFailure, rollback: rollback, rollbackMessage: message);

    private static Observation Rollback(string status, Counts? counts = null) => Some.Seen(status, counts, "d-ROLLBACK0", Some.GitHub('b'));

    [Fact]
    public void It_is_followed_to_its_end()
    {
        stage.Deployer
            .Play("d-GRAY00000", Some.Seen("InProgress"), Failed(), Failed("d-ROLLBACK0"))
            .Play("d-ROLLBACK0", Rollback("InProgress", Some.Counts(inProgress: 2)), Rollback("Succeeded", Some.Counts(succeeded: 2)));

        var report = stage.Run(Some.Plan());

        report.Outcome.Should().Be(Outcome.RolledBack);
        report.Reason.Should().EndWith("CodeDeploy rolled gray back to acme/site@bbbbbbb.");
        var result = report.Groups.Should().ContainSingle().Which;
        (result.Last!.Status, result.Rollback!.Status, result.RunsNow).Should().Be(("Failed", "Succeeded", Some.GitHub('b')));
        stage.Log.Should().ContainInOrder(
            "gray: CodeDeploy rolls d-GRAY00000 back with d-ROLLBACK0",
            "gray: rollback d-ROLLBACK0 in progress, 0 of 2 instances done, 2 in progress",
            "gray: rollback d-ROLLBACK0 succeeded, 2 of 2 instances done");
    }

    [Fact]
    public void A_rollback_that_fails_leaves_a_failure()
    {
        stage.Deployer
            .Play("d-GRAY00000", Failed("d-ROLLBACK0"))
            .Play("d-ROLLBACK0", Rollback("InProgress"), Rollback("Failed", Some.Counts(failed: 2)));

        var report = stage.Run(Some.Plan());

        report.Outcome.Should().Be(Outcome.Failed);
        report.Reason.Should().EndWith("CodeDeploy's rollback d-ROLLBACK0 is Failed: what gray runs is not certain.");
        report.Groups[0].RunsNow.Should().BeNull();
    }

    [Fact]
    public void The_reason_begins_with_what_the_instances_failed_of()
    {
        stage.Deployer
            .With("d-GRAY00000", Some.Failed("i-1"), Some.Failed("i-2"))
            .Play("d-GRAY00000", Some.Seen("Failed", Some.Counts(failed: 2), error: Some.HealthConstraints));

        var report = stage.Run(Some.Plan());

        report.Reason.Should().StartWith("2 of 2 instances failed in ApplicationStart: scripts/start.sh, ScriptFailed. The deployment to gray failed (HEALTH_CONSTRAINTS).");
    }

    [Fact]
    public void Instances_that_fail_in_the_rollback_are_told_too()
    {
        stage.Deployer
            .With("d-GRAY00000", Some.Failed("i-1")).With("d-ROLLBACK0", Some.Failed("i-1"))
            .Play("d-GRAY00000", Failed("d-ROLLBACK0"))
            .Play("d-ROLLBACK0", Rollback("Failed", Some.Counts(failed: 1)));

        stage.Run(Some.Plan());

        stage.Reporter.Of<RunEvent.InstancesFailed>().Select(failed => (failed.Id.Value, failed.Failure.Instances.Single())).Should().Equal(("d-GRAY00000", "i-1"), ("d-ROLLBACK0", "i-1"));
    }

    [Fact]
    public void A_rollback_that_does_not_appear_is_waited_for_a_minute()
    {
        stage.Deployer.Play("d-GRAY00000", Failed());

        var report = stage.Run(Some.Plan());

        report.Outcome.Should().Be(Outcome.Failed);
        report.Reason.Should().EndWith("CodeDeploy did not roll back within a minute.");
        report.Took.Should().BeGreaterOrEqualTo(Duration.FromSeconds(60)).And.BeLessOrEqualTo(Duration.FromSeconds(70));
    }

    [Fact]
    public void What_CodeDeploy_says_instead_ends_the_waiting()
    {
        stage.Deployer.Play("d-GRAY00000", Failed(message: "There is no earlier revision."));

        var report = stage.Run(Some.Plan());

        report.Reason.Should().EndWith("CodeDeploy did not roll back: There is no earlier revision.");
        report.Took.Should().Be(Duration.FromSeconds(2));
    }

    [Fact]
    public void Without_automatic_rollback_nothing_is_waited_for()
    {
        stage.Deployer.Play("d-GRAY00000", Some.Seen("Failed", error: Some.HealthConstraints));

        stage.Run(Some.Plan()).Took.Should().Be(Duration.FromSeconds(2));
    }

    [Theory]
    [InlineData("Stopped", "ALARM_ACTIVE", "DEPLOYMENT_STOP_ON_ALARM", true)]
    [InlineData("Stopped", "MANUAL_STOP", "DEPLOYMENT_STOP_ON_REQUEST", true)]
    [InlineData("Stopped", "MANUAL_STOP", "DEPLOYMENT_STOP_ON_ALARM", false)]
    [InlineData("Stopped", "ALARM_ACTIVE", "DEPLOYMENT_FAILURE", false)]
    [InlineData("Failed", "HEALTH_CONSTRAINTS", "DEPLOYMENT_STOP_ON_REQUEST", false)]
    [InlineData("Succeeded", "", "DEPLOYMENT_FAILURE", false)]
    [InlineData("InProgress", "", "DEPLOYMENT_FAILURE", false)]
    public void Each_way_to_end_badly_has_its_own_event(string status, string code, string rollsBackAt, bool rollsBack) =>
        Some.Seen(status, error: new DeploymentError(code, ""), rollsBackAt: [rollsBackAt]).RollsBackByItself.Should().Be(rollsBack);

    [Fact]
    public void A_rollback_that_has_begun_is_followed_whatever_the_deployments_own_settings_are()
    {
        stage.Deployer
            .Play("d-GRAY00000", Some.Seen("Stopped", rollback: "d-ROLLBACK0"))
            .Play("d-ROLLBACK0", Rollback("InProgress"), Rollback("Succeeded"));

        stage.Run(Some.Plan()).Outcome.Should().Be(Outcome.RolledBack);
    }

    [Fact]
    public void Instances_that_cannot_be_read_do_not_hide_a_rollback()
    {
        stage.Deployer.TargetTrouble = Some.Throttled;
        stage.Deployer
            .Play("d-GRAY00000", Some.Seen("InProgress"), Failed("d-ROLLBACK0"))
            .Play("d-ROLLBACK0", Rollback("InProgress"), Rollback("Succeeded"));

        stage.Run(Some.Plan()).Outcome.Should().Be(Outcome.RolledBack);
    }

    [Fact]
    public void One_group_that_is_rolled_back_and_one_that_is_not_are_a_failure()
    {
        stage.Deployer
            .Play("d-GRAY00000", Failed("d-ROLLBACK0"))
            .Play("d-ROLLBACK0", Rollback("Succeeded"))
            .Play("d-STABLE000", Some.Seen("Succeeded", id: "d-STABLE000"));

        var report = stage.Run(Some.Plan("gray", "stable"));

        report.Outcome.Should().Be(Outcome.Failed);
        report.Groups.Select(result => result.Outcome).Should().Equal(Outcome.RolledBack, Outcome.Succeeded);
    }

    [Fact]
    public void The_time_may_end_before_the_rollback_does()
    {
        stage.Deployer.Play("d-GRAY00000", Failed("d-ROLLBACK0")).Play("d-ROLLBACK0", Rollback("InProgress"));

        var report = stage.Run(Some.Plan(Some.Watch(timeout: Duration.FromMinutes(10))));

        report.Outcome.Should().Be(Outcome.StillRunning);
        report.Groups[0].Outcome.Should().Be(Outcome.Failed);
        report.Next.Should().BeEmpty("the deployment that was asked for has ended");
    }
}
