using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Planning.Stages;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;
using NodaTime;

namespace MacroPortfolio.Core.Tests.Releases;

/// <summary>What a stage asks of a revision that was deployed, and the way back where it fails.</summary>
public sealed class DeployRunProvingTests
{
    private const string Back = "d-BACK00000";

    private readonly Rehearsal stage = new();

    private static Gate.Http Page => new(new Uri("https://gray.example/healthz"), 200, null, null, Duration.FromSeconds(5), Duration.FromSeconds(30), 0);

    private static Observation Good(string id = "d-GRAY00000", char commit = 'a') => Some.Seen("Succeeded", Some.Counts(succeeded: 2), id, Some.GitHub(commit));

    private static Observation Bad(string? rollback = null) =>
        Some.Seen("Failed", Some.Counts(succeeded: 1, failed: 1), error: Some.HealthConstraints, rollsBackAt: rollback is null ? null : ["DEPLOYMENT_FAILURE"], rollback: rollback);

    private static GroupPlan To(string group = "gray", bool back = true) => Some.GroupPlan(group) with
    {
        WayBack = back ? Some.GroupPlan(group, Some.GitHub('b')) with { Description = $"back in {group}" } : null,
    };

    private static Plan Proved(bool rollsBack, Gate[] gates, params GroupPlan[] groups) =>
        Some.Plan("gray", Some.Watch(), groups) with { Proving = new Proving(new StageName("gray"), gates, Duration.Zero, rollsBack) };

    /// <summary>Deployments are created in turn.</summary>
    private void Creates(params string[] ids)
    {
        var next = new Queue<string>(ids);
        stage.Deployer.Create = _ => Task.FromResult(new DeploymentId(next.Dequeue()));
    }

    [Fact]
    public void Gates_that_pass_leave_a_success_with_their_figures()
    {
        stage.Gates.Probes.Add(ScriptedGates.Good());
        stage.Deployer.Play("d-GRAY00000", Good());

        var report = stage.Run(Proved(true, [Page], To()));

        (report.Outcome, report.Gates.Single().Verdict, stage.Gates.Asked).Should().Be((Outcome.Succeeded, GateVerdict.Pass, 7));
        stage.Deployer.Asked.Count(question => question.StartsWith("create", StringComparison.Ordinal)).Should().Be(1);
    }

    [Fact]
    public void A_gate_that_fails_takes_the_stage_back()
    {
        Creates("d-GRAY00000", Back);
        stage.Gates.Probes.AddRange([ScriptedGates.Good(), ScriptedGates.Bad()]);
        stage.Deployer.Play("d-GRAY00000", Good()).Play(Back, Good(Back, 'b'));

        var report = stage.Run(Proved(true, [Page], To()));

        report.Outcome.Should().Be(Outcome.RolledBack);
        report.Reason.Should().Be(
            "The gate https://gray.example/healthz failed: 1 of 2 answers failed, none may: answered 500 instead of 200. "
            + $"gray had acme/site@aaaaaaa, which failed a gate. gray was taken back to acme/site@bbbbbbb by {Back}.");
        (report.Groups[0].RunsNow, report.Groups[0].Back!.Id!.Value.Value).Should().Be((Some.GitHub('b'), Back));
        stage.Gates.Asked.Should().Be(2, "no further answer changes the verdict");
        stage.Log.Should().Contain("gray: taking it back to acme/site@bbbbbbb");
    }

    [Fact]
    public void A_gate_that_cannot_tell_leaves_the_stage_as_it_is_for_a_person_to_look()
    {
        stage.Gates.Probes.Add(ScriptedGates.Silent);
        stage.Deployer.Play("d-GRAY00000", Good());

        var report = stage.Run(Proved(true, [Page], To()));

        (report.Outcome, report.Groups[0].Outcome).Should().Be((Outcome.Held, Outcome.Succeeded));
        report.Reason.Should().StartWith("The gate https://gray.example/healthz is inconclusive: never answered");
    }

