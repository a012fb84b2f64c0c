using CsCheck;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;

namespace MacroPortfolio.Core.Tests.Planning;

public sealed class RollbackPlanTests
{
    private static Decision Rollback(GroupHistory[] stages, string? stage = null, Revision? to = null, string? reason = null, FailureAllowance? maxFailed = null) =>
        Planner.Rollback(Some.Basis(), [.. stages.Select(Some.Staged)], stage is null ? null : new StageName(stage), to, reason, Some.Watch(maxFailed: maxFailed));

    private static IReadOnlyList<GroupPlan> Plans(Decision decision) => decision.Should().BeOfType<Decision.Go>().Which.Plan.Groups;

    private static GroupHistory Stage(string name, params (char Commit, string Status)[] newestFirst) =>
        Some.History(name, [.. newestFirst.Select((past, index) => Some.Past(100 - index, Some.GitHub(past.Commit), past.Status, group: name))]);

    [Fact]
    public void The_last_stage_goes_back_and_so_does_an_earlier_one_that_runs_the_same_revision_the_later_first()
    {
        var gray = Stage("gray", ('c', "Succeeded"), ('b', "Succeeded"), ('a', "Succeeded"));
        var stable = Stage("stable", ('c', "Succeeded"), ('a', "Succeeded"));

        var plans = Plans(Rollback([gray, stable]));

        plans.Select(plan => (plan.Group.Value, plan.Revision)).Should().Equal(("stable", Some.GitHub('a')), ("gray", Some.GitHub('b')));
    }

    [Fact]
    public void An_earlier_stage_that_runs_something_else_stays()
    {
        var gray = Stage("gray", ('d', "Succeeded"), ('c', "Succeeded"));
        var stable = Stage("stable", ('c', "Succeeded"), ('a', "Succeeded"));

        Plans(Rollback([gray, stable])).Select(plan => plan.Group.Value).Should().Equal("stable");
    }

    [Fact]
    public void Where_the_last_stage_has_no_deployment_yet_the_one_before_it_goes_back()
    {
        var gray = Stage("gray", ('b', "Succeeded"), ('a', "Succeeded"));

        Plans(Rollback([gray, Stage("stable")])).Select(plan => (plan.Group.Value, plan.Revision)).Should().Equal(("gray", Some.GitHub('a')));
    }

    [Fact]
    public void A_stage_that_is_named_goes_back_alone()
    {
        var gray = Stage("gray", ('b', "Succeeded"), ('a', "Succeeded"));
        var stable = Stage("stable", ('b', "Succeeded"), ('a', "Succeeded"));

        Plans(Rollback([gray, stable], stage: "gray")).Select(plan => plan.Group.Value).Should().Equal("gray");
        Plans(Rollback([gray, stable], stage: "stable")).Select(plan => plan.Group.Value).Should().Equal("stable");
    }

    [Fact]
    public void A_revision_that_is_named_is_gone_back_to()
    {
        var stable = Stage("stable", ('c', "Succeeded"), ('b', "Succeeded"), ('a', "Succeeded"));

        Plans(Rollback([stable], to: Some.GitHub('a'))).Select(plan => plan.Revision).Should().Equal(Some.GitHub('a'));
    }

    [Fact]
    public void A_way_back_can_be_named_where_there_is_none_known() =>
        Plans(Rollback([Stage("stable", ('c', "Failed"))], to: Some.GitHub('a'))).Select(plan => plan.Revision).Should().Equal(Some.GitHub('a'));

    [Fact]
    public void A_failed_deployment_goes_back_to_what_succeeded_before_it() =>
        Plans(Rollback([Stage("gray", ('c', "Failed"), ('b', "Stopped"), ('a', "Succeeded"))])).Select(plan => plan.Revision).Should().Equal(Some.GitHub('a'));

    [Theory]
    [InlineData("InProgress")]
    [InlineData("Queued")]
    [InlineData("Paused")]
    public void A_deployment_in_flight_is_stopped_first(string status)
    {
        var plan = Plans(Rollback([Stage("gray", ('b', status), ('a', "Succeeded"))])).Should().ContainSingle().Which;

        (((Turn.Clear)plan.First).Away.Id, plan.Revision).Should().Be((new DeploymentId("d-000000100"), Some.GitHub('a')));
    }

