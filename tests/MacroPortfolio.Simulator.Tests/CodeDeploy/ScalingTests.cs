using MacroPortfolio.Simulator.Fleet;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Tests.CodeDeploy;

public sealed class ScalingTests
{
    private static readonly DeploymentGroupWorld Scaled = Some.Group() with { Ec2TagFilters = [], AutoScalingGroups = ["fleet"] };

    [Fact]
    public async Task A_group_means_the_instances_of_its_Auto_Scaling_groups_beside_those_that_its_tags_match()
    {
        ScriptedHost[] hosts = [Plain("i-1"), Plain("i-2"), Some.Host("i-3"), Plain("i-4")];
        var world = Some.World(Scaled with { Ec2TagFilters = Some.Group().Ec2TagFilters }).With(Member("i-1"), Member("i-2", "other"));
        await using var cloud = await Cloud.StartAsync(world, hosts);

        var id = (await cloud.DeployedAsync("Succeeded")).Text("deploymentId");

        (await TargetsAsync(cloud, id)).Should().Equal("i-1", "i-3");
        (await cloud.GroupAsync())["autoScalingGroups"]![0]!.Text("name").Should().Be("fleet");
    }

    [Fact]
    public async Task An_instance_that_Auto_Scaling_launches_gets_the_last_successful_revision_in_a_deployment_of_its_own()
    {
        var newcomer = Plain("i-2");
        await using var cloud = await Cloud.StartAsync(Some.World(Scaled).With(Member("i-1"), Member("i-2") with { Spare = true }), [Plain("i-1"), newcomer]);
        var first = await cloud.DeployedAsync("Succeeded");
        var held = newcomer.HoldsAt("Install");

        cloud.Service.Control.SetInstance("i-2", "running", null).Should().BeNull();
        var launch = await LastAttemptAsync(cloud);
        await cloud.StatusAsync(launch, "InProgress");
        var busy = await cloud.ErrorAsync("CreateDeployment", Some.Request(Some.Revision(Cloud.OtherCommit)));
        held.SetResult(ScriptedHost.Success);
        var ended = await cloud.EndedAsync(launch, "Succeeded");

        first["deploymentOverview"]!.Number("Succeeded").Should().Be(1);
        ended.Text("creator").Should().Be("autoscaling");
        ended["revision"]!["gitHubLocation"]!.Text("commitId").Should().Be(Cloud.Commit);
        (await TargetsAsync(cloud, launch)).Should().Equal("i-2");
        busy.Should().Be(("DeploymentLimitExceeded", $"The Deployment Group 'web' already has an active Deployment '{launch}'"));
    }

    [Fact]
    public async Task An_instance_that_is_launched_before_anything_succeeded_gets_nothing()
    {
        await using var cloud = await Cloud.StartAsync(Some.World(Scaled).With(Member("i-1") with { Spare = true }), [Plain("i-1")]);

        cloud.Service.Control.SetInstance("i-1", "running", null);
        var deployed = await cloud.DeployedAsync("Succeeded");

        cloud.Service.Deployments.Should().ContainSingle().Which.Id.Should().Be(deployed.Text("deploymentId"));
    }

