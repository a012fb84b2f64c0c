using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;
using NodaTime;

namespace MacroPortfolio.Core.Tests.Releases;

public sealed class DeployRunTests
{
    private readonly Rehearsal stage = new();

    private ScriptedDeployer Deployer => stage.Deployer;

    [Fact]
    public void A_deployment_is_created_watched_to_its_end_and_reported()
    {
        Deployer.With("d-GRAY00000", Some.Good("i-1"), Some.Good("i-2")).Play(
            "d-GRAY00000",
            Some.Seen("Created"),
            Some.Seen("InProgress", Some.Counts(inProgress: 1, pending: 1)),
            Some.Seen("InProgress", Some.Counts(inProgress: 1, pending: 1)),
            Some.Seen("Succeeded", Some.Counts(succeeded: 2)));

        var report = stage.Run(Some.Plan());

        report.Outcome.Should().Be(Outcome.Succeeded);
        report.Reason.Should().Be("gray runs acme/site@aaaaaaa.");
        var result = report.Groups.Should().ContainSingle().Which;
        (result.Id, result.Targets.Count, result.Last!.Status).Should().Be((new DeploymentId("d-GRAY00000"), 2, "Succeeded"));
        Deployer.Asked.Should().Equal(
            "list gray", "create gray", "observe d-GRAY00000", "observe d-GRAY00000", "observe d-GRAY00000", "observe d-GRAY00000", "all instances of d-GRAY00000");
    }

    [Fact]
    public void The_log_has_a_line_for_each_change_and_none_for_what_stayed_the_same()
    {
        Deployer.Play(
            "d-GRAY00000",
            Some.Seen("Created"),
            Some.Seen("InProgress", Some.Counts(inProgress: 1, pending: 1)),
            Some.Seen("InProgress", Some.Counts(inProgress: 1, pending: 1)),
            Some.Seen("Succeeded", Some.Counts(succeeded: 2)));

        stage.Run(Some.Plan());

        stage.Log.Take(4).Should().Equal(
            "gray: d-GRAY00000 created for acme/site@aaaaaaa",
            "gray: d-GRAY00000 created, CodeDeploy has not counted instances yet",
            "gray: d-GRAY00000 in progress, 0 of 2 instances done, 1 in progress, 1 pending",
            "gray: d-GRAY00000 succeeded, 2 of 2 instances done");
        stage.Reporter.Of<RunEvent.Ended>().Should().ContainSingle();
    }

    [Fact]
    public void It_looks_as_often_as_the_schedule_says()
    {
        Deployer.Play("d-GRAY00000", [.. Enumerable.Repeat<Look>(Some.Seen("InProgress"), 100), Some.Seen("Succeeded")]);

        stage.Run(Some.Plan());

        Deployer.SecondsOf("observe", stage.Began).Zip(Deployer.SecondsOf("observe", stage.Began).Skip(1), (one, next) => next - one)
            .Should().OnlyContain(pause => pause == 5 || pause == 15).And.HaveCount(100);
    }

    [Fact]
    public void Instances_are_asked_for_only_when_more_have_failed_and_each_failure_is_told_once()
    {
        Deployer.With("d-GRAY00000", Some.Failed("i-1"), Some.Failed("i-2"), Some.Good("i-3")).Play(
            "d-GRAY00000",
            Some.Seen("InProgress", Some.Counts(inProgress: 3)),
            Some.Seen("InProgress", Some.Counts(inProgress: 2, failed: 1)),
            Some.Seen("InProgress", Some.Counts(inProgress: 2, failed: 1)),
            Some.Seen("InProgress", Some.Counts(inProgress: 1, failed: 1, succeeded: 1)),
            Some.Seen("Failed", Some.Counts(succeeded: 1, failed: 2), error: Some.HealthConstraints));

        var report = stage.Run(Some.Plan());

        report.Outcome.Should().Be(Outcome.Failed);
        Deployer.Asked.Count(question => question == "failed instances of d-GRAY00000").Should().Be(2);
        stage.Reporter.Of<RunEvent.InstancesFailed>().SelectMany(failed => failed.Failure.Instances).Should().Equal("i-1", "i-2");
        stage.Log.Should().Contain("gray: i-1, i-2 failed in ApplicationStart: scripts/start.sh, ScriptFailed: Script failed with exit code 1")
            .And.Contain("[stderr]nginx: configuration file test failed");
    }

