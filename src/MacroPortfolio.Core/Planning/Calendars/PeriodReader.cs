using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace MacroPortfolio.Core.Planning.Calendars;

/// <summary>Reads a period's days and times from left to right, and tells the first thing that is wrong.</summary>
/// <param name="text">Not empty; white space is one space.</param>
internal sealed class PeriodReader(string text)
{
    private const string Days = "days are Mon, Tue, Wed, Thu, Fri, Sat and Sun, or daily";
    private const string Times = "times are written 09:30, up to 23:59 and as an end 24:00";
    private const string Dates = "dates are written 2026-12-24";

    private static readonly LocalDatePattern Date = LocalDatePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd");

    private int at;

    /// <summary>What is wrong and what would be right; empty as long as all is well.</summary>
    public string Why { get; private set; } = "";

    /// <summary>What stands behind the days and times.</summary>
    public string Rest => text[at..].Trim();

    public static bool IsDay(string word) => DayOf(word) is not null;

    /// <summary>Null when something is wrong.</summary>
    public Recurrence? Read() => text switch
    {
        _ when text.Any(letter => letter is >= '\u2010' and <= '\u2015') => Fail<Recurrence>("a long dash is in it; write '-'"),
        _ when text[0] is '-' or ',' or '.' => Fail<Recurrence>($"it begins with '{text[0]}' instead of a day, a time or a date"),
        _ when text.TakeWhile(letter => letter == '-' || char.IsAsciiDigit(letter)).Count(letter => letter == '-') >= 2 => ReadDated(),
        _ => ReadWeekly(),
    };

    private Recurrence.Dated? ReadDated()
    {
        if (ReadBound(isEnd: false) is not { } first)
        {
            return null;
        }

        if (!Take(".."))
        {
            return first.Minute is null && !IsNext('-')
                ? new(first.Date.AtMidnight(), first.Date.PlusDays(1).AtMidnight())
                : Fail<Recurrence.Dated>($"'{text[..at]}' has no end; from one date to another is written 2026-12-24..2027-01-02 or 2026-12-24 18:00..2027-01-02 07:00");
        }

        if (ReadBound(isEnd: true) is not { } last)
        {
            return null;
        }

        if (first.Minute is null != last.Minute is null)
        {
            return Fail<Recurrence.Dated>("only one of its dates has a time; write 2026-12-24..2027-01-02, which includes both days, or 2026-12-24 18:00..2027-01-02 07:00");
        }

        var (from, to) = (first.Date.AtMidnight().PlusMinutes(first.Minute ?? 0), last.Date.AtMidnight().PlusMinutes(last.Minute ?? Clock.MinutesOfDay));
        return from < to ? new(from, to) : Fail<Recurrence.Dated>("it ends before it has begun; the earlier date stands first");
    }

    private Recurrence.Weekly? ReadWeekly()
    {
        var (days, named) = (Weekdays.All, (IsoDayOfWeek?)null);
        if (!IsDigitNext)
        {
            if (ReadDays() is not { } written)
            {
                return null;
            }

            (days, named) = written;
            if (!IsDigitNext)
            {
                return new(days, 0, Clock.MinutesOfDay);
            }
        }

        if (ReadTime(isEnd: false) is not { } from)
        {
            return null;
        }

        if (!Take("-"))
        {
            return Fail<Recurrence.Weekly>($"'{text[..at]}' has no end; times are written 09:30-16:00");
        }

        return IsLetterNext ? ReadOverDays(days, named, from)
            : ReadTime(isEnd: true) is { } to ? new(days, from, to > from ? to : to + Clock.MinutesOfDay)
            : null;
    }

    /// <summary>The part behind the hyphen of <c>Wed 17:00-Thu 19:00</c>.</summary>
    private Recurrence.Weekly? ReadOverDays(Weekdays days, IsoDayOfWeek? first, int from)
    {
        if (first is not { } start)
        {
            return Fail<Recurrence.Weekly>("it ends on a named day, so it has to begin on one as well: Wed 17:00-Thu 19:00");
        }

        if (ReadDay() is not { } last || ReadTime(isEnd: true) is not { } time)
        {
            return null;
        }

        var to = (Clock.DaysBetween(start, last) * Clock.MinutesOfDay) + time;
        return new(days, from, to > from ? to : to + Clock.MinutesOfWeek);
    }

