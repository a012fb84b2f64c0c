using CsCheck;
using MacroPortfolio.Action.Reporters;
using MacroPortfolio.Action.Runner;
using MacroPortfolio.Core.Reporting;
using MacroPortfolio.EndToEnd.Tests.Runner;

namespace MacroPortfolio.Hostile.Tests;

/// <summary>What a runner reads of GITHUB_OUTPUT and GITHUB_STATE are the names that we wrote, each with its value.</summary>
public sealed class FileCommandTests
{
    private static readonly string[] Names =
        ["outcome", "deployment-id", "deployment-ids", "revision", "previous-revision", "status", "console-url", "duration-seconds", "failed-instances", "result"];

    [Fact]
    public void Values_come_back_as_they_were_and_none_adds_a_name() => Atoms.Text.Array[1, 6].Hold(
        values =>
        {
            var written = string.Concat(values.Select((value, index) => FileCommands.Output($"name-{index}", value)));

            var read = CommandFile.Parse(written);

            read.Keys.Should().Equal(values.Select((_, index) => $"name-{index}"));
            read.Values.Should().Equal(values);
        },
        few: 500);

    [Fact]
    public Task A_run_writes_its_outputs_and_no_other() => Atoms.Texts.HoldAsync(
        async texts =>
        {
            var file = Path.GetTempFileName();
            try
            {
                var reporter = new OutputReporter(file, null, text => text);
                var story = Story.Of(texts);
                foreach (var happened in story.Events)
                {
                    await reporter.ReportAsync(happened, CancellationToken.None);
                }

                var read = await CommandFile.ReadAsync(file);

                read.Keys.Should().BeEquivalentTo(Names);
                read["outcome"].Should().Be(Core.Releases.Outcomes.Word(story.Report.Outcome));
                using var record = System.Text.Json.JsonDocument.Parse(read["result"]);
                record.RootElement.GetProperty("outcome").GetString().Should().Be(read["outcome"]);
            }
            finally
            {
                File.Delete(file);
            }
        },
        few: 60,
        share: 0.02);

    [Fact]
    public void The_record_is_one_line_of_JSON_and_never_more_than_an_output_takes() => Gen.Select(Atoms.Texts, Gen.Int[1, 400]).Hold(
        sample =>
        {
            var line = ResultRecord.Render(Story.Of([.. sample.Item1.Select(text => string.Concat(Enumerable.Repeat(text, sample.Item2)))]).Report);

            System.Text.Encoding.UTF8.GetByteCount(line).Should().BeLessOrEqualTo(64 * 1024);
            line.Any(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029').Should().BeFalse();
            line.Should().NotContain("##[");
            using var record = System.Text.Json.JsonDocument.Parse(line);
            record.RootElement.GetProperty("schema").GetInt32().Should().Be(1);
        },
        few: 100,
        share: 0.01);
}
