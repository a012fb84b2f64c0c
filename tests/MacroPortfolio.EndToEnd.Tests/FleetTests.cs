using System.Text.Json.Nodes;
using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.EndToEnd.Tests;

/// <summary>Groups behind a load balancer, in Auto Scaling and blue/green: watched and explained.</summary>
public sealed class FleetTests(FleetTests.BalancedCloud balanced, FleetTests.BlueGreenCloud blueGreen) : IClassFixture<FleetTests.BalancedCloud>, IClassFixture<FleetTests.BlueGreenCloud>
{
    private const string Indent = "\n          ";

    /// <summary>Its groups gray stand behind a target group; one instance of the second application leaves during its first deployment.</summary>
    public sealed class BalancedCloud() : Cloud(4, "target-groups: [tg-web]");

    /// <summary>Its groups gray are blue/green, of an Auto Scaling group that is copied to as many spare instances.</summary>
    public sealed class BlueGreenCloud() : Cloud(
        3,
        $"target-groups: [tg-web]{Indent}auto-scaling-groups: [fleet]{Indent}blue-green: {{ provisioning: COPY_AUTO_SCALING_GROUP, on-ready: STOP_DEPLOYMENT, ready-wait-minutes: 60, originals: KEEP_ALIVE }}")
    {
        protected override string Adapt(string world) => $$"""
            {{world.Replace("-gray, Type: KEY_AND_VALUE", "-nobody, Type: KEY_AND_VALUE", StringComparison.Ordinal).TrimEnd('\n')}}
              - { id: i-0000000000000f001, auto-scaling-group: fleet, event-seconds: 0.01 }
              - { id: i-0000000000000f002, auto-scaling-group: fleet, spare: true, event-seconds: 0.01 }

            """;
    }

    [Fact]
    public async Task Behind_a_load_balancer_the_plan_says_that_draining_takes_its_time_and_the_picture_has_the_traffic_events()
    {
        var step = await (await balanced.JobAsync("v1")).For(balanced.TakeApplication()).RunAsync("deploy", "--deployment-group", "gray");

        (step.ExitCode, step.Outcome).Should().Be((0, "succeeded"), "{0}", step);
        step.Log.Text.Should().Contain("behind tg-web: connections drain before an instance is worked on");
        step.Summary.Should().ContainAll("BlockTraffic :done", "AllowTraffic :done");
    }

    [Fact]
    public async Task A_blue_green_deployment_that_waits_says_what_to_do_and_is_watched_on_to_its_end()
    {
        var application = blueGreen.TakeApplication();

        var waiting = await (await blueGreen.JobAsync("v1")).For(application).RunAsync("deploy", "--deployment-group", "gray", "--timeout", "8s");
        await new Laptop(blueGreen).CodeDeployAsync("ContinueDeployment", new JsonObject { ["deploymentId"] = waiting.DeploymentId, ["deploymentWaitType"] = "READY_WAIT" });
        var ended = await (await blueGreen.JobAsync("v1")).For(application).RunAsync("deploy", "--deployment-id", waiting.DeploymentId);

        (waiting.ExitCode, waiting.Outcome, waiting.Outputs["status"]).Should().Be((3, "still-running", "Ready"), "{0}", waiting);
        waiting.Log.Text.Should().ContainAll(
            "blue/green: replacement instances get the revision; traffic is rerouted when somebody says so, within 60 minutes of Ready, or it is stopped",
            "Auto Scaling (fleet)",
            $"aws deploy continue-deployment --deployment-id {waiting.DeploymentId} --deployment-wait-type READY_WAIT");
        waiting.Log.Errors.Should().ContainSingle().Which.Data.Should().Contain("continue-deployment");
        (ended.ExitCode, ended.Outcome).Should().Be((0, "succeeded"), "{0}", ended);
    }
}
