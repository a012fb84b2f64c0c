using MacroPortfolio.Core.Planning.AppSpec;

namespace MacroPortfolio.Core.Tests.Planning.AppSpec;

public sealed class PermissionRulesTests
{
    private const string Files = "files:\n  - { source: site, destination: /srv/site }\n";

    private static IReadOnlyList<AppSpecFinding> Rules(string rules, BundleListing? bundle = null) => Checked.Sections($"{Files}permissions:\n{rules}\n", bundle ?? Checked.Site);

    [Theory]
    [InlineData("mode: '644'", "Error Parse 6:5 an entry of 'permissions' has no 'object'")]
    [InlineData("object: ' '", "Error Parse 6:13 an entry of 'permissions' has no 'object'")]
    [InlineData("object: /srv/site\n    type: file", "Error Parse 7:11 'type' is the value 'file', not a list")]
    [InlineData("object: /srv/site\n    type: [socket]", "Error Parse 7:12 'type' lists the value 'socket', and file and directory are the only ones")]
    [InlineData("object: /srv/site\n    except: main.css", "Error Parse 7:13 'except' is the value 'main.css', not a list")]
    [InlineData("object: /srv/site\n    acls: u:deploy:rwx", "Error Parse 7:11 'acls' is the value 'u:deploy:rwx', not a list")]
    [InlineData("object: /srv/site\n    acls: [deploy]", "Error Parse 7:12 'acls' lists the value 'deploy', which is no entry of an access list")]
    [InlineData("object: /srv/site\n    context: { name: u }", "Error Parse 7:14 'context' has no 'type'")]
    public void An_entry_has_the_shape_that_the_agent_takes(string rule, string found) => Rules($"  - {rule}").Single(finding => finding.Severity == AppSpecSeverity.Error).Word().Should().Be(found);

    [Theory]
    [InlineData("644")]
    [InlineData("'0644'")]
    [InlineData("\"4755\"")]
    [InlineData("7")]
    [InlineData("0")]
    public void One_to_four_octal_digits_are_a_mode(string mode) => Rules($"  - {{ object: /srv/site, mode: {mode} }}").Should().BeEmpty();

    [Theory]
    [InlineData("0644", "Warning Install 6:32 'mode' '0644' is '420' to YAML, and that is the mode that agents of version 1 set")]
    [InlineData("0755", "Error Parse 6:32 'mode' '0755' is '493' to YAML, which agents of version 1 refuse as a mode")]
    [InlineData("0o644", "Error Parse 6:32 'mode' is the value '0o644', not one to four digits from 0 to 7")]
    [InlineData("u+x", "Error Parse 6:32 'mode' is the value 'u+x', not one to four digits from 0 to 7")]
    [InlineData("888", "Error Parse 6:32 'mode' is the value '888', not one to four digits from 0 to 7")]
    [InlineData("'00644'", "Error Parse 6:32 'mode' is the value '00644', not one to four digits from 0 to 7")]
    [InlineData("644.0", "Error Parse 6:32 'mode' is the value '644.0', not one to four digits from 0 to 7")]
    [InlineData("[644]", "Error Parse 6:32 'mode' is a list, not one to four digits from 0 to 7")]
    public void What_YAML_makes_of_a_mode_counts(string mode, string found) => Rules($"  - {{ object: /srv/site, mode: {mode} }}").Single().Word().Should().Be(found);

    [Theory]
    [InlineData("/etc/nginx", "nothing is copied to '/etc/nginx', so nothing is set there")]
    [InlineData("/srv/sites", "nothing is copied to '/srv/sites', so nothing is set there")]
    [InlineData("/srv/site/js", "nothing is copied to '/srv/site/js', so nothing is set there")]
    public void Permissions_are_for_what_is_copied(string target, string what) => Rules($"  - {{ object: {target}, mode: 644 }}").Single().Word().Should().Be($"Warning Install 6:15 {what}");

    [Theory]
    [InlineData("/srv/site")]
    [InlineData("/srv/site/")]
    [InlineData("/srv")]
    [InlineData("/")]
    [InlineData("/srv/site/css")]
    [InlineData("/srv/site/index.html")]
    public void Folders_above_and_below_a_destination_have_what_was_copied_in_them(string target) => Rules($"  - {{ object: {target}, mode: 644 }}").Should().BeEmpty();

    [Fact]
    public void Without_a_listing_an_object_that_no_destination_has_anything_to_do_with_is_still_found()
    {
        var findings = Checked.Sections($"{Files}permissions:\n  - object: /etc/nginx\n  - object: /srv/site/js\n");

        findings.Should().ContainSingle().Which.Line.Should().Be(6);
    }

