using CsCheck;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;
using NodaTime;

namespace MacroPortfolio.Core.Tests.Reporting;

public sealed class TimelineTests
{
    [Fact]
    public void Each_instance_is_a_section_and_each_event_a_bar() =>
        Approved.Match(Timeline.Render("gray d-GRAY00000", [Some.Good("i-0a1"), Some.Failed("i-0a2"), Some.Good("i-0a3", "InProgress"), Some.Good("i-0a4", "Pending")]));

    [Fact]
    public void Names_keep_nothing_that_means_something_to_mermaid() => PlainTextTests.Tricky.Sample(text =>
    {
        var target = new Target(text, "Succeeded", [new TargetEvent(text, text, Some.Noon, Some.Noon, null)]);

        var chart = Timeline.Render(text, [target]).Split('\n');

        chart.Should().HaveCount(9);
        (chart[0], chart[7]).Should().Be(("```mermaid", "```"));
        chart[1..7].Should().OnlyContain(line => !line.Any(letter => ";`#\"<>{}()[]|\\%".Contains(letter)) || line.StartsWith("    axisFormat %H:%M:%S", StringComparison.Ordinal));
        chart[6].Count(letter => letter == ':').Should().Be(1);
        chart[6].Count(letter => letter == ',').Should().BeInRange(1, 2);
    });

    [Theory]
    [InlineData("click here")]
    [InlineData("SECTION two")]
    [InlineData("gantt")]
    [InlineData("2026-10-15")]
    public void An_event_that_is_called_like_a_word_of_mermaid_is_no_such_word(string name) =>
        Timeline.Render("gray", [new Target("i-1", "Succeeded", [new TargetEvent(name, "Succeeded", Some.Noon, Some.Noon, null)])]).Should().Contain($"\n    - {name} :done, ");

    [Fact]
    public void A_time_that_no_clock_shows_is_a_time_for_mermaid_too() =>
        Timeline.Render("gray", [new Target("i-1", "Succeeded", [new TargetEvent("Install", "Succeeded", Instant.MinValue, Instant.MaxValue, null)])]).Should().Contain(":done, 0, 253402300799999\n");

    [Fact]
    public void A_name_of_which_nothing_is_left_is_unnamed() =>
        Timeline.Render("[]", [Some.Good("::")]).Should().Contain("title unnamed").And.Contain("section unnamed");

    [Fact]
    public void What_has_not_begun_is_left_out()
    {
        var waiting = new Target("i-2", "Pending", [new TargetEvent("ApplicationStop", "Pending", null, null, null)]);

        Timeline.Render("gray", [Some.Good("i-1"), waiting]).Should().Contain("i-1").And.NotContain("i-2");
        Timeline.Render("gray", [waiting]).Should().BeEmpty();
        Timeline.Render("gray", []).Should().BeEmpty();
    }

    private static Target At(int number, int began, int ended, string status = "Succeeded") =>
        new($"i-{number}", status, [new TargetEvent("Install", status, Some.Noon + Duration.FromSeconds(began), Some.Noon + Duration.FromSeconds(ended), null)]);

    [Fact]
    public void More_instances_than_can_be_read_are_shown_by_batch()
    {
        var targets = Enumerable.Range(0, 30).Select(number => At(number, number / 10 * 60, (number / 10 * 60) + 50 + (number % 10), number == 17 ? "Failed" : "Succeeded"));

        Approved.Match(Timeline.Render("gray d-GRAY00000", [.. targets]));
    }

    [Theory]
    [InlineData(24, 24)]
    [InlineData(25, 13)]
    [InlineData(1_000, 24)]
    public void The_chart_never_has_more_rows_than_can_be_read(int oneAfterAnother, int rows) =>
        Timeline.Render("gray", [.. Enumerable.Range(0, oneAfterAnother).Select(number => At(number, number * 60, (number * 60) + 50))]).Split('\n')
            .Count(line => line.Contains("section", StringComparison.Ordinal)).Should().Be(rows);

    [Fact]
    public void An_event_that_took_no_time_can_be_seen_all_the_same()
    {
        var quick = new Target("i-1", "Succeeded",
        [
            new TargetEvent("Install", "Succeeded", Some.Noon, Some.Noon, null),
            new TargetEvent("ValidateService", "Succeeded", Some.Noon, Some.Noon + Duration.FromSeconds(200), null),
        ]);

        Timeline.Render("gray", [quick]).Should().Contain($"{Some.Noon.ToUnixTimeMilliseconds()}, {Some.Noon.ToUnixTimeMilliseconds() + 1000}");
    }
}
