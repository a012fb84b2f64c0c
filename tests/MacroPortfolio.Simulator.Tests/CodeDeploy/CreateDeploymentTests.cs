using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.Fleet;

namespace MacroPortfolio.Simulator.Tests.CodeDeploy;

public sealed class CreateDeploymentTests
{
    public static TheoryData<string, string, string> BadMembers => new()
    {
        { "applicationName", "null", "ApplicationNameRequired" },
        { "applicationName", "\"a b\"", "InvalidApplicationName" },
        { "applicationName", "\"nope\"", "ApplicationDoesNotExist" },
        { "deploymentGroupName", "null", "DeploymentGroupNameRequired" },
        { "deploymentGroupName", "\"a b\"", "InvalidDeploymentGroupName" },
        { "deploymentGroupName", "\"nope\"", "DeploymentGroupDoesNotExist" },
        { "revision", "null", "RevisionRequired" },
        { "revision", "{}", "InvalidRevision" },
        { "revision", """{"revisionType":"Floppy"}""", "InvalidRevision" },
        { "revision", """{"revisionType":"GitHub"}""", "InvalidRevision" },
        { "revision", """{"revisionType":"GitHub","gitHubLocation":{"repository":"site","commitId":"a"}}""", "InvalidRevision" },
        { "revision", """{"revisionType":"GitHub","gitHubLocation":{"repository":"a/b/c","commitId":"a"}}""", "InvalidRevision" },
        { "revision", """{"revisionType":"GitHub","gitHubLocation":{"repository":"acme/site"}}""", "InvalidRevision" },
        { "revision", """{"revisionType":"S3","gitHubLocation":{"repository":"acme/site","commitId":"a"}}""", "InvalidRevision" },
        { "revision", """{"revisionType":"S3","s3Location":{"bucket":"b","bundleType":"zip"}}""", "InvalidRevision" },
        { "revision", """{"revisionType":"S3","s3Location":{"bucket":"b","key":"k","bundleType":"YAML"}}""", "InvalidRevision" },
        { "revision", """{"revisionType":"AppSpecContent","appSpecContent":{"content":"version: 0.0"}}""", "InvalidRevision" },
        { "revision", """{"revisionType":"String","string":{"content":"version: 0.0"}}""", "InvalidRevision" },
        { "deploymentConfigName", "\"a b\"", "InvalidDeploymentConfigName" },
        { "deploymentConfigName", "\"nope\"", "DeploymentConfigDoesNotExist" },
        { "deploymentConfigName", "\"CodeDeployDefault.LambdaCanary10Percent5Minutes\"", "InvalidDeploymentConfigName" },
        { "deploymentConfigName", "\"CodeDeployDefault.ECSAllAtOnce\"", "InvalidDeploymentConfigName" },
        { "targetInstances", """{"tagFilters":[{"Key":"a","Type":"KEY_ONLY"}]}""", "InvalidTargetInstances" },
        { "targetInstances", "{}", "InvalidTargetInstances" },
        { "fileExistsBehavior", "\"SHRUG\"", "InvalidFileExistsBehavior" },
        { "autoRollbackConfiguration", """{"enabled":true}""", "InvalidAutoRollbackConfig" },
        { "autoRollbackConfiguration", """{"enabled":false,"events":["BAD_MOOD"]}""", "InvalidAutoRollbackConfig" },
        { "overrideAlarmConfiguration", """{"enabled":true,"alarms":[]}""", "InvalidAlarmConfig" },
        { "overrideAlarmConfiguration", $$"""{"alarms":[{{string.Join(',', Enumerable.Repeat("{\"name\":\"slow\"}", 11))}}]}""", "AlarmsLimitExceeded" },
    };

    [Theory]
    [MemberData(nameof(BadMembers))]
    public async Task Each_wrong_member_has_the_exception_of_the_API_and_nothing_is_created(string member, string value, string error)
    {
        await using var cloud = await Cloud.StartAsync([Some.Host()]);
        var request = Request();
        request[member] = JsonNode.Parse(value);

        (await cloud.ErrorAsync("CreateDeployment", request)).Name.Should().Be(error);
        cloud.Service.Deployments.Should().BeEmpty();
    }

    [Fact]
    public async Task A_description_has_at_most_256_characters()
    {
        await using var cloud = await Cloud.StartAsync([Some.Host()]);
        var request = Request();

        request["description"] = new string('x', 257);
        var error = await cloud.ErrorAsync("CreateDeployment", request);
        request["description"] = new string('x', 256);
        var deployment = await cloud.DeploymentAsync(await cloud.DeployAsync(request));

        error.Name.Should().Be("DescriptionTooLong");
        deployment.Text("description").Should().HaveLength(256);
    }

