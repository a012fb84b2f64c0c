using System.Text.Json.Nodes;
using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.EndToEnd.Tests;

/// <summary>How a deployment is followed to its end, and as what the run ends.</summary>
public sealed class WatchTests(Cloud cloud) : IClassFixture<Cloud>
{
    [Fact]
    public async Task Without_waiting_the_run_ends_when_the_deployment_is_created()
    {
        var application = cloud.TakeApplication();

        var step = await (await cloud.JobAsync("held")).For(application).RunAsync("deploy", "--deployment-group", "gray", "--wait", "false");

        (step.ExitCode, step.Outcome).Should().Be((0, "created"), "{0}", step);
        step.DeploymentId.Should().MatchRegex("^d-[A-Z0-9]{9}$");
        step.Requests.Of("GetDeployment").Should().BeEmpty();
        step.Log.Text.Should().Contain($"--deployment-id {step.DeploymentId}");
    }

    [Fact]
    public async Task When_the_time_is_up_the_command_to_watch_on_is_shown_and_works()
    {
        var application = cloud.TakeApplication();

        var first = await (await cloud.JobAsync("held")).For(application).RunAsync("deploy", "--deployment-group", "gray", "--timeout", "1s");
        var words = CommandIn(first.Output);
        cloud.Release(application);
        var second = await new Laptop(cloud).Shell.RunAsync(words);

        (first.ExitCode, first.Outcome).Should().Be((3, "still-running"), "{0}", first);
        first.Requests.Of("StopDeployment").Should().BeEmpty();
        words.Should().StartWith(["deploy", "--application", application.Name, "--deployment-id", first.DeploymentId]);
        second.ExitCode.Should().Be(0, "{0}", second);
        second.Creates.Should().BeEmpty();
        application.Gray.Should().OnlyContain(instance => cloud.PageOf(instance) == Site.Page("held"));
    }

    [Fact]
    public async Task Watching_on_in_a_job_has_all_outputs()
    {
        var application = cloud.TakeApplication();
        var created = await (await cloud.JobAsync("v1")).For(application).RunAsync("deploy", "--deployment-group", "gray", "--wait", "false");

        var step = await (await cloud.JobAsync("v2")).For(application).Input("deployment-id", created.DeploymentId).RunAsync("deploy");

        (step.ExitCode, step.Outcome, step.DeploymentId).Should().Be((0, "succeeded", created.DeploymentId), "{0}", step);
        step.Outputs["revision"].Should().Be(cloud.Revision("v1"), "the deployment's revision counts, not the job's");
        step.Creates.Should().BeEmpty();
    }

    [Fact]
    public async Task A_deployment_with_a_failed_instance_fails_although_CodeDeploy_calls_it_succeeded()
    {
        var application = cloud.TakeApplication();
        var job = (await cloud.JobAsync("partly")).For(application).Input("deployment-group", "gray");

        var strict = await job.RunAsync("deploy");
        var one = await job.RunAsync("deploy", "--max-failed-instances", "1");
        var half = await job.RunAsync("deploy", "--max-failed-instances", "50%");

        (strict.ExitCode, strict.Outcome).Should().Be((1, "failed"), "{0}", strict);
        (strict.Outputs["status"], strict.Outputs["failed-instances"]).Should().Be(("Succeeded", "1"));
        strict.Log.Text.Should().Contain("there is no new disk here").And.Contain(application.Gray[1]).And.Contain("max-failed-instances");
        (one.ExitCode, one.Outcome, one.Outputs["failed-instances"]).Should().Be((0, "succeeded", "1"), "{0}", one);
        (half.ExitCode, half.Outcome).Should().Be((0, "succeeded"), "{0}", half);
    }

    [Fact]
    public async Task A_busy_group_is_left_alone_where_that_is_asked_for()
    {
        var application = cloud.TakeApplication();
        var running = await (await cloud.JobAsync("held")).For(application).RunAsync("deploy", "--deployment-group", "gray", "--wait", "false");

        var step = await (await cloud.JobAsync("v1")).For(application).RunAsync("deploy", "--deployment-group", "gray", "--on-busy", "fail");

        (step.ExitCode, step.Outcome).Should().Be((5, "held"), "{0}", step);
        step.Creates.Should().BeEmpty();
        step.Log.Errors.Should().ContainSingle().Which.Data.Should().Contain(running.DeploymentId);
        step.Outputs["deployment-id"].Should().BeEmpty();
    }

    [Fact]
    public async Task A_deployment_that_somebody_else_stops_has_failed()
    {
        var application = cloud.TakeApplication();
        var step = (await cloud.JobAsync("held")).For(application).Start("deploy", "--deployment-group", "gray");
        await cloud.RequestAsync("CreateDeployment", request => request["applicationName"] == application.Name);
        var laptop = new Laptop(cloud);
        var list = await laptop.CodeDeployAsync("ListDeployments", new() { ["applicationName"] = application.Name, ["deploymentGroupName"] = "gray" });
        var id = list["deployments"]![0]!.ToString();
        await laptop.CodeDeployAsync("StopDeployment", new JsonObject { ["deploymentId"] = id });
        cloud.Release(application);

        var ended = await step.EndAsync();

        (ended.ExitCode, ended.Outcome, ended.Outputs["status"]).Should().Be((1, "failed", "Stopped"), "{0}", ended);
        ended.Log.Errors.Should().ContainSingle().Which.Data.Should().Contain("MANUAL_STOP");
    }

    [Fact]
    public async Task Several_groups_are_deployed_in_one_run()
    {
        var application = cloud.TakeApplication();
        var job = (await cloud.JobAsync("v1")).For(application).Input("deployment-group", "gray\nstable").Input("result-file", "result.json");

        var step = await job.RunAsync("deploy");

        (step.ExitCode, step.Outcome).Should().Be((0, "succeeded"), "{0}", step);
        step.Creates.Select(request => request["deploymentGroupName"]).Should().Equal("gray", "stable");
        step.Outputs["deployment-ids"].Split('\n').Should().HaveCount(2).And.StartWith(step.DeploymentId).And.OnlyHaveUniqueItems();
        application.Gray.Concat(application.Stable).Should().OnlyContain(instance => cloud.PageOf(instance) == Site.Page("v1"));
        var ids = step.Outputs["deployment-ids"].Split('\n');
        step.Requests.Of("BatchGetDeployments").Should().Contain(
            request => request.Request!["deploymentIds"]!.AsArray().Select(id => id!.ToString()).SequenceEqual(ids), "several deployments are looked at in one call");
        File.ReadAllText(Path.Combine(job["GITHUB_WORKSPACE"], "result.json")).Should().Be($"{step.Outputs["result"]}\n");
    }

    [Fact]
    public async Task A_run_of_several_groups_is_good_only_where_all_are()
    {
        var application = cloud.TakeApplication();

        var step = await (await cloud.JobAsync("partly")).For(application)
            .RunAsync("deploy", "--deployment-group", "stable", "--deployment-group", "gray", "--deployment-config", "CodeDeployDefault.OneAtATime");

        (step.ExitCode, step.Outcome, step.Outputs["failed-instances"]).Should().Be((1, "failed", "2"), "{0}", step);
        step.Creates.Should().HaveCount(2).And.OnlyContain(request => request["deploymentConfigName"] == "CodeDeployDefault.OneAtATime");
    }

    /// <summary>The command that the log shows, as a person copies it.</summary>
    private static string[] CommandIn(string log) =>
        log.Split('\n').Last(line => line.Contains("macro-portfolio deploy")).Split("macro-portfolio ")[1].Split(' ');
}
