namespace MacroPortfolio.Simulator.Tests.CodeDeploy;

public sealed class ListDeploymentsTests
{
    [Fact]
    public async Task Deployments_are_listed_newest_first_of_one_group_or_of_all()
    {
        var world = Some.World(Some.Group(), Some.Group("api") with { Ec2TagFilters = [new("Release", "web", null)] });
        await using var cloud = await Cloud.StartAsync(world, [Some.Host()]);
        var first = await cloud.EndedAsync(await cloud.DeployAsync(), "Succeeded");
        var second = await cloud.EndedAsync(await cloud.DeployAsync(group: "api"), "Succeeded");
        var third = await cloud.EndedAsync(await cloud.DeployAsync(), "Succeeded");

        var all = await cloud.OkAsync("ListDeployments", new { });
        var ofGroup = await cloud.OkAsync("ListDeployments", new { applicationName = "site", deploymentGroupName = "web" });

        all["deployments"].Strings().Should().Equal(third.Text("deploymentId"), second.Text("deploymentId"), first.Text("deploymentId"));
        ofGroup["deployments"].Strings().Should().Equal(third.Text("deploymentId"), first.Text("deploymentId"));
    }

    [Fact]
    public async Task Application_and_group_are_given_both_or_neither()
    {
        await using var cloud = await Cloud.StartAsync([]);

        (await cloud.ErrorAsync("ListDeployments", new { applicationName = "site" })).Name.Should().Be("DeploymentGroupNameRequired");
        (await cloud.ErrorAsync("ListDeployments", new { deploymentGroupName = "web" })).Name.Should().Be("ApplicationNameRequired");
        (await cloud.ErrorAsync("ListDeployments", new { applicationName = "site", deploymentGroupName = "nope" })).Name.Should().Be("DeploymentGroupDoesNotExist");
        (await cloud.ErrorAsync("ListDeployments", new { applicationName = "nope", deploymentGroupName = "web" })).Name.Should().Be("ApplicationDoesNotExist");
    }

    [Fact]
    public async Task The_names_of_a_list_are_checked_as_everywhere()
    {
        await using var cloud = await Cloud.StartAsync([]);

        (await cloud.ErrorAsync("ListDeployments", new { applicationName = "a b", deploymentGroupName = "web" })).Name.Should().Be("InvalidApplicationName");
        (await cloud.ErrorAsync("ListDeployments", new { applicationName = "site", deploymentGroupName = "a b" })).Name.Should().Be("InvalidDeploymentGroupName");
    }

