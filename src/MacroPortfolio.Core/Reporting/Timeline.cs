using System.Text;
using System.Text.RegularExpressions;
using MacroPortfolio.Core.Releases;
using NodaTime;

namespace MacroPortfolio.Core.Reporting;

/// <summary>
/// A deployment's instances over time, as a mermaid gantt chart: a bar for each event of each instance or, of a fleet that is too large for that, a row for each batch.
/// Mermaid has no escapes, so names keep only letters that mean nothing to it.
/// </summary>
public static partial class Timeline
{
    /// <summary>More rows than this are no longer read; the table beside the chart has everything.</summary>
    private const int MostRows = 24;

    private const int LongestName = 80;

    private readonly record struct Bar(string Name, string Tag, Instant Started, Instant Ended);

    /// <summary>Empty when no instance has begun.</summary>
    public static string Render(string title, IReadOnlyList<Target> targets)
    {
        var begun = targets.Where(target => target.Started is not null).OrderBy(target => target.Started).ToList();
        if (begun.Count == 0)
        {
            return "";
        }

        var first = begun[0].Started!.Value;
        var span = begun.Max(End) - first;
        var least = (long)Duration.Max(Duration.FromMilliseconds(1), span / 200).TotalMilliseconds;
        var axis = span < Duration.FromSeconds(10) ? "%H:%M:%S.%L" : "%H:%M:%S";
        var chart = new StringBuilder($"```mermaid\ngantt\n    title {Name(title)}\n    dateFormat x\n    axisFormat {axis}\n");
        foreach (var (section, bars) in begun.Count <= MostRows ? targets.Where(target => target.Started is not null).Select(OfInstance) : Batches(begun).Select(OfBatch))
        {
            chart.Append($"    section {Name(section)}\n");
            foreach (var bar in bars)
            {
                var (from, to) = (Milliseconds(bar.Started), Milliseconds(bar.Ended));
                chart.Append($"    {BarName(bar.Name)} :{bar.Tag}{from}, {Math.Max(to, from + least)}\n");
            }
        }

        return chart.Append("```\n").ToString();
    }

    private static (string, IEnumerable<Bar>) OfInstance(Target target) =>
        (target.Id, target.Events.Where(step => step.Started is not null).Take(MostRows).Select(step => new Bar(step.Name, Tag(step.Status), step.Started!.Value, step.Ended ?? step.Started.Value)));

    private static (string, IEnumerable<Bar>) OfBatch(IReadOnlyList<Target> batch, int at)
    {
        var bars = batch.GroupBy(target => target.Status).OrderBy(same => same.Key, StringComparer.Ordinal)
            .Select(same => new Bar($"{same.Count()} {same.Key}", Tag(same.Key), same.Min(target => target.Started!.Value), same.Max(End)));
        return ($"batch {at + 1} with {Words.Some(batch.Count, "instance")}", bars);
    }

    /// <summary>Instances that were begun before the first of them had ended are of one batch; of more batches than can be read, neighbours are taken together.</summary>
    private static List<List<Target>> Batches(List<Target> begun)
    {
        var batches = new List<List<Target>>();
        var firstEnd = Instant.MinValue;
        foreach (var target in begun)
        {
            if (batches.Count == 0 || target.Started >= firstEnd)
            {
                batches.Add([]);
                firstEnd = Instant.MaxValue;
            }

            batches[^1].Add(target);
            firstEnd = Instant.Min(firstEnd, target.Ended ?? Instant.MaxValue);
        }

        var together = (batches.Count + MostRows - 1) / MostRows;
        return [.. batches.Chunk(together).Select(neighbours => neighbours.SelectMany(batch => batch).ToList())];
    }

    private static Instant End(Target target) => target.Ended is { } ended && ended > target.Started ? ended : target.Started!.Value;

    private static string Tag(string status) => status switch
    {
        "Succeeded" => "done, ",
        "Failed" => "crit, ",
        "InProgress" => "active, ",
        _ => "",
    };

    /// <summary>Mermaid takes digits alone for a time, and an unknown time of the service may be any.</summary>
    private static long Milliseconds(Instant time) => Math.Max(0, time.ToUnixTimeMilliseconds());

    /// <summary>A bar's name begins its line, where words of mermaid's own would be obeyed.</summary>
    private static string BarName(string text) => Name(text) is var name && Directive().IsMatch(name) ? $"- {name}" : name;

    private static string Name(string text) => PlainText.Cut(
        string.Concat(text.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_' or '/' ? letter : ' ')).Trim() is { Length: > 0 } name ? name : "unnamed", LongestName);

    /// <summary>https://github.com/mermaid-js/mermaid/blob/develop/packages/mermaid/src/diagrams/gantt/parser/gantt.jison</summary>
    [GeneratedRegex(
        "^(?:gantt|title|section|click|call|href|dateFormat|inclusiveEndDates|topAxis|axisFormat|tickInterval|includes|excludes|todayMarker|weekday|weekend|accTitle|accDescr|[0-9]{4}-[0-9]{2}-[0-9]{2})",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Directive();
}
