using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.Fleet;

namespace MacroPortfolio.Simulator.Tests.CodeDeploy;

public sealed class DeploymentTests
{
    private static readonly string[] Order =
        ["ApplicationStop", "DownloadBundle", "BeforeInstall", "Install", "AfterInstall", "ApplicationStart", "ValidateService"];

    [Fact]
    public async Task A_deployment_is_created_then_queued_then_in_progress_then_succeeded()
    {
        var host = Some.Host();
        var held = host.HoldsAt("ValidateService");
        await using var cloud = await Cloud.StartAsync(
            [host], settings: new() { Created = TimeSpan.FromSeconds(1), Queued = TimeSpan.FromSeconds(1) });

        var id = await cloud.DeployAsync();
        var created = await cloud.DeploymentAsync(id);
        var queued = await cloud.StatusAsync(id, "Queued");
        var running = await cloud.StatusAsync(id, "InProgress");
        held.SetResult(ScriptedHost.Success);
        var ended = await cloud.EndedAsync(id, "Succeeded");

        created.Text("status").Should().Be("Created");
        (Some.Counts(created), Some.Counts(queued), Some.Counts(ended)).Should().Be(("none", "none", "0 0 1 0 0"));
        (created["startTime"], queued["startTime"]).Should().Be((null, null));
        running.Number("startTime").Should().BeGreaterOrEqualTo(created.Number("createTime") + 2);
        running["completeTime"].Should().BeNull();
        ended.Number("completeTime").Should().BeGreaterOrEqualTo(running.Number("startTime"));
        ended["errorInformation"].Should().BeNull();
    }

    [Fact]
    public async Task Targets_are_not_known_before_the_deployment_has_started()
    {
        await using var cloud = await Cloud.StartAsync([Some.Host()], settings: new() { Queued = TimeSpan.FromSeconds(1) });

        var id = await cloud.DeployAsync();

        foreach (var status in Some.List("Created", "Queued"))
        {
            await cloud.StatusAsync(id, status);
            (await cloud.ErrorAsync("ListDeploymentTargets", new { deploymentId = id })).Name.Should().Be("DeploymentNotStarted");
            (await cloud.ErrorAsync("BatchGetDeploymentTargets", new { deploymentId = id, targetIds = Some.List("i-1") })).Name.Should().Be("DeploymentNotStarted");
            (await cloud.ErrorAsync("GetDeploymentTarget", new { deploymentId = id, targetId = "i-1" })).Name.Should().Be("DeploymentNotStarted");
        }

        await cloud.EndedAsync(id, "Succeeded");
        (await cloud.OkAsync("ListDeploymentTargets", new { deploymentId = id }))["targetIds"].Strings().Should().Equal("i-1");
    }

    [Fact]
    public async Task The_events_run_in_the_order_of_instances_without_a_load_balancer()
    {
        var host = Some.Host();
        await using var cloud = await Cloud.StartAsync([host]);

        await cloud.DeployedAsync("Succeeded");

        host.Events.Should().Equal(Order);
    }

    [Fact]
    public async Task A_target_shows_what_has_run_what_runs_and_what_is_still_to_come()
    {
        var host = Some.Host();
        host.HoldsAt("Install");
        await using var cloud = await Cloud.StartAsync([host]);

        var id = await cloud.DeployAsync();
        await cloud.OverviewAsync(id, "0 1 0 0 0");
        var target = await cloud.UntilAsync(() => cloud.TargetAsync(id, "i-1"), target => target["lifecycleEvents"]![3]!.Text("status") == "InProgress");

        target.Text("status").Should().Be("InProgress");
        target.Text("targetArn").Should().Be("arn:aws:ec2:ap-east-1:123456789012:instance/i-1");
        var events = target["lifecycleEvents"]!.AsArray();
        events.Select(e => e!.Text("lifecycleEventName")).Should().Equal(Order);
        events.Select(e => e!.Text("status")).Should().Equal("Succeeded", "Succeeded", "Succeeded", "InProgress", "Pending", "Pending", "Pending");
        events[0]!["diagnostics"]!.ToJsonString().Should().Be("""{"errorCode":"Success","scriptName":"scripts/run.sh","message":"Succeeded","logTail":""}""");
        events[0]!.Number("endTime").Should().BeGreaterOrEqualTo(events[0]!.Number("startTime"));
        (events[3]!["diagnostics"], events[3]!["endTime"]).Should().Be((null, null));
        events[3]!.Number("startTime").Should().Be(target.Number("lastUpdatedAt"));
        (events[4]!["diagnostics"], events[4]!["startTime"]).Should().Be((null, null));
    }

