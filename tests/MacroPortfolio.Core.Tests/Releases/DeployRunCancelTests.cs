using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Core.Tests.Releases;

/// <summary>Ten seconds after a job was cancelled the runner kills what is left, so all of this has to be quick.</summary>
public sealed class DeployRunCancelTests
{
    private readonly Rehearsal stage = new();

    private ScriptedDeployer Deployer => stage.Deployer;

    private double SecondsTaken => (stage.Clock.GetUtcNow() - stage.Began).TotalSeconds;

    [Fact]
    public void Before_anything_is_created_nothing_is()
    {
        var report = stage.Run(Some.Plan(), cancelAfterSeconds: 0);

        (report.Outcome, report.Reason).Should().Be((Outcome.Cancelled, "Nothing was running."));
        Deployer.Asked.Should().BeEmpty();
    }

    [Fact]
    public void A_deployment_whose_id_comes_soon_after_is_stopped()
    {
        Deployer.Create = async group =>
        {
            await Task.Delay(TimeSpan.FromSeconds(6), stage.Clock);
            return ScriptedDeployer.IdFor(group.Group.Value);
        };

        var report = stage.Run(Some.Plan("gray", "stable"), cancelAfterSeconds: 4);

        report.Outcome.Should().Be(Outcome.Cancelled);
        report.IsSettled.Should().BeTrue();
        Deployer.Asked.Should().Equal("list gray", "create gray", "stop d-GRAY00000", "all instances of d-GRAY00000");
        SecondsTaken.Should().Be(6);
    }

    [Fact]
    public void A_create_request_that_is_never_answered_is_looked_for_every_second_until_the_last_moment()
    {
        Deployer.Create = _ => new TaskCompletionSource<DeploymentId>().Task;

        var report = stage.Run(Some.Plan(), cancelAfterSeconds: 4, killAfterSeconds: 13.5);

        report.Outcome.Should().Be(Outcome.Cancelled);
        report.Reason.Should().Be(
            "The job was cancelled while it was not known whether the deployment to gray had been created."
            + " None described 'acme/site@aaaaaaa gray by hand (deploy)' was found since; stop it if it appears and is not wanted.");
        report.IsSettled.Should().BeFalse("the post stage is to look once more");
        Deployer.SecondsOf("list gray", stage.Began).Should().Equal(0, 7, 8, 9, 10, 11, 12, 13);
        SecondsTaken.Should().Be(13.5);
    }

    [Fact]
    public void A_deployment_whose_answer_is_lost_is_found_by_its_marker_and_stopped()
    {
        var plan = Some.Marked();
        Deployer.Create = _ => new TaskCompletionSource<DeploymentId>().Task;
        Deployer.List().List().List().List(Some.Made(9, plan));

        var report = stage.Run(Some.Plan("deploy", Some.Watch(), plan), cancelAfterSeconds: 4);

        report.Outcome.Should().Be(Outcome.Cancelled);
        report.Groups[0].Id.Should().Be(new DeploymentId("d-000000009"));
        Deployer.SecondsOf("stop d-000000009", stage.Began).Should().Equal(9);
        stage.Reporter.Of<RunEvent.Started>().Should().ContainSingle("the output names it");
    }

    [Fact]
    public void An_answer_that_comes_while_it_is_looked_for_is_enough()
    {
        Deployer.Create = async group =>
        {
            await Task.Delay(TimeSpan.FromSeconds(9), stage.Clock);
            return ScriptedDeployer.IdFor(group.Group.Value);
        };

        stage.Run(Some.Plan(), cancelAfterSeconds: 4);

        Deployer.SecondsOf("stop d-GRAY00000", stage.Began).Should().Equal(9);
    }

    [Fact]
    public void An_answer_that_was_lost_before_the_cancellation_is_looked_for_after_it()
    {
        var plan = Some.Marked();
        Deployer.Create = _ => throw new UnansweredException("The connection was reset.", new IOException());
        Deployer.List().List().List(Some.Made(9, plan));

        stage.Run(Some.Plan("deploy", Some.Watch(), plan), cancelAfterSeconds: 1);

        Deployer.Asked.Should().StartWith(["list gray", "create gray", "list gray", "list gray", "stop d-000000009"]);
        Deployer.SecondsOf("stop", stage.Began).Should().Equal(1);
    }

