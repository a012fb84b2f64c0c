using NodaTime;

namespace MacroPortfolio.Core.Planning.Calendars;

/// <summary>When a period comes, by the clock on the wall. That a clock may be put forward or back, <see cref="Period"/> knows.</summary>
internal abstract record Recurrence
{
    private Recurrence() { }

    /// <summary>No occurrence lasts longer.</summary>
    public abstract int LengthInDays { get; }

    /// <summary>The occurrences that begin on this date or later, in their order; without an end where there is none.</summary>
    public abstract IEnumerable<(LocalDateTime Start, LocalDateTime End)> Since(LocalDate first);

    /// <summary>Every week.</summary>
    /// <param name="Days">The days that it begins on.</param>
    /// <param name="From">In minutes since the beginning of such a day.</param>
    /// <param name="To">In minutes since the beginning of the same day: 26 hours are two o'clock of the next.</param>
    public sealed record Weekly(Weekdays Days, int From, int To) : Recurrence
    {
        public override int LengthInDays => (To / Clock.MinutesOfDay) + 1;

        public override IEnumerable<(LocalDateTime Start, LocalDateTime End)> Since(LocalDate first)
        {
            for (var date = first; ; date = date.PlusDays(1))
            {
                if (Days.Has(date.DayOfWeek))
                {
                    yield return (date.AtMidnight().PlusMinutes(From), date.AtMidnight().PlusMinutes(To));
                }
            }
        }
    }

    /// <summary>Once.</summary>
    public sealed record Dated(LocalDateTime From, LocalDateTime To) : Recurrence
    {
        public override int LengthInDays => NodaTime.Period.DaysBetween(From.Date, To.Date) + 1;

        public override IEnumerable<(LocalDateTime Start, LocalDateTime End)> Since(LocalDate first) => From.Date < first ? [] : [(From, To)];
    }
}

/// <summary>Some days of the week.</summary>
internal readonly record struct Weekdays
{
    private readonly int bits;

    private Weekdays(int bits) => this.bits = bits;

    public static Weekdays None { get; }

    public static Weekdays All { get; } = None.With(IsoDayOfWeek.Monday, IsoDayOfWeek.Sunday);

    public bool Has(IsoDayOfWeek day) => (bits & (1 << (int)day)) != 0;

    /// <summary>And from this day to that one, both included; over the week's end where the last comes before the first.</summary>
    public Weekdays With(IsoDayOfWeek first, IsoDayOfWeek last)
    {
        var with = bits;
        for (var day = first; ; day = Clock.After(day))
        {
            with |= 1 << (int)day;
            if (day == last)
            {
                return new(with);
            }
        }
    }
}

/// <summary>The measures of a week on the wall.</summary>
internal static class Clock
{
    public const int MinutesOfDay = 24 * 60;

    public const int MinutesOfWeek = 7 * MinutesOfDay;

    public static IsoDayOfWeek After(IsoDayOfWeek day) => day == IsoDayOfWeek.Sunday ? IsoDayOfWeek.Monday : day + 1;

    /// <summary>From the first of these days to the next of the others: 0 to 6.</summary>
    public static int DaysBetween(IsoDayOfWeek first, IsoDayOfWeek last) => ((int)last - (int)first + 7) % 7;
}
