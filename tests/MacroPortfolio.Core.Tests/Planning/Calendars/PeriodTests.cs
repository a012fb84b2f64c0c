using System.Text.RegularExpressions;
using MacroPortfolio.Core.Planning.Calendars;

namespace MacroPortfolio.Core.Tests.Planning.Calendars;

/// <summary>What can be written. The next opening is looked for from seven o'clock on Monday, 2026-10-12.</summary>
public sealed partial class PeriodTests
{
    [Theory]
    [InlineData("Thu 16:30-19:00", "2026-10-15 16:30 to 2026-10-15 19:00")]
    [InlineData("Thursday 16:30-19:00", "2026-10-15 16:30 to 2026-10-15 19:00")]
    [InlineData("THU 16:30 - 19:00", "2026-10-15 16:30 to 2026-10-15 19:00")]
    [InlineData("  thu\t16:30-\n19:00  ", "2026-10-15 16:30 to 2026-10-15 19:00")]
    [InlineData("Wed 9:30-16:00", "2026-10-14 09:30 to 2026-10-14 16:00")]
    [InlineData("Mon-Fri 09:30-16:00", "2026-10-12 09:30 to 2026-10-12 16:00")]
    [InlineData("Tue - Fri 09:30-16:00", "2026-10-13 09:30 to 2026-10-13 16:00")]
    [InlineData("Wed,Fri 10:00-12:00", "2026-10-14 10:00 to 2026-10-14 12:00")]
    [InlineData("wednesday , FRIDAY 10:00-12:00", "2026-10-14 10:00 to 2026-10-14 12:00")]
    [InlineData("Tue-Wed,Fri 10:00-12:00", "2026-10-13 10:00 to 2026-10-13 12:00")]
    [InlineData("Sat-Sun", "2026-10-17 00:00 to 2026-10-19 00:00")]
    [InlineData("Fri-Mon", "2026-10-12 07:00 to 2026-10-13 00:00")]
    [InlineData("Wed", "2026-10-14 00:00 to 2026-10-15 00:00")]
    [InlineData("Wed 00:00-24:00", "2026-10-14 00:00 to 2026-10-15 00:00")]
    [InlineData("Wed 22:00-24:00", "2026-10-14 22:00 to 2026-10-15 00:00")]
    [InlineData("daily 22:00-02:00", "2026-10-12 22:00 to 2026-10-13 02:00")]
    [InlineData("22:00-02:00", "2026-10-12 22:00 to 2026-10-13 02:00")]
    [InlineData("Daily 9:00-10:00", "2026-10-12 09:00 to 2026-10-12 10:00")]
    [InlineData("Fri 22:00-02:00", "2026-10-16 22:00 to 2026-10-17 02:00")]
    [InlineData("Fri 22:00-22:00", "2026-10-16 22:00 to 2026-10-17 22:00")]
    [InlineData("Wed 17:00-Thu 19:00", "2026-10-14 17:00 to 2026-10-15 19:00")]
    [InlineData("Wed 17:00 - Thursday 24:00", "2026-10-14 17:00 to 2026-10-16 00:00")]
    [InlineData("Fri 18:00-Mon 07:00", "2026-10-16 18:00 to 2026-10-19 07:00")]
    [InlineData("Wed 17:00-Wed 19:00", "2026-10-14 17:00 to 2026-10-14 19:00")]
    [InlineData("Wed 17:00-Wed 16:00", "2026-10-12 07:00 to 2026-10-14 16:00")]
    [InlineData("2026-10-14..2026-10-16", "2026-10-14 00:00 to 2026-10-17 00:00")]
    [InlineData("2026-10-14 .. 2026-10-16", "2026-10-14 00:00 to 2026-10-17 00:00")]
    [InlineData("2026-10-14..2026-10-14", "2026-10-14 00:00 to 2026-10-15 00:00")]
    [InlineData("2026-10-14", "2026-10-14 00:00 to 2026-10-15 00:00")]
    [InlineData("2026-10-14 18:00..2026-10-16 7:00", "2026-10-14 18:00 to 2026-10-16 07:00")]
    [InlineData("2026-10-14 18:00 .. 2026-10-14 24:00", "2026-10-14 18:00 to 2026-10-15 00:00")]
    public void A_period_is_read_from_what_people_write(string text, string opens) =>
        Written.Opening(text, "UTC", "2026-10-12 07:00").Should().Be(opens);