    [Fact]
    public void What_was_created_before_is_stopped_at_once_also_when_the_next_request_is_never_answered()
    {
        Deployer.Create = group => group.Group.Value == "gray" ? Task.FromResult(ScriptedDeployer.IdFor("gray")) : new TaskCompletionSource<DeploymentId>().Task;

        var report = stage.Run(Some.Plan("gray", "stable"), cancelAfterSeconds: 4);

        Deployer.SecondsOf("stop d-GRAY00000", stage.Began).Should().Equal(4);
        report.Reason.Should().Contain("d-GRAY00000 was told to stop").And.Contain("not known whether the deployment to stable had been created");
    }

    [Fact]
    public void A_run_that_waits_for_its_turn_stops_nobody()
    {
        var other = Some.Past(7, Some.GitHub('b'), "InProgress");
        Deployer.Play("d-000000007", Some.Seen("InProgress", id: "d-000000007"));

        var report = stage.Run(Some.Plan("deploy", Some.Watch(), Some.Marked() with { First = new Turn.Wait(other) }), cancelAfterSeconds: 30);

        (report.Outcome, report.Reason).Should().Be((Outcome.Cancelled, "Nothing was running."));
        Deployer.Asked.Should().NotContain("create gray").And.NotContain(question => question.StartsWith("stop", StringComparison.Ordinal));
        SecondsTaken.Should().Be(30);
    }

    [Fact]
    public void A_deployment_that_somebody_else_made_goes_on()
    {
        var other = Some.Past(7, Some.GitHub('a'), "InProgress", description: "by hand");
        Deployer.Play("d-000000007", Some.Seen("InProgress", id: "d-000000007"));

        var report = stage.Run(Some.Plan("deploy", Some.Watch(), Some.Marked() with { First = new Turn.Attach(other, Ours: false) }), cancelAfterSeconds: 30);

        (report.Outcome, report.Reason).Should().Be((Outcome.Cancelled, "d-000000007 was not made by this run and goes on."));
        Deployer.Asked.Should().NotContain(question => question.StartsWith("stop", StringComparison.Ordinal));
    }

    [Fact]
    public void A_reporter_that_hangs_holds_up_neither_the_stop_nor_the_end()
    {
        Deployer.Play("d-GRAY00000", Some.Seen("InProgress"));

        var report = stage.Run(Some.Plan(), cancelAfterSeconds: 8, reporter: new StuckReporter());

        report.Outcome.Should().Be(Outcome.Cancelled);
        Deployer.SecondsOf("stop d-GRAY00000", stage.Began).Should().Equal(8);
        SecondsTaken.Should().BeLessThan(8 + 7.5);
    }

    [Fact]
    public void A_deployment_that_was_created_is_stopped_even_before_it_is_told()
    {
        Deployer.Play("d-GRAY00000", Some.Seen("InProgress"));

        var report = stage.Run(Some.Plan(), cancelAfterSeconds: 2, reporter: new TellsLate(stage.Clock));

        (report.Outcome, report.Groups[0].Id).Should().Be((Outcome.Cancelled, new DeploymentId("d-GRAY00000")));
        Deployer.SecondsOf("stop d-GRAY00000", stage.Began).Should().Equal(2);
    }

    /// <summary>It takes a while over the word that a deployment was created.</summary>
    private sealed class TellsLate(TimeProvider time) : IReporter
    {
        public Task ReportAsync(RunEvent happened, CancellationToken ct) => happened is RunEvent.Started ? Task.Delay(TimeSpan.FromSeconds(3), time, ct) : Task.CompletedTask;
    }

    /// <summary>Like a log that nobody reads any more: it takes no word, and no token either.</summary>
    private sealed class StuckReporter : IReporter
    {
        private bool stuck;

        public Task ReportAsync(RunEvent happened, CancellationToken ct) => (stuck |= happened is RunEvent.Changed) ? new TaskCompletionSource().Task : Task.CompletedTask;
    }

    [Fact]
    public void A_running_deployment_is_stopped_at_once()
    {
        Deployer.Play("d-GRAY00000", Some.Seen("InProgress"));

        var report = stage.Run(Some.Plan(), cancelAfterSeconds: 8.5);

        report.Outcome.Should().Be(Outcome.Cancelled);
        report.Reason.Should().Be("d-GRAY00000 was told to stop (Pending); instances that were in the middle of an event may be left half deployed.");
        Deployer.SecondsOf("stop", stage.Began).Should().Equal(8.5);
        SecondsTaken.Should().Be(8.5);
        report.Groups[0].Outcome.Should().Be(Outcome.Cancelled);
    }

