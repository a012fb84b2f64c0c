using MacroPortfolio.Core.Planning.AppSpec;

namespace MacroPortfolio.Core.Tests.Planning.AppSpec;

public sealed class BundleListingTests
{
    private static BundleListing Of(params string[] paths) => new(paths.Select(path => new BundleEntry.File(path, Executable: true)), _ => null);

    private static IReadOnlyList<AppSpecFinding> Start(BundleListing bundle, string location = "scripts/start.sh") =>
        Checked.File($"{Checked.Head}hooks:\n  ApplicationStart:\n    - location: {location}\n", bundle, bundle.AppSpec ?? "appspec.yml");

    [Theory]
    [InlineData("appspec.yml", "appspec.yml")]
    [InlineData("appspec.yaml", "appspec.yaml")]
    [InlineData("appspec.yaml appspec.yml", "appspec.yml")]
    [InlineData("site-1a2b3c/appspec.yml site-1a2b3c/index.html", "site-1a2b3c/appspec.yml")]
    [InlineData("a/appspec.yml README.md", "a/appspec.yml")]
    [InlineData("a/appspec.yml b/appspec.yml", null)]
    [InlineData("a/b/appspec.yml", null)]
    [InlineData("AppSpec.yml", null)]
    [InlineData("appspec.json", null)]
    [InlineData("index.html", null)]
    public void The_AppSpec_file_is_found_as_the_agent_finds_it(string paths, string? found) => Of(paths.Split(' ')).AppSpec.Should().Be(found);

    [Fact]
    public void In_an_archive_with_one_top_folder_paths_begin_in_that_folder()
    {
        var bundle = Of("site-1a2b3c/appspec.yml", "site-1a2b3c/scripts/start.sh");

        Start(bundle).Should().BeEmpty();
        Start(bundle, "site-1a2b3c/scripts/start.sh").Single().Fix.Should().StartWith("write 'scripts/start.sh'");
    }

    [Fact]
    public void The_first_line_is_asked_for_by_the_listed_path()
    {
        var asked = new List<string>();
        var bundle = new BundleListing([new BundleEntry.File("top/appspec.yml"), new BundleEntry.File("top/run.sh")], path => { asked.Add(path); return null; });

        Start(bundle, "run.sh");

        asked.Should().Equal("top/run.sh");
    }

    [Fact]
    public void The_other_ending_is_good_for_Install_and_fails_the_hooks()
    {
        var finding = Start(Of("appspec.yaml", "scripts/start.sh")).Single();

        (finding.Severity, finding.Stage, finding.File, finding.Fix).Should().Be((AppSpecSeverity.Error, AppSpecStage.Hook, "appspec.yaml", "name it 'appspec.yml'"));
    }

    [Theory]
    [InlineData("deploy/aws/appspec.yml", "there is 'deploy/aws/appspec.yml': move it to the top, or make the revision of the folder that it is in")]
    [InlineData("AppSpec.yml", "there is 'AppSpec.yml': move it to the top, or make the revision of the folder that it is in")]
    [InlineData("index.html", "add one; a GitHub revision needs it at the repository's top")]
    public void A_revision_without_one_is_told_where_it_is(string path, string fix)
    {
        var finding = AppSpecCheck.Of(null, Of(path)).Single();

        finding.Word().Should().Be("Error Parse 1:1 the revision has no 'appspec.yml' at its top");
        finding.Fix.Should().Be(fix);
    }

    [Fact]
    public void A_revision_whose_ignore_file_hides_it_is_told_the_rule()
    {
        var bundle = new BundleListing([], _ => null, new Dictionary<string, string> { ["appspec.yml"] = "*.yml" });

        AppSpecCheck.Of(null, bundle).Single().Fix.Should().Contain("'*.yml'");
        AppSpecCheck.Of(null, null).Single().Severity.Should().Be(AppSpecSeverity.Error);
    }

    [Theory]
    [InlineData("start.sh", "real.sh", true)]
    [InlineData("scripts/start.sh", "../real.sh", true)]
    [InlineData("scripts/start.sh", "gone.sh", false)]
    [InlineData("start.sh", "start.sh", null)]
    [InlineData("start.sh", "/usr/bin/true", null)]
    [InlineData("start.sh", "../../real.sh", null)]
    public void Links_are_followed_within_the_revision(string link, string target, bool? found)
    {
        var bundle = new BundleListing([new BundleEntry.File("appspec.yml"), new BundleEntry.File("real.sh"), new BundleEntry.Link(link, target)], _ => null);

        var findings = Start(bundle, link);

        findings.Select(finding => finding.Severity).Should().Equal(found switch { true => [], false => [AppSpecSeverity.Error], null => [AppSpecSeverity.Warning] });
    }

    [Fact]
    public void A_folder_that_is_a_link_leads_to_what_is_in_the_other()
    {
        var bundle = new BundleListing([new BundleEntry.File("appspec.yml"), new BundleEntry.File("v2/start.sh"), new BundleEntry.Link("scripts", "v2")], _ => null);

        Start(bundle).Should().BeEmpty();
    }

    [Fact]
    public void A_link_that_is_a_source_is_copied_as_a_link()
    {
        var bundle = new BundleListing([new BundleEntry.File("appspec.yml"), new BundleEntry.Link("current", "/srv/elsewhere")], _ => null);

        Checked.Sections("files:\n  - { source: current, destination: /srv }\n", bundle).Should().BeEmpty();
    }
}
