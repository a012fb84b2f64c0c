using MacroPortfolio.Core.Planning.Calendars;
using NodaTime;
using NodaTime.Text;
using Period = MacroPortfolio.Core.Planning.Calendars.Period;

namespace MacroPortfolio.Core.Tests.Planning.Calendars;

/// <summary>Periods, calendars and times as people write them.</summary>
internal static class Written
{
    private static readonly InstantPattern Pattern = InstantPattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd' 'HH':'mm");

    public static DateTimeZone HongKong { get; } = DateTimeZoneProviders.Tzdb["Asia/Hong_Kong"];

    public static Instant Utc(string text) => Pattern.Parse(text).Value;

    public static string Utc(Instant? instant) => instant is { } known ? Pattern.Format(known) : "never";

    public static Period Period(string text, string zone = "Asia/Hong_Kong")
    {
        Core.Planning.Calendars.Period.TryParse(text, DateTimeZoneProviders.Tzdb[zone], out var period, out var why).Should().BeTrue("'{0}' is a period, but: {1}", text, why);
        return period!;
    }

    public static Calendar Windows(params string[] windows) => new([.. windows.Select(text => Period(text))], []);

    public static Calendar But(this Calendar calendar, params string[] freezes) => calendar with { Freezes = [.. freezes.Select(text => Period(text))] };

    /// <summary>The next time that something may be done in a window: when it opens and closes.</summary>
    public static string Opening(string window, string zone, string from)
    {
        var calendar = new Calendar([Period(window, zone)], []);
        var opening = calendar.NextOpening(Utc(from));
        return opening is { } at ? $"{Utc(at)} to {Utc(calendar.Closing(at))}" : "never";
    }
}
