using CsCheck;
using MacroPortfolio.Core.Releases;
using NodaTime;

namespace MacroPortfolio.Core.Tests.Releases;

public sealed class PollScheduleTests
{
    private const double FiveMinutes = 300;
    private const double TwoHours = 7_200;

    /// <summary>The seconds at which a deployment is looked at that goes well.</summary>
    private static readonly double[] Looks = [.. LooksUntil(TwoHours + 60)];

    private static IEnumerable<double> LooksUntil(double end)
    {
        var now = Duration.Zero;
        for (var looks = 0; now.TotalSeconds < end; looks++)
        {
            now += PollSchedule.Next(looks, now, troubles: 0);
            yield return now.TotalSeconds;
        }
    }

    /// <summary>From the end of a deployment to the next look, on average over all ends between the two seconds.</summary>
    private static double MeanLag(double from, double to)
    {
        var pauses = Looks.Prepend(0).Zip(Looks).Select(pause => (From: Math.Max(pause.First, from), To: Math.Min(pause.Second, to), Look: pause.Second));
        return pauses.Where(pause => pause.From < pause.To).Sum(pause => (pause.To - pause.From) * (pause.Look - (pause.From + pause.To) / 2)) / (to - from);
    }

    [Fact]
    public void No_minute_of_the_first_five_has_more_than_twelve_looks()
    {
        var minutes = Looks.Where(look => look < FiveMinutes - 60).Prepend(0).Select(start => Looks.Count(look => look >= start && look < start + 60));

        minutes.Should().OnlyContain(looks => looks <= 12);
    }

    [Fact]
    public void No_later_minute_has_more_than_four()
    {
        var minutes = Looks.Where(look => look >= FiveMinutes && look < TwoHours).Prepend(FiveMinutes).Select(start => Looks.Count(look => look >= start && look < start + 60));

        minutes.Should().OnlyContain(looks => looks <= 4);
    }

    [Fact]
    public void The_end_of_a_short_deployment_is_seen_two_and_a_half_seconds_later_on_average() => MeanLag(0, FiveMinutes).Should().BeLessOrEqualTo(2.5);

    [Fact]
    public void The_end_of_a_long_deployment_is_seen_seven_and_a_half_seconds_later_on_average() => MeanLag(FiveMinutes, TwoHours).Should().BeLessOrEqualTo(7.5);

    [Fact]
    public void The_first_look_is_early_because_small_fleets_are_quick() => Looks[0].Should().Be(2);

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 10)]
    [InlineData(2, 20)]
    [InlineData(3, 40)]
    [InlineData(4, 60)]
    [InlineData(100, 60)]
    public void Troubles_double_the_pause_up_to_a_minute(int troubles, int seconds) =>
        PollSchedule.Next(10, Duration.FromMinutes(1), troubles).Should().Be(Duration.FromSeconds(seconds));

    [Fact]
    public void More_trouble_never_means_a_shorter_pause() => Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 43_200], Gen.Int[0, int.MaxValue - 1]).Sample((looks, seconds, troubles) =>
    {
        var pause = PollSchedule.Next(looks, Duration.FromSeconds(seconds), troubles);

        pause.Should().BeGreaterThan(Duration.Zero).And.BeLessOrEqualTo(Duration.FromMinutes(1));
        PollSchedule.Next(looks, Duration.FromSeconds(seconds), troubles + 1).Should().BeGreaterOrEqualTo(pause);
    });
}
