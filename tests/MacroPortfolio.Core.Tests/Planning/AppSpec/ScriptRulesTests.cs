using MacroPortfolio.Core.Planning.AppSpec;

namespace MacroPortfolio.Core.Tests.Planning.AppSpec;

public sealed class ScriptRulesTests
{
    private static IReadOnlyList<AppSpecFinding> Script(string location, BundleListing? bundle, string lifecycleEvent = "ApplicationStart") =>
        Checked.Sections($"hooks:\n  {lifecycleEvent}:\n    - location: {location}\n", bundle);

    [Theory]
    [InlineData("scripts/start.sh")]
    [InlineData("./scripts/start.sh")]
    [InlineData("/scripts/start.sh")]
    [InlineData("scripts//../scripts/start.sh ")]
    public void A_location_begins_at_the_revisions_top(string location) => Script(location, Checked.Site).Should().BeEmpty();

    [Theory]
    [InlineData("scripts/strat.sh", "write 'scripts/start.sh' if that is meant; locations begin at the revision's top, and case counts")]
    [InlineData("Scripts/Start.sh", "write 'scripts/start.sh' if that is meant; locations begin at the revision's top, and case counts")]
    [InlineData("start.sh", "write 'scripts/start.sh' if that is meant; locations begin at the revision's top, and case counts")]
    [InlineData("/srv/site/scripts/start.sh", "write 'scripts/start.sh' if that is meant; locations begin at the revision's top, and case counts")]
    [InlineData("'scripts\\start.sh'", "write 'scripts/start.sh' if that is meant; locations begin at the revision's top, and case counts")]
    [InlineData("scripts/start.sh production", "take the arguments away: a script gets none; put them into another script that calls it")]
    [InlineData("scripts/migrate.py", "add it to the revision, or take it out of the event; locations begin at the revision's top")]
    [InlineData("scripts/start.sh/x", "add it to the revision, or take it out of the event; locations begin at the revision's top")]
    public void A_script_that_is_not_in_the_revision_fails_its_event(string location, string fix)
    {
        var finding = Script(location, Checked.Site).Single();

        finding.Word().Should().Be($"Error Hook 5:17 the script '{location.Trim('\'')}' is not in the revision");
        finding.Fix.Should().Be(fix);
    }

    [Fact]
    public void A_script_that_the_ignore_file_hides_is_told_with_the_rule()
    {
        var bundle = new BundleListing([new BundleEntry.File("appspec.yml")], _ => null, new Dictionary<string, string> { ["scripts/start.sh"] = "*.sh" });

        Script("scripts/start.sh", bundle).Single().Fix.Should().Be("the ignore file leaves it out by the rule '*.sh': take the rule away or except the script");
    }

    [Theory]
    [InlineData("ApplicationStop", AppSpecSeverity.Error, "the script 'x.sh' is not in the revision; the next deployment fails, because ApplicationStop runs what the last one installed")]
    [InlineData("BeforeAllowTraffic", AppSpecSeverity.Warning, "the script 'x.sh' is not in the revision; BeforeAllowTraffic happens where the deployment group has a load balancer")]
    public void When_it_fails_depends_on_the_event(string lifecycleEvent, AppSpecSeverity severity, string what) =>
        Script("x.sh", Checked.Site, lifecycleEvent).Single().Should().Match<AppSpecFinding>(finding => finding.Severity == severity && finding.What == what);

    [Fact]
    public void A_folder_is_no_script() => Script("scripts", Checked.Site).Single().Word().Should().Be("Error Hook 5:17 the script 'scripts' is a folder");

    [Fact]
    public void A_script_outside_of_the_revision_is_a_warning()
    {
        Script("../x.sh", Checked.Site).Single().Word().Should().Be("Warning Hook 5:17 the script '../x.sh' is outside of the revision");
        Script("../x.sh", null).Single().Word().Should().Be("Warning Hook 5:17 the script '../x.sh' is outside of the revision");
    }

    [Theory]
    [InlineData("scripts/start.sh", false)]
    [InlineData("/scripts/start.sh", false)]
    [InlineData("/app/scripts/start.sh", true)]
    [InlineData("/home/ubuntu/start.sh", true)]
    public void Without_a_listing_a_script_can_only_look_wrong(string location, bool found) =>
        Checked.Sections($"files:\n  - {{ source: /, destination: /app }}\nhooks:\n  AfterInstall:\n    - location: {location}\n").Where(finding => finding.Severity == AppSpecSeverity.Warning).Should().HaveCount(found ? 1 : 0);

    [Fact]
    public void A_script_that_is_not_executable_is_a_warning_because_the_agent_makes_it_so()
    {
        var finding = Script("run.sh", Checked.Script("#!/bin/sh\n", executable: false)).Single();

        finding.Word().Should().Be("Warning Hook 5:17 the script 'run.sh' is not executable; the agent makes it so, and other programs do not");
        finding.Fix.Should().Be("run: git update-index --chmod=+x run.sh");
    }

    [Theory]
    [InlineData("#!/bin/bash\n")]
    [InlineData("#! /usr/bin/env bash\n")]
    [InlineData("#!/bin/sh -e")]
    [InlineData("\u007fELF\u0002\u0001")]
    [InlineData(null)]
    public void A_first_line_that_Linux_can_run(string? line) => Script("run.sh", Checked.Script(line, executable: null)).Should().BeEmpty();

    [Theory]
    [InlineData("#!/bin/bash\r\n", AppSpecSeverity.Error, "the first line ends with CR LF, and Linux takes the CR for a part of '/bin/bash', which fails")]
    [InlineData("#!/bin/bash -e\r\n", AppSpecSeverity.Error, "the first line ends with CR LF, and Linux takes the CR for a part of '/bin/bash', which fails")]
    [InlineData("#!bash\n", AppSpecSeverity.Error, "the interpreter 'bash' is not an absolute path, so it is not found")]
    [InlineData("echo hello\n", AppSpecSeverity.Warning, "the script has no interpreter in its first line (it does not begin with '#!'), so it runs in sh")]
    [InlineData("# !/bin/bash\n", AppSpecSeverity.Warning, "the script has no interpreter in its first line (it does not begin with '#!'), so it runs in sh")]
    [InlineData("\uFEFF#!/bin/bash\n", AppSpecSeverity.Warning, "the script has no interpreter in its first line (a byte order mark comes before it), so it runs in sh")]
    [InlineData("", AppSpecSeverity.Warning, "the script has no interpreter in its first line (it does not begin with '#!'), so it runs in sh")]
    public void A_first_line_that_is_a_mistake_is_told_of_the_script(string line, AppSpecSeverity severity, string what)
    {
        var findings = Checked.Sections("hooks:\n  BeforeInstall:\n    - location: run.sh\n  AfterInstall:\n    - location: ./run.sh\n", Checked.Script(line));

        findings.Should().ContainSingle("it is one script").Which.Should().Match<AppSpecFinding>(finding =>
            finding.Severity == severity && finding.Stage == AppSpecStage.Hook && finding.File == "run.sh" && finding.Line == 1 && finding.What == what);
    }

    [Fact]
    public void A_location_with_a_space_breaks_the_command_line()
    {
        var bundle = Checked.Bundle(Checked.Entry("my scripts/start.sh"));

        Script("my scripts/start.sh", bundle).Single().Word().Should().StartWith("Warning Hook 5:17 the location 'my scripts/start.sh' has a space");
    }
}
