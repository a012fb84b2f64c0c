namespace MacroPortfolio.Simulator.Tests.CodeDeploy;

public sealed class BatchTests
{
    [Theory]
    [InlineData("CodeDeployDefault.AllAtOnce", 9)]
    [InlineData("CodeDeployDefault.HalfAtATime", 4)]
    [InlineData("CodeDeployDefault.OneAtATime", 1)]
    public async Task The_predefined_configs_deploy_to_9_4_and_1_of_nine_instances_at_a_time(string config, int atOnce)
    {
        var hosts = Some.Hosts(9);
        var held = hosts.Select(host => host.HoldsAt("Install")).ToList();
        await using var cloud = await Cloud.StartAsync(hosts, config);

        var id = await cloud.DeployAsync();
        for (var done = 0; done < 9; done++)
        {
            var busy = Math.Min(atOnce, 9 - done);
            await cloud.OverviewAsync(id, $"{9 - done - busy} {busy} {done} 0 0");
            held[done].SetResult(ScriptedHost.Success);
        }

        Some.Counts(await cloud.EndedAsync(id, "Succeeded")).Should().Be("0 0 9 0 0");
    }

    [Theory]
    [InlineData("HOST_COUNT", 6, 3)]
    [InlineData("FLEET_PERCENT", 40, 5)]
    public async Task A_custom_config_takes_no_more_out_of_service_than_its_minimum_allows(string type, int value, int atOnce)
    {
        var hosts = Some.Hosts(9);
        foreach (var host in hosts)
            host.HoldsAt("Install");
        await using var cloud = await Cloud.StartAsync(Some.World(Some.Group(config: "mine")).WithConfig("mine", type, value), hosts);

        var id = await cloud.DeployAsync();

        await cloud.OverviewAsync(id, $"{9 - atOnce} {atOnce} 0 0 0");
    }

    [Theory]
    [InlineData("CodeDeployDefault.AllAtOnce", 1, "Succeeded", "0 0 1 8 0")]
    [InlineData("CodeDeployDefault.AllAtOnce", 0, "Failed", "0 0 0 9 0")]
    [InlineData("CodeDeployDefault.HalfAtATime", 5, "Succeeded", "0 0 5 4 0")]
    [InlineData("CodeDeployDefault.HalfAtATime", 4, "Failed", "0 0 4 4 1")]
    public async Task A_deployment_succeeds_with_as_many_instances_as_its_config_needs(string config, int good, string status, string counts)
    {
        var hosts = Some.Hosts(9);
        foreach (var host in hosts.Skip(good))
            host.FailsAt("Install");
        await using var cloud = await Cloud.StartAsync(hosts, config);

        Some.Counts(await cloud.DeployedAsync(status)).Should().Be(counts);
    }

    [Theory]
    [InlineData(0, 1, "Failed", "0 0 0 2 8")]
    [InlineData(0, 8, "Failed", "0 0 7 2 1")]
    [InlineData(0, 9, "Succeeded", "0 0 8 2 0")]
    public async Task With_8_of_10_healthy_two_failures_end_the_deployment_unless_the_last_instance_is_the_second(int first, int second, string status, string counts)
    {
        var hosts = Some.Hosts(10);
        hosts[first].FailsAt("Install");
        hosts[second].FailsAt("Install");
        await using var cloud = await Cloud.StartAsync(Some.World(Some.Group(config: "eight")).WithConfig("eight", "HOST_COUNT", 8), hosts);

        Some.Counts(await cloud.DeployedAsync(status)).Should().Be(counts);
    }

    [Fact]
    public async Task One_at_a_time_lets_the_last_instance_fail()
    {
        var hosts = Some.Hosts(3);
        hosts[2].FailsAt("ValidateService");
        await using var cloud = await Cloud.StartAsync(hosts, "CodeDeployDefault.OneAtATime");

        Some.Counts(await cloud.DeployedAsync("Succeeded")).Should().Be("0 0 2 1 0");
    }

