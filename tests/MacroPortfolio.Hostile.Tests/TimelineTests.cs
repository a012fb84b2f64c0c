using CsCheck;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;
using MacroPortfolio.Hostile.Tests.Judges;
using NodaTime;

namespace MacroPortfolio.Hostile.Tests;

/// <summary>The picture of a deployment stays one chart of ours, whatever instances and events are called and whenever they say that they ran.</summary>
public sealed class TimelineTests
{
    /// <summary>Anywhere in what a time can be, mostly within minutes of one another.</summary>
    private static readonly Gen<Instant?> Time = Gen.Frequency<Instant?>(
        (8, Gen.Int[0, 600].Select(seconds => (Instant?)Core.Tests.Some.Noon.Plus(Duration.FromSeconds(seconds)))),
        (1, Atoms.Any<Instant?>(null, Instant.MinValue, Instant.MaxValue, NodaConstants.UnixEpoch)),
        (1, Gen.Long[-62_135_596_800, 253_402_300_799].Select(seconds => (Instant?)Instant.FromUnixTimeSeconds(seconds))));

    private static readonly Gen<Target> Instance = Gen.Select(
        Atoms.Text, Status(), Gen.Select(Atoms.Text, Status(), Time, Time, (name, status, began, ended) => new TargetEvent(name, status, began, ended, null)).Array[0, 4], (id, status, events) => new Target(id, status, events));

    [Fact]
    public void It_is_one_chart_with_a_bar_for_each_event_that_began() => Gen.Select(Atoms.Text, Instance.Array[1, 5]).Hold(
        sample =>
        {
            var chart = Timeline.Render(sample.Item1, sample.Item2);
            var begun = sample.Item2.Where(target => target.Started is not null).ToList();
            if (begun.Count == 0)
            {
                chart.Should().BeEmpty();
                return;
            }

            var read = Gantt.Read(Inside(chart));

            read.Sections.Should().Be(begun.Count);
            read.Bars.Should().HaveCount(begun.Sum(target => target.Events.Count(step => step.Started is not null)));
            read.Bars.Where(bar => bar.Began >= bar.Ended).Should().BeEmpty();
        },
        few: 300,
        share: 0.4);

    [Fact]
    public void A_large_fleet_is_one_chart_of_its_batches() => Gen.Select(Atoms.Text, Instance.Array[25, 60]).Hold(
        sample =>
        {
            var chart = Timeline.Render(sample.Item1, sample.Item2);

            (chart.Length == 0 || Gantt.Read(Inside(chart)).Sections is > 0 and <= 24).Should().BeTrue();
            chart.Length.Should().BeLessThan(100_000);
        },
        few: 40,
        share: 0.05);

    private static Gen<string> Status() => Gen.Frequency((4, Atoms.Any("Succeeded", "Failed", "InProgress", "Pending")), (1, Atoms.Text));

    private static string Inside(string block)
    {
        var lines = block.TrimEnd('\n').Split('\n');
        (lines[0], lines[^1]).Should().Be(("```mermaid", "```"));
        return string.Join('\n', lines[1..^1]);
    }
}