    [Fact]
    public void While_nothing_fails_no_instance_is_asked_for()
    {
        Deployer.Play("d-GRAY00000", Some.Seen("InProgress", Some.Counts(inProgress: 2)), Some.Seen("Succeeded", Some.Counts(succeeded: 2)));

        stage.Run(Some.Plan());

        Deployer.Asked.Should().NotContain("failed instances of d-GRAY00000");
    }

    [Fact]
    public void What_CodeDeploy_calls_success_is_failure_where_instances_were_missed()
    {
        Deployer.Play("d-GRAY00000", Some.Seen("Succeeded", Some.Counts(succeeded: 3, failed: 1)));

        var report = stage.Run(Some.Plan());

        report.Outcome.Should().Be(Outcome.Failed);
        report.Reason.Should().Contain("1 of 4 instances do not have the revision");
    }

    [Fact]
    public void Unless_so_many_may_be_missed()
    {
        Deployer.Play("d-GRAY00000", Some.Seen("Succeeded", Some.Counts(succeeded: 3, failed: 1)));

        var report = stage.Run(Some.Plan(Some.Watch(maxFailed: new FailureAllowance(25, true))));

        report.Outcome.Should().Be(Outcome.Succeeded);
    }

    [Fact]
    public void When_the_time_is_over_the_deployment_still_runs_and_can_be_watched_on()
    {
        Deployer.Play("d-GRAY00000", Some.Seen("InProgress", Some.Counts(inProgress: 2)));

        var report = stage.Run(Some.Plan(Some.Watch(timeout: Duration.FromMinutes(30))));

        report.Outcome.Should().Be(Outcome.StillRunning);
        report.Took.Should().Be(Duration.FromMinutes(30));
        report.Next.Should().Be("Watch on with the input deployment-id (d-GRAY00000), or: macro-portfolio deploy --application macro-portfolio --deployment-id d-GRAY00000 --aws-region eu-west-1");
        Deployer.Asked.Should().NotContain("stop d-GRAY00000");
    }

    [Fact]
    public void What_ends_at_the_last_moment_has_ended()
    {
        Deployer.Play("d-GRAY00000", Some.Seen("InProgress"), Some.Seen("Succeeded"));

        stage.Run(Some.Plan(Some.Watch(timeout: Duration.FromSeconds(3)))).Outcome.Should().Be(Outcome.Succeeded);
    }

    [Fact]
    public void Without_waiting_the_run_ends_when_the_deployment_is_created()
    {
        var report = stage.Run(Some.Plan(Some.Watch(wait: false)));

        report.Outcome.Should().Be(Outcome.Created);
        report.Reason.Should().Be("The deployment to gray was created.");
        report.Next.Should().Contain("--deployment-id d-GRAY00000");
        Deployer.Asked.Should().Equal("list gray", "create gray");
    }

    [Fact]
    public void Without_waiting_a_deployment_that_was_refused_is_still_a_failure()
    {
        Deployer.Create = _ => throw new DeployException(Outcome.NoAccess, "AWS says no.", "Add codedeploy:CreateDeployment.");

        var report = stage.Run(Some.Plan(Some.Watch(wait: false)));

        report.Outcome.Should().Be(Outcome.NoAccess);
        report.Reason.Should().Be("AWS says no. Add codedeploy:CreateDeployment.");
        report.Next.Should().BeEmpty();
    }