    [Fact]
    public async Task A_newcomer_during_a_deployment_gets_the_old_revision_first_and_the_new_one_in_an_update_that_follows()
    {
        var (old, newcomer) = (Plain("i-1"), Plain("i-2"));
        var world = Some.World(Scaled).With(Member("i-1"), Member("i-2") with { JoinsAtDeployment = 2 });
        await using var cloud = await Cloud.StartAsync(world, [old, newcomer]);
        await cloud.DeployedAsync("Succeeded");
        var held = old.HoldsAt("Install");

        var id = await cloud.DeployAsync(Cloud.OtherCommit);
        await cloud.UntilAsync(() => Task.FromResult(newcomer.Events), events => events.Contains("ValidateService"));
        held.SetResult(ScriptedHost.Success);
        await cloud.EndedAsync(id, "Succeeded");
        var root = await cloud.UntilAsync(() => cloud.DeploymentAsync(id), deployment => deployment["relatedDeployments"] is not null);
        var update = await cloud.EndedAsync(root["relatedDeployments"]!["autoUpdateOutdatedInstancesDeploymentIds"].Strings().Single(), "Succeeded");

        newcomer.Deployments.Select(deployment => ((BundleSource.GitHub)deployment.Bundle).CommitId).Should().Equal(Cloud.Commit, Cloud.OtherCommit);
        (update.Text("creator"), update["updateOutdatedInstancesOnly"]!.GetValue<bool>()).Should().Be(("CodeDeployAutoUpdate", true));
        update["relatedDeployments"]!.Text("autoUpdateOutdatedInstancesRootDeploymentId").Should().Be(id);
        (await TargetsAsync(cloud, update.Text("deploymentId"))).Should().Equal("i-2");
        (await cloud.GroupAsync())["targetRevision"]!["gitHubLocation"]!.Text("commitId").Should().Be(Cloud.OtherCommit);
    }

    [Fact]
    public async Task Where_the_group_ignores_outdated_instances_a_newcomer_keeps_the_old_revision()
    {
        var (old, newcomer) = (Plain("i-1"), Plain("i-2"));
        var world = Some.World(Scaled with { OutdatedInstancesStrategy = "IGNORE" }).With(Member("i-1"), Member("i-2") with { JoinsAtDeployment = 2 });
        await using var cloud = await Cloud.StartAsync(world, [old, newcomer]);
        await cloud.DeployedAsync("Succeeded");
        var held = old.HoldsAt("Install");

        var id = await cloud.DeployAsync(Cloud.OtherCommit);
        await cloud.UntilAsync(() => Task.FromResult(newcomer.Events), events => events.Contains("ValidateService"));
        held.SetResult(ScriptedHost.Success);
        await cloud.EndedAsync(id, "Succeeded");
        await cloud.UntilAsync(() => Task.FromResult(cloud.Time.GetUtcNow()), PassedOf(cloud, TimeSpan.FromSeconds(10)));

        (await cloud.DeploymentAsync(id))["relatedDeployments"].Should().BeNull();
        newcomer.Deployments.Should().ContainSingle();
        cloud.Service.Deployments.Should().HaveCount(3);
        (await cloud.GroupAsync())["targetRevision"]!["gitHubLocation"]!.Text("commitId").Should().Be(Cloud.OtherCommit);
    }

    [Fact]
    public async Task An_instance_whose_first_deployment_fails_is_abandoned_and_terminated()
    {
        var world = Some.World(Scaled).With(Member("i-1"), Member("i-2") with { JoinsAtDeployment = 1, JoinsAfterSeconds = 60 });
        await using var cloud = await Cloud.StartAsync(world, [Plain("i-1"), Plain("i-2").FailsAt("Install")]);
        cloud.Step = TimeSpan.FromSeconds(1);
        var first = await cloud.DeployedAsync("Succeeded");

        var launch = await cloud.UntilAsync(() => LastAttemptAsync(cloud), id => id != first.Text("deploymentId"));
        await cloud.EndedAsync(launch, "Failed");
        var next = await cloud.DeployedAsync("Succeeded");

        (await TargetsAsync(cloud, next.Text("deploymentId"))).Should().Equal("i-1");
    }

