using CsCheck;
using MacroPortfolio.Action.Yaml;
using MacroPortfolio.Core.Planning.AppSpec;
using MacroPortfolio.Core.Reporting;
using MacroPortfolio.Simulator.Fleet;
using MacroPortfolio.Simulator.Fleet.Agent;
using AppSpecFile = MacroPortfolio.Core.Planning.AppSpec.AppSpecFile;

namespace MacroPortfolio.Hostile.Tests;

/// <summary>
/// The check of AppSpec files and the simulator's agent are two readings of one source. What the agent refuses when it reads a file is an error of that stage, and what it takes has none.
/// Two things are known to differ: a file for Windows is refused by the simulator because its instances are Linux; timeouts of more than an hour it refuses as the user guide says, where the agent's source has no such rule.
/// </summary>
public sealed class AppSpecCheckTests
{
    private const string Head = "version: 0.0\nos: linux\n";

    /// <summary>For one file, of which the longest here are some 100 KB.</summary>
    private const long MostBytes = 200_000_000;

    private static readonly string[] Values =
    [
        "", "~", "null", "true", "no", "0", "0.0", "1", "644", "0644", "0755", "08", "'0644'", "-5", "3600", "5m", "'300'", "2.5", "7.0", "text", "'text'", "' '", "''", "/srv", "linux", "Linux", "RETAIN", "file", "[]", "[file]", "[file, socket]", "[a, [b]]",
        "[~]", "{}", "{ type: t }", "{ a: b }", "[{ location: a.sh }]", "[{ location: a.sh, timeout: 0 }]", "[{ source: a }]", "[{ object: /srv, mode: 9 }]", "[u:a:r]", "**", "'**'", "*.sh", "&a [x]", "*a", "!x y", "\"\\q\"", "- a", "a: b", "\ta", "yes", "off", "on",
        ".", "0.", ".0", "-0.0", "+0", "00", "007", "0.0.0", "1e3", "DISALLOW", "windows ", "# a comment",
    ];

    private static readonly string[] Keys = ["version", "os", "file_exists_behavior", "files", "permissions", "hooks", "Resources", "x"];
    private static readonly string[] FileKeys = ["source", "destination", "overwrite"];
    private static readonly string[] RuleKeys = ["object", "pattern", "except", "owner", "group", "mode", "acls", "context", "type"];
    private static readonly string[] ScriptKeys = ["location", "timeout", "runas", "sudo"];
    private static readonly string[] Events = ["ApplicationStop", "BeforeInstall", "AfterInstall", "ApplicationStart", "ValidateService", "DownloadBundle", "afterinstall", "timeout"];

    private static readonly Gen<string> Value = Atoms.Any(Values);

