using CsCheck;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Core.Tests.Releases;

public sealed class VerdictTests
{
    private static readonly DeploymentId RollbackId = new("d-ROLLBACK0");

    private static (Outcome Outcome, string Reason) Of(
        Observation? seen, Observation? rollback = null, DeploymentId? rollbackId = null, FailureAllowance? maxFailed = null, bool vanished = false, Outcome? decided = null, params Target[] targets) =>
        Verdict.Of(Some.GroupPlan(), seen, targets, rollback, rollbackId ?? rollback?.Id, maxFailed ?? FailureAllowance.None, vanished, decided);

    private static Outcome Of(params Outcome[] outcomes) => Verdict.Of([.. outcomes.Select(outcome => Some.Result(outcome: outcome))]);

    [Fact]
    public void Success_of_every_instance_is_success() =>
        Of(Some.Seen("Succeeded", Some.Counts(succeeded: 4))).Should().Be((Outcome.Succeeded, "gray runs acme/site@aaaaaaa."));

    [Fact]
    public void Success_that_missed_instances_is_failure() => Of(Some.Seen("Succeeded", Some.Counts(succeeded: 2, failed: 1, skipped: 1))).Should().Be(
        (Outcome.Failed, "CodeDeploy calls the deployment to gray succeeded, but 2 of 4 instances do not have the revision and max-failed-instances is 0."));

    [Fact]
    public void An_instance_that_CodeDeploy_lost_does_not_have_the_revision_although_no_count_says_so() =>
        Of(Some.Seen("Succeeded", Some.Counts(succeeded: 3)), targets: [Some.Good("i-1"), new Target("i-4", "Unknown", [])]).Should().Be((
            Outcome.Failed,
            "1 of 2 instances ended as Unknown, and CodeDeploy names no event that failed. CodeDeploy calls the deployment to gray succeeded, but 1 of 4 instances do not have the revision and max-failed-instances is 0."));

    [Fact]
    public void Unless_so_many_are_allowed() => Of(Some.Seen("Succeeded", Some.Counts(succeeded: 2, failed: 1, skipped: 1)), maxFailed: new(50, true)).Should().Be(
        (Outcome.Succeeded, "gray runs acme/site@aaaaaaa, without 2 of 4 instances as max-failed-instances allows."));

    [Fact]
    public void A_failure_says_CodeDeploys_reason() => Of(Some.Seen("Failed", error: Some.HealthConstraints)).Should().Be(
        (Outcome.Failed, "The deployment to gray failed. HEALTH_CONSTRAINTS: Too few healthy instances are available for deployment."));

    [Fact]
    public void Where_instances_failed_that_is_the_reason_and_health_constraints_only_a_word() =>
        Of(Some.Seen("Failed", Some.Counts(succeeded: 1, failed: 1), error: Some.HealthConstraints), targets: [Some.Failed("i-1"), Some.Good("i-2")]).Reason
            .Should().Be("1 of 2 instances failed in ApplicationStart: scripts/start.sh, ScriptFailed. The deployment to gray failed (HEALTH_CONSTRAINTS).");

    [Fact]
    public void What_else_CodeDeploy_says_stands_beside_it() =>
        Of(Some.Seen("Stopped", error: new DeploymentError("ALARM_ACTIVE", "Alarm 5xx is active.")), targets: Some.Failed("i-1")).Reason
            .Should().StartWith("1 of 1 instances failed in").And.EndWith("was stopped. ALARM_ACTIVE: Alarm 5xx is active.");

    [Fact]
    public void Where_no_instance_was_begun_the_group_runs_what_it_ran_before_although_the_rollback_failed_too() =>
        Of(Some.Seen("Failed", Some.Counts(skipped: 4), error: Some.HealthConstraints), Some.Seen("Failed", Some.Counts(skipped: 4), "d-ROLLBACK0")).Should().Be((
            Outcome.Failed,
            "The deployment to gray failed (HEALTH_CONSTRAINTS). Neither it nor CodeDeploy's rollback d-ROLLBACK0 began an instance, so gray runs what it ran before."));

