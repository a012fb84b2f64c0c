using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Tests.CodeDeploy;

public sealed class BlueGreenTests
{
    private static readonly string[] Replacing =
    [
        "ApplicationStop", "DownloadBundle", "BeforeInstall", "Install", "AfterInstall", "ApplicationStart", "ValidateService",
        "BeforeAllowTraffic", "AllowTraffic", "AfterAllowTraffic",
    ];

    [Fact]
    public async Task Replacement_instances_get_the_revision_and_the_traffic_and_original_ones_lose_it()
    {
        var (blue, green) = (Some.Host("i-1"), Green("i-2"));
        await using var cloud = await Cloud.StartAsync(Some.World(Group(new())), [blue, green]);

        var ended = await cloud.EndedAsync(await cloud.DeployAsync(Request()), "Succeeded");

        var id = ended.Text("deploymentId");
        var (original, replacement) = (await cloud.TargetAsync(id, "i-1"), await cloud.TargetAsync(id, "i-2"));
        (original.Text("instanceLabel"), replacement.Text("instanceLabel")).Should().Be(("Blue", "Green"));
        original["lifecycleEvents"]!.AsArray().Select(e => e!.Text("lifecycleEventName")).Should().Equal("BeforeBlockTraffic", "BlockTraffic", "AfterBlockTraffic");
        replacement["lifecycleEvents"]!.AsArray().Select(e => e!.Text("lifecycleEventName")).Should().Equal(Replacing);
        blue.Events.Should().Equal("BeforeBlockTraffic", "AfterBlockTraffic");
        green.Events.Should().Equal(Replacing.Except(["AllowTraffic"]));
        original["lifecycleEvents"]![0]!.Number("startTime").Should().BeGreaterOrEqualTo(replacement["lifecycleEvents"]![9]!.Number("endTime"));
        ended["deploymentStyle"]!.ToJsonString().Should().Be("""{"deploymentType":"BLUE_GREEN","deploymentOption":"WITH_TRAFFIC_CONTROL"}""");
        ended["targetInstances"]!["tagFilters"]![0]!.Text("Value").Should().Be("green");
        ended["blueGreenDeploymentConfiguration"]!.ToJsonString().Should().Be(
            """{"terminateBlueInstancesOnDeploymentSuccess":{"action":"KEEP_ALIVE"},"deploymentReadyOption":{"actionOnTimeout":"CONTINUE_DEPLOYMENT"},"greenFleetProvisioningOption":{"action":"DISCOVER_EXISTING"}}""");
    }

    [Fact]
    public async Task After_it_the_replacement_instances_are_the_groups_own()
    {
        await using var cloud = await Cloud.StartAsync(Some.World(Group(new())), [Some.Host("i-1"), Green("i-2")]);

        await cloud.EndedAsync(await cloud.DeployAsync(Request()), "Succeeded");

        (await cloud.GroupAsync())["ec2TagFilters"]!.ToJsonString().Should().Be("""[{"Key":"Release","Value":"green","Type":"KEY_AND_VALUE"}]""");
    }

    [Fact]
    public async Task A_group_that_waits_is_Ready_until_somebody_continues_it()
    {
        var green = Green("i-2");
        await using var cloud = await Cloud.StartAsync(Some.World(Group(new() { OnReady = "STOP_DEPLOYMENT" })), [Some.Host("i-1"), green]);
        var id = await cloud.DeployAsync(Request());
        var early = await cloud.ErrorAsync("ContinueDeployment", new { deploymentId = id, deploymentWaitType = "READY_WAIT" });

        var ready = await cloud.StatusAsync(id, "Ready");
        var target = await cloud.TargetAsync(id, "i-2");
        var wrongWait = await cloud.ErrorAsync("ContinueDeployment", new { deploymentId = id, deploymentWaitType = "TERMINATION_WAIT" });
        var listed = await cloud.OkAsync("ListDeployments", new { includeOnlyStatuses = Some.List("Ready") });
        await cloud.OkAsync("ContinueDeployment", new { deploymentId = id, deploymentWaitType = "READY_WAIT" });
        await cloud.EndedAsync(id, "Succeeded");
        var late = await cloud.ErrorAsync("ContinueDeployment", new { deploymentId = id });

        (ready["deploymentOverview"]!.Number("Ready"), ready["deploymentOverview"]!.Number("Pending")).Should().Be((1, 1));
        target.Text("status").Should().Be("Ready");
        listed["deployments"].Strings().Should().Equal(id);
        (early.Name, wrongWait.Name, late.Name).Should().Be(("DeploymentIsNotInReadyState", "DeploymentIsNotInReadyState", "DeploymentAlreadyCompleted"));
    }

