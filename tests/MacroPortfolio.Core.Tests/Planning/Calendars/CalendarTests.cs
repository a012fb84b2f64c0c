using MacroPortfolio.Core.Planning.Calendars;
using NodaTime;

namespace MacroPortfolio.Core.Tests.Planning.Calendars;

/// <summary>Hong Kong has UTC+8 all year, and <see cref="Some.Noon"/> is on a Thursday.</summary>
public sealed class CalendarTests
{
    private static readonly Calendar Stable = Written.Windows("Thu 16:30-19:00").But("Mon-Fri 09:30-16:00 Asia/Hong_Kong", "2026-12-24..2027-01-02: year end");

    [Fact]
    public void Without_windows_and_freezes_it_is_open_for_ever()
    {
        Calendar.AlwaysOpen.IsOpen(Some.Noon).Should().BeTrue();
        Calendar.AlwaysOpen.NextOpening(Some.Noon).Should().Be(Some.Noon);
        Calendar.AlwaysOpen.Closing(Some.Noon).Should().BeNull();
        Calendar.AlwaysOpen.Why(Some.Noon).Should().BeNull();
        Calendar.AlwaysOpen.Warnings(Some.Noon).Should().BeEmpty();
    }

    [Fact]
    public void A_window_is_open_from_its_start_until_just_before_its_end()
    {
        var (start, end) = (Written.Utc("2026-10-15 08:30"), Written.Utc("2026-10-15 11:00"));

        Stable.IsOpen(start - Duration.Epsilon).Should().BeFalse();
        Stable.IsOpen(start).Should().BeTrue();
        Stable.IsOpen(end - Duration.Epsilon).Should().BeTrue();
        Stable.IsOpen(end).Should().BeFalse();
    }

    [Fact]
    public void A_freeze_is_on_from_its_start_until_just_before_its_end()
    {
        var calendar = Calendar.AlwaysOpen.But("Thu 16:30-19:00");
        var (start, end) = (Written.Utc("2026-10-15 08:30"), Written.Utc("2026-10-15 11:00"));

        calendar.IsOpen(start - Duration.Epsilon).Should().BeTrue();
        calendar.IsOpen(start).Should().BeFalse();
        calendar.IsOpen(end - Duration.Epsilon).Should().BeFalse();
        calendar.IsOpen(end).Should().BeTrue();
    }

    [Theory]
    [InlineData("2026-10-15 08:29", "2026-10-15 08:30", "never")]
    [InlineData("2026-10-15 08:30", "2026-10-15 08:30", "2026-10-15 11:00")]
    [InlineData("2026-10-15 10:59", "2026-10-15 10:59", "2026-10-15 11:00")]
    [InlineData("2026-10-15 11:00", "2026-10-22 08:30", "never")]
    [InlineData("2026-12-17 11:00", "2027-01-07 08:30", "never")]
    public void It_opens_with_the_next_window_that_no_freeze_takes(string from, string opening, string closing)
    {
        Written.Utc(Stable.NextOpening(Written.Utc(from))).Should().Be(opening);
        Written.Utc(Stable.Closing(Written.Utc(from))).Should().Be(closing);
    }

    [Fact]
    public void A_window_across_midnight_belongs_to_the_day_that_it_begins_on()
    {
        var calendar = Written.Windows("Fri 22:00-02:00 UTC");

        calendar.IsOpen(Written.Utc("2026-10-16 01:00")).Should().BeFalse("Thursday has none");
        calendar.IsOpen(Written.Utc("2026-10-17 01:59")).Should().BeTrue();
        Written.Utc(calendar.Closing(Written.Utc("2026-10-16 23:00"))).Should().Be("2026-10-17 02:00");
    }

    [Fact]
    public void A_freeze_over_the_weekend_is_on_until_Monday()
    {
        var calendar = Calendar.AlwaysOpen.But("Fri 18:00-Mon 07:00 UTC");

        Written.Utc(calendar.Closing(Written.Utc("2026-10-16 12:00"))).Should().Be("2026-10-16 18:00");
        Written.Utc(calendar.NextOpening(Written.Utc("2026-10-18 12:00"))).Should().Be("2026-10-19 07:00");
    }

