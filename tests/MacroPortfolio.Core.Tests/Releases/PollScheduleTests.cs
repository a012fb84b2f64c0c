using CsCheck;
using MacroPortfolio.Core.Releases;
using NodaTime;

namespace MacroPortfolio.Core.Tests.Releases;

public sealed class PollScheduleTests
{
    private const double FiveMinutes = 300;
    private const double TwoHours = 7_200;

    /// <summary>The seconds at which a deployment is looked at that says nothing of its progress.</summary>
    private static readonly double[] Looks = [.. LooksUntil(TwoHours + 60, (_, _) => null)];

    /// <param name="seen">How many instances are left and how many are done at a look; null for a look that failed.</param>
    private static List<double> LooksUntil(double end, Func<int, double, (long Left, long Done)?> seen)
    {
        var (now, looks) = (Duration.Zero, new List<Sighting>());
        while (now.TotalSeconds < end)
        {
            now += PollSchedule.Next(looks, now, troubles: 0);
            looks.Add(seen(looks.Count, now.TotalSeconds) is var (left, done) ? new Sighting(now, left, done) : new Sighting(now, null, 0));
        }

        return [.. looks.Select(look => look.At.TotalSeconds)];
    }

    private static List<Sighting> Even(int looks, double seconds) => [.. Enumerable.Range(1, looks).Select(look => new Sighting(Duration.FromSeconds(seconds * look / looks), null, 0))];

    private static int Busiest(IEnumerable<double> looks, double from, double to) =>
        looks.Where(look => look >= from && look < to).ToList() is var within && within.Count == 0 ? 0 : within.Max(first => within.Count(look => look >= first && look < first + 60 - 1e-6));

    /// <summary>From the end of a deployment to the next look, on average over all ends between the two seconds.</summary>
    private static double MeanLag(double from, double to)
    {
        var pauses = Looks.Prepend(0).Zip(Looks).Select(pause => (From: Math.Max(pause.First, from), To: Math.Min(pause.Second, to), Look: pause.Second));
        return pauses.Where(pause => pause.From < pause.To).Sum(pause => (pause.To - pause.From) * (pause.Look - (pause.From + pause.To) / 2)) / (to - from);
    }

    [Fact]
    public void No_minute_of_the_first_five_has_more_than_twelve_looks() => Busiest(Looks, 0, FiveMinutes).Should().BeLessOrEqualTo(12);

    [Fact]
    public void No_later_minute_has_more_than_four() => Busiest(Looks, FiveMinutes, TwoHours).Should().BeLessOrEqualTo(4);

    [Fact]
    public void Whatever_is_seen_the_budget_is_kept() => Gen.Select(Gen.Int[1, 1_000], Gen.Double[0, 1_500], Gen.Double[0.1, 1_500], Gen.Int[0, 10_000]).Sample((fleet, begin, lasts, seed) =>
    {
        var chance = new Random(seed);
        var done = 0L;
        var looks = LooksUntil(2_000, (_, now) =>
        {
            // Instances end about evenly from some moment on, in leaps at times, and every tenth look fails.
            done = Math.Clamp((long)(fleet * (now - begin) / lasts * (0.5 + chance.NextDouble())), done, fleet);
            return chance.Next(10) == 0 ? null : (fleet - done, done);
        });

        Busiest(looks, 0, FiveMinutes).Should().BeLessOrEqualTo(12);
        Busiest(looks, FiveMinutes, double.MaxValue).Should().BeLessOrEqualTo(4);
        looks.Zip(looks.Skip(1), (one, next) => next - one).Should().OnlyContain(pause => pause >= 5 - 1e-6 && pause <= 45 + 1e-6);
    });

    [Fact]
    public void A_large_fleet_is_looked_at_when_its_last_instances_should_have_ended()
    {
        List<Sighting> looks = [.. Even(10, 290), new(Duration.FromSeconds(415), 60, 40), new(Duration.FromSeconds(430), 20, 80)];

        var pause = PollSchedule.Next(looks, Duration.FromSeconds(430), troubles: 0);

        pause.Should().Be(Duration.FromSeconds(15), "the last 20 ended in half a pause, so the next look is soon enough");
        PollSchedule.Next([.. looks, new(Duration.FromSeconds(445), 18, 82)], Duration.FromSeconds(445), troubles: 0).Should().BeGreaterThan(Duration.FromSeconds(15)).And.BeLessThan(Duration.FromSeconds(30));
    }

    [Fact]
    public void After_a_longer_pause_comes_a_shorter_one()
    {
        List<Sighting> looks = [.. Even(10, 290), new(Duration.FromSeconds(415), 0, 100), new(Duration.FromSeconds(441), 0, 100)];

        PollSchedule.Next(looks, Duration.FromSeconds(441), troubles: 0).Should().Be(Duration.FromSeconds(7.5));
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
        PollSchedule.Next(Even(10, 60), Duration.FromMinutes(1), troubles).Should().Be(Duration.FromSeconds(seconds));

    [Fact]
    public void More_trouble_never_means_a_shorter_pause() => Gen.Select(Gen.Int[0, 100], Gen.Int[0, 43_200], Gen.Int[0, int.MaxValue - 1]).Sample((looks, seconds, troubles) =>
    {
        var pause = PollSchedule.Next(Even(looks, seconds), Duration.FromSeconds(seconds), troubles);

        pause.Should().BeGreaterThan(Duration.Zero).And.BeLessOrEqualTo(Duration.FromMinutes(1));
        PollSchedule.Next(Even(looks, seconds), Duration.FromSeconds(seconds), troubles + 1).Should().BeGreaterOrEqualTo(pause);
    });
}
