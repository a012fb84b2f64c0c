using NodaTime;

namespace MacroPortfolio.Core.Planning.Calendars;

/// <summary>When something may be done: in its windows, or at any time where there are none, but never in its freezes.</summary>
public sealed record Calendar(IReadOnlyList<Period> Windows, IReadOnlyList<Period> Freezes)
{
    /// <summary>How far ahead an opening and its end are looked for: over a year, so that a yearly pause hides nothing.</summary>
    public static readonly Duration Horizon = Duration.FromDays(400);

    public static Calendar AlwaysOpen { get; } = new([], []);

    public bool IsOpen(Instant at) => IsInWindow(at) && EndOf(Freezes, at) is null;

    /// <summary>The first instant from this one on at which it is open; this one, when it is. Null when there is none within the <see cref="Horizon"/>.</summary>
    public Instant? NextOpening(Instant from)
    {
        var at = (Instant?)from;
        while (at is { } here && here <= from + Horizon)
        {
            if (EndOf(Freezes, here) is { } thaw)
            {
                at = thaw;
            }
            else if (IsInWindow(here))
            {
                return here;
            }
            else
            {
                at = NextOf(Windows, here);
            }
        }

        return null;
    }

    /// <summary>The end of the opening that this instant lies in, which may be of several windows that touch. Null when it is closed, or does not close within the <see cref="Horizon"/>.</summary>
    public Instant? Closing(Instant at)
    {
        if (!IsOpen(at))
        {
            return null;
        }

        var closing = new[] { NextOf(Freezes, at), EndOfWindows(at) }.Min();
        return closing <= at + Horizon ? closing : null;
    }

    /// <summary>Null when it is open.</summary>
    public string? Why(Instant at)
    {
        var outside = IsInWindow(at) ? [] : new[] { $"outside its windows ({string.Join("; ", Windows)})" };
        var reasons = outside.Concat(Freezes.Where(freeze => freeze.Contains(at)).Select(freeze => $"frozen by {Words(freeze, at)}")).ToList();
        return reasons.Count == 0 ? null : string.Join(" and ", reasons);
    }

    /// <summary>What people who wrote this may not have meant.</summary>
    public IReadOnlyList<string> Warnings(Instant from) => [.. Over(from), .. NeverOpen(from), .. Eaten(from)];

    private IEnumerable<string> Over(Instant now) =>
        from written in Windows.Select(window => (Kind: "window", Period: window)).Concat(Freezes.Select(freeze => (Kind: "freeze", Period: freeze)))
        where written.Period.IsDated && !written.Period.Contains(now) && written.Period.Next(now) is null
        select $"the {written.Kind} '{written.Period}' is over and can be removed";

    private IEnumerable<string> NeverOpen(Instant now)
    {
        if (Windows.Count == 0 && NextOpening(now) is null)
        {
            yield return $"it never opens within {Horizon.Days} days: the freezes leave no time";
        }

        foreach (var window in Windows.Where(window => window.Contains(now) || window.Next(now)?.Start <= now + Horizon))
        {
            if (new Calendar([window], Freezes).NextOpening(now) is null)
            {
                yield return $"the window '{window}' never opens within {Horizon.Days} days: the freezes take all of it";
            }
        }
    }

    private IEnumerable<string> Eaten(Instant now) =>
        from opening in new[] { NextOpening(now) }.OfType<Instant>()
        from window in Windows
        let whole = window.Covering(opening)
        where whole is not null
        from freeze in Freezes
        let eaten = Eaten(whole.Value, freeze)
        where eaten > whole.Value.Duration / 2
        select $"the freeze '{freeze}' takes {eaten.TotalMinutes:0} of the {whole.Value.Duration.TotalMinutes:0} minutes of the window '{window}' that opens next, at {window.OnTheWall(opening)}";

    /// <summary>How much of it the freeze takes.</summary>
    private static Duration Eaten(Interval window, Period freeze)
    {
        var (eaten, at) = (Duration.Zero, (Instant?)window.Start);
        while (at is { } here && here < window.End)
        {
            if (freeze.Covering(here) is { } frozen)
            {
                eaten += Instant.Min(frozen.End, window.End) - here;
                at = frozen.End;
            }
            else
            {
                at = freeze.Next(here)?.Start;
            }
        }

        return eaten;
    }

    /// <summary>A weekly freeze says itself when it ends.</summary>
    private static string Words(Period freeze, Instant at) => freeze.IsDated && freeze.Covering(at) is { } frozen
        ? $"{freeze.Text}{freeze.ReasonInBrackets}, until {freeze.OnTheWall(frozen.End)}"
        : freeze.ToString();

    private bool IsInWindow(Instant at) => Windows.Count == 0 || Windows.Any(window => window.Contains(at));

    /// <summary>Through windows that overlap or touch.</summary>
    private Instant? EndOfWindows(Instant at)
    {
        var end = EndOf(Windows, at);
        while (end <= at + Horizon && EndOf(Windows, end.Value) is { } later)
        {
            end = later;
        }

        return end;
    }

    /// <summary>Null when none of them is on.</summary>
    private static Instant? EndOf(IReadOnlyList<Period> periods, Instant at) => periods.Select(period => period.Covering(at)?.End).Max();

    private static Instant? NextOf(IReadOnlyList<Period> periods, Instant after) => periods.Select(period => period.Next(after)?.Start).Min();
}
