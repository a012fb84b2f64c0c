using System.Net;

namespace MacroPortfolio.Simulator.Tests.CodeDeploy;

public sealed class PermissionTests
{
    private const string Codedeploy = "arn:aws:codedeploy:ap-east-1:123456789012:";

    public static TheoryData<string, object, string> ResourcesOfOperations => new()
    {
        { "CreateApplication", new { applicationName = "x" }, Codedeploy + "application:x" },
        { "DeleteApplication", new { applicationName = "x" }, Codedeploy + "application:x" },
        { "GetApplication", new { applicationName = "x" }, Codedeploy + "application:x" },
        { "BatchGetApplications", new { applicationNames = Some.List("x") }, Codedeploy + "application:x" },
        { "ListApplications", new { }, "*" },
        { "CreateDeploymentGroup", new { applicationName = "x", deploymentGroupName = "y" }, Codedeploy + "deploymentgroup:x/y" },
        { "UpdateDeploymentGroup", new { applicationName = "x", currentDeploymentGroupName = "y" }, Codedeploy + "deploymentgroup:x/y" },
        { "DeleteDeploymentGroup", new { applicationName = "x", deploymentGroupName = "y" }, Codedeploy + "deploymentgroup:x/y" },
        { "GetDeploymentGroup", new { applicationName = "x", deploymentGroupName = "y" }, Codedeploy + "deploymentgroup:x/y" },
        { "BatchGetDeploymentGroups", new { applicationName = "x", deploymentGroupNames = Some.List("y") }, Codedeploy + "deploymentgroup:x/y" },
        { "ListDeploymentGroups", new { applicationName = "x" }, Codedeploy + "application:x" },
        { "CreateDeploymentConfig", new { deploymentConfigName = "c" }, Codedeploy + "deploymentconfig:c" },
        { "DeleteDeploymentConfig", new { deploymentConfigName = "c" }, Codedeploy + "deploymentconfig:c" },
        { "GetDeploymentConfig", new { deploymentConfigName = "c" }, Codedeploy + "deploymentconfig:c" },
        { "ListDeploymentConfigs", new { }, "*" },
        { "RegisterApplicationRevision", new { applicationName = "x" }, Codedeploy + "application:x" },
        { "GetApplicationRevision", new { applicationName = "x" }, Codedeploy + "application:x" },
        { "BatchGetApplicationRevisions", new { applicationName = "x" }, Codedeploy + "application:x" },
        { "ListApplicationRevisions", new { applicationName = "x" }, Codedeploy + "application:x" },
        { "CreateDeployment", new { applicationName = "x", deploymentGroupName = "y" }, Codedeploy + "deploymentgroup:x/y" },
        { "GetDeployment", new { deploymentId = "d-UNKNOWN01" }, Codedeploy + "deploymentgroup:*/*" },
        { "BatchGetDeployments", new { deploymentIds = Some.List("d-UNKNOWN01") }, Codedeploy + "deploymentgroup:*/*" },
        { "ListDeployments", new { }, Codedeploy + "deploymentgroup:*/*" },
        { "ListDeployments", new { applicationName = "x", deploymentGroupName = "y" }, Codedeploy + "deploymentgroup:x/y" },
        { "StopDeployment", new { deploymentId = "d-UNKNOWN01" }, "*" },
        { "ContinueDeployment", new { deploymentId = "d-UNKNOWN01" }, "*" },
        { "ListDeploymentTargets", new { deploymentId = "d-UNKNOWN01" }, "*" },
        { "BatchGetDeploymentTargets", new { deploymentId = "d-UNKNOWN01", targetIds = Some.List("i-1") }, "*" },
        { "GetDeploymentTarget", new { deploymentId = "d-UNKNOWN01", targetId = "i-1" }, "*" },
        { "ListDeploymentInstances", new { deploymentId = "d-UNKNOWN01" }, Codedeploy + "deploymentgroup:*/*" },
        { "BatchGetDeploymentInstances", new { deploymentId = "d-UNKNOWN01", instanceIds = Some.List("i-1") }, Codedeploy + "deploymentgroup:*/*" },
        { "GetDeploymentInstance", new { deploymentId = "d-UNKNOWN01", instanceId = "i-1" }, Codedeploy + "deploymentgroup:*/*" },
        { "ListTagsForResource", new { ResourceArn = Codedeploy + "application:x" }, Codedeploy + "application:x" },
        { "TagResource", new { ResourceArn = Codedeploy + "application:x" }, Codedeploy + "application:x" },
        { "UntagResource", new { ResourceArn = Codedeploy + "application:x" }, Codedeploy + "application:x" },
    };