    [Theory]
    [InlineData("Mon-Fri 09:30-16:00", "Mon-Fri 09:30-16:00", null, "Europe/London")]
    [InlineData("Mon-Fri  09:30-16:00 Asia/Hong_Kong", "Mon-Fri 09:30-16:00 Asia/Hong_Kong", null, "Asia/Hong_Kong")]
    [InlineData("Mon-Fri 09:30-16:00 UTC: market hours", "Mon-Fri 09:30-16:00 UTC", "market hours", "UTC")]
    [InlineData("Sat-Sun America/Port-au-Prince", "Sat-Sun America/Port-au-Prince", null, "America/Port-au-Prince")]
    [InlineData("2026-12-24..2027-01-02: year end", "2026-12-24..2027-01-02", "year end", "Europe/London")]
    [InlineData("2026-12-24 Asia/Hong_Kong : eve: 1/2 day ", "2026-12-24 Asia/Hong_Kong", "eve: 1/2 day", "Asia/Hong_Kong")]
    [InlineData("2026-12-24 18:00..2027-01-02 07:00 Singapore:\n two\n lines", "2026-12-24 18:00..2027-01-02 07:00 Singapore", "two lines", "Singapore")]
    public void Behind_days_and_times_a_zone_and_a_reason_may_stand(string text, string without, string? reason, string zone)
    {
        var period = Written.Period(text, "Europe/London");

        period.Text.Should().Be(without);
        period.Reason.Should().Be(reason);
        period.Zone.Id.Should().Be(zone);
    }

