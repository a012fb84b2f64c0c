using MacroPortfolio.Simulator.Fleet;

namespace MacroPortfolio.Simulator.Tests.Fleet;

/// <summary>An instance without room.</summary>
public sealed class DiskTests : IDisposable
{
    private readonly TestRepository _repository = new();

    public static TheoryData<Mode> Modes => Views.Modes;

    public void Dispose() => _repository.Dispose();

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_bundle_that_does_not_fit_fails_its_download_in_the_agents_words(Mode mode)
    {
        await using var fleet = await TestFleet.StartAsync(mode, _repository);
        var deployment = fleet.Deployment(_repository.Commit()) with { DiskIsFull = true };

        var result = await fleet.RunUpToAsync("DownloadBundle", deployment);

        result.Should().Be(new EventResult(
            "UnknownError", "", $"No space left on device @ io_write - /opt/codedeploy-agent/deployment-root/group-id/{deployment.DeploymentId}/bundle.tar", ""));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Files_that_do_not_fit_fail_the_installation_when_the_old_ones_are_gone(Mode mode)
    {
        await using var fleet = await TestFleet.StartAsync(mode, _repository);
        await fleet.DeployAsync(_repository.Commit());
        _repository.Write("site/index.html", "second\n");
        var deployment = fleet.Deployment(_repository.Commit());
        await fleet.RunUpToAsync("BeforeInstall", deployment);

        var result = await fleet.RunAsync("Install", deployment with { DiskIsFull = true });
        var isLeft = File.Exists(fleet.PathOf("/srv/site/index.html"));
        var again = await fleet.RunAsync("Install", deployment);

        result.Should().Be(new EventResult("UnknownError", "", "No space left on device - copy_file_range", ""));
        isLeft.Should().BeFalse();
        again.Succeeded.Should().BeTrue(again.Message);
        fleet.Read("/srv/site/index.html").Should().Be("second\n");
    }
}
