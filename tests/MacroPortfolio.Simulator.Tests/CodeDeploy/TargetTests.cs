namespace MacroPortfolio.Simulator.Tests.CodeDeploy;

public sealed class TargetTests
{
    [Fact]
    public async Task Targets_are_listed_by_status()
    {
        var hosts = Some.Hosts(3);
        hosts[1].FailsAt("Install");
        await using var cloud = await Cloud.StartAsync(hosts);
        var id = (await cloud.DeployedAsync("Succeeded")).Text("deploymentId");

        (await ListAsync(cloud, id, "TargetStatus", "Failed", "Skipped")).Should().Equal("i-2");
        (await ListAsync(cloud, id, "TargetStatus", "Succeeded")).Should().Equal("i-1", "i-3");
        (await cloud.OkAsync("ListDeploymentTargets", new { deploymentId = id }))["targetIds"].Strings().Should().Equal("i-1", "i-2", "i-3");
    }

    [Theory]
    [InlineData("TargetStatus", "Fine", "InvalidInstanceStatus")]
    [InlineData("Mood", "Fine", "InvalidTargetFilterName")]
    [InlineData("ServerInstanceLabel", "Blue", "InvalidDeploymentInstanceType")]
    public async Task Target_filters_are_those_of_in_place_deployments(string name, string value, string error)
    {
        await using var cloud = await Cloud.StartAsync([Some.Host()]);
        var id = (await cloud.DeployedAsync("Succeeded")).Text("deploymentId");

        var answer = await cloud.ErrorAsync("ListDeploymentTargets", new { deploymentId = id, targetFilters = new Dictionary<string, string[]> { [name] = [value] } });

        answer.Name.Should().Be(error);
    }

    [Fact]
    public async Task Targets_can_be_asked_for_by_every_status_of_the_API()
    {
        await using var cloud = await Cloud.StartAsync([Some.Host()]);
        var id = (await cloud.DeployedAsync("Succeeded")).Text("deploymentId");

        (await ListAsync(cloud, id, "TargetStatus", "Pending", "InProgress", "Failed", "Skipped", "Unknown", "Ready")).Should().BeEmpty();
        (await ListAsync(cloud, id, "TargetStatus", "Succeeded")).Should().Equal("i-1");
    }

    [Fact]
    public async Task Of_the_deprecated_operations_only_the_list_says_that_a_deployment_has_not_started()
    {
        await using var cloud = await Cloud.StartAsync([Some.Host()], settings: new() { Created = TimeSpan.FromHours(1) });
        var id = await cloud.DeployAsync();

        (await cloud.ErrorAsync("ListDeploymentInstances", new { deploymentId = id })).Name.Should().Be("DeploymentNotStarted");
        (await cloud.ErrorAsync("GetDeploymentInstance", new { deploymentId = id, instanceId = "i-1" })).Name.Should().Be("InstanceDoesNotExist");
        (await cloud.OkAsync("BatchGetDeploymentInstances", new { deploymentId = id, instanceIds = Some.List("i-1") }))["instancesSummary"]!.AsArray().Should().BeEmpty();
    }

    [Fact]
    public async Task Targets_come_in_pages()
    {
        await using var cloud = await Cloud.StartAsync(Some.Hosts(5), settings: new() { PageSize = 2 });
        var id = (await cloud.DeployedAsync("Succeeded")).Text("deploymentId");
        var seen = new List<string>();
        string? token = null;
        do
        {
            var page = await cloud.OkAsync("ListDeploymentTargets", new { deploymentId = id, nextToken = token });
            seen.AddRange(page["targetIds"].Strings());
            token = page["nextToken"]?.GetValue<string>();
        }
        while (token is not null);

        seen.Should().Equal("i-1", "i-2", "i-3", "i-4", "i-5");
    }

    [Fact]
    public async Task A_token_of_one_deployment_is_not_valid_for_another()
    {
        await using var cloud = await Cloud.StartAsync(Some.Hosts(2), settings: new() { PageSize = 1 });
        var first = (await cloud.DeployedAsync("Succeeded")).Text("deploymentId");
        var second = (await cloud.DeployedAsync("Succeeded")).Text("deploymentId");
        var token = (await cloud.OkAsync("ListDeploymentTargets", new { deploymentId = first })).Text("nextToken");

        (await cloud.ErrorAsync("ListDeploymentTargets", new { deploymentId = second, nextToken = token })).Name.Should().Be("InvalidNextToken");
    }

