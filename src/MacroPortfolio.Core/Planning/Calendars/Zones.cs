using NodaTime;

namespace MacroPortfolio.Core.Planning.Calendars;

/// <summary>Time zones by their names, as <see href="https://www.iana.org/time-zones">IANA</see> gives them.</summary>
internal static class Zones
{
    private const string Instead = "write a zone such as Asia/Hong_Kong, or UTC";

    /// <param name="rest">What stands behind a period's days and times, which may be nothing.</param>
    public static bool TryFind(string rest, out DateTimeZone? zone, out string why)
    {
        zone = null;
        why = rest switch
        {
            "" or "UTC" => "",
            _ when IsOffset(rest) => $"'{rest}' is an offset, and those do not know summer time; {Instead}",
            _ when IsMore(rest) => $"'{rest}' is too much; days are listed with commas (Mon,Wed) or from one to another (Mon-Fri), and other times are a period of their own",
            _ when IsAbbreviation(rest) => $"'{rest}' is an abbreviation, and those do not know summer time or stand for several zones; {Instead}",
            _ when !DateTimeZoneProviders.Tzdb.Ids.Contains(rest) => $"'{rest}' is no time zone; {Meant(rest)}",
            _ => "",
        };
        zone = rest.Length > 0 && why.Length == 0 ? DateTimeZoneProviders.Tzdb[rest] : null;
        return why.Length == 0;
    }

    /// <summary>Also those that have a name: <c>Etc/GMT-8</c>.</summary>
    private static bool IsOffset(string rest)
    {
        var sign = rest.IndexOfAny(['+', '-']);
        return sign >= 0 && sign + 1 < rest.Length && char.IsAsciiDigit(rest[sign + 1]) && rest[..sign].Trim() is "" or "UTC" or "GMT" or "Etc/GMT";
    }

    private static bool IsMore(string rest) => rest[0] is ',' or '-' or '.' || char.IsAsciiDigit(rest[0]) || PeriodReader.IsDay(rest.Split(' ', ',', '-')[0]);

    private static bool IsAbbreviation(string rest) => rest.All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter));

    private static string Meant(string rest)
    {
        var word = rest.Replace(' ', '_');
        var ids = DateTimeZoneProviders.Tzdb.Ids;
        var near = ids.Where(id => id[(id.LastIndexOf('/') + 1)..].Equals(word[(word.LastIndexOf('/') + 1)..], StringComparison.OrdinalIgnoreCase))
            .Append(Nearest.To(word, ids))
            .OfType<string>()
            .Distinct()
            .OrderByDescending(id => id.Contains('/', StringComparison.Ordinal))
            .Take(3)
            .ToList();
        return near.Count == 0 ? Instead : $"did you mean {string.Join(" or ", near)}?";
    }
}