    [Theory]
    [InlineData(0, "0 0 0 1 2")]
    [InlineData(1, "0 0 1 1 1")]
    public async Task One_at_a_time_fails_with_any_other_instance_and_skips_those_after_it(int failing, string counts)
    {
        var hosts = Some.Hosts(3);
        hosts[failing].FailsAt("ValidateService");
        await using var cloud = await Cloud.StartAsync(hosts, "CodeDeployDefault.OneAtATime");

        var deployment = await cloud.DeployedAsync("Failed");

        Some.Counts(deployment).Should().Be(counts);
        deployment["errorInformation"]!.Text("code").Should().Be("HEALTH_CONSTRAINTS");
        var skipped = await cloud.TargetAsync(deployment.Text("deploymentId"), "i-3");
        skipped.Text("status").Should().Be("Skipped");
        skipped["lifecycleEvents"]!.AsArray().Should().OnlyContain(e => e!.Text("status") == "Skipped");
        hosts[2].Events.Should().BeEmpty();
    }

    [Fact]
    public async Task One_at_a_time_needs_the_only_instance_of_a_group()
    {
        await using var cloud = await Cloud.StartAsync([Some.Host().FailsAt("Install")], "CodeDeployDefault.OneAtATime");

        await cloud.DeployedAsync("Failed");
    }

    [Fact]
    public async Task What_has_failed_stays_out_of_service_so_fewer_are_deployed_to_at_a_time()
    {
        var hosts = Some.Hosts(9);
        var held = hosts.Select(host => host.HoldsAt("Install")).ToList();
        await using var cloud = await Cloud.StartAsync(Some.World(Some.Group(config: "six")).WithConfig("six", "HOST_COUNT", 6), hosts);

        var id = await cloud.DeployAsync();
        await cloud.OverviewAsync(id, "6 3 0 0 0");
        held[0].SetResult(ScriptedHost.Failure);
        await cloud.OverviewAsync(id, "6 2 0 1 0");
        held[1].SetResult(ScriptedHost.Success);
        await cloud.OverviewAsync(id, "5 2 1 1 0");
        held[2].SetResult(ScriptedHost.Failure);
        await cloud.OverviewAsync(id, "5 1 1 2 0");
        held[3].SetResult(ScriptedHost.Failure);

        Some.Counts(await cloud.EndedAsync(id, "Failed")).Should().Be("0 0 1 3 5");
    }

    [Theory]
    [InlineData("HOST_COUNT", 10, 10)]
    [InlineData("FLEET_PERCENT", 95, 10)]
    [InlineData("HOST_COUNT", 3, 2)]
    [InlineData("FLEET_PERCENT", 50, 1)]
    public async Task A_minimum_of_the_whole_fleet_fails_at_once_and_touches_no_instance(string type, int value, int fleet)
    {
        var hosts = Some.Hosts(fleet);
        await using var cloud = await Cloud.StartAsync(Some.World(Some.Group(config: "mine")).WithConfig("mine", type, value), hosts);

        var deployment = await cloud.DeployedAsync("Failed");

        deployment["errorInformation"]!.Text("code").Should().Be("HEALTH_CONSTRAINTS");
        Some.Counts(deployment).Should().Be($"0 0 0 0 {fleet}");
        hosts.Should().OnlyContain(host => host.Events.Count == 0);
    }

    [Fact]
    public async Task The_next_deployment_begins_with_the_instances_that_failed_in_the_last()
    {
        var hosts = Some.Hosts(3);
        hosts[2].FailsFor(Cloud.Commit);
        await using var cloud = await Cloud.StartAsync(hosts);
        await cloud.DeployedAsync("Succeeded", Cloud.OtherCommit);
        await cloud.DeployedAsync("Succeeded", Cloud.Commit);
        foreach (var host in hosts)
            host.HoldsAt("Install");

        var id = await cloud.DeployAsync(new
        {
            applicationName = "site",
            deploymentGroupName = "web",
            revision = Some.Revision(new('c', 40)),
            deploymentConfigName = "CodeDeployDefault.OneAtATime",
        });
        await cloud.OverviewAsync(id, "2 1 0 0 0");

        (await cloud.TargetAsync(id, "i-3")).Text("status").Should().Be("InProgress");
    }
}
