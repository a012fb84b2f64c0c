using MacroPortfolio.Simulator.Fleet;
using MacroPortfolio.Simulator.Fleet.Agent;

namespace MacroPortfolio.Simulator.Tests.Fleet;

public sealed class AppSpecTests
{
    [Fact]
    public void Files_permissions_and_hooks_are_read_and_a_script_without_a_timeout_has_an_hour()
    {
        var appSpec = AppSpecParser.Parse("""
            version: 0.0
            os: linux
            file_exists_behavior: RETAIN
            files:
              - source: /
                destination: /var/www/html/
              - { source: conf/site.conf, destination: /etc/nginx/conf.d }
            permissions:
              - object: /var/www/html
                pattern: "*.sh"
                except: [secret.sh]
                owner: www-data
                group: adm
                mode: 750
                type: [file]
            hooks:
              ApplicationStart:
                - location: scripts/start.sh
                  timeout: 30
                  runas: deploy
                  sudo: true
                - location: scripts/more.sh
            """);

        appSpec.FileExistsBehavior.Should().Be("RETAIN");
        appSpec.Files.Should().Equal(new FileMapping("/", "/var/www/html"), new FileMapping("conf/site.conf", "/etc/nginx/conf.d"));
        appSpec.Permissions.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new PermissionRule("/var/www/html", "*.sh", ["secret.sh"], ["file"], "www-data", "adm", "750", HasMore: false));
        appSpec.Hooks["ApplicationStart"].Should().Equal(
            new HookScript("scripts/start.sh", TimeSpan.FromSeconds(30), "deploy", Sudo: true),
            new HookScript("scripts/more.sh", TimeSpan.FromHours(1), null, Sudo: false));
    }

    [Theory]
    [InlineData("version: 0.0")]
    [InlineData("version: 0")]
    [InlineData("version: 0.00")]
    [InlineData("\uFEFFversion: 0.0")]
    public void Version_zero_is_the_only_one(string version) => AppSpecParser.Parse($"{version}\nos: linux").Files.Should().BeEmpty();

    [Theory]
    [InlineData("version: 1.0", "invalid version value (1.0)")]
    [InlineData("version: '0.0'", "invalid version value (0.0)")]
    [InlineData("files: []", "invalid version value ()")]
    [InlineData("", "invalid version value ()")]
    [InlineData("just text", "invalid version value ()")]
    [InlineData("version: 0.0\nos: windows", "unsupported operating system (windows)")]
    [InlineData("version: 0.0", "unsupported operating system ()")]
    [InlineData("version: 0.0\nos: linux\nfiles:\n  - destination: /srv", "specifies a destination file, but no source file")]
    [InlineData("version: 0.0\nos: linux\nfiles:\n  - source: site", "specifies only a source file (site)")]
    [InlineData("version: 0.0\nos: linux\nfiles: everything", "files section of the application specification file is not a list")]
    [InlineData("version: 0.0\nos: linux\nfile_exists_behavior: KEEP", "invalid file_exists_behavior value (KEEP)")]
    [InlineData("version: 0.0\nos: linux\n\tfiles: []", "(<unknown>):")]
    [InlineData("version: 0.0\nos: linux\nfiles: *nowhere", "nowhere")]
    public void An_AppSpec_needs_version_0_os_linux_and_both_ends_of_each_file(string text, string words)
    {
        var parse = () => AppSpecParser.Parse(text);

        parse.Should().Throw<AgentException>().Which.Message.Should().Contain(words);
    }

    [Theory]
    [InlineData("- timeout: 5", "script with no location value")]
    [InlineData("- location: ''", "script with no location value")]
    [InlineData("- { location: a.sh, timeout: 0 }", "invalid timeout value")]
    [InlineData("- { location: a.sh, timeout: -5 }", "invalid timeout value")]
    [InlineData("- { location: a.sh, timeout: soon }", "invalid timeout value")]
    [InlineData("- { location: a.sh, timeout: 3601 }", "add up to 3601 seconds")]
    [InlineData("- { location: a.sh, timeout: 1800 }\n    - { location: b.sh, timeout: 1801 }", "add up to 3601 seconds")]
    [InlineData("a.sh", "lists no scripts for the lifecycle event AfterInstall")]
    [InlineData("", "lists no scripts for the lifecycle event AfterInstall")]
    [InlineData("- a.sh", "not a list of maps")]
    public void A_hook_needs_a_location_and_timeouts_above_0_that_add_up_to_an_hour_at_most(string hook, string words)
    {
        var parse = () => AppSpecParser.Parse($"version: 0.0\nos: linux\nhooks:\n  AfterInstall:\n    {hook}");

        parse.Should().Throw<AgentException>().Which.Message.Should().StartWith("The deployment failed because ").And.Contain(words);
    }

    [Fact]
    public void Timeouts_that_are_not_written_do_not_count_for_the_hour()
    {
        var appSpec = AppSpecParser.Parse("version: 0.0\nos: linux\nhooks:\n  AfterInstall:\n    - location: a.sh\n    - location: b.sh");

        appSpec.Hooks["AfterInstall"].Should().OnlyContain(script => script.Timeout == TimeSpan.FromHours(1));
    }

    [Fact]
    public void A_timeout_may_be_a_text_that_begins_with_digits()
    {
        var appSpec = AppSpecParser.Parse("version: 0.0\nos: linux\nhooks:\n  AfterInstall:\n    - { location: a.sh, timeout: '90s' }");

        appSpec.Hooks["AfterInstall"].Single().Timeout.Should().Be(TimeSpan.FromSeconds(90));
    }

    [Theory]
    [InlineData("5", "005")]
    [InlineData("644", "644")]
    [InlineData("'0644'", "0644")]
    [InlineData("4755", "4755")]
    [InlineData("0644", "420")]
    public void A_mode_with_a_leading_zero_is_an_octal_number_unless_it_is_quoted(string written, string mode)
    {
        var appSpec = AppSpecParser.Parse($"version: 0.0\nos: linux\npermissions:\n  - {{ object: /srv, mode: {written} }}");

        appSpec.Permissions.Single().Mode.Should().Be(mode);
    }

    [Theory]
    [InlineData("mode: 644", "no object value")]
    [InlineData("{ object: /srv, mode: 0755 }", "the permissions mode (493) in the application specification file contains an invalid character (9)")]
    [InlineData("{ object: /srv, mode: 07555 }", "contains an invalid character")]
    [InlineData("{ object: /srv, mode: '00644' }", "length of a permissions mode (00644)")]
    [InlineData("{ object: /srv, mode: 7.0 }", "the permissions mode (7.0) in the application specification file contains an invalid character (.)")]
    [InlineData("{ object: /srv, type: [socket] }", "object type not supported for permissions (socket)")]
    [InlineData("{ object: /srv, type: file }", "type of a permission listed in the application specification file is not a list")]
    [InlineData("{ object: /srv, except: secret.sh }", "except of a permission listed in the application specification file is not a list")]
    [InlineData("{ object: /srv, acls: 'u:deploy:rwx' }", "Invalid acl entry (u:deploy:rwx)")]
    [InlineData("{ object: /srv, acls: [deploy] }", "Invalid acl entry (deploy)")]
    [InlineData("{ object: /srv, context: { name: user_u } }", "invalid context type")]
    public void A_permission_needs_an_object_a_mode_of_1_to_4_octal_digits_and_a_known_type(string permission, string words)
    {
        var parse = () => AppSpecParser.Parse($"version: 0.0\nos: linux\npermissions:\n  - {permission}");

        parse.Should().Throw<AgentException>().Which.Message.Should().Contain(words);
    }

    [Theory]
    [InlineData("**", "", "/srv/site/a/b.html", true)]
    [InlineData("*.html", "", "/srv/site/b.html", true)]
    [InlineData("*.html", "", "/srv/site/a/b.html", false)]
    [InlineData("**", "b.html", "/srv/site/b.html", false)]
    [InlineData("**", "b.html", "/srv/site/a/b.html", true)]
    [InlineData("?.html", "", "/srv/site/b.html", false)]
    [InlineData("**", "", "/srv/site", false)]
    [InlineData("**", "", "/srv/site2/b.html", false)]
    public void A_pattern_other_than_two_stars_reaches_one_level(string pattern, string except, string path, bool matches)
    {
        var permission = new PermissionRule("/srv/site", pattern, except.Length == 0 ? [] : [except], ["file"], null, null, null, HasMore: false);

        permission.Matches(path).Should().Be(matches);
    }

    [Theory]
    [InlineData("files: no\nhooks: no\npermissions: no")]
    [InlineData("hooks:\n  AfterInstall:\n    - { location: a.sh, timeout: no }")]
    [InlineData("permissions:\n  - { object: /srv, type: no, except: no }")]
    public void What_is_false_is_left_out(string sections)
    {
        var parse = () => AppSpecParser.Parse($"version: 0.0\nos: linux\n{sections}");

        parse.Should().NotThrow();
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("'false'", true)]
    [InlineData("false", false)]
    [InlineData("", false)]
    public void Any_text_is_sudo(string written, bool sudo)
    {
        var appSpec = AppSpecParser.Parse($"version: 0.0\nos: linux\nhooks:\n  AfterInstall:\n    - {{ location: a.sh, sudo: {written} }}");

        appSpec.Hooks["AfterInstall"].Single().Sudo.Should().Be(sudo);
    }

    [Fact]
    public void A_merge_key_takes_over_what_a_map_does_not_say_itself()
    {
        var appSpec = AppSpecParser.Parse("version: 0.0\nos: linux\nusual: &usual { runas: deploy, timeout: 60 }\nhooks:\n  AfterInstall:\n    - { <<: *usual, location: a.sh, timeout: 5 }");

        appSpec.Hooks["AfterInstall"].Should().Equal(new HookScript("a.sh", TimeSpan.FromSeconds(5), "deploy", Sudo: false));
    }

    [Fact]
    public void Of_two_equal_keys_the_last_counts_and_aliases_are_followed()
    {
        var appSpec = AppSpecParser.Parse("""
            version: 0.0
            os: windows
            os: linux
            hooks:
              BeforeInstall: &scripts
                - location: a.sh
              AfterInstall: *scripts
            """);

        appSpec.Hooks["AfterInstall"].Should().Equal(appSpec.Hooks["BeforeInstall"]);
    }
}
