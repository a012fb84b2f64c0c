using MacroPortfolio.Simulator.Fleet;
using MacroPortfolio.Simulator.Fleet.Bundles;
using MacroPortfolio.Simulator.World;
using Microsoft.Extensions.Time.Testing;
using SimulatedFleet = MacroPortfolio.Simulator.Fleet.Fleet;

namespace MacroPortfolio.Simulator.Tests.Fleet;

public sealed class HostTests : IDisposable
{
    private readonly TestRepository _repository = new();

    public static TheoryData<Mode> Modes => Views.Modes;

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Many_instances_deploy_at_once_each_in_its_own_root(Mode mode)
    {
        _repository.AppSpec("""
            files:
              - { source: site, destination: /srv/site }
            hooks:
              AfterInstall:
                - location: who.sh
            """);
        _repository.Write("who.sh", "#!/bin/sh\necho $SIMULATOR_INSTANCE_ID > $SIMULATOR_INSTANCE_ROOT/srv/site/who\n");
        var commit = _repository.Commit();
        await using var fleet = await TestFleet.StartAsync(mode, new GitArchives(TestFleet.WorldOf(_repository), "/"), instances: 8);
        var deployment = fleet.Deployment(commit);

        await Task.WhenAll(fleet.Hosts.Select(async host =>
        {
            foreach (var lifecycleEvent in (string[])["DownloadBundle", "Install", "AfterInstall"])
                (await host.RunAsync(lifecycleEvent, deployment, default)).Should().Match<EventResult>(result => result.Succeeded);
        }));

        fleet.Hosts.Should().OnlyContain(host => File.ReadAllText($"{host.Folder}/srv/site/who") == $"{host.Id}\n");
        fleet.Hosts.Select(host => host.Port).Should().OnlyHaveUniqueItems().And.OnlyContain(port => port > 1024);
    }

    [Fact]
    public async Task An_event_takes_its_least_duration_even_when_it_has_nothing_to_do()
    {
        var time = new FakeTimeProvider();
        await using var fleet = await TestFleet.StartAsync(Mode.Folder, new GitArchives(TestFleet.WorldOf(_repository), "/"), time: time, eventSeconds: 10);

        var running = fleet.RunAsync("ApplicationStop", fleet.Deployment(_repository.Commit()));
        time.Advance(TimeSpan.FromSeconds(9.9));
        await Task.WhenAny(running, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System));
        running.IsCompleted.Should().BeFalse();
        time.Advance(TimeSpan.FromSeconds(0.1));

        (await running).Skipped.Should().BeTrue();
    }

    [Fact]
    public async Task An_instance_runs_one_event_at_a_time()
    {
        var time = new FakeTimeProvider();
        await using var fleet = await TestFleet.StartAsync(Mode.Folder, new GitArchives(TestFleet.WorldOf(_repository), "/"), time: time, eventSeconds: 10);
        var deployment = fleet.Deployment(_repository.Commit());

        var first = fleet.RunAsync("ApplicationStop", deployment);
        var second = fleet.RunAsync("BlockTraffic", deployment);
        time.Advance(TimeSpan.FromSeconds(10));
        await first;
        await Task.WhenAny(second, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System));

        second.IsCompleted.Should().BeFalse("its time began when the first had ended");
        time.Advance(TimeSpan.FromSeconds(10));
        await second;
    }

    [Fact]
    public async Task The_end_of_the_fleet_ends_events_that_are_running()
    {
        var time = new FakeTimeProvider();
        var fleet = await TestFleet.StartAsync(Mode.Folder, new GitArchives(TestFleet.WorldOf(_repository), "/"), time: time, eventSeconds: 10);

        var running = fleet.RunAsync("ApplicationStop", fleet.Deployment(_repository.Commit()));
        await fleet.DisposeAsync();

        await running.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../i-1")]
    [InlineData("i 1")]
    [InlineData("i,1")]
    [InlineData("")]
    public async Task An_instance_id_that_is_no_folder_name_is_refused(string id)
    {
        var start = () => StartAsync(id);

        await start.Should().ThrowAsync<ArgumentException>().WithMessage($"The instance id '{id}' is not*");
    }

    [Fact]
    public async Task An_instance_that_is_there_twice_is_refused()
    {
        var start = () => StartAsync("i-1", "i-1");

        await start.Should().ThrowAsync<ArgumentException>().WithMessage("The instance 'i-1' is in the world twice*");
    }

    public void Dispose() => _repository.Dispose();

    private static Task<SimulatedFleet> StartAsync(params string[] ids) => SimulatedFleet.StartAsync(
        new WorldFile { Instances = [.. ids.Select(id => new InstanceWorld { Id = id })] },
        Path.Combine(Path.GetTempPath(), "fleet-never-made"),
        new FleetOptions(RunScripts: false),
        new FixedBundle([]),
        TimeProvider.System,
        TextWriter.Null);
}
