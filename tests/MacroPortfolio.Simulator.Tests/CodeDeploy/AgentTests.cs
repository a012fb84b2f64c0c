using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Tests.CodeDeploy;

public sealed class AgentTests
{
    private const string NotTaken =
        "CodeDeploy agent was not able to receive the lifecycle event. Check the CodeDeploy agent logs on your host and make sure the agent is running and " +
        "can connect to the CodeDeploy server.";

    [Fact]
    public async Task A_silent_agent_fails_its_first_event_after_five_minutes_in_AWS_own_words()
    {
        var host = Some.Host();
        await using var cloud = await Cloud.StartAsync(Some.World(Some.Group()).With(new InstanceWorld { Id = "i-1", Agent = "silent" }), [host]);
        cloud.Step = TimeSpan.FromSeconds(1);

        var failed = await cloud.DeployedAsync("Failed");

        host.Events.Should().BeEmpty();
        var events = (await cloud.TargetAsync(failed.Text("deploymentId"), "i-1"))["lifecycleEvents"]!.AsArray();
        (events[0]!.Text("status"), events[1]!.Text("status")).Should().Be(("Failed", "Skipped"));
        events[0]!["diagnostics"]!.ToJsonString().Should().Be($$"""{"errorCode":"UnknownError","scriptName":"","message":"{{NotTaken}}","logTail":""}""");
        (events[0]!.Number("endTime") - events[0]!.Number("startTime")).Should().BeInRange(300, 302);
        failed["errorInformation"]!.Text("code").Should().Be("HEALTH_CONSTRAINTS");
    }

    [Fact]
    public async Task The_world_says_how_long_the_service_waits_for_an_agent()
    {
        var world = Some.World(Some.Group()).With(new InstanceWorld { Id = "i-1", Agent = "silent" });
        await using var cloud = await Cloud.StartAsync(world with { CodeDeploy = world.CodeDeploy with { AgentPatienceSeconds = 2 } }, [Some.Host()]);

        var failed = await cloud.DeployedAsync("Failed");

        (failed.Number("completeTime") - failed.Number("startTime")).Should().BeInRange(2, 3);
    }

    [Fact]
    public async Task An_agent_that_falls_silent_takes_nothing_any_more_in_later_deployments_neither()
    {
        var host = Some.Host();
        await using var cloud = await Cloud.StartAsync(Some.World(Some.Group()).With(new InstanceWorld { Id = "i-1", AgentSilentFrom = "Install" }), [host]);
        cloud.Step = TimeSpan.FromSeconds(1);

        var first = await cloud.DeployedAsync("Failed");
        await cloud.DeployedAsync("Failed");

        host.Events.Should().Equal("ApplicationStop", "DownloadBundle", "BeforeInstall");
        (await cloud.TargetAsync(first.Text("deploymentId"), "i-1"))["lifecycleEvents"]![3]!["diagnostics"]!.Text("message").Should().Be(NotTaken);
    }

    [Fact]
    public async Task A_silent_agent_holds_up_only_its_own_instance()
    {
        await using var cloud = await Cloud.StartAsync(Some.World(Some.Group()).With(new InstanceWorld { Id = "i-2", Agent = "silent" }), Some.Hosts(3));
        cloud.Step = TimeSpan.FromSeconds(1);

        var ended = await cloud.DeployedAsync("Succeeded");

        Some.Counts(ended).Should().Be("0 0 2 1 0");
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_a_silent_agent()
    {
        await using var cloud = await Cloud.StartAsync(Some.World(Some.Group()).With(new InstanceWorld { Id = "i-1", Agent = "silent" }), [Some.Host()]);
        var id = await cloud.DeployAsync();
        await cloud.OverviewAsync(id, "0 1 0 0 0");

        await cloud.OkAsync("StopDeployment", new { deploymentId = id });
        var stopped = await cloud.EndedAsync(id, "Stopped");

        (stopped.Number("completeTime") - stopped.Number("startTime")).Should().BeLessThan(60);
    }
}
