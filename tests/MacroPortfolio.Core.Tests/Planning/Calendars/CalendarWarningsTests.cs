using MacroPortfolio.Core.Planning.Calendars;

namespace MacroPortfolio.Core.Tests.Planning.Calendars;

/// <summary>What people who wrote a calendar may not have meant.</summary>
public sealed class CalendarWarningsTests
{
    [Fact]
    public void Windows_and_freezes_that_keep_clear_of_each_other_are_not_warned_of()
    {
        var calendar = Written.Windows("Thu 16:30-19:00").But("Mon-Fri 09:30-16:00", "2026-12-24..2027-01-02: year end");

        calendar.Warnings(Some.Noon).Should().BeEmpty();
    }

    [Fact]
    public void A_freeze_that_takes_more_than_half_of_the_window_that_opens_next_is_warned_of()
    {
        var calendar = Written.Windows("Thu 16:30-19:00").But("Mon-Fri 09:30-18:00 Asia/Hong_Kong: market hours");

        calendar.Warnings(Some.Noon).Should().Equal(
            "the freeze 'Mon-Fri 09:30-18:00 Asia/Hong_Kong (market hours)' takes 90 of the 150 minutes of the window 'Thu 16:30-19:00 Asia/Hong_Kong' that opens next, at 2026-10-22 18:00 Asia/Hong_Kong");
    }

    [Fact]
    public void A_freeze_that_takes_half_of_it_is_not_warned_of() =>
        Written.Windows("Thu 16:30-19:00").But("Mon-Fri 09:30-17:45").Warnings(Some.Noon).Should().BeEmpty();

    [Fact]
    public void What_a_freeze_takes_of_it_before_and_after_the_opening_counts_together()
    {
        var calendar = Written.Windows("Thu 10:00-14:00 UTC").But("daily 13:00-12:00 UTC");

        calendar.Warnings(Some.Noon).Should().Equal(
            "the freeze 'daily 13:00-12:00 UTC' takes 180 of the 240 minutes of the window 'Thu 10:00-14:00 UTC' that opens next, at 2026-10-15 12:00 UTC");
    }

    [Fact]
    public void A_window_that_freezes_take_all_of_is_warned_of()
    {
        var calendar = Written.Windows("Wed 10:00-12:00", "Thu 16:30-19:00").But("Mon-Fri 09:30-16:00");

        calendar.Warnings(Some.Noon).Should().Equal(
            "the window 'Wed 10:00-12:00 Asia/Hong_Kong' never opens within 400 days: the freezes take all of it");
    }

    [Fact]
    public void Freezes_that_leave_no_time_at_all_are_warned_of() =>
        Calendar.AlwaysOpen.But("Mon-Fri", "Sat-Sun").Warnings(Some.Noon).Should().Equal("it never opens within 400 days: the freezes leave no time");

    [Fact]
    public void A_dated_window_beyond_the_horizon_is_not_said_to_be_taken() =>
        Written.Windows("2028-01-01").But("Mon-Fri").Warnings(Some.Noon).Should().BeEmpty();

    [Fact]
    public void Dated_periods_that_are_over_are_warned_of()
    {
        var calendar = Written.Windows("Thu 16:30-19:00", "2026-10-14").But("2026-10-15 08:00..2026-10-15 12:00 UTC: move", "2026-10-15 08:00..2026-10-15 12:01 UTC");

        calendar.Warnings(Some.Noon).Should().Equal(
            "the window '2026-10-14 Asia/Hong_Kong' is over and can be removed",
            "the freeze '2026-10-15 08:00..2026-10-15 12:00 UTC (move)' is over and can be removed");
    }
}