    [Fact]
    public async Task An_instance_whose_event_fails_runs_no_further_and_says_why()
    {
        await using var cloud = await Cloud.StartAsync([Some.Host().FailsAt("BeforeInstall")]);

        var deployment = await cloud.DeployedAsync("Failed");
        var target = await cloud.TargetAsync(deployment.Text("deploymentId"), "i-1");

        target.Text("status").Should().Be("Failed");
        var events = target["lifecycleEvents"]!.AsArray();
        events.Select(e => e!.Text("status")).Should().Equal("Succeeded", "Succeeded", "Failed", "Skipped", "Skipped", "Skipped", "Skipped");
        var diagnostics = events[2]!["diagnostics"]!;
        diagnostics.Text("errorCode").Should().Be("ScriptFailed");
        diagnostics.Text("scriptName").Should().Be("scripts/run.sh");
        diagnostics.Text("message").Should().Be("Script at specified location: scripts/run.sh failed with exit code 1");
        diagnostics.Text("logTail").Should().Be("[stderr]no");
    }

    [Fact]
    public async Task A_deployment_that_failed_says_so_in_AWS_own_words()
    {
        await using var cloud = await Cloud.StartAsync([Some.Host().FailsAt("Install")]);

        var deployment = await cloud.DeployedAsync("Failed");

        deployment["errorInformation"]!.Text("code").Should().Be("HEALTH_CONSTRAINTS");
        deployment["errorInformation"]!.Text("message").Should().Be(
            "The overall deployment failed because too many individual instances failed deployment, too few healthy instances are available for deployment, " +
            "or some instances in your deployment group are experiencing problems.");
        Some.Counts(deployment).Should().Be("0 0 0 1 0");
    }

    [Fact]
    public async Task A_group_whose_tags_match_nothing_fails_for_want_of_instances()
    {
        await using var cloud = await Cloud.StartAsync([new ScriptedHost("i-1", ("Release", "other"))]);

        var deployment = await cloud.DeployedAsync("Failed");

        deployment["errorInformation"]!.Text("code").Should().Be("NO_INSTANCES");
        (await cloud.OkAsync("ListDeploymentTargets", new { deploymentId = deployment.Text("deploymentId") }))["targetIds"].Strings().Should().BeEmpty();
    }

    [Theory]
    [InlineData("DeleteApplication", "APPLICATION_MISSING")]
    [InlineData("DeleteDeploymentGroup", "DEPLOYMENT_GROUP_MISSING")]
    public async Task A_deployment_whose_application_or_group_is_deleted_before_it_starts_fails_and_touches_no_instance(string operation, string code)
    {
        var host = Some.Host();
        await using var cloud = await Cloud.StartAsync([host], settings: new() { Queued = TimeSpan.FromMinutes(1) });
        var id = await cloud.DeployAsync();

        await cloud.OkAsync(operation, new { applicationName = "site", deploymentGroupName = "web" });
        var ended = await cloud.EndedAsync(id, "Failed");

        ended["errorInformation"]!.Text("code").Should().Be(code);
        Some.Counts(ended).Should().Be("0 0 0 0 0");
        host.Events.Should().BeEmpty();
    }

    [Theory]
    [InlineData(1000, "Succeeded")]
    [InlineData(1001, "Failed")]
    public async Task A_deployment_has_at_most_1000_instances(int instances, string status)
    {
        var hosts = Some.Hosts(instances);
        await using var cloud = await Cloud.StartAsync(hosts);

        var deployment = await cloud.DeployedAsync(status);

        deployment["errorInformation"]?.Text("code").Should().Be("OVER_MAX_INSTANCES");
        hosts.Count(host => host.Events.Count > 0).Should().Be(status == "Failed" ? 0 : instances);
    }