    [Fact]
    public void A_stage_that_is_never_taken_back_stays_failed()
    {
        stage.Gates.Probes.Add(ScriptedGates.Bad());
        stage.Deployer.Play("d-GRAY00000", Good());

        var report = stage.Run(Proved(false, [Page], To()));

        (report.Outcome, report.Groups[0].RunsNow).Should().Be((Outcome.Failed, null));
        report.Reason.Should().EndWith("It was not taken back.");
    }

    [Fact]
    public void A_deployment_that_fails_is_taken_back_by_this_run_where_CodeDeploy_does_not()
    {
        Creates("d-GRAY00000", Back);
        stage.Deployer.Play("d-GRAY00000", Bad()).Play(Back, Good(Back, 'b'));

        stage.Run(Proved(true, [], To())).Outcome.Should().Be(Outcome.RolledBack);
        stage.Reporter.Said.Select(said => said.Event).OfType<RunEvent.Started>().Should().ContainSingle("what the post stage may stop is the deployment, not the way back").Which.Id.Value.Should().Be("d-GRAY00000");
        stage.Log.Should().Contain($"gray: {Back} created for acme/site@bbbbbbb");
        stage.Deployer.Asked.Count(question => question == "create gray").Should().Be(2);
    }

    [Fact]
    public void Where_CodeDeploy_went_back_to_the_same_revision_nothing_more_is_created()
    {
        Creates("d-GRAY00000");
        stage.Deployer.Play("d-GRAY00000", Bad("d-ROLLBACK0")).Play("d-ROLLBACK0", Good("d-ROLLBACK0", 'b'));

        stage.Run(Proved(true, [], To())).Outcome.Should().Be(Outcome.RolledBack);
    }

    [Fact]
    public void Where_CodeDeploy_went_back_to_something_else_this_run_goes_on_to_what_was_good()
    {
        Creates("d-GRAY00000", Back);
        stage.Deployer.Play("d-GRAY00000", Bad("d-ROLLBACK0")).Play("d-ROLLBACK0", Good("d-ROLLBACK0", 'c')).Play(Back, Good(Back, 'b'));

        stage.Run(Proved(true, [], To())).Groups[0].RunsNow.Should().Be(Some.GitHub('b'));
    }

    [Fact]
    public void Where_nothing_was_good_before_that_is_said_and_the_run_has_failed()
    {
        stage.Deployer.Play("d-GRAY00000", Bad());

        stage.Run(Proved(true, [], To(back: false))).Outcome.Should().Be(Outcome.Failed);
        stage.Log.Should().Contain("gray: no earlier revision has succeeded there, so there is nothing to go back to");
    }

    [Fact]
    public void What_touched_no_instance_needs_no_way_back()
    {
        Creates("d-GRAY00000");
        stage.Deployer.Play("d-GRAY00000", Some.Seen("Failed", Some.Counts(pending: 2), error: Some.HealthConstraints));

        stage.Run(Proved(true, [], To())).Outcome.Should().Be(Outcome.Failed);
    }

    [Fact]
    public void What_somebody_has_deployed_since_is_left_to_him()
    {
        Creates("d-GRAY00000");
        var (mine, newer) = (Some.Past(7, Some.GitHub()) with { Id = new("d-GRAY00000") }, Some.Past(8, Some.GitHub('c')));
        stage.Deployer.Play("d-GRAY00000", Bad());
        stage.Deployer.Histories.Enqueue(() => []);
        stage.Deployer.List(newer, mine);

        var report = stage.Run(Proved(true, [], To()));

        report.Outcome.Should().Be(Outcome.Failed);
        stage.Log.Should().ContainMatch("gray is not taken back, because d-000000008 of acme/site@ccccccc*came after d-GRAY00000.");
    }

    [Fact]
    public void A_way_back_that_fails_leaves_a_failure_that_says_so()
    {
        Creates("d-GRAY00000", Back);
        stage.Deployer.Play("d-GRAY00000", Bad()).Play(Back, Some.Seen("Failed", Some.Counts(failed: 2), Back, Some.GitHub('b')));

        var report = stage.Run(Proved(true, [], To()));

        (report.Outcome, report.Groups[0].RunsNow).Should().Be((Outcome.Failed, null));
        report.Reason.Should().Contain("The way back to acme/site@bbbbbbb did not arrive:");
    }

