using System.Diagnostics;
using System.Text.RegularExpressions;
using MacroPortfolio.Simulator.Fleet;
using MacroPortfolio.Simulator.Fleet.Bundles;
using Microsoft.Extensions.Time.Testing;

namespace MacroPortfolio.Simulator.Tests.Fleet;

public sealed class HookTests : IDisposable
{
    private const string Archive = "/opt/codedeploy-agent/deployment-root/group-id/d-1/deployment-archive";
    private static readonly FleetOptions Impatient = new(RunScripts: true) { OutputPatience = TimeSpan.FromMilliseconds(200) };
    private readonly TestRepository _repository = new();

    public static TheoryData<Mode> Modes => Views.Modes;

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_script_gets_the_agents_variables_and_the_simulators_and_no_others(Mode mode)
    {
        _repository.Hook("AfterInstall", "tr '\\0' '\\n' < /proc/self/environ > $SIMULATOR_INSTANCE_ROOT/opt/variables");
        await using var fleet = await TestFleet.StartAsync(mode, _repository);
        var commit = _repository.Commit();

        var result = await fleet.RunUpToAsync("AfterInstall", fleet.Deployment(commit, "d-1"));

        result.Should().Be(new EventResult("Success", "", "Succeeded", ""));
        fleet.Read("/opt/variables").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith("PWD=", StringComparison.Ordinal) && !line.StartsWith("SIMULATOR_FLEET=", StringComparison.Ordinal))
            .Should().BeEquivalentTo(
                "LIFECYCLE_EVENT=AfterInstall",
                "DEPLOYMENT_ID=d-1",
                "APPLICATION_NAME=macro-portfolio",
                "DEPLOYMENT_GROUP_NAME=gray",
                "DEPLOYMENT_GROUP_ID=group-id",
                $"BUNDLE_COMMIT={commit}",
                "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                $"SIMULATOR_INSTANCE_ID={fleet.Host.Id}",
                $"SIMULATOR_INSTANCE_PORT={fleet.Host.Port}",
                $"SIMULATOR_INSTANCE_ROOT={(mode == Mode.View ? "" : fleet.Host.Folder)}",
                "SIMULATOR_WEB_SERVER=");
    }

    [Theory]
    [InlineData("v1", "e1", "BUNDLE_VERSION=v1 BUNDLE_ETAG=e1")]
    [InlineData(null, null, "")]
    public async Task Of_an_S3_revision_a_script_learns_bucket_key_version_and_eTag_where_there_are_any(string? version, string? eTag, string more)
    {
        _repository.Hook("AfterInstall", "env > $SIMULATOR_INSTANCE_ROOT/opt/variables");
        var commit = _repository.Commit();
        await using var bundle = await new GitArchives(TestFleet.WorldOf(_repository), "/").OpenAsync(new BundleSource.GitHub(TestRepository.Name, commit), default);
        var archive = new MemoryStream();
        await bundle.CopyToAsync(archive);
        await using var fleet = await TestFleet.StartAsync(Mode.Folder, new FixedBundle(archive.ToArray()));

        var result = await fleet.RunUpToAsync("AfterInstall", fleet.Deployment(new BundleSource.S3("bundles", "site.tar", version, eTag, "tar")));

        result.Succeeded.Should().BeTrue(result.Message);
        fleet.Read("/opt/variables").Split('\n').Where(line => line.StartsWith("BUNDLE_", StringComparison.Ordinal))
            .Should().BeEquivalentTo(["BUNDLE_BUCKET=bundles", "BUNDLE_KEY=site.tar", .. more.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_script_that_is_not_executable_is_made_so_and_run(Mode mode)
    {
        _repository.Hook("AfterInstall", "exit 0");
        await using var fleet = await TestFleet.StartAsync(mode, _repository);
        var deployment = fleet.Deployment(_repository.Commit(), "d-1");
        await fleet.RunUpToAsync("Install", deployment);
        var before = fleet.ModeOf($"{Archive}/scripts/hook.sh");

        var result = await fleet.RunAsync("AfterInstall", deployment);

        result.Succeeded.Should().BeTrue(result.Message);
        before.Should().NotHaveFlag(UnixFileMode.UserExecute);
        fleet.ModeOf($"{Archive}/scripts/hook.sh").Should().HaveFlag(UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    [Fact]
    public async Task The_agents_log_has_what_the_scripts_of_all_deployments_said_each_line_with_its_deployment()
    {
        _repository.Hook("AfterInstall", "echo hello; echo oh >&2");
        var time = new FakeTimeProvider(new(2026, 10, 1, 8, 0, 0, 125, TimeSpan.Zero));
        await using var fleet = await TestFleet.StartAsync(Mode.Folder, _repository, time: time);
        var commit = _repository.Commit();

        await fleet.RunUpToAsync("AfterInstall", fleet.Deployment(commit, "d-1"));
        await fleet.RunUpToAsync("AfterInstall", fleet.Deployment(commit, "d-2"));

        var lines = File.ReadAllLines(fleet.AgentPath("deployment-logs/codedeploy-agent-deployments.log"));
        lines.Should().HaveCount(8);
        lines[..2].Should().Equal("[2026-10-01 08:00:00.125] [d-1]LifecycleEvent - AfterInstall", "[2026-10-01 08:00:00.125] [d-1]Script - scripts/hook.sh");
        lines[2..4].Should().BeEquivalentTo("[2026-10-01 08:00:00.125] [d-1][stdout]hello", "[2026-10-01 08:00:00.125] [d-1][stderr]oh");
        lines[4..].Should().OnlyContain(line => line.Contains("[d-2]"));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_script_runs_in_the_agents_folder_with_nothing_on_its_input(Mode mode)
    {
        _repository.Hook("AfterInstall", "pwd; cat; echo input ended; exit 1");
        await using var fleet = await TestFleet.StartAsync(mode, _repository);

        var result = await fleet.DeployAsync(_repository.Commit());

        result.LogTail.Should().Be(
            "LifecycleEvent - AfterInstall\nScript - scripts/hook.sh\n" +
            $"[stdout]{(mode == Mode.View ? "" : fleet.Host.Folder)}/opt/codedeploy-agent\n[stdout]input ended\n");
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_script_that_fails_is_reported_with_its_exit_code_and_its_words(Mode mode)
    {
        _repository.Hook("ValidateService", "echo checking; echo 'no database' >&2; exit 7");
        await using var fleet = await TestFleet.StartAsync(mode, _repository);

        var result = await fleet.DeployAsync(fleet.Deployment(_repository.Commit(), "d-1"));

        result.ErrorCode.Should().Be("ScriptFailed");
        result.ScriptName.Should().Be("scripts/hook.sh");
        result.Message.Should().Be("Script at specified location: scripts/hook.sh failed with exit code 7");
        result.LogTail.Should().StartWith("LifecycleEvent - ValidateService\nScript - scripts/hook.sh\n")
            .And.Contain("[stdout]checking\n").And.Contain("[stderr]no database\n");
        File.ReadAllLines(fleet.AgentPath("group-id/d-1/logs/scripts.log")).Should().HaveCount(4)
            .And.OnlyContain(line => Regex.IsMatch(line, @"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d "))
            .And.Contain(line => line.EndsWith(" [stderr]no database"));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Runas_is_the_user_that_su_switches_to(Mode mode)
    {
        _repository.Hook("AfterInstall", "echo \"user=$(id -un)\"; exit 3", "runas: daemon");
        _repository.Git("config", "core.fileMode", "true");
        await using var fleet = await TestFleet.StartAsync(mode, _repository);

        var result = await fleet.DeployAsync(_repository.Commit());

        result.ErrorCode.Should().Be("ScriptFailed");
        result.Message.Should().StartWith("Script at specified location: scripts/hook.sh run as user daemon failed with exit code ");
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_missing_script_is_reported_with_its_whole_path(Mode mode)
    {
        _repository.AppSpec("hooks:\n  AfterInstall:\n    - location: scripts/nowhere.sh");
        await using var fleet = await TestFleet.StartAsync(mode, _repository);

        var result = await fleet.DeployAsync(fleet.Deployment(_repository.Commit(), "d-1"));

        result.Should().Be(new EventResult(
            "ScriptMissing",
            "scripts/nowhere.sh",
            $"Script does not exist at specified location: {Archive}/scripts/nowhere.sh",
            "LifecycleEvent - AfterInstall\n"));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Scripts_of_an_event_run_in_order_until_one_fails(Mode mode)
    {
        _repository.AppSpec("hooks:\n  AfterInstall:\n    - location: a.sh\n    - location: b.sh\n    - location: c.sh");
        _repository.Write("a.sh", "#!/bin/sh\necho a\n");
        _repository.Write("b.sh", "#!/bin/sh\necho b; exit 2\n");
        _repository.Write("c.sh", "#!/bin/sh\necho c\n");
        await using var fleet = await TestFleet.StartAsync(mode, _repository);

        var result = await fleet.DeployAsync(_repository.Commit());

        result.ScriptName.Should().Be("b.sh");
        result.LogTail.Should().Be("LifecycleEvent - AfterInstall\nScript - a.sh\n[stdout]a\nScript - b.sh\n[stdout]b\n");
    }

    [Theory]
    [InlineData("#!/bin/sh\r\necho hello\r\n", "failed with error Errno::ENOENT with message No such file or directory")]
    [InlineData("#! /usr/bin/nowhere -x\n", "failed with error Errno::ENOENT with message No such file or directory")]
    [InlineData("#!/usr/bin/env nowhere\n", "failed with exit code 127")]
    public async Task A_script_whose_interpreter_is_not_there_fails_as_in_the_agent(string script, string words)
    {
        _repository.AppSpec("hooks:\n  AfterInstall:\n    - location: hook.sh");
        _repository.Write("hook.sh", script);
        await using var fleet = await TestFleet.StartAsync(Mode.Folder, _repository);

        var result = await fleet.DeployAsync(_repository.Commit());

        result.ErrorCode.Should().Be("ScriptFailed");
        result.Message.Should().Contain(words);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_script_without_a_first_line_is_run_by_the_shell(Mode mode)
    {
        _repository.AppSpec("hooks:\n  AfterInstall:\n    - location: hook.sh");
        _repository.Write("hook.sh", "echo from a shell; exit 4\n");
        await using var fleet = await TestFleet.StartAsync(mode, _repository);

        var result = await fleet.DeployAsync(_repository.Commit());

        result.Message.Should().EndWith("failed with exit code 4");
        result.LogTail.Should().EndWith("[stdout]from a shell\n");
    }

    [Fact]
    public async Task A_folder_is_not_a_script()
    {
        _repository.AppSpec("hooks:\n  AfterInstall:\n    - location: site");
        await using var fleet = await TestFleet.StartAsync(Mode.Folder, _repository);

        var result = await fleet.DeployAsync(_repository.Commit());

        result.ErrorCode.Should().Be("ScriptFailed");
        result.Message.Should().Contain("Errno::EACCES");
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_script_whose_time_is_up_is_ended_with_its_whole_group(Mode mode)
    {
        _repository.Hook("AfterInstall", """
            trap '' TERM
            sh -c 'trap "" TERM; while :; do sleep 0.05; done' &
            echo started > $SIMULATOR_INSTANCE_ROOT/opt/started
            while :; do sleep 0.05; done
            """, "timeout: 30");
        var time = new FakeTimeProvider();
        await using var fleet = await TestFleet.StartAsync(mode, _repository, time: time);
        var deployment = fleet.Deployment(_repository.Commit());
        await fleet.RunUpToAsync("Install", deployment);

        var running = fleet.RunAsync("AfterInstall", deployment);
        await EventuallyAsync(() => File.Exists(fleet.PathOf("/opt/started")));
        running.IsCompleted.Should().BeFalse();
        var result = await AdvanceUntilAsync(time, running);

        result.ErrorCode.Should().Be("ScriptTimedOut");
        result.ScriptName.Should().Be("scripts/hook.sh");
        result.Message.Should().Be("Script at specified location: scripts/hook.sh failed to complete in 30 seconds");
        await EventuallyAsync(() => ProcessesOf(fleet) == 0);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_background_child_that_keeps_the_output_open_fails_the_event(Mode mode)
    {
        _repository.Hook("ApplicationStart", "sleep 600 &\nexit 0");
        await using var fleet = await TestFleet.StartAsync(mode, _repository, Impatient);

        var result = await fleet.DeployAsync(_repository.Commit());

        result.ErrorCode.Should().Be("UnknownError");
        result.ScriptName.Should().Be("scripts/hook.sh");
        result.Message.Should().Be("Script at specified location: scripts/hook.sh failed to close STDOUT");
    }

    [Fact]
    public async Task A_background_child_that_keeps_only_the_error_output_open_is_told_apart()
    {
        _repository.Hook("ApplicationStart", "sleep 600 > /dev/null &\nexit 0");
        await using var fleet = await TestFleet.StartAsync(Mode.Folder, _repository, Impatient);

        var result = await fleet.DeployAsync(_repository.Commit());

        result.Message.Should().EndWith("failed to close STDERR");
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_daemon_that_lets_go_of_the_output_outlives_its_script_and_dies_with_the_fleet(Mode mode)
    {
        _repository.Hook("ApplicationStart", "setsid sh -c 'while :; do sleep 0.05; done' > /dev/null 2>&1 &\nexit 0");
        var fleet = await TestFleet.StartAsync(mode, _repository);
        var marker = fleet.Host.Folder;

        var result = await fleet.DeployAsync(_repository.Commit());

        result.Succeeded.Should().BeTrue(result.Message);
        ProcessesOf(fleet).Should().BeGreaterThan(0, marker);
        var id = fleet.Host.Id;
        await fleet.DisposeAsync();
        ProcessesOf(id).Should().Be(0);
    }

    [Fact]
    public async Task In_folder_mode_even_daemons_that_forget_their_environment_or_their_files_die_with_the_fleet()
    {
        var mark = $"wait-{Guid.NewGuid():N}";
        _repository.Hook("ApplicationStart", $"""
            ln -s $(command -v sleep) $SIMULATOR_INSTANCE_ROOT/opt/{mark}
            env -i setsid $SIMULATOR_INSTANCE_ROOT/opt/{mark} 600 > /dev/null 2>&1 &
            setsid $SIMULATOR_INSTANCE_ROOT/opt/{mark} 601 9<&- > /dev/null 2>&1 &
            exit 0
            """);
        var fleet = await TestFleet.StartAsync(Mode.Folder, _repository);

        var result = await fleet.DeployAsync(_repository.Commit());

        result.Succeeded.Should().BeTrue(result.Message);
        await EventuallyAsync(() => Processes("cmdline", mark) == 2);
        await fleet.DisposeAsync();
        Processes("cmdline", mark).Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task ApplicationStop_is_the_script_of_the_revision_installed_before(Mode mode)
    {
        await using var fleet = await TestFleet.StartAsync(mode, _repository);
        _repository.Hook("ApplicationStop", "echo stop of the first; exit 9");
        var first = fleet.Deployment(_repository.Commit());
        (await fleet.RunAsync("ApplicationStop", first)).Should().Match<EventResult>(result => result.Succeeded && result.Skipped);
        (await fleet.RunUpToAsync("ApplicationStart", first)).Succeeded.Should().BeTrue();
        _repository.Hook("ApplicationStop", "echo stop of the second; exit 0");
        var second = fleet.Deployment(_repository.Commit());

        var result = await fleet.RunAsync("ApplicationStop", second);

        result.Message.Should().EndWith("failed with exit code 9");
        result.LogTail.Should().Contain("stop of the first");
        File.ReadAllText(fleet.AgentPath($"group-id/{second.DeploymentId}/logs/scripts.log")).Should().Contain("stop of the first");
    }

    [Theory]
    [InlineData("BeforeInstall", "first")]
    [InlineData("Install", "first")]
    [InlineData("AfterInstall", "second")]
    [InlineData("ValidateService", "second")]
    public async Task The_scripts_for_ApplicationStop_change_hands_when_Install_ends_whether_or_not_the_revision_ever_served(string failing, string stops)
    {
        await using var fleet = await TestFleet.StartAsync(Mode.Folder, _repository);
        string Revision(string name, string? fails)
        {
            _repository.Hook("ApplicationStop", $"echo stop of the {name}; exit 0");
            if (fails is not null)
            {
                const string hooks = "hooks:\n  ApplicationStop:\n    - location: scripts/hook.sh";
                _repository.AppSpec(fails == "Install"
                    ? $"files:\n  - {{ source: nowhere.sh, destination: /srv }}\n{hooks}"
                    : $"{hooks}\n  {fails}:\n    - location: nowhere.sh");
            }

            return _repository.Commit();
        }

        (await fleet.DeployAsync(Revision("first", fails: null))).Succeeded.Should().BeTrue();
        (await fleet.DeployAsync(Revision("second", failing))).Message.Should().Contain("nowhere.sh");
        var third = fleet.Deployment(Revision("third", fails: null));
        await fleet.RunAsync("ApplicationStop", third);

        File.ReadAllText(fleet.AgentPath($"group-id/{third.DeploymentId}/logs/scripts.log")).Should().Contain($"[stdout]stop of the {stops}\n");
    }

    [Theory]
    [InlineData("BeforeBlockTraffic", true)]
    [InlineData("AfterBlockTraffic", true)]
    [InlineData("BeforeAllowTraffic", false)]
    [InlineData("AfterAllowTraffic", false)]
    public async Task Of_the_traffic_events_those_before_the_installation_use_the_old_scripts(string lifecycleEvent, bool old)
    {
        await using var fleet = await TestFleet.StartAsync(Mode.Folder, _repository);
        _repository.Hook(lifecycleEvent, "echo old; exit 1");
        await fleet.RunUpToAsync("AfterInstall", fleet.Deployment(_repository.Commit()));
        _repository.Hook(lifecycleEvent, "echo new; exit 1");
        var second = fleet.Deployment(_repository.Commit());
        await fleet.RunAsync("DownloadBundle", second);

        var result = await fleet.RunAsync(lifecycleEvent, second);

        result.LogTail.Should().EndWith(old ? "[stdout]old\n" : "[stdout]new\n");
    }

    [Fact]
    public async Task An_event_without_a_script_is_skipped_and_one_of_the_service_succeeds()
    {
        await using var fleet = await TestFleet.StartAsync(Mode.Folder, _repository);
        var deployment = fleet.Deployment(_repository.Commit());

        var hook = await fleet.RunUpToAsync("AfterInstall", deployment);
        var traffic = await fleet.RunAsync("BlockTraffic", deployment);
        var unknown = await fleet.RunAsync("BeforeLunch", deployment);

        hook.Should().Be(new EventResult("Success", "", "Succeeded", "", Skipped: true));
        traffic.Should().Be(new EventResult("Success", "", "Succeeded", ""));
        unknown.Should().Be(new EventResult("UnknownError", "", "Unsupported command type: BeforeLunch.", ""));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Without_leave_to_run_scripts_they_are_listed_and_count_as_succeeded(Mode mode)
    {
        _repository.Hook("AfterInstall", "exit 1");
        await using var fleet = await TestFleet.StartAsync(mode, _repository, new FleetOptions(RunScripts: false));

        var result = await fleet.RunUpToAsync("AfterInstall", fleet.Deployment(_repository.Commit()));

        result.Should().Be(new EventResult("Success", "", "Succeeded", ""));
        fleet.Log.Should().Contain($"{fleet.Host.Id}: AfterInstall would run scripts/hook.sh");
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Output_of_any_kind_and_size_is_taken_and_its_end_is_reported(Mode mode)
    {
        _repository.Hook("AfterInstall", "head -c 3000000 /dev/zero; head -c 300000 /dev/urandom; echo; printf 'y%.0s\\n' $(seq 20000); echo \"the end\"; exit 1");
        await using var fleet = await TestFleet.StartAsync(mode, _repository);

        var result = await fleet.DeployAsync(_repository.Commit());

        result.ErrorCode.Should().Be("ScriptFailed");
        result.LogTail.Length.Should().BeLessThan(2048).And.BeGreaterThan(2000);
        result.LogTail.Should().StartWith("[stdout]y\n").And.EndWith("[stdout]y\n[stdout]the end\n");
    }

    [Fact]
    public async Task Of_a_line_without_end_the_end_is_reported()
    {
        _repository.Hook("AfterInstall", "head -c 100000 /dev/zero | tr '\\0' x; printf END; exit 1");
        await using var fleet = await TestFleet.StartAsync(Mode.Folder, _repository);

        var result = await fleet.DeployAsync(_repository.Commit());

        result.LogTail.Length.Should().BeLessThanOrEqualTo(2048);
        result.LogTail.Should().EndWith("xEND\n");
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_stopped_event_ends_its_script(Mode mode)
    {
        _repository.Hook("AfterInstall", "echo started > $SIMULATOR_INSTANCE_ROOT/opt/started; while :; do sleep 0.05; done");
        await using var fleet = await TestFleet.StartAsync(mode, _repository);
        var deployment = fleet.Deployment(_repository.Commit());
        await fleet.RunUpToAsync("Install", deployment);
        using var stop = new CancellationTokenSource();

        var running = fleet.Host.RunAsync("AfterInstall", deployment, stop.Token);
        await EventuallyAsync(() => File.Exists(fleet.PathOf("/opt/started")));
        await stop.CancelAsync();

        await running.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        ProcessesOf(fleet).Should().Be(0);
    }

    [Fact]
    public async Task A_script_that_is_a_link_does_not_lead_out_of_the_root()
    {
        _repository.AppSpec("hooks:\n  AfterInstall:\n    - location: ../../../../../../../../bin/true");
        await using var fleet = await TestFleet.StartAsync(Mode.Folder, _repository);

        var result = await fleet.DeployAsync(_repository.Commit());

        result.ErrorCode.Should().Be("ScriptMissing");
        result.Message.Should().Be("Script does not exist at specified location: /bin/true");
    }

    public void Dispose() => _repository.Dispose();

    private static async Task EventuallyAsync(Func<bool> condition)
    {
        var patience = Stopwatch.StartNew();
        while (!condition())
        {
            patience.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(30), "it should have happened by now");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    private static async Task<EventResult> AdvanceUntilAsync(FakeTimeProvider time, Task<EventResult> task)
    {
        while (!task.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }

        return await task;
    }

    /// <summary>How many processes of the instance's scripts there are on this machine.</summary>
    private static int ProcessesOf(TestFleet fleet) => ProcessesOf(fleet.Host.Id);

    private static int ProcessesOf(string id) => Processes("environ", $"SIMULATOR_INSTANCE_ID={id}");

    private static int Processes(string file, string text) => Directory.EnumerateDirectories("/proc").Count(process =>
    {
        try
        {
            return char.IsAsciiDigit(Path.GetFileName(process)[0]) && File.ReadAllText($"{process}/{file}").Contains(text);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}
