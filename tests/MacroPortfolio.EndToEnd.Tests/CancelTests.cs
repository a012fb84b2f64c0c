using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.EndToEnd.Tests;

/// <summary>A cancelled job: the runner sends SIGINT, 7.5 seconds later SIGTERM, 2.5 seconds later it kills.</summary>
public sealed class CancelTests(Cloud cloud) : IClassFixture<Cloud>
{
    private static readonly TimeSpan RunnersPatience = TimeSpan.FromSeconds(7.5);

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_stops_the_deployment_within_a_second(string signal)
    {
        var application = cloud.TakeApplication();
        var step = await DeployingAsync(application);

        var signalled = await step.SignalAsync(signal);
        var ended = await step.EndAsync();

        var stop = ended.Requests.Of("StopDeployment").Should().ContainSingle("{0}", ended).Subject;
        (stop.Time - signalled).Should().BeLessThan(TimeSpan.FromSeconds(1));
        (ended.Ended - signalled).Should().BeLessThan(RunnersPatience);
        (ended.ExitCode, ended.Outcome).Should().Be((130, "cancelled"), "{0}", ended);
        stop["deploymentId"].Should().Be(ended.DeploymentId);
        stop["autoRollbackEnabled"].Should().BeNull();
        ended.Summary.Should().Contain(ended.DeploymentId).And.Contain("cancelled");
        ended.Outputs.Should().ContainKeys("deployment-id", "status", "result");
        ended.Log.Errors.Should().ContainSingle().Which.Data.Should().Contain(ended.DeploymentId).And.Contain("half deployed");
    }

    [Fact]
    public async Task The_deployment_can_be_left_alone()
    {
        var step = await DeployingAsync(cloud.TakeApplication(), "--on-cancel", "leave");

        await step.SignalAsync("INT");
        var ended = await step.EndAsync();

        (ended.ExitCode, ended.Outcome).Should().Be((130, "cancelled"), "{0}", ended);
        ended.Requests.Of("StopDeployment").Should().BeEmpty();
        ended.Log.Text.Should().Contain(ended.DeploymentId);
    }

    [Fact]
    public async Task The_deployment_can_be_rolled_back()
    {
        var application = cloud.TakeApplication();
        var before = await (await cloud.JobAsync("v1")).For(application).RunAsync("deploy", "--deployment-group", "gray");
        var step = await DeployingAsync(application, "--on-cancel", "stop-and-rollback");

        await step.SignalAsync("INT");
        var ended = await step.EndAsync();
        cloud.Release(application);

        before.ExitCode.Should().Be(0, "{0}", before);
        (ended.ExitCode, ended.Outcome).Should().Be((130, "cancelled"), "{0}", ended);
        ended.Requests.Of("StopDeployment").Should().ContainSingle().Which.Request!["autoRollbackEnabled"]!.GetValue<bool>().Should().BeTrue();
    }

    [Fact]
    public async Task More_signals_change_nothing()
    {
        var step = await DeployingAsync(cloud.TakeApplication());

        await step.SignalAsync("INT");
        await step.SignalIfAliveAsync("TERM");
        await step.SignalIfAliveAsync("INT");
        var ended = await step.EndAsync();

        (ended.ExitCode, ended.Outcome).Should().Be((130, "cancelled"), "{0}", ended);
        ended.Requests.Of("StopDeployment").Should().ContainSingle();
        ended.Summary.Should().NotBeEmpty();
    }

    [Fact]
    public async Task Before_anything_was_created_there_is_nothing_to_stop()
    {
        using var issuer = new SilentServer();
        var job = cloud.FirstJob.For(cloud.Plain).With("ACTIONS_ID_TOKEN_REQUEST_URL", $"{issuer.Url}/token?api-version=2.0");
        var step = job.Start("deploy", "--deployment-group", "gray");
        await issuer.Visited.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);

        var signalled = await step.SignalAsync("INT");
        var ended = await step.EndAsync();

        (ended.ExitCode, ended.Outcome).Should().Be((130, "cancelled"), "{0}", ended);
        (ended.Ended - signalled).Should().BeLessThan(RunnersPatience);
        ended.Requests.To("codedeploy").Should().BeEmpty();
    }

    /// <summary>A run whose deployment exists and is not over while nobody releases it.</summary>
    private async Task<RunningStep> DeployingAsync(Application application, params string[] words)
    {
        var job = (await cloud.JobAsync("held")).For(application);
        var step = job.Start(["deploy", "--deployment-group", "gray", .. words]);
        await cloud.RequestAsync("CreateDeployment", request => request["description"]!.Contains($"run {job.RunId} "));
        return step;
    }
}
