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
        Deployer.Asked.Should().Equal("create gray", "stop d-GRAY00000");
        SecondsTaken.Should().Be(6);
    }

    [Fact]
    public void A_create_request_that_is_never_answered_is_not_waited_for_and_told()
    {
        Deployer.Create = _ => new TaskCompletionSource<DeploymentId>().Task;

        var report = stage.Run(Some.Plan(), cancelAfterSeconds: 4);

        report.Outcome.Should().Be(Outcome.Cancelled);
        report.Reason.Should().Be(
            "The job was cancelled while CodeDeploy had not yet answered the request to create the deployment."
            + " Look for a deployment of macro-portfolio/gray described 'acme/site@aaaaaaa gray by hand (deploy)' and stop it if it is not wanted.");
        SecondsTaken.Should().Be(7);
    }

    [Fact]
    public void What_was_created_before_is_stopped_also_when_the_next_request_is_never_answered()
    {
        Deployer.Create = group => group.Group.Value == "gray" ? Task.FromResult(ScriptedDeployer.IdFor("gray")) : new TaskCompletionSource<DeploymentId>().Task;

        var report = stage.Run(Some.Plan("gray", "stable"), cancelAfterSeconds: 4);

        Deployer.Asked.Should().Equal("create gray", "create stable", "stop d-GRAY00000");
        report.Reason.Should().Contain("d-GRAY00000 was told to stop").And.Contain("Look for a deployment of macro-portfolio/stable");
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

        Deployer.Asked.Should().EndWith("stop d-GRAY00000 and roll back");
        report.Reason.Should().StartWith("d-GRAY00000 was told to stop (Pending) and to roll back;");
    }

    [Fact]
    public void Leave_leaves_it_running_and_says_so()
    {
        Deployer.Play("d-GRAY00000", Some.Seen("InProgress"));

        var report = stage.Run(Some.Plan(Some.Watch(onCancel: OnCancel.Leave)), cancelAfterSeconds: 8);

        (report.Outcome, report.Reason).Should().Be((Outcome.Cancelled, "d-GRAY00000 is left running, as on-cancel says."));
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
    }

    [Fact]
    public void A_stop_that_is_not_answered_is_given_four_seconds()
    {
        Deployer.Play("d-GRAY00000", Some.Seen("InProgress"));
        Deployer.Stop = async (_, ct) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, stage.Clock, ct);
            return "";
        };

        var report = stage.Run(Some.Plan(), cancelAfterSeconds: 8);

        report.Reason.Should().Be("d-GRAY00000 could not be told to stop: no answer in time. It may still be running.");
        SecondsTaken.Should().Be(12);
    }

    [Fact]
    public void A_deployment_that_is_cleared_out_of_the_way_first_makes_room()
    {
        Deployer.Play("d-OLD000000", Some.Seen("InProgress", id: "d-OLD000000"), Some.Seen("InProgress", id: "d-OLD000000"), Some.Seen("Stopped", id: "d-OLD000000"));
        Deployer.Play("d-GRAY00000", Some.Seen("Succeeded"));

        var report = stage.Run(Clearing());

        report.Outcome.Should().Be(Outcome.Succeeded);
        Deployer.Asked.Should().StartWith(["stop d-OLD000000", "observe d-OLD000000", "observe d-OLD000000", "observe d-OLD000000", "create gray"]);
        stage.Reporter.Of<RunEvent.Clearing>().Should().ContainSingle();
    }

    [Fact]
    public void Trouble_while_it_is_cleared_does_not_end_the_run()
    {
        Deployer.Play("d-OLD000000", Some.Throttled, Some.Seen("InProgress", id: "d-OLD000000"), Some.Throttled, Some.Seen("Stopped", id: "d-OLD000000"));
        Deployer.Play("d-GRAY00000", Some.Seen("Succeeded"));

        var report = stage.Run(Clearing());

        report.Outcome.Should().Be(Outcome.Succeeded);
        stage.Reporter.Of<RunEvent.Trouble>().Should().HaveCount(2);
    }

    [Fact]
    public void A_deployment_that_does_not_stop_in_time_holds_the_run_which_is_not_silent_meanwhile()
    {
        Deployer.Play("d-OLD000000", Some.Seen("InProgress", id: "d-OLD000000"));

        var report = stage.Run(Clearing());

        report.Outcome.Should().Be(Outcome.Held);
        report.Reason.Should().Be("d-OLD000000 was told to stop but has not ended in time, and gray takes one deployment at a time. Run again when it has ended.");
        Deployer.Asked.Should().NotContain("create gray");
        var seconds = stage.Reporter.Said.Select(entry => entry.Second).ToList();
        seconds.Zip(seconds.Skip(1), (one, next) => next - one).Should().OnlyContain(silence => silence <= 60);
    }

    [Fact]
    public void A_deployment_that_cannot_be_stopped_is_a_refusal()
    {
        Deployer.Stop = (_, _) => throw Some.Throttled;

        var report = stage.Run(Clearing());

        report.Outcome.Should().Be(Outcome.Failed);
        report.Reason.Should().StartWith("d-OLD000000 could not be told to stop: CodeDeploy asks for fewer calls (Rate exceeded).");
        Deployer.Asked.Should().NotContain("create gray");
    }

    [Fact]
    public void A_cancel_while_it_is_cleared_creates_nothing()
    {
        Deployer.Play("d-OLD000000", Some.Seen("InProgress", id: "d-OLD000000"));

        var report = stage.Run(Clearing(), cancelAfterSeconds: 8);

        report.Outcome.Should().Be(Outcome.Cancelled);
        Deployer.Asked.Should().NotContain("create gray");
    }

    private static Plan Clearing() => Some.Plan("rollback", Some.Watch(), Some.GroupPlan() with { StopFirst = new DeploymentId("d-OLD000000") });
}