    /// <summary>Days, and which it is if it is one.</summary>
    private (Weekdays Days, IsoDayOfWeek? Named)? ReadDays()
    {
        if (TakeWord("daily"))
        {
            return (Weekdays.All, null);
        }

        var (days, named) = (Weekdays.None, (IsoDayOfWeek?)null);
        do
        {
            if (ReadDay() is not { } first)
            {
                return null;
            }

            var isRange = Take("-");
            if ((isRange ? ReadDay() : first) is not { } last)
            {
                return null;
            }

            if (isRange && first == last)
            {
                return Fail<(Weekdays, IsoDayOfWeek?)?>($"'{text[..at]}' begins and ends on the same day; write that day alone, or daily");
            }

            named = days == Weekdays.None && !isRange ? first : null;
            days = days.With(first, last);
        }
        while (Take(","));
        return (days, named);
    }

    private IsoDayOfWeek? ReadDay()
    {
        var before = at;
        var word = Word();
        return DayOf(word) ?? (word.Length == 0 ? Fail<IsoDayOfWeek?>($"a day is missing behind '{text[..before].TrimEnd()}'; {Days}") : Fail<IsoDayOfWeek?>($"'{word}' is no day; {Days}"));
    }

    /// <summary>Minutes of the day.</summary>
    private int? ReadTime(bool isEnd)
    {
        var before = at;
        var word = Word();
        return word switch
        {
            "" => Fail<int?>($"a time is missing behind '{text[..before].TrimEnd()}'; {Times}"),
            "24:00" when !isEnd => Fail<int?>("nothing begins at 24:00; write 00:00 of the next day"),
            "24:00" => Clock.MinutesOfDay,
            _ when MinuteOf(word) is { } minute => minute,
            _ when before == 0 => Fail<int?>($"'{word}' is neither a time nor a date; {Times}, and {Dates}"),
            _ => Fail<int?>($"'{word}' is no time; {Times}"),
        };
    }

    private (LocalDate Date, int? Minute)? ReadBound(bool isEnd)
    {
        Skip();
        var word = new string([.. text[at..].TakeWhile(letter => letter is not (' ' or '.' or ','))]);
        at += word.Length;
        if (Date.Parse(word) is not { Success: true, Value: var date })
        {
            return Fail<(LocalDate, int?)?>(word.Length == 0 ? $"a date is missing behind '{text[..at].TrimEnd()}'; {Dates}" : $"'{word}' is no date; {Dates}");
        }

        if (date.Year is < 1970 or > 2999)
        {
            return Fail<(LocalDate, int?)?>($"'{word}' is not in the years 1970 to 2999");
        }

        return !IsDigitNext ? (date, null) : ReadTime(isEnd) is { } minute ? (date, minute) : null;
    }

    private static int? MinuteOf(string word) => word.Split(':') is [{ Length: 1 or 2 } hour, { Length: 2 } minute] && Number(hour, 23) is { } hours && Number(minute, 59) is { } minutes
        ? (hours * 60) + minutes
        : null;

    private static int? Number(string digits, int most) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most ? number : null;

    private static IsoDayOfWeek? DayOf(string word) => word.ToLowerInvariant() switch
    {
        "mon" or "monday" => IsoDayOfWeek.Monday,
        "tue" or "tuesday" => IsoDayOfWeek.Tuesday,
        "wed" or "wednesday" => IsoDayOfWeek.Wednesday,
        "thu" or "thursday" => IsoDayOfWeek.Thursday,
        "fri" or "friday" => IsoDayOfWeek.Friday,
        "sat" or "saturday" => IsoDayOfWeek.Saturday,
        "sun" or "sunday" => IsoDayOfWeek.Sunday,
        _ => null,
    };

    private bool IsDigitNext => Next is { } letter && char.IsAsciiDigit(letter);

    private bool IsLetterNext => Next is { } letter && char.IsLetter(letter);

    private char? Next => text[at..].TrimStart() is [var letter, ..] ? letter : null;

    private bool IsNext(char letter) => Next == letter;

    private bool Take(string sign)
    {
        var taken = text[at..].TrimStart().StartsWith(sign, StringComparison.OrdinalIgnoreCase);
        if (taken)
        {
            Skip();
            at += sign.Length;
        }

        return taken;
    }

    private bool TakeWord(string word)
    {
        var before = at;
        var taken = Word().Equals(word, StringComparison.OrdinalIgnoreCase);
        at = taken ? at : before;
        return taken;
    }

    /// <summary>Up to what may stand between words.</summary>
    private string Word()
    {
        Skip();
        var from = at;
        while (at < text.Length && text[at] is not (' ' or '-' or ',') && !text[at..].StartsWith("..", StringComparison.Ordinal))
        {
            at++;
        }

        return text[from..at];
    }

    private void Skip() => at += text.Length - at - text[at..].TrimStart().Length;

    private T? Fail<T>(string why)
    {
        Why = Why.Length == 0 ? why : Why;
        return default;
    }
}
