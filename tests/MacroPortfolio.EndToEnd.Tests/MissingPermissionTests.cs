using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.EndToEnd.Tests;

/// <summary>A call that a policy refuses names the action and the resource to add, in every verb.</summary>
public sealed class MissingPermissionTests(CloudOfRoles cloud) : IClassFixture<CloudOfRoles>
{
    private const string CodeDeploy = "arn:aws:codedeploy:eu-west-1:123456789012:";

    [Theory]
    [InlineData("deploy", "GetDeploymentGroup", "deploymentgroup:macro-portfolio/gray")]
    [InlineData("deploy", "GetDeploymentConfig", "deploymentconfig:CodeDeployDefault.AllAtOnce")]
    [InlineData("deploy", "CreateDeployment", "deploymentgroup:macro-portfolio/gray")]
    [InlineData("gray", "GetDeploymentGroup", "deploymentgroup:macro-portfolio/gray")]
    [InlineData("gray", "CreateDeployment", "deploymentgroup:macro-portfolio/gray")]
    [InlineData("promote", "GetDeploymentGroup", "deploymentgroup:macro-portfolio/")]
    [InlineData("rollback", "ListDeployments", "deploymentgroup:macro-portfolio/")]
    [InlineData("status", "ListDeploymentGroups", "application:macro-portfolio")]
    [InlineData("status", "BatchGetDeploymentGroups", "deploymentgroup:macro-portfolio/")]
    public async Task The_statement_that_is_missing_is_shown(string verb, string action, string resource)
    {
        var job = cloud.FirstJob.For(cloud.Plain, CloudOfRoles.Without(action));

        var step = await (verb == "deploy" ? job.Input("deployment-group", "gray") : job).RunAsync(verb);

        (step.ExitCode, step.Outcome).Should().Be((4, "no-access"), "{0}", step);
        step.Log.Errors.Should().ContainSingle().Which.Data.Should().Contain($"codedeploy:{action} on {CodeDeploy}{resource}").And.Contain($"role without-{action}");
        foreach (var text in new[] { step.Output, step.Summary })
        {
            var statement = Shown.Statements(text)[0];
            statement["Action"]!.ToJsonString().Should().Be($"""["codedeploy:{action}"]""");
            statement["Resource"]!.ToString().Should().StartWith($"{CodeDeploy}{resource}");
        }
    }

    [Fact]
    public async Task A_refused_create_shows_what_else_the_call_takes()
    {
        var step = await cloud.FirstJob.For(cloud.Plain, CloudOfRoles.Without("CreateDeployment")).RunAsync("gray");

        Shown.Statements(step.Summary).Skip(1).Select(statement => $"{statement["Action"]!.ToJsonString()} {statement["Resource"]}").Should().Equal(
            $"""["codedeploy:GetDeploymentConfig"] {CodeDeploy}deploymentconfig:CodeDeployDefault.AllAtOnce""",
            $"""["codedeploy:RegisterApplicationRevision","codedeploy:GetApplicationRevision"] {CodeDeploy}application:macro-portfolio""");
    }

    [Fact]
    public async Task An_explicit_deny_is_no_missing_allow()
    {
        var step = await cloud.FirstJob.For(cloud.Plain, CloudOfRoles.Denied).RunAsync("gray");

        step.ExitCode.Should().Be(4, "{0}", step);
        step.Log.Errors.Single().Data.Should().Contain("an identity-based policy explicitly denies codedeploy:CreateDeployment").And.Contain("a further Allow does not help");
        Shown.Statements(step.Summary).Should().BeEmpty();
    }

    [Fact]
    public async Task A_permissions_boundary_is_named_as_what_lacks_the_statement()
    {
        var step = await cloud.FirstJob.For(cloud.Plain, CloudOfRoles.Bounded).RunAsync("gray");

        step.ExitCode.Should().Be(4, "{0}", step);
        step.Log.Errors.Single().Data.Should().Contain("no permissions boundary allows codedeploy:CreateDeployment");
        step.Summary.Should().Contain("Add this statement to the permissions boundary of role bounded");
    }

    [Fact]
    public async Task Access_that_is_lost_during_the_watch_says_how_to_watch_on()
    {
        var application = cloud.TakeApplication();

        var step = await cloud.FirstJob.For(application, CloudOfRoles.Without("GetDeployment")).RunAsync("gray");

        (step.ExitCode, step.Outcome).Should().Be((4, "no-access"), "{0}", step);
        step.DeploymentId.Should().NotBeEmpty();
        step.Log.Errors.Single().Data.Should().Contain("codedeploy:GetDeployment").And.Contain($"--deployment-id {step.DeploymentId}");
        Shown.Statements(step.Summary)[0]["Resource"]!.ToString().Should().Be($"{CodeDeploy}deploymentgroup:{application.Name}/gray");
    }
}