    [Theory]
    [InlineData("Created")]
    [InlineData("Queued")]
    [InlineData("InProgress")]
    [InlineData("Baking")]
    [InlineData("Succeeded")]
    [InlineData("Failed")]
    [InlineData("Stopped")]
    [InlineData("Ready")]
    public async Task A_list_can_be_limited_to_each_status_of_the_API(string status)
    {
        await using var cloud = await Cloud.StartAsync([]);

        (await ListAsync(cloud, status)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_list_can_be_limited_to_statuses()
    {
        await using var cloud = await Cloud.StartAsync([Some.Host().FailsFor(Cloud.OtherCommit)]);
        var good = await cloud.DeployedAsync("Succeeded");
        var bad = await cloud.DeployedAsync("Failed", Cloud.OtherCommit);

        (await ListAsync(cloud, "Failed", "Stopped")).Should().Equal(bad.Text("deploymentId"));
        (await ListAsync(cloud, "Succeeded")).Should().Equal(good.Text("deploymentId"));
        (await ListAsync(cloud, "Ready", "Baking")).Should().BeEmpty();
        (await ListAsync(cloud)).Should().HaveCount(2);
        (await cloud.ErrorAsync("ListDeployments", new { includeOnlyStatuses = Some.List("Teleporting") })).Name.Should().Be("InvalidDeploymentStatus");
    }

    [Fact]
    public async Task A_list_can_be_limited_to_when_its_deployments_were_created()
    {
        await using var cloud = await Cloud.StartAsync([Some.Host()]);
        var early = await cloud.DeployedAsync("Succeeded");
        cloud.Time.Advance(TimeSpan.FromMinutes(1));
        var late = await cloud.DeployedAsync("Succeeded");
        var (start, end) = (early.Number("createTime"), late.Number("createTime"));

        (await InAsync(cloud, start, end)).Should().HaveCount(2);
        (await InAsync(cloud, null, null)).Should().HaveCount(2);
        (await InAsync(cloud, start + 1, null)).Should().Equal(late.Text("deploymentId"));
        (await InAsync(cloud, null, end - 1)).Should().Equal(early.Text("deploymentId"));
        (await InAsync(cloud, start + 1, end - 1)).Should().BeEmpty();
        (await cloud.ErrorAsync("ListDeployments", new { createTimeRange = new { start = end, end = start } })).Name.Should().Be("InvalidTimeRange");
    }

    [Fact]
    public async Task Pages_go_on_where_the_last_ended_although_newer_deployments_were_made_meanwhile()
    {
        await using var cloud = await Cloud.StartAsync([Some.Host()], settings: new() { PageSize = 2 });
        var ids = new List<string>();
        for (var number = 0; number < 4; number++)
            ids.Add((await cloud.DeployedAsync("Succeeded")).Text("deploymentId"));

        var first = await cloud.OkAsync("ListDeployments", new { });
        await cloud.DeployedAsync("Succeeded");
        var second = await cloud.OkAsync("ListDeployments", new { nextToken = first.Text("nextToken") });

        first["deployments"].Strings().Should().Equal(ids[3], ids[2]);
        second["deployments"].Strings().Should().Equal(ids[1], ids[0]);
        second["nextToken"].Should().BeNull();
        (await cloud.ErrorAsync("ListDeployments", new { nextToken = "nonsense" })).Name.Should().Be("InvalidNextToken");
    }

    [Fact]
    public async Task A_page_has_100_deployments_by_default()
    {
        await using var cloud = await Cloud.StartAsync([]);
        for (var number = 0; number < 101; number++)
            await cloud.DeployedAsync("Failed");

        var first = await cloud.OkAsync("ListDeployments", new { });

        first["deployments"].Strings().Should().HaveCount(100);
        (await cloud.OkAsync("ListDeployments", new { nextToken = first.Text("nextToken") }))["deployments"].Strings().Should().HaveCount(1);
    }

    [Fact]
    public async Task No_deployment_belongs_to_an_external_resource()
    {
        await using var cloud = await Cloud.StartAsync([Some.Host()]);
        await cloud.DeployAsync();

        (await cloud.OkAsync("ListDeployments", new { externalId = "stack" }))["deployments"].Strings().Should().BeEmpty();
    }

    [Fact]
    public async Task A_batch_reads_up_to_25_deployments_and_leaves_out_what_it_does_not_know()
    {
        await using var cloud = await Cloud.StartAsync([Some.Host()]);
        var id = await cloud.DeployAsync();

        var batch = await cloud.OkAsync("BatchGetDeployments", new { deploymentIds = Some.List(id, "d-UNKNOWN01") });

        batch["deploymentsInfo"]!.AsArray().Select(deployment => deployment!.Text("deploymentId")).Should().Equal(id);
        (await cloud.ErrorAsync("BatchGetDeployments", new { })).Name.Should().Be("DeploymentIdRequired");
        (await cloud.ErrorAsync("BatchGetDeployments", new { deploymentIds = Some.List(id, "x") })).Name.Should().Be("InvalidDeploymentId");
        (await cloud.ErrorAsync("BatchGetDeployments", new { deploymentIds = Enumerable.Repeat(id, 26) })).Name.Should().Be("BatchLimitExceeded");
        await cloud.OkAsync("BatchGetDeployments", new { deploymentIds = Enumerable.Repeat(id, 25) });
    }

    private static async Task<string[]> ListAsync(Cloud cloud, params string[] statuses) =>
        (await cloud.OkAsync("ListDeployments", new { includeOnlyStatuses = statuses }))["deployments"].Strings();

    private static async Task<string[]> InAsync(Cloud cloud, double? start, double? end) =>
        (await cloud.OkAsync("ListDeployments", new { createTimeRange = new { start, end } }))["deployments"].Strings();
}
