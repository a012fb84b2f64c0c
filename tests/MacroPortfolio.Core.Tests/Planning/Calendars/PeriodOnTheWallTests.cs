using MacroPortfolio.Core.Planning.Calendars;
using NodaTime;

namespace MacroPortfolio.Core.Tests.Planning.Calendars;

/// <summary>What the clock on the wall means on a day when it is put forward or back. All times that are expected are UTC.</summary>
public sealed class PeriodOnTheWallTests
{
    [Theory]
    // Sunday 2026-03-29: from 01:00 to 02:00 at 01:00 UTC.
    [InlineData("Europe/London", "Sun 01:30-03:00", "2026-03-28 12:00", "2026-03-29 01:00 to 2026-03-29 02:00")]
    [InlineData("Europe/London", "Sun 00:30-01:30", "2026-03-28 12:00", "2026-03-29 00:30 to 2026-03-29 01:00")]
    [InlineData("Europe/London", "Sun", "2026-03-28 12:00", "2026-03-29 00:00 to 2026-03-29 23:00")]
    [InlineData("Europe/London", "2026-03-29 01:15..2026-03-29 04:00", "2026-03-28 12:00", "2026-03-29 01:00 to 2026-03-29 03:00")]
    // Sunday 2026-03-08: from 02:00 to 03:00 at 07:00 UTC.
    [InlineData("America/New_York", "Sun 02:30-04:00", "2026-03-07 12:00", "2026-03-08 07:00 to 2026-03-08 08:00")]
    [InlineData("America/New_York", "Sat 22:00-02:30", "2026-03-07 12:00", "2026-03-08 03:00 to 2026-03-08 07:00")]
    [InlineData("America/New_York", "Sat 22:00-Sun 03:00", "2026-03-07 12:00", "2026-03-08 03:00 to 2026-03-08 07:00")]
    // Sunday 2026-10-04: from 02:00 to 02:30 at 15:30 UTC of Saturday.
    [InlineData("Australia/Lord_Howe", "Sun 02:15-04:00", "2026-10-03 12:00", "2026-10-03 15:30 to 2026-10-03 17:00")]
    [InlineData("Australia/Lord_Howe", "Sun 01:00-02:15", "2026-10-03 12:00", "2026-10-03 14:30 to 2026-10-03 15:30")]
    [InlineData("Australia/Lord_Howe", "Sun 01:00-02:30", "2026-10-03 12:00", "2026-10-03 14:30 to 2026-10-03 15:30")]
    public void A_bound_that_the_clock_is_put_forward_over_is_the_first_instant_after_the_gap(string zone, string text, string from, string opens) =>
        Written.Opening(text, zone, from).Should().Be(opens);

    [Theory]
    [InlineData("Europe/London", "Sun 01:15-01:45", "2026-03-28 12:00", "2026-04-05 00:15 to 2026-04-05 00:45")]
    [InlineData("Europe/London", "Sun 01:00-02:00", "2026-03-28 12:00", "2026-04-05 00:00 to 2026-04-05 01:00")]
    [InlineData("America/New_York", "Sun 02:00-03:00", "2026-03-07 12:00", "2026-03-15 06:00 to 2026-03-15 07:00")]
    [InlineData("Australia/Lord_Howe", "Sun 02:00-02:30", "2026-10-03 12:00", "2026-10-10 15:00 to 2026-10-10 15:30")]
    [InlineData("Europe/London", "2026-03-29 01:00..2026-03-29 02:00", "2026-03-28 12:00", "never")]
    public void What_the_gap_swallows_does_not_occur(string zone, string text, string from, string opens) =>
        Written.Opening(text, zone, from).Should().Be(opens);

