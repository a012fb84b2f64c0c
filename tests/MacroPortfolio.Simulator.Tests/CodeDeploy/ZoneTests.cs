using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Tests.CodeDeploy;

public sealed class ZoneTests
{
    [Fact]
    public async Task One_zone_comes_after_the_other_and_each_is_watched_before_the_next()
    {
        ScriptedHost[] hosts = [In("b", "i-1"), In("a", "i-2"), In("c", "i-3")];
        await using var cloud = await Cloud.StartAsync(World(new() { FirstZoneMonitorDurationInSeconds = 60, MonitorDurationInSeconds = 20 }), hosts);
        var id = await cloud.DeployAsync();

        var baking = await cloud.StatusAsync(id, "Baking");
        var after = hosts.Select(host => host.Deployments.Count).ToList();
        var ended = await cloud.EndedAsync(id, "Succeeded");
        var (first, second, third) = (await EventsAsync(cloud, id, "i-2"), await EventsAsync(cloud, id, "i-1"), await EventsAsync(cloud, id, "i-3"));

        after.Should().Equal(0, 1, 0);
        Some.Counts(baking).Should().Be("2 0 1 0 0");
        (second.Start - first.End).Should().BeInRange(60, 62);
        (third.Start - second.End).Should().BeInRange(20, 22);
        (ended.Number("completeTime") - third.End).Should().BeLessThan(2);
    }

    [Fact]
    public async Task Without_durations_the_next_zone_follows_at_once()
    {
        await using var cloud = await Cloud.StartAsync(World(new()), [In("a", "i-1"), In("b", "i-2")]);

        var id = (await cloud.DeployedAsync("Succeeded")).Text("deploymentId");

        ((await EventsAsync(cloud, id, "i-2")).Start - (await EventsAsync(cloud, id, "i-1")).End).Should().BeInRange(0, 1);
    }

    [Fact]
    public async Task A_zone_with_too_few_healthy_instances_ends_the_deployment_before_the_next_one()
    {
        ScriptedHost[] hosts = [In("a", "i-1"), In("a", "i-2").FailsAt("Install"), In("b", "i-3"), In("b", "i-4")];
        await using var cloud = await Cloud.StartAsync(World(new() { MinimumHealthyHostsPerZone = new("FLEET_PERCENT", 50) }), hosts);

        var enough = await cloud.DeployedAsync("Succeeded");
        hosts[0].FailsAt("Install");
        var tooFew = await cloud.DeployedAsync("Failed");

        Some.Counts(enough).Should().Be("0 0 3 1 0");
        Some.Counts(tooFew).Should().Be("0 0 0 1 3");
        tooFew["errorInformation"]!.Text("code").Should().Be("HEALTH_CONSTRAINTS");
        hosts[2].Deployments.Should().ContainSingle();
    }

    [Fact]
    public async Task A_minimum_of_a_whole_zone_deploys_nothing()
    {
        ScriptedHost[] hosts = [In("a", "i-1"), In("b", "i-2"), In("b", "i-3")];
        await using var cloud = await Cloud.StartAsync(World(new() { MinimumHealthyHostsPerZone = new("HOST_COUNT", 1) }), hosts);

        var failed = await cloud.DeployedAsync("Failed");

        Some.Counts(failed).Should().Be("0 0 0 0 3");
    }

    [Fact]
    public async Task The_minimum_of_a_zone_limits_how_many_of_it_are_deployed_to_at_a_time()
    {
        ScriptedHost[] hosts = [In("a", "i-1"), In("a", "i-2"), In("a", "i-3")];
        foreach (var host in hosts)
            host.HoldsAt("Install");
        await using var cloud = await Cloud.StartAsync(World(new() { MinimumHealthyHostsPerZone = new("HOST_COUNT", 2) }), hosts);

        await cloud.OverviewAsync(await cloud.DeployAsync(), "2 1 0 0 0");
    }

    [Theory]
    [InlineData(0, "Failed", "0 0 0 1 2")]
    [InlineData(2, "Succeeded", "0 0 2 1 0")]
    public async Task The_minimum_of_the_fleet_holds_over_all_zones(int failing, string status, string counts)
    {
        ScriptedHost[] hosts = [In("a", "i-1"), In("b", "i-2"), In("c", "i-3")];
        hosts[failing].FailsAt("Install");
        await using var cloud = await Cloud.StartAsync(World(new(), minimum: 2), hosts);

        Some.Counts(await cloud.DeployedAsync(status)).Should().Be(counts);
    }

