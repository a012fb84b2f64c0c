using System.Globalization;
using System.Text;
using MacroPortfolio.Action.Reporters;
using MacroPortfolio.Action.Runner;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Reporting;
using MacroPortfolio.EndToEnd.Tests.Runner;

namespace MacroPortfolio.Hostile.Tests;

/// <summary>What a runner obeys of our log, and a terminal, is what we meant, whatever the texts in it say.</summary>
public sealed class LogTests
{
    /// <summary>Of any line, commands with their escapes and lines to copy too.</summary>
    private const int LongestLine = 32_768;

    /// <summary>Letters that no line may have, whoever sent them: beside these, what turns the direction of text or cannot be seen.</summary>
    private static readonly UnicodeCategory[] Never = [UnicodeCategory.Control, UnicodeCategory.LineSeparator, UnicodeCategory.ParagraphSeparator, UnicodeCategory.Surrogate];

    private static readonly int[] Misleading = [0x61c, 0x200b, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069, 0xfeff];

    [Fact]
    public void A_runner_obeys_the_commands_that_we_meant_and_shows_the_lines_that_we_wrote() => Atoms.Texts.Hold(
        texts =>
        {
            var hostile = RunnerLog.Read(Log(Story.Of(texts).Events, inActions: true));
            var harmless = RunnerLog.Read(Log(Story.Harmless(texts).Events, inActions: true));

            Same(Names(harmless), Names(hostile));
            hostile.Refused.Should().BeEmpty();
            hostile.IsOpen.Should().BeFalse();
            var (shown, meant) = (hostile.Shown.Count - hostile.Stopped.Count, harmless.Shown.Count - harmless.Stopped.Count);
            shown.Should().Be(meant, "no text makes a line of its own");
            foreach (var command in hostile.Obeyed.Where(command => command.Name is "error" or "warning"))
            {
                command.Properties.Keys.Should().BeSubsetOf(["title", "file", "line"]);
                command.Properties.Values.Append(command.Data).Should().NotContain(text => text.Contains('\n') || text.Contains('\r'));
            }
        },
        few: 100,
        share: 0.05);

    [Fact]
    public void Between_the_tokens_each_line_is_harmless_in_itself() => Atoms.Texts.Hold(
        texts =>
        {
            var log = RunnerLog.Read(Log(Story.Of(texts).Events, inActions: true));

            log.Stopped.Where(line => Command.TryParse(line, "token", out _)).Should().BeEmpty();
        },
        few: 100,
        share: 0.05);

    [Fact]
    public void A_terminal_is_sent_no_control_character_and_no_endless_line() => Atoms.Texts.Hold(
        texts =>
        {
            foreach (var line in $"{Log(Story.Of(texts).Events, inActions: true)}\n{Log(Story.Of(texts).Events, inActions: false)}".Split('\n'))
            {
                Harmless(line);
            }
        },
        few: 100,
        share: 0.05);

    [Fact]
    public void What_status_says_has_a_line_for_each_stage_and_no_other() => Atoms.Texts.Hold(
        texts =>
        {
            foreach (var format in Enum.GetValues<StatusFormat>())
            {
                var (hostile, harmless) = (Status(Story.Of(texts), format), Status(Story.Harmless(texts), format));

                hostile.Split('\n').Length.Should().Be(harmless.Split('\n').Length);
                RunnerLog.Read(hostile).Obeyed.Should().BeEmpty();
                foreach (var line in hostile.Split('\n'))
                {
                    // A document for programs is one line, however long.
                    Harmless(line, format == StatusFormat.Json ? int.MaxValue : LongestLine);
                }
            }
        },
        few: 100,
        share: 0.05);

    [Fact]
    public void Any_text_at_any_place_of_a_line_is_harmless() => Atoms.Text.Hold(
        text =>
        {
            foreach (var line in PlainText.Lines(text).Append(PlainText.Line(text)))
            {
                Harmless(line, LongestLine * 8);
                Command.TryParse(line, "token", out _).Should().BeFalse();
                PlainText.Line(line).Should().Be(line);
            }
        },
        few: 500);

    internal static string Log(IEnumerable<RunEvent> events, bool inActions)
    {
        var output = new StringWriter { NewLine = "\n" };
        var environment = new RunnerEnvironment(new Dictionary<string, string> { ["GITHUB_ACTIONS"] = inActions ? "true" : "", ["GITHUB_REPOSITORY"] = "acme/site" });
        var reporter = new LogReporter(new Log(output, environment, TimeProvider.System));
        foreach (var happened in events)
        {
            reporter.ReportAsync(happened, CancellationToken.None).GetAwaiter().GetResult();
        }

        return output.ToString();
    }

    private static string Status(Story story, StatusFormat format) => StatusReport.Render(new("macro-portfolio"), Core.Tests.Some.Region, story.Stages, format);

    /// <summary>The commands in their order; a token is a command of its own, and each time another.</summary>
    private static List<string> Names(RunnerLog log) => [.. log.Obeyed.Select(command => command.Name)];

    private static void Same(List<string> meant, List<string> obeyed)
    {
        if (!meant.SequenceEqual(obeyed))
        {
            obeyed.Should().Equal(meant);
        }
    }

    private static void Harmless(string line, int longest = LongestLine)
    {
        if (line.Length > longest)
        {
            line.Length.Should().BeLessOrEqualTo(longest);
        }

        foreach (var rune in line.EnumerateRunes())
        {
            if (Never.Contains(Rune.GetUnicodeCategory(rune)) || Misleading.Contains(rune.Value))
            {
                throw new InvalidOperationException($"U+{rune.Value:X4} is in the line '{line}'");
            }
        }
    }
}