    [Fact]
    public async Task What_one_group_has_deployed_is_unknown_to_another_that_has_the_same_instances()
    {
        var host = Some.Host();
        var world = Some.World(Some.Group("canary") with { Ec2TagFilters = [new("Release", null, "KEY_ONLY")] }, Some.Group());
        await using var cloud = await Cloud.StartAsync(world, [host]);
        await cloud.EndedAsync(await cloud.DeployAsync(group: "canary"), "Succeeded");

        var id = await cloud.DeployAsync(new { applicationName = "site", deploymentGroupName = "web", revision = Some.Revision(Cloud.Commit), updateOutdatedInstancesOnly = true });
        var deployment = await cloud.EndedAsync(id, "Succeeded");

        Some.Counts(deployment).Should().Be("0 0 1 0 0");
        deployment["previousRevision"].Should().BeNull();
        host.Deployments.Should().HaveCount(2);
    }

    /// <summary>A name that the API does not have would be passed over by every client.</summary>
    [Fact]
    public async Task Answers_have_the_names_of_the_API_and_no_others()
    {
        await using var cloud = await Cloud.StartAsync([Some.Host().FailsFor(Cloud.OtherCommit)], autoRollback: ["DEPLOYMENT_FAILURE"]);
        await cloud.DeployedAsync("Succeeded");
        var id = (await cloud.DeployedAsync("Failed", Cloud.OtherCommit)).Text("deploymentId");
        var deployment = await cloud.UntilAsync(() => cloud.DeploymentAsync(id), one => one["rollbackInfo"] is not null);
        var target = await cloud.TargetAsync(id, "i-1");

        Names(deployment).Should().BeSubsetOf(
        [
            "applicationName", "deploymentGroupName", "deploymentConfigName", "deploymentId", "previousRevision", "revision", "status", "errorInformation", "createTime",
            "startTime", "completeTime", "deploymentOverview", "description", "creator", "ignoreApplicationStopFailures", "autoRollbackConfiguration",
            "updateOutdatedInstancesOnly", "rollbackInfo", "deploymentStyle", "targetInstances", "instanceTerminationWaitTimeStarted", "blueGreenDeploymentConfiguration",
            "loadBalancerInfo", "additionalDeploymentStatusInfo", "fileExistsBehavior", "deploymentStatusMessages", "computePlatform", "externalId", "relatedDeployments",
            "overrideAlarmConfiguration",
        ]);
        Names(deployment["deploymentOverview"]!).Should().Equal("Pending", "InProgress", "Succeeded", "Failed", "Skipped", "Ready");
        Names(deployment["rollbackInfo"]!).Should().BeSubsetOf(["rollbackDeploymentId", "rollbackTriggeringDeploymentId", "rollbackMessage"]);
        Names(await cloud.GroupAsync()).Should().BeSubsetOf(
        [
            "applicationName", "deploymentGroupId", "deploymentGroupName", "deploymentConfigName", "ec2TagFilters", "onPremisesInstanceTagFilters", "autoScalingGroups",
            "serviceRoleArn", "targetRevision", "triggerConfigurations", "alarmConfiguration", "autoRollbackConfiguration", "deploymentStyle", "outdatedInstancesStrategy",
            "blueGreenDeploymentConfiguration", "loadBalancerInfo", "lastSuccessfulDeployment", "lastAttemptedDeployment", "ec2TagSet", "onPremisesTagSet", "computePlatform",
            "ecsServices", "terminationHookEnabled",
        ]);
        Names((await cloud.GroupAsync())["lastSuccessfulDeployment"]!).Should().BeEquivalentTo("deploymentId", "status", "endTime", "createTime");
        Names(target).Should().BeSubsetOf(["deploymentId", "targetId", "targetArn", "status", "lastUpdatedAt", "lifecycleEvents", "instanceLabel"]);
        Names(target["lifecycleEvents"]![0]!).Should().BeEquivalentTo("lifecycleEventName", "diagnostics", "startTime", "endTime", "status");
        Names(target["lifecycleEvents"]![0]!["diagnostics"]!).Should().BeEquivalentTo("errorCode", "scriptName", "message", "logTail");
        Names((await cloud.OkAsync("GetApplication", new { applicationName = "site" }))["application"]!)
            .Should().BeEquivalentTo("applicationId", "applicationName", "createTime", "linkedToGitHub", "gitHubAccountName", "computePlatform");
        Names((await cloud.OkAsync("GetDeploymentConfig", new { deploymentConfigName = "CodeDeployDefault.OneAtATime" }))["deploymentConfigInfo"]!).Should().BeSubsetOf(
            ["deploymentConfigId", "deploymentConfigName", "minimumHealthyHosts", "createTime", "computePlatform", "trafficRoutingConfig", "zonalConfig"]);
    }

