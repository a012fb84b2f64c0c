using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;

namespace MacroPortfolio.Core.Tests.Planning;

/// <summary>What a run does about a group, from the group's deployments: product rules, one each.</summary>
public sealed class TurnTests
{
    private static readonly GroupPlan Ours = Some.Marked(attempt: 2);
    private static readonly PastDeployment Before = Some.Past(1, Some.GitHub('0'));

    private static Turn Of(GroupPlan plan, StartSettings? settings, params PastDeployment[] newestFirst) => Turn.Of(plan, newestFirst, settings ?? StartSettings.Default);

    private static StartSettings OnBusyDo(OnBusy policy) => StartSettings.Default with { OnBusy = policy };

    [Fact]
    public void Where_nothing_stands_in_the_way_it_creates()
    {
        Of(Ours, null).Should().Be(new Turn.Create());
        Of(Ours, null, Before).Should().Be(new Turn.Create());
    }

    [Theory]
    [InlineData("Created")]
    [InlineData("InProgress")]
    [InlineData("Paused")]
    public void Its_own_deployment_in_flight_is_watched_on_whichever_attempt_made_it(string status)
    {
        foreach (var attempt in new[] { 1, 2 })
        {
            var own = Some.Made(9, Some.Marked(attempt: attempt), status);

            Of(Ours, null, own, Before).Should().Be(new Turn.Attach(own, Ours: true));
        }
    }

    [Fact]
    public void What_succeeded_meanwhile_is_reported_unless_it_is_to_be_redeployed()
    {
        var own = Some.Made(9, Some.Marked(attempt: 1), "Succeeded");

        Of(Ours, null, own, Before).Should().Be(new Turn.Attach(own, Ours: true));
        Of(Ours, StartSettings.Default with { Redeploy = true }, own, Before).Should().Be(new Turn.Create());
    }

    [Fact]
    public void What_succeeded_and_was_replaced_since_is_made_anew()
    {
        var own = Some.Made(8, Some.Marked(attempt: 1), "Succeeded");

        Of(Ours, null, Some.Past(9, Some.GitHub('b'), description: "by hand"), own).Should().Be(new Turn.Create());
    }

    [Theory]
    [InlineData("Failed")]
    [InlineData("Stopped")]
    public void What_failed_or_was_stopped_is_made_anew_by_a_later_attempt_and_reported_by_the_same(string status)
    {
        var (earlier, same) = (Some.Made(9, Some.Marked(attempt: 1), status), Some.Made(9, Some.Marked(attempt: 2), status));

        Of(Ours, null, earlier).Should().Be(new Turn.Create());
        Of(Ours, null, same).Should().Be(new Turn.Attach(same, Ours: true));
    }

    [Fact]
    public void The_same_attempt_never_makes_a_second_one_not_even_if_it_is_to_redeploy_and_others_came_since()
    {
        var own = Some.Made(8, Some.Marked(attempt: 2), "Succeeded");

        Of(Ours, StartSettings.Default with { Redeploy = true }, Some.Past(9, Some.GitHub('b'), description: "by hand"), own).Should().Be(new Turn.Attach(own, Ours: true));
    }

    [Fact]
    public void The_newest_of_its_own_decides()
    {
        var (failed, retried) = (Some.Made(7, Some.Marked(attempt: 1), "Failed"), Some.Made(9, Some.Marked(attempt: 2), "Succeeded"));

        Of(Some.Marked(attempt: 3), null, retried, failed).Should().Be(new Turn.Attach(retried, Ours: true));
    }

    [Fact]
    public void A_marker_alone_does_not_make_a_deployment_ours()
    {
        var forged = Some.Past(9, Some.GitHub('b'), "Succeeded", description: Some.Marked(attempt: 2).Description);
        var copied = Some.Made(9, Some.Marked(attempt: 2), "Succeeded") with { Creator = "codeDeployRollback" };

        Of(Ours, null, forged).Should().Be(new Turn.Create(), "its revision is another");
        Of(Ours, null, copied).Should().Be(new Turn.Create(), "CodeDeploy made it");
    }

    [Theory]
    [InlineData("InProgress")]
    [InlineData("Succeeded")]
    public void A_later_runs_deployment_is_compared_first(string status)
    {
        var newer = Some.Made(9, Some.Marked(commit: 'b', run: 43), status);

        Of(Ours, null, newer, Before).Should().Be(new Turn.Compare(newer));
        Of(Ours, null, Some.Past(10, Some.GitHub('c'), description: "by hand"), newer, Before).Should().Be(new Turn.Compare(newer), "what a person did since changes nothing of the order of runs");
    }

    [Fact]
    public void A_later_run_that_failed_is_no_obstacle() =>
        Of(Ours, null, Some.Made(9, Some.Marked(commit: 'b', run: 43), "Failed"), Before).Should().Be(new Turn.Create());