    [Theory]
    [InlineData("", "there is no period; write for example Thu 16:30-19:00 or 2026-12-24..2027-01-02")]
    [InlineData(" \n", "there is no period")]
    [InlineData(": year end", "there is no period")]
    [InlineData("2026-12-24:", "there is no reason behind ':'")]
    [InlineData("2026-12-24:  ", "there is no reason behind ':'")]
    [InlineData("Thr 16:30-19:00", "'Thr' is no day; days are Mon, Tue, Wed, Thu, Fri, Sat and Sun, or daily")]
    [InlineData("weekdays 16:30-19:00", "'weekdays' is no day; days are Mon")]
    [InlineData("Mon-Fry 16:30-19:00", "'Fry' is no day; days are Mon")]
    [InlineData("Mon,,Wed 16:30-19:00", "a day is missing behind 'Mon,'; days are Mon")]
    [InlineData("Mon-", "a day is missing behind 'Mon-'; days are Mon")]
    [InlineData("Mon-17:00", "'17:00' is no day; days are Mon")]
    [InlineData("Mon-Monday 16:30-19:00", "'Mon-Monday' begins and ends on the same day; write that day alone, or daily")]
    [InlineData("Mon Tue 16:30-19:00", "'Tue 16:30-19:00' is too much; days are listed with commas (Mon,Wed) or from one to another (Mon-Fri)")]
    [InlineData("daily,Mon 16:30-19:00", "',Mon 16:30-19:00' is too much")]
    [InlineData("Mon..Fri", "'..Fri' is too much; days are listed")]
    [InlineData("Mon .. Fri", "'.. Fri' is too much; days are listed")]
    [InlineData("Mon–Fri 09:30–16:00", "a long dash is in it; write '-'")]
    [InlineData("-Fri", "it begins with '-' instead of a day, a time or a date")]
    [InlineData("Thu 16:30", "'Thu 16:30' has no end; times are written 09:30-16:00")]
    [InlineData("Thu 16:30-", "a time is missing behind 'Thu 16:30-'; times are written 09:30, up to 23:59 and as an end 24:00")]
    [InlineData("Thu 9am-5pm", "'9am' is no time; times are written 09:30, up to 23:59")]
    [InlineData("9am-5pm", "'9am' is neither a time nor a date; times are written 09:30, up to 23:59 and as an end 24:00, and dates are written 2026-12-24")]
    [InlineData("Thu 09:30-5pm", "'5pm' is no time")]
    [InlineData("Thu 09.30-16.00", "'09.30' is no time")]
    [InlineData("Thu 0930-1600", "'0930' is no time")]
    [InlineData("Thu 25:00-26:00", "'25:00' is no time")]
    [InlineData("Thu 09:60-10:00", "'09:60' is no time")]
    [InlineData("Thu 09:5-10:00", "'09:5' is no time")]
    [InlineData("Thu 009:05-10:00", "'009:05' is no time")]
    [InlineData("Thu 09:05:00-10:00", "'09:05:00' is no time")]
    [InlineData("Thu 09:30-24:01", "'24:01' is no time")]
    [InlineData("Thu 24:00-10:00", "nothing begins at 24:00; write 00:00 of the next day")]
    [InlineData("Thu 16:30-17:00 18:00-19:00", "'18:00-19:00' is too much; days are listed with commas (Mon,Wed) or from one to another (Mon-Fri), and other times are a period of their own")]
    [InlineData("Thu 16:30-17:00, Fri 18:00-19:00", "', Fri 18:00-19:00' is too much")]
    [InlineData("Mon-Wed 17:00-Thu 19:00", "it ends on a named day, so it has to begin on one as well: Wed 17:00-Thu 19:00")]
    [InlineData("17:00-Thu 19:00", "it ends on a named day, so it has to begin on one as well")]
    [InlineData("Wed 17:00-Thu", "a time is missing behind 'Wed 17:00-Thu'")]
    [InlineData("Wed 17:00-tomorrow 19:00", "'tomorrow' is no day")]
    [InlineData("24.12.2026", "'24.12.2026' is neither a time nor a date")]
    [InlineData("12/24/2026", "'12/24/2026' is neither a time nor a date")]
    [InlineData("24-12-2026", "'24-12-2026' is no date; dates are written 2026-12-24")]
    [InlineData("2026-02-29", "'2026-02-29' is no date")]
    [InlineData("2026-12-24T18:00..2027-01-02T07:00", "'2026-12-24T18:00' is no date")]
    [InlineData("0206-12-24", "'0206-12-24' is not in the years 1970 to 2999")]
    [InlineData("2026-12-24..", "a date is missing behind '2026-12-24..'; dates are written 2026-12-24")]
    [InlineData("2026-12-24..Sat", "'Sat' is no date")]
    [InlineData("2026-12-24 - 2027-01-02", "'2026-12-24' has no end; from one date to another is written 2026-12-24..2027-01-02 or 2026-12-24 18:00..2027-01-02 07:00")]
    [InlineData("2026-12-24 18:00", "'2026-12-24 18:00' has no end; from one date")]
    [InlineData("2026-12-24 18:00-20:00", "'2026-12-24 18:00' has no end; from one date")]
    [InlineData("2026-12-24 24:00..2026-12-26 07:00", "nothing begins at 24:00")]
    [InlineData("2026-12-24 18:00..2027-01-02", "only one of its dates has a time; write 2026-12-24..2027-01-02, which includes both days, or 2026-12-24 18:00..2027-01-02 07:00")]
    [InlineData("2026-12-24..2027-01-02 07:00", "only one of its dates has a time")]
    [InlineData("2027-01-02..2026-12-24", "it ends before it has begun; the earlier date stands first")]
    [InlineData("2026-12-24 18:00..2026-12-24 18:00", "it ends before it has begun")]
    [InlineData("Thu 16:30-19:00 HKT", "'HKT' is an abbreviation, and those do not know summer time or stand for several zones; write a zone such as Asia/Hong_Kong, or UTC")]
    [InlineData("Thu 16:30-19:00 EST", "'EST' is an abbreviation")]
    [InlineData("Thu 16:30-19:00 EST5EDT", "'EST5EDT' is an abbreviation")]
    [InlineData("Thu 16:30-19:00 Z", "'Z' is an abbreviation")]
    [InlineData("Thu 16:30-19:00 +08:00", "'+08:00' is an offset, and those do not know summer time; write a zone such as Asia/Hong_Kong, or UTC")]
    [InlineData("Thu 16:30-19:00 -05:00", "'-05:00' is an offset")]
    [InlineData("Thu 16:30-19:00 UTC+8", "'UTC+8' is an offset")]
    [InlineData("Thu 16:30-19:00 GMT +8", "'GMT +8' is an offset")]
    [InlineData("Thu 16:30-19:00 Etc/GMT-8", "'Etc/GMT-8' is an offset")]
    [InlineData("Thu 16:30-19:00 Asia/HongKong", "'Asia/HongKong' is no time zone; did you mean Asia/Hong_Kong or Hongkong?")]
    [InlineData("Thu 16:30-19:00 asia/hong_kong", "did you mean Asia/Hong_Kong?")]
    [InlineData("Thu 16:30-19:00 Hong Kong", "did you mean Asia/Hong_Kong or Hongkong?")]
    [InlineData("Thu 16:30-19:00 London", "'London' is no time zone; did you mean Europe/London?")]
    [InlineData("Thu 16:30-19:00 America/NewYork", "did you mean America/New_York?")]
    [InlineData("Thu 16:30-19:00 utc", "did you mean")]
    [InlineData("Thu 16:30-19:00 Middle-earth/Hobbiton", "'Middle-earth/Hobbiton' is no time zone; write a zone such as Asia/Hong_Kong, or UTC")]
    [InlineData("Asia/Hong_Kong Thu 16:30-19:00", "'Asia/Hong_Kong' is no day")]
    [InlineData("Thu ١٦:30-19:00", "'١٦:30-19:00' is no time zone")]
    public void What_is_no_period_is_refused_with_what_would_be_right(string text, string words)
    {
        var parsed = Period.TryParse(text, Written.HongKong, out var period, out var why);

        parsed.Should().BeFalse();
        period.Should().BeNull();
        why.Should().Contain(words);
    }

