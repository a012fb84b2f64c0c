namespace MacroPortfolio.Core.Tests.Planning.Calendars;

/// <summary>
/// A clock on the wall, read minute by minute for some days, as the system's own tzdata has it (Debian: package tzdata). It shares nothing with what is tested: no NodaTime, no
/// mapping from a local time to an instant, no occurrence that has an instant as its start.
/// </summary>
/// <remarks>
/// A period is on in a minute when the clock has reached its start and has not passed its end. While the clock only goes on, that is <c>start &lt;= shown &lt; end</c>. Where it is
/// put back, "has reached" asks for the highest time that it has shown so far, which makes the first of two equal starts count, and "has passed its end" for the lowest that
/// it will show from the next minute on: as long as the end is still to come, even once more, it has not passed. A bound that the clock jumps over needs no rule: it is reached, and
/// passed, in the first minute after the gap. So no day and no bound has to be left out.
/// </remarks>
internal sealed class WallClock
{
    private const int Day = 24 * 60;

    /// <summary>A Saturday.</summary>
    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    private readonly int[] shown;
    private readonly int[] highestSoFar;
    private readonly int[] lowestToCome;

    /// <param name="from">In UTC, at a whole minute.</param>
    public WallClock(string zone, DateTime from, int minutes)
    {
        var info = TimeZoneInfo.FindSystemTimeZoneById(zone);
        shown = [.. Enumerable.Range(0, minutes).Select(minute => (int)(TimeZoneInfo.ConvertTimeFromUtc(from.AddMinutes(minute), info) - Epoch).TotalMinutes)];
        highestSoFar = [.. shown];
        lowestToCome = [.. shown.Skip(1), shown[^1] + 1];
        for (var minute = 1; minute < minutes; minute++)
        {
            highestSoFar[minute] = Math.Max(highestSoFar[minute], highestSoFar[minute - 1]);
            lowestToCome[^(minute + 1)] = Math.Min(lowestToCome[^(minute + 1)], lowestToCome[^minute]);
        }
    }

    public bool IsOn(WallRule rule, int minute)
    {
        if (rule.Once is { } once)
        {
            return IsBetween(MinuteOf(once.From), MinuteOf(once.To), minute);
        }

        for (var day = ((shown[minute] - rule.Length) / Day) - 2; day <= highestSoFar[minute] / Day; day++)
        {
            var start = (day * Day) + rule.Start;
            if (rule.Days[(day + (int)DayOfWeek.Saturday) % 7] && IsBetween(start, start + rule.Length, minute))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsBetween(int start, int end, int minute) => start <= highestSoFar[minute] && (shown[minute] < end || lowestToCome[minute] <= end);

    private static int MinuteOf(DateTime wall) => (int)(wall - Epoch).TotalMinutes;
}

/// <summary>A period in numbers, and the text that says the same.</summary>
/// <param name="Days">That it begins on; Sunday first.</param>
/// <param name="Start">In minutes of the day.</param>
/// <param name="Length">In minutes on the wall.</param>
internal sealed record WallRule(string Text, string Zone, bool[] Days, int Start, int Length, (DateTime From, DateTime To)? Once = null)
{
    private static readonly string[] Names = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    /// <summary>Any of the forms, more often than not with bounds around the hours in which clocks are shifted.</summary>
    /// <param name="near">The dates of dated ones are some days around this one.</param>
    public static WallRule Any(Random random, string zone, DateTime near) => random.Next(6) switch
    {
        0 => WholeDays(random, zone),
        1 => OverDays(random, zone),
        2 => Dated(random, zone, near),
        3 => DatedWithTimes(random, zone, near),
        _ => OfDays(random, zone),
    };

    private static WallRule WholeDays(Random random, string zone)
    {
        var (text, days) = SomeDays(random);
        return new($"{text} {zone}", zone, days, 0, 1440);
    }

    private static WallRule OfDays(Random random, string zone)
    {
        var (text, days) = random.Next(4) == 0 ? (random.Next(2) == 0 ? "daily" : "", Enumerable.Repeat(true, 7).ToArray()) : SomeDays(random);
        var (from, to) = (Time(random, 1439), Time(random, 1440));
        return new($"{text} {Clock(random, from)}{Hyphen(random)}{Clock(random, to)} {zone}", zone, days, from, to > from ? to - from : to - from + 1440);
    }

    private static WallRule OverDays(Random random, string zone)
    {
        var (first, last, from, to) = (random.Next(7), random.Next(7), Time(random, 1439), Time(random, 1440));
        var length = ((last + 7 - first) % 7 * 1440) + to - from;
        var days = Enumerable.Range(0, 7).Select(day => day == first).ToArray();
        var text = $"{Name(random, first)} {Clock(random, from)}{Hyphen(random)}{Name(random, last)} {Clock(random, to)} {zone}";
        return new(text, zone, days, from, length > 0 ? length : length + (7 * 1440));
    }

    private static WallRule Dated(Random random, string zone, DateTime near)
    {
        var first = near.AddDays(random.Next(-4, 4));
        var last = first.AddDays(random.Next(4));
        var text = last == first && random.Next(2) == 0 ? $"{first:yyyy-MM-dd} {zone}" : $"{first:yyyy-MM-dd}..{last:yyyy-MM-dd} {zone}";
        return new(text, zone, [], 0, 0, (first, last.AddDays(1)));
    }

    private static WallRule DatedWithTimes(Random random, string zone, DateTime near)
    {
        var (first, from) = (near.AddDays(random.Next(-3, 2)), Time(random, 1439));
        var (last, to) = (first.AddDays(random.Next(3)), Time(random, 1440));
        last = last == first && to <= from ? last.AddDays(1) : last;
        var text = $"{first:yyyy-MM-dd} {Clock(random, from)}..{last:yyyy-MM-dd} {Clock(random, to)} {zone}: a reason";
        return new(text, zone, [], 0, 0, (first.AddMinutes(from), last.AddMinutes(to)));
    }

    private static (string Text, bool[] Days) SomeDays(Random random)
    {
        var days = new bool[7];
        if (random.Next(2) == 0)
        {
            var first = random.Next(7);
            var more = random.Next(1, 7);
            for (var day = first; day <= first + more; day++)
            {
                days[day % 7] = true;
            }

            return ($"{Name(random, first)}{Hyphen(random)}{Name(random, (first + more) % 7)}", days);
        }

        var listed = Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(7)).ToList();
        listed.ForEach(day => days[day] = true);
        return (string.Join(random.Next(2) == 0 ? "," : " , ", listed.Select(day => Name(random, day))), days);
    }

    private static int Time(Random random, int most) => random.Next(10) switch
    {
        < 6 => random.Next(17) * 15,
        < 8 => Math.Min(most, 1380 + (random.Next(5) * 15)),
        _ => random.Next(most + 1),
    };

    private static string Name(Random random, int day) => random.Next(3) switch { 0 => Names[day], 1 => Names[day][..3], _ => Names[day][..3].ToLowerInvariant() };

    private static string Clock(Random random, int minute) => random.Next(2) == 0 ? $"{minute / 60:00}:{minute % 60:00}" : $"{minute / 60}:{minute % 60:00}";

    private static string Hyphen(Random random) => random.Next(3) == 0 ? " - " : "-";
}