    [Fact]
    public async Task A_stop_ends_the_watching()
    {
        await using var cloud = await Cloud.StartAsync(World(new() { MonitorDurationInSeconds = 3600 }), [In("a", "i-1"), In("b", "i-2")]);
        var id = await cloud.DeployAsync();
        await cloud.StatusAsync(id, "Baking");

        await cloud.OkAsync("StopDeployment", new { deploymentId = id });
        var stopped = await cloud.EndedAsync(id, "Stopped");

        Some.Counts(stopped).Should().Be("0 0 1 0 1");
    }

    [Fact]
    public async Task An_alarm_while_a_zone_is_watched_keeps_the_revision_from_the_next_one()
    {
        ScriptedHost[] hosts = [In("a", "i-1"), In("b", "i-2")];
        await using var cloud = await Cloud.StartAsync(World(new() { MonitorDurationInSeconds = 3600 }, alarms: ["slow"]), hosts);
        var id = await cloud.DeployAsync();
        await cloud.StatusAsync(id, "Baking");

        cloud.Service.Control.SetAlarm("slow", "ALARM");

        (await cloud.EndedAsync(id, "Stopped"))["errorInformation"]!.Text("code").Should().Be("ALARM_ACTIVE");
        hosts[1].Events.Should().BeEmpty();
    }

    [Fact]
    public async Task A_zonal_config_is_created_and_read()
    {
        await using var cloud = await Cloud.StartAsync([]);

        await cloud.OkAsync("CreateDeploymentConfig", new
        {
            deploymentConfigName = "zones",
            minimumHealthyHosts = new { type = "HOST_COUNT", value = 1 },
            zonalConfig = new { monitorDurationInSeconds = 5, minimumHealthyHostsPerZone = new { type = "FLEET_PERCENT", value = 50 } },
        });

        (await cloud.OkAsync("GetDeploymentConfig", new { deploymentConfigName = "zones" }))["deploymentConfigInfo"]!["zonalConfig"]!.ToJsonString()
            .Should().Be("""{"monitorDurationInSeconds":5,"minimumHealthyHostsPerZone":{"type":"FLEET_PERCENT","value":50}}""");
    }

    [Theory]
    [InlineData(-1, "HOST_COUNT", 1)]
    [InlineData(1, "HOST_COUNT", -1)]
    [InlineData(1, "FLEET_PERCENT", 100)]
    [InlineData(1, "MOST_CONCURRENCY", 1)]
    public async Task A_zonal_config_that_makes_no_sense_is_refused(int seconds, string type, int value)
    {
        await using var cloud = await Cloud.StartAsync([]);

        var error = await cloud.ErrorAsync("CreateDeploymentConfig", new
        {
            deploymentConfigName = "zones",
            minimumHealthyHosts = new { type = "HOST_COUNT", value = 1 },
            zonalConfig = new { monitorDurationInSeconds = seconds, minimumHealthyHostsPerZone = new { type, value } },
        });

        error.Name.Should().Be("InvalidZonalDeploymentConfiguration");
    }

    private static ScriptedHost In(string zone, string id) => new(id, ("Release", "web")) { Zone = $"ap-east-1{zone}" };

    private static WorldFile World(ZonalConfigWorld zones, int minimum = 0, string[]? alarms = null)
    {
        var world = Some.World(Some.Group(config: "zones") with { Alarms = alarms ?? [] });
        return world with
        {
            CodeDeploy = world.CodeDeploy with
            {
                DeploymentConfigs = [new() { Name = "zones", MinimumHealthyHosts = new("HOST_COUNT", minimum), ZonalConfig = zones }],
            },
        };
    }

    private static async Task<(double Start, double End)> EventsAsync(Cloud cloud, string id, string instance)
    {
        var events = (await cloud.TargetAsync(id, instance))["lifecycleEvents"]!.AsArray();
        return (events[0]!.Number("startTime"), events[^1]!.Number("endTime"));
    }
}
