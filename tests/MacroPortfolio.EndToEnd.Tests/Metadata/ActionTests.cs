using System.Reflection;
using System.Text.RegularExpressions;
using CommandLine;
using MacroPortfolio.Action.Reporters;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;
using NodaTime;

namespace MacroPortfolio.EndToEnd.Tests.Metadata;

/// <summary>The actions say what the program does: their inputs are its options, their outputs what it writes.</summary>
public sealed class ActionTests
{
    public const string PostEntrypoint = "/macro-portfolio-post";

    public static TheoryData<string> Verbs => [.. Repository.Verbs.Select(verb => verb.Name)];

    [Fact]
    public void Every_verb_is_an_action_and_every_action_a_verb()
    {
        var siblings = Directory.GetDirectories(Path.Combine(Repository.Root, "action")).Select(folder => Path.GetFileName(folder)!);

        siblings.Append("deploy").Should().BeEquivalentTo(Repository.Verbs.Select(verb => verb.Name));
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Inputs_with_their_help_and_defaults_are_the_options(string verb)
    {
        var action = Repository.ReadYaml(Repository.PathOfAction(verb));
        var options = Repository.Verbs.Single(known => known.Name == verb).Options.GetProperties()
            .Select(property => property.GetCustomAttribute<OptionAttribute>())
            .OfType<OptionAttribute>();

        var inputs = action["inputs"].Pairs
            .Select(input => (input.Key, input.Value["description"].Text, input.Value["default"].Text, input.Value["required"].Text == "true"));

        inputs.Should().BeEquivalentTo(options
            .Select(option => (option.LongName, option.HelpText, DefaultOf(option), option.HelpText.EndsWith(" Required.", StringComparison.Ordinal))));
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Outputs_are_those_that_the_program_writes(string verb)
    {
        var action = Repository.ReadYaml(Repository.PathOfAction(verb));
        var written = await WrittenOutputsAsync();

        action["outputs"].Keys.Should().Equal(written);
        action["outputs"].Pairs.Should().OnlyContain(output => output.Value.Keys.Single() == "description");
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void The_output_outcome_names_every_outcome(string verb)
    {
        var words = Enum.GetValues<Outcome>().Select(outcome => outcome.Word()).ToList();
        var described = Repository.ReadYaml(Repository.PathOfAction(verb))["outputs"]["outcome"]["description"].Text;

        described.Should().Be($"How the run ended: {string.Join(", ", words[..^1])} or {words[^1]}.");
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void No_caller_can_replace_the_entrypoint_or_the_arguments(string verb)
    {
        var runs = Repository.ReadYaml(Repository.PathOfAction(verb))["runs"];

        runs["using"].Text.Should().Be("docker");
        runs["entrypoint"].Text.Should().Be(Dockerfile.Read().Entrypoint.Should().ContainSingle().Subject);
        runs["args"].Items.Select(argument => argument.Text).Should().Equal(verb);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Whatever_deploys_has_a_post_stage_that_runs_in_any_case(string verb)
    {
        var runs = Repository.ReadYaml(Repository.PathOfAction(verb))["runs"];

        (runs["post-entrypoint"].Text, runs["post-if"].Text).Should().Be(verb is "status" or "push" or "check" ? (null, null) : (PostEntrypoint, "always()"));
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Every_action_is_built_from_the_one_Dockerfile(string verb)
    {
        var path = Repository.PathOfAction(verb);

        var image = Path.Combine(Repository.Root, Path.GetDirectoryName(path)!, Repository.ReadYaml(path)["runs"]["image"].Text!);

        Path.GetFullPath(image).Should().Be(Path.Combine(Repository.Root, "Dockerfile"));
    }

    [Fact]
    public void The_Marketplace_is_told_what_this_is_in_the_length_that_it_shows()
    {
        var action = Repository.ReadYaml("action.yml");

        action["name"].Text.Should().ContainAll("CodeDeploy", "gray release", "OIDC");
        action["description"].Text.Should().ContainAll("CodeDeploy", "gray release", "OIDC").And.Match(text => text.Length <= 125);
        action["branding"].Keys.Should().BeEquivalentTo("icon", "color");
    }

    /// <summary>The runner gives a container no token by itself, so the actions hand over the job's.</summary>
    private static string? DefaultOf(OptionAttribute option) => option.LongName == "github-token" ? "${{ github.token }}" : (string?)option.Default;

    private static async Task<IReadOnlyList<string>> WrittenOutputsAsync()
    {
        var file = Path.GetTempFileName();
        try
        {
            var region = new RegionName("eu-west-1");
            var nothingDone = new RunReport(Outcome.Held, "promote", "macro-portfolio", region, "", "", Instant.MinValue, Instant.MinValue, []);
            await new OutputReporter(file, resultFile: null, text => text).ReportAsync(new RunEvent.Ended(nothingDone), CancellationToken.None);
            var text = await File.ReadAllTextAsync(file);
            return [.. Regex.Matches(text, "^([a-z-]+)<<", RegexOptions.Multiline).Select(match => match.Groups[1].Value)];
        }
        finally
        {
            File.Delete(file);
        }
    }
}
