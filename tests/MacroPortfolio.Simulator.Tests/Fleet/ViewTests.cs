namespace MacroPortfolio.Simulator.Tests.Fleet;

public sealed class ViewTests : IDisposable
{
    private readonly TestRepository _repository = new();

    [Fact]
    public async Task Instances_are_views_exactly_where_this_machine_allows_it_and_else_the_log_says_why_not()
    {
        await using var fleet = await TestFleet.StartAsync(Mode.View, _repository, mustBeView: false);

        fleet.Host.IsView.Should().Be(Views.ArePossible);
        if (Views.ArePossible)
            fleet.Log.Should().BeEmpty();
        else
            fleet.Log.TrimEnd().Should().Contain("Instances are folders").And.Contain("run as ordinary processes").And.NotContain("\n");
    }

    [Fact]
    public async Task Views_can_be_switched_off()
    {
        await using var fleet = await TestFleet.StartAsync(Mode.Folder, _repository);

        fleet.Host.IsView.Should().BeFalse();
        fleet.Log.Should().Contain("views are switched off");
    }

    [ViewFact]
    public async Task Absolute_paths_are_the_instances_own_and_nothing_reaches_the_machine()
    {
        var mark = $"fleet-{Guid.NewGuid():N}";
        var machineTemp = Path.Combine(Path.GetTempPath(), mark);
        await File.WriteAllTextAsync(machineTemp, "the machine's");
        _repository.Hook("AfterInstall", $"""
            set -e
            [ ! -e {machineTemp} ]
            echo mine > {machineTemp}
            echo mine > /etc/{mark}
            rm /etc/hostname
            echo '{mark}:x:4242:4242::/:/bin/sh' >> /etc/passwd
            echo x > /dev/null
            echo x > /dev/shm/{mark}
            [ "$(cat /proc/1/comm)" = sh ]
            """);
        await using var fleet = await TestFleet.StartAsync(Mode.View, _repository);

        var result = await fleet.DeployAsync(_repository.Commit());

        result.Succeeded.Should().BeTrue(result.Message + result.LogTail);
        (await File.ReadAllTextAsync(machineTemp)).Should().Be("the machine's");
        fleet.Read($"/etc/{mark}").Should().Be("mine\n");
        fleet.Read($"/tmp/{mark}").Should().Be("mine\n");
        File.Exists($"/etc/{mark}").Should().BeFalse();
        File.Exists("/etc/hostname").Should().BeTrue();
        File.Exists($"/dev/shm/{mark}").Should().BeFalse();
        (await File.ReadAllTextAsync("/etc/passwd")).Should().NotContain(mark);
        File.Delete(machineTemp);
    }

    [ViewFact]
    public async Task Owners_are_the_instances_users()
    {
        _repository.AppSpec("""
            files:
              - { source: site, destination: /srv/site }
            permissions:
              - { object: /srv/site, owner: analyst, mode: 640, type: [file] }
            hooks:
              BeforeInstall:
                - location: user.sh
              AfterInstall:
                - location: owner.sh
                  runas: analyst
            """);
        _repository.Write("user.sh", "#!/bin/sh\necho 'analyst:*:4242:4242::/:/bin/sh' >> /etc/passwd\n");
        _repository.Write("owner.sh", "#!/bin/sh\nstat -c %U:%a /srv/site/index.html; id -un; exit 1\n");
        await using var fleet = await TestFleet.StartAsync(Mode.View, _repository);

        var result = await fleet.DeployAsync(_repository.Commit());

        result.LogTail.Should().EndWith("[stdout]analyst:640\n[stdout]analyst\n");
        result.Message.Should().Contain("run as user analyst failed with exit code 1");
    }

    [ViewFact]
    public async Task Nothing_of_an_instance_can_end_it_and_no_dead_process_stays()
    {
        _repository.Hook("AfterInstall", """
            kill -9 1
            kill -9 -1
            for i in 1 2 3; do (sleep 0 &); done
            sleep 0.1
            cat /proc/[0-9]*/stat | cut -d ' ' -f 3 | grep -c Z
            exit 1
            """);
        await using var fleet = await TestFleet.StartAsync(Mode.View, _repository);

        var result = await fleet.DeployAsync(_repository.Commit());

        result.LogTail.Should().EndWith("[stdout]0\n");
    }

    [ViewFact]
    public async Task The_agent_follows_links_inside_the_view_only()
    {
        _repository.AppSpec("""
            files:
              - { source: site, destination: /srv/link/site }
            hooks:
              BeforeInstall:
                - location: link.sh
            """);
        _repository.Write("link.sh", "#!/bin/sh\nmkdir -p /srv/real; ln -s /srv/real /srv/link\n");
        await using var fleet = await TestFleet.StartAsync(Mode.View, _repository);

        var result = await fleet.DeployAsync(_repository.Commit());

        result.Succeeded.Should().BeTrue(result.Message);
        fleet.Read("/srv/real/site/index.html").Should().Be("first\n");
        Directory.Exists("/srv/real").Should().BeFalse();
    }

    [ViewFact]
    public async Task An_instance_that_is_started_again_has_its_files_still()
    {
        var state = Directory.CreateTempSubdirectory("fleet-state-").FullName;
        var (id, commit) = ("i-again", _repository.Commit());
        var first = await TestFleet.StartAsync(Mode.View, _repository, state: state, id: id);
        (await first.DeployAsync(commit)).Succeeded.Should().BeTrue();
        await first.EndAsync();
        _repository.Hook("AfterInstall", "cat /srv/site/index.html; exit 1");

        await using var again = await TestFleet.StartAsync(Mode.View, _repository, state: state, id: id);
        again.Read("/srv/site/index.html").Should().Be("first\n");
        var result = await again.DeployAsync(again.Deployment(_repository.Commit(), "d-again"));

        result.LogTail.Should().Contain("No such file", "the installation of the first was removed");
    }

    [ViewFact]
    public async Task The_end_of_the_fleet_leaves_no_mount_and_no_scaffold()
    {
        string state;
        await using (var fleet = await TestFleet.StartAsync(Mode.View, _repository))
        {
            state = fleet.State;
            Directory.EnumerateDirectories(Path.Combine(state, "views")).Should().NotBeEmpty();
        }

        (await File.ReadAllTextAsync("/proc/self/mounts")).Should().NotContain(state);
        Directory.Exists(state).Should().BeFalse("the test could delete it");
    }

    public void Dispose() => _repository.Dispose();
}