    [Theory]
    [InlineData("/srv/site", "*.css")]
    [InlineData("/srv", "*.html")]
    public void A_pattern_reaches_one_level(string target, string pattern) =>
        Rules($"  - {{ object: {target}, pattern: '{pattern}', mode: 644 }}").Single().What.Should().Be($"nothing below '{target}' matches, so nothing is set");

    [Theory]
    [InlineData("/srv/site", "*.html")]
    [InlineData("/srv/site", "index*")]
    [InlineData("/srv/site", "css")]
    public void A_star_stands_for_letters_of_a_name(string target, string pattern) => Rules($"  - {{ object: {target}, pattern: '{pattern}', mode: 644 }}").Should().BeEmpty();

    [Fact]
    public void A_pattern_with_a_slash_matches_nothing() =>
        Rules("  - { object: /srv/site, pattern: '**/*.css', mode: 644 }").Select(finding => finding.What).Should().Equal(
            "'pattern' '**/*.css' has a slash, so it matches nothing", "nothing below '/srv/site' matches, so nothing is set");

    [Theory]
    [InlineData("pattern: '*'", "'object' '/srv/site/index.html' is a file, and 'pattern' is for folders")]
    [InlineData("except: [a]", "'object' '/srv/site/index.html' is a file, and 'except' is for folders")]
    public void A_file_takes_no_pattern_and_no_exceptions(string key, string what) =>
        Rules($"  - {{ object: /srv/site/index.html, mode: 644, {key} }}").Single().Should().Match<AppSpecFinding>(finding => finding.Severity == AppSpecSeverity.Error && finding.Stage == AppSpecStage.Install && finding.What == what);

    [Fact]
    public void A_file_whose_type_is_not_file_gets_nothing() =>
        Rules("  - { object: /srv/site/index.html, mode: 644, type: [directory] }").Single().Severity.Should().Be(AppSpecSeverity.Warning);

    [Theory]
    [InlineData("  - { object: /srv/site, mode: 644 }\n  - { object: /srv/site/css, mode: 755 }", "Error Install 7:5 the permissions of '/srv/site/css/main.css' are set by the entry of line 6 too")]
    [InlineData("  - { object: /srv/site, mode: 644, type: [file] }\n  - { object: /srv/site/index.html, mode: 600 }", "Error Install 7:5 the permissions of '/srv/site/index.html' are set by the entry of line 6 too")]
    [InlineData("  - { object: /srv/site, mode: 755, type: [directory] }\n  - { object: /srv, mode: 700, type: [directory] }", "Warning Install 7:5 the permissions of '/srv/site/css' are set by the entry of line 6 too, where that folder is not there already")]
    public void Nothing_is_set_twice(string rules, string found) => Rules(rules).Single().Word().Should().Be(found);

    [Theory]
    [InlineData("  - { object: /srv/site, mode: 644, type: [file] }\n  - { object: /srv/site, mode: 755, type: [directory] }")]
    [InlineData("  - { object: /srv/site, pattern: '*.html', mode: 644 }\n  - { object: /srv/site, except: ['*.html'], mode: 600, type: [file] }")]
    public void Types_patterns_and_exceptions_keep_entries_apart(string rules) => Rules(rules).Should().BeEmpty();

    [Theory]
    [InlineData("object: /srv/site, owner: 1000", "Error Install 6:33 'owner' is the number '1000', and the agent takes names only")]
    [InlineData("object: /srv/site/index.html, group: 33", "Error Install 6:44 'group' is the number '33', and the agent takes names only")]
    public void Owners_are_names(string rule, string found) => Rules($"  - {{ {rule} }}").Single().Word().Should().Be(found);

    [Fact]
    public void Windows_has_no_permissions() =>
        Checked.File("version: 0.0\nos: windows\nfiles: []\npermissions:\n  - object: c:\\site").Single().Word().Should().Be("Error Parse 5:3 'permissions' are for Linux only, and 'os' is windows");

    [Fact]
    public void A_list_of_thousands_of_entries_is_looked_through_in_bounded_time()
    {
        var bundle = Checked.Bundle([.. Enumerable.Range(0, 20_000).Select(number => Checked.Entry($"site/{number}"))]);
        var rules = string.Concat(Enumerable.Range(0, 5_000).Select(number => $"  - {{ object: /srv/site, pattern: '{number}*a*b*c', mode: 644 }}\n"));

        Rules(rules, bundle).Should().BeEmpty();
    }
}
