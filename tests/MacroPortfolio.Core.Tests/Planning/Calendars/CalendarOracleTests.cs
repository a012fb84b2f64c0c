using MacroPortfolio.Core.Planning.Calendars;
using NodaTime;

namespace MacroPortfolio.Core.Tests.Planning.Calendars;

/// <summary>
/// Generated calendars, asked at the minutes at which they change and at others, against a <see cref="WallClock"/> that is read minute by minute. The days are past ones: what
/// legislators change in the future changes nothing here, whichever of the two tzdata is newer.
/// </summary>
public sealed class CalendarOracleTests
{
    private const int Seed = 20_261_015;
    private const int Minutes = 24 * 60;

    /// <summary>On both sides of what is read lie days that are only read so that the clock is known to go on.</summary>
    private const int Margin = 2 * Minutes;

    private static readonly string[] Zones =
        ["Europe/London", "America/New_York", "Australia/Lord_Howe", "America/Havana", "Africa/Cairo", "Asia/Hong_Kong", "Pacific/Apia", "Asia/Kathmandu"];

    /// <summary>In each of them a clock is shifted on the day that is named, but in the long ones, which are as long as it takes to see the end of the horizon.</summary>
    [Theory]
    [InlineData("Europe/London", "2024-03-31", 16, 96)]
    [InlineData("Europe/London", "2024-10-27", 16, 96)]
    [InlineData("America/New_York", "2024-03-10", 16, 96)]
    [InlineData("America/New_York", "2024-11-03", 16, 96)]
    [InlineData("Australia/Lord_Howe", "2024-04-07", 16, 96)]
    [InlineData("Australia/Lord_Howe", "2024-10-06", 16, 96)]
    [InlineData("America/Havana", "2024-03-10", 16, 96)]
    [InlineData("America/Havana", "2024-11-03", 16, 96)]
    [InlineData("Africa/Cairo", "2024-04-26", 16, 96)]
    [InlineData("Africa/Cairo", "2024-11-01", 16, 96)]
    [InlineData("Pacific/Apia", "2011-12-30", 16, 96)]
    [InlineData("Europe/London", "2023-09-01", 440, 8)]
    [InlineData("Australia/Lord_Howe", "2023-09-01", 440, 8)]
    public void A_calendar_opens_and_closes_when_the_clock_on_the_wall_says_so(string zone, string day, int days, int cases)
    {
        var near = DateTime.ParseExact(day, "yyyy-MM-dd", null);
        var scene = new Scene(zone, near, days);

        var found = Enumerable.Range(0, cases).Select(number => scene.Try(HashCode(zone, day) + number)).ToList();

        found.SelectMany(one => one.Differences).Should().BeEmpty();
        found.Count(one => one.Changes > 0).Should().BeGreaterThan(cases / 2, "calendars that never change show little");
    }

    /// <summary>Unlike that of a string it is the same in every process.</summary>
    private static int HashCode(string zone, string day) => (zone + day).Aggregate(Seed, (code, letter) => unchecked((code * 31) + letter) & 0xFFFFFF);

    private sealed class Scene
    {
        private readonly string focus;
        private readonly DateTime near;
        private readonly DateTime start;
        private readonly int length;
        private readonly Dictionary<string, WallClock> clocks = [];

        public Scene(string focus, DateTime near, int days)
        {
            this.focus = focus;
            this.near = near;
            start = DateTime.SpecifyKind(near, DateTimeKind.Utc).AddDays(-8);
            length = days * Minutes;
        }

        /// <summary>Minutes after which it cannot be told.</summary>
        private int End => length - Margin;

        public (int Changes, List<string> Differences) Try(int seed)
        {
            var random = new Random(seed);
            var windows = Rules(random, random.Next(4));
            var freezes = Rules(random, random.Next(3));
            var calendar = new Calendar([.. windows.Select(Parsed)], [.. freezes.Select(Parsed)]);
            var (inWindows, inFreezes) = (IsOn(windows), IsOn(freezes));
            var open = Enumerable.Range(0, End).Select(minute => (windows.Count == 0 || inWindows(minute)) && !inFreezes(minute)).ToArray();

            // Long scenes are for what is far ahead, so all are asked within the same days around the one that is named.
            var changes = Enumerable.Range(Margin, (12 * Minutes) - Margin).Where(minute => open[minute] != open[minute - 1]).ToArray();
            random.Shuffle(changes);
            var asked = changes.Take(10).SelectMany(minute => new[] { minute - 1, minute }).Concat(Enumerable.Range(0, 10).Select(_ => random.Next(Margin, 12 * Minutes)));
            var differences = asked.SelectMany(minute => Differences(calendar, open, minute, Duration.FromSeconds(random.Next(2) * 59)))
                .Select(words => $"{words} (near {near:yyyy-MM-dd}, seed {seed}, windows [{string.Join("; ", windows.Select(rule => rule.Text))}], freezes [{string.Join("; ", freezes.Select(rule => rule.Text))}])")
                .ToList();
            return (changes.Length, differences);
        }

        private IEnumerable<string> Differences(Calendar calendar, bool[] open, int minute, Duration into)
        {
            var at = At(minute) + into;
            if (calendar.IsOpen(at) != open[minute])
            {
                yield return $"at {at} it is {(open[minute] ? "open" : "closed")}, not {(open[minute] ? "closed" : "open")}";
            }

            var (opening, closing) = (calendar.NextOpening(at), calendar.Closing(at));
            if (open[minute] ? opening != at : !Agrees(opening, at, Array.IndexOf(open, true, minute)))
            {
                yield return $"from {at} it does not open next at {opening?.ToString() ?? "no time"}";
            }

            if (open[minute] ? !Agrees(closing, at, Array.IndexOf(open, false, minute)) : closing is not null)
            {
                yield return $"at {at} it does not close next at {closing?.ToString() ?? "no time"}";
            }
        }

        /// <param name="minute">Of the change, or -1 when none was seen: then it lies behind the last minute, or beyond the horizon.</param>
        private bool Agrees(Instant? said, Instant at, int minute)
        {
            var limit = at + Duration.FromDays(400);
            return minute < 0
                ? said is null || (said >= At(End) && said <= limit)
                : said == (At(minute) <= limit ? At(minute) : null);
        }

        private Instant At(int minute) => Instant.FromDateTimeUtc(start.AddMinutes(minute));

        private WallClock ClockOf(string zone)
        {
            if (!clocks.TryGetValue(zone, out var clock))
            {
                clock = clocks[zone] = new WallClock(zone, start, length);
            }

            return clock;
        }

        private Func<int, bool> IsOn(List<WallRule> rules)
        {
            var read = rules.Select(rule => (Rule: rule, Clock: ClockOf(rule.Zone))).ToArray();
            return minute => Array.Exists(read, one => one.Clock.IsOn(one.Rule, minute));
        }

        private List<WallRule> Rules(Random random, int count) =>
            [.. Enumerable.Range(0, count).Select(_ => WallRule.Any(random, random.Next(10) < 7 ? focus : Zones[random.Next(Zones.Length)], near))];

        private static Core.Planning.Calendars.Period Parsed(WallRule rule) => Written.Period(rule.Text);
    }
}
