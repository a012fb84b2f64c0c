using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.EndToEnd.Tests.Crashes;

/// <summary>CodeDeploy creates the deployment and the connection ends before its answer; then the run dies too, and is run again.</summary>
public sealed class LostAnswerTests(Cloud cloud) : IClassFixture<Cloud>
{
    [Theory]
    [InlineData("deploy", "--deployment-group", "gray")]
    [InlineData("gray")]
    public async Task There_is_one_deployment(params string[] words)
    {
        var application = cloud.TakeApplication();
        var job = (await cloud.JobAsync("held")).For(application);
        using var door = new Door(cloud);
        var create = door.HoldAt("CreateDeployment", Moment.AfterTheWork);
        var step = door.Of(job).Start(words);
        await create.HeldAsync();
        var look = door.HoldAt(new Point("ListDeployments", door.Asked.Count(point => point.Operation == "ListDeployments") + 1), Moment.BeforeTheWork);
        create.Drop();
        await look.HeldAsync();
        var killed = await step.KillAsync();

        using var second = new Door(cloud);
        var again = second.Of(job).Start(words);
        await second.AskedAsync("GetDeployment");
        cloud.Release(application);
        var ended = await again.EndAsync();

        killed.ExitCode.Should().Be(137);
        killed.Log.Text.Should().Contain("looking for it");
        (ended.ExitCode, ended.Outcome).Should().Be((0, "succeeded"), "{0}", ended);
        var only = (await new Laptop(cloud).DeploymentsAsync(application, "gray")).Should().ContainSingle().Subject;
        only["deploymentId"]!.ToString().Should().Be(ended.DeploymentId);
        ended.Creates.Should().BeEmpty();
    }
}
