using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.EndToEnd.Tests;

/// <summary>Credentials follow what was asked, not what lies about.</summary>
public sealed class CredentialTests(Cloud cloud) : IClassFixture<Cloud>
{
    [Fact]
    public async Task A_job_that_may_not_ask_for_a_token_is_told_so_and_AWS_is_not_asked()
    {
        var job = await cloud.JobAsync("v1", "gray", "--id-token", "none");

        var step = await job.For(cloud.Plain).RunAsync("deploy", "--deployment-group", "gray");

        ShouldHaveNoAccess(step);
        step.Log.Errors.Should().ContainSingle().Which.Data.Should().Contain("id-token: write").And.Contain(World.GrayRole);
        step.Requests.Where(request => request.Service is not "github").Should().BeEmpty();
    }

    [Fact]
    public async Task Keys_that_lie_about_do_not_stand_in_for_the_role()
    {
        var job = (await cloud.JobAsync("v1", "gray", "--id-token", "none")).WithKeys();

        var step = await job.For(cloud.Plain).RunAsync("deploy", "--deployment-group", "gray");

        ShouldHaveNoAccess(step);
        step.Requests.Where(request => request.Service is not "github").Should().BeEmpty();
    }

    [Fact]
    public async Task A_token_of_another_environment_is_shown_by_its_sub()
    {
        var job = await cloud.JobAsync("v1", "staging");

        var step = await job.For(cloud.Plain).RunAsync("deploy", "--deployment-group", "gray");

        ShouldHaveNoAccess(step);
        step.Log.Errors.Should().ContainSingle().Which.Data.Should()
            .Contain("repo:acme/macro-portfolio:environment:staging").And.Contain(World.GrayRole).And.Contain("environment:");
        step.Log.Shown.Should().Contain("  aud                  sts.amazonaws.com");
        step.Requests.To("sts").Should().HaveCountLessThanOrEqualTo(2).And.OnlyContain(request => request.Status == 403);
        step.Requests.To("codedeploy").Should().BeEmpty();
    }

    [Fact]
    public async Task A_token_for_another_audience_is_refused()
    {
        var step = await cloud.FirstJob.For(cloud.Plain).RunAsync("deploy", "--deployment-group", "gray", "--audience", "https://github.com/acme");

        ShouldHaveNoAccess(step);
        step.Log.Errors.Should().ContainSingle().Which.Data.Should().Contain("https://github.com/acme");
        step.Requests.To("codedeploy").Should().BeEmpty();
    }

    [Fact]
    public async Task Without_a_role_the_standard_chain_acts()
    {
        var job = cloud.FirstJob.WithKeys().Input("application", cloud.Plain.Name);

        var step = await job.RunAsync("deploy", "--deployment-group", "gray", "--dry-run");

        (step.ExitCode, step.Outcome).Should().Be((0, "planned"), "{0}", step);
        step.Requests.To("codedeploy").Should().OnlyContain(request => request.Principal == "arn:aws:iam::123456789012:user/dana");
        step.Requests.Of("AssumeRoleWithWebIdentity").Should().BeEmpty();
        step.Output.Should().Contain("arn:aws:iam::123456789012:user/dana");
    }

    [Fact]
    public async Task In_a_job_the_role_of_the_runners_machine_is_not_used()
    {
        using var metadata = new SilentServer();
        var job = cloud.FirstJob.Input("application", cloud.Plain.Name)
            .With("AWS_EC2_METADATA_SERVICE_ENDPOINT", metadata.Url).With("AWS_CONTAINER_CREDENTIALS_FULL_URI", metadata.Url);

        var step = await job.RunAsync("deploy", "--deployment-group", "gray");

        ShouldHaveNoAccess(step);
        step.Log.Errors.Should().ContainSingle().Which.Data.Should().Contain("role-to-assume").And.Contain("id-token: write");
        metadata.WasAsked.Should().BeFalse();
        step.Requests.To("codedeploy").Should().BeEmpty();
    }

    [Theory]
    [InlineData("AWS_EC2_METADATA_SERVICE_ENDPOINT")]
    [InlineData("AWS_CONTAINER_CREDENTIALS_FULL_URI")]
    public async Task In_a_job_the_role_of_the_runners_machine_is_used_where_that_is_allowed(string variable)
    {
        using var metadata = new SilentServer();
        var job = cloud.FirstJob.With(variable, metadata.Url).Input("application", cloud.Plain.Name).Input("allow-instance-role", "true");

        var step = job.Start("deploy", "--deployment-group", "gray");
        await metadata.Visited.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);
        await step.SignalAsync("INT");
        var ended = await step.EndAsync();

        metadata.WasAsked.Should().BeTrue();
        ended.Requests.To("codedeploy").Should().BeEmpty();
    }

    [Fact]
    public async Task On_a_laptop_the_role_is_assumed_from_the_standard_chain()
    {
        var laptop = new Laptop(cloud).Shell;

        var step = await laptop.RunAsync(
            "deploy", "--application", cloud.Plain.Name, "--deployment-group", "gray", "--revision", "s3://bundles/site.zip", "--dry-run",
            "--role-to-assume", World.LaptopRole);

        (step.ExitCode, step.Errors).Should().Be((0, ""), "{0}", step);
        step.Requests.Of("AssumeRole").Should().ContainSingle();
        step.Requests.To("codedeploy").Should().OnlyContain(request => request.Principal!.Contains(":assumed-role/macro-portfolio-laptop/"));
        step.Requests.To("oidc").Should().BeEmpty();
        step.Log.Obeyed.Should().BeEmpty("nobody reads commands there");
    }

    [Fact]
    public async Task A_role_that_may_not_create_is_told_action_and_resource()
    {
        var step = await cloud.FirstJob.For(cloud.Plain, World.StatusRole).RunAsync("deploy", "--deployment-group", "gray");

        ShouldHaveNoAccess(step);
        step.Log.Errors.Should().ContainSingle().Which.Data.Should().Contain($"codedeploy:CreateDeployment on arn:aws:codedeploy:eu-west-1:123456789012:deploymentgroup:{cloud.Plain.Name}/gray");
        step.Creates.Should().ContainSingle().Which.Status.Should().Be(400);
    }

    [Fact]
    public async Task A_session_of_the_role_says_whose_run_it_is()
    {
        var step = await cloud.FirstJob.For(cloud.Plain).RunAsync("deploy", "--deployment-group", "gray", "--dry-run", "--role-duration-seconds", "900");

        var session = $"acme-macro-portfolio-run-{cloud.FirstJob.RunId}";
        step.ExitCode.Should().Be(0, "{0}", step);
        step.Requests.To("codedeploy").Should().OnlyContain(request => request.Principal!.EndsWith($":assumed-role/macro-portfolio-gray/{session}"));
        var assumed = step.Requests.Of("AssumeRoleWithWebIdentity").Should().ContainSingle().Subject;
        (assumed["RoleSessionName"], assumed["DurationSeconds"]).Should().Be((session, "900"));
    }

    private static void ShouldHaveNoAccess(StepResult step)
    {
        (step.ExitCode, step.Outcome).Should().Be((4, "no-access"), "{0}", step);
        step.Requests.Of("CreateDeployment").Should().NotContain(request => request.Status == 200);
    }
}