    [Theory]
    [InlineData("")]
    [InlineData("words")]
    [InlineData("- a")]
    [InlineData("version: 0.0")]
    [InlineData("version: 0.0\nos: linux")]
    [InlineData("version: 0\nos: linux")]
    [InlineData("version: '0.0'\nos: linux")]
    [InlineData("version: 1.0\nos: linux")]
    [InlineData("version: 0.0\nos: Linux")]
    [InlineData("version: 0.0\nos: [linux]")]
    [InlineData("\uFEFFversion: 0.0\nos: 'linux'")]
    [InlineData("version: 0.0\nos: windows\nos: linux")]
    [InlineData("version: 0.0\nos: linux\nos: windows8")]
    [InlineData("version: 0.0\nResources: []")]
    [InlineData("version: 0.0\nos: linux\nResources: []")]
    [InlineData("version: 0.0\nos: linux\n---\nversion: 1")]
    [InlineData("version: 0.0\nos: linux\n---\n]")]
    [InlineData(Head + "\tfiles: []")]
    [InlineData(Head + "files: [")]
    [InlineData(Head + "files: false")]
    [InlineData(Head + "files: ''")]
    [InlineData(Head + "files: {}")]
    [InlineData(Head + "files: [~]")]
    [InlineData(Head + "files: [a]")]
    [InlineData(Head + "files: [{ source: a }]")]
    [InlineData(Head + "files: [{ destination: a }]")]
    [InlineData(Head + "files: [{ source: 1, destination: 2 }]")]
    [InlineData(Head + "files: [{ source: [], destination: {} }]")]
    [InlineData(Head + "files: [{ source: ~, destination: /srv }]")]
    [InlineData(Head + "files: [{ source: a, source: ~, destination: /srv }]")]
    [InlineData(Head + "file_exists_behavior: retain")]
    [InlineData(Head + "file_exists_behavior: RETAIN")]
    [InlineData(Head + "file_exists_behavior: no")]
    [InlineData(Head + "file_exists_behavior:")]
    [InlineData(Head + "permissions: [{ mode: 644 }]")]
    [InlineData(Head + "permissions: [{ object: '' }]")]
    [InlineData(Head + "permissions: [{ object: no }]")]
    [InlineData(Head + "permissions: [{ object: /srv, type: file }]")]
    [InlineData(Head + "permissions: [{ object: /srv, type: [] }]")]
    [InlineData(Head + "permissions: [{ object: /srv, type: [socket] }]")]
    [InlineData(Head + "permissions: [{ object: /srv, type: no }]")]
    [InlineData(Head + "permissions: [{ object: /srv, except: a }]")]
    [InlineData(Head + "permissions: [{ object: /srv, except: [1] }]")]
    [InlineData(Head + "permissions: [{ object: /srv, pattern: ** }]")]
    [InlineData(Head + "permissions: [{ object: /srv, mode: 0644 }]")]
    [InlineData(Head + "permissions: [{ object: /srv, mode: 0755 }]")]
    [InlineData(Head + "permissions: [{ object: /srv, mode: '0755' }]")]
    [InlineData(Head + "permissions: [{ object: /srv, mode: 7.0 }]")]
    [InlineData(Head + "permissions: [{ object: /srv, mode: '' }]")]
    [InlineData(Head + "permissions: [{ object: /srv, mode: true }]")]
    [InlineData(Head + "permissions: [{ object: /srv, acls: a }]")]
    [InlineData(Head + "permissions: [{ object: /srv, context: { name: a } }]")]
    [InlineData(Head + "permissions: [{ object: /srv, context: [type] }]")]
    [InlineData(Head + "hooks: []")]
    [InlineData(Head + "hooks: no")]
    [InlineData(Head + "hooks: { AfterInstall: ~ }")]
    [InlineData(Head + "hooks: { AfterInstall: [] }")]
    [InlineData(Head + "hooks: { AfterInstall: a.sh }")]
    [InlineData(Head + "hooks: { AfterInstall: [a.sh] }")]
    [InlineData(Head + "hooks: { AfterInstall: { location: a.sh } }")]
    [InlineData(Head + "hooks: { AfterInstall: ~, AfterInstall: [] }")]
    [InlineData(Head + "hooks: { Nowhere: [{ location: a.sh }] }")]
    [InlineData(Head + "hooks: { AfterInstall: [{ location: 5 }] }")]
    [InlineData(Head + "hooks: { AfterInstall: [{ location: a.sh, timeout: 90s }] }")]
    [InlineData(Head + "hooks: { AfterInstall: [{ location: a.sh, timeout: 0.5 }] }")]
    [InlineData(Head + "hooks: { AfterInstall: [{ location: a.sh, timeout: no }] }")]
    [InlineData(Head + "hooks: { AfterInstall: [{ location: a.sh, timeout: yes }] }")]
    [InlineData(Head + "hooks: { AfterInstall: &a [{ location: a.sh }], BeforeInstall: *a }")]
    [InlineData(Head + "x: &a { location: a.sh }\nhooks: { AfterInstall: [{ <<: *a, timeout: 5 }] }")]
    [InlineData(Head + "x: &a { timeout: 0 }\nhooks: { AfterInstall: [{ <<: *a, location: a.sh }] }")]
    public void Both_refuse_the_same(string text) => Agree(text);