    [Fact]
    public async Task A_deployment_that_nobody_continues_in_time_is_stopped_and_routes_nothing()
    {
        var (blue, green) = (Some.Host("i-1"), Green("i-2"));
        await using var cloud = await Cloud.StartAsync(Some.World(Group(new() { OnReady = "STOP_DEPLOYMENT", ReadyWaitMinutes = 2 })), [blue, green]);

        var stopped = await cloud.EndedAsync(await cloud.DeployAsync(Request()), "Stopped");

        (stopped.Number("completeTime") - stopped.Number("startTime")).Should().BeInRange(120, 125);
        blue.Events.Should().BeEmpty();
        green.Events.Should().NotContain("BeforeAllowTraffic");
    }

    [Fact]
    public async Task A_ready_deployment_can_be_stopped_at_once()
    {
        await using var cloud = await Cloud.StartAsync(Some.World(Group(new() { OnReady = "STOP_DEPLOYMENT" })), [Some.Host("i-1"), Green("i-2")]);
        var id = await cloud.DeployAsync(Request());
        await cloud.StatusAsync(id, "Ready");

        await cloud.OkAsync("StopDeployment", new { deploymentId = id });

        (await cloud.EndedAsync(id, "Stopped"))["errorInformation"]!.Text("code").Should().Be("MANUAL_STOP");
    }

    [Fact]
    public async Task Original_instances_are_terminated_after_their_wait_and_the_wait_can_be_cut_short()
    {
        var group = Group(new() { Originals = "TERMINATE", TerminationWaitMinutes = 60 });
        await using var cloud = await Cloud.StartAsync(Some.World(group), [Some.Host("i-1"), Green("i-2")]);
        var id = await cloud.DeployAsync(Request());

        var waiting = await cloud.UntilAsync(
            () => cloud.DeploymentAsync(id), deployment => deployment["instanceTerminationWaitTimeStarted"]!.GetValue<bool>());
        await cloud.OkAsync("ContinueDeployment", new { deploymentId = id, deploymentWaitType = "TERMINATION_WAIT" });
        var ended = await cloud.EndedAsync(id, "Succeeded");

        waiting.Text("status").Should().Be("InProgress");
        (ended.Number("completeTime") - ended.Number("startTime")).Should().BeLessThan(60);
        cloud.Roster.Running.Select(host => host.Id).Should().Equal("i-2");
    }

    [Fact]
    public async Task SkipWaitTimeForInstanceTermination_does_the_same_and_only_then()
    {
        var group = Group(new() { OnReady = "STOP_DEPLOYMENT", Originals = "TERMINATE", TerminationWaitMinutes = 60 });
        await using var cloud = await Cloud.StartAsync(Some.World(group), [Some.Host("i-1"), Green("i-2")]);
        var id = await cloud.DeployAsync(Request());
        await cloud.StatusAsync(id, "Ready");

        var early = await cloud.ErrorAsync("SkipWaitTimeForInstanceTermination", new { deploymentId = id });
        await cloud.OkAsync("ContinueDeployment", new { deploymentId = id });
        await cloud.UntilAsync(() => cloud.DeploymentAsync(id), deployment => deployment["instanceTerminationWaitTimeStarted"]!.GetValue<bool>());
        await cloud.OkAsync("SkipWaitTimeForInstanceTermination", new { deploymentId = id });
        await cloud.EndedAsync(id, "Succeeded");

        early.Name.Should().Be("DeploymentNotStarted");
    }

    [Fact]
    public async Task Kept_original_instances_live_on_and_no_wait_starts()
    {
        await using var cloud = await Cloud.StartAsync(Some.World(Group(new())), [Some.Host("i-1"), Green("i-2")]);

        var ended = await cloud.EndedAsync(await cloud.DeployAsync(Request()), "Succeeded");

        ended["instanceTerminationWaitTimeStarted"]!.GetValue<bool>().Should().BeFalse();
        cloud.Roster.Running.Should().HaveCount(2);
    }