    [Theory]
    [InlineData("Thu 10:00-12:00 UTC", "Thu 11:00-13:00 UTC")]
    [InlineData("Thu 10:00-12:00 UTC", "Thu 12:00-13:00 UTC")]
    [InlineData("Thu 10:00-13:00 UTC", "Thu 11:00-12:00 UTC")]
    [InlineData("Thu 12:00-13:00 UTC", "Thu 18:00-20:00 Asia/Hong_Kong")]
    public void Windows_that_overlap_or_touch_are_one(string one, string other)
    {
        var calendar = Written.Windows(one, other);

        Written.Utc(calendar.NextOpening(Written.Utc("2026-10-15 09:00"))).Should().Be("2026-10-15 10:00");
        Written.Utc(calendar.Closing(Written.Utc("2026-10-15 10:00"))).Should().Be("2026-10-15 13:00");
    }

    [Fact]
    public void Whole_days_touch()
    {
        var opening = Written.Opening("Fri-Mon", "Europe/London", "2026-10-22 12:00");

        opening.Should().Be("2026-10-22 23:00 to 2026-10-27 00:00", "the clock is put back on Sunday");
    }

    [Fact]
    public void Freezes_that_touch_are_waited_for_one_after_the_other()
    {
        var calendar = Calendar.AlwaysOpen.But("Thu 12:00-13:00 UTC", "Thu 13:00-14:00 UTC", "2026-10-15 13:30..2026-10-15 18:00 UTC");

        Written.Utc(calendar.NextOpening(Some.Noon)).Should().Be("2026-10-15 18:00");
    }

    [Fact]
    public void Beyond_four_hundred_days_no_opening_is_looked_for()
    {
        var calendar = Written.Windows("2027-11-19 12:00..2027-11-19 13:00 UTC");

        calendar.NextOpening(Some.Noon).Should().Be(Some.Noon + Duration.FromDays(400));
        calendar.NextOpening(Some.Noon - Duration.Epsilon).Should().BeNull();
    }

    [Fact]
    public void Beyond_four_hundred_days_no_end_is_looked_for()
    {
        var calendar = Calendar.AlwaysOpen.But("2027-11-19 12:00..2027-11-19 13:00 UTC");

        calendar.Closing(Some.Noon).Should().Be(Some.Noon + Duration.FromDays(400));
        calendar.Closing(Some.Noon - Duration.Epsilon).Should().BeNull();
        Written.Windows("daily").Closing(Some.Noon).Should().BeNull();
    }

    [Fact]
    public void What_is_over_or_always_frozen_never_opens()
    {
        Written.Windows("2026-10-14").NextOpening(Some.Noon).Should().BeNull();
        Written.Windows("Thu 16:30-19:00").But("daily").NextOpening(Some.Noon).Should().BeNull();
        Calendar.AlwaysOpen.But("Mon 09:00-Mon 09:00").NextOpening(Some.Noon).Should().BeNull();
    }

    [Theory]
    [InlineData("2026-10-15 09:00", null)]
    [InlineData("2026-10-15 12:00", "outside its windows (Thu 16:30-19:00 Asia/Hong_Kong)")]
    [InlineData("2026-10-15 07:59", "outside its windows (Thu 16:30-19:00 Asia/Hong_Kong) and frozen by Mon-Fri 09:30-16:00 Asia/Hong_Kong")]
    [InlineData("2026-12-24 09:00", "frozen by 2026-12-24..2027-01-02 (year end), until 2027-01-03 00:00 Asia/Hong_Kong")]
    public void It_says_why_it_is_closed(string at, string? why) => Stable.Why(Written.Utc(at)).Should().Be(why);

    [Fact]
    public void All_windows_and_each_freeze_that_is_on_are_named_with_reason_and_zone()
    {
        var calendar = Written.Windows("Mon,Wed 10:00-12:00", "Fri 10:00-12:00 UTC").But("Thu: audit", "2026-10-15 18:00..2026-10-16 06:00 UTC", "2026-10-15 UTC");

        calendar.Why(Written.Utc("2026-10-15 15:59")).Should().Be(
            "outside its windows (Mon,Wed 10:00-12:00 Asia/Hong_Kong; Fri 10:00-12:00 UTC) and frozen by Thu Asia/Hong_Kong (audit) and frozen by 2026-10-15 UTC, until 2026-10-16 00:00 UTC");
    }
}
