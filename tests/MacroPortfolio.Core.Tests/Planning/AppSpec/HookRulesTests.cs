using MacroPortfolio.Core.Planning.AppSpec;

namespace MacroPortfolio.Core.Tests.Planning.AppSpec;

public sealed class HookRulesTests
{
    private static IReadOnlyList<AppSpecFinding> Hooks(string hooks, BundleListing? bundle = null) => Checked.Sections($"hooks:\n{hooks}\n", bundle);

    [Theory]
    [InlineData("  - AfterInstall:\n    - location: a.sh", "Error Parse 4:3 'hooks' is a list, not a map of events", "write the events as keys, without '- ' in front, and a list of scripts below each")]
    [InlineData("  run everything", "Error Parse 4:3 'hooks' is the value 'run everything', not a map of events", null)]
    [InlineData("  AfterInstall: a.sh", "Error Parse 4:3 'AfterInstall' is the value 'a.sh', not a list of scripts", "list scripts below it, as in '- location: scripts/start.sh'")]
    [InlineData("  AfterInstall:\n    location: a.sh", "Error Parse 5:5 'AfterInstall' is a map, not a list of scripts", "begin each script with '- ', as in '- location: scripts/start.sh'")]
    [InlineData("  AfterInstall:", "Error Parse 4:3 'AfterInstall' is empty, not a list of scripts", "take the event away, or list scripts below it, as in '- location: scripts/start.sh'")]
    [InlineData("  AfterInstall:\n    - location: a.sh\n  timeout: 300", "Error Parse 6:3 'timeout' is the value '300', not a list of scripts", "indent it, so that it stands below the 'location' of its script")]
    [InlineData("  AfterInstall:\n    - a.sh", "Error Parse 5:7 an entry of 'AfterInstall' is the value 'a.sh', not a map", null)]
    [InlineData("  AfterInstall:\n    - timeout: 5", "Error Parse 5:7 a script of 'AfterInstall' has no 'location'", null)]
    [InlineData("  AfterInstall:\n    - location: ' '", "Error Parse 5:17 a script of 'AfterInstall' has no 'location'", null)]
    [InlineData("  AfterInstall:\n    - location: [a.sh, b.sh]", "Error Hook 5:17 'location' is a list, not a path", null)]
    public void Hooks_are_a_map_of_events_to_lists_of_scripts(string hooks, string found, string? fix)
    {
        var finding = Hooks(hooks).Single();

        finding.Word().Should().Be(found);
        finding.Fix.Should().Be(fix ?? finding.Fix);
    }

    [Fact]
    public void An_empty_list_of_scripts_is_a_warning() => Hooks("  AfterInstall: []").Single().Word().Should().Be("Warning Hook 4:3 'AfterInstall' has an empty list of scripts");

    [Theory]
    [InlineData("afterInstall", "write 'AfterInstall'; case counts")]
    [InlineData("After_Install", "write 'AfterInstall'; case counts")]
    [InlineData("ApplicationStrat", "write 'ApplicationStart'; case counts")]
    [InlineData("ValidateServices", "write 'ValidateService'; case counts")]
    public void Unknown_events_fail_Install_and_the_nearest_is_named(string name, string fix)
    {
        var finding = Hooks($"  {name}:\n    - location: a.sh").Single();

        finding.Word().Should().Be($"Error Install 4:3 '{name}' is no lifecycle event of EC2 deployments");
        finding.Fix.Should().Be(fix);
    }

    [Fact]
    public void An_unknown_event_that_is_like_none_is_told_all_that_there_are() =>
        Hooks("  Cleanup:\n    - location: a.sh").Single().Fix.Should().StartWith("use one of ApplicationStop, BeforeInstall");

    [Theory]
    [InlineData("Start")]
    [InlineData("DownloadBundle")]
    [InlineData("Install")]
    [InlineData("BlockTraffic")]
    [InlineData("AllowTraffic")]
    [InlineData("End")]
    public void Events_of_the_service_run_no_scripts(string name) =>
        Hooks($"  {name}:\n    - location: a.sh").Single().Word().Should().Be($"Warning Hook 4:3 no script ever runs in '{name}', which belongs to CodeDeploy itself");

