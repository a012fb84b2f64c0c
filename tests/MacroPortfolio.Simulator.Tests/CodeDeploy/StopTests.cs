namespace MacroPortfolio.Simulator.Tests.CodeDeploy;

public sealed class StopTests
{
    private const string NoMore = "No more commands will be scheduled for execution in the deployment instances";

    [Fact]
    public async Task A_stopped_deployment_lets_the_running_event_end_and_starts_nothing_more()
    {
        var hosts = Some.Hosts(3);
        var held = hosts[1].HoldsAt("Install");
        await using var cloud = await Cloud.StartAsync(hosts, "CodeDeployDefault.OneAtATime");
        var id = await cloud.DeployAsync();
        await cloud.OverviewAsync(id, "1 1 1 0 0");
        await cloud.UntilAsync(() => Task.FromResult(hosts[1].Events), events => events.Contains("Install"));

        var answer = await cloud.OkAsync("StopDeployment", new { deploymentId = id });
        var stopping = await cloud.DeploymentAsync(id);
        var again = await cloud.OkAsync("StopDeployment", new { deploymentId = id });
        held.SetResult(ScriptedHost.Success);
        var stopped = await cloud.EndedAsync(id, "Stopped");

        (answer.Text("status"), answer.Text("statusMessage")).Should().Be(("Pending", NoMore));
        again.Text("status").Should().Be("Pending");
        stopping.Text("status").Should().Be("InProgress");
        Some.Counts(stopped).Should().Be("0 0 1 1 1");
        stopped["errorInformation"]!.Text("code").Should().Be("MANUAL_STOP");
        (await cloud.TargetAsync(id, "i-2"))["lifecycleEvents"]!.AsArray().Select(e => e!.Text("status"))
            .Should().Equal("Succeeded", "Succeeded", "Succeeded", "Succeeded", "Skipped", "Skipped", "Skipped");
        (await cloud.TargetAsync(id, "i-3")).Text("status").Should().Be("Skipped");
        hosts[1].WasCancelled.Should().BeFalse();
        hosts[1].Events[^1].Should().Be("Install");
        hosts[2].Events.Should().BeEmpty();
    }

    [Fact]
    public async Task A_deployment_that_has_not_started_is_stopped_at_once()
    {
        var host = Some.Host();
        await using var cloud = await Cloud.StartAsync([host], settings: new() { Created = TimeSpan.FromHours(1) });
        var id = await cloud.DeployAsync();

        var answer = await cloud.OkAsync("StopDeployment", new { deploymentId = id });
        var stopped = await cloud.DeploymentAsync(id);
        cloud.Time.Advance(TimeSpan.FromHours(2));
        var next = await cloud.DeployAsync();

        (answer.Text("status"), answer.Text("statusMessage")).Should().Be(("Succeeded", NoMore));
        (stopped.Text("status"), stopped["startTime"]).Should().Be(("Stopped", null));
        await cloud.UntilAsync(() => cloud.DeploymentAsync(next), deployment =>
        {
            cloud.Time.Advance(TimeSpan.FromMinutes(10));
            return deployment.Text("status") == "Succeeded";
        });
        host.Deployments.Select(deployment => deployment.DeploymentId).Should().Equal(next);
    }

    [Fact]
    public async Task A_stop_that_asks_for_a_rollback_where_nothing_has_ever_succeeded_says_why_there_is_none()
    {
        await using var cloud = await Cloud.StartAsync([Some.Host()], settings: new() { Created = TimeSpan.FromHours(1) });
        var id = await cloud.DeployAsync();

        await cloud.OkAsync("StopDeployment", new { deploymentId = id, autoRollbackEnabled = true });
        cloud.Time.Advance(TimeSpan.FromHours(1));
        var stopped = await cloud.UntilAsync(() => cloud.DeploymentAsync(id), deployment => deployment["rollbackInfo"] is not null);

        stopped.Text("status").Should().Be("Stopped");
        stopped["rollbackInfo"]!["rollbackDeploymentId"].Should().BeNull();
        stopped["rollbackInfo"]!.Text("rollbackMessage").Should().Contain("no successful deployment to go back to");
    }

    [Fact]
    public async Task What_is_over_cannot_be_stopped()
    {
        await using var cloud = await Cloud.StartAsync([Some.Host()]);
        var deployment = await cloud.DeployedAsync("Succeeded");

        (await cloud.ErrorAsync("StopDeployment", new { deploymentId = deployment.Text("deploymentId") })).Name.Should().Be("DeploymentAlreadyCompleted");
    }

    [Fact]
    public async Task A_deployment_that_waits_for_a_busy_instance_is_stopped_without_it()
    {
        var shared = new ScriptedHost("i-1", ("Release", "web"), ("Api", "yes"));
        var held = shared.HoldsAt("Install");
        var world = Some.World(Some.Group(), Some.Group("api") with { Ec2TagFilters = [new("Api", null, "KEY_ONLY")] });
        await using var cloud = await Cloud.StartAsync(world, [shared]);
        await cloud.OverviewAsync(await cloud.DeployAsync(), "0 1 0 0 0");
        var waiting = await cloud.DeployAsync(group: "api");
        await cloud.OverviewAsync(waiting, "1 0 0 0 0");

        await cloud.OkAsync("StopDeployment", new { deploymentId = waiting });
        held.SetResult(ScriptedHost.Success);

        Some.Counts(await cloud.EndedAsync(waiting, "Stopped")).Should().Be("0 0 0 0 1");
        shared.Deployments.Should().ContainSingle();
    }

    [Theory]
    [InlineData(null, "DeploymentIdRequired")]
    [InlineData("", "DeploymentIdRequired")]
    [InlineData("d-abc", "InvalidDeploymentId")]
    [InlineData("d-UNKNOWN01", "DeploymentDoesNotExist")]
    public async Task Operations_on_a_deployment_need_its_id(string? id, string error)
    {
        await using var cloud = await Cloud.StartAsync([]);

        foreach (var operation in Some.List("GetDeployment", "StopDeployment", "ContinueDeployment", "ListDeploymentTargets", "ListDeploymentInstances"))
            (await cloud.ErrorAsync(operation, new { deploymentId = id })).Name.Should().Be(error, operation);
    }

    [Fact]
    public async Task An_unknown_deployment_is_told_in_AWS_own_words()
    {
        await using var cloud = await Cloud.StartAsync([]);

        (await cloud.ErrorAsync("GetDeployment", new { deploymentId = "d-UNKNOWN01" })).Message.Should().Be("The deployment d-UNKNOWN01 could not be found");
    }

    [Fact]
    public async Task An_in_place_deployment_cannot_be_continued()
    {
        await using var cloud = await Cloud.StartAsync([Some.Host()]);
        var id = await cloud.DeployAsync();

        (await cloud.ErrorAsync("ContinueDeployment", new { deploymentId = id, deploymentWaitType = "READY_WAIT" }))
            .Name.Should().Be("UnsupportedActionForDeploymentType");
        (await cloud.ErrorAsync("ContinueDeployment", new { deploymentId = id, deploymentWaitType = "COFFEE" }))
            .Name.Should().Be("InvalidDeploymentWaitType");
    }
}