    [Fact]
    public void A_later_run_that_was_stopped_may_have_made_way_for_one_that_passes_first()
    {
        var stopped = Some.Made(9, Some.Marked(commit: 'b', run: 43), "Stopped");

        Of(Ours, null, stopped, Before).Should().Be(new Turn.LetPass(stopped));
        Of(Ours, StartSettings.Default with { Insist = true }, stopped, Before).Should().Be(new Turn.Create());
        Of(Ours, null, Some.Past(10, Some.GitHub('c'), description: "by hand"), stopped, Before).Should().Be(new Turn.Create(), "somebody has passed");
    }

    [Fact]
    public void An_earlier_run_that_was_stopped_is_no_obstacle() =>
        Of(Ours, null, Some.Made(9, Some.Marked(commit: 'b', run: 41), "Stopped"), Before).Should().Be(new Turn.Create());

    [Fact]
    public void Whoever_insists_is_not_held_by_a_later_run_but_waits_for_it()
    {
        var (done, running) = (Some.Made(9, Some.Marked(commit: 'b', run: 43), "Succeeded"), Some.Made(9, Some.Marked(commit: 'b', run: 43)));

        Of(Ours, StartSettings.Default with { Insist = true }, done).Should().Be(new Turn.Create());
        Of(Ours, StartSettings.Default with { Insist = true }, running).Should().Be(new Turn.Wait(running));
    }

    [Fact]
    public void A_way_back_is_never_too_late() =>
        Of(Some.Marked("rollback"), StartSettings.WayBack, Some.Made(9, Some.Marked(commit: 'b', run: 43), "Succeeded")).Should().Be(new Turn.Create());

    [Fact]
    public void Runs_of_another_repository_have_an_order_of_their_own() =>
        Of(Ours, null, Some.Past(9, Some.GitHub('b'), description: (Some.Marker() with { Repository = "acme/other", Subject = "acme/other@bbbbbbb", Run = 99 }).Describe(null))).Should().Be(new Turn.Create());

    public static TheoryData<string, PastDeployment> Others => new()
    {
        { "a person's", Some.Past(9, Some.GitHub('b'), "InProgress", description: "by hand") },
        { "an Auto Scaling deployment", Some.Past(9, Some.GitHub('b'), "InProgress", description: "", creator: "autoscaling") },
        { "CodeDeploy's rollback", Some.Past(9, Some.GitHub('b'), "InProgress", creator: "codeDeployRollback") },
        { "an older run's rollback", Some.Made(9, Some.Marked("rollback", commit: 'b', run: 40)) },
        { "another step of the same run", Some.Past(9, Some.GitHub('b'), "InProgress", description: (Some.Marker() with { Step = "other" }).Describe(null)) },
        { "a status that is not known", Some.Past(9, Some.GitHub('b'), "Paused", description: "by hand") },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void Whatever_is_in_flight_is_waited_for(string whose, PastDeployment other)
    {
        Of(Ours, OnBusyDo(OnBusy.Queue), other, Before).Should().Be(new Turn.Wait(other), whose);
        Of(Ours, OnBusyDo(OnBusy.Supersede), other, Before).Should().Be(new Turn.Wait(other), "{0} is not stopped for a later run", whose);
        Of(Ours, OnBusyDo(OnBusy.Fail), other, Before).Should().BeOfType<Turn.Held>(whose).Which.Why.Should().Contain("d-000000009");
        Of(Ours, OnBusyDo(OnBusy.Attach), other, Before).Should().BeOfType<Turn.Held>(whose).Which.Why.Should().Contain("It is not acme/site@aaaaaaa");
    }

    [Fact]
    public void An_older_runs_deployment_is_superseded()
    {
        var older = Some.Made(9, Some.Marked(commit: 'b', run: 40));

        Of(Ours, OnBusyDo(OnBusy.Supersede), older, Before).Should().Be(new Turn.Clear(older));
    }

    [Fact]
    public void To_the_same_revision_whoever_deploys_it_is_attached()
    {
        var same = Some.Past(9, Some.GitHub('a'), "InProgress", description: "by hand");

        Of(Ours, OnBusyDo(OnBusy.Attach), same, Before).Should().Be(new Turn.Attach(same, Ours: false));
    }

    [Fact]
    public void A_way_back_takes_over_from_all_but_another_way_back()
    {
        var (persons, way) = (Some.Past(9, Some.GitHub('b'), "InProgress", description: "by hand"), Some.Past(9, Some.GitHub('b'), "InProgress", creator: "codeDeployRollback"));

        Of(Some.Marked("rollback"), StartSettings.WayBack, persons).Should().Be(new Turn.Clear(persons));
        Of(Some.Marked("rollback"), StartSettings.WayBack, way).Should().Be(new Turn.Wait(way));
    }

    [Fact]
    public void By_hand_there_is_no_own_and_no_order()
    {
        var newer = Some.Made(9, Some.Marked(run: 99), "Succeeded");

        Of(Some.GroupPlan(), null, newer).Should().Be(new Turn.Create());
    }
}