    /// <summary>What can be wrong with a request, in the order in which it is told: names, what they name, revision, config, the rest, and the group's state last.</summary>
    private static readonly (string Member, string Value, string Error)[] Mistakes =
    [
        ("applicationName", "null", "ApplicationNameRequired"),
        ("applicationName", "\"a b\"", "InvalidApplicationName"),
        ("deploymentGroupName", "null", "DeploymentGroupNameRequired"),
        ("deploymentGroupName", "\"a b\"", "InvalidDeploymentGroupName"),
        ("applicationName", "\"nope\"", "ApplicationDoesNotExist"),
        ("deploymentGroupName", "\"nope\"", "DeploymentGroupDoesNotExist"),
        ("deploymentConfigName", "\"a b\"", "InvalidDeploymentConfigName"),
        ("revision", "null", "RevisionRequired"),
        ("revision", "{}", "InvalidRevision"),
        ("deploymentConfigName", "\"nope\"", "DeploymentConfigDoesNotExist"),
        ("description", $"\"{new string('x', 257)}\"", "DescriptionTooLong"),
        ("targetInstances", "{}", "InvalidTargetInstances"),
        ("overrideAlarmConfiguration", """{"enabled":true,"alarms":[]}""", "InvalidAlarmConfig"),
        ("autoRollbackConfiguration", """{"enabled":true}""", "InvalidAutoRollbackConfig"),
        ("fileExistsBehavior", "\"SHRUG\"", "InvalidFileExistsBehavior"),
        ("creator", "null", "DeploymentLimitExceeded"),
    ];

    [Fact]
    public async Task Of_two_mistakes_the_one_that_is_told_first_is_always_the_same()
    {
        var host = Some.Host();
        host.HoldsAt("Install");
        await using var cloud = await Cloud.StartAsync([host]);
        await cloud.DeployAsync();

        foreach (var (first, second) in Mistakes.SelectMany((first, index) => Mistakes.Skip(index + 1).Select(second => (first, second))))
        {
            if (first.Member == second.Member)
                continue;
            var request = Request();
            request[first.Member] = JsonNode.Parse(first.Value);
            request[second.Member] = JsonNode.Parse(second.Value);

            (await cloud.ErrorAsync("CreateDeployment", request)).Name.Should().Be(first.Error, $"{second.Error} is told after it");
        }
    }

    [Theory]
    [InlineData("ignoreApplicationStopFailures")]
    [InlineData("updateOutdatedInstancesOnly")]
    public async Task A_switch_that_is_neither_true_nor_false_does_not_get_past_the_protocol(string member)
    {
        await using var cloud = await Cloud.StartAsync([Some.Host()]);
        var request = Request();
        request[member] = "maybe";

        (await cloud.ErrorAsync("CreateDeployment", request)).Name.Should().Be("Serialization");
    }

    [Fact]
    public async Task A_group_has_one_active_deployment_and_names_it_in_AWS_own_words()
    {
        var host = Some.Host();
        var held = host.HoldsAt("Install");
        await using var cloud = await Cloud.StartAsync([host]);

        var id = await cloud.DeployAsync();
        var early = await cloud.ErrorAsync("CreateDeployment", Request());
        await cloud.StatusAsync(id, "InProgress");
        var late = await cloud.ErrorAsync("CreateDeployment", Request());
        held.SetResult(ScriptedHost.Success);
        await cloud.EndedAsync(id, "Succeeded");

        early.Should().Be(("DeploymentLimitExceeded", $"The Deployment Group 'web' already has an active Deployment '{id}'"));
        late.Should().Be(early);
        (await cloud.DeployAsync()).Should().NotBe(id);
    }

