using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.EndToEnd.Tests;

/// <summary>An instance's words are shown and can do nothing.</summary>
public sealed class HostileScriptTests(Cloud cloud) : IClassFixture<Cloud>
{
    /// <summary>The commit's title is hostile too; it stands in the plan.</summary>
    private const string Title = "Be hostile";

    private static readonly string[] OwnCommands = ["add-mask", "group", "endgroup", "stop-commands", "error", "warning"];

    [Fact]
    public async Task What_a_failing_script_prints_is_shown_and_never_obeyed()
    {
        var application = cloud.TakeApplication();
        var job = await cloud.JobAsync("hostile");

        var step = await job.For(application).RunAsync("deploy", "--deployment-group", "gray");

        step.ExitCode.Should().Be(1, "{0}", step);
        step.Outcome.Should().Be("failed");
        step.Log.Shown.Should().Contain(line => line.Contains("the database did not answer"));
        step.Log.Text.Should().ContainAll("hostile-error", "hostile-command", "hostile-stderr", "hooks/validate.sh", "ValidateService");
        step.Log.Obeyed.Select(command => command.Name).Should().BeSubsetOf(OwnCommands);
        step.Log.Obeyed.Should().NotContain(command => command.Properties.Values.Append(command.Data).Any(text => text.Contains("hostile")));
        step.Log.IsOpen.Should().BeFalse("the runner must obey again when the script's words are over");
        step.Errors.Should().BeEmpty();
        step.Output.Should().NotContain("\e").And.NotContain("\a");
        step.Outputs.Should().NotContainKey("hostile");
        step.Log.Obeyed.Count(command => command.Name == "group").Should().Be(step.Log.Obeyed.Count(command => command.Name == "endgroup"));
    }

    /// <summary>Even where the words stood alone they would be harmless: each line is neutral in itself, beside being between the two tokens.</summary>
    [Fact]
    public async Task The_words_are_neutral_and_between_tokens_that_differ_each_time()
    {
        var application = cloud.TakeApplication();
        var job = await cloud.JobAsync("hostile");

        var step = await job.For(application).RunAsync("deploy", "--deployment-group", "gray");

        var hostile = step.Log.Shown.Where(line => line.Contains("hostile-")).ToList();
        hostile.Should().NotBeEmpty();
        hostile.Where(line => Runner.Command.TryParse(line, "hostile-token", out _)).Should().BeEmpty();
        hostile.Where(line => !line.Contains(Title)).Should().BeSubsetOf(step.Log.Stopped);
        var tokens = step.Log.Obeyed.Where(command => command.Name == "stop-commands").Select(command => command.Data).ToList();
        tokens.Should().NotBeEmpty().And.OnlyHaveUniqueItems().And.OnlyContain(token => token.Length >= 32);
    }

    [Fact]
    public async Task The_summary_keeps_its_form()
    {
        var application = cloud.TakeApplication();
        var job = await cloud.JobAsync("hostile");

        var step = await job.For(application).RunAsync("deploy", "--deployment-group", "gray");

        var (outside, blocks) = Divide(step.Summary);
        blocks.Should().ContainSingle(block => block.Contains("the database did not answer"), "instances that failed alike are told once");
        foreach (var block in blocks.Where(block => block.Contains("hostile-error")))
        {
            block.Should().ContainAll("</details>", "@dana", "```\n");
        }

        outside.Should().NotContain("hostile-error").And.NotContain("<img").And.NotContain("hostile.example").And.NotContain("@dana").And.NotContain("~~~");
        Count(outside, "<details>").Should().Be(Count(outside, "</details>")).And.BeGreaterThan(0);
        step.Summary.Should().NotContain("\e");
    }

    /// <summary>
    /// The summary outside of fenced blocks, and the blocks, by CommonMark: a fence ends with a line of nothing but at least as many of its characters.
    /// </summary>
    private static (string Outside, IReadOnlyList<string> Blocks) Divide(string markdown)
    {
        var (outside, blocks, fence) = (new List<string>(), new List<string>(), (string?)null);
        foreach (var line in markdown.Split('\n'))
        {
            var run = line.TrimStart(' ').TakeWhile(letter => letter == '`').Count();
            if (fence is null && run >= 3)
            {
                fence = new string('`', run);
                blocks.Add("");
            }
            else if (fence is not null && run >= fence.Length && line.Trim().Length == run)
            {
                fence = null;
            }
            else if (fence is null)
            {
                outside.Add(line);
            }
            else
            {
                blocks[^1] += $"{line}\n";
            }
        }

        fence.Should().BeNull("every fence is closed");
        return (string.Join('\n', outside), blocks);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
