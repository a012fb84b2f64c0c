namespace MacroPortfolio.Simulator.Tests.CodeDeploy;

public sealed class ConfigTests
{
    [Fact]
    public async Task One_at_a_time_answers_the_type_that_the_API_does_not_document()
    {
        await using var cloud = await Cloud.StartAsync([]);

        var config = (await cloud.OkAsync("GetDeploymentConfig", new { deploymentConfigName = "CodeDeployDefault.OneAtATime" }))["deploymentConfigInfo"]!;

        config["minimumHealthyHosts"]!.ToJsonString().Should().Be("""{"type":"MOST_CONCURRENCY","value":1}""");
        config.Text("computePlatform").Should().Be("Server");
    }

    [Fact]
    public async Task A_created_config_is_listed_beside_the_predefined_ones_until_it_is_deleted()
    {
        await using var cloud = await Cloud.StartAsync([]);

        await cloud.OkAsync("CreateDeploymentConfig", new { deploymentConfigName = "third", minimumHealthyHosts = new { type = "FLEET_PERCENT", value = 66 } });
        var listed = (await cloud.OkAsync("ListDeploymentConfigs", new { }))["deploymentConfigsList"].Strings();
        await cloud.OkAsync("DeleteDeploymentConfig", new { deploymentConfigName = "third" });

        listed.Should().Equal("CodeDeployDefault.AllAtOnce", "CodeDeployDefault.HalfAtATime", "CodeDeployDefault.OneAtATime", "third");
        (await cloud.ErrorAsync("GetDeploymentConfig", new { deploymentConfigName = "third" }))
            .Should().Be(("DeploymentConfigDoesNotExist", "No Deployment Configuration found for name: third"));
    }

    [Fact]
    public async Task An_account_has_50_configs_of_its_own_beside_the_predefined_ones()
    {
        await using var cloud = await Cloud.StartAsync([]);
        var minimumHealthyHosts = new { type = "HOST_COUNT", value = 1 };
        for (var number = 1; number <= 50; number++)
            await cloud.OkAsync("CreateDeploymentConfig", new { deploymentConfigName = $"c{number}", minimumHealthyHosts });

        (await cloud.ErrorAsync("CreateDeploymentConfig", new { deploymentConfigName = "one-more", minimumHealthyHosts }))
            .Name.Should().Be("DeploymentConfigLimitExceeded");
    }

    [Fact]
    public async Task A_config_is_never_changed_as_there_is_no_operation_for_it()
    {
        await using var cloud = await Cloud.StartAsync([]);

        (await cloud.ErrorAsync("UpdateDeploymentConfig", new { deploymentConfigName = "mine" })).Name.Should().Be("UnknownOperation");
    }

    [Theory]
    [InlineData(null, "HOST_COUNT", 1, "DeploymentConfigNameRequired")]
    [InlineData("a/b", "HOST_COUNT", 1, "InvalidDeploymentConfigName")]
    [InlineData("CodeDeployDefault.Mine", "HOST_COUNT", 1, "InvalidDeploymentConfigName")]
    [InlineData("c", "MOST_CONCURRENCY", 1, "InvalidMinimumHealthyHostValue")]
    [InlineData("c", "FLEET_PERCENT", 100, "InvalidMinimumHealthyHostValue")]
    [InlineData("c", "FLEET_PERCENT", -1, "InvalidMinimumHealthyHostValue")]
    [InlineData("c", "HOST_COUNT", -1, "InvalidMinimumHealthyHostValue")]
    [InlineData("c", null, null, "InvalidMinimumHealthyHostValue")]
    [InlineData("taken", "HOST_COUNT", 1, "DeploymentConfigAlreadyExists")]
    public async Task A_config_needs_a_name_of_its_own_and_a_sensible_minimum(string? name, string? type, int? value, string error)
    {
        await using var cloud = await Cloud.StartAsync(Some.World().WithConfig("taken", "HOST_COUNT", 1), []);

        (await cloud.ErrorAsync("CreateDeploymentConfig", new { deploymentConfigName = name, minimumHealthyHosts = new { type, value } }))
            .Name.Should().Be(error);
    }

    [Fact]
    public async Task What_belongs_to_other_platforms_is_refused_by_name()
    {
        await using var cloud = await Cloud.StartAsync([]);
        var minimumHealthyHosts = new { type = "HOST_COUNT", value = 1 };

        (await cloud.ErrorAsync("CreateDeploymentConfig", new { deploymentConfigName = "c", minimumHealthyHosts, computePlatform = "Lambda" }))
            .Name.Should().Be("InvalidComputePlatform");
        (await cloud.ErrorAsync("CreateDeploymentConfig", new { deploymentConfigName = "c", minimumHealthyHosts, trafficRoutingConfig = new { type = "AllAtOnce" } }))
            .Name.Should().Be("InvalidTrafficRoutingConfiguration");
        (await cloud.ErrorAsync("GetDeploymentConfig", new { deploymentConfigName = "CodeDeployDefault.ECSAllAtOnce" }))
            .Name.Should().Be("InvalidDeploymentConfigName");
    }

    [Fact]
    public async Task A_config_in_use_and_a_predefined_one_cannot_be_deleted()
    {
        await using var cloud = await Cloud.StartAsync(Some.World(Some.Group(config: "mine")).WithConfig("mine", "HOST_COUNT", 1), []);

        (await cloud.ErrorAsync("DeleteDeploymentConfig", new { deploymentConfigName = "mine" })).Name.Should().Be("DeploymentConfigInUse");
        (await cloud.ErrorAsync("DeleteDeploymentConfig", new { deploymentConfigName = "CodeDeployDefault.OneAtATime" })).Name.Should().Be("InvalidOperation");
    }
}
