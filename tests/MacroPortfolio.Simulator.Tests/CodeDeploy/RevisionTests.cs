using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.Tests.CodeDeploy;

public sealed class RevisionTests
{
    [Fact]
    public async Task A_registered_revision_is_known_but_not_used_yet()
    {
        await using var cloud = await Cloud.StartAsync([]);

        await cloud.OkAsync("RegisterApplicationRevision", new { applicationName = "site", revision = Some.Revision(Cloud.Commit), description = "first" });
        var info = await InfoAsync(cloud, Cloud.Commit);

        info.Text("description").Should().Be("first");
        info.Number("registerTime").Should().BeGreaterThan(0);
        info["deploymentGroups"].Strings().Should().BeEmpty();
        (info["firstUsedTime"], info["lastUsedTime"]).Should().Be((null, null));
    }

    [Fact]
    public async Task A_revision_that_nobody_registered_does_not_exist()
    {
        await using var cloud = await Cloud.StartAsync([]);

        (await cloud.ErrorAsync("GetApplicationRevision", new { applicationName = "site", revision = Some.Revision(Cloud.Commit) }))
            .Name.Should().Be("RevisionDoesNotExist");
        (await cloud.ErrorAsync("GetApplicationRevision", new { applicationName = "nope", revision = Some.Revision(Cloud.Commit) }))
            .Name.Should().Be("ApplicationDoesNotExist");
        (await cloud.ErrorAsync("GetApplicationRevision", new { applicationName = "site" })).Name.Should().Be("RevisionRequired");
    }

    [Fact]
    public async Task A_deployment_registers_its_revision_and_notes_its_first_and_last_use()
    {
        await using var cloud = await Cloud.StartAsync([Some.Host()]);

        var first = await cloud.DeployedAsync("Succeeded");
        cloud.Time.Advance(TimeSpan.FromMinutes(1));
        var second = await cloud.DeployedAsync("Succeeded");
        var info = await InfoAsync(cloud, Cloud.Commit);

        info.Text("description").Should().Be($"Application revision registered by Deployment ID: {first.Text("deploymentId")}");
        info.Number("firstUsedTime").Should().Be(first.Number("createTime"));
        info.Number("lastUsedTime").Should().Be(second.Number("createTime"));
        info["deploymentGroups"].Strings().Should().Equal("web");
    }

    [Fact]
    public async Task Versions_of_one_object_are_different_revisions()
    {
        await using var cloud = await Cloud.StartAsync([]);

        await cloud.OkAsync("RegisterApplicationRevision", new { applicationName = "site", revision = S3("site.zip", "v1") });

        (await cloud.OkAsync("GetApplicationRevision", new { applicationName = "site", revision = S3("site.zip", "v1") }))
            ["revision"]!["s3Location"]!.Text("version").Should().Be("v1");
        (await cloud.ErrorAsync("GetApplicationRevision", new { applicationName = "site", revision = S3("site.zip", "v2") }))
            .Name.Should().Be("RevisionDoesNotExist");
    }

    [Fact]
    public async Task Registering_needs_a_revision_and_a_short_description()
    {
        await using var cloud = await Cloud.StartAsync([]);

        (await cloud.ErrorAsync("RegisterApplicationRevision", new { applicationName = "site" })).Name.Should().Be("RevisionRequired");
        (await cloud.ErrorAsync("RegisterApplicationRevision", new { applicationName = "site", revision = new { revisionType = "S3" } })).Name.Should().Be("InvalidRevision");
        (await cloud.ErrorAsync("RegisterApplicationRevision", new { applicationName = "site", revision = Some.Revision(Cloud.Commit), description = new string('x', 257) }))
            .Name.Should().Be("DescriptionTooLong");
    }

