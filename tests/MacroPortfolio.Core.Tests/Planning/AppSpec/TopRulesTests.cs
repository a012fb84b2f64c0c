using MacroPortfolio.Core.Planning.AppSpec;
using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Core.Tests.Planning.AppSpec;

public sealed class TopRulesTests
{
    [Fact]
    public void A_file_that_is_right_has_no_findings()
    {
        var findings = Checked.File(
            """
            version: 0.0
            os: linux
            file_exists_behavior: OVERWRITE
            files:
              - source: site
                destination: /srv/site
              - source: nginx.conf
                destination: /etc/nginx/conf.d
            permissions:
              - object: /srv/site
                pattern: "**"
                owner: www-data
                group: www-data
                mode: "0644"
                type: [file]
            hooks:
              ApplicationStop:
                - location: scripts/stop.sh
                  timeout: 60
              ApplicationStart:
                - location: ./scripts/start.sh
                  timeout: 300
                  runas: root
            """,
            Checked.Site);

        findings.Should().BeEmpty();
    }

    [Theory]
    [InlineData("version: 0.0")]
    [InlineData("version: 0")]
    [InlineData("version: 0.00")]
    [InlineData("version: -0.0")]
    [InlineData("version: !!str 0.0", "the text '0.0'")]
    [InlineData("version: '0.0'", "the text '0.0'")]
    [InlineData("version: 1.0", "'1.0'")]
    [InlineData("version: 0.0.0", "'0.0.0'")]
    [InlineData("version:", "no 'version'")]
    [InlineData("Version: 0.0", "no 'version'")]
    public void Version_zero_is_the_only_one(string version, string? refused = null)
    {
        var errors = Checked.File($"{version}\nos: linux\nfiles: []").Where(finding => finding.Severity == AppSpecSeverity.Error).ToList();

        errors.Should().HaveCount(refused is null ? 0 : 1);
        errors.Where(error => error.Stage != AppSpecStage.Parse || error.Line != 1 || !error.What.Contains(refused!)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("os: linux")]
    [InlineData("os: windows")]
    [InlineData("os: Linux", "'Linux'")]
    [InlineData("os: ubuntu", "'ubuntu'")]
    [InlineData("os:", "no 'os'")]
    [InlineData("OS: linux", "no 'os'")]
    public void Linux_and_windows_are_the_systems(string os, string? refused = null)
    {
        var errors = Checked.File($"version: 0.0\n{os}\nfiles: []").Where(finding => finding.Severity == AppSpecSeverity.Error).ToList();

        errors.Should().HaveCount(refused is null ? 0 : 1);
        errors.Where(error => error.Stage != AppSpecStage.Parse || !error.What.Contains(refused!)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("# only a comment\n", "it is empty")]
    [InlineData("just words", "'just words', not a map of sections")]
    [InlineData("- version: 0.0", "a list, not a map of sections")]
    [InlineData("version: 0.0\nos: linux\n\tfiles: []", "it is not YAML")]
    [InlineData("version: 0.0\nos: linux\nfiles: *nowhere", "no anchor '&nowhere'")]
    public void What_is_no_map_of_sections_is_refused(string text, string what) =>
        Checked.File(text).Should().ContainSingle().Which.Should().Match<AppSpecFinding>(finding => finding.Severity == AppSpecSeverity.Error && finding.Stage == AppSpecStage.Parse && finding.What.Contains(what));

    [Fact]
    public void Text_that_is_no_YAML_is_told_with_its_line_and_with_what_usually_is_wrong()
    {
        var tab = Checked.Sections("files:\n\t- source: /").Single();
        var star = Checked.Sections("permissions:\n  - object: /srv\n    pattern: **").Single();

        (tab.Line, tab.Fix).Should().Be((4, "indent with spaces; YAML takes no tabs"));
        star.Line.Should().Be(5);
        star.Fix.Should().Contain("quotes");
    }

    [Fact]
    public void A_file_for_Lambda_or_ECS_is_told_to_be_one() =>
        Checked.File("version: 0.0\nResources:\n  - TargetService: {}\nHooks:\n  - BeforeInstall: x").Should().ContainSingle()
            .Which.Word().Should().Be("Error Parse 2:1 this is an AppSpec file for Lambda or ECS, which instances cannot use");

    [Theory]
    [InlineData("KEEP")]
    [InlineData("overwrite")]
    public void An_unknown_behavior_for_files_that_exist_is_refused(string behavior) =>
        Checked.Sections($"file_exists_behavior: {behavior}\nfiles: []").Should().ContainSingle().Which.Word().Should().Be($"Error Parse 3:23 'file_exists_behavior' is '{behavior}', which the agent does not know");

    [Fact]
    public void Unknown_sections_are_passed_over_and_the_nearest_is_named()
    {
        var findings = Checked.Sections("files: []\nhook:\n  AfterInstall: []\nBeforeInstall:\n  - location: a.sh\n");

        findings.Select(finding => (finding.Severity, finding.Line, finding.Fix)).Should().Equal(
            (AppSpecSeverity.Warning, 4, "write 'hooks'"),
            (AppSpecSeverity.Warning, 6, "indent it, so that it is in 'hooks'"));
    }

    [Fact]
    public void Of_equal_keys_the_last_counts()
    {
        var finding = Checked.File("version: 0.0\nos: windows\nos: linux\nfiles: []").Single();

        finding.Word().Should().Be("Warning Parse 2:1 'os' stands here and again on line 3; only the last one counts");
    }

    [Fact]
    public void What_other_programs_do_not_take_is_a_warning()
    {
        var findings = Checked.File("\uFEFFversion: 0.0\nos: linux\nfiles: &none []\npermissions: *none\nhooks: {ApplicationStop: []}\n---\nversion: 1\n");

        findings.Select(finding => (finding.Severity, finding.Line)).Should().Equal(
            (AppSpecSeverity.Warning, 1), (AppSpecSeverity.Warning, 4), (AppSpecSeverity.Warning, 5), (AppSpecSeverity.Warning, 6));
    }

    [Fact]
    public void A_file_that_does_nothing_is_a_warning() =>
        Checked.Sections("").Should().ContainSingle().Which.Should().Match<AppSpecFinding>(finding => finding.Severity == AppSpecSeverity.Warning && finding.What.Contains("nothing would be copied"));

    [Fact]
    public void Everything_is_found_at_once_in_the_order_of_the_file()
    {
        var findings = Checked.File("version: 1\nos: unix\nfiles:\n  - source: nowhere\nhooks:\n  AfterInstal:\n    - location: a.sh\n      timeout: 0\n", Checked.Site);

        findings.Select(finding => finding.Line).Should().Equal(1, 2, 4, 6, 7, 8);
        findings.Should().OnlyContain(finding => finding.Severity == AppSpecSeverity.Error && finding.File == "appspec.yml");
    }

    [Fact]
    public void Nothing_from_the_file_can_end_a_line_of_the_log_or_begin_a_command()
    {
        var findings = Checked.File("version: \"a\\n::error::x\\e[2J ##[error]y\"\nos: \"\\r\\u202e\"\n\"a\\nb\": 1\nfiles: []");

        findings.Should().HaveCount(3);
        findings.SelectMany(finding => new[] { finding.What, finding.Fix }).Should().OnlyContain(text => text == PlainText.Line(text) && text.All(letter => letter >= ' '));
    }
}
