using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Tests.CodeDeploy;

public sealed class AlarmTests
{
    private static readonly DeploymentGroupWorld Watched = Some.Group() with { Alarms = ["slow", "errors"] };

    [Fact]
    public async Task An_alarm_of_the_group_stops_its_deployment_and_nothing_more_starts()
    {
        var hosts = Some.Hosts(2);
        var held = hosts[0].HoldsAt("Install");
        await using var cloud = await Cloud.StartAsync(Some.World(Watched with { DeploymentConfig = "CodeDeployDefault.OneAtATime" }), hosts);
        var id = await cloud.DeployAsync();
        await cloud.UntilAsync(() => Task.FromResult(hosts[0].Events), events => events.Contains("Install"));

        cloud.Service.Control.SetAlarm("errors", "ALARM");
        held.SetResult(ScriptedHost.Success);
        var stopped = await cloud.EndedAsync(id, "Stopped");

        stopped["errorInformation"]!.Text("code").Should().Be("ALARM_ACTIVE");
        stopped["errorInformation"]!.Text("message").Should().EndWith("Activated alarms: errors");
        Some.Counts(stopped).Should().Be("0 0 0 1 1");
        stopped["rollbackInfo"].Should().BeNull();
    }

    [Theory]
    [InlineData("DEPLOYMENT_STOP_ON_ALARM", true)]
    [InlineData("DEPLOYMENT_STOP_ON_REQUEST", false)]
    [InlineData("DEPLOYMENT_FAILURE", false)]
    public async Task It_rolls_back_where_the_group_asks_for_that_and_the_alarm_does_not_hold_up_the_way_back(string cause, bool rollsBack)
    {
        var host = Some.Host();
        await using var cloud = await Cloud.StartAsync(Some.World(Watched with { AutoRollback = [cause] }), [host]);
        await cloud.DeployedAsync("Succeeded");
        var held = host.HoldsAt("Install");
        var id = await cloud.DeployAsync(Cloud.OtherCommit);
        await cloud.StatusAsync(id, "InProgress");

        cloud.Service.Control.SetAlarm("slow", "ALARM");
        host.On("Install", _ => ScriptedHost.Success);
        held.SetResult(ScriptedHost.Success);
        await cloud.EndedAsync(id, "Stopped");
        var until = cloud.Time.GetUtcNow().AddSeconds(5);
        await cloud.UntilAsync(() => Task.FromResult(cloud.Time.GetUtcNow()), now => now > until);
        var rollback = (await cloud.DeploymentAsync(id))["rollbackInfo"]?["rollbackDeploymentId"]?.GetValue<string>();

        (rollback is not null).Should().Be(rollsBack);
        if (rollback is not null)
            (await cloud.EndedAsync(rollback, "Succeeded")).Text("creator").Should().Be("codeDeployRollback");
    }

    [Fact]
    public async Task A_deployment_that_is_created_while_an_alarm_is_active_is_stopped_before_it_starts()
    {
        var host = Some.Host();
        await using var cloud = await Cloud.StartAsync(Some.World(Watched), [host]);
        cloud.Service.Control.SetAlarm("slow", "ALARM");

        var stopped = await cloud.DeployedAsync("Stopped");
        cloud.Service.Control.SetAlarm("slow", "OK");
        await cloud.DeployedAsync("Succeeded");

        stopped["errorInformation"]!.Text("code").Should().Be("ALARM_ACTIVE");
        stopped["startTime"].Should().BeNull();
        host.Deployments.Should().ContainSingle();
    }

    [Fact]
    public async Task A_deployment_can_override_what_its_group_watches()
    {
        await using var cloud = await Cloud.StartAsync(Some.World(Watched), [Some.Host()]);
        cloud.Service.Control.SetAlarm("slow", "ALARM");
        cloud.Service.Control.SetAlarm("own", "ALARM");

        var blind = await cloud.DeployAsync(Overriding(new { enabled = false }));
        await cloud.EndedAsync(blind, "Succeeded");
        var own = await cloud.DeployAsync(Overriding(new { enabled = true, alarms = new[] { new { name = "own" } } }));
        var stopped = await cloud.EndedAsync(own, "Stopped");

        stopped["errorInformation"]!.Text("message").Should().EndWith("Activated alarms: own");
    }

    [Fact]
    public async Task Alarms_that_the_group_does_not_watch_stop_nothing()
    {
        await using var cloud = await Cloud.StartAsync(Some.World(Watched), [Some.Host()]);
        cloud.Service.Control.SetAlarm("other", "ALARM");
        cloud.Service.Control.SetAlarm("slow", "INSUFFICIENT_DATA");
        await cloud.OkAsync("UpdateDeploymentGroup", new
        {
            applicationName = "site",
            currentDeploymentGroupName = "web",
            alarmConfiguration = new { enabled = false, alarms = new[] { new { name = "other" } } },
        });

        await cloud.DeployedAsync("Succeeded");
    }

    [Fact]
    public async Task The_world_can_say_when_an_alarm_is_activated()
    {
        var host = Some.Host();
        var world = Some.World(Watched);
        await using var cloud = await Cloud.StartAsync(
            world with { CodeDeploy = world.CodeDeploy with { Alarms = [new() { Name = "slow", AtDeployment = 2, AfterSeconds = 3 }] } }, [host]);
        await cloud.DeployedAsync("Succeeded");
        var held = host.HoldsAt("Install");

        var id = await cloud.DeployAsync(Cloud.OtherCommit);
        await cloud.StatusAsync(id, "InProgress");
        var until = cloud.Time.GetUtcNow().AddSeconds(4);
        await cloud.UntilAsync(() => Task.FromResult(cloud.Time.GetUtcNow()), now => now > until);
        held.SetResult(ScriptedHost.Success);

        await cloud.EndedAsync(id, "Stopped");
    }

    private static object Overriding(object alarms) => new
    {
        applicationName = "site",
        deploymentGroupName = "web",
        revision = Some.Revision(Cloud.Commit),
        overrideAlarmConfiguration = alarms,
    };
}
