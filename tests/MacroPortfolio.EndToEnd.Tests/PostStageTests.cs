using System.Text.Json.Nodes;
using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.EndToEnd.Tests;

/// <summary>
/// The post stage, after a main stage that was killed and after one that was not. The runner starts the same image with the same arguments and inputs under
/// another entry point, and gives it what the main stage left in its state file.
/// </summary>
public sealed class PostStageTests(Cloud cloud) : IClassFixture<Cloud>
{
    private static readonly string[] Deploy = ["deploy", "--deployment-group", "gray"];

    [Fact]
    public async Task A_deployment_that_the_main_stage_left_behind_is_stopped_once_and_nothing_is_created()
    {
        var (job, main) = await KilledAsync(Moment.AfterTheAnswer, "GetDeployment");

        var post = await job.StartPost(main, Deploy).EndAsync();

        main.ExitCode.Should().Be(137);
        main.State.Should().NotContainKey("settled");
        var id = JsonNode.Parse(main.State["deployments"])![0]!["id"]!.ToString();
        post.Requests.Of("StopDeployment").Should().ContainSingle("{0}", post).Which["deploymentId"].Should().Be(id);
        post.Creates.Should().BeEmpty();
        post.ExitCode.Should().Be(0, "{0}", post);
        post.Log.Text.Should().Contain(id).And.Contain("told to stop");
        post.Summary.Should().Contain(id);
        (await new Laptop(cloud).StoppedAsync(id))["status"]!.ToString().Should().Be("Stopped");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_whose_id_the_main_stage_never_learned_is_found_by_its_description(bool isHeardOf)
    {
        var (job, main) = await KilledAsync(isHeardOf ? Moment.AfterTheWork : Moment.BeforeTheWork, "CreateDeployment", isWorkedOn: true);

        var post = await job.StartPost(main, Deploy).EndAsync();

        var entry = JsonNode.Parse(main.State["deployments"])![0]!;
        entry["id"].Should().BeNull();
        var stop = post.Requests.Of("StopDeployment").Should().ContainSingle("{0}", post).Subject;
        (await new Laptop(cloud).DeploymentAsync(stop["deploymentId"]!))["description"]!.ToString().Should().Be(entry["description"]!.ToString());
        post.Creates.Should().BeEmpty();
        post.ExitCode.Should().Be(0, "{0}", post);
    }

    [Fact]
    public async Task Where_the_request_never_arrived_nothing_is_found_and_nothing_is_done()
    {
        var (job, main) = await KilledAsync(Moment.BeforeTheWork, "CreateDeployment");

        var post = await job.StartPost(main, Deploy).EndAsync();

        main.State.Should().ContainKey("deployments");
        post.ExitCode.Should().Be(0, "{0}", post);
        post.Requests.Of("StopDeployment").Concat(post.Creates).Should().BeEmpty();
        post.Log.Text.Should().Contain("nothing to settle");
    }

    [Fact]
    public async Task Before_the_main_stage_was_about_to_create_there_is_nothing_to_ask()
    {
        var (job, main) = await KilledAsync(Moment.AfterTheAnswer, "GetDeploymentGroup");

        var post = await job.StartPost(main, Deploy).EndAsync();

        main.State.Should().BeEmpty();
        (post.ExitCode, post.Requests.Count, post.Output).Should().Be((0, 0, ""), "{0}", post);
    }

    [Theory]
    [InlineData("v1", 0, "succeeded")]
    [InlineData("broken", 1, "failed")]
    [InlineData("held", 3, "still-running", "--timeout", "1s")]
    [InlineData("held", 0, "created", "--wait", "false")]
    [InlineData("v1", 0, "planned", "--dry-run", "true")]
    [InlineData("v1", 2, "bad-input", "--timeout", "soon")]
    public async Task After_an_orderly_end_the_post_stage_asks_nothing(string commit, int code, string outcome, params string[] more)
    {
        string[] words = [.. Deploy, .. more];
        var job = (await cloud.JobAsync(commit)).For(cloud.TakeApplication());
        var main = await job.RunAsync(words);

        var post = await job.StartPost(main, words).EndAsync();

        (main.ExitCode, main.Outcome).Should().Be((code, outcome), "{0}", main);
        main.State["settled"].Should().Be(outcome);
        (post.ExitCode, post.Requests.Count, post.Output, post.Summary).Should().Be((0, 0, "", ""), "{0}", post);
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("leave")]
    public async Task After_a_cancelled_run_that_could_say_its_last_word_the_post_stage_asks_nothing(string onCancel)
    {
        var job = (await cloud.JobAsync("held")).For(cloud.TakeApplication()).Input("on-cancel", onCancel);
        using var door = new Door(cloud);
        var step = door.Of(job).Start(Deploy);
        await door.AskedAsync("GetDeployment");
        await step.SignalAsync("INT");
        var main = await step.EndAsync();

        var post = await job.StartPost(main, Deploy).EndAsync();

        (main.ExitCode, main.State["settled"]).Should().Be((130, "cancelled"), "{0}", main);
        (post.ExitCode, post.Requests.Count, post.Output).Should().Be((0, 0, ""), "{0}", post);
    }

    [Fact]
    public async Task Where_a_cancelled_job_is_to_leave_its_deployment_the_post_stage_says_how_to_watch_it()
    {
        var (job, main) = await KilledAsync(Moment.AfterTheAnswer, "CreateDeployment", onCancel: "leave");

        var post = await job.StartPost(main, Deploy).EndAsync();

        var id = (await new Laptop(cloud).DeploymentsAsync(Of(job), "gray")).Should().ContainSingle().Subject["deploymentId"]!.ToString();
        post.ExitCode.Should().Be(0, "{0}", post);
        post.Requests.Of("StopDeployment").Should().BeEmpty();
        post.Log.Text.Should().Contain("left running").And.Contain($"--deployment-id {id}");
    }

    [Fact]
    public async Task What_has_ended_meanwhile_is_told_as_it_ended()
    {
        var (job, main) = await KilledAsync(Moment.AfterTheAnswer, "CreateDeployment");
        cloud.Release(Of(job));
        var laptop = new Laptop(cloud);
        var ended = await laptop.EndedAsync((await laptop.DeploymentsAsync(Of(job), "gray"))[0]["deploymentId"]!.ToString());

        var post = await job.StartPost(main, Deploy).EndAsync();

        ended["status"]!.ToString().Should().Be("Succeeded");
        post.ExitCode.Should().Be(0, "{0}", post);
        post.Requests.Of("StopDeployment").Should().BeEmpty();
        post.Log.Text.Should().Contain(ended["deploymentId"]!.ToString()).And.Contain("succeeded").And.NotContain("stopped by");
    }

    [Fact]
    public async Task A_stop_that_is_refused_is_an_error()
    {
        var (job, main) = await KilledAsync(Moment.AfterTheAnswer, "CreateDeployment");
        await cloud.FaultsAsync(new JsonObject { ["service"] = "codedeploy", ["operation"] = "StopDeployment", ["kind"] = "error", ["error"] = "AccessDeniedException" });

        var post = await job.StartPost(main, Deploy).EndAsync();
        await cloud.ClearFaultsAsync();

        post.ExitCode.Should().NotBe(0, "{0}", post);
        post.Log.Errors.Should().NotBeEmpty().And.Contain(error => error.Data.Contains("could not be told to stop") && error.Data.Contains("may still be running"));
    }

    [Fact]
    public async Task The_post_stage_of_gray_is_the_same()
    {
        var application = cloud.TakeApplication();
        var job = (await cloud.JobAsync("held")).For(application);
        using var door = new Door(cloud);
        var hold = door.HoldAt("CreateDeployment", Moment.AfterTheWork);
        var step = door.Of(job).Start("gray");
        await hold.HeldAsync();
        var main = await step.KillAsync();

        var post = await job.StartPost(main, "gray").EndAsync();

        post.Requests.Of("StopDeployment").Should().ContainSingle("{0}", post);
        (post.ExitCode, post.Creates.Count).Should().Be((0, 0), "{0}", post);
    }

    private static Application Of(Job job) => new(job["INPUT_APPLICATION"], 0);

    /// <summary>A run whose deployment would last until it is released, killed at one of its requests.</summary>
    private async Task<(Job Job, StepResult Main)> KilledAsync(Moment moment, string operation, bool isWorkedOn = false, string onCancel = "")
    {
        var job = (await cloud.JobAsync("held")).For(cloud.TakeApplication()).Input("on-cancel", onCancel);
        using var door = new Door(cloud);
        var hold = door.HoldAt(operation, moment);
        var step = door.Of(job).Start(Deploy);
        await hold.HeldAsync();
        var killed = await step.KillAsync();
        if (isWorkedOn)
        {
            await hold.LetGoAsync();
        }

        return (job, killed);
    }
}
