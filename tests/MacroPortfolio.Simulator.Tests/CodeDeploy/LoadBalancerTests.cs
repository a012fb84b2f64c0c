using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Tests.CodeDeploy;

public sealed class LoadBalancerTests
{
    private static readonly string[] Order =
    [
        "BeforeBlockTraffic", "BlockTraffic", "AfterBlockTraffic",
        "ApplicationStop", "DownloadBundle", "BeforeInstall", "Install", "AfterInstall", "ApplicationStart", "ValidateService",
        "BeforeAllowTraffic", "AllowTraffic", "AfterAllowTraffic",
    ];

    private static readonly DeploymentGroupWorld Balanced = Some.Group() with { TargetGroups = ["web"] };

    [Fact]
    public async Task Behind_a_load_balancer_six_traffic_events_surround_the_others_and_the_agent_gets_all_but_two()
    {
        var host = Some.Host();
        await using var cloud = await Cloud.StartAsync(Some.World(Balanced), [host]);

        var deployment = await cloud.DeployedAsync("Succeeded");

        var events = (await cloud.TargetAsync(deployment.Text("deploymentId"), "i-1"))["lifecycleEvents"]!.AsArray();
        events.Select(e => e!.Text("lifecycleEventName")).Should().Equal(Order);
        events.Select(e => e!.Text("status")).Should().OnlyContain(status => status == "Succeeded");
        host.Events.Should().Equal(Order.Except(["BlockTraffic", "AllowTraffic"]));
    }

    [Fact]
    public async Task Draining_and_registering_take_as_long_as_the_world_says()
    {
        await using var cloud = await Cloud.StartAsync(Some.World(Balanced with { DrainSeconds = 30, RegisterSeconds = 10 }), [Some.Host()]);

        var deployment = await cloud.DeployedAsync("Succeeded");

        var events = (await cloud.TargetAsync(deployment.Text("deploymentId"), "i-1"))["lifecycleEvents"]!.AsArray();
        (events[1]!.Number("endTime") - events[1]!.Number("startTime")).Should().BeInRange(30, 31);
        (events[11]!.Number("endTime") - events[11]!.Number("startTime")).Should().BeInRange(10, 11);
    }

    [Fact]
    public async Task Group_and_deployment_say_that_they_control_traffic_and_where()
    {
        await using var cloud = await Cloud.StartAsync(Some.World(Balanced with { LoadBalancers = ["old"] }), [Some.Host()]);

        var deployment = await cloud.DeployedAsync("Succeeded");

        foreach (var shown in new[] { deployment, await cloud.GroupAsync() })
        {
            shown["deploymentStyle"]!.ToJsonString().Should().Be("""{"deploymentType":"IN_PLACE","deploymentOption":"WITH_TRAFFIC_CONTROL"}""");
            shown["loadBalancerInfo"]!.ToJsonString().Should().Be("""{"elbInfoList":[{"name":"old"}],"targetGroupInfoList":[{"name":"web"}]}""");
        }
    }

    [Fact]
    public async Task A_load_balancer_without_traffic_control_is_kept_and_not_used()
    {
        var host = Some.Host();
        await using var cloud = await Cloud.StartAsync([host]);
        var update = new
        {
            applicationName = "site",
            currentDeploymentGroupName = "web",
            loadBalancerInfo = new { targetGroupInfoList = new[] { new { name = "web" } } },
        };

        await cloud.OkAsync("UpdateDeploymentGroup", update);
        await cloud.DeployedAsync("Succeeded");

        (await cloud.GroupAsync())["loadBalancerInfo"]!["targetGroupInfoList"]!.AsArray().Should().ContainSingle();
        host.Events.Should().NotContain("BeforeBlockTraffic");
    }

    [Fact]
    public async Task An_update_can_switch_traffic_control_on_where_the_group_has_a_load_balancer_and_only_there()
    {
        var on = new { deploymentType = "IN_PLACE", deploymentOption = "WITH_TRAFFIC_CONTROL" };
        var host = Some.Host();
        await using var cloud = await Cloud.StartAsync([host]);

        var refused = await cloud.ErrorAsync("UpdateDeploymentGroup", new { applicationName = "site", currentDeploymentGroupName = "web", deploymentStyle = on });
        await cloud.OkAsync("UpdateDeploymentGroup", new
        {
            applicationName = "site",
            currentDeploymentGroupName = "web",
            deploymentStyle = on,
            loadBalancerInfo = new { elbInfoList = new[] { new { name = "web" } } },
        });
        await cloud.DeployedAsync("Succeeded");
        var emptied = await cloud.ErrorAsync("UpdateDeploymentGroup", new
        {
            applicationName = "site",
            currentDeploymentGroupName = "web",
            loadBalancerInfo = new { elbInfoList = Array.Empty<object>() },
        });

        (refused.Name, emptied.Name).Should().Be(("InvalidLoadBalancerInfo", "InvalidLoadBalancerInfo"));
        host.Events.Should().Contain("BeforeBlockTraffic");
    }

    [Theory]
    [InlineData("BeforeBlockTraffic", "Succeeded")]
    [InlineData("AfterBlockTraffic", "Succeeded")]
    [InlineData("BeforeAllowTraffic", "Failed")]
    [InlineData("AfterAllowTraffic", "Failed")]
    public async Task IgnoreApplicationStopFailures_covers_the_scripts_of_the_last_revision_and_no_others(string failing, string status)
    {
        await using var cloud = await Cloud.StartAsync(Some.World(Balanced), [Some.Host().FailsAt(failing)]);

        var id = await cloud.DeployAsync(new
        {
            applicationName = "site",
            deploymentGroupName = "web",
            revision = Some.Revision(Cloud.Commit),
            ignoreApplicationStopFailures = true,
        });

        await cloud.EndedAsync(id, status);
    }

    [Fact]
    public async Task An_instance_that_fails_out_of_the_load_balancer_stays_out_of_it()
    {
        var host = Some.Host().FailsAt("ValidateService");
        await using var cloud = await Cloud.StartAsync(Some.World(Balanced), [host]);

        var failed = await cloud.DeployedAsync("Failed");

        (await cloud.TargetAsync(failed.Text("deploymentId"), "i-1"))["lifecycleEvents"]!.AsArray().Select(e => e!.Text("status")).TakeLast(4)
            .Should().Equal("Failed", "Skipped", "Skipped", "Skipped");
    }
}
