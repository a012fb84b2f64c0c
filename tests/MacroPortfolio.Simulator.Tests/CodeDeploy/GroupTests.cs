using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Tests.CodeDeploy;

public sealed class GroupTests
{
    private const string Role = "arn:aws:iam::123456789012:role/service";
    private const string Topic = "arn:aws:sns:ap-east-1:123456789012:deployments";

    [Fact]
    public async Task A_group_of_the_world_is_answered_whole()
    {
        var world = Some.World(Some.Group(autoRollback: ["DEPLOYMENT_FAILURE"]) with { Alarms = ["slow"] });
        await using var cloud = await Cloud.StartAsync(world, []);

        var group = await cloud.GroupAsync();

        group.Text("deploymentConfigName").Should().Be("CodeDeployDefault.AllAtOnce");
        group.Text("computePlatform").Should().Be("Server");
        group.Text("serviceRoleArn").Should().StartWith("arn:aws:iam::123456789012:role/");
        group["ec2TagFilters"]!.ToJsonString().Should().Be("""[{"Key":"Release","Value":"web","Type":"KEY_AND_VALUE"}]""");
        group["autoRollbackConfiguration"]!.ToJsonString().Should().Be("""{"enabled":true,"events":["DEPLOYMENT_FAILURE"]}""");
        group["alarmConfiguration"]!.ToJsonString().Should().Be("""{"enabled":true,"ignorePollAlarmFailure":false,"alarms":[{"name":"slow"}]}""");
        group["deploymentStyle"]!.ToJsonString().Should().Be("""{"deploymentType":"IN_PLACE","deploymentOption":"WITHOUT_TRAFFIC_CONTROL"}""");
        group["lastAttemptedDeployment"].Should().BeNull();
        group["lastSuccessfulDeployment"].Should().BeNull();
        group["targetRevision"].Should().BeNull();
    }

    [Fact]
    public async Task A_created_group_deploys_one_at_a_time_unless_told_otherwise()
    {
        await using var cloud = await Cloud.StartAsync([]);

        var id = (await CreateAsync(cloud, new() { ["deploymentGroupName"] = "api" })).Text("deploymentGroupId");

        var group = await cloud.GroupAsync("api");
        group.Text("deploymentGroupId").Should().Be(id);
        group.Text("deploymentConfigName").Should().Be("CodeDeployDefault.OneAtATime");
    }

    [Fact]
    public async Task A_created_group_can_be_deployed_to()
    {
        var (blue, green) = (new ScriptedHost("i-1", ("Color", "blue")), new ScriptedHost("i-2", ("Color", "green")));
        await using var cloud = await Cloud.StartAsync([blue, green]);
        await CreateAsync(cloud, new()
        {
            ["deploymentGroupName"] = "api",
            ["ec2TagFilters"] = new JsonArray(new JsonObject { ["Key"] = "Color", ["Value"] = "blue", ["Type"] = "KEY_AND_VALUE" }),
        });

        await cloud.EndedAsync(await cloud.DeployAsync(group: "api"), "Succeeded");

        blue.Deployments.Should().ContainSingle();
        green.Deployments.Should().BeEmpty();
    }

