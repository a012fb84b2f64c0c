using System.Net;
using System.Net.Sockets;
using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.EndToEnd.Tests;

/// <summary>Plans, revisions and failures, each by its exit code and outputs.</summary>
public sealed class OutcomeTests(OutcomeTests.RollingBackCloud cloud) : IClassFixture<OutcomeTests.RollingBackCloud>
{
    /// <summary>Its groups gray are rolled back by CodeDeploy itself.</summary>
    public sealed class RollingBackCloud() : Cloud(8, "auto-rollback: [DEPLOYMENT_FAILURE]");

    [Fact]
    public async Task CodeDeploys_own_rollback_is_followed_to_its_end()
    {
        var application = cloud.TakeApplication();
        await ShouldSucceedAsync("v1", application);

        var step = await (await cloud.JobAsync("broken")).For(application).RunAsync("deploy", "--deployment-group", "gray");

        (step.ExitCode, step.Outcome).Should().Be((6, "rolled-back"), "{0}", step);
        step.Creates.Should().ContainSingle("the rollback is CodeDeploy's, not ours");
        var deployment = step.Record["deployments"]![0]!;
        deployment["rollbackStatus"]!.ToString().Should().Be("Succeeded");
        step.Requests.Of("GetDeployment").Should().Contain(request => request["deploymentId"] == deployment["rollbackId"]!.ToString());
        step.Log.Text.Should().Contain("the feed is stale").And.Contain(deployment["rollbackId"]!.ToString());
        application.Gray.Should().OnlyContain(instance => cloud.PageOf(instance) == Site.Page("v1"));
    }

    [Fact]
    public async Task A_first_deployment_that_fails_has_nothing_to_be_rolled_back_to()
    {
        var application = cloud.TakeApplication();

        var step = await (await cloud.JobAsync("broken")).For(application).RunAsync("deploy", "--deployment-group", "gray");

        (step.ExitCode, step.Outcome, step.Outputs["status"], step.Outputs["failed-instances"]).Should().Be((1, "failed", "Failed", "2"), "{0}", step);
        step.Log.Text.Should().ContainAll("ValidateService", "hooks/validate.sh", "ScriptFailed", "the feed is stale", "no successful deployment");
    }

    [Fact]
    public async Task A_failed_hook_is_an_annotation_at_its_script_told_once_with_a_hint_and_whom_to_turn_to()
    {
        var application = cloud.TakeApplication();

        var step = await (await cloud.JobAsync("broken")).For(application).RunAsync("deploy", "--deployment-group", "gray", "--auto-rollback", "off", "--config", Site.Contacts);

        var annotation = step.Log.Errors.Should().HaveCount(2, "{0}", step).And.ContainSingle(error => error.Properties.ContainsKey("file")).Subject;
        annotation.Properties["file"].Should().Be("hooks/validate.sh");
        annotation.Properties["title"].Should().Be("ValidateService on 2 of 2 instances of gray");
        annotation.Data.Should().StartWith("gray: 2 of 2 instances failed in ValidateService: hooks/validate.sh, ScriptFailed.").And.Contain("What to do: hooks/validate.sh ended with an error");
        step.Log.Shown.Count(line => line.Contains("the feed is stale", StringComparison.Ordinal)).Should().Be(1);
        step.Log.Text.Should().Contain("Owner: acme/portfolio. Runbook: https://acme.example/runbook", "the tip of the default branch says so, although the released commit has no release file");
        step.Summary.Should().Contain("**Owner:** acme/portfolio · **Runbook:** <https://acme.example/runbook>").And.Contain("### 2 of 2 instances of `gray` failed in ValidateService");
        (step.Record["owner"]!.ToString(), step.Record["runbook"]!.ToString()).Should().Be(("acme/portfolio", "https://acme.example/runbook"));
        step.Record["deployments"]![0]!["failures"]!.AsArray().Should().ContainSingle().Which!["count"]!.GetValue<int>().Should().Be(2);
    }

    [Fact]
    public async Task Rollback_can_be_switched_off_for_a_deployment()
    {
        var application = cloud.TakeApplication();
        await ShouldSucceedAsync("v1", application);

        var step = await (await cloud.JobAsync("broken")).For(application).RunAsync("deploy", "--deployment-group", "gray", "--auto-rollback", "off");

        (step.ExitCode, step.Outcome).Should().Be((1, "failed"), "{0}", step);
        step.Requests.Of("CreateDeployment")[0].Request!["autoRollbackConfiguration"]!["enabled"]!.GetValue<bool>().Should().BeFalse();
        application.Gray.Should().OnlyContain(instance => cloud.PageOf(instance) == Site.Page("broken"));
    }

