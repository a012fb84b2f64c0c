using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.Tests.CodeDeploy;

public sealed class RollbackTests
{
    private static readonly string[] OnFailure = ["DEPLOYMENT_FAILURE"];

    [Fact]
    public async Task A_failed_deployment_is_rolled_back_by_a_new_one_of_what_last_succeeded()
    {
        var host = Some.Host().FailsFor(Cloud.OtherCommit);
        await using var cloud = await Cloud.StartAsync([host], autoRollback: OnFailure);
        await cloud.DeployedAsync("Succeeded");

        var failed = (await cloud.DeployedAsync("Failed", Cloud.OtherCommit)).Text("deploymentId");
        var told = await RolledBackAsync(cloud, failed);
        var rollback = await cloud.EndedAsync(told["rollbackInfo"]!.Text("rollbackDeploymentId"), "Succeeded");

        var id = rollback.Text("deploymentId");
        id.Should().NotBe(failed);
        told.Text("status").Should().Be("Failed");
        told["rollbackInfo"]!.Text("rollbackMessage").Should().Be($"Deployment {id} is triggered to roll back deployment {failed}.");
        rollback.Text("creator").Should().Be("codeDeployRollback");
        rollback["rollbackInfo"]!.Text("rollbackTriggeringDeploymentId").Should().Be(failed);
        rollback["revision"]!["gitHubLocation"]!.Text("commitId").Should().Be(Cloud.Commit);
        rollback.Text("description").Should().Contain(failed);
        (await cloud.GroupAsync())["lastSuccessfulDeployment"]!.Text("deploymentId").Should().Be(id);
    }

    [Fact]
    public async Task Which_rollback_it_was_appears_a_moment_after_the_end()
    {
        await using var cloud = await Cloud.StartAsync(
            [Some.Host().FailsFor(Cloud.OtherCommit)], autoRollback: OnFailure, settings: new() { BeforeRollback = TimeSpan.FromSeconds(5) });
        await cloud.DeployedAsync("Succeeded");

        var ended = await cloud.DeployedAsync("Failed", Cloud.OtherCommit);
        var rolledBack = await RolledBackAsync(cloud, ended.Text("deploymentId"));

        ended["rollbackInfo"].Should().BeNull();
        var rollback = await cloud.DeploymentAsync(rolledBack["rollbackInfo"]!.Text("rollbackDeploymentId"));
        rollback.Number("createTime").Should().BeGreaterOrEqualTo(ended.Number("completeTime") + 5);
    }

    [Fact]
    public async Task Without_a_successful_deployment_there_is_nothing_to_go_back_to_and_that_is_said()
    {
        await using var cloud = await Cloud.StartAsync([Some.Host().FailsAt("Install")], autoRollback: OnFailure);

        var ended = await RolledBackAsync(cloud, (await cloud.DeployedAsync("Failed")).Text("deploymentId"));

        ended["rollbackInfo"]!["rollbackDeploymentId"].Should().BeNull();
        ended["rollbackInfo"]!.Text("rollbackMessage").Should().Contain("no successful deployment to go back to");
        cloud.Service.Deployments.Should().ContainSingle();
    }

    [Fact]
    public async Task A_rollback_that_fails_is_not_rolled_back()
    {
        var host = Some.Host();
        await using var cloud = await Cloud.StartAsync([host], autoRollback: OnFailure);
        await cloud.DeployedAsync("Succeeded");
        host.FailsAt("Install");

        var ended = await RolledBackAsync(cloud, (await cloud.DeployedAsync("Failed", Cloud.OtherCommit)).Text("deploymentId"));
        await cloud.EndedAsync(ended["rollbackInfo"]!.Text("rollbackDeploymentId"), "Failed");
        await SettleAsync(cloud);

        cloud.Service.Deployments.Should().HaveCount(3);
    }

