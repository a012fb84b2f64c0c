namespace MacroPortfolio.Simulator.Tests.Fleet;

public sealed class InstallTests : IDisposable
{
    private const string Site = "files:\n  - { source: site, destination: /srv/site }";
    private readonly TestRepository _repository = new();

    public static TheoryData<Mode> Modes => Views.Modes;

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Files_and_folders_are_copied_with_their_modes_hidden_ones_too(Mode mode)
    {
        _repository.AppSpec("""
            files:
              - source: /
                destination: /srv/all
              - source: conf/site.conf
                destination: /srv/conf.d
            """);
        _repository.Write("conf/site.conf", "conf");
        _repository.Write(".hidden", "hidden");
        _repository.Write("bin/run", "run", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(Path.Combine(_repository.Folder, "latest"), "site/index.html");
        await using var fleet = await TestFleet.StartAsync(mode, _repository);

        var result = await fleet.DeployAsync(_repository.Commit());

        result.Succeeded.Should().BeTrue(result.Message);
        fleet.Read("/srv/all/site/index.html").Should().Be("first\n");
        fleet.Read("/srv/all/.hidden").Should().Be("hidden");
        fleet.Read("/srv/conf.d/site.conf").Should().Be("conf");
        new FileInfo(fleet.PathOf("/srv/all/latest")).LinkTarget.Should().Be("site/index.html");
        fleet.ModeOf("/srv/all/bin/run").Should().HaveFlag(UnixFileMode.OtherExecute);
        fleet.ModeOf("/srv/all/.hidden").Should().NotHaveFlag(UnixFileMode.OtherExecute);
        fleet.ModeOf("/srv/conf.d").Should().Be((UnixFileMode)0x1ED);
    }

    [Fact]
    public async Task A_destination_is_a_folder_also_for_a_single_file()
    {
        _repository.AppSpec("files:\n  - { source: site/index.html, destination: /srv/page.html }");
        await using var fleet = await TestFleet.StartAsync(Mode.Folder, _repository);

        var result = await fleet.DeployAsync(_repository.Commit());

        result.Succeeded.Should().BeTrue(result.Message);
        fleet.Read("/srv/page.html/index.html").Should().Be("first\n");
    }

    [Fact]
    public async Task A_copy_keeps_the_time_of_its_file()
    {
        await using var fleet = await TestFleet.StartAsync(Mode.Folder, _repository);
        var deployment = fleet.Deployment(_repository.Commit(), "d-1");

        await fleet.RunUpToAsync("Install", deployment);

        File.GetLastWriteTimeUtc(fleet.PathOf("/srv/site/index.html"))
            .Should().Be(File.GetLastWriteTimeUtc(fleet.AgentPath("group-id/d-1/deployment-archive/site/index.html")));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task The_agents_own_files_are_where_the_agent_has_them(Mode mode)
    {
        _repository.AppSpec("files:\n  - { source: site, destination: /site }");
        await using var fleet = await TestFleet.StartAsync(mode, _repository);

        await fleet.DeployAsync(fleet.Deployment(_repository.Commit(), "d-1"));

        const string deployment = "/opt/codedeploy-agent/deployment-root/group-id/d-1";
        File.ReadAllText(fleet.AgentPath("deployment-instructions/group-id_last_successful_install")).Should().Be(deployment);
        File.ReadAllText(fleet.AgentPath("deployment-instructions/group-id_most_recent_install")).Should().Be(deployment);
        File.ReadAllText(fleet.AgentPath("deployment-instructions/group-id-cleanup")).Should().Be("/site\n/site/index.html\n");
        File.ReadAllText(fleet.AgentPath("deployment-instructions/group-id-install.json")).Should().Be(
            """{"instructions":[{"type":"mkdir","directory":"/site"},""" +
            $$"""{"type":"copy","source":"{{deployment}}/deployment-archive/site/index.html","destination":"/site/index.html"}]}""");
        File.Exists(fleet.AgentPath("group-id/d-1/bundle.tar")).Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task The_next_installation_removes_what_the_agent_copied_and_nothing_else(Mode mode)
    {
        _repository.AppSpec("""
            files:
              - { source: site, destination: /srv/site }
            hooks:
              AfterInstall:
                - location: upload.sh
            """);
        _repository.Write("upload.sh", "#!/bin/sh\nprintf 'not the agent' > $SIMULATOR_INSTANCE_ROOT/srv/site/old/upload.txt\n");
        _repository.Write("site/old/page.html", "old");
        _repository.Write("site/emptied/page.html", "old");
        await using var fleet = await TestFleet.StartAsync(mode, _repository);
        (await fleet.DeployAsync(_repository.Commit())).Succeeded.Should().BeTrue();
        _repository.AppSpec(Site);
        _repository.Delete("site/old/page.html");
        _repository.Delete("site/emptied/page.html");
        _repository.Write("site/index.html", "second\n");

        var result = await fleet.DeployAsync(_repository.Commit());

        result.Succeeded.Should().BeTrue(result.Message);
        fleet.Read("/srv/site/index.html").Should().Be("second\n");
        fleet.Read("/srv/site/old/upload.txt").Should().Be("not the agent");
        File.Exists(fleet.PathOf("/srv/site/old/page.html")).Should().BeFalse();
        Directory.Exists(fleet.PathOf("/srv/site/emptied")).Should().BeFalse();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_file_that_is_there_already_fails_the_event_and_nothing_is_copied(Mode mode)
    {
        _repository.AppSpec("""
            files:
              - { source: site, destination: /srv/site }
            hooks:
              BeforeInstall:
                - location: foreign.sh
            """);
        _repository.Write("foreign.sh", "#!/bin/sh\nsite=$SIMULATOR_INSTANCE_ROOT/srv/site; mkdir -p $site; printf foreign > $site/index.html\n");
        _repository.Write("site/another.html", "another");
        await using var fleet = await TestFleet.StartAsync(mode, _repository);

        var result = await fleet.DeployAsync(_repository.Commit());

        result.ErrorCode.Should().Be("UnknownError");
        result.Message.Should().Be("The deployment failed because a specified file already exists at this location: /srv/site/index.html");
        fleet.Read("/srv/site/index.html").Should().Be("foreign");
        File.Exists(fleet.PathOf("/srv/site/another.html")).Should().BeFalse();
    }

    [Fact]
    public async Task The_old_files_are_already_gone_when_a_new_one_is_refused()
    {
        await using var fleet = await TestFleet.StartAsync(Mode.Folder, _repository);
        (await fleet.DeployAsync(_repository.Commit())).Succeeded.Should().BeTrue();
        _repository.Write("site/other.html", "other");
        await File.WriteAllTextAsync(fleet.PathOf("/srv/site/other.html"), "foreign");

        var result = await fleet.DeployAsync(_repository.Commit());

        result.Message.Should().EndWith("already exists at this location: /srv/site/other.html");
        File.Exists(fleet.PathOf("/srv/site/index.html")).Should().BeFalse();
        fleet.Read("/srv/site/other.html").Should().Be("foreign");
    }

    [Theory]
    [InlineData("OVERWRITE", null, "first\n")]
    [InlineData("RETAIN", null, "foreign")]
    [InlineData("DISALLOW", "OVERWRITE", "first\n")]
    [InlineData("OVERWRITE", "RETAIN", "foreign")]
    public async Task The_AppSpec_decides_about_existing_files_before_the_deployment_does(string deployment, string? appSpec, string content)
    {
        if (appSpec is not null)
            _repository.AppSpec($"file_exists_behavior: {appSpec}\nfiles:\n  - source: site\n    destination: /srv/site");
        await using var fleet = await TestFleet.StartAsync(Mode.Folder, _repository);
        fleet.Behavior = deployment;
        await PutForeignFileAsync(fleet);

        var result = await fleet.DeployAsync(_repository.Commit());

        result.Succeeded.Should().BeTrue(result.Message);
        fleet.Read("/srv/site/index.html").Should().Be(content);
    }

    [Fact]
    public async Task A_retained_file_is_not_the_agents_to_remove()
    {
        await using var fleet = await TestFleet.StartAsync(Mode.Folder, _repository);
        fleet.Behavior = "RETAIN";
        await PutForeignFileAsync(fleet);
        await fleet.DeployAsync(_repository.Commit());
        _repository.Delete("site/index.html");
        _repository.Write("site/other.html", "other");

        await fleet.DeployAsync(_repository.Commit());

        fleet.Read("/srv/site/index.html").Should().Be("foreign");
    }

    [Theory]
    [InlineData("files:\n  - { source: site/index.html, destination: /srv }\n  - { source: copy/index.html, destination: /srv }", "specifies two source files")]
    [InlineData("files:\n  - { source: site, destination: /a/index.html }\n  - { source: site/index.html, destination: /a }", "that name already exists")]
    [InlineData("files:\n  - { source: site/index.html, destination: /a }\n  - { source: copy, destination: /a/index.html }", "an mkdir command more than")]
    [InlineData("files:\n  - { source: nowhere, destination: /srv }", "No such file or directory")]
    [InlineData("hooks:\n  BeforeLunch:\n    - location: a.sh", "appspec.yml file contains unknown lifecycle events: [\"BeforeLunch\"]")]
    [InlineData(Site + "\npermissions:\n  - { object: /srv, mode: 644 }\n  - { object: /srv/site/index.html, mode: 600 }", "specified more than once")]
    [InlineData(Site + "\npermissions:\n  - { object: /srv/site/index.html, pattern: '*.html' }", "invalid pattern (*.html)")]
    [InlineData(Site + "\npermissions:\n  - { object: /srv/site/index.html, except: [a] }", "the except parameter")]
    public async Task Two_sources_for_one_place_missing_sources_unknown_events_and_double_permissions_fail_Install(string appSpec, string words)
    {
        _repository.Write("copy/index.html", "copy");
        _repository.AppSpec(appSpec);
        await using var fleet = await TestFleet.StartAsync(Mode.Folder, _repository);

        var result = await fleet.RunUpToAsync("Install", fleet.Deployment(_repository.Commit()));

        result.ErrorCode.Should().Be("UnknownError");
        result.Message.Should().Contain(words);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Modes_are_set_on_what_was_copied_by_pattern_exception_and_type(Mode mode)
    {
        _repository.AppSpec("""
            files:
              - source: site
                destination: /srv/site
            permissions:
              - object: /srv/site
                pattern: "*.html"
                except: [open.html]
                mode: 600
                type: [file]
              - object: /srv/site
                mode: 711
                type: [directory]
            """);
        _repository.Write("site/open.html", "open");
        _repository.Write("site/deep/page.html", "deep");
        await using var fleet = await TestFleet.StartAsync(mode, _repository);

        var result = await fleet.DeployAsync(_repository.Commit());

        result.Succeeded.Should().BeTrue(result.Message);
        Octal(fleet, "/srv/site/index.html").Should().Be("600");
        Octal(fleet, "/srv/site/open.html").Should().NotBe("600");
        Octal(fleet, "/srv/site/deep/page.html").Should().NotBe("600");
        Octal(fleet, "/srv/site/deep").Should().Be("711");
    }

    [Fact]
    public async Task Permissions_are_not_for_what_was_there_before()
    {
        _repository.AppSpec($"{Site}\npermissions:\n  - {{ object: /srv/site, mode: 600, type: [file] }}");
        await using var fleet = await TestFleet.StartAsync(Mode.Folder, _repository);
        Directory.CreateDirectory(fleet.PathOf("/srv/site"));
        await File.WriteAllTextAsync(fleet.PathOf("/srv/site/foreign.html"), "foreign");
        var before = Octal(fleet, "/srv/site/foreign.html");

        var result = await fleet.DeployAsync(_repository.Commit());

        result.Succeeded.Should().BeTrue(result.Message);
        Octal(fleet, "/srv/site/index.html").Should().Be("600");
        Octal(fleet, "/srv/site/foreign.html").Should().Be(before).And.NotBe("600");
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Owners_are_set_by_root_and_must_exist(Mode mode)
    {
        _repository.AppSpec($"{Site}\npermissions:\n  - {{ object: /srv/site, owner: daemon, group: nobody-has-this }}");
        await using var fleet = await TestFleet.StartAsync(mode, _repository);

        var result = await fleet.DeployAsync(_repository.Commit());

        if (Environment.IsPrivilegedProcess)
            result.Message.Should().Be("can't find group for nobody-has-this");
        else
            result.Succeeded.Should().BeTrue("nobody but root can give files away, so it is not tried");
    }

    [Fact]
    public async Task Access_lists_are_accepted_and_the_log_says_that_they_are_not_applied()
    {
        _repository.AppSpec($"{Site}\npermissions:\n  - {{ object: /srv/site, acls: ['u:dana:rw'], context: {{ type: httpd_t }} }}");
        await using var fleet = await TestFleet.StartAsync(Mode.Folder, _repository);

        var result = await fleet.DeployAsync(_repository.Commit());

        result.Succeeded.Should().BeTrue(result.Message);
        fleet.Log.Should().Contain("acls and context");
    }

    [Fact]
    public async Task The_other_name_of_the_AppSpec_is_good_for_Install_but_not_for_hooks()
    {
        _repository.Write("appspec.yaml", "version: 0.0\nos: linux\nfiles:\n  - { source: site, destination: /srv/site }\n");
        _repository.Delete("appspec.yml");
        await using var fleet = await TestFleet.StartAsync(Mode.Folder, _repository);
        var deployment = fleet.Deployment(_repository.Commit());
        await fleet.RunAsync("DownloadBundle", deployment);

        var hook = await fleet.RunAsync("BeforeInstall", deployment);
        var install = await fleet.RunAsync("Install", deployment);

        hook.Message.Should().StartWith("The CodeDeploy agent did not find an AppSpec file").And.Contain("\"appspec.yml\"");
        install.Succeeded.Should().BeTrue(install.Message);
    }

    [Fact]
    public async Task No_destination_and_no_link_leads_out_of_the_root()
    {
        _repository.AppSpec("files:\n  - { source: site, destination: /../../../../srv/site }\n  - { source: site/index.html, destination: /escape/deep }");
        var outside = Directory.CreateTempSubdirectory("fleet-outside-");
        await using var fleet = await TestFleet.StartAsync(Mode.Folder, _repository);
        File.CreateSymbolicLink(fleet.PathOf("/escape"), outside.FullName);
        Directory.CreateDirectory(fleet.PathOf(outside.FullName));

        var result = await fleet.DeployAsync(_repository.Commit());

        result.Succeeded.Should().BeTrue(result.Message);
        fleet.Read("/srv/site/index.html").Should().Be("first\n");
        outside.EnumerateFileSystemInfos().Should().BeEmpty();
        fleet.Read($"{outside.FullName}/deep/index.html").Should().Be("first\n");
        outside.Delete();
    }

    [Fact]
    public async Task An_installation_that_failed_half_way_is_removed_by_the_next_one()
    {
        // A source that is a link to nothing is copied; one whose file is missing in the middle is not.
        _repository.AppSpec("files:\n  - { source: site, destination: /srv/site }\n  - { source: nowhere, destination: /srv/site }");
        await using var fleet = await TestFleet.StartAsync(Mode.Folder, _repository);
        (await fleet.DeployAsync(_repository.Commit())).Succeeded.Should().BeFalse();
        File.Exists(fleet.PathOf("/srv/site/index.html")).Should().BeTrue();
        _repository.AppSpec(Site);

        var result = await fleet.DeployAsync(_repository.Commit());

        result.Succeeded.Should().BeTrue(result.Message);
    }

    public void Dispose() => _repository.Dispose();

    private static string Octal(TestFleet fleet, string path) => Convert.ToString((int)fleet.ModeOf(path), 8);

    /// <summary>A file that the instance has, though no deployment put it there.</summary>
    private static async Task PutForeignFileAsync(TestFleet fleet)
    {
        Directory.CreateDirectory(fleet.PathOf("/srv/site"));
        await File.WriteAllTextAsync(fleet.PathOf("/srv/site/index.html"), "foreign");
    }
}
