using MacroPortfolio.Core.Planning.AppSpec;

namespace MacroPortfolio.Core.Tests.Planning.AppSpec;

public sealed class FileRulesTests
{
    private static IReadOnlyList<AppSpecFinding> Files(string entries, BundleListing? bundle = null) => Checked.Sections($"files:\n{entries}\n", bundle);

    [Theory]
    [InlineData("  - destination: /srv", "Error Parse 4:5 an entry of 'files' has no 'source'")]
    [InlineData("  - source: site", "Error Parse 4:5 an entry of 'files' has no 'destination'")]
    [InlineData("  - source:\n    destination: /srv", "Error Parse 4:12 an entry of 'files' has no 'source'")]
    [InlineData("  - { source: 2026, destination: /srv }", "Error Install 4:15 'source' is the value '2026', which the agent does not take for a path")]
    [InlineData("  - { source: [a, b], destination: /srv }", "Error Install 4:15 'source' is a list, which the agent does not take for a path")]
    [InlineData("  - site", "Error Parse 4:5 an entry of 'files' is the value 'site', not a map")]
    [InlineData("  source: site\n  destination: /srv", "Error Parse 4:3 'files' is a map, not a list")]
    [InlineData("  everything", "Error Parse 4:3 'files' is the value 'everything', not a list")]
    public void An_entry_has_a_source_and_a_destination(string entries, string found) => Files(entries).First(finding => finding.Severity == AppSpecSeverity.Error).Word().Should().Be(found);

    [Theory]
    [InlineData("/")]
    [InlineData(".")]
    [InlineData("./site")]
    [InlineData("/site")]
    [InlineData("site/css/../index.html")]
    [InlineData("site/")]
    public void A_source_begins_at_the_revisions_top(string source) => Files($"  - {{ source: {source}, destination: /srv }}", Checked.Site).Should().BeEmpty();

    [Theory]
    [InlineData("site/indx.html", "write 'site/index.html' if that is meant")]
    [InlineData("Site/Index.html", "write 'site/index.html' if that is meant")]
    [InlineData("index.html", "write 'site/index.html' if that is meant")]
    [InlineData("site/*", "name a file or a folder, or '/' for the whole revision: patterns are not expanded here")]
    [InlineData("/home/deploy/site-1", "name a path that begins at the revision's top; 'destination' is the one on the instance")]
    [InlineData("dist", "add it to the revision, or take the entry away")]
    public void A_source_that_is_not_in_the_revision_fails_Install(string source, string fix)
    {
        var finding = Files($"  - source: {source}\n    destination: /srv", Checked.Site).Single();

        finding.Word().Should().Be($"Error Install 4:13 'source' '{source}' is not in the revision");
        finding.Fix.Should().Be(fix);
    }

    [Fact]
    public void A_source_that_the_ignore_file_hides_is_told_with_the_rule()
    {
        var bundle = new BundleListing([new BundleEntry.File("appspec.yml")], _ => null, new Dictionary<string, string> { ["dist"] = "/dist/" });

        Files("  - source: dist/index.html\n    destination: /srv", bundle).Single().Fix.Should().Be("the ignore file leaves it out by the rule '/dist/': take the rule away or except the path");
    }

    [Theory]
    [InlineData("../shared", "leads out of the revision")]
    [InlineData("site/../../x", "leads out of the revision")]
    public void What_is_outside_of_the_revision_is_not_known(string source, string what)
    {
        Files($"  - {{ source: {source}, destination: /srv }}", Checked.Site).Should().ContainSingle().Which.Should().Match<AppSpecFinding>(finding => finding.Severity == AppSpecSeverity.Warning && finding.What.Contains(what));
        Files($"  - {{ source: {source}, destination: /srv }}").Should().ContainSingle().Which.Severity.Should().Be(AppSpecSeverity.Warning);
    }

    [Theory]
    [InlineData("/home/deploy/site", "looks like a path on the instance")]
    [InlineData("/*", "looks like a pattern")]
    public void Without_a_listing_a_source_can_only_look_wrong(string source, string what) =>
        Files($"  - {{ source: '{source}', destination: /srv }}").Should().ContainSingle().Which.Should().Match<AppSpecFinding>(finding => finding.Severity == AppSpecSeverity.Warning && finding.What.EndsWith(what));

    [Theory]
    [InlineData("srv/site", "below the folder that the agent was started in")]
    [InlineData("~/site", "in the home folder of the agent's user, root")]
    [InlineData("$HOME/site", "below the folder that the agent was started in")]
    [InlineData(@"c:\site", "below the folder that the agent was started in")]
    public void A_destination_is_absolute(string destination, string where) =>
        Files($"  - {{ source: site, destination: '{destination}' }}", Checked.Site).Should().ContainSingle().Which.Word().Should().EndWith($"'destination' '{destination}' is not absolute, so it is {where}");

