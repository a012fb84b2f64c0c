using CsCheck;
using MacroPortfolio.Simulator.Fleet;
using MacroPortfolio.Simulator.Fleet.Agent;

namespace MacroPortfolio.Hostile.Tests;

/// <summary>Any AppSpec file is read or refused in the agent's words, in a bounded space: it is part of what is deployed, and whoever may push may write it.</summary>
public sealed class AppSpecTests
{
    /// <summary>For one file, of which the longest here are some 100 KB.</summary>
    private const long MostBytes = 100_000_000;

    private const string Right = """
        version: 0.0
        os: linux
        file_exists_behavior: OVERWRITE
        files:
          - source: /
            destination: /srv/site
        permissions:
          - object: /srv/site
            pattern: "**"
            owner: root
            mode: 0644
            type: [file, directory]
        hooks:
          ValidateService:
            - location: scripts/validate.sh
              timeout: 60
              runas: root
        """;

    private static readonly string[] Structures =
    [
        new('[', 20_000), new('{', 20_000), string.Concat(Enumerable.Repeat("- ", 20_000)), string.Concat(Enumerable.Repeat("? ", 20_000)), string.Concat(Enumerable.Repeat("{a: ", 20_000)), "version: &a [*a]", "version: *a", "? [a, b]\n: c", "0", "-1", "3601", "0x", "9999999999", "~", "true", "[]", "{}", "..", "../../etc", "/", "windows", "0.0", "'0'", "08", "7777", "88888", "<<: {version: 0.0}",
        Bomb(30, key: false), Bomb(30, key: true), $"version: {new string('9', 50_000)}", "version: 0777777777777777777", "version: -0", "version: .nan", "version: 1e5000", "version: !!float 0", "a: !x\nb: !!binary x", "--- 1\n--- 2", "%YAML 1.9\n---\n", "\0", "a:\n\tb",
    ];

    [Fact]
    public void Any_file_is_read_or_refused_in_a_bounded_space() => Gen.OneOf(
            Gen.Select(Gen.Int[0, 400], Gen.OneOf(Atoms.Text, Atoms.Any(Structures))).Array[1, 3].Select(changes => changes.Aggregate(Right, (text, change) => text.Insert(change.Item1 % text.Length, change.Item2))),
            Gen.Select(Gen.Int[0, 20], Gen.OneOf(Atoms.Text, Atoms.Any(Structures))).Array[1, 3].Select(changes => changes.Aggregate(Right, (text, change) => Replaced(text, change.Item1, change.Item2))),
            Atoms.Text,
            Atoms.Any(Structures)).Hold(
        text =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                var read = AppSpecParser.Parse(text);

                read.Files.Where(file => !file.Destination.StartsWith('/') || file.Destination.Split('/').Contains("..")).Should().BeEmpty();
                read.Permissions.Where(rule => !rule.Target.StartsWith('/')).Should().BeEmpty();
                read.Hooks.Values.SelectMany(scripts => scripts).Where(script => script.Timeout <= TimeSpan.Zero || script.Timeout > TimeSpan.FromHours(1)).Should().BeEmpty();
            }
            catch (AgentException ex)
            {
                ex.Message.Length.Should().BeInRange(1, 100_000);
            }

            (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(MostBytes);
        },
        few: 300,
        share: 0.1);

    /// <summary>Each line is twice the one before it.</summary>
    private static string Bomb(int lines, bool key) =>
        $"a0: &a0 x\n{string.Concat(Enumerable.Range(1, lines).Select(line => $"a{line}: &a{line} [*a{line - 1}, *a{line - 1}]\n"))}{(key ? $"? *a{lines}\n: x\n" : $"version: *a{lines}\n")}";

    private static string Replaced(string text, int line, string with)
    {
        var lines = text.Split('\n');
        var at = line % lines.Length;
        lines[at] = lines[at].IndexOf(':') is var colon and >= 0 ? $"{lines[at][..(colon + 1)]} {with}" : with;
        return string.Join('\n', lines);
    }
}