    [Fact]
    public async Task An_event_with_nothing_to_run_has_succeeded()
    {
        await using var cloud = await Cloud.StartAsync([Some.Host().On("ApplicationStop", _ => new("Success", "", "Succeeded", "", Skipped: true))]);

        var deployment = await cloud.DeployedAsync("Succeeded");

        (await cloud.TargetAsync(deployment.Text("deploymentId"), "i-1"))["lifecycleEvents"]![0]!.Text("status").Should().Be("Succeeded");
    }

    [Fact]
    public async Task A_host_that_breaks_down_fails_its_event_and_not_the_service()
    {
        await using var cloud = await Cloud.StartAsync([Some.Host().ThrowsAt("Install")]);

        var deployment = await cloud.DeployedAsync("Failed");

        var diagnostics = (await cloud.TargetAsync(deployment.Text("deploymentId"), "i-1"))["lifecycleEvents"]![3]!["diagnostics"]!;
        diagnostics.Text("errorCode").Should().Be("UnknownError");
        diagnostics.Text("message").Should().Be("the disk is gone");
    }

    [Fact]
    public async Task A_mistake_of_the_simulator_ends_the_deployment_and_says_what_it_was()
    {
        await using var cloud = await Cloud.StartAsync(Some.World(Some.Group()), [new HostWithoutTags()]);

        var deployment = await cloud.DeployedAsync("Failed");

        deployment["errorInformation"]!.Text("code").Should().Be("INTERNAL_ERROR");
        deployment["errorInformation"]!.Text("message").Should().Contain("nobody tagged it");
    }

    [Theory]
    [InlineData("ApplicationStop", true, "Succeeded")]
    [InlineData("ApplicationStop", false, "Failed")]
    [InlineData("BeforeInstall", true, "Failed")]
    public async Task Failures_are_only_ignored_where_asked_and_only_those_of_ApplicationStop(string failing, bool ignore, string status)
    {
        await using var cloud = await Cloud.StartAsync([Some.Host().FailsAt(failing)]);

        var id = await cloud.DeployAsync(new
        {
            applicationName = "site",
            deploymentGroupName = "web",
            revision = Some.Revision(Cloud.Commit),
            ignoreApplicationStopFailures = ignore,
        });

        await cloud.EndedAsync(id, status);
        var events = (await cloud.TargetAsync(id, "i-1"))["lifecycleEvents"]!.AsArray();
        events.Single(e => e!.Text("lifecycleEventName") == failing)!.Text("status").Should().Be("Failed");
    }

    [Fact]
    public async Task An_instance_in_two_groups_takes_one_deployment_after_the_other()
    {
        var shared = new ScriptedHost("i-1", ("Release", "web"), ("Api", "yes"));
        var held = shared.HoldsAt("Install");
        var world = Some.World(Some.Group(), Some.Group("api") with { Ec2TagFilters = [new("Api", null, "KEY_ONLY")] });
        await using var cloud = await Cloud.StartAsync(world, [shared]);

        var first = await cloud.DeployAsync();
        await cloud.OverviewAsync(first, "0 1 0 0 0");
        var second = await cloud.DeployAsync(group: "api");
        await cloud.OverviewAsync(second, "1 0 0 0 0");
        var before = shared.Deployments.Count;
        held.SetResult(ScriptedHost.Success);
        await cloud.EndedAsync(first, "Succeeded");
        await cloud.EndedAsync(second, "Succeeded");

        before.Should().Be(1);
        shared.Events.Should().Equal([.. Order, .. Order]);
        shared.Deployments.Select(deployment => deployment.DeploymentId).Should().Equal(first, second);
    }