    [Theory]
    [MemberData(nameof(ResourcesOfOperations))]
    public async Task Every_operation_is_demanded_on_its_resource_before_a_word_about_what_exists(string operation, object request, string resource)
    {
        var guard = new ScriptedGuard((_, _) => true);
        await using var cloud = await Cloud.StartAsync([], guard: guard);

        var error = await cloud.ErrorAsync(operation, request);

        error.Name.Should().Be("AccessDenied");
        guard.Demands.Should().Equal(($"codedeploy:{operation}", resource));
    }

    [Fact]
    public async Task A_caller_without_permission_cannot_tell_what_exists_from_what_does_not()
    {
        await using var cloud = await Cloud.StartAsync([], guard: new ScriptedGuard((_, _) => true));

        foreach (var application in Some.List("site", "nope"))
            (await cloud.ErrorAsync("GetApplication", new { applicationName = application })).Name.Should().Be("AccessDenied");
    }

    [Fact]
    public async Task Who_is_unknown_is_refused_before_anything_is_read()
    {
        await using var cloud = await Cloud.StartAsync([]);

        var answer = await cloud.SendAsync("CodeDeploy_20141006.GetApplication", "not even JSON", authorization: "nobody");

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.ErrorType.Should().Be("UnrecognizedClientException");
    }

    [Fact]
    public async Task Reading_a_deployment_is_demanded_on_its_group()
    {
        var guard = new ScriptedGuard();
        await using var cloud = await Cloud.StartAsync([Some.Host()], guard: guard);
        var id = await cloud.DeployAsync();

        await cloud.DeploymentAsync(id);
        await cloud.OkAsync("BatchGetDeployments", new { deploymentIds = Some.List(id) });

        guard.Demands.TakeLast(2).Should().Equal(
            ("codedeploy:GetDeployment", Codedeploy + "deploymentgroup:site/web"), ("codedeploy:BatchGetDeployments", Codedeploy + "deploymentgroup:site/web"));
    }

    [Fact]
    public async Task Creating_a_deployment_also_demands_its_config_and_its_revision()
    {
        var guard = new ScriptedGuard();
        await using var cloud = await Cloud.StartAsync([Some.Host()], guard: guard);

        await cloud.DeployAsync();

        guard.Demands.Should().Equal(
            ("codedeploy:CreateDeployment", Codedeploy + "deploymentgroup:site/web"),
            ("codedeploy:GetDeploymentConfig", Codedeploy + "deploymentconfig:CodeDeployDefault.AllAtOnce"),
            ("codedeploy:GetApplicationRevision", Codedeploy + "application:site"));
    }

    [Theory]
    [InlineData(new[] { "codedeploy:GetApplicationRevision" }, null)]
    [InlineData(new[] { "codedeploy:RegisterApplicationRevision" }, null)]
    [InlineData(new[] { "codedeploy:GetApplicationRevision", "codedeploy:RegisterApplicationRevision" }, "RegisterApplicationRevision")]
    [InlineData(new[] { "codedeploy:GetDeploymentConfig" }, "GetDeploymentConfig")]
    [InlineData(new[] { "codedeploy:UpdateDeploymentGroup" }, null)]
    public async Task Either_revision_action_is_enough_to_create_a_deployment_and_the_config_is_needed(string[] refused, string? missing)
    {
        await using var cloud = await Cloud.StartAsync([Some.Host()], guard: ScriptedGuard.WithoutAction(refused));

        var answer = await cloud.CallAsync("CreateDeployment", Some.Request(Some.Revision(Cloud.Commit)));

        if (missing is null)
            answer.Status.Should().Be(HttpStatusCode.OK, answer.Body);
        else
            answer.Json.Text("message").Should().Contain(missing);
    }

    [Fact]
    public async Task Overriding_alarms_needs_the_right_to_update_the_group()
    {
        await using var cloud = await Cloud.StartAsync([Some.Host()], guard: ScriptedGuard.WithoutAction("codedeploy:UpdateDeploymentGroup"));

        var error = await cloud.ErrorAsync("CreateDeployment", new
        {
            applicationName = "site",
            deploymentGroupName = "web",
            revision = Some.Revision(Cloud.Commit),
            overrideAlarmConfiguration = new { enabled = false },
        });

        error.Name.Should().Be("AccessDenied");
        error.Message.Should().Contain("UpdateDeploymentGroup");
    }

    [Fact]
    public async Task A_service_role_is_only_handed_over_by_who_may_pass_it()
    {
        await using var cloud = await Cloud.StartAsync([], guard: ScriptedGuard.WithoutAction("iam:PassRole"));

        var error = await cloud.ErrorAsync(
            "CreateDeploymentGroup",
            new { applicationName = "site", deploymentGroupName = "api", serviceRoleArn = "arn:aws:iam::123456789012:role/service" });

        error.Name.Should().Be("AccessDenied");
        error.Message.Should().Contain("iam:PassRole on resource: arn:aws:iam::123456789012:role/service");
    }
}