    [Fact]
    public void All_running_deployments_are_stopped_and_those_that_have_ended_are_left()
    {
        Deployer
            .Play("d-GRAY00000", Some.Seen("InProgress"))
            .Play("d-STABLE000", Some.Seen("Succeeded", id: "d-STABLE000"))
            .Play("d-BLUE00000", Some.Seen("Paused", id: "d-BLUE00000"));

        stage.Run(Some.Plan("gray", "stable", "blue"), cancelAfterSeconds: 8);

        Deployer.Asked.Where(question => question.StartsWith("stop", StringComparison.Ordinal)).Should().BeEquivalentTo("stop d-GRAY00000", "stop d-BLUE00000");
    }

    [Fact]
    public void Stop_and_rollback_asks_for_both()
    {
        Deployer.Play("d-GRAY00000", Some.Seen("InProgress"));

        var report = stage.Run(Some.Plan(Some.Watch(onCancel: OnCancel.StopAndRollback)), cancelAfterSeconds: 8);

        Deployer.Asked.Should().Contain("stop d-GRAY00000 and roll back");
        report.Reason.Should().StartWith("d-GRAY00000 was told to stop (Pending) and to roll back;");
    }

    [Fact]
    public void Leave_leaves_it_running_and_says_so()
    {
        Deployer.Play("d-GRAY00000", Some.Seen("InProgress"));

        var report = stage.Run(Some.Plan(Some.Watch(onCancel: OnCancel.Leave)), cancelAfterSeconds: 8);

        (report.Outcome, report.Reason).Should().Be((
            Outcome.Cancelled,
            "d-GRAY00000 is left running, as on-cancel says. Watch on with the input deployment-id (d-GRAY00000), or:"
            + " macro-portfolio deploy --application macro-portfolio --deployment-id d-GRAY00000 --aws-region eu-west-1"));
        Deployer.Asked.Should().NotContain(question => question.StartsWith("stop", StringComparison.Ordinal));
    }

    [Fact]
    public void A_rollback_that_CodeDeploy_has_begun_is_never_stopped_halfway()
    {
        Deployer
            .Play("d-GRAY00000", Some.Seen("Failed", Some.Counts(failed: 2), error: Some.HealthConstraints, rollsBackAt: ["DEPLOYMENT_FAILURE"], rollback: "d-ROLLBACK0"))
            .Play("d-ROLLBACK0", Some.Seen("InProgress", id: "d-ROLLBACK0"));

        var report = stage.Run(Some.Plan(), cancelAfterSeconds: 8);

        report.Outcome.Should().Be(Outcome.Cancelled);
        report.Reason.Should().StartWith("CodeDeploy's rollback d-ROLLBACK0 goes on");
        Deployer.Asked.Should().NotContain(question => question.StartsWith("stop", StringComparison.Ordinal));
    }

    [Fact]
    public void A_stop_that_is_refused_is_told()
    {
        Deployer.Play("d-GRAY00000", Some.Seen("InProgress"));
        Deployer.Stop = (_, _) => throw new DeployException(Outcome.NoAccess, "AWS does not let this role stop deployments.", "Add codedeploy:StopDeployment.");

        var report = stage.Run(Some.Plan(), cancelAfterSeconds: 8);

        report.Outcome.Should().Be(Outcome.Cancelled);
        report.Reason.Should().Be("d-GRAY00000 could not be told to stop: AWS does not let this role stop deployments. It may still be running.");
        report.IsSettled.Should().BeFalse("the post stage is to try again");
    }

    [Fact]
    public void A_stop_that_is_not_answered_is_given_some_seconds()
    {
        Deployer.Play("d-GRAY00000", Some.Seen("InProgress"));
        Deployer.Stop = async (_, ct) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, stage.Clock, ct);
            return "";
        };

        var report = stage.Run(Some.Plan(), cancelAfterSeconds: 8);

        report.Reason.Should().Be("d-GRAY00000 could not be told to stop: no answer in time. It may still be running.");
        SecondsTaken.Should().Be(11.5);
    }

    [Fact]
    public void A_cancel_while_another_is_cleared_away_creates_nothing()
    {
        Deployer.Play("d-000000007", Some.Seen("InProgress", id: "d-000000007"));
        var clearing = Some.Marked("rollback") with { First = new Turn.Clear(Some.Past(7, Some.GitHub('b'), "InProgress")) };

        var report = stage.Run(Some.Plan("rollback", Some.Watch(), clearing), cancelAfterSeconds: 8);

        report.Outcome.Should().Be(Outcome.Cancelled);
        Deployer.Asked.Should().NotContain("create gray");
    }
}
