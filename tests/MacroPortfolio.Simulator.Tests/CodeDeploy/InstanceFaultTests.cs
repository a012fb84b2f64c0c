using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Tests.CodeDeploy;

/// <summary>What the service tells of instances on which something goes wrong.</summary>
public sealed class InstanceFaultTests
{
    [Fact]
    public async Task An_agent_falls_silent_at_an_event_as_often_as_the_fault_says()
    {
        var host = Some.Host();
        await using var cloud = await WithAsync([host], new FaultWorld { Instance = "i-1", Event = "Install", Kind = "agent-silent" });
        cloud.Step = TimeSpan.FromSeconds(1);

        await cloud.DeployedAsync("Failed");
        cloud.Service.Control.SetInstance("i-1", null, "running");
        await cloud.DeployedAsync("Failed");

        host.Events.Should().Equal("ApplicationStop", "DownloadBundle", "BeforeInstall", "ApplicationStop", "DownloadBundle", "BeforeInstall");
    }

    [Fact]
    public async Task An_agent_that_dies_in_the_middle_of_an_event_is_waited_for_and_takes_nothing_any_more()
    {
        var (mortal, other) = (Some.Host(), Some.Host("i-2"));
        mortal.HoldsAt("AfterInstall");
        await using var cloud = await WithAsync([mortal, other], new FaultWorld { Instance = "i-1", Event = "AfterInstall", Times = 1, Kind = "agent-dies", Seconds = 5 });

        var id = await cloud.DeployAsync();
        await cloud.UntilAsync(() => Task.FromResult(mortal.WasCancelled), dead => dead);
        var stuck = await cloud.TargetAsync(id, "i-1");
        cloud.Step = TimeSpan.FromSeconds(10);
        var ended = await cloud.EndedAsync(id, "Succeeded");
        var events = (await cloud.TargetAsync(id, "i-1"))["lifecycleEvents"]!.AsArray();
        await cloud.DeployedAsync("Succeeded");

        stuck.Text("status").Should().Be("InProgress");
        (events[4]!.Text("lifecycleEventName"), events[4]!.Text("status")).Should().Be(("AfterInstall", "Unknown"));
        (ended.Number("completeTime") - ended.Number("startTime")).Should().BeInRange(3600, 3700);
        mortal.Events.Should().HaveCount(5, "a second deployment meets no agent");
        other.Events.Should().HaveCount(14);
    }

    [Fact]
    public async Task A_dead_agent_does_not_hold_up_a_stop()
    {
        var mortal = Some.Host();
        mortal.HoldsAt("Install");
        await using var cloud = await WithAsync([mortal], new FaultWorld { Instance = "i-1", Event = "Install", Kind = "agent-dies" });
        var id = await cloud.DeployAsync();
        await cloud.OverviewAsync(id, "0 1 0 0 0");

        await cloud.OkAsync("StopDeployment", new { deploymentId = id });
        var stopped = await cloud.EndedAsync(id, "Stopped");

        (stopped.Number("completeTime") - stopped.Number("startTime")).Should().BeLessThan(60);
    }

    [Fact]
    public async Task Instances_with_a_tag_are_slow_by_a_factor()
    {
        ScriptedHost[] hosts = [Some.Host(), new("i-2", ("Release", "web"), ("Kind", "old"))];
        await using var cloud = await WithAsync(hosts, new FaultWorld { Tag = "Kind=old", Event = "Install", Kind = "slow", Factor = 10 });
        var (quick, slow) = (hosts[0].HoldsAt("Install"), hosts[1].HoldsAt("Install"));
        var id = await cloud.DeployAsync();
        await cloud.UntilAsync(() => Task.FromResult(hosts), all => all.All(host => host.Events.Contains("Install")));

        cloud.Time.Advance(TimeSpan.FromSeconds(10));
        quick.SetResult(ScriptedHost.Success);
        slow.SetResult(ScriptedHost.Success);
        await cloud.EndedAsync(id, "Succeeded");

        Seconds(await cloud.TargetAsync(id, "i-1")).Should().BeInRange(10, 15);
        Seconds(await cloud.TargetAsync(id, "i-2")).Should().BeInRange(100, 115);
    }

    [Fact]
    public async Task A_full_disk_is_the_agents_to_meet_where_it_writes()
    {
        var host = Some.Host().On("Install", deployment => deployment.DiskIsFull ? ScriptedHost.Failure : ScriptedHost.Success);
        await using var cloud = await WithAsync([host], new FaultWorld { Instance = "i-1", After = 1, Times = 1, Kind = "disk-full" });

        await cloud.DeployedAsync("Failed");
        var failedAt = host.Events[^1];
        await cloud.DeployedAsync("Succeeded");

        failedAt.Should().Be("Install", "the download, which came first, was spared, and other events write nothing");
    }

    private static double Seconds(JsonNode target)
    {
        var install = target["lifecycleEvents"]![3]!;
        return install.Number("endTime") - install.Number("startTime");
    }

    private static Task<Cloud> WithAsync(ScriptedHost[] hosts, params FaultWorld[] faults) =>
        Cloud.StartAsync(Some.World(Some.Group()) with { Faults = faults }, hosts);
}