    [Fact]
    public void What_is_expected_names_examples_that_are_periods()
    {
        var examples = Quoted().Matches(Period.Expected).Select(match => match.Groups[1].Value).ToList();

        examples.Should().HaveCount(11).And.OnlyContain(text => IsPeriod(text));
    }

    /// <summary>Half of what is typed is cut off, doubled or swapped: whatever it makes, there are words for it.</summary>
    [Fact]
    public void Whatever_is_typed_is_a_period_or_has_words()
    {
        string[] pieces = ["Mon", "Thu", "daily", "9:30", "16:00", "24:00", "2026-12-24", "0", "-", ",", "..", ".", ":", ": ", " ", "UTC", "Asia/Hong_Kong", "+08:00", "x", "é", "\ud800", "\0"];
        var random = new Random(20261015);

        foreach (var length in Enumerable.Range(0, 20_000).Select(_ => random.Next(1, 9)))
        {
            var text = string.Concat(Enumerable.Range(0, length).Select(_ => pieces[random.Next(pieces.Length)]));
            var parsed = Period.TryParse(text, Written.HongKong, out var period, out var why);

            (parsed ? period is not null && why.Length == 0 && new Calendar([period], []).NextOpening(Some.Noon) >= Some.Noon : period is null && why.Length > 0)
                .Should().BeTrue("'{0}' is either a period or not ({1})", text, why);
        }
    }

    private static bool IsPeriod(string text) => Period.TryParse(text, Written.HongKong, out _, out var why) && why.Length == 0;

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();
}