    [Fact]
    public async Task A_batch_reads_up_to_25_targets_that_all_belong_to_the_deployment()
    {
        await using var cloud = await Cloud.StartAsync(Some.Hosts(26));
        var id = (await cloud.DeployedAsync("Succeeded")).Text("deploymentId");
        var all = Enumerable.Range(1, 26).Select(number => $"i-{number}").ToList();

        var batch = await cloud.OkAsync("BatchGetDeploymentTargets", new { deploymentId = id, targetIds = all.Take(25) });

        batch["deploymentTargets"]!.AsArray().Should().HaveCount(25).And.OnlyContain(target => target!.Text("deploymentTargetType") == "InstanceTarget");
        (await ErrorAsync(cloud, id, [.. all])).Should().Be("BatchLimitExceeded");
        (await ErrorAsync(cloud, id)).Should().Be("DeploymentTargetIdRequired");
        (await ErrorAsync(cloud, id, "i-1", "i-99")).Should().Be("DeploymentTargetDoesNotExist");
        (await ErrorAsync(cloud, id, "a b")).Should().Be("InvalidDeploymentTargetId");
    }

    [Fact]
    public async Task A_single_target_needs_its_id()
    {
        await using var cloud = await Cloud.StartAsync([Some.Host()]);
        var id = (await cloud.DeployedAsync("Succeeded")).Text("deploymentId");

        (await cloud.ErrorAsync("GetDeploymentTarget", new { deploymentId = id })).Name.Should().Be("DeploymentTargetIdRequired");
        (await cloud.ErrorAsync("GetDeploymentTarget", new { deploymentId = id, targetId = "i-9" })).Name.Should().Be("DeploymentTargetDoesNotExist");
        (await cloud.TargetAsync(id, "i-1")).Text("targetId").Should().Be("i-1");
    }

    [Fact]
    public async Task Old_clients_find_the_same_under_the_deprecated_names()
    {
        var hosts = Some.Hosts(2);
        hosts[1].FailsAt("Install");
        await using var cloud = await Cloud.StartAsync(hosts);
        var id = (await cloud.DeployedAsync("Succeeded")).Text("deploymentId");

        var listed = await cloud.OkAsync("ListDeploymentInstances", new { deploymentId = id, instanceStatusFilter = Some.List("Failed") });
        var one = (await cloud.OkAsync("GetDeploymentInstance", new { deploymentId = id, instanceId = "i-2" }))["instanceSummary"]!;
        var batch = await cloud.OkAsync("BatchGetDeploymentInstances", new { deploymentId = id, instanceIds = Some.List("i-1", "i-9") });

        listed["instancesList"].Strings().Should().Equal("i-2");
        one.Text("status").Should().Be("Failed");
        one["lifecycleEvents"]!.AsArray().Should().HaveCount(7);
        batch["instancesSummary"]!.AsArray().Should().HaveCount(1);
        batch["errorMessage"].Should().NotBeNull();
        (await cloud.ErrorAsync("GetDeploymentInstance", new { deploymentId = id, instanceId = "i-9" })).Name.Should().Be("InstanceDoesNotExist");
        (await cloud.ErrorAsync("ListDeploymentInstances", new { deploymentId = id, instanceTypeFilter = Some.List("Blue") }))
            .Name.Should().Be("InvalidDeploymentInstanceType");
    }

    private static async Task<string[]> ListAsync(Cloud cloud, string id, string filter, params string[] values) =>
        (await cloud.OkAsync("ListDeploymentTargets", new { deploymentId = id, targetFilters = new Dictionary<string, string[]> { [filter] = values } }))["targetIds"]
            .Strings();

    private static async Task<string> ErrorAsync(Cloud cloud, string id, params string[] targets) =>
        (await cloud.ErrorAsync("BatchGetDeploymentTargets", new { deploymentId = id, targetIds = targets })).Name;
}