    [Fact]
    public async Task Too_few_healthy_replacements_fail_it_before_any_traffic_moves()
    {
        var blue = Some.Host("i-1");
        await using var cloud = await Cloud.StartAsync(Some.World(Group(new())), [blue, Green("i-2").FailsAt("ValidateService")]);

        var failed = await cloud.EndedAsync(await cloud.DeployAsync(Request()), "Failed");

        failed["errorInformation"]!.Text("code").Should().Be("HEALTH_CONSTRAINTS");
        blue.Events.Should().BeEmpty();
        (await cloud.TargetAsync(failed.Text("deploymentId"), "i-1")).Text("status").Should().Be("Skipped");
    }

    [Fact]
    public async Task One_original_instance_that_cannot_be_taken_out_fails_the_whole_deployment()
    {
        ScriptedHost[] hosts = [Some.Host("i-1"), Some.Host("i-2").FailsAt("BeforeBlockTraffic"), Green("i-3")];
        await using var cloud = await Cloud.StartAsync(Some.World(Group(new())), hosts);

        var failed = await cloud.EndedAsync(await cloud.DeployAsync(Request()), "Failed");

        Some.Counts(failed).Should().Be("0 0 2 1 0");
    }

    [Fact]
    public async Task Copying_an_Auto_Scaling_group_launches_its_spares_under_the_name_that_CodeDeploy_gives()
    {
        var group = Group(new() { Provisioning = "COPY_AUTO_SCALING_GROUP", Originals = "TERMINATE" }) with { Ec2TagFilters = [], AutoScalingGroups = ["fleet"] };
        var world = Some.World(group).With(Member("i-1"), Member("i-2") with { Spare = true }, Member("i-3") with { Spare = true });
        await using var cloud = await Cloud.StartAsync(world, [new ScriptedHost("i-1"), new ScriptedHost("i-2"), new ScriptedHost("i-3")]);

        var id = await cloud.DeployAsync();
        await cloud.EndedAsync(id, "Succeeded");
        var next = await cloud.EndedAsync(await cloud.DeployAsync(Cloud.OtherCommit), "Failed");

        cloud.Roster.Running.Select(host => host.Id).Should().Equal("i-2");
        (await cloud.GroupAsync())["autoScalingGroups"]![0]!.Text("name").Should().Be($"CodeDeploy_web_{id}");
        next["errorInformation"]!.Text("code").Should().Be("AUTO_SCALING_CONFIGURATION");
    }

    public static TheoryData<string, object?> BadTargets => new()
    {
        { "InvalidTargetInstances", null },
        { "InvalidTargetInstances", new { } },
        { "InvalidTargetInstances", new { tagFilters = new[] { new { Key = "Release", Value = "nobody", Type = "KEY_AND_VALUE" } } } },
        { "InvalidTargetInstances", new { tagFilters = new[] { new { Key = "Release", Type = "KEY" } } } },
        { "InvalidTargetInstances", new { tagFilters = new[] { new { Key = "a", Type = "KEY_ONLY" } }, ec2TagSet = new { ec2TagSetList = new[] { new[] { new { Key = "a" } } } } } },
        { "InvalidAutoScalingGroup", new { autoScalingGroups = Some.List("nobody") } },
    };

    [Theory]
    [MemberData(nameof(BadTargets))]
    public async Task Replacement_instances_must_be_named_and_there(string error, object? targets)
    {
        await using var cloud = await Cloud.StartAsync(Some.World(Group(new())), [Some.Host("i-1")]);

        (await cloud.ErrorAsync("CreateDeployment", Request(targets))).Name.Should().Be(error);
    }

    [Fact]
    public async Task Where_an_Auto_Scaling_group_is_copied_no_replacement_instances_can_be_named()
    {
        var group = Group(new() { Provisioning = "COPY_AUTO_SCALING_GROUP" }) with { AutoScalingGroups = ["fleet"] };
        await using var cloud = await Cloud.StartAsync(Some.World(group).With(Member("i-1")), [new ScriptedHost("i-1"), Green("i-2")]);

        (await cloud.ErrorAsync("CreateDeployment", Request())).Name.Should().Be("InvalidTargetInstances");
    }

