using System.Diagnostics.CodeAnalysis;
using NodaTime;
using NodaTime.Text;

namespace MacroPortfolio.Core.Planning.Calendars;

/// <summary>A window or a freeze as it was written.</summary>
/// <remarks>
/// Bounds are times on the wall of <see cref="Zone"/>, and an occurrence begins on the date that its start has there. Where the clock is put forward over a bound, the bound is the
/// first instant after the gap; what a gap swallows whole does not occur. Where the clock is put back and shows a bound twice, a start is the first of the two and an end
/// the second, for a window and a freeze alike: whenever the wall shows a time that the text contains, the period is on, whichever of the two it is. For a freeze that is the safe
/// side, and for a window it is what somebody sees who looks at the clock and reads the text.
/// </remarks>
public sealed record Period
{
    public const string Expected =
        "'Thu 16:30-19:00', 'Mon-Fri 09:30-16:00', 'Mon,Wed,Fri 10:00-12:00', 'Sat-Sun', 'daily 22:00-02:00', 'Wed 17:00-Thu 19:00', '2026-12-24', '2026-12-24..2027-01-02' or "
        + "'2026-12-24 18:00..2027-01-02 07:00'; behind it a zone may stand ('Thu 16:30-19:00 Asia/Hong_Kong'), and behind that a reason ('2026-12-24..2027-01-02: year end')";

    /// <summary>More than any shift of a clock, which may be over the date line, makes of a date.</summary>
    private const int DaysOfShift = 2;

    private static readonly LocalDateTimePattern Minute = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd' 'HH':'mm");

    private readonly Recurrence when;

    private Period(string text, string? reason, DateTimeZone? own, DateTimeZone fallback, Recurrence when)
    {
        Text = text;
        Reason = reason;
        Zone = own ?? fallback;
        TextWithZone = own is null ? $"{text} {fallback.Id}" : text;
        this.when = when;
    }

    /// <summary>As written, without the reason; white space is one space.</summary>
    public string Text { get; }

    /// <summary>What stands behind <c>: </c>.</summary>
    public string? Reason { get; }

    /// <summary>The period's own, which stands at the end of its text, or else the one that all without their own have.</summary>
    public DateTimeZone Zone { get; }

    /// <summary>It comes once.</summary>
    internal bool IsDated => when is Recurrence.Dated;

    /// <summary>With the zone, even where it goes without saying.</summary>
    internal string TextWithZone { get; }

    internal string ReasonInBrackets => Reason is null ? "" : $" ({Reason})";

    /// <param name="fallback">The zone where the text names none.</param>
    /// <param name="why">What is wrong with the text and what would be right; else empty.</param>
    public static bool TryParse(string text, DateTimeZone fallback, [NotNullWhen(true)] out Period? period, out string why)
    {
        period = null;
        if (!Written.TryRead(text, out var written, out why))
        {
            return false;
        }

        var reader = new PeriodReader(written.When);
        if (reader.Read() is not { } when)
        {
            why = reader.Why;
            return false;
        }

        if (!Zones.TryFind(reader.Rest, out var own, out why))
        {
            return false;
        }

        period = new Period(written.When, written.Reason, own, fallback, when);
        return true;
    }

    public bool Contains(Instant at) => Covering(at) is not null;

    /// <summary>The occurrence that this instant lies in; of two, the one that ends later.</summary>
    internal Interval? Covering(Instant at)
    {
        var covering = OccurrencesSince(DateOf(at).PlusDays(-when.LengthInDays - DaysOfShift))
            .TakeWhile(occurrence => occurrence.Start <= at)
            .Where(occurrence => occurrence.Contains(at))
            .ToList();
        return covering.Count == 0 ? null : covering.MaxBy(occurrence => occurrence.End);
    }

    /// <summary>The first occurrence that begins later than this instant.</summary>
    internal Interval? Next(Instant after)
    {
        foreach (var occurrence in OccurrencesSince(DateOf(after).PlusDays(-DaysOfShift)))
        {
            if (occurrence.Start > after)
            {
                return occurrence;
            }
        }

        return null;
    }

    /// <summary>A time as the period's own clock on the wall shows it.</summary>
    internal string OnTheWall(Instant at) => $"{Minute.Format(at.InZone(Zone).LocalDateTime)} {Zone.Id}";

    public override string ToString() => TextWithZone + ReasonInBrackets;

    private LocalDate DateOf(Instant at) => at.InZone(Zone).Date;

    /// <summary>In the order of their starts, as a later time on the wall is never first reached earlier.</summary>
    private IEnumerable<Interval> OccurrencesSince(LocalDate first)
    {
        foreach (var (start, end) in when.Since(first))
        {
            if (Begins(start) is var from && Ends(end) is var to && from < to)
            {
                yield return new Interval(from, to);
            }
        }
    }

    private Instant Begins(LocalDateTime wall) => Zone.MapLocal(wall) is { Count: > 0 } shown ? shown.First().ToInstant() : AfterTheGap(wall);

    private Instant Ends(LocalDateTime wall) => Zone.MapLocal(wall) is { Count: > 0 } shown ? shown.Last().ToInstant() : AfterTheGap(wall);

    private Instant AfterTheGap(LocalDateTime wall) => Zone.MapLocal(wall).LateInterval.Start;

    /// <summary>A text in its two parts.</summary>
    private sealed record Written(string When, string? Reason)
    {
        public static bool TryRead(string text, [NotNullWhen(true)] out Written? written, out string why)
        {
            var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            var colon = (line + ' ').IndexOf(": ", StringComparison.Ordinal);
            var reason = colon < 0 ? null : line[(colon + 1)..].Trim();
            written = new Written(colon < 0 ? line : line[..colon].TrimEnd(), reason);
            why = written switch
            {
                { When: "" } => "there is no period; write for example Thu 16:30-19:00 or 2026-12-24..2027-01-02",
                { Reason: "" } => "there is no reason behind ':'; write one, or leave ':' out",
                _ => "",
            };
            return why.Length == 0;
        }
    }
}