    [Theory]
    [InlineData("nginx.conf", "/etc/nginx/nginx.conf", "/etc/nginx")]
    [InlineData("nginx.conf", "/etc/nginx/default.conf", "/etc/nginx")]
    [InlineData("site/index.html", "/index.html", "/")]
    public void A_destination_is_a_folder_even_if_it_is_named_like_the_file(string source, string destination, string meant)
    {
        var finding = Files($"  - source: {source}\n    destination: {destination}", Checked.Site).Single();

        finding.Word().Should().Be($"Warning Install 5:18 'destination' '{destination}' is taken for a folder: the file becomes '{destination}/{source.Split('/')[^1]}'");
        finding.Fix.Should().Be($"write '{meant}'; files keep their names");
    }

    [Theory]
    [InlineData("site", "/srv/site")]
    [InlineData("site", "/srv/example.html")]
    [InlineData("nginx.conf", "/etc/nginx/conf.d")]
    [InlineData("nginx.conf", "/etc/nginx.conf/")]
    public void A_destination_that_may_well_be_a_folder_is_none_of_these(string source, string destination) =>
        Files($"  - {{ source: {source}, destination: {destination} }}", Checked.Site).Should().BeEmpty();

    [Theory]
    [InlineData("  - { source: /, destination: /srv }\n  - { source: nginx.conf, destination: /srv }", "'nginx.conf' is copied to '/srv/nginx.conf' twice")]
    [InlineData("  - { source: site, destination: /srv }\n  - { source: site/css, destination: /srv/css/ }", "'site/css/main.css' is copied to '/srv/css/main.css' twice")]
    [InlineData("  - { source: site, destination: /srv }\n  - { source: site, destination: /srv/./ }", "'site/css/main.css' is copied to '/srv/css/main.css' twice; so it is with 1 more")]
    [InlineData("  - { source: nginx.conf, destination: /srv }\n  - { source: site, destination: /srv/nginx.conf }", "'/srv/nginx.conf' would be a folder, and 'nginx.conf' is copied to there as a file")]
    [InlineData("  - { source: site, destination: /srv/nginx.conf/ }\n  - { source: nginx.conf, destination: /srv }", "'nginx.conf' would be copied to '/srv/nginx.conf', which an entry makes a folder")]
    public void Two_entries_for_one_place_fail_Install(string entries, string what)
    {
        var error = Files(entries, Checked.Site).Single(finding => finding.Severity == AppSpecSeverity.Error);

        (error.Stage, error.Line, error.What).Should().Be((AppSpecStage.Install, 5, what));
    }

    [Fact]
    public void Two_files_of_one_name_clash_where_their_folders_do_not()
    {
        var bundle = Checked.Bundle(Checked.Entry("a/x.conf"), Checked.Entry("b/x.conf"));

        Files("  - { source: a/x.conf, destination: /etc/a }\n  - { source: b/x.conf, destination: /etc/b }", bundle).Should().BeEmpty();
        Files("  - { source: a/x.conf, destination: /etc/a }\n  - { source: b/x.conf, destination: /etc/a }", bundle).Single().What.Should().Be("'b/x.conf' and 'a/x.conf' are both copied to '/etc/a/x.conf'");
    }

    [Theory]
    [InlineData("overwrite: yes", "write 'file_exists_behavior: OVERWRITE' at the top of the file, beside 'files', or choose it for the deployment")]
    [InlineData("mode: 755", "owner and mode of files are set in the section 'permissions'")]
    [InlineData("destinatoin: /x", "write 'destination'")]
    [InlineData("comment: x", "take it away; there is source, destination")]
    public void Keys_that_an_entry_does_not_have_are_passed_over(string key, string fix) =>
        Files($"  - source: site\n    destination: /srv\n    {key}", Checked.Site).Should().ContainSingle().Which.Should().Match<AppSpecFinding>(finding => finding.Severity == AppSpecSeverity.Warning && finding.Line == 6 && finding.Fix == fix);

    [Fact]
    public void On_Windows_paths_have_drives_and_backslashes()
    {
        var right = Checked.File("version: 0.0\nos: windows\nfiles:\n  - { source: '\\site', destination: 'c:\\inetpub\\site' }", Checked.Site);
        var wrong = Checked.File("version: 0.0\nos: windows\nfiles:\n  - { source: '\\sites', destination: '\\inetpub' }", Checked.Site);

        right.Should().BeEmpty();
        wrong.Select(finding => finding.Severity).Should().Equal(AppSpecSeverity.Error, AppSpecSeverity.Warning);
    }
}