    [Fact]
    public async Task An_instance_that_goes_in_the_middle_of_an_event_is_waited_for_as_long_as_an_event_may_take_and_then_unknown()
    {
        var leaver = Plain("i-1");
        leaver.HoldsAt("Install");
        var world = Some.World(Scaled).With(Member("i-1") with { LeavesAtDeployment = 1, LeavesAfterSeconds = 5 }, Member("i-2"));
        await using var cloud = await Cloud.StartAsync(world, [leaver, Plain("i-2")]);

        var id = await cloud.DeployAsync();
        await cloud.UntilAsync(() => Task.FromResult(leaver.WasCancelled), gone => gone);
        var stuck = await cloud.TargetAsync(id, "i-1");
        cloud.Step = TimeSpan.FromSeconds(10);
        var ended = await cloud.EndedAsync(id, "Succeeded");
        var target = await cloud.TargetAsync(id, "i-1");

        stuck.Text("status").Should().Be("InProgress");
        (target.Text("status"), target["lifecycleEvents"]![3]!.Text("status")).Should().Be(("Unknown", "Unknown"));
        target["lifecycleEvents"]![3]!["diagnostics"].Should().BeNull();
        (ended.Number("completeTime") - ended.Number("startTime")).Should().BeInRange(3600, 3700);
        Some.Counts(ended).Should().Be("0 0 1 0 0");
    }

    [Fact]
    public async Task An_instance_that_goes_before_its_turn_fails_its_first_event_as_a_silent_agent_does()
    {
        var (first, leaver) = (Plain("i-1"), Plain("i-2"));
        var held = first.HoldsAt("Install");
        var world = Some.World(Scaled with { DeploymentConfig = "CodeDeployDefault.OneAtATime" }).With(Member("i-1"), Member("i-2"));
        await using var cloud = await Cloud.StartAsync(world, [first, leaver]);
        cloud.Step = TimeSpan.FromSeconds(1);

        var id = await cloud.DeployAsync();
        await cloud.UntilAsync(() => Task.FromResult(first.Events), events => events.Contains("Install"));
        cloud.Service.Control.SetInstance("i-2", "terminated", null);
        held.SetResult(ScriptedHost.Success);
        await cloud.EndedAsync(id, "Succeeded");

        leaver.Events.Should().BeEmpty();
        (await cloud.TargetAsync(id, "i-2"))["lifecycleEvents"]![0]!["diagnostics"]!.Text("errorCode").Should().Be("UnknownError");
    }

    [Fact]
    public async Task An_unknown_target_counts_as_failed_when_the_deployment_is_judged()
    {
        var leaver = Plain("i-1");
        leaver.HoldsAt("Install");
        await using var cloud = await Cloud.StartAsync(Some.World(Scaled).With(Member("i-1") with { LeavesAtDeployment = 1, LeavesAfterSeconds = 5 }), [leaver]);
        cloud.Step = TimeSpan.FromSeconds(10);

        var ended = await cloud.DeployedAsync("Failed");

        ended["errorInformation"]!.Text("code").Should().Be("HEALTH_CONSTRAINTS");
    }

    [Fact]
    public async Task What_cannot_happen_to_an_instance_is_refused_with_what_can()
    {
        await using var cloud = await Cloud.StartAsync([Some.Host()]);

        cloud.Service.Control.SetInstance("i-9", "running", null).Should().Contain("i-9");
        cloud.Service.Control.SetInstance("i-1", "asleep", null).Should().Contain("running, terminated");
        cloud.Service.Control.SetInstance("i-1", null, "asleep").Should().Contain("running, silent");
        cloud.Service.Control.SetAlarm("slow", "LOUD").Should().Contain("OK, ALARM");
    }

    private static ScriptedHost Plain(string id) => new(id);

    private static InstanceWorld Member(string id, string group = "fleet") => new() { Id = id, AutoScalingGroup = group };

    private static async Task<string[]> TargetsAsync(Cloud cloud, string id) => (await cloud.OkAsync("ListDeploymentTargets", new { deploymentId = id }))["targetIds"].Strings();

    private static async Task<string> LastAttemptAsync(Cloud cloud) => (await cloud.GroupAsync())["lastAttemptedDeployment"]!.Text("deploymentId");

    private static Func<DateTimeOffset, bool> PassedOf(Cloud cloud, TimeSpan duration)
    {
        var until = cloud.Time.GetUtcNow() + duration;
        return now => now >= until;
    }
}