    [Fact]
    public void A_way_back_that_failed_can_be_tried_again()
    {
        PastDeployment[] history =
        [
            Some.Past(9, Some.GitHub('a'), "Failed", verb: "rollback"),
            Some.Past(8, Some.GitHub('a'), "Stopped", verb: "rollback"),
            Some.Past(7, Some.GitHub('b')),
            Some.Past(6, Some.GitHub('a')),
        ];

        var decision = Rollback([Some.History("stable", history)]);

        decision.Should().BeOfType<Decision.Go>().Which.Plan.Groups.Should().ContainSingle().Which.Revision.Should().Be(Some.GitHub('a'));
    }

    [Fact]
    public void A_way_back_that_is_under_way_is_left_to_arrive()
    {
        PastDeployment[] history = [Some.Past(9, Some.GitHub('a'), "InProgress", creator: "codeDeployRollback", group: "stable"), Some.Past(8, Some.GitHub('b'), "Failed"), Some.Past(7, Some.GitHub('a'))];

        var decision = Rollback([Some.History("stable", history)]);

        decision.Should().BeOfType<Decision.Held>().Which.Why.Should().Be("stable is being rolled back already: d-000000009 to acme/site@aaaaaaa is InProgress.");
    }

    [Fact]
    public void A_deployment_that_is_over_needs_no_stop() =>
        Plans(Rollback([Stage("gray", ('b', "Succeeded"), ('a', "Succeeded"))]))[0].First.Should().BeOfType<Turn.Create>();

    [Fact]
    public void The_way_back_does_not_hang_on_the_bad_revisions_stop_script_and_says_why_it_is_gone()
    {
        var plan = Plans(Rollback([Stage("gray", ('b', "Succeeded"), ('a', "Succeeded"))], reason: "prices are wrong"))[0];

        plan.Settings.IgnoreApplicationStopFailures.Should().BeTrue();
        plan.Description.Should().Be("prices are wrong | acme/site@aaaaaaa gray run 42 job release step deploy (rollback, attempt 1)");
    }

    [Fact]
    public void Nothing_to_go_back_to_is_refused_for_all_when_it_is_so_for_one()
    {
        var gray = Stage("gray", ('b', "Succeeded"));
        var stable = Stage("stable", ('b', "Succeeded"), ('a', "Succeeded"));

        var refused = Rollback([gray, stable]).Should().BeOfType<Decision.Refused>().Which;

        refused.Why.Should().Be("gray runs acme/site@bbbbbbb and no earlier revision has succeeded there, so there is nothing to go back to.");
        refused.Next.Should().Be("Deploy a revision that works, or name one with 'to'.");
    }

    [Fact]
    public void Without_any_deployment_there_is_nothing_to_roll_back()
    {
        Rollback([Stage("gray"), Stage("stable")]).Should().Be(new Decision.Refused("No stage has a deployment, so there is nothing to roll back.", ""));
        Rollback([Stage("gray"), Stage("stable")], stage: "stable").Should().Be(new Decision.Refused("stable has no deployment, so there is nothing to roll back.", ""));
    }

    [Fact]
    public void An_earlier_stage_with_an_unpinned_object_of_the_same_name_goes_back_too()
    {
        var gray = Some.History("gray", Some.Past(9, Some.S3()), Some.Past(8, Some.GitHub('a')));
        var stable = Some.History("stable", Some.Past(9, Some.S3("v1"), group: "stable"), Some.Past(8, Some.GitHub('a'), group: "stable"));

        Plans(Rollback([gray, stable])).Select(plan => plan.Group.Value).Should().Equal("stable", "gray");
    }

    [Fact]
    public void The_way_back_ends_on_a_revision_that_had_succeeded_there() => Gen.Select(Pasts.Any.Array[0, 6], Pasts.Any.Array[0, 6]).Sample((gray, stable) =>
    {
        GroupHistory[] stages = [Some.History("gray", gray), Some.History("stable", stable)];

        if (Rollback(stages) is Decision.Go { Plan.Groups: var plans })
        {
            var last = stable.Length > 0 ? stable : gray;
            var bad = (last.FirstOrDefault(past => past.Status == "Succeeded" || (past.Creator != "codeDeployRollback" && past.Marker?.Verb != "rollback")) ?? last[0]).Revision;
            foreach (var plan in plans)
            {
                var history = plan.Group.Value == "gray" ? gray : stable;
                history.Where(past => past.Status == "Succeeded" && past.Counts!.Missed == 0 && !past.Creator.StartsWith("autoscaling", StringComparison.Ordinal))
                    .Should().Contain(past => ReferenceEquals(past.Revision, plan.Revision));
                plan.Revision.DiffersFrom(bad).Should().BeTrue();
            }
        }
    });
}