    [Fact]
    public void Our_time_out_is_no_failure_and_says_what_a_deployment_that_is_Ready_waits_for()
    {
        Of(Some.Seen("InProgress"), decided: Outcome.StillRunning).Should().Be((Outcome.StillRunning, "The deployment to gray is InProgress and goes on; only this run waits no longer, as its timeout says."));
        Of(Some.Seen("Ready"), decided: Outcome.StillRunning).Reason.Should().Contain("aws deploy continue-deployment --deployment-id d-GRAY00000");
    }

    [Fact]
    public void Or_that_there_is_none() => Of(Some.Seen("Stopped")).Should().Be((Outcome.Failed, "The deployment to gray was stopped. CodeDeploy gives no reason."));

    [Fact]
    public void A_failure_that_CodeDeploy_took_back_is_rolled_back()
    {
        var rollback = Some.Seen("Succeeded", Some.Counts(succeeded: 4), "d-ROLLBACK0", Some.GitHub('b'));

        Of(Some.Seen("Failed", error: Some.HealthConstraints), rollback).Should().Be((
            Outcome.RolledBack,
            "The deployment to gray failed. HEALTH_CONSTRAINTS: Too few healthy instances are available for deployment. CodeDeploy rolled gray back to acme/site@bbbbbbb."));
    }

    [Theory]
    [InlineData("Failed")]
    [InlineData("Stopped")]
    [InlineData("InProgress")]
    [InlineData("Paused")]
    public void Not_so_when_the_rollback_did_not_succeed(string status)
    {
        var (outcome, reason) = Of(Some.Seen("Failed"), Some.Seen(status, id: "d-ROLLBACK0"));

        outcome.Should().Be(Outcome.Failed);
        reason.Should().EndWith($"CodeDeploy's rollback d-ROLLBACK0 is {status}: what gray runs is not certain.");
    }

    [Fact]
    public void Nor_when_the_rollback_missed_instances() =>
        Of(Some.Seen("Failed"), Some.Seen("Succeeded", Some.Counts(succeeded: 3, failed: 1), "d-ROLLBACK0")).Outcome.Should().Be(Outcome.Failed);

    [Fact]
    public void A_rollback_that_was_not_seen_to_its_end_is_a_failure() =>
        Of(Some.Seen("Failed"), rollbackId: RollbackId).Should().Be((
            Outcome.Failed,
            "The deployment to gray failed. CodeDeploy gives no reason. CodeDeploy's rollback d-ROLLBACK0 was not seen to its end."));

    [Fact]
    public void A_rollback_that_never_came_is_told()
    {
        Of(Some.Seen("Failed", rollsBackAt: ["DEPLOYMENT_FAILURE"])).Reason.Should().EndWith("CodeDeploy did not roll back within a minute.");
        Of(Some.Seen("Failed", rollsBackAt: ["DEPLOYMENT_FAILURE"], rollbackMessage: "No previous revision.")).Reason
            .Should().EndWith("CodeDeploy did not roll back: No previous revision.");
    }

    [Fact]
    public void A_deployment_that_vanished_is_not_confirmed_whatever_was_seen_of_it() =>
        Of(Some.Seen("InProgress"), vanished: true).Should().Be((Outcome.Failed, "CodeDeploy no longer knows the deployment of gray, so how it ended could not be confirmed."));

    [Theory]
    [InlineData(Outcome.Cancelled)]
    [InlineData(Outcome.NoAccess)]
    public void What_had_not_ended_is_as_the_run_ended(Outcome decided) =>
        Of(Some.Seen("Baking"), decided: decided).Should().Be((decided, "The deployment to gray is Baking."));

    [Fact]
    public void What_had_ended_is_as_it_ended_whatever_ended_the_run() =>
        Of(Some.Seen("Succeeded", Some.Counts(succeeded: 1)), decided: Outcome.StillRunning).Outcome.Should().Be(Outcome.Succeeded);

    [Fact]
    public void An_unknown_status_is_never_success() => Gen.String.Where(word => word != "Succeeded").Sample(word =>
        Of(Some.Seen(word, Some.Counts(succeeded: 4))).Outcome.Should().NotBe(Outcome.Succeeded));

