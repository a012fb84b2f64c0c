using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;

namespace MacroPortfolio.Core.Tests.Planning;

public sealed class DeployPlanTests
{
    [Fact]
    public void A_plan_deploys_the_revision_to_each_group_in_the_order_given()
    {
        var settings = DeploymentSettings.Default with { Config = "CodeDeployDefault.AllAtOnce", Description = "Thursday's release" };

        var decision = Planner.Deploy("deploy", Some.Basis(), Some.GitHub('a'), [Some.History("stable"), Some.History("gray")], settings, StartSettings.Default, Some.Watch());

        var plan = decision.Should().BeOfType<Decision.Go>().Which.Plan;
        plan.Groups.Select(group => group.Group.Value).Should().Equal("stable", "gray");
        plan.Groups.Should().OnlyContain(group =>
            group.Revision == Some.GitHub('a') && group.Settings == settings && group.First is Turn.Create && group.Title == "Show yields per maturity");
        (plan.Verb, plan.CallerArn, plan.Region, plan.Application).Should().Be(("deploy", Some.Basis().CallerArn, Some.Region, Some.Application));
    }

    [Fact]
    public void Each_deployment_is_described_by_its_own_marker_after_the_users_words()
    {
        var settings = DeploymentSettings.Default with { Description = "Thursday's release" };

        var decision = Planner.Deploy("gray", Some.Basis(), Some.GitHub('a'), [Some.History("gray"), Some.History("stable")], settings, StartSettings.Default, Some.Watch());

        decision.Should().BeOfType<Decision.Go>().Which.Plan.Groups.Select(group => group.Description).Should().Equal(
            "Thursday's release | acme/site@aaaaaaa gray run 42 job release step deploy (gray, attempt 1)",
            "Thursday's release | acme/site@aaaaaaa stable run 42 job release step deploy (gray, attempt 1)");
    }

    [Fact]
    public void Outside_a_workflow_there_is_nothing_to_mark()
    {
        var decision = Planner.Deploy("deploy", Some.Basis() with { Run = null }, Some.GitHub('a'), [Some.History("gray")], DeploymentSettings.Default, StartSettings.Default, Some.Watch());

        decision.Should().BeOfType<Decision.Go>().Which.Plan.Groups[0].Description.Should().Be("acme/site@aaaaaaa gray by hand (deploy)");
    }

    [Theory]
    [InlineData("InProgress")]
    [InlineData("Succeeded")]
    public void A_run_that_finds_its_own_deployment_tells_what_was_there_before_it(string status)
    {
        var own = Some.Made(9, Some.Marked(), status);
        var before = Some.Past(7, Some.GitHub('b'));

        var decision = Planner.Deploy(
            "deploy", Some.Basis(), Some.GitHub('a'), [Some.History("gray", own, Some.Past(8, Some.GitHub('c'), "Failed"), before)], DeploymentSettings.Default, StartSettings.Default, Some.Watch());

        var group = decision.Should().BeOfType<Decision.Go>().Which.Plan.Groups[0];
        (group.First, group.Previous, group.State.LastAttempted!.Revision).Should().Be((new Turn.Attach(own, Ours: true), Some.GitHub('b'), Some.GitHub('c')));
    }

    [Fact]
    public void A_title_that_could_not_be_read_is_left_out()
    {
        var decision = Planner.Deploy("deploy", Some.Basis(), Some.GitHub('b'), [Some.History("gray")], DeploymentSettings.Default, StartSettings.Default, Some.Watch());

        decision.Should().BeOfType<Decision.Go>().Which.Plan.Groups[0].Title.Should().BeNull();
    }

    [Theory]
    [InlineData("Created")]
    [InlineData("Queued")]
    [InlineData("InProgress")]
    [InlineData("Baking")]
    [InlineData("Ready")]
    [InlineData("Paused")]
    public void A_busy_group_is_waited_for_also_in_a_status_that_is_not_known(string status)
    {
        var running = Some.Past(7, Some.GitHub('b'), status, group: "stable");

        var decision = Planner.Deploy("deploy", Some.Basis(), Some.GitHub('a'), [Some.History("gray"), Some.History("stable", running)], DeploymentSettings.Default, StartSettings.Default, Some.Watch());

        decision.Should().BeOfType<Decision.Go>().Which.Plan.Groups.Select(group => group.First).Should().Equal(new Turn.Create(), new Turn.Wait(running));
    }

    [Fact]
    public void A_group_that_must_not_be_busy_and_is_holds_the_whole_run()
    {
        var busy = Some.History("stable", Some.Past(7, Some.GitHub('b'), "InProgress", group: "stable"));

        var decision = Planner.Deploy("deploy", Some.Basis(), Some.GitHub('a'), [Some.History("gray"), busy], DeploymentSettings.Default, StartSettings.Default with { OnBusy = OnBusy.Fail }, Some.Watch());

        decision.Should().Be(new Decision.Held(
            "stable is busy: deployment d-000000007 of acme/site@bbbbbbb, made by deploy, run 41 of acme/site, is InProgress.",
            "Run again when it has ended, or let the run wait: on-busy: queue."));
    }

    [Theory]
    [InlineData("Succeeded")]
    [InlineData("Failed")]
    [InlineData("Stopped")]
    public void A_group_whose_last_deployment_is_over_is_not_busy(string status)
    {
        var group = Some.History("gray", Some.Past(7, Some.GitHub('b'), status));

        Planner.Deploy("deploy", Some.Basis(), Some.GitHub('a'), [group], DeploymentSettings.Default, StartSettings.Default, Some.Watch()).Should().BeOfType<Decision.Go>();
    }

    [Fact]
    public void What_the_group_is_taken_away_from_is_the_last_revision_that_succeeded_there()
    {
        var group = Some.History("gray", Some.Past(3, Some.GitHub('c'), "Failed"), Some.Past(2, Some.GitHub('b')));

        var decision = Planner.Deploy("deploy", Some.Basis(), Some.GitHub('a'), [group], DeploymentSettings.Default, StartSettings.Default, Some.Watch());

        decision.Should().BeOfType<Decision.Go>().Which.Plan.Groups[0].Previous.Should().Be(Some.GitHub('b'));
    }

    [Fact]
    public void To_watch_a_deployment_again_creates_nothing()
    {
        var existing = Some.Past(7, Some.GitHub('b'), "InProgress");

        var plan = Planner.Watch(Some.Basis(), Some.Watch(), Some.Group("gray", existing), existing);

        var group = plan.Groups.Should().ContainSingle().Which;
        (group.Existing, group.Revision, group.Description).Should().Be((existing.Id, existing.Revision, existing.Description!));
    }
}