    [Fact]
    public void Both_refuse_the_same_of_any_file() => Gen.OneOf(
            Section(Keys, Value).Select(text => text),
            Section(Keys, Value).Select(text => Head + text),
            Section(FileKeys, Value).Select(text => $"{Head}files:\n  -\n{Indented(text, 4)}"),
            Section(RuleKeys, Value).Select(text => $"{Head}permissions:\n  - object: /srv\n{Indented(text, 4)}"),
            Section(Events, Value).Select(text => $"{Head}hooks:\n{Indented(text, 2)}"),
            Section(ScriptKeys, Value).Select(text => $"{Head}hooks:\n  AfterInstall:\n    - location: a.sh\n{Indented(text, 6)}"))
        .Hold(Agree, few: 2_000);

    [Fact]
    public void Whatever_a_file_says_its_findings_are_lines_for_a_log_made_in_bounded_space() => Gen.OneOf(
            Atoms.Text,
            Atoms.Text.Select(text => $"{Head}files:\n  - source: {text}\n    destination: {text}\n"),
            Gen.Select(Atoms.Text, Value, (text, value) => $"{Head}{Quoted(text)}: {value}\nhooks:\n  {Quoted(text)}:\n    - {{ location: {Quoted(text)}, timeout: {value} }}\npermissions:\n  - {{ object: {Quoted(text)}, mode: {Quoted(text)}, owner: {value} }}\n"),
            Gen.Int[1, 200].Select(times => $"{Head}files:\n{string.Concat(Enumerable.Repeat("  - { source: /, destination: /srv/a }\n", times))}permissions:\n{string.Concat(Enumerable.Repeat("  - { object: /srv, mode: 644 }\n", times))}")).Hold(
        text =>
        {
            var bundle = new BundleListing([new BundleEntry.File("appspec.yml"), new BundleEntry.File(PlainText.Cut(text, 200)), .. Enumerable.Range(0, 500).Select(number => new BundleEntry.File($"a/{number}.sh", Executable: false))], _ => text);
            var before = GC.GetAllocatedBytesForCurrentThread();

            var findings = AppSpecCheck.Of(new AppSpecFile("appspec.yml", YamlText.Read(text)), bundle);

            findings.Where(finding => Line(finding.What) != finding.What || Line(finding.Fix) != finding.Fix || finding.What.Length + finding.Fix.Length > 2_000).Should().BeEmpty();
            findings.Where(finding => finding.Line < 1 || finding.Column < 1).Should().BeEmpty();
            (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(MostBytes);
        },
        few: 200,
        share: 0.1);

    private static void Agree(string text)
    {
        var agent = Refusal(text);
        var findings = AppSpecCheck.Of(new AppSpecFile("appspec.yml", YamlText.Read(text)), bundle: null);
        if (agent.Contains("operating system (windows)", StringComparison.Ordinal) || agent.Contains("add up to", StringComparison.Ordinal))
        {
            return;
        }

        var refused = findings.Where(finding => finding is { Severity: AppSpecSeverity.Error, Stage: AppSpecStage.Parse }).Select(finding => finding.What).ToList();
        (refused.Count > 0).Should().Be(agent.Length > 0, "the agent says '{0}' and the check '{1}'", agent, string.Join("; ", refused));
    }

    private static string Refusal(string text)
    {
        try
        {
            AppSpecParser.Parse(text);
            return "";
        }
        catch (AgentException ex)
        {
            return ex.Message;
        }
    }

    private static Gen<string> Section(string[] keys, Gen<string> value) =>
        Gen.Select(Atoms.Any(keys), value, (key, text) => $"{key}: {text}").Array[1, 4].Select(lines => string.Join('\n', lines));

    private static string Indented(string text, int by) => string.Join('\n', text.Split('\n').Select(line => new string(' ', by) + line));

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Line(string text) => PlainText.Line(text);
}
