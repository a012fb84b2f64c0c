using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.EndToEnd.Tests;

/// <summary>gray and promote, each a process of its own in a job of its own: nothing is shared but the cloud.</summary>
public sealed class GrayReleaseTests(Cloud cloud) : IClassFixture<Cloud>
{
    [Fact]
    public async Task Promote_deploys_what_gray_runs_though_main_has_moved_on()
    {
        var application = cloud.TakeApplication();

        var gray = await GrayAsync("v1", application);
        var promote = await PromoteAsync("v3", application);

        (gray.ExitCode, gray.Outcome).Should().Be((0, "succeeded"), "{0}", gray);
        gray.Creates.Should().ContainSingle().Which["deploymentGroupName"].Should().Be("gray");
        (promote.ExitCode, promote.Outcome, promote.Outputs["revision"]).Should().Be((0, "succeeded", cloud.Revision("v1")), "{0}", promote);
        promote.Creates.Should().ContainSingle().Which["deploymentGroupName"].Should().Be("stable");
        application.Gray.Concat(application.Stable).Should().OnlyContain(instance => cloud.PageOf(instance) == Site.Page("v1"));
    }

    [Fact]
    public async Task What_was_never_in_gray_is_not_promoted()
    {
        var promote = await PromoteAsync("v1", cloud.TakeApplication());

        ShouldBeHeld(promote, "gray has no deployment");
    }

    [Fact]
    public async Task What_failed_in_gray_is_not_promoted()
    {
        var application = cloud.TakeApplication();
        var gray = await GrayAsync("broken", application);

        var promote = await PromoteAsync("v3", application);

        (gray.ExitCode, gray.Outcome).Should().Be((1, "failed"), "{0}", gray);
        ShouldBeHeld(promote, gray.DeploymentId);
    }

    [Fact]
    public async Task What_an_instance_of_gray_does_not_run_is_not_promoted()
    {
        var application = cloud.TakeApplication();
        var gray = await GrayAsync("partly", application, "--max-failed-instances", "1");

        var promote = await PromoteAsync("v3", application);

        gray.ExitCode.Should().Be(0, "{0}", gray);
        ShouldBeHeld(promote, "1 of 2 instances");
    }

    [Fact]
    public async Task What_is_on_its_way_into_gray_is_not_promoted()
    {
        var application = cloud.TakeApplication();
        var gray = await GrayAsync("held", application, "--timeout", "1s");

        var promote = await PromoteAsync("v3", application);

        (gray.ExitCode, gray.Outcome).Should().Be((3, "still-running"), "{0}", gray);
        ShouldBeHeld(promote, gray.DeploymentId);
    }

    [Fact]
    public async Task What_stable_runs_is_not_promoted_again()
    {
        var application = cloud.TakeApplication();
        var both = await (await cloud.JobAsync("v1")).For(application).RunAsync("deploy", "--deployment-group", "gray", "--deployment-group", "stable");

        var promote = await PromoteAsync("v3", application);

        both.ExitCode.Should().Be(0, "{0}", both);
        ShouldBeHeld(promote, "already runs");
    }

    [Fact]
    public async Task A_revision_that_gray_does_not_run_is_not_promoted()
    {
        var application = cloud.TakeApplication();
        var gray = await GrayAsync("v1", application);

        var promote = await PromoteAsync("v3", application, "--revision", cloud.Revision("v2"));

        gray.ExitCode.Should().Be(0, "{0}", gray);
        ShouldBeHeld(promote, "not proved");
    }

    [Fact]
    public async Task Gray_says_what_comes_next()
    {
        var application = cloud.TakeApplication();

        var gray = await GrayAsync("v2", application, "--environment-url", "https://gray.acme.example/");

        gray.ExitCode.Should().Be(0, "{0}", gray);
        gray.Log.Text.Should().Contain("promote").And.Contain("roll");
        gray.Summary.Should().Contain("```mermaid").And.Contain("gantt").And.Contain(application.Gray[0]);
    }

    private async Task<StepResult> GrayAsync(string commit, Application application, params string[] words) =>
        await (await cloud.JobAsync(commit)).For(application).RunAsync(["gray", .. words]);

    private async Task<StepResult> PromoteAsync(string commit, Application application, params string[] words) =>
        await (await cloud.JobAsync(commit, "production")).For(application, World.ProductionRole).RunAsync(["promote", .. words]);

    private static void ShouldBeHeld(StepResult step, string why)
    {
        (step.ExitCode, step.Outcome).Should().Be((5, "held"), "{0}", step);
        step.Log.Errors.Should().ContainSingle().Which.Data.Should().Contain(why);
        step.Creates.Should().BeEmpty();
    }
}