    [Theory]
    [InlineData("Blue", "i-1")]
    [InlineData("Green", "i-2")]
    public async Task Targets_are_listed_by_label(string label, string instance)
    {
        await using var cloud = await Cloud.StartAsync(Some.World(Group(new())), [Some.Host("i-1"), Green("i-2")]);
        var id = (await cloud.EndedAsync(await cloud.DeployAsync(Request()), "Succeeded")).Text("deploymentId");

        var targets = await cloud.OkAsync(
            "ListDeploymentTargets", new { deploymentId = id, targetFilters = new Dictionary<string, string[]> { ["ServerInstanceLabel"] = [label] } });
        var instances = await cloud.OkAsync("ListDeploymentInstances", new { deploymentId = id, instanceTypeFilter = Some.List(label) });
        var wrong = await cloud.ErrorAsync("ListDeploymentInstances", new { deploymentId = id, instanceTypeFilter = Some.List("Red") });

        (targets["targetIds"].Strings().Single(), instances["instancesList"].Strings().Single(), wrong.Name).Should().Be((instance, instance, "InvalidInstanceType"));
    }

    [Fact]
    public async Task It_is_not_rolled_back_and_says_so()
    {
        var group = Group(new()) with { AutoRollback = ["DEPLOYMENT_FAILURE"] };
        await using var cloud = await Cloud.StartAsync(Some.World(group), [Some.Host("i-1"), Green("i-2").FailsFor(Cloud.OtherCommit), Some.Host("i-3")]);
        await cloud.EndedAsync(await cloud.DeployAsync(Request()), "Succeeded");
        var id = await cloud.DeployAsync(Request(commit: Cloud.OtherCommit));

        var failed = await cloud.UntilAsync(() => cloud.DeploymentAsync(id), deployment => deployment["rollbackInfo"] is not null);

        failed["rollbackInfo"]!.Text("rollbackMessage").Should().Contain("the simulator lacks the rollback of blue/green deployments");
    }

    [Theory]
    [InlineData("BLUE_GREEN", "WITHOUT_TRAFFIC_CONTROL", true, true, "InvalidDeploymentStyle")]
    [InlineData("BLUE_GREEN", "WITH_TRAFFIC_CONTROL", false, true, "InvalidLoadBalancerInfo")]
    [InlineData("BLUE_GREEN", "WITH_TRAFFIC_CONTROL", true, false, "InvalidBlueGreenDeploymentConfiguration")]
    public async Task A_blue_green_group_needs_traffic_control_a_load_balancer_and_its_configuration(
        string type, string option, bool balancer, bool configuration, string error)
    {
        await using var cloud = await Cloud.StartAsync([]);

        var refused = await cloud.ErrorAsync("CreateDeploymentGroup", new
        {
            applicationName = "site",
            deploymentGroupName = "api",
            serviceRoleArn = "arn:aws:iam::123456789012:role/service",
            deploymentStyle = new { deploymentType = type, deploymentOption = option },
            loadBalancerInfo = balancer ? new { elbInfoList = new[] { new { name = "web" } } } : null,
            blueGreenDeploymentConfiguration = configuration ? new { greenFleetProvisioningOption = new { action = "DISCOVER_EXISTING" } } : null,
        });

        refused.Name.Should().Be(error);
    }

    private static ScriptedHost Green(string id) => new(id, ("Release", "green"));

    private static InstanceWorld Member(string id) => new() { Id = id, AutoScalingGroup = "fleet" };

    private static DeploymentGroupWorld Group(BlueGreenWorld blueGreen) => Some.Group() with { TargetGroups = ["web"], BlueGreen = blueGreen };

    private static object Request(string? commit = null) =>
        Request(new { tagFilters = new[] { new { Key = "Release", Value = "green", Type = "KEY_AND_VALUE" } } }, commit);

    private static object Request(object? targetInstances, string? commit = null) =>
        new { applicationName = "site", deploymentGroupName = "web", revision = Some.Revision(commit ?? Cloud.Commit), targetInstances };
}