    [Fact]
    public void A_run_is_good_only_where_everything_is_good()
    {
        Of(Outcome.Succeeded, Outcome.Succeeded).Should().Be(Outcome.Succeeded);
        Of(Outcome.Succeeded, Outcome.Failed).Should().Be(Outcome.Failed);
        Of(Outcome.Succeeded, Outcome.RolledBack).Should().Be(Outcome.Failed);
        Of(Outcome.Failed, Outcome.Cancelled).Should().Be(Outcome.Cancelled);
    }

    [Fact]
    public void A_run_is_rolled_back_only_where_everything_it_touched_is_back()
    {
        var refused = Some.Result("stable", Outcome.NoAccess) with { Id = null };

        Of(Outcome.RolledBack, Outcome.RolledBack).Should().Be(Outcome.RolledBack);
        Of(Outcome.RolledBack, Outcome.Failed).Should().Be(Outcome.Failed);
        Verdict.Of([Some.Result(outcome: Outcome.RolledBack), refused]).Should().Be(Outcome.RolledBack);
    }

    [Fact]
    public void A_run_that_touched_nothing_ends_as_it_was_refused()
    {
        var denied = Some.Result("stable", Outcome.NoAccess) with { Id = null };
        var failed = Some.Result("gray", Outcome.Failed) with { Id = null };

        Verdict.Of([denied, denied]).Should().Be(Outcome.NoAccess);
        Verdict.Of([denied, failed]).Should().Be(Outcome.Failed);
    }

    [Fact]
    public void The_reason_of_a_failed_run_leaves_out_what_went_well()
    {
        var (good, bad) = (Some.Result(reason: "gray is fine."), Some.Result("stable", Outcome.Failed, reason: "stable is not."));

        Verdict.Reason(Outcome.Failed, [good, bad], []).Should().Be("stable is not.");
        Verdict.Reason(Outcome.Succeeded, [good, good], []).Should().Be("gray is fine. gray is fine.");
    }

    [Theory]
    [InlineData(Outcome.Succeeded, "gray", "Try it, then promote acme/site@aaaaaaa, or roll it back.")]
    [InlineData(Outcome.Succeeded, "deploy", "")]
    [InlineData(Outcome.Succeeded, "rollback", "")]
    [InlineData(Outcome.Failed, "promote", "Mend the cause and deploy again, or roll back to the last known good revision.")]
    [InlineData(Outcome.Failed, "rollback", "")]
    [InlineData(Outcome.RolledBack, "deploy", "Mend the cause and deploy again.")]
    public void The_next_step_follows_from_the_outcome_and_the_verb(Outcome outcome, string verb, string next) =>
        Verdict.Next(outcome, Some.Plan(verb, Some.Watch(), Some.GroupPlan()), []).Should().Be(next);

    [Theory]
    [InlineData(Outcome.StillRunning)]
    [InlineData(Outcome.Created)]
    [InlineData(Outcome.NoAccess)]
    public void What_still_runs_can_be_watched_on(Outcome outcome)
    {
        var over = Some.Result("stable");
        var unseen = Some.Result("gray") with { Last = null };
        var running = Some.Result("blue", last: Some.Seen("InProgress", id: "d-BLUE00000"));

        Verdict.Next(outcome, Some.Plan(), [over, unseen, running]).Should().Be(
            "Watch on with the input deployment-id (d-GRAY00000, d-BLUE00000), or: macro-portfolio deploy --application macro-portfolio --deployment-id d-GRAY00000 --aws-region eu-west-1"
            + " ; macro-portfolio deploy --application macro-portfolio --deployment-id d-BLUE00000 --aws-region eu-west-1");
    }

    [Fact]
    public void The_cause_is_what_most_failed_instances_failed_of()
    {
        Target[] targets = [Some.Good("i-1"), Some.Failed("i-2", script: "scripts/stop.sh"), Some.Failed("i-3"), Some.Failed("i-4")];

        Verdict.Cause(targets).Should().Be("2 of 4 instances failed in ApplicationStart: scripts/start.sh, ScriptFailed. ");
        Verdict.Cause([Some.Good("i-1")]).Should().BeEmpty();
    }

    [Fact]
    public void Where_nothing_was_created_there_is_nothing_to_watch_on() =>
        Verdict.Next(Outcome.NoAccess, Some.Plan(), [Some.Result(outcome: Outcome.NoAccess) with { Id = null, Last = null }]).Should().BeEmpty();
}