    [Theory]
    [InlineData("""{"enabled":false,"events":["DEPLOYMENT_FAILURE"]}""")]
    [InlineData("""{"enabled":true,"events":["DEPLOYMENT_STOP_ON_REQUEST"]}""")]
    public async Task What_the_request_says_about_rollback_overrides_the_group(string configuration)
    {
        await using var cloud = await Cloud.StartAsync([Some.Host().FailsFor(Cloud.OtherCommit)], autoRollback: OnFailure);
        await cloud.DeployedAsync("Succeeded");

        var id = await cloud.DeployAsync(new
        {
            applicationName = "site",
            deploymentGroupName = "web",
            revision = Some.Revision(Cloud.OtherCommit),
            autoRollbackConfiguration = JsonNode.Parse(configuration),
        });
        await cloud.EndedAsync(id, "Failed");
        await SettleAsync(cloud);

        cloud.Service.Deployments.Should().HaveCount(2);
    }

    [Theory]
    [InlineData(true, "", true)]
    [InlineData(null, "DEPLOYMENT_STOP_ON_REQUEST", true)]
    [InlineData(null, "DEPLOYMENT_FAILURE", false)]
    [InlineData(false, "DEPLOYMENT_STOP_ON_REQUEST", false)]
    public async Task A_stopped_deployment_is_rolled_back_when_the_stop_or_else_the_configuration_asks_for_it(bool? asked, string configured, bool rolledBack)
    {
        var host = Some.Host();
        await using var cloud = await Cloud.StartAsync([host], autoRollback: configured.Length == 0 ? [] : [configured]);
        await cloud.DeployedAsync("Succeeded");
        var held = host.HoldsAt("Install");
        var id = await cloud.DeployAsync(Cloud.OtherCommit);
        await cloud.OverviewAsync(id, "0 1 0 0 0");

        await cloud.OkAsync("StopDeployment", new { deploymentId = id, autoRollbackEnabled = asked });
        held.SetResult(ScriptedHost.Success);
        await cloud.EndedAsync(id, "Stopped");
        await SettleAsync(cloud);

        var stopped = await cloud.DeploymentAsync(id);
        (stopped["rollbackInfo"]?["rollbackDeploymentId"] is not null).Should().Be(rolledBack);
        cloud.Service.Deployments.Should().HaveCount(rolledBack ? 3 : 2);
    }

    [Fact]
    public async Task A_group_that_is_busy_again_by_then_is_not_rolled_back()
    {
        await using var cloud = await Cloud.StartAsync(
            [Some.Host().FailsFor(Cloud.OtherCommit)],
            autoRollback: OnFailure,
            settings: new() { BeforeRollback = TimeSpan.FromSeconds(1), Queued = TimeSpan.FromHours(1) });
        var settled = await LongAsync(cloud, await cloud.DeployAsync(), "Succeeded");
        var failed = await LongAsync(cloud, await cloud.DeployAsync(Cloud.OtherCommit), "Failed");

        var next = await cloud.DeployAsync();
        var ended = await RolledBackAsync(cloud, failed.Text("deploymentId"));

        settled["rollbackInfo"].Should().BeNull();
        ended["rollbackInfo"]!.Text("rollbackMessage").Should().Contain($"an active deployment, {next}");
    }

    private static Task<JsonNode> RolledBackAsync(Cloud cloud, string id) =>
        cloud.UntilAsync(() => cloud.DeploymentAsync(id), deployment => deployment["rollbackInfo"] is not null, "a rollback");

    private static Task<JsonNode> LongAsync(Cloud cloud, string id, string status) => cloud.UntilAsync(
        () => cloud.DeploymentAsync(id),
        deployment =>
        {
            if (deployment.Text("status") == "Queued")
                cloud.Time.Advance(TimeSpan.FromHours(1));
            return deployment.Text("status") == status;
        });

    /// <summary>Long enough for any rollback that would come.</summary>
    private static async Task SettleAsync(Cloud cloud)
    {
        var until = cloud.Time.GetUtcNow() + TimeSpan.FromSeconds(2);
        await cloud.UntilAsync(
            () => Task.FromResult(cloud.Service.Deployments), all => cloud.Time.GetUtcNow() > until && all.All(one => one.CompleteTime is not null));
    }
}
