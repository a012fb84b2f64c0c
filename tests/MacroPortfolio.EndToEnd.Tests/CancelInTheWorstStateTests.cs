using System.Text.Json.Nodes;
using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.EndToEnd.Tests;

/// <summary>A job that is cancelled while the run is in the middle of something. Each state is held, so that the signal comes exactly then.</summary>
public sealed class CancelInTheWorstStateTests(CancelInTheWorstStateTests.RoomyCloud cloud) : IClassFixture<CancelInTheWorstStateTests.RoomyCloud>
{
    public sealed class RoomyCloud() : Cloud(16);

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>From SIGINT to SIGTERM.</summary>
    private static readonly TimeSpan RunnersPatience = TimeSpan.FromSeconds(7.5);

    /// <summary>From SIGINT to SIGKILL.</summary>
    private static readonly TimeSpan RunnersLastPatience = TimeSpan.FromSeconds(10);

    /// <summary>The program uses the runner's patience up to half a second, and on a machine with other work its end may be seen later than that.</summary>
    private static readonly TimeSpan Scheduling = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData("INT")]
    [InlineData("INT", "INT")]
    [InlineData("INT", "TERM")]
    public async Task The_answer_to_a_create_request_is_awaited_and_its_deployment_stopped(params string[] signals)
    {
        using var door = new Door(cloud);
        var (step, hold) = await HeldAsync(door, "CreateDeployment", Moment.BeforeTheWork);

        var signalled = await SignalAsync(step, signals);
        await hold.LetGoAsync();
        var ended = await step.EndAsync();

        var stop = ended.Requests.Of("StopDeployment").Should().ContainSingle("{0}", ended).Subject;
        (stop.Time - ended.Creates.Should().ContainSingle().Subject.Ended).Should().BeLessThan(Second, "{0}", ended);
        (ended.Ended - signalled).Should().BeLessThan(RunnersPatience);
        await ShouldBeStoppedAsync(ended, stop);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("INT", "INT")]
    public async Task A_deployment_whose_create_request_is_not_answered_is_found_and_stopped(params string[] signals)
    {
        using var door = new Door(cloud);
        var (step, _) = await HeldAsync(door, "CreateDeployment", Moment.AfterTheWork);

        var signalled = await SignalAsync(step, signals);
        var ended = await step.EndAsync();

        var stop = ended.Requests.Of("StopDeployment").Should().ContainSingle("{0}", ended).Subject;
        var found = ended.Requests.Of("BatchGetDeployments").Last(request => request.Time < stop.Time);
        found.Time.Should().BeAfter(signalled);
        (stop.Time - found.Ended).Should().BeLessThan(Second, "{0}", ended);
        (ended.Ended - signalled).Should().BeLessThan(RunnersPatience);
        await ShouldBeStoppedAsync(ended, stop);
    }

    [Fact]
    public async Task A_create_request_that_never_arrives_is_looked_for_to_the_last_moment_and_left_to_the_post_stage()
    {
        using var door = new Door(cloud);
        var (step, hold) = await HeldAsync(door, "CreateDeployment", Moment.BeforeTheWork);

        var signalled = await step.SignalAsync("INT");
        await door.AskedAsync(point => point is { Operation: "ListDeployments", Occurrence: > 2 });
        var ended = await step.EndAsync();
        await hold.LetGoAsync();
        var post = await step.Job.StartPost(ended, "deploy", "--deployment-group", "gray").EndAsync();

        (ended.ExitCode, ended.Outcome).Should().Be((130, "cancelled"), "{0}", ended);
        (ended.Ended - signalled).Should().BeLessThan(RunnersLastPatience + Scheduling);
        ended.Requests.Of("StopDeployment").Should().BeEmpty();
        ended.Log.Text.Should().Contain("not known whether the deployment to gray had been created");
        ended.State.Should().ContainKey("deployments").And.NotContainKey("settled");
        post.Requests.Of("StopDeployment").Should().ContainSingle("{0}", post);
        (post.ExitCode, post.Creates.Count).Should().Be((0, 0), "{0}", post);
    }

    [Fact]
    public async Task In_the_middle_of_a_backoff_the_deployment_is_stopped_at_once()
    {
        await cloud.FaultsAsync(new JsonObject { ["service"] = "codedeploy", ["operation"] = "GetDeployment", ["kind"] = "throttled" });
        using var door = new Door(cloud);
        var step = await StartedAsync(door);
        await door.AskedAsync(point => point is { Operation: "GetDeployment", Occurrence: 5 });

        var signalled = await step.SignalAsync("INT");
        var ended = await step.EndAsync();
        await cloud.ClearFaultsAsync();

        await ShouldStopAtOnceAsync(ended, signalled);
    }

    [Theory]
    [InlineData(Moment.BeforeTheWork)]
    [InlineData(Moment.AfterTheWork)]
    public async Task In_the_middle_of_a_look_the_deployment_is_stopped_at_once(Moment moment)
    {
        using var door = new Door(cloud);
        var (step, _) = await HeldAsync(door, "GetDeployment", moment);

        var signalled = await step.SignalAsync("INT");
        var ended = await step.EndAsync();

        await ShouldStopAtOnceAsync(ended, signalled);
    }

    [Fact]
    public async Task A_run_that_waits_behind_another_ends_and_lets_the_other_go_on()
    {
        var application = cloud.TakeApplication();
        var other = await new Laptop(cloud).DeployAsync(application, "gray", "held");
        using var door = new Door(cloud);
        var step = door.Of((await cloud.JobAsync("v1")).For(application)).Start("deploy", "--deployment-group", "gray");
        await door.AskedAsync("GetDeployment");

        var signalled = await step.SignalAsync("INT");
        var ended = await step.EndAsync();

        (ended.ExitCode, ended.Outcome, ended.State["settled"]).Should().Be((130, "cancelled", "cancelled"), "{0}", ended);
        (ended.Ended - signalled).Should().BeLessThan(RunnersPatience);
        door.Asked.Select(point => point.Operation).Should().NotContain(["StopDeployment", "CreateDeployment"]);
        (await new Laptop(cloud).DeploymentAsync(other))["status"]!.ToString().Should().Be("InProgress");
        ended.Outputs["deployment-id"].Should().BeEmpty();
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("INT", "TERM")]
    public async Task With_nobody_reading_the_log_the_deployment_is_stopped_all_the_same(params string[] signals)
    {
        var pipe = Path.Combine(Directory.CreateTempSubdirectory("macro-portfolio-pipe-").FullName, "log");
        await Shell.RunAsync("/", "", "mkfifo", pipe);
        using var door = new Door(cloud);
        var job = door.Of((await cloud.JobAsync("held")).For(cloud.TakeApplication()));
        var step = RunningStep.Start(job, "/bin/bash", ["-c", "exec 3<>\"$0\"; exec \"$@\" >&3 2>&3", pipe, Programs.MacroPortfolio, "deploy", "--deployment-group", "gray"]);
        await door.AskedAsync("GetDeployment");
        await Shell.RunAsync("/", "", "bash", "-c", $"for size in 4096 1; do dd if=/dev/zero of={pipe} bs=$size count=100000 oflag=nonblock status=none 2> /dev/null; done; true");

        var signalled = await SignalAsync(step, signals);
        var ended = await step.EndAsync();
        Directory.Delete(Path.GetDirectoryName(pipe)!, recursive: true);

        await ShouldStopAtOnceAsync(ended, signalled);
    }

    [Fact]
    public async Task With_everything_failing_it_ends_in_time_and_the_post_stage_stops_the_deployment()
    {
        using var door = new Door(cloud);
        var step = await StartedAsync(door);
        await door.AskedAsync("GetDeployment");
        await cloud.FaultsAsync(new JsonObject { ["service"] = "codedeploy", ["kind"] = "status", ["status"] = 503 });

        var signalled = await step.SignalAsync("INT");
        var ended = await step.EndAsync();
        await cloud.ClearFaultsAsync();
        var post = await step.Job.StartPost(ended, "deploy", "--deployment-group", "gray").EndAsync();

        (ended.ExitCode, ended.Outcome).Should().Be((130, "cancelled"), "{0}", ended);
        (ended.Ended - signalled).Should().BeLessThan(RunnersPatience);
        ended.Log.Text.Should().Contain("could not be told to stop");
        ended.State.Should().NotContainKey("settled");
        post.Requests.Of("StopDeployment").Should().ContainSingle("{0}", post).Which["deploymentId"].Should().Be(ended.DeploymentId);
        post.ExitCode.Should().Be(0, "{0}", post);
    }

    [Fact]
    public async Task In_the_middle_of_the_last_report_the_outcome_stays_what_it_is()
    {
        var application = cloud.TakeApplication();
        using var door = new Door(cloud);
        var hold = door.HoldAt($"POST /api/v3/repos/{World.Repository}/issues/*/comments", Moment.BeforeTheWork);
        var step = door.Of((await cloud.JobAsync("v2")).For(application)).Start("deploy", "--deployment-group", "gray");
        await hold.HeldAsync();

        var signalled = await step.SignalAsync("INT");
        var ended = await step.EndAsync();

        (ended.ExitCode, ended.Outcome, ended.State["settled"]).Should().Be((0, "succeeded", "succeeded"), "{0}", ended);
        (ended.Ended - signalled).Should().BeLessThan(RunnersPatience);
        ended.Requests.Of("StopDeployment").Should().BeEmpty();
    }

    private static async Task<DateTimeOffset> SignalAsync(RunningStep step, string[] signals)
    {
        var first = await step.SignalAsync(signals[0]);
        foreach (var more in signals.Skip(1))
        {
            await step.SignalIfAliveAsync(more);
        }

        return first;
    }

    private async Task<RunningStep> StartedAsync(Door door) =>
        door.Of((await cloud.JobAsync("held")).For(cloud.TakeApplication())).Start("deploy", "--deployment-group", "gray");

    private async Task<(RunningStep Step, Hold Hold)> HeldAsync(Door door, string operation, Moment moment)
    {
        var hold = door.HoldAt(operation, moment);
        var step = await StartedAsync(door);
        await hold.HeldAsync();
        return (step, hold);
    }

    private async Task ShouldStopAtOnceAsync(StepResult ended, DateTimeOffset signalled)
    {
        var stop = ended.Requests.Of("StopDeployment").Should().ContainSingle("{0}", ended).Subject;
        (stop.Time - signalled).Should().BeLessThan(Second, "{0}", ended);
        (ended.Ended - signalled).Should().BeLessThan(RunnersPatience);
        await ShouldBeStoppedAsync(ended, stop);
    }

    private async Task ShouldBeStoppedAsync(StepResult ended, RequestRecord stop)
    {
        (ended.ExitCode, ended.Outcome, ended.State["settled"]).Should().Be((130, "cancelled", "cancelled"), "{0}", ended);
        ended.DeploymentId.Should().Be(stop["deploymentId"]);
        ended.Summary.Should().Contain(ended.DeploymentId).And.Contain("cancelled");
        ended.Outputs.Should().ContainKeys("status", "result");
        (await new Laptop(cloud).StoppedAsync(ended.DeploymentId))["status"]!.ToString().Should().Be("Stopped");
    }
}