    [Fact]
    public void Without_waiting_one_refusal_of_several_is_a_failure_too()
    {
        Deployer.Create = group => group.Group.Value == "gray" ? throw Some.NoAccess : Task.FromResult(ScriptedDeployer.IdFor(group.Group.Value));

        stage.Run(Some.Plan(Some.Watch(wait: false), "gray", "stable")).Outcome.Should().Be(Outcome.Failed);
    }

    [Fact]
    public void A_deployment_that_exists_is_watched_and_none_is_created()
    {
        Deployer.Play("d-OLD000000", Some.Seen("InProgress", id: "d-OLD000000"), Some.Seen("Succeeded", id: "d-OLD000000"));
        var plan = Some.Plan("deploy", Some.Watch(), Some.GroupPlan() with { First = new Turn.Attach(Some.Past(1, Some.GitHub(), "InProgress") with { Id = new DeploymentId("d-OLD000000") }, Ours: true) });

        var report = stage.Run(plan);

        report.Outcome.Should().Be(Outcome.Succeeded);
        Deployer.Asked.Should().NotContain("create gray");
    }

    [Fact]
    public void A_status_that_is_not_known_is_waited_out()
    {
        Deployer.Play("d-GRAY00000", Some.Seen("Paused"), Some.Seen("Paused"), Some.Seen("Succeeded"));

        var report = stage.Run(Some.Plan());

        report.Outcome.Should().Be(Outcome.Succeeded);
        stage.Log.Should().Contain("gray: d-GRAY00000 'Paused', a status that this version does not know; taken as still running, CodeDeploy has not counted instances yet");
    }

    [Fact]
    public void Several_groups_are_watched_in_one_loop_until_the_last_has_ended()
    {
        Deployer
            .Play("d-GRAY00000", Some.Seen("InProgress"), Some.Seen("Succeeded"))
            .Play("d-STABLE000", Some.Seen("InProgress", id: "d-STABLE000"), Some.Seen("InProgress", id: "d-STABLE000"), Some.Seen("Succeeded", id: "d-STABLE000"));

        var report = stage.Run(Some.Plan("gray", "stable"));

        report.Outcome.Should().Be(Outcome.Succeeded);
        Deployer.Asked.Should().StartWith(
        [
            "list gray", "create gray", "list stable", "create stable",
            "observe d-GRAY00000 d-STABLE000", "observe d-GRAY00000 d-STABLE000", "observe d-STABLE000",
        ]);
    }

    [Fact]
    public void A_group_that_is_refused_does_not_keep_the_others_from_their_end()
    {
        Deployer.Create = group => group.Group.Value == "gray" ? throw Some.NoAccess : Task.FromResult(ScriptedDeployer.IdFor(group.Group.Value));
        Deployer.Play("d-STABLE000", Some.Seen("InProgress", id: "d-STABLE000"), Some.Seen("Succeeded", id: "d-STABLE000"));

        var report = stage.Run(Some.Plan("gray", "stable"));

        report.Outcome.Should().Be(Outcome.Failed);
        report.Groups.Select(result => result.Outcome).Should().Equal(Outcome.NoAccess, Outcome.Succeeded);
        report.Reason.Should().Be("AWS does not let this role watch deployments. Add codedeploy:GetDeployment.");
        stage.Reporter.Of<RunEvent.NotStarted>().Should().ContainSingle().Which.Group.Group.Value.Should().Be("gray");
    }

    [Fact]
    public void Where_everything_is_refused_the_run_ends_as_the_refusal_says_and_watches_nothing()
    {
        Deployer.Create = _ => throw new DeployException(Outcome.Held, "The group is busy.", "Run again later.");

        var report = stage.Run(Some.Plan());

        (report.Outcome, report.Reason).Should().Be((Outcome.Held, "The group is busy. Run again later."));
        Deployer.Asked.Should().Equal("list gray", "create gray");
    }
}