    [Fact]
    public async Task A_deployment_takes_what_it_does_not_say_from_its_group()
    {
        await using var cloud = await Cloud.StartAsync([Some.Host()], "CodeDeployDefault.HalfAtATime", ["DEPLOYMENT_FAILURE"]);

        var deployment = await cloud.DeploymentAsync(await cloud.DeployAsync());

        deployment.Text("applicationName").Should().Be("site");
        deployment.Text("deploymentGroupName").Should().Be("web");
        deployment.Text("deploymentConfigName").Should().Be("CodeDeployDefault.HalfAtATime");
        deployment.Text("creator").Should().Be("user");
        deployment.Text("fileExistsBehavior").Should().Be("DISALLOW");
        deployment.Text("computePlatform").Should().Be("Server");
        deployment["ignoreApplicationStopFailures"]!.GetValue<bool>().Should().BeFalse();
        deployment["updateOutdatedInstancesOnly"]!.GetValue<bool>().Should().BeFalse();
        deployment["deploymentStyle"]!.Text("deploymentType").Should().Be("IN_PLACE");
        deployment["autoRollbackConfiguration"]!["events"].Strings().Should().Equal("DEPLOYMENT_FAILURE");
        deployment["description"].Should().BeNull();
    }

    [Fact]
    public async Task A_deployment_keeps_all_that_it_was_asked_for()
    {
        await using var cloud = await Cloud.StartAsync([Some.Host()]);
        var request = Request();
        request["deploymentConfigName"] = "CodeDeployDefault.OneAtATime";
        request["ignoreApplicationStopFailures"] = true;
        request["updateOutdatedInstancesOnly"] = true;
        request["fileExistsBehavior"] = "RETAIN";
        request["autoRollbackConfiguration"] = JsonNode.Parse("""{"enabled":true,"events":["DEPLOYMENT_STOP_ON_REQUEST"]}""");
        request["overrideAlarmConfiguration"] = JsonNode.Parse("""{"enabled":true,"alarms":[{"name":"slow"}]}""");

        var deployment = await cloud.DeploymentAsync(await cloud.DeployAsync(request));

        foreach (var (member, value) in request)
            deployment[member]!.ToJsonString().Should().Be(value!.ToJsonString());
    }

    [Theory]
    [InlineData(null, "DISALLOW")]
    [InlineData("OVERWRITE", "OVERWRITE")]
    public async Task The_agents_learn_the_bundle_the_names_and_what_to_do_with_files_that_exist(string? asked, string told)
    {
        var host = Some.Host();
        await using var cloud = await Cloud.StartAsync([host]);
        var request = Request();
        request["fileExistsBehavior"] = asked;

        var id = await cloud.DeployAsync(request);
        await cloud.EndedAsync(id, "Succeeded");

        var group = await cloud.GroupAsync();
        host.Deployments.Should().Equal(new HostDeployment(
            id, group.Text("deploymentGroupId"), "web", "site", new BundleSource.GitHub("acme/site", Cloud.Commit), told));
    }

    [Fact]
    public async Task The_agents_learn_an_S3_object_with_its_version()
    {
        var host = Some.Host();
        await using var cloud = await Cloud.StartAsync([host]);

        var s3Location = new { bucket = "bundles", key = "site.zip", bundleType = "zip", version = "v1", eTag = "e1" };
        var id = await cloud.DeployAsync(Some.Request(new { revisionType = "S3", s3Location }));
        await cloud.EndedAsync(id, "Succeeded");

        host.Deployments.Single().Bundle.Should().Be(new BundleSource.S3("bundles", "site.zip", "v1", "e1", "zip"));
    }

    [Fact]
    public async Task An_application_without_the_link_to_GitHub_deploys_too_as_agents_download_without_a_token_then()
    {
        await using var cloud = await Cloud.StartAsync([Some.Host()]);
        await cloud.OkAsync("CreateApplication", new { applicationName = "api" });
        await cloud.OkAsync("CreateDeploymentGroup", new
        {
            applicationName = "api",
            deploymentGroupName = "web",
            serviceRoleArn = "arn:aws:iam::123456789012:role/service",
            ec2TagFilters = new[] { new { Key = "Release", Value = "web", Type = "KEY_AND_VALUE" } },
        });

        var id = await cloud.DeployAsync(new { applicationName = "api", deploymentGroupName = "web", revision = Some.Revision(Cloud.Commit) });

        await cloud.EndedAsync(id, "Succeeded");
    }

    [Fact]
    public async Task A_commit_that_is_no_commit_is_left_for_the_instances_to_find_out()
    {
        await using var cloud = await Cloud.StartAsync([Some.Host().FailsAt("DownloadBundle")]);

        await cloud.DeployedAsync("Failed", commit: "main");
    }

    private static JsonObject Request() => new()
    {
        ["applicationName"] = "site",
        ["deploymentGroupName"] = "web",
        ["revision"] = new JsonObject
        {
            ["revisionType"] = "GitHub",
            ["gitHubLocation"] = new JsonObject { ["repository"] = "acme/site", ["commitId"] = Cloud.Commit },
        },
    };
}