    [Theory]
    // Sunday 2026-10-25: from 02:00 back to 01:00 at 01:00 UTC.
    [InlineData("Europe/London", "Sun 01:30-03:00", "2026-10-24 12:00", "2026-10-25 00:30 to 2026-10-25 03:00")]
    [InlineData("Europe/London", "Sun 00:30-01:30", "2026-10-24 12:00", "2026-10-24 23:30 to 2026-10-25 01:30")]
    [InlineData("Europe/London", "Sun 00:00-01:00", "2026-10-24 12:00", "2026-10-24 23:00 to 2026-10-25 01:00")]
    [InlineData("Europe/London", "Sun 01:20-01:40", "2026-10-24 12:00", "2026-10-25 00:20 to 2026-10-25 01:40")]
    [InlineData("Europe/London", "Sun 02:00-03:00", "2026-10-24 12:00", "2026-10-25 02:00 to 2026-10-25 03:00")]
    [InlineData("Europe/London", "Sun", "2026-10-24 12:00", "2026-10-24 23:00 to 2026-10-26 00:00")]
    [InlineData("Europe/London", "2026-10-25 01:15..2026-10-25 01:30", "2026-10-24 12:00", "2026-10-25 00:15 to 2026-10-25 01:30")]
    // Sunday 2026-11-01: from 02:00 back to 01:00 at 06:00 UTC.
    [InlineData("America/New_York", "Sat 22:00-01:30", "2026-10-31 12:00", "2026-11-01 02:00 to 2026-11-01 06:30")]
    [InlineData("America/New_York", "Sun 01:15-05:00", "2026-10-31 12:00", "2026-11-01 05:15 to 2026-11-01 10:00")]
    // Sunday 2026-04-05: from 02:00 back to 01:30 at 15:00 UTC of Saturday.
    [InlineData("Australia/Lord_Howe", "Sun 01:45-03:00", "2026-04-04 12:00", "2026-04-04 14:45 to 2026-04-04 16:30")]
    [InlineData("Australia/Lord_Howe", "Sun 01:00-01:45", "2026-04-04 12:00", "2026-04-04 14:00 to 2026-04-04 15:15")]
    // Sunday 2025-11-02: from 01:00 back to midnight at 05:00 UTC, so that midnight comes twice.
    [InlineData("America/Havana", "Sat", "2025-10-31 12:00", "2025-11-01 04:00 to 2025-11-02 05:00")]
    [InlineData("America/Havana", "Sun", "2025-10-31 12:00", "2025-11-02 04:00 to 2025-11-03 05:00")]
    public void Of_a_time_that_the_clock_shows_twice_a_start_is_the_first_and_an_end_the_second(string zone, string text, string from, string opens) =>
        Written.Opening(text, zone, from).Should().Be(opens);

    [Theory]
    [InlineData("Europe/London", "Sun 01:30-03:00", "2026-10-25 00:30", "2026-10-25 03:00")]
    [InlineData("Europe/London", "Sun 00:30-01:30", "2026-03-29 00:30", "2026-03-29 01:00")]
    [InlineData("Australia/Lord_Howe", "Sun 01:00-01:45", "2026-04-04 14:00", "2026-04-04 15:15")]
    public void A_freeze_is_bounded_as_a_window_is(string zone, string text, string begins, string ends)
    {
        var calendar = new Calendar([], [Written.Period(text, zone)]);

        calendar.Closing(Written.Utc(begins) - Duration.FromHours(3)).Should().Be(Written.Utc(begins));
        calendar.NextOpening(Written.Utc(begins)).Should().Be(Written.Utc(ends));
    }

    [Theory]
    // Samoa went over the date line: behind Thursday, 2011-12-29, at 10:00 UTC of the 30th, came Saturday.
    [InlineData("Fri", "2011-12-30 00:00", "2012-01-05 10:00 to 2012-01-06 10:00")]
    [InlineData("Fri 10:00-12:00", "2011-12-30 00:00", "2012-01-05 20:00 to 2012-01-05 22:00")]
    [InlineData("Fri 10:00-Sat 12:00", "2011-12-30 00:00", "2011-12-30 10:00 to 2011-12-30 22:00")]
    [InlineData("Thu 22:00-Fri 12:00", "2011-12-30 00:00", "2011-12-30 08:00 to 2011-12-30 10:00")]
    [InlineData("Thu-Sat", "2011-12-28 20:00", "2011-12-29 10:00 to 2011-12-31 10:00")]
    [InlineData("2011-12-30", "2011-12-28 20:00", "never")]
    [InlineData("2011-12-29..2011-12-30", "2011-12-28 20:00", "2011-12-29 10:00 to 2011-12-30 10:00")]
    [InlineData("2011-12-30 12:00..2011-12-31 12:00", "2011-12-28 20:00", "2011-12-30 10:00 to 2011-12-30 22:00")]
    public void A_day_that_does_not_exist_is_a_gap_like_any_other(string text, string from, string opens) =>
        Written.Opening(text, "Pacific/Apia", from).Should().Be(opens);
}