    [Fact]
    public async Task An_object_in_S3_is_deployed_by_its_version()
    {
        var application = cloud.TakeApplication();
        var laptop = new Laptop(cloud);
        var version = await laptop.PutAsync("bundles", "site.zip", Bundle.Of("the first"));
        await laptop.PutAsync("bundles", "site.zip", Bundle.Of("the second"));
        var revision = $"s3://bundles/site.zip?versionId={version}";

        var step = await (await cloud.JobAsync("v1")).For(application).RunAsync("deploy", "--deployment-group", "gray", "--revision", revision);

        (step.ExitCode, step.Outputs["revision"]).Should().Be((0, revision), "{0}", step);
        application.Gray.Should().OnlyContain(instance => cloud.PageOf(instance) == "the first");
    }

    [Theory]
    [InlineData("nowhere", "gray", "nowhere")]
    [InlineData("macro-portfolio", "grey", "grey")]
    public async Task What_AWS_does_not_know_is_bad_input(string application, string group, string named)
    {
        var step = await cloud.FirstJob.Input("role-to-assume", World.GrayRole).RunAsync("deploy", "--application", application, "--deployment-group", group);

        (step.ExitCode, step.Outcome).Should().Be((2, "bad-input"), "{0}", step);
        step.Log.Errors.Should().ContainSingle().Which.Data.Should().Contain(named);
        step.Creates.Should().BeEmpty();
    }

    [Fact]
    public async Task An_unknown_deployment_is_bad_input()
    {
        var step = await cloud.FirstJob.For(cloud.Plain).RunAsync("deploy", "--deployment-id", "d-ABCDEFGHI");

        (step.ExitCode, step.Outcome).Should().Be((2, "bad-input"), "{0}", step);
    }

    [Fact]
    public async Task An_unknown_deployment_config_is_bad_input()
    {
        var step = await cloud.FirstJob.For(cloud.Plain).RunAsync("deploy", "--deployment-group", "gray", "--deployment-config", "Carefully");

        (step.ExitCode, step.Outcome).Should().Be((2, "bad-input"), "{0}", step);
        step.Creates.Should().BeEmpty();
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL_STS")]
    [InlineData("AWS_ENDPOINT_URL_CODEDEPLOY")]
    public async Task AWS_that_cannot_be_reached_is_a_failure_in_words(string service)
    {
        var nobody = $"http://127.0.0.1:{FreePort()}";
        var job = cloud.FirstJob.With(service, nobody);

        var byRole = await job.For(cloud.Plain).RunAsync("deploy", "--deployment-group", "gray");
        var byKeys = await new Laptop(cloud).Shell.With(service, nobody)
            .RunAsync("deploy", "--application", cloud.Plain.Name, "--deployment-group", "gray", "--revision", "s3://bundles/site.zip");

        (byRole.ExitCode, byRole.Outcome, byKeys.ExitCode).Should().Be((1, "failed", 1), "{0}", byRole);
        byRole.Log.Errors.Should().ContainSingle().Which.Data.Should().Contain("Connection refused").And.Contain("Nothing was created");
        byKeys.Output.Should().Contain("error: ").And.Contain("Connection refused");
        (byRole.Errors + byKeys.Errors).Should().BeEmpty();
    }

    [Fact]
    public async Task A_dry_run_shows_the_plan_and_creates_nothing()
    {
        var application = cloud.TakeApplication();
        await ShouldSucceedAsync("v1", application);

        var step = await (await cloud.JobAsync("v2")).For(application).RunAsync("deploy", "--deployment-group", "gray", "--dry-run");

        (step.ExitCode, step.Outcome).Should().Be((0, "planned"), "{0}", step);
        step.Creates.Should().BeEmpty();
        step.Log.Text.Should().ContainAll(
            "CodeDeployDefault.AllAtOnce", cloud.Label("v2"), cloud.Label("v1"), "2 instances", "DEPLOYMENT_FAILURE", "assumed-role/macro-portfolio-gray");
        step.Outputs["previous-revision"].Should().Be(cloud.Revision("v1"));
        step.Outputs["deployment-id"].Should().BeEmpty();
        application.Gray.Should().OnlyContain(instance => cloud.PageOf(instance) == Site.Page("v1"));
    }

    /// <summary>One that nobody listens on.</summary>
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task ShouldSucceedAsync(string commit, Application application)
    {
        var step = await (await cloud.JobAsync(commit)).For(application).RunAsync("deploy", "--deployment-group", "gray");
        step.ExitCode.Should().Be(0, "{0}", step);
    }
}