    [Fact]
    public async Task Revisions_are_listed_by_use_bucket_and_order()
    {
        await using var cloud = await Cloud.StartAsync([Some.Host()], settings: new() { PageSize = 2 });
        foreach (var key in Some.List("a/1.zip", "a/2.zip", "b/3.zip"))
        {
            await cloud.OkAsync("RegisterApplicationRevision", new { applicationName = "site", revision = S3(key, "v1") });
            cloud.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await cloud.EndedAsync(await cloud.DeployAsync(Some.Request(S3("a/1.zip", "v1"))), "Succeeded");

        (await ListAsync(cloud, new { applicationName = "site", sortBy = "registerTime", sortOrder = "descending" }))
            .Should().Equal("b/3.zip", "a/2.zip", "a/1.zip");
        (await ListAsync(cloud, new { applicationName = "site", s3Bucket = "bundles", s3KeyPrefix = "a/", deployed = "exclude" })).Should().Equal("a/2.zip");
        (await ListAsync(cloud, new { applicationName = "site", deployed = "include" })).Should().Equal("a/1.zip");
        (await ListAsync(cloud, new { applicationName = "site", s3Bucket = "other" })).Should().BeEmpty();
    }

    [Fact]
    public async Task Revisions_are_listed_by_their_first_or_last_use()
    {
        await using var cloud = await Cloud.StartAsync([Some.Host()]);
        foreach (var key in Some.List("1.zip", "2.zip", "1.zip"))
        {
            await cloud.EndedAsync(await cloud.DeployAsync(Some.Request(S3(key, "v1"))), "Succeeded");
            cloud.Time.Advance(TimeSpan.FromSeconds(1));
        }

        (await ListAsync(cloud, new { applicationName = "site", sortBy = "firstUsedTime", sortOrder = "descending" })).Should().Equal("2.zip", "1.zip");
        (await ListAsync(cloud, new { applicationName = "site", sortBy = "lastUsedTime", sortOrder = "descending" })).Should().Equal("1.zip", "2.zip");
        (await ListAsync(cloud, new { applicationName = "site", sortBy = "lastUsedTime" })).Should().Equal("2.zip", "1.zip");
    }

    [Theory]
    [InlineData("sortBy", "size", "InvalidSortBy")]
    [InlineData("sortOrder", "sideways", "InvalidSortOrder")]
    [InlineData("deployed", "maybe", "InvalidDeployedStateFilter")]
    [InlineData("s3KeyPrefix", "a/", "BucketNameFilterRequired")]
    [InlineData("nextToken", "x", "InvalidNextToken")]
    public async Task Each_wrong_filter_has_its_exception(string member, string value, string error)
    {
        await using var cloud = await Cloud.StartAsync([]);

        (await cloud.ErrorAsync("ListApplicationRevisions", new JsonObject { ["applicationName"] = "site", [member] = value })).Name.Should().Be(error);
    }

    [Fact]
    public async Task A_batch_reads_up_to_25_revisions()
    {
        await using var cloud = await Cloud.StartAsync([]);
        await cloud.OkAsync("RegisterApplicationRevision", new { applicationName = "site", revision = Some.Revision(Cloud.Commit) });

        var batch = await cloud.OkAsync(
            "BatchGetApplicationRevisions", new { applicationName = "site", revisions = new[] { Some.Revision(Cloud.Commit), Some.Revision(Cloud.OtherCommit) } });

        batch["revisions"]!.AsArray().Should().HaveCount(1);
        batch["errorMessage"].Should().NotBeNull();
        (await cloud.ErrorAsync("BatchGetApplicationRevisions", new { applicationName = "site" })).Name.Should().Be("RevisionRequired");
        (await cloud.ErrorAsync("BatchGetApplicationRevisions", new { applicationName = "site", revisions = Enumerable.Repeat(Some.Revision("a"), 26) }))
            .Name.Should().Be("BatchLimitExceeded");
    }

    private static object S3(string key, string version) =>
        new { revisionType = "S3", s3Location = new { bucket = "bundles", key, bundleType = "zip", version } };

    private static async Task<JsonNode> InfoAsync(Cloud cloud, string commit) =>
        (await cloud.OkAsync("GetApplicationRevision", new { applicationName = "site", revision = Some.Revision(commit) }))["revisionInfo"]!;

    /// <summary>The keys of all pages.</summary>
    private static async Task<string[]> ListAsync(Cloud cloud, object request)
    {
        var asked = System.Text.Json.JsonSerializer.SerializeToNode(request)!;
        var keys = new List<string>();
        do
        {
            var page = await cloud.OkAsync("ListApplicationRevisions", asked);
            keys.AddRange(page["revisions"]!.AsArray().Select(revision => revision!["s3Location"]!.Text("key")));
            asked["nextToken"] = page["nextToken"]?.DeepClone();
        }
        while (asked["nextToken"] is not null);

        return [.. keys];
    }
}
