using System.Globalization;
using System.Text.RegularExpressions;

namespace MacroPortfolio.Hostile.Tests.Judges;

/// <summary>
/// What mermaid reads of a gantt chart, token by token in the order of its own rules; anything that our charts do not use is refused.
/// https://github.com/mermaid-js/mermaid/blob/develop/packages/mermaid/src/diagrams/gantt/parser/gantt.jison
/// </summary>
internal sealed record Gantt(int Sections, IReadOnlyList<(string Tag, long Began, long Ended)> Bars)
{
    /// <summary>The lexer's rules; the first that fits is taken, whatever a later one would fit of the rest.</summary>
    private static readonly (string Token, Regex Rule)[] Rules =
    [
        .. new (string Token, string Rule)[]
        {
            ("accTitle", @"accTitle\s*:\s*"), ("accDescr", @"accDescr\s*[:{]\s*"), ("comment", @"%%(?!\{)[^\n]*"), ("comment", @"[^\}]%%[^\n]*"), ("directive", @"%%\{"), ("line", @"\n+"), ("space", @"\s+"), ("comment", "%[^\n]*"),
            ("href", "href\\s+\""), ("call", @"call\s+"), ("click", @"click\s+"), ("gantt", "gantt"), ("dateFormat", @"dateFormat\s[^#\n;]+"), ("inclusiveEndDates", "inclusiveEndDates"), ("topAxis", "topAxis"),
            ("axisFormat", @"axisFormat\s[^#\n;]+"), ("tickInterval", @"tickInterval\s[^#\n;]+"), ("includes", @"includes\s[^#\n;]+"), ("excludes", @"excludes\s[^#\n;]+"), ("todayMarker", @"todayMarker\s[^\n;]+"),
            ("weekday", @"weekday\s+\w+"), ("weekend", @"weekend\s+\w+"), ("date", @"\d\d\d\d-\d\d-\d\d"), ("title", @"title\s[^\n]+"), ("accDescription", @"accDescription\s[^#\n;]+"), ("section", @"section\s[^\n]+"),
            ("name", @"[^:\n]+"), ("data", @":[^#\n;]+"), ("colon", ":"),
        }.Select(rule => (rule.Token, new Regex($@"\G(?:{rule.Rule})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant))),
    ];

    /// <summary>Of the rules' names, with what they took.</summary>
    public static Gantt Read(string chart)
    {
        var (sections, bars) = (0, new List<(string, long, long)>());
        var tokens = new Queue<(string Token, string Text)>(Tokens(chart).Where(token => token.Token is not ("space" or "line")));
        foreach (var head in new[] { "gantt", "title", "dateFormat", "axisFormat" })
        {
            _ = Take(tokens, head);
        }

        while (tokens.Count > 0)
        {
            if (tokens.Peek().Token == "section")
            {
                sections++;
                tokens.Dequeue();
                continue;
            }

            _ = Take(tokens, "name");
            var data = Take(tokens, "data")[1..].Split(',').Select(part => part.Trim()).ToList();
            var tag = data.Count == 3 ? data[0] : "";
            if (data.Count is not (2 or 3) || tag is not ("" or "done" or "active" or "crit"))
            {
                throw new FormatException($"'{string.Join(", ", data)}' are no times of a bar in\n{chart}");
            }

            bars.Add((tag, Time(data[^2]), Time(data[^1])));
        }

        return new Gantt(sections, bars);
    }

    private static string Take(Queue<(string Token, string Text)> tokens, string wanted) => tokens.TryDequeue(out var token) && token.Token == wanted
        ? token.Text
        : throw new FormatException($"'{token.Text}' is {token.Token} where {wanted} should be");

    /// <summary>With <c>dateFormat x</c>: digits alone, and a year that browsers know.</summary>
    private static long Time(string text) => text.All(char.IsAsciiDigit) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var time) && time < 8_640_000_000_000_000
        ? time
        : throw new FormatException($"'{text}' is no time");

    private static IEnumerable<(string Token, string Text)> Tokens(string chart)
    {
        for (var at = 0; at < chart.Length;)
        {
            var (token, match) = Rules.Select(rule => (rule.Token, Match: rule.Rule.Match(chart, at))).FirstOrDefault(found => found.Match is { Success: true, Length: > 0 });
            yield return match is null ? throw new FormatException($"nothing fits at {at} of\n{chart}") : (token, match.Value);
            at += match.Length;
        }
    }
}
