using System.Net;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Tests.CodeDeploy;

public sealed class ApplicationTests
{
    [Fact]
    public async Task An_application_of_the_world_says_that_it_is_linked_to_GitHub()
    {
        await using var cloud = await Cloud.StartAsync([]);

        var application = (await cloud.OkAsync("GetApplication", new { applicationName = "site" }))["application"]!;

        application.Text("applicationName").Should().Be("site");
        application.Text("computePlatform").Should().Be("Server");
        application.Text("gitHubAccountName").Should().Be("acme");
        application["linkedToGitHub"]!.GetValue<bool>().Should().BeTrue();
        Guid.TryParse(application.Text("applicationId"), out _).Should().BeTrue();
    }

    [Fact]
    public async Task A_created_application_is_there_until_it_is_deleted_and_only_the_console_can_link_it()
    {
        await using var cloud = await Cloud.StartAsync([]);

        var id = (await cloud.OkAsync("CreateApplication", new { applicationName = "api" })).Text("applicationId");
        var application = (await cloud.OkAsync("BatchGetApplications", new { applicationNames = Some.List("api", "site") }))["applicationsInfo"]![0]!;
        await cloud.OkAsync("DeleteApplication", new { applicationName = "api" });

        application.Text("applicationId").Should().Be(id);
        application["linkedToGitHub"]!.GetValue<bool>().Should().BeFalse();
        (await cloud.OkAsync("ListApplications", new { }))["applications"].Strings().Should().Equal("site");
    }

    [Fact]
    public async Task Deleting_what_is_not_there_is_no_error()
    {
        await using var cloud = await Cloud.StartAsync([]);

        var answer = await cloud.CallAsync("DeleteApplication", new { applicationName = "nope" });

        answer.Status.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(null, "ApplicationNameRequired")]
    [InlineData("", "ApplicationNameRequired")]
    [InlineData("a b", "InvalidApplicationName")]
    [InlineData("a\n", "InvalidApplicationName")]
    [InlineData("site", "ApplicationAlreadyExists")]
    public async Task A_name_must_be_given_well_formed_and_new(string? name, string error)
    {
        await using var cloud = await Cloud.StartAsync([]);

        (await cloud.ErrorAsync("CreateApplication", new { applicationName = name })).Name.Should().Be(error);
    }

    [Fact]
    public async Task A_name_has_at_most_100_characters()
    {
        await using var cloud = await Cloud.StartAsync([]);

        await cloud.OkAsync("CreateApplication", new { applicationName = new string('a', 100) });
        (await cloud.ErrorAsync("CreateApplication", new { applicationName = new string('a', 101) })).Name.Should().Be("InvalidApplicationName");
    }

    [Fact]
    public async Task An_account_has_at_most_1000_applications()
    {
        var world = Some.World() with { CodeDeploy = new() { Applications = [.. Enumerable.Range(1, 1000).Select(number => new ApplicationWorld { Name = $"a{number}" })] } };
        await using var cloud = await Cloud.StartAsync(world, []);

        (await cloud.ErrorAsync("CreateApplication", new { applicationName = "one-more" })).Name.Should().Be("ApplicationLimitExceeded");
    }

    [Fact]
    public async Task Another_compute_platform_can_be_held_but_not_deployed_to()
    {
        await using var cloud = await Cloud.StartAsync([]);

        await cloud.OkAsync("CreateApplication", new { applicationName = "fn", computePlatform = "Lambda" });

        (await cloud.ErrorAsync("CreateApplication", new { applicationName = "x", computePlatform = "Mainframe" })).Name.Should().Be("InvalidComputePlatform");
        var error = await cloud.ErrorAsync(
            "CreateDeploymentGroup", new { applicationName = "fn", deploymentGroupName = "g", serviceRoleArn = "arn:aws:iam::123456789012:role/r" });
        error.Message.Should().Be("The simulator lacks deployment groups of the compute platform Lambda.");
    }

    [Fact]
    public async Task A_batch_names_1_to_100_applications_that_all_exist()
    {
        await using var cloud = await Cloud.StartAsync([]);

        (await cloud.ErrorAsync("BatchGetApplications", new { applicationNames = Array.Empty<string>() })).Name.Should().Be("ApplicationNameRequired");
        (await cloud.ErrorAsync("BatchGetApplications", new { applicationNames = Some.List("site", "nope") })).Name.Should().Be("ApplicationDoesNotExist");
        (await cloud.ErrorAsync("BatchGetApplications", new { applicationNames = Enumerable.Repeat("site", 101) })).Name.Should().Be("BatchLimitExceeded");
    }

    [Fact]
    public async Task A_list_comes_in_pages_that_stay_right_while_items_are_added()
    {
        await using var cloud = await Cloud.StartAsync([], settings: new() { PageSize = 2 });
        foreach (var name in Some.List("c", "a", "e"))
            await cloud.OkAsync("CreateApplication", new { applicationName = name });

        var first = await cloud.OkAsync("ListApplications", new { });
        await cloud.OkAsync("CreateApplication", new { applicationName = "b" });
        var second = await cloud.OkAsync("ListApplications", new { nextToken = first.Text("nextToken") });

        first["applications"].Strings().Should().Equal("a", "c");
        second["applications"].Strings().Should().Equal("e", "site");
        second["nextToken"].Should().BeNull();
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("Z3JvdXBzIHg=")]
    public async Task A_token_that_is_not_of_this_list_is_refused(string token)
    {
        await using var cloud = await Cloud.StartAsync([]);

        (await cloud.ErrorAsync("ListApplications", new { nextToken = token })).Name.Should().Be("InvalidNextToken");
    }

    [Fact]
    public async Task Tags_are_put_listed_and_taken_away_by_ARN()
    {
        const string arn = "arn:aws:codedeploy:ap-east-1:123456789012:application:api";
        await using var cloud = await Cloud.StartAsync([]);
        await cloud.OkAsync("CreateApplication", new { applicationName = "api", tags = new[] { new { Key = "owner", Value = "lee" } } });

        await cloud.OkAsync("TagResource", new { ResourceArn = arn, Tags = new[] { new { Key = "runbook", Value = "r.md" } } });
        await cloud.OkAsync("UntagResource", new { ResourceArn = arn, TagKeys = Some.List("owner") });

        (await cloud.OkAsync("ListTagsForResource", new { ResourceArn = arn }))["Tags"]!.ToJsonString().Should().Be("""[{"Key":"runbook","Value":"r.md"}]""");
    }

    [Theory]
    [InlineData(null, "ResourceArnRequired")]
    [InlineData("api", "InvalidArn")]
    [InlineData("arn:aws:s3:::bundles", "ArnNotSupported")]
    [InlineData("arn:aws:codedeploy:ap-east-1:123456789012:application:nope", "ApplicationDoesNotExist")]
    [InlineData("arn:aws:codedeploy:ap-east-1:123456789012:deploymentgroup:site/nope", "DeploymentGroupDoesNotExist")]
    public async Task Tags_need_the_ARN_of_an_application_or_group(string? arn, string error)
    {
        await using var cloud = await Cloud.StartAsync([]);

        (await cloud.ErrorAsync("ListTagsForResource", new { ResourceArn = arn })).Name.Should().Be(error);
    }
}