    public static TheoryData<string, string, string> BadSettings => new()
    {
        { "serviceRoleArn", "null", "RoleRequired" },
        { "serviceRoleArn", "\"service\"", "InvalidRole" },
        { "deploymentGroupName", "\"web\"", "DeploymentGroupAlreadyExists" },
        { "deploymentGroupName", "null", "DeploymentGroupNameRequired" },
        { "deploymentGroupName", "\"a b\"", "InvalidDeploymentGroupName" },
        { "applicationName", "\"nope\"", "ApplicationDoesNotExist" },
        { "deploymentConfigName", "\"nope\"", "DeploymentConfigDoesNotExist" },
        { "deploymentConfigName", "\"CodeDeployDefault.LambdaAllAtOnce\"", "InvalidDeploymentConfigName" },
        { "ec2TagFilters", """[{"Key":"a","Type":"KEY"}]""", "InvalidEC2Tag" },
        { "ec2TagFilters", """[{"Value":"a","Type":"KEY_ONLY"}]""", "InvalidEC2Tag" },
        { "ec2TagFilters", "[null]", "InvalidEC2Tag" },
        { "ec2TagFilters", $"[{string.Join(',', Enumerable.Repeat("""{"Key":"a","Type":"KEY_ONLY"}""", 11))}]", "InvalidEC2Tag" },
        { "ec2TagSet", """{"ec2TagSetList":[[{"Key":"a"}],[{"Key":"a"}],[{"Key":"a"}],[{"Key":"a"}]]}""", "TagSetListLimitExceeded" },
        { "autoRollbackConfiguration", """{"enabled":true,"events":[]}""", "InvalidAutoRollbackConfig" },
        { "autoRollbackConfiguration", """{"enabled":true,"events":["BAD_MOOD"]}""", "InvalidAutoRollbackConfig" },
        { "triggerConfigurations", $$"""[{"triggerTargetArn":"{{Topic}}","triggerEvents":["DeploymentStart"]}]""", "InvalidTriggerConfig" },
        { "triggerConfigurations", """[{"triggerName":"t","triggerTargetArn":"topic","triggerEvents":["DeploymentStart"]}]""", "InvalidTriggerConfig" },
        { "triggerConfigurations", $$"""[{"triggerName":"t","triggerTargetArn":"{{Topic}}","triggerEvents":[]}]""", "InvalidTriggerConfig" },
        { "triggerConfigurations", $$"""[{"triggerName":"t","triggerTargetArn":"{{Topic}}","triggerEvents":["Lunch"]}]""", "InvalidTriggerConfig" },
        { "triggerConfigurations", $"[{string.Join(',', Enumerable.Repeat("{}", 11))}]", "TriggerTargetsLimitExceeded" },
        { "alarmConfiguration", $$"""{"alarms":[{{string.Join(',', Enumerable.Repeat("{\"name\":\"slow\"}", 11))}}]}""", "AlarmsLimitExceeded" },
        { "alarmConfiguration", """{"enabled":true}""", "InvalidAlarmConfig" },
        { "alarmConfiguration", """{"alarms":[{"name":"a"},{"name":"a"}]}""", "InvalidAlarmConfig" },
        { "alarmConfiguration", """{"alarms":[{}]}""", "InvalidAlarmConfig" },
        { "outdatedInstancesStrategy", "\"LATER\"", "InvalidInput" },
        { "deploymentStyle", """{"deploymentType":"SIDEWAYS"}""", "InvalidDeploymentStyle" },
        { "deploymentStyle", """{"deploymentType":"BLUE_GREEN"}""", "InvalidDeploymentStyle" },
        { "deploymentStyle", """{"deploymentOption":"WITH_TRAFFIC_CONTROL"}""", "InvalidLoadBalancerInfo" },
        { "loadBalancerInfo", """{"elbInfoList":[{}]}""", "InvalidLoadBalancerInfo" },
        { "loadBalancerInfo", """{"targetGroupInfoList":[{"name":""}]}""", "InvalidLoadBalancerInfo" },
        { "loadBalancerInfo", """{"targetGroupInfoList":[{"name":"1"},{"name":"2"},{"name":"3"},{"name":"4"},{"name":"5"},{"name":"6"},{"name":"7"},{"name":"8"},{"name":"9"},{"name":"10"},{"name":"11"}]}""", "InvalidLoadBalancerInfo" },
        { "loadBalancerInfo", """{"targetGroupPairInfoList":[{}]}""", "InvalidTargetGroupPair" },
        { "autoScalingGroups", """["asg"]""", "InvalidAutoScalingGroup" },
        { "onPremisesInstanceTagFilters", """[{"Key":"a"}]""", "InvalidTag" },
        { "ecsServices", """[{"serviceName":"s"}]""", "InvalidECSService" },
        { "blueGreenDeploymentConfiguration", """{"greenFleetProvisioningOption":{"action":"GROW"}}""", "InvalidBlueGreenDeploymentConfiguration" },
        { "blueGreenDeploymentConfiguration", """{"deploymentReadyOption":{"actionOnTimeout":"PAUSE"}}""", "InvalidBlueGreenDeploymentConfiguration" },
        { "blueGreenDeploymentConfiguration", """{"terminateBlueInstancesOnDeploymentSuccess":{"action":"SELL"}}""", "InvalidBlueGreenDeploymentConfiguration" },
        { "blueGreenDeploymentConfiguration", """{"deploymentReadyOption":{"waitTimeInMinutes":2881}}""", "InvalidBlueGreenDeploymentConfiguration" },
        { "tags", """[{"Key":""}]""", "InvalidTagsToAdd" },
    };

    [Theory]
    [MemberData(nameof(BadSettings))]
    public async Task Each_wrong_setting_has_the_exception_of_the_API(string member, string value, string error)
    {
        await using var cloud = await Cloud.StartAsync([]);
        var request = Request(new() { ["deploymentGroupName"] = "api" });
        request[member] = JsonNode.Parse(value);

        (await cloud.ErrorAsync("CreateDeploymentGroup", request)).Name.Should().Be(error);
    }

    [Fact]
    public async Task Tag_filters_and_a_tag_set_exclude_each_other()
    {
        await using var cloud = await Cloud.StartAsync([]);
        var filter = new[] { new { Key = "a", Type = "KEY_ONLY" } };

        var error = await cloud.ErrorAsync(
            "CreateDeploymentGroup",
            new
            {
                applicationName = "site",
                deploymentGroupName = "api",
                serviceRoleArn = Role,
                ec2TagFilters = filter,
                ec2TagSet = new { ec2TagSetList = new[] { filter } },
            });

        error.Name.Should().Be("InvalidEC2TagCombination");
    }

    [Fact]
    public async Task An_update_changes_what_it_mentions_and_keeps_the_rest()
    {
        await using var cloud = await Cloud.StartAsync([], autoRollback: ["DEPLOYMENT_FAILURE"]);

        var answer = await cloud.OkAsync("UpdateDeploymentGroup", new
        {
            applicationName = "site",
            currentDeploymentGroupName = "web",
            newDeploymentGroupName = "web2",
            deploymentConfigName = "CodeDeployDefault.HalfAtATime",
        });

        answer["hooksNotCleanedUp"].Strings().Should().BeEmpty();
        var group = await cloud.GroupAsync("web2");
        group.Text("deploymentConfigName").Should().Be("CodeDeployDefault.HalfAtATime");
        group["ec2TagFilters"]!.AsArray().Should().HaveCount(1);
        group["autoRollbackConfiguration"]!["enabled"]!.GetValue<bool>().Should().BeTrue();
        (await cloud.ErrorAsync("GetDeploymentGroup", new { applicationName = "site", deploymentGroupName = "web" }))
            .Should().Be(("DeploymentGroupDoesNotExist", "No Deployment Group found for name: web"));
    }

    [Fact]
    public async Task An_empty_list_in_an_update_empties_and_filters_and_tag_set_replace_each_other()
    {
        await using var cloud = await Cloud.StartAsync([]);
        var names = new { applicationName = "site", currentDeploymentGroupName = "web" };

        await cloud.OkAsync("UpdateDeploymentGroup", new { names.applicationName, names.currentDeploymentGroupName, ec2TagFilters = Array.Empty<object>() });
        var emptied = await cloud.GroupAsync();
        await cloud.OkAsync("UpdateDeploymentGroup", new
        {
            names.applicationName,
            names.currentDeploymentGroupName,
            ec2TagSet = new { ec2TagSetList = new[] { new[] { new { Key = "a", Type = "KEY_ONLY" } } } },
        });
        var replaced = await cloud.GroupAsync();
        await cloud.OkAsync("UpdateDeploymentGroup", new
        {
            names.applicationName,
            names.currentDeploymentGroupName,
            ec2TagFilters = new[] { new { Key = "b", Type = "KEY_ONLY" } },
        });
        var back = await cloud.GroupAsync();

        emptied["ec2TagFilters"]!.AsArray().Should().BeEmpty();
        replaced["ec2TagSet"]!.ToJsonString().Should().Be("""{"ec2TagSetList":[[{"Key":"a","Type":"KEY_ONLY"}]]}""");
        back["ec2TagSet"].Should().BeNull();
        back["ec2TagFilters"]!.ToJsonString().Should().Be("""[{"Key":"b","Type":"KEY_ONLY"}]""");
    }

    [Fact]
    public async Task A_trigger_of_a_group_is_kept_and_told()
    {
        await using var cloud = await Cloud.StartAsync([]);

        await CreateAsync(cloud, new()
        {
            ["deploymentGroupName"] = "api",
            ["triggerConfigurations"] = JsonNode.Parse($$"""[{"triggerName":"t","triggerTargetArn":"{{Topic}}","triggerEvents":["DeploymentFailure"]}]"""),
        });

        (await cloud.GroupAsync("api"))["triggerConfigurations"]!.ToJsonString()
            .Should().Be($$"""[{"triggerName":"t","triggerTargetArn":"{{Topic}}","triggerEvents":["DeploymentFailure"]}]""");
    }

    [Fact]
    public async Task A_group_is_not_renamed_to_another_and_one_that_is_not_there_is_not_updated()
    {
        await using var cloud = await Cloud.StartAsync(Some.World(Some.Group("web"), Some.Group("api")), []);

        (await UpdateErrorAsync(cloud, "web", "api")).Should().Be("DeploymentGroupAlreadyExists");
        (await UpdateErrorAsync(cloud, "web", "a b")).Should().Be("InvalidDeploymentGroupName");
        (await UpdateErrorAsync(cloud, "nope", "new")).Should().Be("DeploymentGroupDoesNotExist");
        (await UpdateErrorAsync(cloud, null, "new")).Should().Be("DeploymentGroupNameRequired");
    }

    [Fact]
    public async Task An_application_has_at_most_1000_groups()
    {
        await using var cloud = await Cloud.StartAsync(Some.World([.. Enumerable.Range(1, 1000).Select(number => Some.Group($"g{number}"))]), []);

        (await cloud.ErrorAsync("CreateDeploymentGroup", Request(new() { ["deploymentGroupName"] = "one-more" }))).Name.Should().Be("DeploymentGroupLimitExceeded");
    }

    [Fact]
    public async Task A_batch_names_at_most_100_groups()
    {
        await using var cloud = await Cloud.StartAsync([]);

        await cloud.OkAsync("BatchGetDeploymentGroups", new { applicationName = "site", deploymentGroupNames = Enumerable.Repeat("web", 100) });
        (await cloud.ErrorAsync("BatchGetDeploymentGroups", new { applicationName = "site", deploymentGroupNames = Enumerable.Repeat("web", 101) }))
            .Name.Should().Be("BatchLimitExceeded");
        (await cloud.ErrorAsync("BatchGetDeploymentGroups", new { applicationName = "site" })).Name.Should().Be("DeploymentGroupNameRequired");
    }

    [Fact]
    public async Task Groups_are_listed_read_in_batches_and_deleted()
    {
        await using var cloud = await Cloud.StartAsync(Some.World(Some.Group("web"), Some.Group("api")), []);

        var listed = await cloud.OkAsync("ListDeploymentGroups", new { applicationName = "site" });
        var batch = await cloud.OkAsync("BatchGetDeploymentGroups", new { applicationName = "site", deploymentGroupNames = Some.List("web", "nope") });
        await cloud.OkAsync("DeleteDeploymentGroup", new { applicationName = "site", deploymentGroupName = "web" });

        listed["deploymentGroups"].Strings().Should().Equal("api", "web");
        batch["deploymentGroupsInfo"]!.AsArray().Select(group => group!.Text("deploymentGroupName")).Should().Equal("web");
        batch.Text("errorMessage").Should().Contain("nope");
        (await cloud.OkAsync("ListDeploymentGroups", new { applicationName = "site" }))["deploymentGroups"].Strings().Should().Equal("api");
    }

    public static TheoryData<TagFilterWorld[], string[]> Filters => new()
    {
        { [new("Release", "gray", "KEY_AND_VALUE")], ["i-1"] },
        { [new("Release", null, "KEY_ONLY")], ["i-1", "i-2"] },
        { [new(null, "gray", "VALUE_ONLY")], ["i-1", "i-3"] },
        { [new("Release", "gray", "KEY_AND_VALUE"), new("Color", null, "KEY_ONLY")], ["i-1", "i-3"] },
        { [new("Release", "none", "KEY_AND_VALUE"), new("Release", "stable", null)], ["i-2"] },
    };

    [Fact]
    public async Task A_world_that_the_API_would_not_have_let_come_about_is_refused_at_the_start()
    {
        var badTag = () => Cloud.StartAsync(Some.World(Some.Group() with { Ec2TagFilters = [new("Release", "web", "KEY")] }), []);
        var badEvent = () => Cloud.StartAsync(Some.World(Some.Group(autoRollback: ["BAD_MOOD"])), []);
        var noConfig = () => Cloud.StartAsync(Some.World(Some.Group(config: "nope")), []);
        var badConfig = () => Cloud.StartAsync(Some.World().WithConfig("mine", "MOST_CONCURRENCY", 1), []);

        foreach (var start in new[] { badTag, badEvent, noConfig, badConfig })
            await start.Should().ThrowAsync<AwsException>();
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task An_instance_belongs_to_a_group_when_one_of_the_filters_matches(TagFilterWorld[] filters, string[] members)
    {
        ScriptedHost[] hosts = [new("i-1", ("Release", "gray")), new("i-2", ("Release", "stable")), new("i-3", ("Color", "gray")), new("i-4")];
        await using var cloud = await Cloud.StartAsync(Some.World(Some.Group() with { Ec2TagFilters = filters }), hosts);

        await cloud.DeployedAsync("Succeeded");

        hosts.Where(host => host.Events.Count > 0).Select(host => host.Id).Should().Equal(members);
    }

    [Fact]
    public async Task An_instance_belongs_to_a_tag_set_when_one_filter_of_each_list_matches()
    {
        ScriptedHost[] hosts =
        [
            new("i-1", ("Release", "gray")),
            new("i-2", ("Release", "gray"), ("Zone", "a")),
            new("i-3", ("Release", "stable"), ("Zone", "b")),
            new("i-4", ("Zone", "a")),
        ];
        await using var cloud = await Cloud.StartAsync(hosts);
        await cloud.OkAsync("UpdateDeploymentGroup", new
        {
            applicationName = "site",
            currentDeploymentGroupName = "web",
            ec2TagSet = new
            {
                ec2TagSetList = new[]
                {
                    new[] { new { Key = "Release", Value = "gray", Type = "KEY_AND_VALUE" }, new { Key = "Release", Value = "stable", Type = "KEY_AND_VALUE" } },
                    [new { Key = "Zone", Value = "", Type = "KEY_ONLY" }],
                },
            },
        });

        await cloud.DeployedAsync("Succeeded");

        hosts.Where(host => host.Events.Count > 0).Select(host => host.Id).Should().Equal("i-2", "i-3");
    }

    private static async Task<string> UpdateErrorAsync(Cloud cloud, string? name, string newName) => (await cloud.ErrorAsync(
        "UpdateDeploymentGroup", new { applicationName = "site", currentDeploymentGroupName = name, newDeploymentGroupName = newName })).Name;

    private static JsonObject Request(JsonObject settings)
    {
        settings["applicationName"] = "site";
        settings["serviceRoleArn"] = Role;
        return settings;
    }

    private static Task<JsonNode> CreateAsync(Cloud cloud, JsonObject settings) => cloud.OkAsync("CreateDeploymentGroup", Request(settings));
}