    [Theory]
    [InlineData("300")]
    [InlineData("'300'")]
    [InlineData("3600")]
    [InlineData("~")]
    public void A_timeout_is_a_number_of_seconds(string timeout) => Hooks($"  AfterInstall:\n    - {{ location: a.sh, timeout: {timeout} }}").Should().BeEmpty();

    [Theory]
    [InlineData("0", "Error Parse 5:34 'timeout' is the value '0', not a number of seconds above 0")]
    [InlineData("-5", "Error Parse 5:34 'timeout' is the value '-5', not a number of seconds above 0")]
    [InlineData("soon", "Error Parse 5:34 'timeout' is the value 'soon', not a number of seconds above 0")]
    [InlineData("yes", "Error Parse 5:34 'timeout' is the value 'true', not a number of seconds above 0")]
    [InlineData("[300]", "Error Parse 5:34 'timeout' is a list, not a number of seconds above 0")]
    [InlineData("5m", "Warning Hook 5:34 'timeout' '5m' is 5 seconds to the agent")]
    [InlineData("1:30", "Warning Hook 5:34 'timeout' '1:30' is 90 seconds to the agent")]
    [InlineData("0300", "Warning Hook 5:34 'timeout' '0300' is 192 seconds to the agent")]
    [InlineData("2.5", "Warning Hook 5:34 'timeout' '2.5' is 2 seconds to the agent")]
    public void What_Ruby_makes_of_a_timeout_counts(string timeout, string found) => Hooks($"  AfterInstall:\n    - {{ location: a.sh, timeout: {timeout} }}").Single().Word().Should().Be(found);

    [Theory]
    [InlineData("3601", "3601")]
    [InlineData("1800 }\n    - { location: b.sh, timeout: 1801", "3601")]
    [InlineData("99999999999999999999", "2147483647")]
    public void The_scripts_of_an_event_have_an_hour(string timeouts, string total) =>
        Hooks($"  AfterInstall:\n    - {{ location: a.sh, timeout: {timeouts} }}").Should().Contain(finding => finding.Word() == $"Warning Hook 4:3 the timeouts of 'AfterInstall' add up to {total} seconds, and an event has 3600 for all its scripts");

    [Fact]
    public void Timeouts_that_are_not_written_do_not_count() => Hooks("  AfterInstall:\n    - { location: a.sh, timeout: 3600 }\n    - { location: b.sh }").Should().BeEmpty();

    [Theory]
    [InlineData("runAs: root", "write 'runas'")]
    [InlineData("time_out: 5", "write 'timeout'")]
    [InlineData("command: x", "take it away; there is location, timeout, runas, sudo")]
    public void Keys_that_a_script_does_not_have_are_passed_over(string key, string fix)
    {
        var finding = Hooks($"  AfterInstall:\n    - location: a.sh\n      {key}").Single();

        (finding.Severity, finding.Stage, finding.Line, finding.Fix).Should().Be((AppSpecSeverity.Warning, AppSpecStage.Hook, 6, fix));
    }

    [Theory]
    [InlineData("'false'", true)]
    [InlineData("'no'", true)]
    [InlineData("false", false)]
    [InlineData("yes", false)]
    public void A_text_counts_as_true(string sudo, bool found) => Hooks($"  AfterInstall:\n    - {{ location: a.sh, sudo: {sudo} }}").Should().HaveCount(found ? 1 : 0);

    [Fact]
    public void Windows_knows_no_runas() =>
        Checked.File("version: 0.0\nos: windows\nhooks:\n  AfterInstall:\n    - { location: a.ps1, runas: admin }").Single().Word().Should().StartWith("Warning Hook 5:26 'runas' is for Linux only");

    [Fact]
    public void Of_an_event_that_stands_there_twice_only_the_last_counts() =>
        Hooks("  AfterInstall:\n    - timeout: 0\n  AfterInstall:\n    - location: a.sh").Single().Word().Should().Be("Warning Parse 4:3 'AfterInstall' stands here and again on line 6; only the last one counts");
}