    [Fact]
    public void Every_group_that_was_touched_goes_back_the_newest_first()
    {
        Creates("d-ONE000000", "d-TWO000000", "d-BACKTWO00", "d-BACKONE00");
        stage.Deployer
            .Play("d-ONE000000", Good("d-ONE000000")).Play("d-TWO000000", Some.Seen("Failed", Some.Counts(failed: 2), "d-TWO000000"))
            .Play("d-BACKTWO00", Good("d-BACKTWO00", 'b')).Play("d-BACKONE00", Good("d-BACKONE00", 'b'));

        var report = stage.Run(Proved(true, [], To("one"), To("two")));

        report.Outcome.Should().Be(Outcome.RolledBack);
        stage.Deployer.Asked.Where(question => question.StartsWith("create", StringComparison.Ordinal)).Should().Equal("create one", "create two", "create two", "create one");
        report.Groups.Select(group => group.Back!.Id!.Value.Value).Should().Equal("d-BACKONE00", "d-BACKTWO00");
    }

    [Fact]
    public void In_waves_what_comes_later_does_not_start_once_something_failed()
    {
        Creates("d-ONE000000");
        stage.Deployer.Play("d-ONE000000", Some.Seen("Failed", Some.Counts(failed: 2), "d-ONE000000"));

        var report = stage.Run(Proved(false, [], To("one"), To("two")) with { MaxParallel = 1 });

        (report.Outcome, report.Groups[1].Outcome, report.Groups[1].Id).Should().Be((Outcome.Failed, Outcome.Held, null));
        report.Groups[1].Reason.Should().Be("Nothing was deployed to two, because one came first and has not succeeded.");
    }

    [Fact]
    public void In_waves_each_begins_when_the_one_before_has_ended()
    {
        Creates("d-ONE000000", "d-TWO000000");
        stage.Deployer.Play("d-ONE000000", Some.Seen("InProgress", id: "d-ONE000000"), Good("d-ONE000000")).Play("d-TWO000000", Good("d-TWO000000"));

        stage.Run(Proved(true, [], To("one"), To("two")) with { MaxParallel = 1 }).Outcome.Should().Be(Outcome.Succeeded);

        stage.Deployer.Asked.Where(question => question.StartsWith("create", StringComparison.Ordinal) || question.StartsWith("observe", StringComparison.Ordinal))
            .Should().Equal("create one", "observe d-ONE000000", "observe d-ONE000000", "create two", "observe d-TWO000000");
    }

    [Fact]
    public void The_time_that_a_run_waits_is_that_of_all_its_waves()
    {
        Creates("d-ONE000000", "d-TWO000000");
        var running = Some.Seen("InProgress", id: "d-ONE000000");
        stage.Deployer.Play("d-ONE000000", running, running, running, Good("d-ONE000000")).Play("d-TWO000000", Some.Seen("InProgress", id: "d-TWO000000"));

        var report = stage.Run(Some.Plan("gray", Some.Watch(timeout: Duration.FromSeconds(60)), To("one"), To("two")) with { MaxParallel = 1 });

        (report.Outcome, report.Took <= Duration.FromSeconds(61)).Should().Be((Outcome.StillRunning, true));
    }

    [Fact]
    public void Cancelled_on_the_way_back_it_lets_the_way_back_go_on()
    {
        Creates("d-GRAY00000", Back);
        stage.Deployer.Play("d-GRAY00000", Bad()).Play(Back, Some.Seen("InProgress", Some.Counts(inProgress: 2), Back, Some.GitHub('b')));

        var report = stage.Run(Proved(true, [], To()), cancelAfterSeconds: 60);

        report.Outcome.Should().Be(Outcome.Cancelled);
        stage.Deployer.Asked.Should().NotContain(question => question.StartsWith("stop", StringComparison.Ordinal));
    }
}
