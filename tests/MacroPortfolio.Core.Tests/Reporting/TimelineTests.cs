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
        chart[1..7].Should().OnlyContain(line => !line.Any(letter => ";`#\"<>{}()[]|\\%".Contains(letter)) || line == "    axisFormat %H:%M:%S");
        chart[6].Count(letter => letter == ':').Should().Be(1);
        chart[6].Count(letter => letter == ',').Should().BeInRange(1, 2);
    });

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

    [Fact]
    public void More_instances_than_can_be_read_make_no_chart()
    {
        Timeline.Render("gray", [.. Enumerable.Range(0, 24).Select(number => Some.Good($"i-{number}"))]).Should().NotBeEmpty();
        Timeline.Render("gray", [.. Enumerable.Range(0, 25).Select(number => Some.Good($"i-{number}"))]).Should().BeEmpty();
    }

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
