using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.EndToEnd.Tests;

/// <summary>The way back.</summary>
public sealed class RollbackTests(Cloud cloud) : IClassFixture<Cloud>
{
    [Fact]
    public async Task One_command_takes_both_stages_back()
    {
        var application = cloud.TakeApplication();
        await DeployAsync("v1", application, "gray", "stable");
        await DeployAsync("v2", application, "gray", "stable");

        var step = await RollbackAsync(application, "--reason", "the weights add up to 115 %");

        (step.ExitCode, step.Outcome).Should().Be((0, "succeeded"), "{0}", step);
        step.Creates.Select(request => request["deploymentGroupName"]).Should().Equal("stable", "gray");
        step.Creates.Should().OnlyContain(request => request["description"]!.StartsWith("the weights add up to 115 %"));
        step.Outputs["revision"].Should().Be(cloud.Revision("v1"));
        step.Outputs["previous-revision"].Should().Be(cloud.Revision("v2"));
        application.Gray.Concat(application.Stable).Should().OnlyContain(instance => cloud.PageOf(instance) == Site.Page("v1"));
    }

    [Fact]
    public async Task A_stage_that_runs_something_else_is_left_alone()
    {
        var application = cloud.TakeApplication();
        await DeployAsync("v1", application, "stable");
        await DeployAsync("v2", application, "stable");
        await DeployAsync("v3", application, "gray");

        var step = await RollbackAsync(application);

        (step.ExitCode, step.Outcome).Should().Be((0, "succeeded"), "{0}", step);
        step.Creates.Should().ContainSingle().Which["deploymentGroupName"].Should().Be("stable");
        application.Stable.Should().OnlyContain(instance => cloud.PageOf(instance) == Site.Page("v1"));
        application.Gray.Should().OnlyContain(instance => cloud.PageOf(instance) == Site.Page("v3"));
    }

    [Fact]
    public async Task What_runs_is_stopped_first()
    {
        var application = cloud.TakeApplication();
        await DeployAsync("v1", application, "gray");
        var held = await (await cloud.JobAsync("held")).For(application).RunAsync("gray", "--timeout", "1s");

        var rollback = RollbackAsync(application, "--stage", "gray");
        await cloud.RequestAsync("StopDeployment", request => request["deploymentId"] == held.DeploymentId);
        cloud.Release(application);
        var step = await rollback;

        held.ExitCode.Should().Be(3, "{0}", held);
        (step.ExitCode, step.Outcome).Should().Be((0, "succeeded"), "{0}", step);
        var stop = step.Requests.Of("StopDeployment").Should().ContainSingle().Subject;
        stop["deploymentId"].Should().Be(held.DeploymentId);
        step.Creates.Should().ContainSingle().Which.Time.Should().BeAfter(stop.Ended);
        application.Gray.Should().OnlyContain(instance => cloud.PageOf(instance) == Site.Page("v1"));
    }

    [Fact]
    public async Task A_failed_deployment_is_taken_back_too()
    {
        var application = cloud.TakeApplication();
        await DeployAsync("v1", application, "gray");
        var broken = await (await cloud.JobAsync("broken")).For(application).RunAsync("deploy", "--deployment-group", "gray");

        var step = await RollbackAsync(application);

        broken.ExitCode.Should().Be(1, "{0}", broken);
        (step.ExitCode, step.Outcome).Should().Be((0, "succeeded"), "{0}", step);
        application.Gray.Should().OnlyContain(instance => cloud.PageOf(instance) == Site.Page("v1"));
    }

    [Fact]
    public async Task Where_there_is_nothing_to_go_back_to_nothing_is_created()
    {
        var application = cloud.TakeApplication();
        await DeployAsync("v1", application, "gray", "stable");

        var step = await RollbackAsync(application);

        (step.ExitCode, step.Outcome).Should().Be((1, "failed"), "{0}", step);
        step.Log.Errors.Should().ContainSingle().Which.Data.Should().Contain("nothing to go back to");
        step.Creates.Should().BeEmpty();
    }

    [Fact]
    public async Task Where_nothing_was_ever_deployed_nothing_is_created()
    {
        var step = await RollbackAsync(cloud.TakeApplication());

        (step.ExitCode, step.Outcome).Should().Be((1, "failed"), "{0}", step);
        step.Creates.Should().BeEmpty();
    }

    private async Task<StepResult> RollbackAsync(Application application, params string[] words) =>
        await (await cloud.JobAsync("v3", "production")).For(application, World.ProductionRole).RunAsync(["rollback", .. words]);

    private async Task DeployAsync(string commit, Application application, params string[] groups)
    {
        var job = (await cloud.JobAsync(commit)).For(application).Input("deployment-group", string.Join('\n', groups));
        var step = await job.RunAsync("deploy", "--comment", "false");
        step.ExitCode.Should().Be(0, "{0}", step);
    }
}