    [Fact]
    public async Task Only_outdated_instances_are_deployed_to_where_asked()
    {
        var hosts = Some.Hosts(3);
        hosts[1].FailsFor(Cloud.Commit);
        await using var cloud = await Cloud.StartAsync(hosts);
        await cloud.DeployedAsync("Succeeded");
        hosts[1].On("ValidateService", _ => ScriptedHost.Success);

        var repair = new { applicationName = "site", deploymentGroupName = "web", revision = Some.Revision(Cloud.Commit), updateOutdatedInstancesOnly = true };
        var repaired = await cloud.EndedAsync(await cloud.DeployAsync(repair), "Succeeded");
        var idle = await cloud.EndedAsync(await cloud.DeployAsync(repair), "Succeeded");

        (await cloud.OkAsync("ListDeploymentTargets", new { deploymentId = repaired.Text("deploymentId") }))["targetIds"].Strings().Should().Equal("i-2");
        Some.Counts(idle).Should().Be("0 0 0 0 0");
    }

    [Fact]
    public async Task The_group_knows_its_last_attempt_its_last_success_and_the_revision_that_it_is_meant_to_run()
    {
        await using var cloud = await Cloud.StartAsync([Some.Host().FailsFor(Cloud.OtherCommit)]);

        var good = await cloud.DeployedAsync("Succeeded");
        var bad = await cloud.DeployedAsync("Failed", Cloud.OtherCommit);
        var group = await cloud.GroupAsync();

        group["lastSuccessfulDeployment"]!.Text("deploymentId").Should().Be(good.Text("deploymentId"));
        group["lastSuccessfulDeployment"]!.Number("endTime").Should().Be(good.Number("completeTime"));
        group["lastAttemptedDeployment"]!.Text("deploymentId").Should().Be(bad.Text("deploymentId"));
        group["lastAttemptedDeployment"]!.Text("status").Should().Be("Failed");
        group["targetRevision"]!["gitHubLocation"]!.Text("commitId").Should().Be(Cloud.Commit);
        bad["previousRevision"]!["gitHubLocation"]!.Text("commitId").Should().Be(Cloud.Commit);
        good["previousRevision"].Should().BeNull();
    }

    [Fact]
    public async Task A_running_deployment_is_the_last_attempt_and_has_no_end_yet()
    {
        var host = Some.Host();
        host.HoldsAt("Install");
        await using var cloud = await Cloud.StartAsync([host]);

        var id = await cloud.DeployAsync();
        await cloud.StatusAsync(id, "InProgress");

        var last = (await cloud.GroupAsync())["lastAttemptedDeployment"]!;
        (last.Text("deploymentId"), last.Text("status"), last["endTime"]).Should().Be((id, "InProgress", null));
    }

    [Fact]
    public async Task When_the_service_ends_so_do_the_events_that_run()
    {
        var host = Some.Host();
        host.HoldsAt("Install");
        var cloud = await Cloud.StartAsync([host]);
        await cloud.DeployAsync();
        await cloud.UntilAsync(() => Task.FromResult(host.Events), events => events.Contains("Install"));

        await cloud.DisposeAsync();

        host.WasCancelled.Should().BeTrue();
        cloud.Service.Deployments.Single().Status.Should().Be("InProgress");
    }

    private static IEnumerable<string> Names(JsonNode node) => node.AsObject().Select(member => member.Key);

    private sealed class HostWithoutTags : IHost
    {
        public string Id => "i-1";
        public string Zone => "ap-east-1a";
        public IReadOnlyDictionary<string, string> Tags => throw new InvalidOperationException("nobody tagged it");

        public Task<EventResult> RunAsync(string lifecycleEvent, HostDeployment deployment, CancellationToken ct) => throw new NotSupportedException();
    }
}
